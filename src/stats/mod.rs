//! Pure numbers: intervals, tests, false-discovery control. Knows nothing of journeys.
//!
//! Every function names its published reference, and is tested against a hand calculation,
//! a published table or another program.

mod histogram;

pub use histogram::{Histogram, LevelSums};
