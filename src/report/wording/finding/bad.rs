//! What hurts.

use crate::diagram::Standing;
use crate::model::{Finding, TouchpointResult};

use super::super::super::context::Context;
use super::super::super::{lift, number};
use super::super::{cause, segment, title};
use super::{Found, answers, view};

/// The touchpoint whose target would bring overall satisfaction most; where no lift is
/// certain, the gravest pain point.
pub(super) fn drag<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Found> + 'a {
    let mut ranked: Vec<(usize, usize)> = (0..context.journey.touchpoints.len())
        .filter_map(|at| Some((context.result(at)?.lift.as_ref()?.rank?, at)))
        .collect();
    ranked.sort_unstable();
    let drags = ranked.into_iter().filter_map(|(_, at)| lifted(context, at));
    drags.chain(pains(context))
}

fn lifted(context: &Context<'_>, at: usize) -> Option<Found> {
    let result = context.result(at)?;
    let lift = result.lift.as_ref()?;
    lift.ci.filter(|[low, _]| *low > 0.0)?;
    let gap = context.target_of(at) - result.score.points?;
    let heading = match lift::leaders(context)[..] {
        [alone] if alone == at => "finding.drag",
        _ => "finding.drag.tied",
    };
    let fall = result.change.as_ref().filter(|it| it.relevant && it.points < 0.0);
    let (change, wave) = fall.map_or_else(Default::default, |it| {
        (number::fixed(it.points.abs(), 1), it.from.clone())
    });
    let key = match fall {
        Some(_) => "finding.drag.fallen",
        None => "finding.drag.evidence",
    };
    let gaps = [
        ("gap", &*number::fixed(gap, 1)),
        ("lift", &*lift::amount(lift)),
        ("ci", &*lift::ci(lift)?),
        ("change", &*change),
        ("wave", &*wave),
    ];
    let evidence = with_cause(context, result, context.say_of_target(at, key, &gaps));
    Some((Some(at), view(context, at, heading, evidence)?))
}

/// Pain points, the gravest first.
pub(super) fn pains<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Found> + 'a {
    let rules = ["broken_moment_of_truth", "pain_point"];
    let found = context.analysis.findings.iter();
    let found = found.filter(move |it| rules.contains(&it.rule.as_str()));
    found.filter_map(|it| pain(context, it))
}

/// The touchpoint of `finding`, and what is known of it.
pub(super) fn place<'a>(
    context: &'a Context<'_>,
    finding: &Finding,
) -> Option<(usize, &'a TouchpointResult)> {
    let at = context.index(finding.touchpoint.as_deref()?)?;
    Some((at, context.result(at)?))
}

fn pain(context: &Context<'_>, finding: &Finding) -> Option<Found> {
    let (at, result) = place(context, finding)?;
    let pain = result.pain.as_ref()?;
    let heading = match finding.rule.as_str() {
        "broken_moment_of_truth" => "finding.broken",
        _ => "finding.pain",
    };
    let n = answers(context, at);
    let target = number::plain(pain.target);
    let evidence = if pain.guaranteed_gap >= 0.05 {
        let gap = number::fixed(pain.guaranteed_gap, 1);
        let gaps = [("gap", &*gap), ("target", &*target), ("n", &*n)];
        context.say_of_target(at, "finding.gap", &gaps)
    } else {
        let share = number::share(result.score.dissatisfied.as_ref()?.share);
        let most = number::share(context.journey.rules.max_dissatisfied);
        let gaps = [("share", &*share), ("most", &*most), ("n", &*n)];
        context.locale.say("finding.dissatisfied", &gaps)
    };
    let evidence = with_cause(context, result, evidence);
    Some((Some(at), view(context, at, heading, evidence)?))
}

/// Evidence, and the cause that stands out among the dissatisfied, if one does.
fn with_cause(
    context: &Context<'_>,
    result: &TouchpointResult,
    evidence: String,
) -> String {
    let main = cause::of(context, &result.id).and_then(cause::main);
    let Some((main, share)) = main.and_then(|it| Some((it, it.dissatisfied.as_ref()?)))
    else {
        return evidence;
    };
    let gaps = [
        ("evidence", &*evidence),
        ("cause", &*cause::name(context, &main.id)),
        ("share", &*number::share(share.share)),
    ];
    context.locale.say("finding.cause", &gaps)
}

/// Falls beyond chance, as the findings rank them.
pub(super) fn fall<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Found> + 'a {
    moved(context, "relevant_fall", "fall")
}

/// Changes beyond chance that `rule` found, and that are not the work of who answered.
pub(super) fn moved<'a>(
    context: &'a Context<'_>,
    rule: &'static str,
    way: &'static str,
) -> impl Iterator<Item = Found> + 'a {
    let found = context.analysis.findings.iter().filter(move |it| it.rule == rule);
    found.filter_map(move |it| {
        let (at, result) = place(context, it)?;
        let change = result.change.as_ref().filter(|change| change.relevant)?;
        let rules = &context.journey.rules;
        let mut mixes = context.analysis.mix.iter();
        if mixes.any(|it| it.touchpoint == result.id && it.turns(rules)) {
            return None;
        }
        let [low, high] = change.points_ci?;
        let ends = [number::change(low), number::change(high)];
        let ci = context.locale.say("range", &[("low", &ends[0]), ("high", &ends[1])]);
        let by = number::fixed(change.points.abs(), 1);
        let gaps = [("change", &*by), ("wave", &*change.from), ("ci", &*ci)];
        let evidence = context.locale.say(&format!("finding.{way}.evidence"), &gaps);
        Some((Some(at), view(context, at, &format!("finding.{way}"), evidence)?))
    })
}

/// The lowest of at least three scores that do not rest on a low base.
pub(super) fn lowest<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Found> + 'a {
    let marks = context.subject.marks.iter().enumerate();
    let firm = marks.filter_map(|(at, mark)| match mark.standing {
        Standing::Scored { points, low: None, .. } => Some((points, at)),
        _ => None,
    });
    let mut firm: Vec<(f64, usize)> = firm.collect();
    firm.sort_by(|one, other| one.0.total_cmp(&other.0));
    let all = number::count_of(firm.len());
    let lowest = firm.first().filter(|_| firm.len() > 2).map(|(_, at)| *at);
    let found = lowest.and_then(move |at| {
        let score = &context.result(at)?.score;
        let ci = score.points_ci.map(number::interval)?;
        let n = answers(context, at);
        let gaps = [("all", &*all), ("ci", &*ci), ("n", &*n)];
        let evidence = context.locale.say("finding.lowest.evidence", &gaps);
        Some((Some(at), view(context, at, "finding.lowest", evidence)?))
    });
    found.into_iter()
}

/// Groups that score a touchpoint otherwise than all others do, the widest gap first.
pub(super) fn gap<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Found> + 'a {
    let found = segment::differing(context).into_iter();
    found.filter_map(|(result, versus)| {
        let at = context.index(&result.touchpoint)?;
        let way = if versus.points < 0.0 { "worse" } else { "better" };
        let [low, high] = versus.points_ci.map(number::change);
        let by = number::fixed(versus.points.abs(), 1);
        let gaps = [
            ("value", &*result.value),
            ("points", &*by),
            ("low", &*low),
            ("high", &*high),
        ];
        let evidence = context.locale.say(&format!("finding.group.{way}"), &gaps);
        Some((Some(at), view(context, at, "finding.group", evidence)?))
    })
}

/// The most used way back, as the map states it.
pub(super) fn way_back<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Found> + 'a {
    let found = title::most_used_way_back(context).and_then(|(share, from, to)| {
        let (code, name) = context.name(from);
        let share = number::share(share);
        let gaps = [("share", &*share), ("code", &*code), ("name", &*name)];
        let key = if from == to { "finding.loop.again" } else { "finding.loop.back" };
        let evidence = context.locale.say(key, &gaps);
        Some((Some(to), view(context, to, "finding.loop", evidence)?))
    });
    found.into_iter()
}
