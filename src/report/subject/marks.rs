//! Touchpoints as pictures show them.

use crate::diagram::{Channel, Flag, Mark, Standing};
use crate::model::{Text, Touchpoint, TouchpointResult};

use super::super::card::operation;
use super::super::context::Context;
use super::super::waves::find;
use super::super::wording::cause;
use super::super::{flags, number};
use super::{standing, with_base};

/// Every touchpoint, in the order of the map.
pub(super) fn marks(context: &Context<'_>) -> Vec<Mark> {
    let touchpoints = context.journey.touchpoints.iter().enumerate();
    touchpoints.map(|(at, touchpoint)| mark(context, at, touchpoint)).collect()
}

fn mark(context: &Context<'_>, at: usize, touchpoint: &Touchpoint) -> Mark {
    let result = context.result(at);
    let target = context.target_of(at);
    let name = context.journey.text(&touchpoint.name, context.language).to_owned();
    let text = |text: &Option<Text>| {
        let text = context.journey.text(text.as_ref()?, context.language);
        (!text.is_empty()).then(|| text.to_owned())
    };
    let flags = result.map_or_else(Vec::new, |result| flags::flags(result, target));
    let standing = standing(context, result.map(|it| &it.score), 0);
    Mark {
        label: label(context, (&touchpoint.code, &name), result, &flags),
        id: touchpoint.id.clone(),
        code: touchpoint.code.clone(),
        name,
        stage: touchpoint.stage.0,
        channel: channel(touchpoint),
        remark: result.and_then(|result| remark(context, result, &flags)),
        flags,
        own_target: touchpoint.target.filter(|own| (own - context.target()).abs() > 1e-9),
        baseline: matches!(standing, Standing::Scored { .. })
            .then(|| baseline(context, &touchpoint.id))
            .flatten(),
        standing,
        reach: result.and_then(|it| it.reach).map(|reach| (reach, number::share(reach))),
        action: text(&touchpoint.action),
        owner: text(&touchpoint.owner),
        backstage: text(&touchpoint.backstage),
        cause: main_cause(context, &touchpoint.id),
        operations: operation::measured(context, at),
    }
}

/// The cause that stands out among the dissatisfied.
fn main_cause(context: &Context<'_>, id: &str) -> Option<String> {
    let result = cause::of(context, id)?;
    cause::main(result).map(|it| cause::name(context, &it.id))
}

/// The icon that any of the words for the channel means.
fn channel(touchpoint: &Touchpoint) -> Option<Channel> {
    touchpoint.channel.as_ref()?.all().find_map(Channel::named)
}

/// Points in the wave compared with, unless the question was another one.
fn baseline(context: &Context<'_>, id: &str) -> Option<f64> {
    let wave = context.analysis.baseline.as_deref()?;
    let before = find(context, id, wave)?;
    let version =
        find(context, id, &context.analysis.wave).map(|now| now.question_version);
    let same = version.is_none_or(|version| version == before.question_version);
    standing(context, Some(&before.score), 0).points().filter(|_| same)
}

/// What stands beside the flags: how far off a pain point is, or how much has changed.
fn remark(
    context: &Context<'_>,
    result: &TouchpointResult,
    flags: &[Flag],
) -> Option<String> {
    let locale = &context.locale;
    let gap = result.pain.as_ref().map_or(0.0, |pain| pain.guaranteed_gap);
    if flags.contains(&Flag::Pain) && gap >= 0.05 {
        let gaps = [("gap", &*number::fixed(gap, 1))];
        let at = context.index(&result.id).unwrap_or(usize::MAX);
        return Some(context.say_of_target(at, "remark.gap", &gaps));
    }
    if flags.contains(&Flag::Pain) {
        let share = result.score.dissatisfied.as_ref()?.share;
        return Some(
            locale.say("remark.dissatisfied", &[("share", &number::share(share))]),
        );
    }
    let change = result.change.as_ref().filter(|change| change.relevant);
    if let Some(change) = change {
        let by = number::change(change.points);
        return Some(
            locale.say("remark.change", &[("change", &by), ("wave", &change.from)]),
        );
    }
    let bright = flags.iter().rev().find(|flag| **flag != Flag::Truth)?;
    Some(locale.word(&format!("flag.{}", bright.id())))
}

/// The accessible name: all that a point shows, in words.
fn label(
    context: &Context<'_>,
    (code, name): (&str, &str),
    result: Option<&TouchpointResult>,
    flags: &[Flag],
) -> String {
    let locale = &context.locale;
    let score = result.map(|it| &it.score);
    let words: Vec<String> =
        flags.iter().map(|flag| locale.word(&format!("flag.{}", flag.id()))).collect();
    let n = score.and_then(|it| it.n).map_or_else(|| "–".to_owned(), number::count);
    let ci = score
        .and_then(|it| it.points_ci)
        .map_or_else(|| "–".to_owned(), number::interval);
    let standing = standing(context, score, 1);
    let known = standing.points().is_some();
    let key = if known { "mark.scored" } else { "mark.absent" };
    let score = with_base(context, &standing);
    let gaps =
        [("code", code), ("name", name), ("score", &score), ("ci", &ci), ("n", &n)];
    let label = locale.say(key, &gaps);
    if words.is_empty() {
        return label;
    }
    let flags = words.join(&locale.word("list.flags"));
    locale.say("mark.flagged", &[("label", &label), ("flags", &flags)])
}
