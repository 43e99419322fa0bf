//! What single customers said, without who they are.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What personal data in quotes may be; `[phone]` stands for a phone number.
pub const MASK_KINDS: &[&str] = &["email", "id", "plate", "phone", "address", "name"];

/// A comment that is quoted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Id of the touchpoint.
    pub touchpoint: String,
    /// The comment; `[phone]`, `[name]` and the like stand for personal data.
    pub text: String,
    /// The answer beside it, on the native scale.
    pub answer: f64,
    /// −1 dissatisfied, 0 neither, 1 satisfied.
    pub class: i8,
    /// The cause that it is quoted for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The segment variable that the customer is told by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
    /// Its value: at least as many customers have it as may be told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}
