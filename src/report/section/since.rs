//! What is different from the report before?

use minijinja::context;
use serde::Serialize;

use crate::diff::{FlagChange, Kind, Moved, ScoreDiff, Structural, Thing};
use crate::model::Label;

use super::super::context::Context;
use super::super::number;
use super::super::wording::evidence;
use super::{Built, LeftOut, value};

/// A score that moved.
#[derive(Serialize)]
struct MovedView {
    code: Option<String>,
    name: String,
    old: String,
    new: String,
    change: String,
    ci: String,
    up: bool,
}

/// A flag that came or went.
#[derive(Serialize)]
struct FlagView {
    code: String,
    name: String,
    flag: String,
    verb: String,
    why: String,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let Some(since) = context.since else { return Built::NotAsked };
    let locale = &context.locale;
    let structure = since.structure(context);
    let scores = since.scores(context);
    let moved = scores.as_ref().map(|it| moved(context, it)).unwrap_or_default();
    let flags = scores.as_ref().map(|it| flags(context, it)).unwrap_or_default();
    let changes: Option<Vec<String>> = structure
        .as_ref()
        .map(|all| all.iter().map(|it| structural(context, it)).collect());
    let count = |(count, key): (usize, &str)| {
        (count > 0).then(|| locale.count(key, count, &[("n", &number::count_of(count))]))
    };
    let counted = [
        (moved.len(), "since.title.scores"),
        (flags.len(), "since.title.flags"),
        (changes.as_ref().map_or(0, Vec::len), "since.title.map"),
    ];
    let parts: Vec<String> = counted.into_iter().filter_map(count).collect();
    let title = match parts.as_slice() {
        [] => locale.word("since.title.none"),
        parts => parts.join(&locale.word("list.names")),
    };
    Built::Shown(context! {
        title,
        deck => locale.say("since.deck", &[("name", &since.name)]),
        changes => value(changes),
        scores => scores.is_some(),
        moved => value(moved),
        flags => value(flags),
    })
}

/// A change of the map in words.
fn structural(context: &Context<'_>, it: &Structural) -> String {
    let locale = &context.locale;
    let thing = locale.word(match it.thing {
        Thing::Stage => "col.stage",
        Thing::Touchpoint => "col.touchpoint",
        Thing::Transition => "since.transition",
    });
    let named = [it.code.as_deref(), Some(it.name.as_str()).filter(|it| !it.is_empty())];
    let named: Vec<&str> = named.into_iter().flatten().collect();
    let name = match it.thing {
        Thing::Transition => way(context, &it.id),
        _ if named.is_empty() => it.id.clone(),
        _ => named.join(" "),
    };
    // Shares are percentages to people.
    let shown = |side: &Option<String>| match side.as_deref() {
        None => locale.word("since.none"),
        Some(text) => match text.parse() {
            Ok(share) if it.kind == Kind::Share => number::share(share),
            _ => text.to_owned(),
        },
    };
    let (from, to) = (shown(&it.from), shown(&it.to));
    let key = match it.kind {
        Kind::Added => "added",
        Kind::Removed => "removed",
        Kind::Renamed => "renamed",
        Kind::Merged => "merged",
        Kind::Split => "split",
        Kind::Name => "called",
        Kind::Stage => "stage",
        Kind::Order => "order",
        Kind::Owner => "owner",
        Kind::Target => "target",
        Kind::Declared => "declared",
        Kind::Share => "share",
    };
    let what = locale.say("since.what", &[("thing", &thing), ("name", &name)]);
    let how = locale.say(&format!("since.{key}"), &[("from", &from), ("to", &to)]);
    [what, how].join(&locale.word("list.sentences"))
}

/// A transition `a -> b` by the names of its ends, as far as the map has them now.
fn way(context: &Context<'_>, id: &str) -> String {
    let end = |id: &str| {
        context.index(id).map_or_else(|| id.to_owned(), |at| context.named(at))
    };
    match id.split_once(" -> ") {
        Some((from, to)) => format!("{} → {}", end(from), end(to)),
        None => id.to_owned(),
    }
}

/// Overall satisfaction and the touchpoints whose change is relevant and reliable, the largest
/// first.
fn moved(context: &Context<'_>, scores: &ScoreDiff) -> Vec<MovedView> {
    let mut loud: Vec<&Moved> =
        scores.touchpoints.iter().filter(|it| it.relevant).collect();
    let size = |it: &Moved| it.points.unwrap_or_default().abs();
    loud.sort_by(|one, other| size(other).total_cmp(&size(one)));
    let overall = Some(&scores.overall).filter(|it| it.relevant);
    overall.into_iter().chain(loud).filter_map(|it| view(context, it)).collect()
}

fn view(context: &Context<'_>, it: &Moved) -> Option<MovedView> {
    let at = context.index(&it.touchpoint);
    let (old, new, points) = (it.old?, it.new?, it.points?);
    Some(MovedView {
        code: at.map(|at| context.name(at).0),
        name: at.map_or_else(
            || context.locale.word("summary.overall"),
            |at| context.name(at).1,
        ),
        old: number::fixed(old, 1),
        new: number::fixed(new, 1),
        change: number::change(points),
        ci: it.ci.map_or_else(
            || "–".to_owned(),
            |[low, high]| {
                let ends = [number::change(low), number::change(high)];
                context.locale.say("range", &[("low", &ends[0]), ("high", &ends[1])])
            },
        ),
        up: points > 0.0,
    })
}

fn flags(context: &Context<'_>, scores: &ScoreDiff) -> Vec<FlagView> {
    scores.flags.iter().filter_map(|it| flag(context, scores, it)).collect()
}

fn flag(context: &Context<'_>, scores: &ScoreDiff, it: &FlagChange) -> Option<FlagView> {
    let at = context.index(&it.touchpoint)?;
    let (code, name) = context.name(at);
    let verb = if it.gained { "since.gained" } else { "since.lost" };
    Some(FlagView {
        code,
        name,
        flag: context.locale.word(word(it.flag)?),
        verb: context.locale.word(verb),
        why: why(context, scores, it, at),
    })
}

/// Why the flag is there now; or, of one that went, the score before and now.
fn why(context: &Context<'_>, scores: &ScoreDiff, it: &FlagChange, at: usize) -> String {
    if it.gained {
        let now = evidence::of_flag(context, at, it.flag);
        if let Some(why) = now {
            return why;
        }
    }
    let moved = scores.touchpoints.iter().find(|of| of.touchpoint == it.touchpoint);
    let pair = moved.and_then(|it| it.old.zip(it.new));
    pair.map_or_else(String::new, |(old, new)| {
        let ends = [number::fixed(old, 1), number::fixed(new, 1)];
        context.locale.say("since.score", &[("old", &ends[0]), ("new", &ends[1])])
    })
}

/// What a flag is called; those that follow from others, or from the map, are told with them.
fn word(label: Label) -> Option<&'static str> {
    match label {
        Label::PainPoint => Some("flag.pain"),
        Label::MomentOfTruth | Label::NicheMomentOfTruth => Some("flag.truth"),
        Label::DelightPoint => Some("flag.bright"),
        Label::ItchPoint => Some("flag.itch"),
        Label::LowBase => Some("flag.low_base"),
        Label::BrokenMomentOfTruth | Label::DeclaredMomentOfTruth => None,
    }
}
