//! Sections of the report, in their order. A section is a file here and the template of
//! the same stem.

mod actions;
mod cards;
mod complaints;
mod flow;
mod inside;
mod map;
mod method;
mod priorities;
mod scores;
mod segments;
mod since;
mod summary;
mod trend;
mod why;

use minijinja::Value;

use super::context::Context;

/// A section.
#[derive(Clone, Copy)]
pub struct Section {
    /// Its id: the deep link, the template, and its place in message keys.
    pub id: &'static str,
    pub(super) build: fn(&Context<'_>, &[LeftOut]) -> Built,
}

/// What became of a section.
pub(super) enum Built {
    /// It is shown.
    Shown(Value),
    /// It has nothing to show, for the reason said.
    LeftOut(String),
    /// Nobody asked for it.
    NotAsked,
}

/// A section that has nothing to show.
pub(super) struct LeftOut {
    /// Its id.
    pub(super) section: &'static str,
    /// Why.
    pub(super) why: String,
}

/// Every section, in the order of the page.
pub const SECTIONS: &[Section] = &[
    Section { id: "summary", build: summary::build },
    Section { id: "map", build: map::build },
    Section { id: "flow", build: flow::build },
    Section { id: "priorities", build: priorities::build },
    Section { id: "scores", build: scores::build },
    Section { id: "cards", build: cards::build },
    Section { id: "why", build: why::build },
    Section { id: "complaints", build: complaints::build },
    Section { id: "inside", build: inside::build },
    Section { id: "segments", build: segments::build },
    Section { id: "trend", build: trend::build },
    Section { id: "since", build: since::build },
    Section { id: "actions", build: actions::build },
    Section { id: "method", build: method::build },
];

/// A view as a value that templates read.
fn value(view: impl serde::Serialize) -> Value {
    Value::from(minijinja::value::Serde(view))
}
