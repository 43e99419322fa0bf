//! What the flow tells together with the scores: leaving, rework, hand-offs and paths
//! (METHOD §11.3).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Interval;

/// Where customers leave the journey unfinished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    /// Id of the touchpoint.
    pub touchpoint: String,
    /// Share, 0–1, of the visits there that end so.
    pub share: f64,
    /// Share, 0–1, of all customers who leave there; `None` where the flow leaves shares open.
    pub customers: Option<f64>,
}

/// What going round in a loop costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rework {
    /// Ids of the touchpoints of the loop, in the order of the map.
    pub touchpoints: Vec<String>,
    /// Its ways back: transitions to the same touchpoint, or to one earlier in the map.
    pub returns: Vec<Return>,
    /// Expected visits per customer beyond the first, by touchpoint in their order: expected
    /// visits − chance to come at all.
    pub repeats: Option<Vec<f64>>,
    /// Expected visits per customer beyond the first to each of its touchpoints, added up.
    pub repeat_visits: Option<f64>,
    /// Points lost per customer in them: Σ repeat visits × mean points that an answer lies
    /// under the target. The less the better.
    pub cost: Option<f64>,
    /// Why a value is missing, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
}

/// A way back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// Id of the touchpoint that customers are sent back from.
    pub from: String,
    /// Id of the touchpoint that they come to again.
    pub to: String,
    /// Share, 0–1, of the visits to `from` that go back this way; `None` where it is open.
    pub share: Option<f64>,
    /// Expected times per customer; `None` where the flow leaves shares open.
    pub per_customer: Option<f64>,
}

/// The scores on both sides of a transition across which the owner changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOff {
    /// Id of the touchpoint before.
    pub from: String,
    /// Id of the touchpoint after.
    pub to: String,
    /// Who answers for the one before, in the language of the map.
    pub from_owner: String,
    /// Who answers for the one after.
    pub to_owner: String,
    /// Share, 0–1, of the visits to `from` that go this way; `None` where it is open.
    pub share: Option<f64>,
    /// Score of the one after minus that of the one before, in points; under 0 it drops.
    pub difference: Option<f64>,
    /// Its standard error, by delete-a-group jackknife: the same people rate both.
    pub se: Option<f64>,
    /// Its 95 % interval.
    pub ci: Option<Interval>,
    /// Degrees of freedom: replicate groups − 1.
    pub df: Option<usize>,
    /// Two-sided p value of “no difference” (Student's t).
    pub p: Option<f64>,
    /// p adjusted over all hand-offs that are tested.
    pub q: Option<f64>,
    /// Whether the test holds and the difference reaches the least effect that matters.
    pub relevant: bool,
    /// The same difference among those who rated both, in points: it tells a drop for the same
    /// people from other people coming; `None` where few did, or few did not.
    pub among_both: Option<f64>,
    /// Respondents who rated both, unweighted; withheld with `among_both`.
    pub n_both: Option<u64>,
    /// Why a value is missing, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
}

/// Single ways through the journey.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paths {
    /// The way that most customers take exactly so.
    pub most_travelled: Option<JourneyPath>,
    /// The way, without going back, with the highest mean score.
    pub best: Option<JourneyPath>,
    /// The way, without going back, with the lowest mean score.
    pub worst: Option<JourneyPath>,
    /// Why one is missing, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
}

/// A way from the start to the end, and how it feels: scores that are shown and rest on no
/// low base.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JourneyPath {
    /// Ids of its touchpoints.
    pub touchpoints: Vec<String>,
    /// Share, 0–1, of all customers who take exactly this way; `None` where a share is open.
    pub share: Option<f64>,
    /// Mean of the scores on it, in points, each touchpoint counting once.
    pub mean: Option<f64>,
    /// Touchpoints on it that have such a score.
    pub scored: usize,
    /// The peak: the highest score on it.
    pub peak: Option<PathScore>,
    /// The lowest score on it.
    pub low: Option<PathScore>,
    /// The last score on it.
    pub end: Option<PathScore>,
}

/// A score on a path.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PathScore {
    /// Id of the touchpoint.
    pub touchpoint: String,
    /// Its score, in points.
    pub points: f64,
}
