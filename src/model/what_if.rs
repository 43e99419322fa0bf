//! What would follow from changes of the flow and of the scores: a scenario (METHOD §11).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Interval;

/// The name of this layout; a reader refuses any other.
pub const WHAT_IF_SCHEMA: &str = "touchmap.whatif/1";

/// A scenario, and what follows from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// The name of this layout.
    #[schemars(extend("const" = WHAT_IF_SCHEMA))]
    pub schema: String,
    /// Version of touchmap that made it.
    pub touchmap: String,
    /// Id of the journey.
    pub journey: String,
    /// The wave whose scores are changed; `None` where no score is.
    pub wave: Option<String>,
    /// Changes of the flow, as they were asked for.
    pub flow: Vec<ScenarioChange>,
    /// Share, 0–1, of the customers who complete the journey, before and after; `None` where
    /// the flow leaves shares open.
    pub completion: Option<[f64; 2]>,
    /// Expected visits per customer, by touchpoint in the order of the map; empty where the
    /// flow leaves shares open.
    pub visits: Vec<VisitsChange>,
    /// What overall satisfaction would gain from the changed scores; `None` where none is
    /// changed, or it cannot be had.
    pub lift: Option<JointLift>,
    /// On what condition it would come so.
    pub condition: String,
    /// Why a value is missing, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, String>,
}

/// A change of one transition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioChange {
    /// Id of the touchpoint that it leads from, or `start`.
    pub from: String,
    /// Id of the touchpoint that it leads to, or `end`.
    pub to: String,
    /// Its share, 0–1, before and after; dropped, it is 0.
    pub share: [Option<f64>; 2],
}

/// Expected visits per customer to one touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitsChange {
    /// Id of the touchpoint.
    pub touchpoint: String,
    /// As the map says.
    pub before: f64,
    /// In the scenario.
    pub after: f64,
}

/// The expected gain of overall satisfaction from all changed scores together: Σ reach × net
/// slope × change. The survey's reach counts, not the changed flow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JointLift {
    /// In points of overall satisfaction; under 0 it loses.
    pub overall_points: f64,
    /// Its standard error: of the sum, by delete-a-group jackknife.
    pub se: Option<f64>,
    /// Its 95 % interval.
    pub ci: Option<Interval>,
    /// Degrees of freedom: replicate groups − 1.
    pub df: usize,
    /// What each changed score adds.
    pub parts: Vec<LiftPart>,
}

/// What one changed score adds to the joint lift.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LiftPart {
    /// Id of the touchpoint.
    pub touchpoint: String,
    /// Its score now, in points, among those who also gave an overall answer.
    pub before: f64,
    /// Its score in the scenario, in points.
    pub after: f64,
    /// Points of overall satisfaction that the change adds.
    pub overall_points: f64,
    /// Its standard error.
    pub se: Option<f64>,
    /// Its 95 % interval.
    pub ci: Option<Interval>,
    /// Why it adds nothing, though the score changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
