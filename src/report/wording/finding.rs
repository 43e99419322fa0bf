//! The up to three findings of the summary.

use serde::Serialize;

use crate::diagram::{Flag, Standing, symbol};
use crate::model::{Finding, TouchpointResult};

use super::super::context::Context;
use super::super::number;

/// Findings that the summary has room for.
const MOST: usize = 3;

/// A finding in words.
#[derive(Clone, Debug, Serialize)]
pub(in super::super) struct FindingView {
    /// In a few words.
    heading: String,
    /// The glyph of the band, as SVG.
    glyph: minijinja::Value,
    /// Name of the band.
    band: &'static str,
    /// The score.
    score: String,
    /// The evidence in a sentence or two.
    evidence: String,
    /// Where to read on.
    link: String,
    /// Words of the link.
    see: String,
}

/// The gravest pain point, the greatest fall, the greatest rise or a bright spot, then
/// further pain points: each of another touchpoint, each of them tested.
pub(in super::super) fn findings(context: &Context<'_>) -> Vec<FindingView> {
    let by = |rules: &'static [&'static str]| {
        context
            .analysis
            .findings
            .iter()
            .filter(move |it| rules.contains(&it.rule.as_str()))
    };
    let mut pains =
        by(&["broken_moment_of_truth", "pain_point"]).filter_map(|it| pain(context, it));
    let mut chosen: Vec<(usize, FindingView)> = Vec::new();
    choose(&mut chosen, &mut pains);
    choose(
        &mut chosen,
        by(&["relevant_fall"]).filter_map(|it| moved(context, it, "fall")),
    );
    choose(
        &mut chosen,
        by(&["relevant_rise"]).filter_map(|it| moved(context, it, "rise")),
    );
    choose(&mut chosen, bright(context));
    choose(&mut chosen, &mut pains);
    choose(&mut chosen, &mut pains);
    chosen.into_iter().map(|(_, view)| view).collect()
}

/// Takes the next finding of a touchpoint that is not spoken of yet, while there is room.
fn choose(
    chosen: &mut Vec<(usize, FindingView)>,
    mut found: impl Iterator<Item = (usize, FindingView)>,
) {
    if chosen.len() < MOST {
        let free = found.find(|(at, _)| chosen.iter().all(|(other, _)| other != at));
        chosen.extend(free);
    }
}

fn place<'a>(
    context: &'a Context<'_>,
    finding: &Finding,
) -> Option<(usize, &'a TouchpointResult)> {
    let at = context.index(finding.touchpoint.as_deref()?)?;
    Some((at, context.result(at)?))
}

fn pain(context: &Context<'_>, finding: &Finding) -> Option<(usize, FindingView)> {
    let (at, result) = place(context, finding)?;
    let pain = result.pain.as_ref()?;
    let heading = match finding.rule.as_str() {
        "broken_moment_of_truth" => "finding.broken",
        _ => "finding.pain",
    };
    let n = result.score.n.map_or_else(|| "–".to_owned(), number::count);
    let target = number::plain(pain.target);
    let evidence = if pain.guaranteed_gap >= 0.05 {
        let gap = number::fixed(pain.guaranteed_gap, 1);
        let gaps = [("gap", &*gap), ("target", &*target), ("n", &*n)];
        context.locale.say("finding.gap", &gaps)
    } else {
        let share = number::share(result.score.dissatisfied.as_ref()?.share);
        let most = number::share(context.journey.rules.max_dissatisfied);
        let gaps = [("share", &*share), ("most", &*most), ("n", &*n)];
        context.locale.say("finding.dissatisfied", &gaps)
    };
    Some((at, view(context, at, heading, evidence)?))
}

fn moved(
    context: &Context<'_>,
    finding: &Finding,
    way: &str,
) -> Option<(usize, FindingView)> {
    let (at, result) = place(context, finding)?;
    let change = result.change.as_ref().filter(|change| change.relevant)?;
    let ci = change.points_ci.map_or_else(
        || "–".to_owned(),
        |[low, high]| {
            let gaps = [("low", &*number::change(low)), ("high", &*number::change(high))];
            context.locale.say("range", &gaps)
        },
    );
    let by = number::fixed(change.points.abs(), 1);
    let gaps = [("change", &*by), ("wave", &*change.from), ("ci", &*ci)];
    let evidence = context.locale.say(&format!("finding.{way}.evidence"), &gaps);
    Some((at, view(context, at, &format!("finding.{way}"), evidence)?))
}

fn bright<'a>(
    context: &'a Context<'_>,
) -> impl Iterator<Item = (usize, FindingView)> + 'a {
    let marks = context.subject.marks.iter().enumerate();
    let bright = marks.filter(|(_, mark)| mark.flags.contains(&Flag::Bright));
    bright.filter_map(|(at, _)| {
        let target = number::plain(context.target_of(at));
        let n = context.result(at)?.score.n.map_or_else(|| "–".to_owned(), number::count);
        let gaps = [("target", &*target), ("n", &*n)];
        let evidence = context.locale.say("finding.bright.evidence", &gaps);
        Some((at, view(context, at, "finding.bright", evidence)?))
    })
}

fn view(
    context: &Context<'_>,
    at: usize,
    heading: &str,
    evidence: String,
) -> Option<FindingView> {
    let (code, name) = context.name(at);
    let standing = super::super::subject::standing(
        context,
        context.result(at).map(|result| &result.score),
        1,
    );
    let Standing::Scored { text, band, .. } = &standing else { return None };
    Some(FindingView {
        heading: context.locale.say(heading, &[("name", &name)]),
        glyph: minijinja::Value::from_safe_string(symbol(standing.symbol()?)),
        band: band.id(),
        score: text.clone(),
        evidence,
        link: format!("tp-{code}"),
        see: context.locale.say("see", &[("code", &code), ("name", &name)]),
    })
}
