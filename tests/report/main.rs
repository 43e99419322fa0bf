//! The report and its pictures, on a journey as it is in life and on one that is not kind.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "tests may panic, and their numbers are small"
)]

mod graph;
mod map;
mod page;
mod registry;
mod support;
