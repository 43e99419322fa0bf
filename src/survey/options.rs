//! How the user wants the responses read.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::model::Wave;

pub use super::lexicon::Undeclared;

/// Whether weights count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weighting {
    /// As the map declares them.
    #[default]
    AsDeclared,
    /// Every row counts as 1, whatever its weight.
    Unweighted,
}

/// What to do with rows that have no weight in a wave where others have one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingWeight {
    /// There is no result.
    #[default]
    Refuse,
    /// Leave them out.
    Drop,
    /// Count them with a weight of 1.
    One,
}

/// Whether the joint sums that derived importance needs are worked out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drivers {
    /// They are, some megabytes for each wave.
    #[default]
    Tally,
    /// They are not: nobody is going to ask for them.
    Skip,
}

/// Whether reasons, expectations and complaints are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountBeside {
    /// All of them are.
    #[default]
    All,
    /// None of them is: a tally that is written has scores alone.
    Nothing,
}

/// Whether some comments are kept, without personal data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quotes {
    /// None is.
    #[default]
    Forget,
    /// A few are, of each touchpoint and wave.
    Keep,
}

/// For which waves joint sums are worked out: an analysis needs those of one wave alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DriverWaves {
    /// For every wave.
    #[default]
    Every,
    /// For the last wave that has rows.
    Last,
    /// For this one.
    Only(Wave),
}

/// How the replicate group of a respondent is found, where the responses do not give it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Groups {
    /// Drawn by the hash of the respondent's id or, where there is none, of the positions of
    /// the file and of the row in it.
    #[default]
    Hashed,
    /// The rows of a wave with an overall answer are dealt out in turn, file by file. Only
    /// for comparisons with other programs: rows that stand together are alike, so that
    /// groups differ less than chance would have it.
    Systematic,
}

/// How the responses are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallyOptions {
    /// Whether weights count.
    pub weighting: Weighting,
    /// What to make of values that are neither answers nor declared missing codes.
    pub undeclared: Undeclared,
    /// What to do with rows without a weight.
    pub missing_weight: MissingWeight,
    /// Segments, by id, and the value asked for. Several values of one segment are
    /// alternatives; of several segments, all must hold. Rows that do not match are read
    /// but do not count.
    pub restriction: Vec<(String, String)>,
    /// Whether joint sums are worked out.
    pub drivers: Drivers,
    /// For which waves; what [`super::count`] counts are always those of every wave.
    pub driver_waves: DriverWaves,
    /// Whether what stands beside the scores is counted.
    pub beside: CountBeside,
    /// Whether comments are kept that may be quoted.
    pub quotes: Quotes,
    /// How replicate groups are found.
    pub groups: Groups,
    /// Files that are read at the same time; the result does not depend on it.
    pub threads: NonZeroUsize,
}

impl Default for TallyOptions {
    /// Weights as declared, nothing lenient, everybody, one file after the other.
    fn default() -> Self {
        Self {
            weighting: Weighting::default(),
            undeclared: Undeclared::default(),
            missing_weight: MissingWeight::default(),
            restriction: Vec::new(),
            drivers: Drivers::default(),
            driver_waves: DriverWaves::default(),
            beside: CountBeside::default(),
            quotes: Quotes::default(),
            groups: Groups::default(),
            threads: NonZeroUsize::MIN,
        }
    }
}
