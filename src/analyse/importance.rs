//! Derived importance of each touchpoint (METHOD §7, §8).

use crate::model::{DriverLink, Importance, Interval, Rules, Score};
use crate::stats::{Correlation, Estimated, Link, adjust, student_upper};

use super::drivers::{Base, Correlated, Drivers, degrees};
use super::view::is_firm_enough;

/// Importance of the touchpoints in the model, in their order.
pub(super) fn importances(drivers: &Drivers, rules: &Rules) -> Vec<Importance> {
    let shares = tested(&drivers.population.shares(), drivers, rules);
    let users = drivers.users.as_ref().ok();
    let user_shares = users.map(|it| tested(&it.shares(), drivers, rules));
    let mut importances: Vec<Importance> = shares
        .into_iter()
        .zip(&drivers.links)
        .map(|(share, correlated)| Importance {
            share: Some(share.value),
            se: share.se,
            ci: share.ci,
            t: share.t,
            p: share.p,
            q: share.q,
            ..correlation(correlated)
        })
        .collect();
    for (importance, user) in importances.iter_mut().zip(user_shares.unwrap_or_default())
    {
        importance.user_share = Some(user.value);
        (importance.user_se, importance.user_ci) = (user.se, user.ci);
        (importance.user_t, importance.user_p) = (user.t, user.p);
        importance.user_q = user.q;
    }
    for (importance, correlated) in importances.iter_mut().zip(&drivers.user_links) {
        importance.user_r = Some(correlated.r);
        importance.user_link = Some(link(correlated.link));
    }
    let weights = drivers.johnson.as_deref().unwrap_or_default();
    for (importance, weight) in importances.iter_mut().zip(weights) {
        importance.johnson = Some(*weight);
    }
    rank(&mut importances);
    importances
}

/// What can be said of a touchpoint outside the model: its correlation among those who rated
/// both; `None` where too few did.
pub(super) fn outside(
    base: &Base<'_>,
    position: usize,
    score: &Score,
    rules: &Rules,
) -> Option<Importance> {
    let both = base.total.n(position + 1, 0);
    let n = base.effective(both);
    if !is_firm_enough(score, rules.low_base) || n < rules.low_base {
        return None;
    }
    let pairwise = Correlation::users(&base.total.keep(&[position])).ok()?;
    let r = pairwise.correlation.outcome().first()?;
    Some(correlation(&Correlated::new(*r, n)))
}

fn correlation(correlated: &Correlated) -> Importance {
    Importance {
        r: Some(correlated.r),
        r_ci: correlated.ci,
        link: Some(link(correlated.link)),
        ..Importance::default()
    }
}

const fn link(link: Link) -> DriverLink {
    match link {
        Link::Positive => DriverLink::Positive,
        Link::NotPositive => DriverLink::NotPositive,
    }
}

/// A share, tested against the fair one.
struct Tested {
    value: f64,
    se: Option<f64>,
    ci: Option<Interval>,
    t: Option<f64>,
    p: Option<f64>,
    q: Option<f64>,
}

/// Shares tested as one family: all touchpoints of the model.
fn tested(shares: &[Estimated], drivers: &Drivers, rules: &Rules) -> Vec<Tested> {
    let df = degrees(&drivers.population);
    let mut tested: Vec<Tested> = shares
        .iter()
        .map(|share| {
            let t = share.over_fair_share(shares.len());
            let within = |ci: Interval| ci.map(|limit| limit.clamp(0.0, 1.0));
            Tested {
                value: share.value,
                se: share.error,
                ci: share.interval(drivers.quantile).map(within),
                t,
                p: t.map(|t| student_upper(t, df)),
                q: None,
            }
        })
        .collect();
    let p: Vec<f64> = tested.iter().filter_map(|it| it.p).collect();
    let mut q = adjust(&p, rules.fdr).into_iter();
    for it in &mut tested {
        it.q = it.p.and_then(|_| q.next());
    }
    tested
}

/// Places by share among those with a positive link.
fn rank(importances: &mut [Importance]) {
    let mut order: Vec<(usize, f64)> = importances
        .iter()
        .enumerate()
        .filter(|(_, it)| it.link == Some(DriverLink::Positive))
        .filter_map(|(at, it)| Some((at, it.share?)))
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (place, (at, _)) in order.into_iter().enumerate() {
        if let Some(importance) = importances.get_mut(at) {
            importance.rank = Some(place + 1);
        }
    }
}
