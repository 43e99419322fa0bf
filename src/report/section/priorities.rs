//! What to fix first, and what to protect?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::drivers::{Certainty, Drivers, Size, drivers};
use crate::diagram::{Band, Scene, Symbol, symbol};
use crate::model::{AsymmetryClass, Need, TouchpointResult};

use super::super::context::Context;
use super::super::table::{Head, Table};
use super::super::{lift, number, plane, subject};
use super::map::{KeyView, keys};
use super::{Built, LeftOut, value};

/// Width of the plane beside the list of lifts.
const WIDTH: f64 = 760.0;

/// A touchpoint to be protected.
#[derive(Serialize)]
struct Kept {
    code: String,
    name: String,
    glyph: Value,
}

/// Needs of one kind.
#[derive(Serialize)]
struct NeedView {
    heading: String,
    text: String,
    touchpoints: Vec<NeedPlace>,
}

/// A touchpoint, and what is said of it and how it moves.
#[derive(Serialize)]
struct NeedPlace {
    code: String,
    name: String,
    numbers: String,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let Some(plane) = plane::plane(context) else {
        return Built::LeftOut(context.locale.word("left_out.priorities"));
    };
    let title = plane::title(context);
    let words = context.locale.word("priorities.description");
    let wide = drivers(&plane, Size::Wide(WIDTH), &title, &words);
    let compact = drivers(&plane, Size::Compact, &title, &words);
    let lifts = lift::lifts(context);
    Built::Shown(context! {
        title,
        deck => deck(context),
        picture => context.picture(&wide, "priorities"),
        crowded => codes(&compact) < plane.points.len(),
        compact => context.picture(&compact, "priorities-small"),
        keys => value(keys(context)),
        open => value(open(context, &plane)),
        own => plane.points.iter().any(|it| it.own_target.is_some()),
        sliders => lifts.iter().any(lift::LiftView::has_steps),
        lifts => value(lifts),
        kept => value(kept(context)),
        undrawn => undrawn(context),
        needs => value(needs(context)),
        table => value(table(context)),
    })
}

/// What customers call important, beside what moves them: four boxes, or none.
fn needs(context: &Context<'_>) -> Vec<NeedView> {
    let boxes = [
        (Need::OnlySaid, "only_said"),
        (Need::SaidAndMoves, "said_and_moves"),
        (Need::Neither, "neither"),
        (Need::OnlyMoves, "only_moves"),
    ];
    let of_need = |need: Need| {
        let touchpoints = (0..context.journey.touchpoints.len()).filter_map(|at| {
            let result = context.result(at)?;
            let stated = result.stated.as_ref().filter(|it| it.need == Some(need))?;
            let (code, name) = context.name(at);
            let moves = result.importance.as_ref()?.share?;
            let gaps = [
                ("said", &*number::fixed(stated.points?, 0)),
                ("moves", &*number::percent(moves)),
            ];
            let numbers = context.locale.say("need.numbers", &gaps);
            Some(NeedPlace { code, name, numbers })
        });
        touchpoints.collect::<Vec<_>>()
    };
    let views = boxes.map(|(need, id)| NeedView {
        heading: context.locale.word(&format!("need.{id}")),
        text: context.locale.word(&format!("need.{id}.text")),
        touchpoints: of_need(need),
    });
    let any = views.iter().any(|it| !it.touchpoints.is_empty());
    if any { views.into() } else { Vec::new() }
}

fn deck(context: &Context<'_>) -> String {
    let model = context.analysis.model.as_ref();
    let share = number::share(model.map_or(0.0, |it| it.r_squared));
    let fair = number::fixed(100.0 * model.map_or(0.0, |it| it.fair_share), 1);
    context.locale.say("priorities.deck", &[("share", &share), ("fair", &fair)])
}

/// How many codes are written.
fn codes(scene: &Scene) -> usize {
    scene.labels().iter().filter(|label| label.style.class == "cd").count()
}

/// What an open glyph means, where there is one.
fn open(context: &Context<'_>, plane: &Drivers) -> Option<KeyView> {
    let open = |certainty| certainty == Certainty::Borderline;
    plane.points.iter().any(|it| open(it.standing_in_quarter)).then(|| KeyView {
        symbol: Value::from_safe_string(symbol(Symbol::Open(Band::Watch))),
        text: context.locale.word("priorities.open"),
    })
}

/// Touchpoints that weigh more than their fair share and are at their target or over it.
fn kept(context: &Context<'_>) -> Vec<Kept> {
    use crate::model::PositionQuadrant::KeepUp;
    let mut kept: Vec<(f64, Kept)> = (0..context.journey.touchpoints.len())
        .filter_map(|at| {
            let result = context.result(at)?;
            let share = plane::share(result)?;
            let mark = context.subject.marks.get(at)?;
            result.position.as_ref().filter(|it| it.quadrant == KeepUp)?;
            let symbol = mark.standing.symbol().map(symbol).unwrap_or_default();
            let glyph = Value::from_safe_string(symbol);
            Some((
                share,
                Kept { code: mark.code.clone(), name: mark.name.clone(), glyph },
            ))
        })
        .collect();
    kept.sort_by(|one, other| other.0.total_cmp(&one.0));
    kept.into_iter().map(|(_, it)| it).collect()
}

/// Which touchpoints are not on the plane, in a sentence.
fn undrawn(context: &Context<'_>) -> Option<String> {
    let missing: Vec<String> = (0..context.journey.touchpoints.len())
        .filter(|at| {
            let result = context.result(*at);
            result.is_none_or(|it| plane::share(it).is_none() || it.position.is_none())
        })
        .map(|at| context.named(at))
        .collect();
    let list = missing.join(&context.locale.word("list.names"));
    (!missing.is_empty())
        .then(|| context.locale.say("priorities.undrawn", &[("names", &list)]))
}

fn table(context: &Context<'_>) -> Table {
    let locale = &context.locale;
    let words = |key: &str| Head::words(locale.word(key));
    let numbers = |key: &str| Head::numbers(locale.word(key));
    Table {
        caption: locale.word("priorities.name"),
        head: vec![
            words("col.touchpoint"),
            numbers("col.importance"),
            numbers("col.ci"),
            numbers("col.score"),
            numbers("col.ci"),
            numbers("col.target"),
            words("col.quarter"),
            numbers("col.probability"),
            numbers("col.lift_ci"),
            words("col.rank"),
            numbers("col.johnson"),
            words("col.asymmetry"),
        ],
        rows: (0..context.subject.marks.len())
            .filter_map(|at| row(context, at))
            .collect(),
    }
}

fn row(context: &Context<'_>, at: usize) -> Option<Vec<String>> {
    let result = context.result(at)?;
    let none = || "–".to_owned();
    let percent = |share: f64| number::fixed(100.0 * share, 1);
    let importance = result.importance.as_ref().filter(|it| it.share.is_some());
    let standing = subject::standing(context, Some(&result.score), 1);
    let driver = plane::share(result).is_some();
    let position = result.position.as_ref().filter(|_| driver);
    Some(vec![
        context.named(at),
        importance.and_then(|it| it.share).map_or_else(none, percent),
        importance.and_then(|it| it.ci).map_or_else(none, |[low, high]| {
            number::between(&percent(low), &percent(high))
        }),
        subject::printed(&standing).to_owned(),
        result.score.points_ci.map_or_else(none, number::interval),
        number::plain(context.target_of(at)),
        quarter(context, result),
        position.and_then(|it| it.probability).map_or_else(none, number::surely),
        lift_cell(context, result),
        result.lift.as_ref().and_then(|it| lift::rank(context, it)).unwrap_or_else(none),
        importance.and_then(|it| it.johnson).map_or_else(none, percent),
        asymmetry(context, result),
    ])
}

/// The quarter; of a touchpoint in the model that is no driver, that it is none.
fn quarter(context: &Context<'_>, result: &TouchpointResult) -> String {
    let in_model = result.importance.as_ref().is_some_and(|it| it.share.is_some());
    if plane::share(result).is_some() {
        return plane::quarter(context, result).unwrap_or_else(|| "–".to_owned());
    }
    let key = if in_model { "priorities.no_link" } else { "priorities.outside" };
    context.locale.word(key)
}

/// The lift; at the target and over it there is none, but something to protect.
fn lift_cell(context: &Context<'_>, result: &TouchpointResult) -> String {
    let at_target = result
        .score
        .points
        .zip(context.index(&result.id).map(|at| context.target_of(at)))
        .is_some_and(|(points, target)| points >= target);
    match &result.lift {
        Some(lift) if lift.rank.is_some() => lift::cell(context, lift),
        Some(_) if at_target => context.locale.word("lift.protect"),
        _ => "–".to_owned(),
    }
}

fn asymmetry(context: &Context<'_>, result: &TouchpointResult) -> String {
    let class = match result.asymmetry.as_ref().map(|it| it.class) {
        None => return "–".to_owned(),
        Some(AsymmetryClass::MustBe) => "must_be",
        Some(AsymmetryClass::OneDimensional) => "one_dimensional",
        Some(AsymmetryClass::Delighter) => "delighter",
        Some(AsymmetryClass::Undetermined) => "undetermined",
    };
    context.locale.word(&format!("asymmetry.{class}"))
}
