//! The analysis: every number of a report, as data. All renderers read it, `score --format
//! json` writes it, `--from-analysis` reads it back. Keys and their order are a contract.
//!
//! Numbers are unrounded. What cannot be had is `None` (JSON `null`), never 0, and the reason
//! stands beside it, in `reason` or `reasons`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ActionResult, Asymmetry, BenchmarkResult, CauseResult, Change, ComplaintResult,
    DriverModel, Expectation, Finding, Gap, Importance, InsideResult, Interval, Label,
    Lift, Mix, Note, OperationResult, PopulationResult, Position, Quality, Quote,
    RecommendScore, Role, Score, SegmentResult, SegmentSize, ShareEstimate,
    StatedImportance, Step, TrendLine,
};

/// The name of this layout; a reader refuses any other.
pub const SCHEMA: &str = "touchmap.analysis/1";

/// All numbers of one journey and wave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// The name of this layout.
    #[schemars(extend("const" = SCHEMA))]
    pub schema: String,
    /// Version of touchmap that made it.
    pub touchmap: String,
    /// Id of the journey.
    pub journey: String,
    /// The wave reported.
    pub wave: String,
    /// The wave it is compared with; `None` when there is no earlier one.
    pub baseline: Option<String>,
    /// Every wave there are scores of, in order.
    pub waves: Vec<String>,
    /// Segment values that respondents were restricted to.
    #[serde(rename = "where")]
    pub restricted: BTreeMap<String, String>,
    /// How answers were weighted: `sampling`, `frequency` or `none`.
    pub weighting: String,
    /// Rows of the wave; `None` when there are only aggregates.
    pub rows: Option<Rows>,
    /// The customers whom respondents stand for; `None` where the map says nothing of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<PopulationResult>,
    /// Points that touchpoints without a target of their own should reach; in relative mode
    /// the mean over the touchpoints, which each of them is compared with but for itself.
    pub target: Option<f64>,
    /// Overall satisfaction.
    pub overall: Score,
    /// Its change against the baseline.
    pub overall_change: Option<Change>,
    /// Likelihood to recommend.
    pub recommend: RecommendScore,
    /// Its change against the baseline, in NPS or net-score points.
    pub recommend_change: Option<Change>,
    /// What derived importance rests on; `None` when it cannot be had.
    pub model: Option<DriverModel>,
    /// One entry per touchpoint, in the order of the map.
    pub touchpoints: Vec<TouchpointResult>,
    /// One entry per stage: each respondent's mean over the stage's touchpoints, in points.
    pub stages: Vec<StageResult>,
    /// Values of the segment variables and their sizes, in the order of the map.
    pub segment_sizes: Vec<SegmentSize>,
    /// Scores by segment: variable by variable, value by value, `overall` first.
    pub segments: Vec<SegmentResult>,
    /// Changes taken apart where the shares of segments moved by more than 3 in 100.
    pub mix: Vec<Mix>,
    /// Scores by wave, of `overall` and of each touchpoint.
    pub trend: Vec<TrendPoint>,
    /// Changes from each wave to the next, up to the one reported, of `overall` and of each
    /// touchpoint; empty where there are fewer than three waves.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Lines through four or more waves that asked alike.
    pub trend_lines: Vec<TrendLine>,
    /// Scores against the benchmarks of the wave.
    pub benchmarks: Vec<BenchmarkResult>,
    /// Why customers are dissatisfied: of all respondents first, then of earlier waves, then by
    /// segment; empty where nobody says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<CauseResult>,
    /// What single customers said, where that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<Quote>,
    /// What became of problems and complaints; `None` where the survey does not ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaints: Option<ComplaintResult>,
    /// Measures of operations, in the order of the map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<OperationResult>,
    /// What the people inside answer; `None` where they are not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Box<InsideResult>>,
    /// What the flow alone tells.
    pub graph: GraphFacts,
    /// What came of the actions that say in which wave they should show.
    #[serde(default)]
    pub actions: Vec<ActionResult>,
    /// What the rules found, worst first.
    pub findings: Vec<Finding>,
    /// How good the responses are; `None` in analyses of versions that did not tell.
    #[serde(default)]
    pub quality: Option<Quality>,
    /// What a reader must know about the data.
    pub notes: Vec<Note>,
    /// Why a value above is missing, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
}

/// Respondent rows of the wave reported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// Rows of the wave in the files.
    pub read: u64,
    /// Rows that count: of the segments asked for, and of weight over 0.
    pub used: u64,
    /// Share, 0–1, of used rows with four or more answers, all equal.
    pub straight_lining: Option<f64>,
    /// Share, 0–1, of used rows with fewer than three rated touchpoints.
    pub few_answers: Option<f64>,
}

/// Everything that is known of one touchpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TouchpointResult {
    /// Id of the touchpoint.
    pub id: String,
    /// Its code, such as `5.2`.
    pub code: String,
    /// Id of its stage.
    pub stage: String,
    /// Its score.
    pub score: Score,
    /// Unweighted cells by what they hold; withheld with the score.
    pub answers: Option<Answers>,
    /// Weighted share, 0–1, of customers who meet the touchpoint, as the survey says.
    pub reach: Option<f64>,
    /// Expected visits per customer, as the flow says.
    pub visits: Option<f64>,
    /// Whether no complete journey avoids it.
    pub unavoidable: bool,
    /// Points it should reach; in relative mode the mean of the other touchpoints.
    pub target: Option<f64>,
    /// How much of overall satisfaction it accounts for.
    pub importance: Option<Importance>,
    /// What a low score costs and a high one earns.
    pub asymmetry: Option<Asymmetry>,
    /// Change of the mean against the baseline.
    pub change: Option<Change>,
    /// Whether it is a pain point, and how sure that is.
    pub pain: Option<Pain>,
    /// What overall satisfaction would gain from it.
    pub lift: Option<Lift>,
    /// Where it is on the importance–performance plane.
    pub position: Option<Position>,
    /// What was found less what was expected, where the survey asks for both.
    pub gap: Option<Gap>,
    /// What was expected, and how many were served so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expectation: Option<Expectation>,
    /// Share of customers at each level of service, lowest first, where the map has levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_levels: Option<Vec<ShareEstimate>>,
    /// How important customers say that it is, where the survey asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<StatedImportance>,
    /// What to do with it, in a word; `None` where neither target nor score tell.
    pub role: Option<Role>,
    /// What it is, in the words of METHOD.
    pub labels: Vec<Label>,
    /// Why a value above is missing, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
}

/// Unweighted cells of a question by what they hold.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Answers on the scale.
    pub valid: u64,
    /// The customer did not meet the touchpoint.
    pub not_applicable: u64,
    /// Should have been answered and was not.
    pub blank: u64,
    /// Was not asked of the respondent.
    pub not_asked: u64,
}

/// Evidence for and against a pain point (METHOD §6).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pain {
    /// Points the touchpoint should reach; in relative mode the mean of the others.
    pub target: f64,
    /// In relative mode: the mean less that of the others, in points.
    pub relative: Option<Relative>,
    /// One-sided p of “the mean is under the target less the least effect that matters”.
    pub p_mean: Option<f64>,
    /// The same, adjusted over all tests of the view.
    pub q_mean: Option<f64>,
    /// One-sided p of “more are dissatisfied than is accepted”.
    pub p_dissatisfied: Option<f64>,
    /// The same, adjusted.
    pub q_dissatisfied: Option<f64>,
    /// Target less the upper limit of the mean, in points, at least 0.
    pub guaranteed_gap: f64,
    /// How bad, if it is a pain point.
    pub severity: Option<super::Severity>,
    /// Points lost per customer: reach × mean shortfall under the target.
    pub shortfall: Option<f64>,
}

/// A touchpoint against the mean of the others (METHOD §6, relative mode).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relative {
    /// Its mean less the mean of the other touchpoints' means, in points.
    pub difference: f64,
    /// Standard error, by delete-a-group jackknife: the same people rate all of them.
    pub se: f64,
    /// 95 % interval of the difference.
    pub ci: Interval,
    /// Degrees of freedom: replicate groups − 1.
    pub df: usize,
    /// Touchpoints it is compared with.
    pub others: usize,
}

/// Score of a stage: the mean over respondents of their own mean over its touchpoints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageResult {
    /// Id of the stage.
    pub id: String,
    /// The score; its native scale is points.
    pub score: Score,
}

/// A score in one wave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendPoint {
    /// Id of the touchpoint, or `overall`.
    pub touchpoint: String,
    /// The wave.
    pub wave: String,
    /// Version of the question; the line of a chart breaks where it changes.
    pub question_version: u64,
    /// The score in that wave.
    pub score: Score,
}

/// What the flow alone tells; ids of touchpoints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraphFacts {
    /// Touchpoints that no complete journey avoids.
    pub unavoidable: Vec<String>,
    /// Groups of touchpoints that customers can go round in.
    pub loops: Vec<Vec<String>>,
    /// Transitions across which the owner changes, as `[from, to]`.
    pub hand_offs: Vec<[String; 2]>,
    /// Touchpoints without a way to an end; a valid map has none.
    pub traps: Vec<String>,
    /// Where customers enter.
    pub entries: Vec<String>,
    /// Where the journey is complete.
    pub ends: Vec<String>,
    /// Touchpoints from which customers can only leave unfinished.
    #[serde(default)]
    pub dead_ends: Vec<String>,
    /// All touchpoints, each after those that lead to it; where the flow goes round or leaves
    /// it open, in the order of the map.
    #[serde(default)]
    pub order: Vec<String>,
    /// Share, 0–1, of the customers who complete the journey, as the flow says; `None` where
    /// it leaves shares open.
    #[serde(default)]
    pub completion: Option<f64>,
    /// Where customers leave unfinished, in the order of the map.
    #[serde(default)]
    pub leaving: Vec<super::Leaving>,
    /// What going round costs, one for each of `loops`.
    #[serde(default)]
    pub rework: Vec<super::Rework>,
    /// The scores on both sides of each of `hand_offs`.
    #[serde(default)]
    pub hand_off_scores: Vec<super::HandOff>,
    /// Single ways through the journey.
    #[serde(default)]
    pub paths: super::Paths,
}
