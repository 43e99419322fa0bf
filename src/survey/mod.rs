//! Rows → tally: readers, the binding of columns to touchpoints, missing codes, weights.

pub mod tally;
