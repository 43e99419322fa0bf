//! Checks of the rows of a wave.

use crate::model::{
    Amount, CheckKind, CheckStatus, FieldworkQuality, QualityCheck, QuestionCheck,
    RowQuality, WeightQuality,
};
use crate::stats::real;

use super::limit::Limit;
use super::words;

/// What was checked, if it can be: `value` is compared with the limits, `why` says it.
pub(super) fn check(
    check: CheckKind,
    value: f64,
    questions: Vec<QuestionCheck>,
    why: String,
) -> QualityCheck {
    let limit = Limit::of(check);
    let status = limit.status(value);
    let advice = (status != CheckStatus::Ok).then(|| words::advice(check).to_owned());
    QualityCheck {
        check,
        status,
        value,
        look: limit.look,
        bad: limit.bad,
        questions,
        why,
        advice,
    }
}

/// Checks of rows; `asked` is the number of touchpoints that the wave asks about.
pub(super) fn of_rows(rows: &RowQuality, asked: usize) -> Vec<QualityCheck> {
    let of = |kind, amount: Option<Amount>, what: &str| {
        let it = amount?;
        let about = match (kind, rows.repeated_is_estimated) {
            (CheckKind::RepeatedRespondents, true) => "about ",
            _ => "",
        };
        let share = words::percent(it.share);
        let why = format!("{about}{} ({share}) {what}", words::rows(it.n));
        Some(check(kind, it.share, Vec::new(), why))
    };
    let part = |n: u64, all: u64| super::question::amount(n, all);
    let zero = part(rows.zero_weight, rows.used + rows.zero_weight);
    let without = part(rows.without_weight, rows.used.max(rows.without_weight));
    // Of a handful of touchpoints it goes without saying that few are rated.
    let few = rows.few_answers.filter(|_| asked >= super::MANY_TOUCHPOINTS);
    let repeated = "from a respondent who has an earlier row";
    [
        of(CheckKind::RepeatedRespondents, rows.repeated, repeated),
        of(
            CheckKind::StraightLining,
            rows.straight_lining,
            "with the same answer to everything",
        ),
        of(CheckKind::FewAnswers, few, "with fewer than three answers"),
        of(CheckKind::ZeroWeight, zero, "of weight 0, not counted"),
        of(CheckKind::WithoutWeight, without, "without a weight, while others have one"),
    ]
    .into_iter()
    .flatten()
    .filter(|it| it.value > 0.0 || !is_about_weights(it.check))
    .collect()
}

/// Where there is nothing to say of weights, there need not be any.
fn is_about_weights(check: CheckKind) -> bool {
    matches!(check, CheckKind::ZeroWeight | CheckKind::WithoutWeight)
}

/// That weights vary so much that the sample tells little.
pub(super) fn of_weights(weights: &WeightQuality) -> QualityCheck {
    let deff = weights.design_effect;
    let [n, effective] = [real(weights.n), weights.n_eff].map(words::whole);
    let why = format!("{n} weighted rows tell as much as {effective} without weights");
    check(CheckKind::DesignEffect, deff, Vec::new(), why)
}

/// Checks of the dates; `before` are those of the wave before.
pub(super) fn of_fieldwork(
    fieldwork: &FieldworkQuality,
    before: Option<&FieldworkQuality>,
) -> Vec<QualityCheck> {
    let mut checks = Vec::new();
    let all = fieldwork.dated + fieldwork.undated;
    if all > 0 {
        let share = real(fieldwork.undated) / real(all);
        let rows = words::rows(fieldwork.undated);
        let why = format!("{rows} ({}) without a date", words::percent(share));
        checks.push(check(CheckKind::Undated, share, Vec::new(), why));
    }
    let Some((first, last)) = fieldwork.first.zip(fieldwork.last) else { return checks };
    let days = days(first.days_until(last) + 1);
    let why = format!("answered from {first} to {last}, {}", words::days(days));
    checks.push(check(CheckKind::LongFieldwork, days, Vec::new(), why));
    if let Some(end) = before.and_then(|it| it.last) {
        let shared = self::days((first.days_until(end) + 1).max(0));
        let why = if shared > 0.0 {
            format!("begins on {first}, the wave before ends on {end}")
        } else {
            format!("begins on {first}, after the end of the wave before on {end}")
        };
        checks.push(check(CheckKind::WavesOverlap, shared, Vec::new(), why));
    }
    checks
}

#[expect(clippy::cast_precision_loss, reason = "days of a few centuries")]
fn days(days: i64) -> f64 {
    days as f64
}
