//! The largest changes against the wave compared with.

use crate::diagram::trend::{Mover, Movers};
use crate::model::{Change, Status};

use super::super::context::Context;
use super::super::wording::change::{self, Verdict};
use super::super::{number, subject};
use super::find;

/// Changes of each direction that there is room for.
const MOST: usize = 5;

/// Up to five falls and five rises, the largest first; `None` without a wave to compare with.
pub(in super::super) fn movers(context: &Context<'_>) -> Option<Movers> {
    let wave = context.analysis.baseline.as_deref()?;
    let locale = &context.locale;
    let changes: Vec<(usize, &Change)> = (0..context.journey.touchpoints.len())
        .filter_map(|at| Some((at, context.result(at)?.change.as_ref()?)))
        .filter(|(_, it)| number::change(it.points) != "0.0")
        .collect();
    let largest = |sign: f64| -> Vec<Mover> {
        let mut some: Vec<_> =
            changes.iter().filter(|(_, it)| it.points * sign > 0.0).collect();
        some.sort_by(|one, other| {
            (other.1.points * sign).total_cmp(&(one.1.points * sign))
        });
        let movers = some.into_iter().filter_map(|it| mover(context, it.0, it.1, wave));
        movers.take(MOST).collect()
    };
    let (down, up) = (largest(-1.0), largest(1.0));
    let names: Vec<&str> = down.iter().chain(&up).map(|it| it.label.as_str()).collect();
    Some(Movers {
        title: locale.say("trend.movers", &[("wave", wave)]),
        description: names.join(&locale.word("list.texts")),
        down: (locale.word("trend.down"), down),
        up: (locale.word("trend.up"), up),
        target: context.journey.rules.target.points(),
    })
}

fn mover(context: &Context<'_>, at: usize, change: &Change, wave: &str) -> Option<Mover> {
    let (code, name) = context.name(at);
    let id = &context.journey.touchpoints.get(at)?.id;
    let before = &find(context, id, wave)?.score;
    let now = &context.result(at)?.score;
    let points =
        [before, now].map(|it| it.points.filter(|_| it.status == Status::Scored));
    let [Some(from), Some(to)] = points else { return None };
    let printed =
        |score| subject::printed(&subject::standing(context, Some(score), 1)).to_owned();
    let verdict = change::verdict(change, context.journey.rules.alpha);
    let gaps = [
        ("code", &*code),
        ("name", &*name),
        ("from", &*printed(before)),
        ("wave", wave),
        ("to", &*printed(now)),
        ("change", &*change::sentence(context, change)),
    ];
    Some(Mover {
        points: [from, to],
        change: number::change(change.points),
        sure: matches!(verdict, Verdict::Rise | Verdict::Fall),
        label: context.locale.say("trend.mover", &gaps),
        code,
        name,
    })
}
