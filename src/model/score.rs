//! Scores, shares and balances, with how far to trust them. Numbers are unrounded; what cannot
//! be had is `None`, never 0.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lower and upper limit of a 95 % confidence interval.
pub type Interval = [f64; 2];

/// The reason of a value that is withheld though it has answers enough: without it another
/// one, which has too few, could be worked out (METHOD §5).
pub const COMPLEMENTARY: &str =
    "withheld so that a smaller group cannot be worked out from the total";

/// Whether there is a value, and if not, why.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// There is a value.
    Scored,
    /// Withheld: too few answers (METHOD §5).
    Suppressed,
    /// Asked, and nobody answered.
    Unanswered,
    /// Not asked in this wave.
    #[default]
    Unasked,
}

/// A score and how far to trust it. Native units unless a name says points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Whether there is a value.
    pub status: Status,
    /// Why there is none, or why a part of it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Valid answers, unweighted.
    pub n: Option<u64>,
    /// Effective sample size (Kish).
    pub n_eff: Option<f64>,
    /// Weighted mean on the native scale.
    pub mean: Option<f64>,
    /// Weighted standard deviation of the answers.
    pub sd: Option<f64>,
    /// Standard error of the mean (linearised).
    pub se: Option<f64>,
    /// Score interval of the mean, never off the scale (METHOD §4).
    pub ci: Option<Interval>,
    /// Classical t interval of the mean, to compare with other tools.
    pub t_ci: Option<Interval>,
    /// The mean on 0–100.
    pub points: Option<f64>,
    /// `ci` on 0–100.
    pub points_ci: Option<Interval>,
    /// Weighted median on the native scale.
    pub median: Option<f64>,
    /// Share of satisfied answers (METHOD §1.7).
    pub satisfied: Option<ShareEstimate>,
    /// Share of dissatisfied answers.
    pub dissatisfied: Option<ShareEstimate>,
    /// Unweighted answers by level, as text so that levels keep their spelling.
    pub counts: Option<BTreeMap<Level, u64>>,
    /// Weighted share, 0–1, by level.
    pub shares: Option<BTreeMap<Level, f64>>,
}

impl Score {
    /// Whether it is withheld to protect another one, and not because it has few answers.
    #[must_use]
    pub fn is_complementary(&self) -> bool {
        self.status == Status::Suppressed && self.reason.as_deref() == Some(COMPLEMENTARY)
    }
}

/// A level of a scale as a key that sorts by value and prints as `1` or `3.5`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level(pub f64);

impl Eq for Level {}

impl PartialOrd for Level {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Level {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl JsonSchema for Level {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Level".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // As `Display` writes a finite number.
        schemars::json_schema!({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"})
    }
}

impl Serialize for Level {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string())
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// A share of answers, with its interval.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareEstimate {
    /// Weighted share, 0–1.
    pub share: f64,
    /// Its standard error; `None` for a single answer.
    pub se: Option<f64>,
    /// Wilson interval with the effective n of METHOD §4.
    pub ci: Interval,
    /// Unweighted answers that count.
    pub n: u64,
    /// Answers of equal weight that would be as precise: the n of `ci` and of tests.
    pub n_star: f64,
}

/// A point estimate with its error, the shape that tests and changes need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its variance.
    pub variance: f64,
    /// Effective sample size.
    pub n_eff: f64,
}

/// NPS, or the net score of another scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendScore {
    /// Whether there is a value.
    pub status: Status,
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it is called: `NPS` on 0–10, else `net score`.
    pub measure: String,
    /// Valid answers, unweighted.
    pub n: Option<u64>,
    /// Effective sample size (Kish).
    pub n_eff: Option<f64>,
    /// Promoters minus detractors, −100 to +100.
    pub nps: Option<f64>,
    /// Standard error, in the same points.
    pub se: Option<f64>,
    /// Score interval, never outside ±100.
    pub ci: Option<Interval>,
    /// Share of promoters, 0–1.
    pub promoters: Option<f64>,
    /// Share of detractors, 0–1.
    pub detractors: Option<f64>,
}
