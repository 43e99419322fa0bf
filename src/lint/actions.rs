//! Who does what by when.

use crate::diag::{Code, Diagnostic};
use crate::model::{Action, ActionPhase, Day};

use super::{Subject, all_of};

/// Actions that were due before today and are not done.
pub(super) fn overdue(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let days = |it: &Action| it.due.as_ref()?.parse::<Day>().ok();
    open(subject)
        .filter_map(|it| {
            let due = days(it)?;
            let late = due.days_until(subject.today);
            (late > 0).then(|| {
                let days = if late == 1 { "day" } else { "days" };
                let message = format!("`{}` was due on {due}, {late} {days} ago", it.id);
                Diagnostic::warning(Code::OVERDUE, it.span, message)
                    .about(&it.id)
                    .note(format!("today is taken to be {}", subject.today))
                    .hint("set `status: done`, or a new date")
            })
        })
        .collect()
}

/// Actions that nobody does, or at no time.
pub(super) fn loose(subject: &Subject<'_>) -> Vec<Diagnostic> {
    open(subject)
        .filter_map(|it| {
            let lacks = [("owner", it.owner.is_none()), ("due", it.due.is_none())];
            let lacks: Vec<&str> =
                lacks.into_iter().filter(|(_, it)| *it).map(|(key, _)| key).collect();
            (!lacks.is_empty()).then(|| {
                let message = format!("the action `{}` has no {}", it.id, all_of(&lacks));
                Diagnostic::warning(Code::LOOSE_ACTION, it.span, message).about(&it.id)
            })
        })
        .collect()
}

fn open<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Action> {
    subject.journey.actions.iter().filter(|it| it.phase() != ActionPhase::Done)
}
