//! The importance–performance plane of a journey, as pictures need it.

use crate::diagram::Standing;
use crate::diagram::drivers::{Certainty, Driver, DriverWords, Drivers, Naming};
use crate::model::{DriverLink, DriverModel, PositionQuadrant, Role, TouchpointResult};

use super::context::Context;
use super::{lift, number};

/// Points that all carry their code; in a greater crowd only the first few have a name.
const CROWD: usize = 60;
/// How many those are.
const FIRST: usize = 12;

/// The plane; `None` when importance could not be derived.
pub(super) fn plane(context: &Context<'_>) -> Option<Drivers> {
    let model = context.analysis.model.as_ref()?;
    let all = 0..context.journey.touchpoints.len();
    let mut points: Vec<Driver> =
        all.filter_map(|at| driver(context, model, at)).collect();
    if points.is_empty() {
        return None;
    }
    if points.len() > CROWD {
        thin(context, &mut points);
    }
    let fair = 100.0 * model.fair_share;
    Some(Drivers {
        points,
        target: context.target(),
        fair,
        shared: context.subject.shared.map(|it| it.scores),
        words: words(context, &number::fixed(fair, 1)),
    })
}

/// The share of a touchpoint that a better score goes with better overall answers for;
/// others are no drivers, whatever their share (METHOD §7.6).
pub(super) fn share(result: &TouchpointResult) -> Option<f64> {
    let importance = result.importance.as_ref()?;
    importance.share.filter(|_| importance.link == Some(DriverLink::Positive))
}

fn driver(context: &Context<'_>, model: &DriverModel, at: usize) -> Option<Driver> {
    let mark = context.subject.marks.get(at)?;
    let result = context.result(at)?;
    let share = share(result)?;
    let Standing::Scored { .. } = mark.standing else { return None };
    let position = result.position.as_ref()?;
    let least = context.journey.rules.min_importance_ratio;
    let important = share >= least * model.fair_share;
    let first = position.quadrant == PositionQuadrant::Concentrate;
    let ci = result.importance.as_ref().and_then(|it| it.ci);
    Some(Driver {
        id: mark.id.clone(),
        code: mark.code.clone(),
        name: mark.name.clone(),
        standing: mark.standing.clone(),
        importance: 100.0 * share,
        importance_ci: ci.map(|ci| ci.map(|limit| 100.0 * limit)),
        own_target: mark.own_target,
        flags: mark.flags.clone(),
        standing_in_quarter: if position.borderline {
            Certainty::Borderline
        } else {
            Certainty::Certain
        },
        label: if first || important { Naming::Full } else { Naming::Code },
        words: accessible(context, result, at),
    })
}

/// All that the point shows, in words.
fn accessible(context: &Context<'_>, result: &TouchpointResult, at: usize) -> String {
    let label = context.subject.marks.get(at).map_or("", |mark| mark.label.as_str());
    let quarter = quarter(context, result).unwrap_or_default();
    let importance = importance(result).unwrap_or_default();
    let gaps =
        [("label", label), ("importance", importance.as_str()), ("quarter", &quarter)];
    context.locale.say("priorities.point", &gaps)
}

/// The importance as it is printed: `4.7%`.
pub(super) fn importance(result: &TouchpointResult) -> Option<String> {
    Some(number::percent(result.importance.as_ref()?.share?))
}

/// The quarter of a touchpoint in words, said to be uncertain where it is.
pub(super) fn quarter(
    context: &Context<'_>,
    result: &TouchpointResult,
) -> Option<String> {
    let position = result.position.as_ref()?;
    let name = context.locale.word(&format!("quarter.{}", id(position.quadrant)));
    if position.borderline {
        return Some(context.locale.say("priorities.borderline", &[("quarter", &name)]));
    }
    Some(name)
}

fn id(quadrant: PositionQuadrant) -> &'static str {
    match quadrant {
        PositionQuadrant::Concentrate => "fix",
        PositionQuadrant::KeepUp => "protect",
        PositionQuadrant::LowPriority => "cheap",
        PositionQuadrant::PossibleOverkill => "maintain",
    }
}

fn words(context: &Context<'_>, fair: &str) -> DriverWords {
    let locale = &context.locale;
    let (_, target) = &context.subject.target;
    DriverWords {
        score: locale.word("priorities.x"),
        importance: locale.word("priorities.y"),
        target: locale.say("summary.target", &[("target", target)]),
        fair: locale.say("priorities.fair", &[("fair", fair)]),
        fix: locale.word("quarter.fix"),
        protect: locale.word("quarter.protect"),
        cheap: locale.word("quarter.cheap"),
        maintain: locale.word("quarter.maintain"),
    }
}

/// Leaves words to the points that promise most, and to the most important ones after them.
fn thin(context: &Context<'_>, points: &mut [Driver]) {
    let lift = |id: &str| {
        let result = context.index(id).and_then(|at| context.result(at));
        result.and_then(|it| it.lift.as_ref()).map_or(0.0, |it| it.overall_points)
    };
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|one, other| {
        let (one, other) = (&points[*one], &points[*other]);
        let gain = lift(&other.id).total_cmp(&lift(&one.id));
        gain.then(other.importance.total_cmp(&one.importance))
    });
    for at in order.into_iter().skip(FIRST) {
        points[at].label = Naming::None;
    }
}

/// The finding of the section: it claims only what the tests allow.
pub(super) fn title(context: &Context<'_>) -> String {
    let touchpoints = &context.analysis.touchpoints;
    let with = |role: Role| touchpoints.iter().filter(|it| it.role == Some(role)).count();
    let (broken, protect) = (with(Role::Broken), with(Role::Protect));
    let leaders = lift::leaders(context);
    let n = number::count_of(broken.max(1));
    let kept = number::count_of(protect);
    // A code stays with its name where the title breaks.
    let name = |at: &usize| context.named(*at).replacen(' ', "\u{a0}", 1);
    let list: Vec<String> = leaders.iter().take(3).map(name).collect();
    let list = listed(context, &list);
    let gaps = [("n", n.as_str()), ("names", &list)];
    // A role is given only to what was tested for pain.
    let tested = touchpoints.iter().any(|it| it.role.is_some());
    let state = match (broken, protect) {
        (0, 0) if !tested => return context.locale.word("priorities.title.untested"),
        (0, 0) => return context.locale.word("priorities.title.none"),
        (0, count) => {
            let gaps = [("n", kept.as_str())];
            return context.locale.count("priorities.title.protect", count, &gaps);
        }
        _ => "priorities.title",
    };
    let key = match leaders.len() {
        0 => "plain",
        1 => "first",
        2 | 3 => "tied",
        _ => "open",
    };
    context.locale.count(&format!("{state}.{key}"), broken, &gaps)
}

/// One to three names as a part of a sentence.
fn listed(context: &Context<'_>, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => context.locale.say("list.two", &[("one", one), ("other", other)]),
        [one, two, other, ..] => {
            let gaps = [("one", one.as_str()), ("two", two), ("other", other)];
            context.locale.say("list.three", &gaps)
        }
    }
}
