//! Rows → tally: readers, the binding of columns to touchpoints, missing codes, weights.
//!
//! The way of a file: its bytes become `text`, the text a table (`table`) of rows; the
//! header is bound to the map (`bind`); every cell is looked up in the `lexicon` of its
//! column and counted (`count`, `exact`); counts of files add up and become the
//! `tally` (`finish`). Tables of aggregates (`aggregate`) go straight to their
//! `place`.

mod aggregate;
mod aggregate_row;
mod answer;
mod batch;
mod beside;
mod bind;
#[cfg(feature = "parquet")]
mod columnar;
#[cfg(feature = "xlsx")]
mod compound;
mod count;
mod counted;
mod counter;
mod crosstab;
mod csv_rows;
mod date_cell;
mod dialect;
mod dictionary;
mod encoding;
mod exact;
mod faults;
mod fieldwork;
mod file_reader;
mod finish;
mod form;
mod gap;
mod gathered;
mod gathering;
mod group;
mod header;
mod ids;
mod integers;
mod joint_codes;
mod joint_pool;
mod joint_queue;
mod joint_sums;
mod json_rows;
mod label_sets;
mod labelled;
mod ladder;
mod lexicon;
mod long;
mod manner;
mod matching;
mod memo;
mod number;
mod open;
mod options;
mod panel;
mod part;
mod phase;
mod place;
mod raking;
mod read;
mod recall;
mod replicate;
mod responses;
mod restrict;
mod rows;
mod rows_read;
mod seek;
#[cfg(feature = "xlsx")]
mod sheet_cell;
#[cfg(feature = "xlsx")]
mod sheet_rows;
mod shelf;
mod sighting;
mod split;
mod stage;
mod suppress;
mod table;
pub mod tally;
mod terms;
mod text;
mod threads;
mod told;
mod undeclared;
mod unpack;
mod unplaced;
mod unread;
mod wanted;
mod weight;
mod words;
#[cfg(feature = "xlsx")]
mod workbook;
#[cfg(feature = "xlsx")]
mod workbook_check;
mod written;
mod written_joint;
mod written_quality;
mod written_sums;

// Tables of maps are read like those of responses.
pub(crate) use dialect::{Dialect, Preamble};
pub(crate) use number::{DecimalMark, number};
pub(crate) use text::END;

#[cfg(feature = "parquet")]
pub use columnar::is_guarded;
pub use counted::{Counted, TALLY_SCHEMA};
pub use matching::{MatchOptions, NOWHERE, ROWS_AT_MOST, propose};
pub use options::{
    CountBeside, DriverWaves, Drivers, Groups, MissingWeight, Quotes, TallyOptions,
    Undeclared, Weighting,
};
pub use responses::{ReadError, ResponseInput, count, sum_up, tally, tally_parts};
pub use split::Parts;
