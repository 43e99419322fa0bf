//! What the flow itself tells, in sentences below the graph (METHOD §11.3).

use serde::Serialize;

use crate::model::{HandOff, JourneyPath, PathScore, Rework};

use super::context::Context;
use super::number;

/// Hand-offs that are named; the widest drops of more.
const NAMED: usize = 3;
/// Ways back that are named for each loop; the most used of more.
const RETURNS: usize = 3;

/// A few sentences under a heading.
#[derive(Serialize)]
pub(super) struct WayFact {
    heading: String,
    lines: Vec<String>,
}

/// Everything that the flow tells; nothing where the map declares none, because the order of
/// touchpoints is then no flow.
pub(super) fn facts(context: &Context<'_>) -> Vec<WayFact> {
    if !context.journey.flow.declared {
        return Vec::new();
    }
    let facts = [
        ("way.completion", completion(context)),
        ("way.rework", rework(context)),
        ("way.hand_offs", hand_offs(context)),
        ("way.paths", paths(context)),
    ];
    let told = facts.into_iter().filter(|(_, lines)| !lines.is_empty());
    told.map(|(key, lines)| WayFact { heading: context.locale.word(key), lines })
        .collect()
}

fn names(context: &Context<'_>, ids: &[String]) -> Vec<String> {
    let known = ids.iter().filter_map(|id| context.index(id));
    known.map(|at| context.named(at)).collect()
}

fn name(context: &Context<'_>, id: &str) -> String {
    context.index(id).map_or_else(|| id.to_owned(), |at| context.named(at))
}

/// Who completes, who does not, and what nobody avoids.
fn completion(context: &Context<'_>) -> Vec<String> {
    let (graph, locale) = (&context.analysis.graph, &context.locale);
    let between = locale.word("list.names");
    let mut lines = Vec::new();
    if let Some(share) = graph.completion {
        lines.push(locale.say("way.completed", &[("share", &number::share(share))]));
    }
    let mut leaving: Vec<_> =
        graph.leaving.iter().filter_map(|it| Some((it.customers?, it))).collect();
    leaving.sort_by(|one, other| other.0.total_cmp(&one.0));
    if let Some((share, most)) = leaving.first() {
        let at = name(context, &most.touchpoint);
        let gaps = [("share", &*number::share(*share)), ("name", &*at)];
        lines.push(locale.say("way.leave", &gaps));
    }
    if !graph.unavoidable.is_empty() {
        let list = names(context, &graph.unavoidable).join(&between);
        lines.push(locale.say("way.unavoidable", &[("list", &list)]));
    }
    if !graph.dead_ends.is_empty() {
        let list = names(context, &graph.dead_ends).join(&between);
        lines.push(locale.say("way.dead_ends", &[("list", &list)]));
    }
    lines
}

fn rework(context: &Context<'_>) -> Vec<String> {
    context.analysis.graph.rework.iter().flat_map(|it| round(context, it)).collect()
}

/// What going round costs, and the ways back that cause it.
fn round(context: &Context<'_>, rework: &Rework) -> Vec<String> {
    let locale = &context.locale;
    let mut lines = Vec::new();
    if let Some(visits) = rework.repeat_visits {
        let visits = number::fixed(visits, 2);
        let cost = rework.cost.map(|it| number::fixed(it, 1));
        let key = if cost.is_some() { "way.repeats.cost" } else { "way.repeats" };
        let gaps = [("visits", &*visits), ("cost", cost.as_deref().unwrap_or_default())];
        lines.push(locale.say(key, &gaps));
    }
    let mut returns: Vec<_> =
        rework.returns.iter().filter_map(|it| Some((it.share?, it))).collect();
    returns.sort_by(|one, other| {
        let often = |it: &crate::model::Return| it.per_customer.unwrap_or_default();
        often(other.1).total_cmp(&often(one.1))
    });
    for (share, back) in returns.into_iter().take(RETURNS) {
        let (from, to) = (name(context, &back.from), name(context, &back.to));
        let key = if back.from == back.to { "way.again" } else { "way.back" };
        let gaps = [("share", &*number::share(share)), ("from", &*from), ("to", &*to)];
        lines.push(locale.say(key, &gaps));
    }
    lines
}

/// Where the score drops as the owner changes.
fn hand_offs(context: &Context<'_>) -> Vec<String> {
    let all = &context.analysis.graph.hand_off_scores;
    let tested = all.iter().filter(|it| it.q.is_some()).count();
    if tested == 0 {
        return Vec::new();
    }
    let drop = |it: &&HandOff| it.relevant && it.difference.is_some_and(|it| it < 0.0);
    let mut drops: Vec<&HandOff> = all.iter().filter(drop).collect();
    drops.sort_by(|one, other| {
        let by = |it: &HandOff| it.difference.unwrap_or_default();
        by(one).total_cmp(&by(other))
    });
    let count = number::count_of(tested);
    let gaps = [("n", &*count)];
    if drops.is_empty() {
        return vec![context.locale.say("way.hand_offs.none", &gaps)];
    }
    let found = number::count_of(drops.len());
    let gaps = [("n", &*count), ("found", &*found)];
    let first = context.locale.count("way.hand_offs.found", drops.len(), &gaps);
    let lines = drops.into_iter().take(NAMED).filter_map(|it| hand_off(context, it));
    std::iter::once(first).chain(lines).collect()
}

fn hand_off(context: &Context<'_>, it: &HandOff) -> Option<String> {
    let owner = |id: &str| {
        let at = context.index(id)?;
        context.subject.marks.get(at)?.owner.clone()
    };
    let (from, to) = (name(context, &it.from), name(context, &it.to));
    let from_owner = owner(&it.from).unwrap_or_else(|| it.from_owner.clone());
    let to_owner = owner(&it.to).unwrap_or_else(|| it.to_owner.clone());
    let gaps = [
        ("from_owner", &*from_owner),
        ("to_owner", &*to_owner),
        ("from", &*from),
        ("to", &*to),
        ("points", &*number::change(it.difference?)),
        ("low", &*number::change(it.ci?[0])),
        ("high", &*number::change(it.ci?[1])),
    ];
    Some(context.locale.say("way.hand_off", &gaps))
}

/// The most travelled way, and the ones with the highest and the lowest mean.
fn paths(context: &Context<'_>) -> Vec<String> {
    let paths = &context.analysis.graph.paths;
    let ways = [
        ("way.most", &paths.most_travelled),
        ("way.best", &paths.best),
        ("way.worst", &paths.worst),
    ];
    ways.into_iter().filter_map(|(key, it)| path(context, key, it.as_ref()?)).collect()
}

fn path(context: &Context<'_>, key: &str, path: &JourneyPath) -> Option<String> {
    let score = |it: &PathScore| {
        let gaps = [
            ("name", &*name(context, &it.touchpoint)),
            ("score", &*number::score(it.points, 1, context.bands())),
        ];
        context.locale.say("way.score", &gaps)
    };
    let share = path.share.map_or_else(|| "–".to_owned(), number::share);
    let gaps = [
        ("share", &*share),
        ("n", &*number::count_of(path.touchpoints.len())),
        ("mean", &*number::score(path.mean?, 1, context.bands())),
        ("peak", &*score(path.peak.as_ref()?)),
        ("low", &*score(path.low.as_ref()?)),
        ("end", &*score(path.end.as_ref()?)),
    ];
    Some(context.locale.say(key, &gaps))
}
