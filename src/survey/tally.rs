//! The tally: everything that statistics need of the responses, and no respondent.
//!
//! Nothing downstream of here sees a row. Tallies of parts add up to the tally of the whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{Day, Question, Wave};
use crate::stats::{Comoments, Grouped, Histogram, LevelGram};
use crate::voice::Comments;

use super::ids::KEPT;

/// Responses of all waves, summed up.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By wave; the order of the keys is the order of the waves.
    pub waves: BTreeMap<Wave, WaveTally>,
    /// Undeclared values that were read as blank, by question: of all waves and rows, whoever
    /// is asked for.
    pub undeclared: BTreeMap<Variable, UndeclaredCells>,
}

impl Tally {
    /// The wave of this name, as people may write it.
    #[must_use]
    pub fn wave(&self, name: &str) -> Option<&WaveTally> {
        self.waves.get(&Wave::new(name)?)
    }

    /// Takes over what is told of all rows, whoever is asked for and whatever they weigh.
    pub(super) fn take_told(&mut self, whole: &Self) {
        self.undeclared.clone_from(&whole.undeclared);
        for (wave, it) in &mut self.waves {
            it.fieldwork = whole.waves.get(wave).and_then(|it| it.fieldwork);
        }
    }
}

/// Responses of one wave, summed up.
#[derive(Clone, Debug, Default)]
pub struct WaveTally {
    /// Rows; `None` when the wave has only aggregates.
    pub rows: Option<RowCounts>,
    /// Every question that the wave has; one that is not here was not asked.
    pub questions: BTreeMap<Variable, QuestionTally>,
    /// How each question from responses was asked: files may ask otherwise than the map
    /// says, and waves of different scales or versions are not compared. A question that is
    /// not here was asked as the map says.
    pub asked_as: BTreeMap<Variable, Question>,
    /// Names of the columns that each question was read from; several where files differ.
    pub columns: BTreeMap<Variable, BTreeSet<String>>,
    /// Weights of the used rows.
    pub weights: WeightSums,
    /// How weights were raked to the population; `None` where they were not.
    pub raked: Option<RakedWave>,
    /// When the rows were answered; `None` where no file has a column of it.
    pub fieldwork: Option<Fieldwork>,
    /// What derived importance is worked out from; `None` where there are no rows with an
    /// overall answer, where [`super::Drivers::Skip`] or [`super::DriverWaves`] left them out,
    /// and where weights are too large for exact sums, which is a warning.
    pub drivers: Option<DriverTally>,
    /// Share, 0–1, of the wave's respondents that an earlier wave has too, by that wave;
    /// empty where there are no ids. Estimated where a wave has more than 8,192 of them.
    pub overlap: BTreeMap<Wave, f64>,
    /// The same for the respondents of one segment, by the position of the segment variable
    /// in [`crate::model::SurveyPlan::segments`] and its value.
    pub segments: BTreeMap<(usize, String), SegmentTally>,
    /// What is counted beside the scores; empty where nothing is.
    pub beside: BTreeMap<Beside, Histogram>,
    /// Comments that may be quoted, by the position of the touchpoint; empty where nobody
    /// asked for them.
    pub comments: BTreeMap<usize, Comments>,
}

/// Joint sums of the overall answer and the touchpoints, by replicate group, over the rows
/// with a valid overall answer (METHOD §2, tables B and C).
///
/// Answers are in native units, each question on the scale that it has in the wave; one that
/// is no multiple of a thousandth is rounded to it. Where weights are frequencies, n counts
/// respondents, not rows, and each of them is in a replicate group of its own. A question
/// that the wave does not have is in its place, with n 0.
#[derive(Clone, Debug, PartialEq)]
pub struct DriverTally {
    /// Variable 0 is the overall answer, variable j + 1 the touchpoint at position j.
    pub comoments: Grouped<Comoments>,
    /// Driver j is the touchpoint at position j.
    pub levels: Grouped<LevelGram>,
    /// Of the rows without an overall answer: variable j is the touchpoint at position j, in
    /// the units of `comoments`.
    pub(super) without_overall: Option<Grouped<Comoments>>,
}

impl DriverTally {
    /// Joint sums of the touchpoints at these positions, over all rows, whether they have an
    /// overall answer or not: variable j is the touchpoint at `positions[j]`.
    ///
    /// Differences between touchpoints need them, because the same people rate them. They are
    /// made on demand: over all touchpoints they are as large as `comoments`.
    ///
    /// # Panics
    ///
    /// When there is no touchpoint at a position.
    #[must_use]
    pub fn among(&self, positions: &[usize]) -> Grouped<Comoments> {
        let variables: Vec<usize> = positions.iter().map(|at| at + 1).collect();
        let mut among = self.comoments.map(|group| group.select(&variables));
        if let Some(without) = &self.without_overall {
            let fits = among.merge(&without.map(|group| group.select(positions)));
            debug_assert!(fits.is_some(), "joint sums are in the same units");
        }
        among
    }
}

/// Responses of one segment in one wave, summed up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SegmentTally {
    /// Used rows of the segment and the sum of their weights; `None` when there are only
    /// aggregates.
    pub rows: Option<Rows>,
    /// Every question that the wave has.
    pub questions: BTreeMap<Variable, QuestionTally>,
    /// What is counted beside the scores.
    pub beside: BTreeMap<Beside, Histogram>,
    /// Whether nobody is told how many they are.
    pub size_withheld: bool,
}

/// Rows that count, and what they weigh.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rows {
    /// How many.
    pub n: u64,
    /// Sum of their weights.
    pub w: f64,
}

/// Something that is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variable {
    /// Overall satisfaction.
    Overall,
    /// Likelihood to recommend.
    Recommend,
    /// A touchpoint, by its position in the map.
    Touchpoint(usize),
    /// Mean of a respondent's answers over the touchpoints of a stage, in points.
    Stage(usize),
    /// The answer to a touchpoint minus the expectation of it, native units, of respondents
    /// who gave both; by the touchpoint's position.
    Gap(usize),
    /// What was expected of a touchpoint, native units; by its position.
    Expected(usize),
    /// How important customers say that a touchpoint is; by its position.
    Stated(usize),
    /// Something that is counted beside the scores.
    Beside(Beside),
}

/// What is counted beside the scores; by the position of the touchpoint, and of the cause or
/// group of causes in the codebook.
///
/// Where nothing else is said, levels are those of the answer to the touchpoint: −1
/// dissatisfied, 0 neither, 1 satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// Customers who rated the touchpoint and said why.
    Said(usize),
    /// Of those, the ones who name a cause of the codebook.
    Coded(usize),
    /// Of those, the ones who name causes only to deny them.
    Denied(usize),
    /// Customers who name a cause.
    Cause(usize, usize),
    /// Customers who name a cause of a group.
    CauseGroup(usize, usize),
    /// Customers by what became of their problem: levels are [`Case::number`].
    Cases,
    /// Overall satisfaction of the customers of a case, native units.
    Overall(Case),
    /// Likelihood to recommend of the customers of a case, native units.
    Recommend(Case),
}

impl Beside {
    /// Whether it tells of the answers to `variable`.
    #[must_use]
    pub fn is_about(self, variable: Variable) -> bool {
        match self {
            Self::Said(at)
            | Self::Coded(at)
            | Self::Denied(at)
            | Self::Cause(at, _)
            | Self::CauseGroup(at, _) => variable == Variable::Touchpoint(at),
            Self::Cases => false,
            Self::Overall(_) => variable == Variable::Overall,
            Self::Recommend(_) => variable == Variable::Recommend,
        }
    }
}

/// What became of a customer's problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// There was none.
    NoProblem,
    /// There was one, and nobody was told.
    Silent,
    /// A complaint, resolved; in time, where the map says what that is.
    Resolved,
    /// A complaint, resolved late.
    ResolvedLate,
    /// A complaint, not resolved.
    Unresolved,
    /// A complaint of which it is not known what became of it.
    Unknown,
}

impl Case {
    /// Every case, in order.
    pub const ALL: [Self; 6] = [
        Self::NoProblem,
        Self::Silent,
        Self::Resolved,
        Self::ResolvedLate,
        Self::Unresolved,
        Self::Unknown,
    ];

    /// Its place in [`Self::ALL`].
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// Rows of a wave. Where weights are frequencies, a row counts as often as its weight says.
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
    /// Used rows without a weight in a wave where others have one; whether they count is
    /// for [`super::MissingWeight`] to say.
    pub without_weight: u64,
    /// Different respondents among the used rows that have an id; 0 where there are no ids.
    pub respondents: u64,
    /// Used rows whose respondent has an earlier row in the wave; 0 where there are no ids.
    /// Estimated where the wave has more than 8,192 respondents.
    pub duplicate_ids: u64,
}

impl RowCounts {
    /// Whether [`Self::duplicate_ids`] is an estimate.
    #[must_use]
    pub fn duplicates_are_estimated(&self) -> bool {
        self.respondents > KEPT
    }
}

/// Weights of rows, summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WeightSums {
    /// How many rows.
    pub n: u64,
    /// Sum of their weights.
    pub w: f64,
    /// Sum of their squared weights.
    pub w2: f64,
}

/// How the weights of a wave were raked to the population.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RakedWave {
    /// The segments whose shares are those of the population, by position in the survey.
    pub segments: Vec<usize>,
    /// How many rows the smallest cell has: the rows of one value of each segment.
    pub smallest: u64,
    /// The least number that weights were multiplied by.
    pub least: f64,
    /// The greatest.
    pub most: f64,
    /// How much larger unequal weights make the variance of a mean (Kish): n·Σw²/(Σw)².
    pub design_effect: f64,
}

/// When the rows of a wave were answered: all rows in the files, whoever is asked for.
///
/// Where weights are frequencies, a row counts as often as its weight says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fieldwork {
    /// The first day; `None` where no date could be read.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
    /// Rows with a date that could be read.
    pub dated: u64,
    /// Rows whose date is left blank.
    pub blank: u64,
    /// Rows with something else.
    pub unreadable: u64,
}

/// Cells that are neither on the scale nor declared missing, and were read as blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndeclaredCells {
    /// Cells by value, of values of up to 8 characters: longer ones are no codes, and may be
    /// what somebody said.
    pub values: BTreeMap<String, u64>,
    /// Cells with other values.
    pub other: u64,
}

impl UndeclaredCells {
    /// How many cells there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.other + self.values.values().sum::<u64>()
    }
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
    /// Taken out, because others could be worked out from it; so many they were.
    Withheld {
        /// Valid answers: to be counted with, and not to be told.
        n: Option<u64>,
    },
}
