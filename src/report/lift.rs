//! Expected lifts: what overall satisfaction would gain from a touchpoint, in steps up to
//! its target.
//!
//! An association, which holds if it is causal and the other touchpoints stay as they are
//! (METHOD §11.1). A part of the way earns that part of the gain, because the lift is linear
//! in the score.

use minijinja::Value;
use serde::Serialize;

use crate::model::Lift;

use super::bar::Bar;
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
    let most = gaining.iter().map(|(_, lift)| end(lift)).fold(0.0, f64::max);
    gaining.iter().filter_map(|(at, lift)| view(context, *at, lift, most)).collect()
}

fn view(context: &Context<'_>, at: usize, lift: &Lift, most: f64) -> Option<LiftView> {
    let mark = context.subject.marks.get(at)?;
    let symbol = mark.standing.symbol().map(crate::diagram::symbol);
    Some(LiftView {
        code: mark.code.clone(),
        name: mark.name.clone(),
        glyph: Value::from_safe_string(symbol.unwrap_or_default()),
        gain: context.locale.say("lift.points", &[("gain", &text(lift))]),
        bar: Bar::Thin.draw(lift.overall_points, lift.ci, most),
        facts: facts(context, lift),
        question: context.locale.say("whatif.question", &[("name", &mark.name)]),
        steps: steps(context, at, lift),
    })
}

/// Those whose lift the sample cannot tell from the largest, the largest first: a single one
/// is the first for certain. Without intervals nothing can be told, and there are none.
pub(super) fn leaders(context: &Context<'_>) -> Vec<usize> {
    let mut leaders: Vec<(usize, usize)> = (0..context.journey.touchpoints.len())
        .filter_map(|at| {
            let lift = context.result(at)?.lift.as_ref()?;
            lift.ci?;
            Some((lift.rank?, at)).filter(|_| lift.tied_with_leader)
        })
        .collect();
    leaders.sort_unstable();
    leaders.into_iter().map(|(_, at)| at).collect()
}

/// The gain with its sign: `+1.9`, `+0.04`.
pub(super) fn text(lift: &Lift) -> String {
    number::signed(lift.overall_points, places(lift.overall_points))
}

/// The gain without a sign, for a sentence that says that it is one.
pub(super) fn amount(lift: &Lift) -> String {
    number::fixed(lift.overall_points, places(lift.overall_points))
}

/// Its interval, with as many decimals as the gain.
pub(super) fn ci(lift: &Lift) -> Option<String> {
    let printed = |limit: f64| number::fixed(limit, places(lift.overall_points));
    lift.ci.map(|[low, high]| number::between(&printed(low), &printed(high)))
}

/// Where its bar and interval end.
pub(super) fn end(lift: &Lift) -> f64 {
    lift.ci.map_or(lift.overall_points, |[_, high]| high)
}

/// Interval, place, and whether the first one is any better.
fn facts(context: &Context<'_>, lift: &Lift) -> Vec<String> {
    let locale = &context.locale;
    let mut facts = Vec::new();
    facts.extend(ci(lift).map(|ci| locale.say("summary.ci", &[("ci", &ci)])));
    facts.extend(rank(context, lift));
    // The largest is one of those that cannot be told apart, but not from itself.
    if lift.tied_with_leader && lift.rank != Some(1) {
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
    let gain = text(lift);
    match ci(lift) {
        Some(ci) => context.locale.say("lift.cell", &[("gain", &gain), ("ci", &ci)]),
        None => gain,
    }
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
    let part = Lift {
        overall_points: lift.overall_points * share,
        ci: lift.ci.map(|ci| ci.map(|limit| limit * share)),
        ..lift.clone()
    };
    let (score, gain) = (number::plain(score), text(&part));
    let gaps = [("score", &*score), ("gain", &*gain)];
    match ci(&part) {
        Some(ci) => {
            let gaps = [gaps.as_slice(), &[("ci", &*ci)]].concat();
            context.locale.say("whatif.step", &gaps)
        }
        None => context.locale.say("whatif.step.plain", &gaps),
    }
}

/// Decimals that tell a small gain from none.
fn places(points: f64) -> usize {
    if points >= 0.95 { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Interval;

    #[test]
    fn a_small_gain_is_not_printed_as_none() {
        assert_eq!(text(&lift(0.04, None)), "+0.04");
        assert_eq!(text(&lift(3.11, None)), "+3.1");
    }

    #[test]
    fn gain_and_interval_have_the_same_decimals_wherever_they_are_printed() {
        let small = lift(0.14, Some([0.0, 0.31]));
        assert_eq!(
            (text(&small), amount(&small)),
            ("+0.14".to_owned(), "0.14".to_owned())
        );
        assert_eq!(ci(&small).unwrap(), "0.00\u{2060}–\u{2060}0.31");
        let large = lift(2.26, Some([1.04, 3.48]));
        assert_eq!(amount(&large), "2.3");
        assert_eq!(ci(&large).unwrap(), "1.0\u{2060}–\u{2060}3.5");
    }

    fn lift(points: f64, ci: Option<Interval>) -> Lift {
        Lift {
            overall_points: points,
            se: None,
            ci,
            rank: None,
            rank_interval: None,
            tied_with_leader: false,
            slope: 0.0,
            slope_se: None,
            partial_slope: None,
            fix_failures: None,
        }
    }
}
