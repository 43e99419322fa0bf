//! What overall satisfaction would gain from each touchpoint (METHOD §11.1).

use crate::model::{Asymmetry, Interval, Lift};
use crate::stats::{
    Estimated, Evaluation, lift_of_fixing_failures, net_slope, rank_intervals,
    tied_with_leader,
};

use super::drivers::{Base, Drivers};

/// Points of overall satisfaction by its native unit, and where the touchpoints should be.
pub(super) struct Aims<'a> {
    pub(super) overall_points_per_unit: f64,
    /// Native targets of the touchpoints in the model, in their order.
    pub(super) targets: &'a [f64],
    /// Asymmetry of the touchpoints in the model.
    pub(super) asymmetries: Vec<Option<&'a Asymmetry>>,
}

/// Lifts of the touchpoints in the model, in their order.
pub(super) fn lifts(drivers: &Drivers, base: &Base<'_>, aims: &Aims<'_>) -> Vec<Lift> {
    let links: Vec<_> = drivers.links.iter().map(|it| it.link).collect();
    let lifts = drivers.population.lifts(aims.targets, &links);
    let slopes = drivers.population.estimate(|one: &Evaluation| {
        let slope = |(at, link)| net_slope(&one.correlation, &one.lmg, at, link);
        links.iter().copied().enumerate().map(slope).collect()
    });
    let partial = drivers.population.whole().correlation.partial_slopes();
    let levels = base.tally.levels.total();
    let scale = aims.overall_points_per_unit;
    let mut all = Vec::new();
    for (at, (gain, slope)) in lifts.into_iter().zip(slopes).enumerate() {
        let gain = Estimated {
            value: scale * gain.value,
            error: gain.error.map(|error| scale * error),
        };
        let asymmetry = aims.asymmetries.get(at).copied().flatten();
        let low = levels.as_ref().zip(drivers.kept.get(at));
        let low = low.and_then(|(levels, position)| levels.share_low(*position));
        all.push(Lift {
            overall_points: gain.value,
            se: gain.error,
            ci: gain.interval(drivers.quantile).map(|ci| ci.map(|limit| limit.max(0.0))),
            rank: None,
            rank_interval: None,
            tied_with_leader: false,
            slope: slope.value,
            slope_se: slope.error,
            partial_slope: partial.as_ref().and_then(|all| all.get(at)).copied(),
            fix_failures: low
                .zip(asymmetry)
                .map(|(low, it)| scale * lift_of_fixing_failures(low, it.penalty)),
        });
    }
    rank(&mut all);
    all
}

/// Places among the touchpoints that promise a gain.
fn rank(lifts: &mut [Lift]) {
    let mut gaining: Vec<&mut Lift> =
        lifts.iter_mut().filter(|it| it.overall_points > 0.0).collect();
    gaining.sort_by(|a, b| b.overall_points.total_cmp(&a.overall_points));
    let with_errors: Vec<(f64, f64)> =
        gaining.iter().map(|it| (it.overall_points, it.se.unwrap_or(0.0))).collect();
    let intervals: Vec<(f64, Interval)> = gaining
        .iter()
        .map(|it| (it.overall_points, it.ci.unwrap_or([it.overall_points; 2])))
        .collect();
    let tied = tied_with_leader(&intervals);
    for (at, (lift, range)) in
        gaining.iter_mut().zip(rank_intervals(&with_errors)).enumerate()
    {
        lift.rank = Some(at + 1);
        lift.rank_interval = lift.se.map(|_| [range.best, range.worst]);
        lift.tied_with_leader = tied.contains(&at);
    }
}
