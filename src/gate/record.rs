//! What the gate found, for other programs and for code hosts.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diag::{Code, Diagnostic, Span};

/// Version of the written form.
pub const GATE_SCHEMA: &str = "touchmap.gate/1";

/// Every rule, and whether it holds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GateRecord {
    /// `touchmap.gate/1`.
    pub schema: String,
    /// The version of touchmap that wrote it.
    pub touchmap: String,
    /// Id of the journey.
    pub journey: String,
    /// The wave that was judged.
    pub wave: String,
    /// The wave it was compared with.
    pub baseline: Option<String>,
    /// Whether the gate is open.
    pub passed: bool,
    /// The rules, in order.
    pub rules: Vec<RuleRecord>,
}

/// A rule, and whether it holds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RuleRecord {
    /// The rule, as it was written.
    pub rule: String,
    /// Whether it holds.
    pub outcome: Outcome,
    /// Why, in a sentence without a stop.
    pub said: String,
    /// Touchpoints that break it.
    pub cases: Vec<Case>,
}

/// Whether a rule holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// The data cannot tell.
    Unknown,
}

/// A touchpoint that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Case {
    /// Its id.
    pub touchpoint: String,
    /// Its code.
    pub code: String,
    /// By what.
    pub said: String,
}

impl RuleRecord {
    /// Why, and the touchpoints that break it, in a line.
    #[must_use]
    pub fn in_a_line(&self) -> String {
        let cases: Vec<String> = self
            .cases
            .iter()
            .map(|it| format!("{} {} ({})", it.code, it.touchpoint, it.said))
            .collect();
        if cases.is_empty() {
            return self.said.clone();
        }
        format!("{}: {}", self.said, cases.join(", "))
    }
}

/// A rule that does not hold, as a problem at its place; `None` for one that does.
#[must_use]
pub fn problem(rule: &RuleRecord, span: Span) -> Option<Diagnostic> {
    let said = rule.in_a_line();
    let text = &rule.rule;
    match rule.outcome {
        Outcome::Passed => None,
        Outcome::Failed => Some(Diagnostic::error(
            Code::GATE_FAILED,
            span,
            format!("`{text}` does not hold: {said}"),
        )),
        Outcome::Unknown => Some(Diagnostic::error(
            Code::GATE_UNKNOWN,
            span,
            format!("`{text}` cannot be told: {said}"),
        )),
    }
}
