//! Problems and complaints: how many complain, and what resolving it is worth (METHOD §12).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Interval, RecommendScore, Score, ShareEstimate};

/// What became of customers' problems in the wave reported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintResult {
    /// Customers who say whether they had a problem.
    pub n: Option<u64>,
    /// Share of them who had one.
    pub problem: Option<ShareEstimate>,
    /// Share, of those with a problem, who complained.
    pub complained: Option<ShareEstimate>,
    /// Customers with a problem who said nothing, for each one who complained.
    pub silent: Option<f64>,
    /// 95 % interval of `silent`, from that of `complained`; `None` for an end without limit.
    pub silent_ci: Option<[Option<f64>; 2]>,
    /// Share, of the complaints of which it is known, that were resolved.
    pub resolved: Option<ShareEstimate>,
    /// Share, of those, that were resolved in time.
    pub in_time: Option<ShareEstimate>,
    /// Days within which a complaint is resolved in time.
    pub within: Option<f64>,
    /// Customers by what became of their problem.
    pub cases: Vec<CaseResult>,
    /// What it is worth.
    pub worth: Vec<CaseDifference>,
    /// Why something is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Customers whose problem ended alike.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseResult {
    /// `no_problem`, `silent`, `resolved`, `resolved_late`, `unresolved` or `unknown`.
    pub case: String,
    /// How many; `None` where they are too few to be told of.
    pub n: Option<u64>,
    /// Weighted share of all who say whether they had a problem.
    pub share: Option<f64>,
    /// Their overall satisfaction.
    pub overall: Score,
    /// Their likelihood to recommend.
    pub recommend: RecommendScore,
}

/// Overall satisfaction of the customers of one case less that of another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseDifference {
    /// The one.
    pub case: String,
    /// The other.
    pub than: String,
    /// Difference in points.
    pub points: f64,
    /// 95 % interval.
    pub ci: Interval,
    /// Two-sided p (Welch).
    pub p: f64,
    /// The same, adjusted over these differences.
    pub q: f64,
}
