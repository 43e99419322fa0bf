//! Map and survey, side by side.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic, Span};
use crate::model::UnplacedColumn;
use crate::survey::tally::Variable;

use super::{Subject, all_of};

/// Columns that a warning lists.
const LISTED: usize = 12;

/// Touchpoints that no wave asked for, and that have no score of their own.
pub(super) fn without_question(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(tally) = subject.tally else { return Vec::new() };
    let asked: BTreeSet<Variable> =
        tally.waves.values().flat_map(|it| it.questions.keys().copied()).collect();
    let touchpoints = subject.journey.touchpoints.iter().enumerate();
    touchpoints
        .filter(|(at, it)| {
            !asked.contains(&Variable::Touchpoint(*at)) && it.scores.is_empty()
        })
        .map(|(_, it)| {
            let message = format!("the survey does not ask for `{}`", it.id);
            Diagnostic::warning(Code::NO_QUESTION, it.span, message)
                .about(&it.id)
                .hint("name its column under `survey.columns`, or ask for it")
        })
        .collect()
}

/// Columns of ratings that no touchpoint has: together, because a file of codes has many; apart
/// where the map silences one, so that the others are still told.
pub(super) fn without_touchpoint(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(plan) = &subject.journey.survey else { return Vec::new() };
    let ends = [plan.scale.min(), plan.scale.max()].map(f64::to_bits);
    let is_rating =
        |it: &&UnplacedColumn| it.scale.is_some_and(|it| it.map(f64::to_bits) == ends);
    let silences = &subject.journey.silences;
    let is_known = |it: &&UnplacedColumn| {
        silences.iter().any(|silence| silence.at.as_ref() == Some(&it.column))
    };
    let (known, others): (Vec<_>, Vec<_>) =
        subject.unplaced.iter().filter(is_rating).partition(is_known);
    let told = |columns: &[&UnplacedColumn]| {
        let first = columns.first()?;
        let file = plan.files.iter().find(|file| file.path.as_os_str() == &*first.path);
        // A folder or pattern names the file: then the first will do.
        let span = file.or(plan.files.first()).and_then(|file| file.span);
        Some(untaken(columns, first, span))
    };
    known.chunks(1).chain([others.as_slice()]).filter_map(told).collect()
}

fn untaken(
    columns: &[&UnplacedColumn],
    first: &UnplacedColumn,
    span: Option<Span>,
) -> Diagnostic {
    let hint = "`touchmap match` proposes where columns belong";
    let code = Code::NO_TOUCHPOINT;
    if let [only] = columns {
        let message = format!("the map has no touchpoint for column `{}`", only.column);
        return Diagnostic::warning(code, span, message)
            .about(&only.column)
            .note(format!("it looks like {}", only.looks_like))
            .hint(hint);
    }
    let message = format!("the map has no touchpoint for {} columns", columns.len());
    let names: Vec<&str> =
        columns.iter().take(LISTED).map(|it| it.column.as_str()).collect();
    let more = match columns.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Diagnostic::warning(code, span, message)
        .note(format!("they look like ratings: {}{more}", all_of(&names)))
        .note(format!("`{}` looks like {}", first.column, first.looks_like))
        .hint(hint)
}

/// Touchpoints that everybody meets by the map, and many did not by the survey.
pub(super) fn rarely_reached(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let disagree =
        subject.notes.iter().filter(|it| it.code == Code::MAP_SURVEY_DISAGREE.0);
    disagree
        .filter_map(|note| {
            let id = note.about.as_ref()?;
            let at = subject.journey.find(id)?;
            let touchpoint = subject.journey.touchpoint(at);
            let span = touchpoint.span;
            Some(
                Diagnostic::warning(Code::LOW_REACH, span, note.text.clone())
                    .about(id)
                    .hint("add the way round it to `flow:`, or check who was asked"),
            )
        })
        .collect()
}
