//! What the rules found, and what a reader must know.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a touchpoint is called because of its evidence (METHOD §6–§9).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Under its target, or too many dissatisfied, beyond chance.
    PainPoint,
    /// Derived from the data (METHOD §8).
    MomentOfTruth,
    /// Weighs much for the few who meet it.
    NicheMomentOfTruth,
    /// Declared in the map.
    DeclaredMomentOfTruth,
    /// A moment of truth that is a pain point.
    BrokenMomentOfTruth,
    /// A delighter at or over its target.
    DelightPoint,
    /// A delighter under its target that is no pain point.
    ItchPoint,
    /// Too few respondents to flag or test.
    LowBase,
}

/// How bad a pain point is, by its guaranteed gap.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Gap under the first edge (5 points).
    Mild,
    /// Gap between the edges.
    Serious,
    /// Gap over the second edge (10 points).
    Critical,
}

/// A number or word that a finding rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Fact {
    /// An unrounded number.
    Number(f64),
    /// A word.
    Word(String),
}

impl From<f64> for Fact {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Fact {
    fn from(word: &str) -> Self {
        Self::Word(word.to_owned())
    }
}

/// What a rule found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Stable code, such as `TM201`.
    pub code: String,
    /// Id of the rule.
    pub rule: String,
    /// Id of the touchpoint; `None` when it speaks of the whole journey.
    pub touchpoint: Option<String>,
    /// How bad, where that has a meaning.
    pub severity: Option<Severity>,
    /// A sentence in English; reports word it anew, in their own language, from the facts.
    pub text: String,
    /// What it rests on.
    pub facts: BTreeMap<String, Fact>,
}

/// What a reader must know about the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Stable code, such as `TM301`.
    pub code: String,
    /// The touchpoint or wave it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// A sentence in English.
    pub text: String,
    /// What a report needs to word it in another language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Fact>,
}
