//! Pure numbers: intervals, tests, false-discovery control. Knows nothing of journeys.
//!
//! Every function names its published reference, and is tested against a hand calculation,
//! a published table or another program.

mod block;
mod calibration;
mod chi_squared;
mod comoment_rows;
mod comoments;
mod compare;
mod correlation;
mod distribution;
mod each;
mod effect;
mod family;
mod finer;
mod fisher;
mod gate;
mod group_sums;
mod grouped;
mod histogram;
mod importance;
mod interval;
mod jackknife;
mod johnson;
mod kitagawa;
mod level_gram;
mod lift;
mod linear;
mod link;
mod lmg;
mod marginals;
mod moments;
mod net_score;
mod newcombe;
mod penalty_reward;
mod permutation;
mod proportion;
mod quadrant;
mod raking;
mod rank;
mod subsets;
mod tables;
mod trend;
mod weight;

pub use block::{BLOCK, Block, Coded, Rows};
pub use calibration::{Calibration, RakedCell, RakedRows};
pub use chi_squared::chi_squared_upper;
pub use comoment_rows::{ComomentRows, DriverRow, RowRefused};
pub use comoments::Comoments;
pub use compare::{MeanUnder, ShareOver, Welch, welch, welch_with_common};
pub use correlation::{Correlation, NoCorrelation, Pairwise};
pub use distribution::{
    Z, normal_upper, normal_upper_quantile, student_upper, student_upper_quantile,
};
pub(crate) use each::{both, each};
pub use effect::{cohen_d, probability_of_superiority};
pub use family::{adjust, largest_passing};
pub use finer::Finer;
pub use fisher::fisher;
pub use gate::{
    Admission, Candidate, LeftOut, NoModel, Spread, admit, candidates, explains,
};
pub use group_sums::GroupSums;
pub use grouped::{Additive, Grouped};
pub use histogram::{Histogram, LevelSums};
pub use importance::{Estimated, Evaluation, Importance, Matrix, Repair};
pub use interval::{bounded_mean, student_mean, student_quantile, wilson};
pub use jackknife::{Jackknife, leave_one_out};
pub use johnson::johnson;
pub use kitagawa::{MixAndRate, SegmentShift, mix_and_rate};
pub use level_gram::{Level, LevelGram, LevelRow};
pub use lift::{
    RankInterval, lift, lift_of_fixing_failures, net_slope, rank_intervals,
    tied_with_leader,
};
pub use linear::Square;
pub use link::{Link, correlation_interval, sign_guard};
pub use lmg::{
    Decomposition, EXACT_UP_TO, REPLICATES_EXACT_UP_TO, lmg, lmg_exact, lmg_expanded,
    lmg_replicates, lmg_sampled,
};
pub use marginals::Marginals;
pub(crate) use moments::real;
pub use moments::{Moments, median};
pub use net_score::{NetScore, Vote, nps_shares};
pub use newcombe::newcombe;
pub use penalty_reward::{
    Asymmetry, Contrast, NoContrast, PenaltyReward, contrasts, penalty_reward,
};
pub use permutation::Permutations;
pub use proportion::Proportion;
pub use quadrant::Quadrant;
pub use raking::{Raked, RakingCell, rake};
pub use rank::{spearman, spearman_interval};
pub use tables::{LARGEST_SUM, MOST_RESPONDENTS};
pub use trend::{Trend, WaveMean};
pub use weight::Weight;
