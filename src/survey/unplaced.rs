//! Columns that nothing in the map names, while touchpoints have none.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, SurveyPlan};

use super::header::{Found, columns};
use super::matching::{Guess, guesses, is_recorded};
use super::place::AggregateFile;
use super::seek::{Form, Looked};
use super::tally::Variable;

/// Names that a message lists.
const LISTED: usize = 12;

/// Tells which touchpoints have no column in any file, which columns could be theirs, and
/// which others the map does not name. It tells nothing where no column could be one, unless
/// no touchpoint has a column at all: a question that was not asked is nothing wrong.
pub(super) fn report_unplaced(
    journey: &Journey,
    plan: &SurveyPlan,
    looked: &[Looked<'_>],
    aggregates: &[AggregateFile<'_>],
    problems: &mut Diagnostics,
) {
    let files: Vec<_> = looked.iter().filter(|it| it.form == Form::Respondents).collect();
    if files.is_empty() {
        return;
    }
    let scored: BTreeSet<Variable> =
        aggregates.iter().flat_map(|it| &it.rows).map(|it| it.variable).collect();
    let is_open = |index: &usize| {
        let has_column = files.iter().any(|it| it.has(plan, *index));
        let has_scores =
            journey.touchpoints.get(*index).is_some_and(|it| !it.scores.is_empty());
        !has_column && !has_scores && !scored.contains(&Variable::Touchpoint(*index))
    };
    let open: BTreeSet<usize> = (0..journey.touchpoints.len()).filter(is_open).collect();
    let free = free(plan, &files);
    if open.is_empty() || free.is_empty() {
        return;
    }
    let headers: Vec<_> = files.iter().map(|it| &it.header).collect();
    let guesses = guesses(journey, &open, &headers, &free);
    if guesses.is_empty() && open.len() < journey.touchpoints.len() {
        return;
    }
    problems.push(unplaced(journey, &open, &free, &guesses, files[0]));
}

impl Looked<'_> {
    /// Whether the file has the column of a touchpoint, or the map says which it would be.
    fn has(&self, plan: &SurveyPlan, touchpoint: usize) -> bool {
        let own = self.file.overrides.questions.get(&touchpoint);
        let question = own.or_else(|| plan.questions.get(touchpoint));
        question.is_some_and(|it| {
            it.column.span.is_some() || self.header.find(&it.column) != Found::Absent
        })
    }
}

/// Columns that the map does not name, each name once, without what survey tools record.
fn free(plan: &SurveyPlan, files: &[&Looked<'_>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for looked in files {
        let taken: BTreeSet<usize> = columns(plan, looked.file)
            .filter_map(|column| match looked.header.find(column) {
                Found::At(at) => Some(at),
                _ => None,
            })
            .collect();
        let rest =
            looked.header.names().enumerate().filter(|(at, _)| !taken.contains(at));
        for (_, name) in rest {
            if name.chars().any(char::is_alphanumeric)
                && !is_recorded(name)
                && !names.iter().any(|it| it == name)
            {
                names.push(name.to_owned());
            }
        }
    }
    names
}

fn unplaced(
    journey: &Journey,
    open: &BTreeSet<usize>,
    free: &[String],
    guesses: &[Guess],
    first: &Looked<'_>,
) -> Diagnostic {
    let ids = open.iter().filter_map(|it| journey.touchpoints.get(*it)).map(|it| &it.id);
    let message = match open.len() {
        all if all == journey.touchpoints.len() => {
            "no touchpoint has a column".to_owned()
        }
        1 => format!("a touchpoint has no column: {}", listed(ids)),
        count => format!("{count} touchpoints have no column: {}", listed(ids)),
    };
    let told: BTreeSet<&str> = guesses.iter().map(|it| it.column.as_str()).collect();
    let rest = free.iter().filter(|it| !told.contains(it.as_str()));
    let mut problem = Diagnostic::warning(Code::UNPLACED, first.file.span, message);
    for Guess { touchpoint, column } in guesses.iter().take(LISTED) {
        problem = problem.note(format!("`{column}` could be `{touchpoint}`"));
    }
    if rest.clone().next().is_some() {
        problem =
            problem.note(format!("columns that the map does not name: {}", listed(rest)));
    }
    problem.hint("`touchmap match` looks closer, and puts what it finds into the map")
}

fn listed<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let all: Vec<_> = names.map(|it| format!("`{it}`")).collect();
    let shown: Vec<_> = all.iter().take(LISTED).map(String::as_str).collect();
    match all.len().saturating_sub(LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
