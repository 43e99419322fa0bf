//! The tally: everything that statistics need of the responses, and no respondent.
//!
//! Nothing downstream of here sees a row. Tallies of parts add up to the tally of the whole.

use std::collections::BTreeMap;

use crate::stats::Histogram;

/// Responses of all waves, summed up.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By wave; the order of the keys is the order of the waves.
    pub waves: BTreeMap<String, WaveTally>,
}

/// Responses of one wave, summed up.
#[derive(Clone, Debug, Default)]
pub struct WaveTally {
    /// Rows; `None` when the wave has only aggregates.
    pub rows: Option<RowCounts>,
    /// Every question that the wave has; one that is not here was not asked.
    pub questions: BTreeMap<Variable, QuestionTally>,
}

/// Something that is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variable {
    /// Overall satisfaction.
    Overall,
    /// Likelihood to recommend.
    Recommend,
    /// A touchpoint, by its position in the map.
    Touchpoint(usize),
    /// Mean of a respondent's answers over the touchpoints of a stage, in points.
    Stage(usize),
}

/// Rows of a wave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows of the wave in the files.
    pub read: u64,
    /// Rows that count: of the segments asked for, and of weight over 0.
    pub used: u64,
    /// Rows of the segments asked for whose weight is 0.
    pub zero_weight: u64,
    /// Used rows with four or more answers to touchpoints, all equal.
    pub straight_liners: u64,
    /// Used rows with fewer than three answers to touchpoints.
    pub few_answers: u64,
    /// Used rows that carry a weight of their own.
    pub weighted: u64,
}

/// What was answered to one question in one wave.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionTally {
    /// The answers.
    pub answers: Distribution,
    /// Cells without an answer, by class: n and sum of weights.
    pub not_applicable: Missing,
    /// Should have been answered and was not.
    pub blank: Missing,
    /// Was not asked of the respondent.
    pub not_asked: Missing,
}

/// Cells without an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Missing {
    /// How many.
    pub n: u64,
    /// Sum of the weights of their rows.
    pub w: f64,
}

/// Answers of a question, as much as is known of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Counted by level.
    Histogram(Histogram),
    /// Only their mean is known, from aggregates.
    Moments {
        /// Valid answers, if known.
        n: Option<u64>,
        /// Mean on the native scale.
        mean: f64,
        /// Standard deviation (n − 1) on the native scale, if known.
        sd: Option<f64>,
    },
}
