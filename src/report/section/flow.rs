//! Which paths, branches and loops do customers take?

use minijinja::context;

use crate::diagram::Place;

use super::super::context::Context;
use super::super::table::{Head, Table};
use super::super::wording::title;
use super::super::{number, picture, way};
use super::{Built, LeftOut, map, value};

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    if context.subject.marks.len() < 2 {
        return Built::LeftOut(context.locale.word("left_out.flow"));
    }
    let large = context.subject.is_large() && context.subject.stages.len() > 1;
    let scene = if large {
        picture::stage_graph(context)
    } else {
        picture::graph_scene(context, picture::PAGE)
    };
    Built::Shown(context! {
        title => title::flow(context),
        deck => context.locale.word(match (context.journey.flow.declared, large) {
            (true, false) => "flow.deck",
            (true, true) => "flow.deck.stages",
            (false, _) => "flow.deck.undeclared",
        }),
        picture => context.picture(&scene, "flow"),
        keys => value(map::keys(context)),
        facts => value(way::facts(context)),
        table => value(table(context)),
    })
}

fn table(context: &Context<'_>) -> Table {
    let locale = &context.locale;
    let name = |place: Place| match place {
        Place::Start => locale.word("flow.start"),
        Place::End => locale.word("flow.end"),
        Place::At(at) => context.named(at),
    };
    let kind = |from: Place, to: Place| match (from, to) {
        (Place::At(from), Place::At(to)) if from >= to => "flow.kind.back",
        (_, Place::End) => "flow.kind.end",
        _ => "flow.kind.forward",
    };
    let rows = context.subject.links.iter().map(|link| {
        let volume = link.volume.map(|volume| number::fixed(volume * 100.0, 0));
        vec![
            name(link.from),
            name(link.to),
            if link.label.is_empty() { "–".to_owned() } else { link.label.clone() },
            volume.unwrap_or_else(|| "–".to_owned()),
            locale.word(kind(link.from, link.to)),
        ]
    });
    Table {
        caption: locale.word("flow.name"),
        head: vec![
            Head::words(locale.word("col.from")),
            Head::words(locale.word("col.to")),
            Head::words(locale.word("col.share")),
            Head::numbers(locale.word("col.passages")),
            Head::words(locale.word("col.kind")),
        ],
        rows: rows.collect(),
    }
}
