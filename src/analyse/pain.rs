//! Evidence for and against pain points (METHOD §6).

use crate::model::{Estimate, Pain, Relative, Rules, Score, Severity, TouchpointResult};
use crate::stats::{MeanUnder, ShareOver, adjust, real, student_upper};

use super::ruler::Ruler;
use super::target::Aim;
use super::view::untestable;

/// A score of the wave reported, and what it is measured against.
pub(super) struct Case<'a> {
    pub(super) score: &'a Score,
    pub(super) ruler: &'a Ruler,
    pub(super) wave: &'a str,
    pub(super) reach: Option<f64>,
    pub(super) aim: &'a Aim,
}

/// The tests of one touchpoint, not yet judged; or why there are none.
pub(super) fn pain(case: &Case<'_>, rules: &Rules) -> Result<Pain, String> {
    if let Some(reason) = untestable(case.score, rules.low_base, case.wave) {
        return Err(reason);
    }
    let upper = case.score.points_ci.map(|[_, high]| high);
    let Some((mean, upper)) = mean_test(case.score, case.ruler).zip(upper) else {
        let why = case.score.reason.as_deref().unwrap_or("the mean has no error");
        return Err(format!("not tested: {why}"));
    };
    let target = case.aim.points;
    let relative = case.aim.relative.as_ref();
    let (p_mean, over) = match relative {
        None => (mean.p(target - rules.min_effect), upper - target),
        Some(relative) => (relative_p(relative, rules.min_effect), relative.ci[1]),
    };
    Ok(Pain {
        target,
        relative: relative.cloned(),
        p_mean: Some(p_mean),
        q_mean: None,
        p_dissatisfied: share_test(case.score).map(|it| it.p(rules.max_dissatisfied)),
        q_dissatisfied: None,
        guaranteed_gap: (-over).max(0.0),
        severity: None,
        shortfall: case.reach.zip(mean_shortfall(case)).map(|(reach, gap)| reach * gap),
    })
}

/// One-sided p of “it lies under the others by more than `margin` points”.
fn relative_p(relative: &Relative, margin: f64) -> f64 {
    // P(T < t) is the upper tail at −t, which keeps its digits.
    let t = (relative.difference + margin) / relative.se;
    student_upper(-t, real(relative.df as u64))
}

/// The test of the mean, in points; `None` when its error is not known.
pub(super) fn mean_test(score: &Score, ruler: &Ruler) -> Option<MeanUnder> {
    let error = score.se? * ruler.points_per_unit();
    let estimate =
        Estimate { value: score.points?, variance: error * error, n_eff: score.n_eff? };
    Some(MeanUnder::new(estimate))
}

/// The test of the share of dissatisfied; `None` when that share is not known.
pub(super) fn share_test(score: &Score) -> Option<ShareOver> {
    score.dissatisfied.as_ref().map(|it| ShareOver::new(it.share, it.n_star))
}

/// Mean points that answers lie under the target; those over it do not make up for others.
fn mean_shortfall(case: &Case<'_>) -> Option<f64> {
    let under = |value: f64| (case.aim.points - case.ruler.points(value)).max(0.0);
    match &case.score.shares {
        Some(shares) => Some(shares.iter().map(|(at, share)| share * under(at.0)).sum()),
        // A distribution withheld because all answers are equal is told by its mean.
        None if case.score.median.is_some() => case.score.mean.map(under),
        None => None,
    }
}

/// Judges the tests of all touchpoints, of means and of shares, as one family.
pub(super) fn judge(touchpoints: &mut [TouchpointResult], rules: &Rules) {
    let mut pains: Vec<&mut Pain> =
        touchpoints.iter_mut().filter_map(|it| it.pain.as_mut()).collect();
    let p: Vec<f64> =
        pains.iter().flat_map(|it| [it.p_mean, it.p_dissatisfied]).flatten().collect();
    let mut q = adjust(&p, rules.fdr).into_iter();
    for pain in &mut pains {
        pain.q_mean = pain.p_mean.and_then(|_| q.next());
        pain.q_dissatisfied = pain.p_dissatisfied.and_then(|_| q.next());
        pain.severity = holds(pain, rules).then(|| severity(pain.guaranteed_gap, rules));
    }
}

fn holds(pain: &Pain, rules: &Rules) -> bool {
    [pain.q_mean, pain.q_dissatisfied].into_iter().flatten().any(|q| q <= rules.alpha)
}

/// How bad a pain point is: mild under the first edge, critical over the second.
fn severity(guaranteed_gap: f64, rules: &Rules) -> Severity {
    let [serious, critical] = rules.severity;
    if guaranteed_gap > critical {
        Severity::Critical
    } else if guaranteed_gap >= serious {
        Severity::Serious
    } else {
        Severity::Mild
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_to_ten_points_are_serious_and_more_is_critical() {
        // METHOD §6: under 5 mild, 5–10 serious, over 10 critical.
        let of = |gap| severity(gap, &Rules::default());
        assert_eq!([of(0.0), of(4.999)], [Severity::Mild; 2]);
        assert_eq!([of(5.0), of(10.0)], [Severity::Serious; 2]);
        assert_eq!(of(10.001), Severity::Critical);
    }
}
