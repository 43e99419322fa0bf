//! All integration tests, built as one binary so that they link once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::type_complexity,
    reason = "a test that cannot go on stops, and one that is skipped says so"
)]

mod aggregates;
mod analysis;
mod architecture;
mod beside;
mod broken_bytes;
mod cases;
mod coding;
mod command_line;
mod comparisons;
mod corpus;
mod data_quality;
mod diff;
mod differential;
mod drivers_properties;
mod exchange;
mod flow;
mod gate;
mod graft;
mod graph;
mod guide;
mod hand_off;
mod home_buying;
mod hostile_maps;
mod hostile_responses;
mod importance;
mod layout;
mod map_schema;
mod matching;
mod missing_codes;
mod nothing_planted;
mod oracle_drivers;
mod oracle_scores;
mod oracle_tally;
mod overwriting;
mod parquet;
mod personal;
mod phases;
mod questionnaire;
mod raking;
mod readme;
mod registry;
mod report;
mod responses;
mod scale_properties;
mod schema;
mod scorecards;
mod sfo;
mod shared;
mod since;
mod starters;
mod tally;
mod tally_drivers;
mod tally_properties;
mod torture;
mod whatif;
mod withheld;
#[cfg(feature = "xlsx")]
mod workbook;
mod written_tally;
