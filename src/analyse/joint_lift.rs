//! What overall satisfaction would gain if several scores changed together (METHOD §11.1).

use crate::diag::Diagnostic;
use crate::model::{Interval, JointLift, Journey, LiftPart, TouchpointIndex};
use crate::stats::{Estimated, Evaluation, Link, net_slope};
use crate::survey::tally::{Tally, Variable};

use super::drivers::{Drivers, base, left_out};
use super::view::{Domain, View};
use super::{AnalyseOptions, wave};

/// A score that is set, in points.
pub type SetScore = (TouchpointIndex, f64);

/// The joint lift of `scores` set in the wave that `options` choose, and the name of that
/// wave: Σ reach × net slope × change of the mean, with the error of the sum.
///
/// The inner error says why there is none: no model, or a touchpoint outside of it.
///
/// # Errors
/// When the tally has no waves, or not the one asked for.
pub fn joint_lift(
    journey: &Journey,
    tally: &Tally,
    scores: &[SetScore],
    options: &AnalyseOptions,
) -> Result<(String, Result<JointLift, String>), Box<Diagnostic>> {
    let domain = Domain::of(journey, &options.restricted);
    let view = View { journey, tally, waves: wave::choose(tally, options)?, domain };
    let lift = lift(&view, scores, options);
    Ok((view.waves.reported.to_owned(), lift))
}

fn lift(
    view: &View<'_>,
    scores: &[SetScore],
    options: &AnalyseOptions,
) -> Result<JointLift, String> {
    let base = base(view)?;
    let admission = base.admission()?;
    let drivers = base.drivers(&admission, options.threads)?;
    let mut set = Vec::new();
    for (at, points) in scores {
        let Some(place) = drivers.kept.iter().position(|kept| *kept == at.0) else {
            let id = &view.journey.touchpoint(*at).id;
            let why = admission.left_out.iter().find(|(left, _)| *left == at.0);
            let why = why.map_or("it is not in the model", |(_, why)| left_out(*why));
            return Err(format!("{id} is outside of the model: {why}"));
        };
        let ruler = view.ruler(Variable::Touchpoint(at.0), view.waves.reported);
        let link = drivers.links.get(place).map_or(Link::NotPositive, |it| it.link);
        set.push(Set { at: *at, place, native: ruler.native(*points), link });
    }
    let overall = view.ruler(Variable::Overall, view.waves.reported);
    let scale = overall.points_per_unit();
    // The last statistic is the sum: its error is that of all parts together.
    let mut found = drivers.population.estimate(|one| {
        let mut gains: Vec<f64> = set.iter().map(|it| scale * it.gain(one)).collect();
        gains.push(gains.iter().sum());
        gains
    });
    let sum = found.pop().ok_or("nothing is changed")?;
    let parts = set.iter().zip(found).zip(scores);
    let parts: Vec<LiftPart> = parts
        .map(|((set, gain), (_, points))| part(view, &drivers, (set, gain), *points))
        .collect();
    let changes: Vec<f64> = parts.iter().map(|it| it.after - it.before).collect();
    Ok(JointLift {
        overall_points: sum.value,
        se: sum.error,
        ci: within(sum.interval(drivers.quantile), &changes),
        df: drivers.population.df(),
        parts,
    })
}

/// A score that is set.
struct Set {
    at: TouchpointIndex,
    /// Its place in the model.
    place: usize,
    native: f64,
    link: Link,
}

impl Set {
    /// Gain of the overall answer, in its units, as these rows have it.
    fn gain(&self, one: &Evaluation) -> f64 {
        let slope = net_slope(&one.correlation, &one.lmg, self.place, self.link);
        let mean = one.marginals.mean(self.place).unwrap_or(self.native);
        one.marginals.reach(self.place).unwrap_or(0.0) * slope * (self.native - mean)
    }
}

fn part(
    view: &View<'_>,
    drivers: &Drivers,
    (set, gain): (&Set, Estimated),
    after: f64,
) -> LiftPart {
    let ruler = view.ruler(Variable::Touchpoint(set.at.0), view.waves.reported);
    let mean = drivers.population.whole().marginals.mean(set.place);
    let before = mean.map_or(after, |mean| ruler.points(mean));
    let no_link = "a better score of it does not go with a better overall answer, beyond \
                   chance";
    LiftPart {
        touchpoint: view.journey.touchpoint(set.at).id.clone(),
        before,
        after,
        overall_points: gain.value,
        se: gain.error,
        ci: within(gain.interval(drivers.quantile), &[after - before]),
        reason: (set.link == Link::NotPositive).then(|| no_link.to_owned()),
    }
}

/// A gain of scores that all rise is no loss, and the other way round.
fn within(ci: Option<Interval>, changes: &[f64]) -> Option<Interval> {
    let rises = changes.iter().all(|it| *it >= 0.0);
    let falls = changes.iter().all(|it| *it <= 0.0);
    ci.map(|ci| match (rises, falls) {
        (true, false) => ci.map(|limit| limit.max(0.0)),
        (false, true) => ci.map(|limit| limit.min(0.0)),
        _ => ci,
    })
}
