//! How the user wants the responses read.

pub use super::lexicon::Undeclared;

/// Whether weights count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weighting {
    /// As the map declares them.
    #[default]
    AsDeclared,
    /// Every row counts as 1, whatever its weight.
    Unweighted,
}

/// What to do with rows that have no weight in a wave where others have one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingWeight {
    /// There is no result.
    #[default]
    Refuse,
    /// Leave them out.
    Drop,
    /// Count them with a weight of 1.
    One,
}

/// How the responses are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
}
