//! What do the people inside say, and does it go with what customers say?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::symbol;
use crate::model::{InsideResult, SupportLink, TouchpointResult};

use super::super::context::Context;
use super::super::wording::change;
use super::super::{number, subject};
use super::{Built, LeftOut, value};

/// An internal touchpoint.
#[derive(Serialize)]
struct RowView {
    code: String,
    name: String,
    owner: Option<String>,
    band: &'static str,
    glyph: Value,
    score: String,
    ci: String,
    n: String,
    change: String,
    supports: Vec<SupportView>,
}

/// A touchpoint of customers that it supports.
#[derive(Serialize)]
struct SupportView {
    code: String,
    name: String,
    hint: String,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let Some(inside) = &context.journey.inside else {
        return Built::LeftOut(context.locale.word("left_out.inside"));
    };
    let Some(result) = context.analysis.inside.as_deref() else {
        return Built::LeftOut(context.locale.word("left_out.inside.unasked"));
    };
    let touchpoints = inside.journey.touchpoints.iter();
    let rows: Vec<RowView> = touchpoints
        .filter_map(|it| {
            let of =
                result.analysis.touchpoints.iter().find(|other| other.id == it.id)?;
            let owner = it.owner.as_ref().map(|it| context.text(it).to_owned());
            Some(row(
                context,
                (it.code.clone(), context.text(&it.name), owner),
                of,
                result,
            ))
        })
        .collect();
    Built::Shown(context! {
        title => title(context, result),
        deck => context.locale.word("inside.deck"),
        rows => value(rows),
    })
}

/// The lowest score inside.
fn title(context: &Context<'_>, result: &InsideResult) -> String {
    let scored = result.analysis.touchpoints.iter().filter(|it| it.score.is_shown());
    let lowest = scored
        .filter_map(|it| Some((it.score.points?, it)))
        .min_by(|(a, _), (b, _)| a.total_cmp(b));
    let Some((points, lowest)) = lowest else {
        return context.locale.word("inside.title.none");
    };
    let inside = context.journey.inside.as_ref();
    let touchpoint = inside
        .and_then(|it| it.journey.touchpoints.iter().find(|other| other.id == lowest.id));
    let name = touchpoint.map_or("", |it| context.text(&it.name));
    let code = touchpoint.map_or("", |it| &it.code);
    let gaps = [("code", code), ("name", name), ("score", &number::fixed(points, 1))];
    context.locale.say("inside.title", &gaps)
}

fn row(
    context: &Context<'_>,
    (code, name, owner): (String, &str, Option<String>),
    of: &TouchpointResult,
    result: &InsideResult,
) -> RowView {
    let none = || "–".to_owned();
    let standing = subject::standing(context, Some(&of.score), 1);
    let band = match &standing {
        crate::diagram::Standing::Scored { band, .. } => band.id(),
        crate::diagram::Standing::Absent(_) => "none",
    };
    let shown = of.score.is_shown();
    let links = result.links.iter().filter(|it| it.internal == of.id);
    RowView {
        code,
        name: name.to_owned(),
        owner,
        band,
        glyph: Value::from_safe_string(standing.symbol().map(symbol).unwrap_or_default()),
        score: subject::with_base(context, &standing),
        ci: of.score.points_ci.filter(|_| shown).map_or_else(none, number::interval),
        n: of.score.n.filter(|_| shown).map_or_else(none, number::count),
        change: of
            .change
            .as_ref()
            .filter(|_| shown)
            .map_or_else(none, |it| change::sentence(context, it)),
        supports: links.filter_map(|it| support(context, it)).collect(),
    }
}

fn support(context: &Context<'_>, link: &SupportLink) -> Option<SupportView> {
    let (code, name) = context.name(context.index(&link.touchpoint)?);
    Some(SupportView { code, name, hint: hint(context, link) })
}

/// Whether the scores go together, as a hint.
fn hint(context: &Context<'_>, link: &SupportLink) -> String {
    let locale = &context.locale;
    let (Some(rho), Some([low, high])) = (link.rho, link.ci) else {
        return locale.word("inside.few");
    };
    let key = match (low > 0.0, high < 0.0) {
        (true, _) => "inside.together",
        (_, true) => "inside.against",
        _ => "inside.open",
    };
    let over = match &link.segment {
        Some(segment) => {
            locale.say("inside.over", &[("segment", &context.variable(segment))])
        }
        None => locale.word("inside.over.waves"),
    };
    let gaps = [
        ("rho", &*number::signed(rho, 2)),
        ("low", &*number::signed(low, 2)),
        ("high", &*number::signed(high, 2)),
        ("pairs", &*number::count_of(link.pairs)),
        ("over", &*over),
    ];
    locale.say(key, &gaps)
}
