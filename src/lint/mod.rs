//! What is not wrong, and yet most probably not meant. A new lint: one function in the file of
//! its subject, and its line in `LINTS`.
//!
//! A lint is a warning with a code of its own. Where it is meant after all, the map says so
//! under `silence:`, with the reason.

mod actions;
mod languages;
mod names;
mod owners;
mod questionnaire;
mod questions;
mod segments;
mod silences;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{Day, Journey, Note, UnplacedColumn};
use crate::survey::tally::Tally;

pub use questionnaire::questionnaire;
pub use silences::{idle, is_of_questionnaire};

/// What lints look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The journey.
    pub journey: &'a Journey,
    /// Its responses; `None` where they are not looked at.
    pub tally: Option<&'a Tally>,
    /// Columns of the responses that the map does not name.
    pub unplaced: &'a [UnplacedColumn],
    /// What the analysis of the last wave has to say of the data.
    pub notes: &'a [Note],
    /// The day that counts as today.
    pub today: Day,
}

/// Looks at one thing.
type Lint = fn(&Subject<'_>) -> Vec<Diagnostic>;

/// Every lint; the order does not matter, because problems are shown in source order.
const LINTS: &[Lint] = &[
    owners::without_owner,
    names::similar,
    languages::untranslated,
    actions::overdue,
    actions::loose,
    questions::without_question,
    questions::without_touchpoint,
    questions::rarely_reached,
    segments::unseen,
];

/// Everything that the lints find.
pub fn check(subject: &Subject<'_>, problems: &mut Diagnostics) {
    for lint in LINTS {
        problems.extend(lint(subject));
    }
}

/// `a`, `b` and `c`.
fn all_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
