//! What changed from each wave to the next, told wave after wave.

use crate::model::{Change, Step, StepChange, TouchpointResult};
use crate::survey::tally::Variable;

use super::change::{self, Found};
use super::view::View;
use super::wave::{Waves, names};

/// The steps up to the wave reported, each with a family of its own; none where there are
/// fewer than two of them, because the comparison with the baseline tells one.
pub(super) fn steps(view: &View<'_>, touchpoints: &[TouchpointResult]) -> Vec<Step> {
    let names = names(view.tally);
    let until = names.iter().position(|it| *it == view.waves.reported);
    let waves = names.get(..=until.unwrap_or_default()).unwrap_or_default();
    if waves.len() < 3 {
        return Vec::new();
    }
    let pairs = waves.windows(2).filter_map(|pair| match pair {
        [from, to] => Some((*from, *to)),
        _ => None,
    });
    pairs.map(|(from, to)| step(view, touchpoints, (from, to))).collect()
}

fn step(
    view: &View<'_>,
    touchpoints: &[TouchpointResult],
    (from, to): (&str, &str),
) -> Step {
    let waves = Waves { reported: to, baseline: Some(from) };
    let of_pair = View { waves, ..*view };
    let overall = change::change(&of_pair, Variable::Overall);
    let overall = overall.change.map(|mut it| {
        change::judge_alone(&mut it, &view.journey.rules);
        it
    });
    let changes: Vec<Found> = if waves == view.waves {
        touchpoints.iter().map(change::known).collect()
    } else {
        change::all(&of_pair)
    };
    let ids = view.journey.touchpoints.iter().map(|it| it.id.as_str());
    let of_touchpoints =
        ids.zip(changes).filter_map(|(id, it)| Some(told(id, &it.ok()?)));
    Step {
        from: from.to_owned(),
        to: to.to_owned(),
        changes: overall
            .map(|it| told("overall", &it))
            .into_iter()
            .chain(of_touchpoints)
            .collect(),
    }
}

fn told(id: &str, change: &Change) -> StepChange {
    StepChange {
        touchpoint: id.to_owned(),
        points: change.points,
        points_ci: change.points_ci,
        p: change.p,
        q: change.q,
        relevant: change.relevant,
    }
}
