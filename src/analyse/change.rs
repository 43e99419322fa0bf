//! The difference of two waves, tested (METHOD §10).

use crate::model::{Change, Estimate, Rules, Score, TouchpointResult};
use crate::stats::{adjust, welch};
use crate::survey::tally::Variable;

use super::view::{View, untestable};

/// A change, and why it or its test is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Drafted {
    pub(super) change: Option<Change>,
    pub(super) reason: Option<String>,
}

impl Drafted {
    fn missing(reason: impl Into<String>) -> Self {
        Self { change: None, reason: Some(reason.into()) }
    }
}

/// A mean that may have an error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    pub(super) mean: f64,
    pub(super) estimate: Option<Estimate>,
}

impl Measured {
    /// `None` when there is no score.
    pub(super) fn of(score: &Score) -> Option<Self> {
        let mean = score.mean?;
        let estimate = score.se.zip(score.n_eff).map(|(se, n_eff)| Estimate {
            value: mean,
            variance: se * se,
            n_eff,
        });
        Some(Self { mean, estimate })
    }
}

/// The change of `variable` against the baseline, `now` being its score.
pub(super) fn change(view: &View<'_>, variable: Variable, now: &Score) -> Drafted {
    let Some(baseline) = view.waves.baseline else {
        return Drafted::missing("there is no earlier wave");
    };
    let before = view.score(variable, baseline);
    let low_base = view.journey.rules.low_base;
    let reason = untestable(now, low_base, view.waves.reported)
        .or_else(|| untestable(&before, low_base, baseline))
        .or_else(|| view.incomparable(variable));
    if let Some(reason) = reason {
        return Drafted { change: None, reason: Some(reason) };
    }
    let points_per_unit = view.ruler(variable, view.waves.reported).points_per_unit();
    match Measured::of(&before).zip(Measured::of(now)) {
        Some(pair) => difference(baseline, pair, points_per_unit),
        None => Drafted::missing("there is no mean"),
    }
}

/// The difference of two measures, `(before, now)`; not yet judged.
pub(super) fn difference(
    from: &str,
    (before, now): (Measured, Measured),
    points_per_unit: f64,
) -> Drafted {
    let difference = now.mean - before.mean;
    let test = before.estimate.zip(now.estimate).and_then(|(a, b)| welch(a, b));
    let change = Change {
        from: from.to_owned(),
        difference,
        se: test.map(|it| it.standard_error),
        ci: test.map(|it| it.ci),
        points: difference * points_per_unit,
        points_ci: test.map(|it| it.ci.map(|limit| limit * points_per_unit)),
        df: test.map(|it| it.df),
        p: test.map(|it| it.p),
        ..Change::default()
    };
    let reason = match (test, before.estimate.zip(now.estimate)) {
        (Some(_), _) => None,
        (None, Some(_)) => Some("not tested: neither wave has any spread"),
        (None, None) => Some("not tested: n or sd of a wave is not known"),
    };
    Drafted { change: Some(change), reason: reason.map(str::to_owned) }
}

/// Judges a change that is tested on its own: overall satisfaction and recommendation are
/// primary endpoints.
pub(super) fn judge_alone(change: &mut Change, rules: &Rules) {
    change.relevant =
        change.p.is_some_and(|p| p <= rules.alpha) && matters(change, rules);
}

/// Judges the changes of all touchpoints as one family.
pub(super) fn judge(touchpoints: &mut [TouchpointResult], rules: &Rules) {
    let mut tested: Vec<&mut Change> = touchpoints
        .iter_mut()
        .filter_map(|it| it.change.as_mut())
        .filter(|change| change.p.is_some())
        .collect();
    let p: Vec<f64> = tested.iter().filter_map(|change| change.p).collect();
    for (change, q) in tested.iter_mut().zip(adjust(&p, rules.fdr)) {
        change.q = Some(q);
        change.relevant = q <= rules.alpha && matters(change, rules);
    }
}

/// Whether the difference reaches the least effect that matters.
fn matters(change: &Change, rules: &Rules) -> bool {
    change.points.abs() >= rules.min_effect
}
