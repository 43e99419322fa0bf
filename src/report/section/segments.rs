//! Who feels it?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::Band;
use crate::diagram::curves as diagram;
use crate::diagram::heatmap::{HeatCell, HeatColumn, HeatRow, HeatTable};

use super::super::context::Context;
use super::super::wording::segment;
use super::super::{heat, number};
use super::{Built, LeftOut, map, value};

/// A table.
#[derive(Serialize)]
struct TableView {
    caption: String,
    groups: Vec<GroupView>,
    rows: Vec<RowView>,
}

/// A segment variable.
#[derive(Serialize)]
struct GroupView {
    name: String,
    columns: Vec<ColumnView>,
}

/// A value.
#[derive(Serialize)]
struct ColumnView {
    name: String,
    n: String,
    /// Whether a group begins here.
    opens: bool,
}

/// A touchpoint.
#[derive(Serialize)]
struct RowView {
    code: Option<String>,
    name: String,
    opens: bool,
    cells: Vec<CellView>,
}

/// A cell.
#[derive(Serialize)]
struct CellView {
    class: String,
    text: String,
    /// Further words in small type.
    few: Option<String>,
    /// What a dash stands for.
    why: Option<String>,
    /// Whether it is better than all others, and the words for it.
    better: bool,
    differs: Option<String>,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let locale = &context.locale;
    let Some(shown) = heat::heat(context) else {
        return Built::LeftOut(locale.word("left_out.segments"));
    };
    let total = &shown.heat.total;
    let tables = shown.heat.tables.iter();
    let tables: Vec<TableView> = tables.map(|it| table(context, it)).collect();
    let cells = || shown.heat.tables.iter().flat_map(|it| &it.rows).flat_map(all);
    let text = number::count_of;
    let capped = shown.capped.iter().map(|(name, all)| {
        let gaps =
            [("segment", &**name), ("n", &*text(heat::VALUES)), ("all", &*text(*all))];
        locale.say("segments.capped", &gaps)
    });
    let rows = shown.rows.filter(|_| context.subject.is_large()).map(|rows| {
        let all = context.journey.touchpoints.len();
        locale.say("segments.rows", &[("n", &text(rows)), ("all", &text(all))])
    });
    let margin = number::plain(context.journey.rules.min_effect);
    Built::Shown(context! {
        title => segment::title(context),
        deck => locale.say("segments.deck", &[("margin", &margin)]),
        keys => value(map::band_keys(context)),
        differs => cells().any(|it| matches!(it, HeatCell::Scored { differs: Some(_), .. })),
        low => cells().any(|it| matches!(it, HeatCell::Low { .. })),
        few => locale.say(
            "low_base",
            &[("least", &number::plain(context.journey.rules.low_base))],
        ),
        dash => cells().any(|it| matches!(it, HeatCell::Dash(_))),
        total => value(column(total)),
        tables => value(tables),
        curves => value(curves(context)),
        notes => capped.chain(rows).collect::<Vec<String>>(),
    })
}

/// Width of a panel of curves, in pixels.
const PANEL: f64 = 400.0;

/// The curves of a segment variable.
#[derive(Serialize)]
struct CurvesView {
    title: String,
    panels: Vec<Value>,
}

fn curves(context: &Context<'_>) -> Vec<CurvesView> {
    let all = super::super::curves::curves(context).into_iter().enumerate();
    all.map(|(at, (name, found))| {
        let panels = diagram::curves(&found, PANEL).into_iter().enumerate();
        let panels = panels
            .map(|(panel, it)| context.picture(&it, &format!("curve-{at}-{panel}")));
        CurvesView {
            title: context.locale.say("curves.title", &[("segment", &name)]),
            panels: panels.collect(),
        }
    })
    .collect()
}

/// Every cell of a row.
fn all(row: &HeatRow) -> impl Iterator<Item = &HeatCell> {
    [&row.total].into_iter().chain(row.groups.iter().flatten())
}

fn table(context: &Context<'_>, table: &HeatTable) -> TableView {
    let names: Vec<&str> = table.groups.iter().map(|it| it.name.as_str()).collect();
    let names = names.join(&context.locale.word("list.flags"));
    let group = |group: &crate::diagram::heatmap::HeatGroup| GroupView {
        name: group.name.clone(),
        columns: group
            .columns
            .iter()
            .enumerate()
            .map(|(at, it)| ColumnView { opens: at == 0, ..column(it) })
            .collect(),
    };
    TableView {
        caption: context.locale.say("segments.caption", &[("segments", &names)]),
        groups: table.groups.iter().map(group).collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

fn column(column: &HeatColumn) -> ColumnView {
    ColumnView { name: column.name.clone(), n: column.n.clone(), opens: false }
}

fn row(row: &HeatRow) -> RowView {
    let groups = row.groups.iter().flat_map(|group| {
        group.iter().enumerate().map(|(at, it)| cell(it, if at == 0 { "o" } else { "" }))
    });
    RowView {
        code: row.code.clone(),
        name: row.name.clone(),
        opens: row.opens,
        cells: [cell(&row.total, "all")].into_iter().chain(groups).collect(),
    }
}

/// `place` is a class for where the cell stands.
fn cell(cell: &HeatCell, place: &str) -> CellView {
    let with = |class: &str| {
        let classes = [class, place];
        let some: Vec<&str> = classes.into_iter().filter(|it| !it.is_empty()).collect();
        some.join(" ")
    };
    let plain = |class: &str, text: &str| CellView {
        class: with(class),
        text: text.to_owned(),
        few: None,
        why: None,
        better: false,
        differs: None,
    };
    match cell {
        HeatCell::Scored { text, band, differs: None } => plain(tint(*band), text),
        HeatCell::Scored { text, band, differs: Some(differs) } => CellView {
            better: differs.better,
            differs: Some(differs.sentence.clone()),
            ..plain(&format!("{} x", tint(*band)), text)
        },
        HeatCell::Low { text, few } => {
            CellView { few: Some(few.clone()), ..plain("lo", text) }
        }
        HeatCell::Words(why) => plain("no", why),
        HeatCell::Dash(why) => CellView { why: Some(why.clone()), ..plain("no", "–") },
    }
}

/// Classes are short: a heat map has hundreds of cells.
const fn tint(band: Band) -> &'static str {
    match band {
        Band::Weak => "b0",
        Band::Watch => "b1",
        Band::Solid => "b2",
        Band::Strong => "b3",
    }
}
