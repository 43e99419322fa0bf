//! The difference of two waves, tested (METHOD §10).

use crate::model::{
    Change, Estimate, Rules, Score, ShareChange, ShareEstimate, Status, TouchpointResult,
};
use crate::stats::{adjust, cohen_d, newcombe, probability_of_superiority, welch};
use crate::survey::tally::Variable;

use super::overlap;
use super::partition::histogram;
use super::view::{View, untestable};

/// A change, or why there is none.
pub(super) type Found = Result<Change, String>;

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

/// The change of `variable` against the baseline.
pub(super) fn change(view: &View<'_>, variable: Variable) -> Drafted {
    let view = &view.unlimited();
    let now = &view.score(variable, view.waves.reported);
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
    let Some(pair) = Measured::of(&before).zip(Measured::of(now)) else {
        return Drafted::missing("there is no mean");
    };
    if let Some(reason) = overlap::refusal(view, view.waves.reported, baseline) {
        let untested = |it: Measured| Measured { estimate: None, ..it };
        let pair = (untested(pair.0), untested(pair.1));
        let drafted = difference(baseline, pair, points_per_unit);
        return Drafted { reason: Some(reason), ..drafted };
    }
    let drafted = difference(baseline, pair, points_per_unit);
    let change = drafted.change.map(|it| by_level(view, variable, it));
    let change = change.map(|it| Change {
        satisfied: shares((&before, now), |it| it.satisfied.as_ref()),
        dissatisfied: shares((&before, now), |it| it.dissatisfied.as_ref()),
        ..it
    });
    Drafted { change, ..drafted }
}

/// Adds what needs the answers by level: how large the difference is on any scale.
fn by_level(view: &View<'_>, variable: Variable, change: Change) -> Change {
    let of = |wave: &str| view.question(variable, wave).and_then(histogram);
    let Some((before, now)) = of(&change.from).zip(of(view.waves.reported)) else {
        return change;
    };
    Change {
        cohen_d: cohen_d(before, now),
        probability_of_superiority: probability_of_superiority(before, now),
        ..change
    }
}

/// The difference of two shares; not yet adjusted.
fn shares(
    (before, now): (&Score, &Score),
    of: impl Fn(&Score) -> Option<&ShareEstimate>,
) -> Option<ShareChange> {
    let estimate = |score: &Score| {
        let share = of(score)?;
        let variance = share.se?.powi(2);
        Some(Estimate { value: share.share, variance, n_eff: score.n_eff? })
    };
    let test = estimate(before).zip(estimate(now)).and_then(|(a, b)| welch(a, b));
    let (before, now) = of(before).zip(of(now))?;
    Some(ShareChange {
        difference: now.share - before.share,
        ci: newcombe((before.share, before.ci), (now.share, now.ci)),
        p: test.map(|it| it.p),
        q: None,
    })
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

/// Judges the changes of shares: those of the satisfied as one family, those of the
/// dissatisfied as another.
pub(super) fn judge_shares(touchpoints: &mut [TouchpointResult], rules: &Rules) {
    type Pick = fn(&mut Change) -> Option<&mut ShareChange>;
    let satisfied: Pick = |it| it.satisfied.as_mut();
    let dissatisfied: Pick = |it| it.dissatisfied.as_mut();
    for of in [satisfied, dissatisfied] {
        let changes = touchpoints.iter_mut().filter_map(|it| it.change.as_mut());
        let mut tested: Vec<&mut ShareChange> =
            changes.filter_map(of).filter(|it| it.p.is_some()).collect();
        let p: Vec<f64> = tested.iter().filter_map(|it| it.p).collect();
        for (change, q) in tested.iter_mut().zip(adjust(&p, rules.fdr)) {
            change.q = Some(q);
        }
    }
}

/// Whether the difference reaches the least effect that matters.
fn matters(change: &Change, rules: &Rules) -> bool {
    change.points.abs() >= rules.min_effect
}

/// The change that was found already.
pub(super) fn known(result: &TouchpointResult) -> Found {
    result.change.clone().ok_or_else(|| {
        let reason = result.reasons.get("change").or(result.score.reason.as_ref());
        reason.cloned().unwrap_or_else(|| "there is no change to tell".to_owned())
    })
}

/// The changes of all touchpoints between two waves, judged as one family.
pub(super) fn all(view: &View<'_>) -> Vec<Found> {
    let all = 0..view.journey.touchpoints.len();
    let mut reasons = Vec::new();
    let mut results: Vec<TouchpointResult> = all
        .map(|at| {
            let variable = Variable::Touchpoint(at);
            let score = view.score(variable, view.waves.reported);
            let drafted = change(view, variable);
            let shown = score.status == Status::Scored;
            reasons.push(drafted.reason.or(score.reason));
            TouchpointResult {
                change: drafted.change.filter(|_| shown),
                ..TouchpointResult::default()
            }
        })
        .collect();
    judge(&mut results, &view.journey.rules);
    let pairs = results.into_iter().zip(reasons);
    pairs
        .map(|(result, reason)| {
            let reason =
                reason.unwrap_or_else(|| "there is no change to tell".to_owned());
            result.change.ok_or(reason)
        })
        .collect()
}
