//! How the responses are to be read, as the map says it.

use std::{collections::BTreeMap, path::PathBuf};

use crate::diag::Span;

use super::scale::SLACK;
use super::{
    ComplaintPlan, Day, Labels, MissingCodes, PopulationPlan, ReasonPlan, Scale, Valid,
};

/// How to read the responses of a journey.
#[derive(Clone, Debug)]
pub struct SurveyPlan {
    /// Files with responses, in the order of the map.
    pub files: Vec<ResponseFile>,
    /// Column that holds the wave, where files do not say it.
    pub wave: Option<Column>,
    /// Column that holds the respondent's id.
    pub respondent: Option<Column>,
    /// Column of the replicate group that a respondent's errors are worked out in, such as
    /// the sampling unit; where there is none, groups are drawn.
    pub replicate_group: Option<Column>,
    /// Column that holds the day, or the moment, when the respondent answered.
    pub date: Option<Column>,
    /// Column that holds the weight.
    pub weight: Option<Column>,
    /// What a weight means.
    pub weight_kind: WeightKind,
    /// The overall satisfaction.
    pub overall: Option<Question>,
    /// The likelihood to recommend.
    pub recommend: Option<Question>,
    /// Scale of questions that name none.
    pub scale: Scale,
    /// Missing codes of questions that name none.
    pub missing: MissingCodes,
    /// Groups of respondents.
    pub segments: Vec<SegmentPlan>,
    /// The customers whom the respondents stand for, where the map says how many there are.
    pub population: Option<PopulationPlan>,
    /// One question per touchpoint, in the order of [`super::Journey::touchpoints`].
    pub questions: Vec<Question>,
    /// Columns of expected scores by touchpoint index.
    pub expectations: BTreeMap<usize, Question>,
    /// Columns of verbatims by touchpoint index.
    pub comments: BTreeMap<usize, Column>,
    /// Columns in which reasons are coded, by touchpoint index.
    pub reasons: BTreeMap<usize, ReasonPlan>,
    /// How important customers say that touchpoints are, by touchpoint index.
    pub importance: BTreeMap<usize, Question>,
    /// Problems, complaints, and what became of them.
    pub complaints: Option<ComplaintPlan>,
    /// The survey of the people inside, where there is one.
    pub internal: Option<Box<SurveyPlan>>,
}

/// What a weight means (METHOD §1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightKind {
    /// How many customers the respondent stands for; its scale does not matter.
    Sampling,
    /// How many respondents gave exactly these answers.
    Frequency,
}

/// A column by its names, of which the first one present in a file is read.
///
/// `#17` is the seventeenth column, for files whose headers repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// At least one name.
    pub names: Vec<String>,
    /// Where the map gives it; `None` for the default (the touchpoint's own id).
    pub span: Option<Span>,
}

/// A scored question: its column, and what its cells mean.
#[derive(Clone, Debug)]
pub struct Question {
    /// Where the answers stand.
    pub column: Column,
    /// What counts as an answer.
    pub scale: Scale,
    /// What counts as missing, defaults already taken in.
    pub missing: MissingCodes,
    /// What answers that are words stand for, as the map declares it; where it declares
    /// none, the usual labels are known.
    pub labels: Labels,
    /// Whether the map declares codes for this very question: a file's own codes replace
    /// only inherited ones.
    pub own_missing: bool,
    /// Changed when the wording changes; waves of different versions are not compared.
    pub version: u64,
    /// Native answers that count as satisfied, where the rule of METHOD §1.7 is not wanted.
    pub top: Option<Vec<f64>>,
    /// Native answers that count as dissatisfied.
    pub bottom: Option<Vec<f64>>,
    /// How its score is drawn, where the map says it.
    pub measure: Option<Measure>,
}

/// The idiom in which the score of a question is drawn (METHOD §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A mean on its scale.
    Mean,
    /// The share of satisfied customers.
    Satisfied,
    /// Faces: unhappy, neither, happy.
    Smileys,
    /// Stars.
    Stars,
    /// Promoters less detractors, on 0–10.
    Nps,
}

impl Measure {
    /// All of them, as maps write them.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("mean", Self::Mean),
        ("satisfied", Self::Satisfied),
        ("smileys", Self::Smileys),
        ("stars", Self::Stars),
        ("nps", Self::Nps),
    ];

    /// Whether answers on `scale` can be drawn so; what scale it takes, where not.
    ///
    /// # Errors
    ///
    /// When they cannot.
    pub fn fits(self, scale: &Scale) -> Result<(), &'static str> {
        match self {
            Self::Mean | Self::Satisfied => Ok(()),
            Self::Smileys if scale.width() <= 4.0 => Ok(()),
            Self::Smileys => Err("a scale of three to five answers, such as `[1, 3]`"),
            Self::Stars if scale.max() <= 10.0 && scale.min() >= 0.0 => Ok(()),
            Self::Stars => Err("a scale of up to ten stars, such as `[1, 5]`"),
            Self::Nps if scale.is_zero_to_ten() => Ok(()),
            Self::Nps => Err("the scale `[0, 10]`"),
        }
    }
}

/// A group of respondents, such as the city.
#[derive(Clone, Debug)]
pub struct SegmentPlan {
    /// Name of the segment variable.
    pub id: String,
    /// Where its value stands.
    pub column: Column,
    /// The order in which its values are shown, as far as the map gives it.
    pub order: Vec<String>,
    /// How the value follows from a date in the column; `None` where the column has the value.
    pub phases: Option<PhasePlan>,
    /// Where the map names it.
    pub span: Option<Span>,
}

/// Phases that are counted from a day, such as that of the handover.
#[derive(Clone, Debug)]
pub struct PhasePlan {
    /// The day that they are counted up to.
    pub on: PhaseDay,
    /// The phase of those for whom the day is not there yet.
    pub before: String,
    /// Phases, and how many whole months after the day each ends; the numbers rise.
    pub months: Vec<(String, u32)>,
    /// The phase after the last of them.
    pub after: String,
}

/// The day that phases are counted up to.
#[derive(Clone, Debug)]
pub enum PhaseDay {
    /// Each respondent's own, in a column.
    Column(Column),
    /// The same for all.
    Day(Day),
}

impl PhasePlan {
    /// The phase, on day `on`, of somebody for whom it is counted from `since`.
    #[must_use]
    pub fn phase(&self, since: Day, on: Day) -> &str {
        if on < since {
            return &self.before;
        }
        let passed = since.months_until(on);
        let within = |(_, end): &&(String, u32)| passed < i64::from(*end);
        self.months.iter().find(within).map_or(&self.after, |(name, _)| name)
    }

    /// All phases, in their order.
    #[must_use]
    pub fn order(&self) -> Vec<String> {
        let within = self.months.iter().map(|(name, _)| name);
        [&self.before].into_iter().chain(within).chain([&self.after]).cloned().collect()
    }
}

/// A file of responses.
#[derive(Clone, Debug)]
pub struct ResponseFile {
    /// Where it lies, seen from where the command runs.
    pub path: PathBuf,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// The wave that all of its rows belong to.
    pub wave: Option<String>,
    /// What this file reads otherwise.
    pub overrides: FileOverrides,
    /// Where the map names it; `None` when it came from the command line.
    pub span: Option<Span>,
}

/// What one file reads otherwise than the survey says.
#[derive(Clone, Debug, Default)]
pub struct FileOverrides {
    /// Questions by touchpoint index.
    pub questions: BTreeMap<usize, Question>,
    /// Missing codes of questions that name none.
    pub missing: Option<MissingCodes>,
    /// Column of the weight.
    pub weight: Option<Column>,
}

impl SurveyPlan {
    /// How responses are read where the map says nothing of a survey: every column is named
    /// as what it holds (a touchpoint's id, `overall`, `recommend`, `wave`), the scale is
    /// 1–10 (0–10 for `recommend`), and an empty cell is blank.
    pub fn by_ids<'a>(touchpoints: impl IntoIterator<Item = &'a str>) -> Self {
        let scale = Scale::one_to_ten();
        let likelihood =
            Scale::new(0.0, 10.0, Valid::All).unwrap_or_else(|| scale.clone());
        let question = |id: &str| Question::named(id, scale.clone());
        Self {
            files: Vec::new(),
            wave: Some(Column::named("wave")),
            respondent: None,
            replicate_group: None,
            date: None,
            weight: None,
            weight_kind: WeightKind::Sampling,
            overall: Some(question("overall")),
            recommend: Some(Question::named("recommend", likelihood)),
            missing: MissingCodes::default(),
            segments: Vec::new(),
            population: None,
            questions: touchpoints.into_iter().map(question).collect(),
            expectations: BTreeMap::new(),
            comments: BTreeMap::new(),
            reasons: BTreeMap::new(),
            importance: BTreeMap::new(),
            complaints: None,
            internal: None,
            scale,
        }
    }

    /// Columns of what stands beside the scores: what was expected, said, and complained of.
    pub fn columns_beside(&self) -> impl Iterator<Item = &Column> {
        let questions = self.expectations.values().chain(self.importance.values());
        questions
            .map(|it| &it.column)
            .chain(self.comments.values())
            .chain(self.reasons.values().flat_map(ReasonPlan::columns))
            .chain(self.complaints.iter().flat_map(ComplaintPlan::columns))
    }
}

impl Column {
    /// The column of this name, which no map had to give.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { names: vec![name.to_owned()], span: None }
    }
}

impl Question {
    /// The idiom of its score: as the map says, else smileys for three answers, stars for five,
    /// and a mean for all others.
    #[must_use]
    pub fn measured_as(&self) -> Measure {
        let answers = self.scale.width() + 1.0;
        let from_one = (self.scale.min() - 1.0).abs() < SLACK;
        let usual = if (answers - 3.0).abs() < SLACK {
            Measure::Smileys
        } else if from_one && (answers - 5.0).abs() < SLACK {
            Measure::Stars
        } else {
            Measure::Mean
        };
        self.measure.unwrap_or(usual)
    }

    /// 1 for an answer that is satisfied, −1 for one that is dissatisfied, 0 for one between.
    #[must_use]
    pub fn class(&self, answer: f64) -> i8 {
        let is_in = |set: &[f64]| set.iter().any(|it| (it - answer).abs() < SLACK);
        let (top, bottom) = (self.top.as_deref(), self.bottom.as_deref());
        let satisfied = top.map_or_else(|| self.scale.is_satisfied(answer), is_in);
        let dissatisfied =
            bottom.map_or_else(|| self.scale.is_dissatisfied(answer), is_in);
        i8::from(satisfied) - i8::from(dissatisfied && !satisfied)
    }

    /// A question on `scale` in the column of this name, without missing codes.
    #[must_use]
    pub fn named(name: &str, scale: Scale) -> Self {
        Self {
            column: Column::named(name),
            scale,
            missing: MissingCodes::default(),
            labels: Labels::default(),
            own_missing: false,
            version: 1,
            top: None,
            bottom: None,
            measure: None,
        }
    }
}
