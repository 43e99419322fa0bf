//! Expected lifts: what overall satisfaction would gain from a touchpoint, in steps up to
//! its target.
//!
//! An association, which holds if it is causal and the other touchpoints stay as they are
//! (METHOD §11.1). A part of the way earns that part of the gain, because the lift is linear
//! in the score.

use std::fmt::Write as _;

use minijinja::Value;
use serde::Serialize;

use crate::model::{Interval, Lift};

use super::context::Context;
use super::number;

/// How many lifts are shown.
const SHOWN: usize = 7;
/// How many steps lead up to a target.
const STEPS: u32 = 10;

/// A lift as the page shows it.
#[derive(Serialize)]
pub(super) struct LiftView {
    code: String,
    name: String,
    glyph: Value,
    gain: String,
    bar: Value,
    facts: Vec<String>,
    /// The accessible name of the slider.
    question: String,
    steps: Vec<String>,
}

impl LiftView {
    /// Whether there are steps to choose from.
    pub(super) fn has_steps(&self) -> bool {
        !self.steps.is_empty()
    }
}

/// The largest lifts, largest first.
pub(super) fn lifts(context: &Context<'_>) -> Vec<LiftView> {
    let mut gaining: Vec<(usize, &Lift)> = (0..context.journey.touchpoints.len())
        .filter_map(|at| Some((at, context.result(at)?.lift.as_ref()?)))
        .filter(|(_, lift)| lift.rank.is_some())
        .collect();
    gaining.sort_by_key(|(_, lift)| lift.rank);
    gaining.truncate(SHOWN);
    let far =
        |(_, lift): &(usize, &Lift)| lift.ci.map_or(lift.overall_points, |ci| ci[1]);
    let most = gaining.iter().map(far).fold(0.0, f64::max);
    gaining.iter().filter_map(|(at, lift)| view(context, *at, lift, most)).collect()
}

fn view(context: &Context<'_>, at: usize, lift: &Lift, most: f64) -> Option<LiftView> {
    let mark = context.subject.marks.get(at)?;
    let symbol = mark.standing.symbol().map(crate::diagram::symbol);
    Some(LiftView {
        code: mark.code.clone(),
        name: mark.name.clone(),
        glyph: Value::from_safe_string(symbol.unwrap_or_default()),
        gain: gain(context, lift.overall_points),
        bar: bar(lift, most),
        facts: facts(context, lift),
        question: context.locale.say("whatif.question", &[("name", &mark.name)]),
        steps: steps(context, at, lift),
    })
}

/// `+1.9 points`.
fn gain(context: &Context<'_>, points: f64) -> String {
    let gain = signed(points, places(points));
    context.locale.say("lift.points", &[("gain", &gain)])
}

/// Interval, place, and whether the first one is any better.
fn facts(context: &Context<'_>, lift: &Lift) -> Vec<String> {
    let locale = &context.locale;
    let mut facts = Vec::new();
    if let Some(ci) = lift.ci {
        let ci = interval(ci, places(lift.overall_points));
        facts.push(locale.say("summary.ci", &[("ci", &ci)]));
    }
    facts.extend(rank(context, lift));
    if lift.tied_with_leader && lift.rank_interval != Some([1, 1]) {
        facts.push(locale.word("lift.tied"));
    }
    facts
}

/// The place with its uncertainty: `rank 1–3`.
pub(super) fn rank(context: &Context<'_>, lift: &Lift) -> Option<String> {
    let [best, worst] = lift.rank_interval?;
    let (best, worst) = (best.to_string(), worst.to_string());
    let gaps = [("best", best.as_str()), ("worst", &worst)];
    let key = if best == worst { "lift.rank" } else { "lift.ranks" };
    Some(context.locale.say(key, &gaps))
}

/// The lift with its interval for a table: `+1.9 (1.2–2.6)`.
pub(super) fn cell(context: &Context<'_>, lift: &Lift) -> String {
    let gain = signed(lift.overall_points, places(lift.overall_points));
    lift.ci.map_or_else(
        || gain.clone(),
        |ci| {
            let ci = interval(ci, places(lift.overall_points));
            context.locale.say("lift.cell", &[("gain", &gain), ("ci", &ci)])
        },
    )
}

/// Scores from today to the target in whole points, and what each would be linked to; empty
/// where the target is less than two steps away.
fn steps(context: &Context<'_>, at: usize, lift: &Lift) -> Vec<String> {
    let Some(now) = context.result(at).and_then(|it| it.score.points) else {
        return Vec::new();
    };
    let target = context.target_of(at);
    let way = target - now;
    let pitch = (way / f64::from(STEPS)).ceil().max(1.0);
    let mut scores: Vec<f64> = (0..STEPS)
        .map(|step| target - pitch * f64::from(step))
        .take_while(|score| *score > now + 0.05)
        .collect();
    scores.reverse();
    if scores.len() < 2 {
        return Vec::new();
    }
    let today = context.locale.say("whatif.today", &[("score", &number::fixed(now, 1))]);
    let reached =
        scores.iter().map(|score| step(context, lift, *score, (score - now) / way));
    std::iter::once(today).chain(reached).collect()
}

fn step(context: &Context<'_>, lift: &Lift, score: f64, share: f64) -> String {
    let places = places(lift.overall_points * 0.5);
    let gain = signed(lift.overall_points * share, places);
    let score = number::plain(score);
    match lift.ci {
        Some(ci) => {
            let ci = interval(ci.map(|limit| limit * share), places);
            let gaps = [("score", score.as_str()), ("gain", &gain), ("ci", &ci)];
            context.locale.say("whatif.step", &gaps)
        }
        None => {
            let gaps = [("score", score.as_str()), ("gain", &gain)];
            context.locale.say("whatif.step.plain", &gaps)
        }
    }
}

/// Decimals that tell a small gain from none.
fn places(points: f64) -> usize {
    if points >= 0.95 { 1 } else { 2 }
}

fn signed(points: f64, places: usize) -> String {
    format!("+{}", number::fixed(points, places))
}

fn interval([low, high]: Interval, places: usize) -> String {
    number::between(&number::fixed(low, places), &number::fixed(high, places))
}

/// Bar and interval in percent of the width.
fn bar(lift: &Lift, most: f64) -> Value {
    let at = |points: f64| 100.0 * points / most.max(f64::EPSILON);
    let mut svg = format!(
        r#"<svg class="lbar" aria-hidden="true"><rect width="{:.1}%" height="7" y="3"/>"#,
        at(lift.overall_points)
    );
    if let Some([low, high]) = lift.ci {
        let (low, high) = (at(low), at(high));
        for (from, to, top, bottom) in
            [(low, high, 14, 14), (low, low, 11, 17), (high, high, 11, 17)]
        {
            let _ = write!(
                svg,
                r#"<line x1="{from:.1}%" x2="{to:.1}%" y1="{top}" y2="{bottom}"/>"#
            );
        }
    }
    svg.push_str("</svg>");
    Value::from_safe_string(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_gain_is_not_printed_as_none() {
        assert_eq!(signed(0.04, places(0.04)), "+0.04");
        assert_eq!(signed(3.11, places(3.11)), "+3.1");
    }
}
