//! Every integration test, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    reason = "a test that cannot go on stops, and one that is skipped says so"
)]

mod aggregates;
mod oracle_tally;
mod responses;
mod tally;
mod tally_properties;
mod torture;
