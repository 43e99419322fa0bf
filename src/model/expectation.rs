//! What customers expect, how important they say it is, and how well they are served.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Interval, ShareEstimate};

/// What was expected of a touchpoint, and how many were served so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Whether customers were asked, or the map declares it.
    pub source: ExpectationSource,
    /// Points, 0–100, that were expected on average, or are declared.
    pub points: f64,
    /// Their 95 % interval, where customers were asked.
    pub points_ci: Option<Interval>,
    /// Customers of whom it is known whether it was met.
    pub n: u64,
    /// Share of them who got less than they expected.
    pub below: ShareEstimate,
    /// Share who got what they expected.
    pub met: ShareEstimate,
    /// Share who got more.
    pub above: ShareEstimate,
    /// Points that it lies over the mean expectation of the other touchpoints, where customers
    /// were asked of several.
    pub over_others: Option<f64>,
    /// Whether that is far, beyond chance: more is promised here than elsewhere.
    pub over_promised: bool,
}

/// Who says what is expected.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ExpectationSource {
    /// Customers.
    #[default]
    Asked,
    /// The map.
    Declared,
}

/// How important customers say that a touchpoint is, beside what moves them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedImportance {
    /// Customers who say so.
    pub n: Option<u64>,
    /// Points, 0–100.
    pub points: Option<f64>,
    /// Their 95 % interval.
    pub points_ci: Option<Interval>,
    /// Where it stands by what is said and by what moves; `None` where either is not known.
    pub need: Option<Need>,
    /// Why something is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A need, by what customers say and by what moves them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Called important, and moves overall satisfaction.
    SaidAndMoves,
    /// Called important, and moves little: a matter of course, or what one says.
    OnlySaid,
    /// Moves overall satisfaction, and nobody says so.
    OnlyMoves,
    /// Neither.
    Neither,
}

/// A measure of operations in the wave reported.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OperationResult {
    /// Id of the touchpoint.
    pub touchpoint: String,
    /// Its name in the language of the map.
    pub name: String,
    /// The value; `None` where the map has none of the wave.
    pub value: Option<f64>,
    /// That of the baseline.
    pub before: Option<f64>,
    /// Whether it is better than in the baseline; `None` where it is the same, or unknown.
    pub better: Option<bool>,
    /// What it should be.
    pub target: Option<f64>,
    /// Whether it is as good as that.
    pub on_target: Option<bool>,
}
