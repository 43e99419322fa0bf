//! How good the data are: what was read, what is missing, and what a reader should look at.
//!
//! Numbers are unweighted unless a name says otherwise. What tells of fewer respondents than
//! `rules.suppress_below` is withheld, as everywhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Day, Level};

/// How good the responses are, wave by wave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Checks that concern all waves together.
    pub checks: Vec<QualityCheck>,
    /// Every wave, in order.
    pub waves: Vec<WaveQuality>,
    /// Values that are neither on the scale nor declared missing, and were read as blank.
    pub undeclared: Vec<UndeclaredValues>,
}

/// How good the responses of one wave are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaveQuality {
    /// The wave.
    pub wave: String,
    /// Its rows; `None` when there are only aggregates.
    pub rows: Option<RowQuality>,
    /// Its sampling weights; `None` where every row counts the same.
    pub weights: Option<WeightQuality>,
    /// When it was answered; `None` where no file has a column of it.
    pub fieldwork: Option<FieldworkQuality>,
    /// What was checked, each with what was found.
    pub checks: Vec<QualityCheck>,
    /// Every question that the wave has: `overall`, `recommend`, touchpoints in the order of
    /// the map.
    pub questions: Vec<QuestionQuality>,
}

/// Rows of a wave. Where weights are frequencies, a row counts as often as its weight says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowQuality {
    /// Rows of the wave in the files.
    pub read: u64,
    /// Rows that count: of the segments asked for, and of weight over 0.
    pub used: u64,
    /// Rows of the segments asked for whose weight is 0.
    pub zero_weight: u64,
    /// Rows without a weight in a wave where others have one.
    pub without_weight: u64,
    /// Used rows without a respondent's id; `None` where the survey has no ids.
    pub without_id: Option<u64>,
    /// Used rows whose respondent has an earlier row in the wave. They count.
    pub repeated: Option<Amount>,
    /// Whether `repeated` is an estimate: beyond 8,192 respondents it is.
    pub repeated_is_estimated: bool,
    /// Used rows with four or more answers to touchpoints, all equal.
    pub straight_lining: Option<Amount>,
    /// Used rows with fewer than three answers to touchpoints.
    pub few_answers: Option<Amount>,
}

/// Sampling weights of the used rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightQuality {
    /// How many rows.
    pub n: u64,
    /// Sum of their weights.
    pub sum: f64,
    /// Effective n: (sum of weights)² / sum of squared weights (Kish 1965).
    pub n_eff: f64,
    /// n / effective n, at least 1: 1 + the squared coefficient of variation of the weights.
    pub design_effect: f64,
}

/// When the rows of a wave in the files were answered, whoever is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldworkQuality {
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
    /// Rows with a date that could be read.
    pub dated: u64,
    /// Rows without one: blank, unreadable, or of a file without the column.
    pub undated: u64,
    /// Those of them whose cell holds something else than a date.
    pub unreadable: u64,
    /// Why the days are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What was read of one question in one wave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionQuality {
    /// Id of the touchpoint, `overall` or `recommend`.
    pub question: String,
    /// Names of the columns that it was read from; several where files differ.
    pub columns: Vec<String>,
    /// Lowest and highest answer of its scale.
    pub scale: [f64; 2],
    /// Answers by level, rising, as shares of all answers; of whole numbers up to eleven,
    /// also those that nobody gave.
    pub levels: Option<Vec<LevelAmount>>,
    /// Answers on the scale, as a share of all cells.
    pub valid: Option<Amount>,
    /// The customer did not meet the touchpoint.
    pub not_applicable: Option<Amount>,
    /// Should have been answered and was not.
    pub blank: Option<Amount>,
    /// Was not asked of the respondent.
    pub not_asked: Option<Amount>,
    /// Why a number is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A number of rows or cells, and its share of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// How many.
    pub n: u64,
    /// Share of all, 0–1.
    pub share: f64,
}

/// The answers at one level of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelAmount {
    /// The answer, on the native scale.
    pub level: Level,
    /// How many gave it.
    pub n: u64,
    /// Share of all answers, 0–1.
    pub share: f64,
}

/// Undeclared values of one question, in all waves and rows, whoever is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndeclaredValues {
    /// Id of the touchpoint, `overall` or `recommend`.
    pub question: String,
    /// How many cells hold such a value.
    pub cells: u64,
    /// Values of up to 8 characters that enough cells hold, the most frequent first.
    pub values: Vec<UndeclaredValue>,
    /// Cells with other values.
    pub other: u64,
}

/// An undeclared value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndeclaredValue {
    /// As it stands in the cell.
    pub value: String,
    /// How many cells hold it.
    pub n: u64,
}

/// Something that was checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityCheck {
    /// What.
    pub check: CheckKind,
    /// What came of it: the worst of its questions.
    pub status: CheckStatus,
    /// The number that decides: a share, 0–1, unless the check says otherwise; the greatest
    /// of its questions.
    pub value: f64,
    /// A greater value is worth a look.
    pub look: f64,
    /// A greater value is bad; `None` where nothing is.
    pub bad: Option<f64>,
    /// Questions that are not in order, the worst first.
    pub questions: Vec<QuestionCheck>,
    /// What was found, in words.
    pub why: String,
    /// What to do about it; `None` where nothing is to be done.
    pub advice: Option<String>,
}

/// What a check found at one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionCheck {
    /// Id of the touchpoint, `overall` or `recommend`.
    pub question: String,
    /// What came of it.
    pub status: CheckStatus,
    /// The number that decides.
    pub value: f64,
}

/// What came of a check.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// Nothing to note.
    #[default]
    Ok,
    /// May be right, and should be looked at.
    Look,
    /// Do not rely on these numbers before it is explained.
    Bad,
}

/// What can be checked.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// Share of rows whose respondent has an earlier row.
    RepeatedRespondents,
    /// Share of rows with the same answer to everything.
    StraightLining,
    /// Share of rows with fewer than three answers.
    FewAnswers,
    /// Share of rows with weight 0.
    ZeroWeight,
    /// Share of rows without a weight where others have one.
    WithoutWeight,
    /// Design effect of the weights, from 1.
    DesignEffect,
    /// Share of rows without a date.
    Undated,
    /// Days from the first answer to the last.
    LongFieldwork,
    /// Days that a wave shares with the one before it.
    WavesOverlap,
    /// Share of cells left blank among those that should have been answered.
    Blank,
    /// By how much that share rose since the wave before, 0–1.
    BlankJump,
    /// Share of “not applicable” among those who were asked and said something.
    NotApplicable,
    /// Share of the most frequent answer.
    OneAnswer,
    /// Share of the scale that no answer reaches, from either end.
    UnusedScale,
    /// Share of cells with an undeclared value.
    Undeclared,
}

impl CheckKind {
    /// As JSON writes it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::RepeatedRespondents => "repeated_respondents",
            Self::StraightLining => "straight_lining",
            Self::FewAnswers => "few_answers",
            Self::ZeroWeight => "zero_weight",
            Self::WithoutWeight => "without_weight",
            Self::DesignEffect => "design_effect",
            Self::Undated => "undated",
            Self::LongFieldwork => "long_fieldwork",
            Self::WavesOverlap => "waves_overlap",
            Self::Blank => "blank",
            Self::BlankJump => "blank_jump",
            Self::NotApplicable => "not_applicable",
            Self::OneAnswer => "one_answer",
            Self::UnusedScale => "unused_scale",
            Self::Undeclared => "undeclared",
        }
    }
}
