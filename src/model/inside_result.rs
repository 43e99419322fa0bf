//! The people inside: their own scores, and how they go with those of customers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Analysis, Interval};

/// What the people inside answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InsideResult {
    /// Every number of their survey.
    pub analysis: Analysis,
    /// Internal touchpoints and the touchpoints of customers that they support.
    pub links: Vec<SupportLink>,
}

/// Whether scores inside go with scores of customers: a hint, no cause.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportLink {
    /// Id of the internal touchpoint.
    pub internal: String,
    /// Id of the touchpoint that it supports.
    pub touchpoint: String,
    /// The segment whose values are lined up, in all waves; `None` for waves alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Pairs of scores, one for each value and wave.
    pub pairs: usize,
    /// Spearman's rank correlation, −1 to 1.
    pub rho: Option<f64>,
    /// Its 95 % interval (Bonett & Wright 2000).
    pub ci: Option<Interval>,
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
