//! Who does what by when, and what may it be worth?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::{Flag, Standing, symbol};
use crate::model::{Action, ActionOutcome, ActionPhase, Lift, Role, TouchpointIndex};

use super::super::action::{self, ActionView};
use super::super::bar::Bar;
use super::super::context::Context;
use super::super::table::{Head, Table};
use super::super::{date, lift, number, subject};
use super::{Built, LeftOut, value};

/// Actions of a phase.
#[derive(Serialize)]
struct GroupView {
    heading: String,
    rows: Vec<RowView>,
}

/// An action and the touchpoint that it works on.
#[derive(Serialize)]
struct RowView {
    action: ActionView,
    touchpoint: Option<PlaceView>,
    lift: Option<LiftView>,
    /// What there is to say where nothing is to be gained.
    protect: bool,
}

/// A touchpoint and its score.
#[derive(Serialize)]
struct PlaceView {
    code: String,
    name: String,
    band: &'static str,
    glyph: Value,
    score: String,
}

/// A lift, and its bar on an axis that all share.
#[derive(Serialize)]
struct LiftView {
    text: String,
    interval: Option<String>,
    bar: Value,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let actions = action::ordered(context);
    if actions.is_empty() {
        return Built::LeftOut(context.locale.word("left_out.actions"));
    }
    let most = actions
        .iter()
        .filter_map(|it| gained(context, it))
        .map(lift::end)
        .fold(0.0, f64::max);
    let groups: Vec<GroupView> = ActionPhase::ALL
        .into_iter()
        .filter_map(|phase| {
            let own = actions.iter().filter(|it| it.phase() == phase);
            let rows: Vec<RowView> = own.map(|it| row(context, it, most)).collect();
            let heading = context.locale.word(&format!("actions.{}", phase.id()));
            (!rows.is_empty()).then_some(GroupView { heading, rows })
        })
        .collect();
    Built::Shown(context! {
        title => title(context, &actions),
        deck => deck(context),
        outcomes => actions.iter().any(|it| action::result(context, &it.id).is_some()),
        shown => came(context),
        by_owner => value(by_owner(context, &actions)),
        groups => value(groups),
        lifts => most > 0.0,
        open => without(context, &actions),
    })
}

/// How to read it, and what counts as today.
fn deck(context: &Context<'_>) -> String {
    let locale = &context.locale;
    let today = match context.as_of {
        None => locale.word("actions.today.none"),
        Some(day) => {
            let date = date::day(locale, &day.to_string());
            locale.say("actions.today.known", &[("date", &date)])
        }
    };
    locale.say("actions.deck", &[("today", &today)])
}

/// What came of the actions that were to show by now, in a sentence.
fn came(context: &Context<'_>) -> Option<String> {
    let locale = &context.locale;
    let results = &context.analysis.actions;
    let due = results.iter().filter(|it| it.outcome != ActionOutcome::TooEarly).count();
    let count = |outcome: ActionOutcome| {
        let n = results.iter().filter(|it| it.outcome == outcome).count();
        let key = format!("actions.count.{}", outcome.id());
        (n > 0).then(|| locale.say(&key, &[("n", &number::count_of(n))]))
    };
    let all = ActionOutcome::ALL.into_iter();
    let parts: Vec<String> =
        all.filter(|it| *it != ActionOutcome::TooEarly).filter_map(count).collect();
    let list = parts.join(&locale.word("list.flags"));
    let n = number::count_of(due);
    let gaps = [("n", &*n), ("wave", &*context.analysis.wave), ("list", &*list)];
    (due > 0).then(|| locale.count("actions.loop", due, &gaps))
}

/// Every action under who answers for it.
fn by_owner(context: &Context<'_>, actions: &[&Action]) -> Table {
    let locale = &context.locale;
    let mut rows: Vec<Vec<String>> = actions
        .iter()
        .map(|it| {
            let touchpoint = it.touchpoint.map(|TouchpointIndex(at)| context.named(at));
            action::view(context, it).cells(touchpoint.as_deref())
        })
        .collect();
    // By owner; those of one stay in the order of the plan.
    rows.sort_by(|one, other| one.first().cmp(&other.first()));
    let keys = [
        "col.owner",
        "col.action",
        "col.touchpoint",
        "col.due",
        "col.status",
        "col.outcome",
    ];
    Table {
        caption: locale.word("actions.by_owner"),
        head: keys.map(|key| Head::words(locale.word(key))).into(),
        rows,
    }
}

/// The lift of the touchpoint that `action` works on; `None` where there is none to gain.
fn gained<'a>(context: &Context<'a>, action: &Action) -> Option<&'a Lift> {
    let TouchpointIndex(at) = action.touchpoint?;
    let lift = context.result(at)?.lift.as_ref()?;
    (lift.overall_points > 0.0).then_some(lift)
}

fn row<'a>(context: &Context<'a>, action: &'a Action, most: f64) -> RowView {
    let at = action.touchpoint.map(|TouchpointIndex(at)| at);
    let role = at.and_then(|at| context.result(at)?.role);
    RowView {
        action: action::view(context, action),
        touchpoint: at.and_then(|at| place(context, at)),
        lift: gained(context, action).map(|lift| LiftView {
            text: lift::text(lift),
            interval: lift::ci(lift),
            bar: Bar::Thick.draw(lift.overall_points, lift.ci, most),
        }),
        protect: role == Some(Role::Protect),
    }
}

fn place(context: &Context<'_>, at: usize) -> Option<PlaceView> {
    let mark = context.subject.marks.get(at)?;
    let standing = subject::standing(context, context.result(at).map(|it| &it.score), 1);
    let band = match &standing {
        Standing::Scored { band, .. } => band.id(),
        Standing::Absent(_) => "none",
    };
    Some(PlaceView {
        code: mark.code.clone(),
        name: mark.name.clone(),
        band,
        glyph: Value::from_safe_string(standing.symbol().map(symbol).unwrap_or_default()),
        score: subject::printed(&standing).to_owned(),
    })
}

fn covered(actions: &[&Action], at: usize) -> bool {
    actions.iter().any(|it| it.touchpoint == Some(TouchpointIndex(at)))
}

fn pains(context: &Context<'_>) -> Vec<usize> {
    let marks = context.subject.marks.iter().enumerate();
    let pains = marks.filter(|(_, mark)| mark.flags.contains(&Flag::Pain));
    pains.map(|(at, _)| at).collect()
}

/// How many pain points have an action; else how many actions there are.
fn title(context: &Context<'_>, actions: &[&Action]) -> String {
    let pains = pains(context);
    if pains.is_empty() {
        let n = actions.len();
        return context.locale.count(
            "actions.title.plan",
            n,
            &[("n", &number::count_of(n))],
        );
    }
    let answered = pains.iter().filter(|at| covered(actions, **at)).count();
    if let [single] = pains.as_slice() {
        let key = if answered == 1 { "actions.title.met" } else { "actions.title.unmet" };
        let (code, name) = context.name(*single);
        return context.locale.say(key, &[("code", &code), ("name", &name)]);
    }
    let gaps =
        [("n", &*number::count_of(answered)), ("all", &*number::count_of(pains.len()))];
    context.locale.count("actions.title", answered, &gaps)
}

/// The pain points without an action, in a sentence.
fn without(context: &Context<'_>, actions: &[&Action]) -> Option<String> {
    let open: Vec<String> = pains(context)
        .into_iter()
        .filter(|at| !covered(actions, *at))
        .map(|at| context.named(at))
        .collect();
    let list = open.join(&context.locale.word("list.flags"));
    (!open.is_empty())
        .then(|| context.locale.count("actions.open", open.len(), &[("list", &list)]))
}
