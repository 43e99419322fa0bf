//! What a wave must hold so that a pipeline goes on: rules in words, and whether they hold.
//!
//! `parse` turns words into a [`Rule`], `judge` holds it against an analysis, `record` and
//! `junit` are what other programs read. A rule that cannot be told from the data has not
//! passed: a gate that opens because a question was forgotten is none.

mod flagged;
mod judge;
mod junit;
mod limit;
mod measure;
mod parse;
mod record;
mod rule;

pub use judge::judge;
pub use junit::junit;
pub use parse::parse;
pub use record::{Case, GATE_SCHEMA, GateRecord, Outcome, RuleRecord, problem};
pub use rule::{Comparison, Fall, Flag, Limit, Measure, Rule, Subject, Unwanted};
