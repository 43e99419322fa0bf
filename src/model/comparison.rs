//! Differences: between waves, between a segment and all others, and against benchmarks
//! (METHOD §10).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BenchmarkKind, COMPLEMENTARY, Interval, Level, Rules, Score, Status};
use std::collections::BTreeMap;

/// Difference of two waves (METHOD §10).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The wave compared with.
    pub from: String,
    /// This wave minus that one, native units (NPS points for the recommend question).
    pub difference: f64,
    /// Its standard error; `None` for aggregates that give no spread.
    pub se: Option<f64>,
    /// Welch interval of the difference.
    pub ci: Option<Interval>,
    /// The difference in points, 0–100.
    pub points: f64,
    /// `ci` in points.
    pub points_ci: Option<Interval>,
    /// Welch–Satterthwaite degrees of freedom.
    pub df: Option<f64>,
    /// Two-sided p value.
    pub p: Option<f64>,
    /// p adjusted over all touchpoints of the pair of waves; `None` outside the family.
    pub q: Option<f64>,
    /// Whether the test holds and the difference reaches the least effect that matters.
    pub relevant: bool,
    /// Cohen's d: the difference over the spread of the answers; `None` without answers by
    /// level.
    pub cohen_d: Option<f64>,
    /// Probability, 0–1, that someone of this wave scores over someone of that one, ties
    /// counted half; 0.5 when neither is better.
    pub probability_of_superiority: Option<f64>,
    /// Change of the share of satisfied; `None` without answers by level.
    pub satisfied: Option<ShareChange>,
    /// Change of the share of dissatisfied.
    pub dissatisfied: Option<ShareChange>,
}

/// Difference of two shares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareChange {
    /// This wave minus that one, −1 to 1.
    pub difference: f64,
    /// Newcombe's hybrid interval.
    pub ci: Interval,
    /// Two-sided p value (Welch); `None` when neither share has any spread.
    pub p: Option<f64>,
    /// p adjusted over the same share of all touchpoints; `None` outside the family.
    pub q: Option<f64>,
}

/// A value of a segment variable, and how many respondents it has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentSize {
    /// The segment variable.
    pub segment: String,
    /// Its value.
    pub value: String,
    /// Respondents who count, unweighted; withheld like a score.
    pub n: Option<u64>,
    /// Their weighted share, 0–1, of all who have a value; withheld with `n`, and where so few
    /// have none that it would tell how many.
    pub share: Option<f64>,
    /// Why `n` is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl SegmentSize {
    /// Whether it is withheld to protect another value, and not because it has few
    /// respondents.
    #[must_use]
    pub fn is_complementary(&self) -> bool {
        self.n.is_none() && self.reason.as_deref() == Some(COMPLEMENTARY)
    }
}

/// A score of one segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentResult {
    /// The segment variable.
    pub segment: String,
    /// Its value.
    pub value: String,
    /// Id of the touchpoint, or `overall`.
    pub touchpoint: String,
    /// Its score.
    pub score: Score,
    /// The segment against all other respondents, never against the total that it is part of.
    pub vs_rest: Option<VersusRest>,
    /// Why there is no such test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl SegmentResult {
    /// The difference from all others, where it is reliable and reaches the least effect that
    /// matters; `None` as well where the score is not shown.
    #[must_use]
    pub fn differs(&self) -> Option<&VersusRest> {
        let shown = self.score.status == Status::Scored;
        self.vs_rest.as_ref().filter(|it| shown && it.relevant)
    }
}

/// A segment against all others.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VersusRest {
    /// The segment minus the others, native units.
    pub difference: f64,
    /// Its standard error: Welch's, or that of two samples of one population where it is
    /// larger.
    pub se: f64,
    /// Interval of the difference.
    pub ci: Interval,
    /// The difference in points, 0–100.
    pub points: f64,
    /// `ci` in points.
    pub points_ci: Interval,
    /// Welch–Satterthwaite degrees of freedom.
    pub df: f64,
    /// Two-sided p value.
    pub p: f64,
    /// p adjusted over all values and touchpoints of the segment variable.
    pub q: f64,
    /// Whether the test holds and the difference reaches the least effect that matters.
    pub relevant: bool,
}

/// How much of a change comes from other people answering (Kitagawa 1955).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mix {
    /// The segment variable.
    pub segment: String,
    /// Id of the touchpoint, or `overall`.
    pub touchpoint: String,
    /// The wave compared with.
    pub from: String,
    /// Largest move of a value's share of the answers, 0–1; over 0.03 it is always shown.
    pub largest_move: f64,
    /// The value whose share moved most; `None` when it is the group of withheld ones.
    pub moved: Option<String>,
    /// Points of the change because segments scored differently.
    pub rate_points: f64,
    /// Points of the change because segments had other shares.
    pub mix_points: f64,
    /// Values that are withheld and taken together as one group.
    pub pooled: usize,
    /// Whether the score of every value went the other way than that of all together.
    #[serde(default)]
    pub against: bool,
}

impl Mix {
    /// Whether the change is the work of who answered: the score of every value moved the other
    /// way, and a relevant part of it is the mix.
    #[must_use]
    pub fn turns(&self, rules: &Rules) -> bool {
        self.against && self.mix_points.abs() >= rules.min_effect
    }
}

/// What changed from one wave to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The earlier wave.
    pub from: String,
    /// The later one.
    pub to: String,
    /// The changes that can be told, `overall` first.
    pub changes: Vec<StepChange>,
}

/// The change of a score from one wave to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepChange {
    /// Id of the touchpoint, or `overall`.
    pub touchpoint: String,
    /// Points that the score rose by.
    pub points: f64,
    /// Their interval; `None` where there is no test.
    pub points_ci: Option<Interval>,
    /// Two-sided p value.
    pub p: Option<f64>,
    /// p adjusted over all touchpoints of the two waves; `None` for `overall`.
    pub q: Option<f64>,
    /// Whether the test holds and the change reaches the least effect that matters.
    pub relevant: bool,
}

/// A line through the means of four or more waves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrendLine {
    /// Id of the touchpoint, or `overall`.
    pub touchpoint: String,
    /// The waves that it is drawn through, in order.
    pub waves: Vec<String>,
    /// What the slope is of: a unit of the number that waves are named by, or a wave.
    pub per: TimeUnit,
    /// Points by unit of time.
    pub slope: f64,
    /// Its standard error.
    pub se: f64,
    /// Its 95 % interval.
    pub ci: Interval,
    /// Two-sided p value of “no slope” (normal).
    pub p: f64,
    /// p adjusted over all touchpoints; `None` for overall satisfaction, tested on its own.
    pub q: Option<f64>,
    /// Cochran's Q of what the line leaves.
    pub lack_of_fit: f64,
    /// Its degrees of freedom: waves − 2.
    pub df: usize,
    /// p of “the waves lie on the line” (χ²); small when they do not.
    pub p_lack_of_fit: f64,
}

/// What time is counted in.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Waves are named by numbers, such as years.
    Number,
    /// From one wave to the next.
    #[default]
    Wave,
}

/// A score against a benchmark of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BenchmarkResult {
    /// Position of the benchmark in the map, from 0.
    pub benchmark: usize,
    /// Its name, in the language of the map.
    pub name: String,
    /// Whose scores it holds.
    #[serde(default)]
    pub kind: BenchmarkKind,
    /// Id of the touchpoint, or `overall`.
    pub touchpoint: String,
    /// The points of the benchmark.
    pub points: f64,
    /// The score minus the benchmark, in points; `None` when there is no score to show, and
    /// when the points of the two were made otherwise.
    pub difference: Option<f64>,
    /// Interval of the difference: from the error of the score alone, or of both.
    pub ci: Option<Interval>,
    /// Degrees of freedom.
    pub df: Option<f64>,
    /// Two-sided p value: of a one-sample t test or, where n and sd of the benchmark are known,
    /// of Welch's.
    pub p: Option<f64>,
    /// p adjusted over all touchpoints of the benchmark; `None` for overall satisfaction.
    pub q: Option<f64>,
    /// Whether the test holds and the difference reaches the least effect that matters.
    pub relevant: bool,
    /// `benchmark without its own error`, or `two samples` where its n and sd are known.
    pub test: String,
    /// Why there is no difference or no test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What was found less what was expected (SERVQUAL); never a flag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Always `gap (SERVQUAL)`.
    pub label: String,
    /// Respondents who rated and expected, unweighted.
    pub n: u64,
    /// Their effective number.
    pub n_eff: f64,
    /// Mean of rated minus expected, native units; under 0 the touchpoint falls short.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Standard error of the mean; `None` for a single answer.
    pub se: Option<f64>,
    /// 95 % interval of the mean, by Student's t.
    pub ci: Option<Interval>,
    /// Student's t of “no gap”; `None` under a low base, or without spread.
    pub t: Option<f64>,
    /// Its two-sided p value; not adjusted, since it drives no flag.
    pub p: Option<f64>,
    /// Unweighted respondents by gap; withheld where all of a few are the same.
    pub counts: Option<BTreeMap<Level, u64>>,
}
