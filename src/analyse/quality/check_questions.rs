//! Checks of the questions of a wave, each of which is as bad as its worst question.

use crate::model::{
    CheckKind, CheckStatus, QualityCheck, QuestionCheck, QuestionQuality,
};
use crate::stats::real;

use super::check::check;
use super::limit::Limit;
use super::words;

/// Answers from which it is no chance that a part of the scale is not used, or that all
/// answers are the same.
const MANY_ANSWERS: u64 = 100;

/// Checks of the `questions` of a wave; `before` are those of the wave before.
pub(super) fn of_questions(
    questions: &[QuestionQuality],
    before: &[QuestionQuality],
) -> Vec<QualityCheck> {
    let jump = |it: &QuestionQuality| {
        let earlier = before.iter().find(|other| other.question == it.question)?;
        Some((blank(it)? - blank(earlier)?).max(0.0))
    };
    let checks = [
        worst(CheckKind::Blank, questions, blank, "of those asked left it blank"),
        worst(CheckKind::BlankJump, questions, jump, "more left it blank than before"),
        worst(
            CheckKind::NotApplicable,
            questions,
            not_applicable,
            "say that it does not apply to them",
        ),
        worst(CheckKind::OneAnswer, questions, one_answer, "give the same answer"),
        worst(CheckKind::UnusedScale, questions, unused, "of the scale is not used"),
    ];
    checks.into_iter().flatten().collect()
}

/// The check of what `value` says of each question; `None` where it says nothing.
pub(super) fn worst(
    kind: CheckKind,
    questions: &[QuestionQuality],
    value: impl Fn(&QuestionQuality) -> Option<f64>,
    what: &str,
) -> Option<QualityCheck> {
    let limit = Limit::of(kind);
    let mut found: Vec<QuestionCheck> = questions
        .iter()
        .filter_map(|it| {
            let value = value(it)?;
            let question = it.question.clone();
            Some(QuestionCheck { question, status: limit.status(value), value })
        })
        .collect();
    // The worst first; of equal ones the one that comes first in the map.
    found.sort_by(|one, other| other.value.total_cmp(&one.value));
    let QuestionCheck { question, value, .. } = found.first()?.clone();
    let all = found.len();
    found.retain(|it| it.status != CheckStatus::Ok);
    let most = format!("{} {what}", words::percent(value));
    let why = match found.len() {
        0 => format!("at most {most} ({question})"),
        1 => format!("{most} ({question})"),
        n => format!("{n} of {all} questions: up to {most} ({question})"),
    };
    Some(check(kind, value, found, why))
}

/// Share of blanks among those who should have answered.
fn blank(it: &QuestionQuality) -> Option<f64> {
    let blank = it.blank?.n;
    let cells = it.valid?.n + it.not_applicable?.n + blank;
    (cells > 0).then(|| real(blank) / real(cells))
}

/// Share of those who did not meet the touchpoint among those who say whether they did.
fn not_applicable(it: &QuestionQuality) -> Option<f64> {
    let absent = it.not_applicable?.n;
    let cells = it.valid?.n + absent;
    (cells > 0).then(|| real(absent) / real(cells))
}

/// Share of the most frequent answer.
fn one_answer(it: &QuestionQuality) -> Option<f64> {
    let levels = many(it)?;
    levels.iter().map(|it| it.share).max_by(f64::total_cmp)
}

/// Share of the scale beyond the greatest or below the least answer, whichever is more.
fn unused(it: &QuestionQuality) -> Option<f64> {
    let mut used = many(it)?.iter().filter(|it| it.n > 0).map(|it| it.level.0);
    let least = used.next()?;
    let greatest = used.next_back().unwrap_or(least);
    let [min, max] = it.scale;
    Some((max - greatest).max(least - min) / (max - min))
}

fn many(it: &QuestionQuality) -> Option<&[crate::model::LevelAmount]> {
    it.levels.as_deref().filter(|_| it.valid.is_some_and(|it| it.n >= MANY_ANSWERS))
}
