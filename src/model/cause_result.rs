//! Why customers are dissatisfied: causes by touchpoint, wave and segment.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Interval, ShareEstimate};

/// Which causes the customers of a touchpoint name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CauseResult {
    /// Id of the touchpoint.
    pub touchpoint: String,
    /// The wave.
    pub wave: String,
    /// The segment variable; `None` for all respondents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// The value of the segment variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// How causes are known.
    pub source: CauseSource,
    /// Customers who rated the touchpoint and said why; `None` where it is withheld.
    pub said: Option<u64>,
    /// Share of them who name a cause of the codebook.
    pub coded: Option<f64>,
    /// Of them, those who name causes only to deny them.
    pub denied: Option<u64>,
    /// Dissatisfied customers who said why.
    pub dissatisfied: Option<u64>,
    /// Satisfied customers who said why.
    pub satisfied: Option<u64>,
    /// Causes that somebody names, the most frequent among the dissatisfied first.
    pub causes: Vec<CauseShare>,
    /// Groups of causes that somebody names, in the order of the codebook.
    pub groups: Vec<CauseShare>,
    /// The cause that stands out among the dissatisfied.
    pub main: Option<String>,
    /// Why shares are missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How causes are known.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CauseSource {
    /// Codes in the responses.
    #[default]
    Coded,
    /// Ticked by customers, one column for each cause.
    Ticked,
    /// Keywords in comments.
    Comments,
}

/// Who names a cause, or a cause of a group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CauseShare {
    /// Id of the cause, or of the group.
    pub id: String,
    /// Customers who name it, whatever they answered.
    pub named: u64,
    /// Share of the dissatisfied customers who said why.
    pub dissatisfied: Option<ShareEstimate>,
    /// Share of the satisfied customers who said why.
    pub satisfied: Option<ShareEstimate>,
    /// The former less the latter, and its error.
    pub difference: Option<ShareDifference>,
}

/// The difference of two shares.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareDifference {
    /// −1 to 1.
    pub difference: f64,
    /// 95 % interval (Newcombe).
    pub ci: Interval,
    /// Two-sided p of “there is none”.
    pub p: f64,
    /// The same, adjusted over all causes of all touchpoints.
    pub q: f64,
}
