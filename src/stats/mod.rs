//! Pure numbers: intervals, tests, false-discovery control. Knows nothing of journeys.
//!
//! Every function names its published reference, and is tested against a hand calculation,
//! a published table or another program.

mod compare;
mod distribution;
mod family;
mod histogram;
mod interval;
mod moments;
mod net_score;
mod proportion;

pub use compare::{MeanUnder, ShareOver, Welch, welch};
pub use distribution::{
    Z, normal_upper, normal_upper_quantile, student_upper, student_upper_quantile,
};
pub use family::{adjust, largest_passing};
pub use histogram::{Histogram, LevelSums};
pub use interval::{bounded_mean, student_mean, student_quantile, wilson};
pub(crate) use moments::real;
pub use moments::{Moments, median};
pub use net_score::{NetScore, Vote};
pub use proportion::Proportion;
