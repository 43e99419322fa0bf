//! Titles of sections and pictures: a finding in a sentence.

use crate::diagram::{Flag, Standing};

use super::super::context::Context;
use super::super::{number, subject};
use super::headline::{flagged, gravest, tested};

/// How many pain points there are, and which is the gravest.
pub(in super::super) fn map(context: &Context<'_>) -> String {
    let pains = flagged(context, Flag::Pain);
    let Some(gravest) = gravest(context) else {
        let key = if tested(context) { "map.title.none" } else { "map.title.untested" };
        return context.locale.word(key);
    };
    let (code, name) = context.name(gravest);
    let gaps = [
        ("n", &*number::count_of(pains)),
        ("all", &*number::count_of(context.subject.marks.len())),
        ("code", &*code),
        ("name", &*name),
    ];
    context.locale.count("map.title", pains, &gaps)
}

/// A share from which on all are meant.
const ALL: f64 = 0.995;

/// Share, source and target of the way back that the largest share of those at its source
/// take. A transition to an earlier touchpoint is one only within a loop: else nobody who takes
/// it has been there.
pub(super) fn most_used_way_back(context: &Context<'_>) -> Option<(f64, usize, usize)> {
    let returns = context.analysis.graph.rework.iter().flat_map(|it| &it.returns);
    // A way that all take is how the journey goes on, and no return.
    let some = |share: &f64| *share < ALL;
    let backs = returns.filter_map(|it| {
        Some((it.share.filter(some)?, context.index(&it.from)?, context.index(&it.to)?))
    });
    backs.max_by(|one, other| one.0.total_cmp(&other.0))
}

/// The most used way back, as the map states it; else how long the way is.
pub(in super::super) fn flow(context: &Context<'_>) -> String {
    let Some((share, from, to)) = most_used_way_back(context) else {
        let n = number::count_of(context.subject.marks.len());
        return context.locale.say("flow.title.plain", &[("n", &n)]);
    };
    let (from_code, from_name) = context.name(from);
    let (to_code, to_name) = context.name(to);
    let share = number::share(share);
    let key = if from == to { "flow.title.again" } else { "flow.title.back" };
    let gaps = [
        ("share", &*share),
        ("from_code", &*from_code),
        ("from", &*from_name),
        ("to_code", &*to_code),
        ("to", &*to_name),
    ];
    context.locale.say(key, &gaps)
}

/// How many touchpoints reach their target, and how many are below it beyond chance.
pub(in super::super) fn scores(context: &Context<'_>) -> String {
    let (mut met, mut below, mut scored) = (0, 0, 0);
    for (at, mark) in context.subject.marks.iter().enumerate() {
        let Some(points) = mark.standing.points() else { continue };
        scored += 1;
        met += usize::from(points >= context.target_of(at));
        below += usize::from(is_below(context, at, &mark.standing));
    }
    let gaps = [
        ("met", &*number::count_of(met)),
        ("n", &*number::count_of(scored)),
        ("below", &*number::count_of(below)),
    ];
    context.locale.count("scores.title", below, &gaps)
}

/// Whether the whole interval lies under the target; against the mean of the others that of
/// the difference, which has its own error. A low base is no ground for that.
fn is_below(context: &Context<'_>, at: usize, standing: &Standing) -> bool {
    let Standing::Scored { ci, low: None, .. } = standing else { return false };
    let touchpoint = context.journey.touchpoints.get(at);
    if touchpoint.is_some_and(|it| context.journey.target(it).points().is_some()) {
        let target = context.target_of(at);
        return ci.is_some_and(|[_, high]| high < target);
    }
    let pain = context.result(at).and_then(|it| it.pain.as_ref());
    pain.and_then(|it| it.relative.as_ref()).is_some_and(|it| it.ci[1] < 0.0)
}

/// Stage by stage, in words, for those who cannot see the line.
pub(in super::super) fn line_numbers(context: &Context<'_>) -> String {
    let stages = context.subject.stages.iter().map(|stage| {
        let score = subject::printed(&stage.standing);
        let number = stage.number.to_string();
        let gaps = [("number", &*number), ("name", &*stage.name), ("score", score)];
        context.locale.say("line.stage", &gaps)
    });
    stages.collect::<Vec<_>>().join(&context.locale.word("list.texts"))
}

/// Journey, wave and base: what stands under a picture.
pub(in super::super) fn source(context: &Context<'_>) -> String {
    let journey = &*context.titled();
    let wave = context.analysis.wave.as_str();
    context.analysis.rows.as_ref().map_or_else(
        || context.locale.say("source.plain", &[("journey", journey), ("wave", wave)]),
        |rows| {
            let n = number::count(rows.used);
            context
                .locale
                .say("source", &[("journey", journey), ("wave", wave), ("n", &n)])
        },
    )
}
