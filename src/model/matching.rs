//! What `match` found: which column of the responses is what.

use schemars::JsonSchema;
use serde::Serialize;

/// Version of the written form.
pub const MATCH_SCHEMA: &str = "touchmap.match/1";

/// Which column of some files is what, as far as their headers and first rows tell.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Matching {
    /// `touchmap.match/1`.
    pub schema: String,
    /// The version of touchmap that wrote it.
    pub touchmap: String,
    /// The id of the journey.
    pub journey: String,
    /// From this confidence on, what is found is proposed.
    pub min_confidence: f64,
    /// Rows of a file that are looked at, at most.
    pub rows_at_most: u64,
    /// The files, as given.
    pub files: Vec<MatchedFile>,
    /// The scale of most of the touchpoints; `None` where no column is one.
    pub scale: Option<ScaleFound>,
    /// Values beside the scale that recur, and that the map does not declare.
    pub missing: Vec<CodeFound>,
    /// Everything that can have a column: overall satisfaction and the like, then the
    /// touchpoints in the order of the map, then segments, expectations and comments.
    pub placings: Vec<Placing>,
    /// Columns that are nothing of these.
    pub unplaced: Vec<UnplacedColumn>,
    /// What else is to be known.
    pub notes: Vec<String>,
}

/// A file that was looked at.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MatchedFile {
    /// Its path.
    pub path: String,
    /// Whether the map names it.
    pub declared: bool,
    /// Rows that were looked at.
    pub rows: u64,
    /// Whether these are all of its rows.
    pub whole: bool,
    /// How many columns it has.
    pub columns: usize,
    /// The wave of all its rows, where no column tells it.
    pub wave: Option<WaveFound>,
}

/// The wave of a file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WaveFound {
    /// Its name.
    pub wave: String,
    /// How sure that is, from 0 to 1.
    pub confidence: f64,
    /// What speaks for it.
    pub reason: String,
}

/// The scale of a survey.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ScaleFound {
    /// Lowest and highest answer.
    pub scale: [f64; 2],
    /// Whether the map says so.
    pub declared: bool,
    /// What speaks for it.
    pub reason: String,
}

/// A value that is no answer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CodeFound {
    /// As it is written in the files.
    pub code: String,
    /// What it most probably means: `not_applicable`, `blank` or `not_asked`.
    pub class: String,
    /// Columns that have it.
    pub columns: usize,
    /// Its share of their cells.
    pub share: f64,
    /// Whether the word says what it means; a number does not.
    pub clear: bool,
}

/// What a column can be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The wave of a row.
    Wave,
    /// The respondent's id.
    Respondent,
    /// The day when the respondent answered.
    Date,
    /// The weight.
    Weight,
    /// The overall satisfaction.
    Overall,
    /// The likelihood to recommend.
    Recommend,
    /// The score of a touchpoint.
    Touchpoint,
    /// A group of respondents.
    Segment,
    /// What was expected of a touchpoint.
    Expectation,
    /// What was said of a touchpoint.
    Comment,
}

/// How far a placing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlacingStatus {
    /// The map says it.
    Declared,
    /// It is at least as sure as was asked for.
    Proposed,
    /// It is less sure than that.
    Uncertain,
    /// No column was found.
    Absent,
}

/// Something that can have a column, and its column.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Placing {
    /// What it is.
    pub purpose: Purpose,
    /// The id of its touchpoint, or the name of the segment.
    pub id: Option<String>,
    /// The code of its touchpoint.
    pub code: Option<String>,
    /// How far it is known.
    pub status: PlacingStatus,
    /// The names of the column, which may differ between files.
    pub columns: Vec<String>,
    /// Files in which one of these names is something else, and the column there.
    pub own: Vec<OwnColumn>,
    /// Its scale, where that is not the one of the survey.
    pub scale: Option<[f64; 2]>,
    /// How sure it is, from 0 to 1: likeness of the names × (0.4 + 0.6 × how well the values
    /// fit), lowered where something else is nearly as likely. No probability.
    pub confidence: Option<f64>,
    /// `high` from 0.8, `fair` from 0.6, else `low`.
    pub level: Option<ConfidenceLevel>,
    /// What speaks for it, and against.
    pub reasons: Vec<String>,
    /// The column that comes next.
    pub runner_up: Option<RunnerUp>,
}

/// A column in one file only.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OwnColumn {
    /// Path of the file.
    pub path: String,
    /// The column.
    pub column: String,
}

/// A column that could have been it, too.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RunnerUp {
    /// Its name.
    pub column: String,
    /// How sure it would have been.
    pub confidence: f64,
}

/// Confidence in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConfidenceLevel {
    /// From 0.8.
    High,
    /// From 0.6.
    Fair,
    /// Below.
    Low,
}

/// A column that was not placed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UnplacedColumn {
    /// Its name.
    pub column: String,
    /// The first file that has it.
    pub path: String,
    /// The scale that nearly all of its cells are answers on, where there is one.
    pub scale: Option<[f64; 2]>,
    /// What it looks like.
    pub looks_like: String,
}

impl ConfidenceLevel {
    /// The word for a confidence from 0 to 1.
    #[must_use]
    pub fn of(confidence: f64) -> Self {
        match confidence {
            it if it >= 0.8 => Self::High,
            it if it >= 0.6 => Self::Fair,
            _ => Self::Low,
        }
    }

    /// As people read it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Fair => "fair",
            Self::Low => "low",
        }
    }
}

impl Placing {
    /// What a placing is called that belongs to no touchpoint or segment.
    #[must_use]
    pub fn key(&self) -> &str {
        match self.purpose {
            Purpose::Wave => "wave",
            Purpose::Respondent => "respondent",
            Purpose::Date => "date",
            Purpose::Weight => "weight",
            Purpose::Overall => "overall",
            Purpose::Recommend => "recommend",
            Purpose::Touchpoint => "columns",
            Purpose::Segment => "segments",
            Purpose::Expectation => "expectations",
            Purpose::Comment => "comments",
        }
    }
}
