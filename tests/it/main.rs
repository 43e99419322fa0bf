//! All integration tests, built as one binary so that they link once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a broken test should stop at once"
)]

mod analysis;
mod architecture;
mod broken_bytes;
mod cases;
mod command_line;
mod differential;
mod graph;
mod hostile_maps;
mod oracle_scores;
mod registry;
mod sfo;
mod shared;
