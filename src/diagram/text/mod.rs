//! Text as pictures need it: measured before it is drawn, and broken into lines.

mod advance;
mod wrap;

pub use advance::{Weight, width};
pub use wrap::{Lines, Measure, wrap};
