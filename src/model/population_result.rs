//! How much of the population answered, and what was made of that.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The customers whom the respondents of a wave stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PopulationResult {
    /// All customers; `None` where that is not said of the wave.
    pub total: Option<u64>,
    /// Respondents who count, by all customers, 0–1: of everybody asked for.
    pub response_rate: Option<f64>,
    /// Whether intervals of scores are those of a finite population.
    pub finite: bool,
    /// How weights were raked; `None` where they were not.
    pub raked: Option<RakedResult>,
    /// Customers by the values of segments, in the order of the map.
    pub coverage: Vec<Coverage>,
}

/// How weights were raked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RakedResult {
    /// Ids of the segments whose shares are those of the population.
    pub segments: Vec<String>,
    /// What became of the weights; withheld where a factor would tell how many respondents a
    /// cell of few has.
    pub factors: Option<RakedFactors>,
    /// Why `factors` is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What raking made of weights.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RakedFactors {
    /// The least number that weights were multiplied by.
    pub least: f64,
    /// The greatest.
    pub most: f64,
    /// How much larger unequal weights make the variance of a mean (Kish), 1 or more.
    pub design_effect: f64,
}

/// The customers of one value of a segment, and those of them who answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// The segment variable.
    pub segment: String,
    /// Its value.
    pub value: String,
    /// Customers.
    pub customers: u64,
    /// Their share, 0–1, of the customers of all values of the segment.
    pub share: f64,
    /// Respondents who count, unweighted; withheld like the size of a segment.
    pub n: Option<u64>,
    /// Respondents by customers, 0–1; withheld with `n`.
    pub response_rate: Option<f64>,
    /// Why `n` is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
