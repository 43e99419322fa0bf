//! The heat map as a picture.

use super::{Heat, HeatCell, HeatColumn, HeatRow, HeatTable};
use crate::diagram::lines::{Block, Space, block};
use crate::diagram::scene::{Anchor, Form, Item, Label, Rect, Scene, shape};
use crate::diagram::style::{BODY, CODE, LANE, PANEL, QUIET, TICK};
use crate::diagram::subject::Band;
use crate::diagram::text;

/// Room for codes.
const CODES: f64 = 34.0;
/// Room for codes and names.
const NAMES: f64 = 236.0;
/// Least and greatest width of a cell: a score, an arrow, or “n < 10”.
const CELL: [f64; 2] = [64.0, 92.0];
/// Space between groups of columns.
const GUTTER: f64 = 10.0;
/// Least height of a row, and the space between cells.
const ROW: f64 = 26.0;
const SEAM: f64 = 2.0;
/// Space between stages.
const STAGE: f64 = 7.0;
/// Space between tables.
const TABLES: f64 = 34.0;

/// The picture of `heat`, as wide as its columns need and at least `width`.
#[must_use]
pub fn heatmap(heat: &Heat, width: f64, title: &str, description: &str) -> Scene {
    let mut items: Vec<Item> = Vec::new();
    let (mut bottom, mut right): (f64, f64) = (0.0, width);
    for table in &heat.tables {
        let top = if bottom > 0.0 { bottom + TABLES } else { 0.0 };
        let grid = Grid::new(table, width);
        let (names, below) = grid.head(table, &heat.total, top);
        items.extend(names);
        let mut y = below;
        for row in &table.rows {
            let (cells, end) = grid.row(row, y);
            items.extend(cells);
            y = end;
        }
        bottom = y;
        right = right.max(grid.right());
    }
    Scene {
        origin: (0.0, 0.0),
        width: right.ceil(),
        height: bottom.ceil(),
        title: title.to_owned(),
        description: description.to_owned(),
        items,
    }
}

/// Where the columns of a table are.
struct Grid {
    /// Left edges: of the total, then of the values group by group.
    total: f64,
    groups: Vec<Vec<f64>>,
    cell: f64,
}

impl Grid {
    #[expect(clippy::cast_precision_loss, reason = "a screen of columns")]
    fn new(table: &HeatTable, width: f64) -> Self {
        let columns: usize = table.groups.iter().map(|it| it.columns.len()).sum();
        let gutters = GUTTER * table.groups.len() as f64;
        let room = (width - NAMES - gutters) / (columns + 1) as f64;
        let cell = room.floor().clamp(CELL[0], CELL[1]);
        let mut x = NAMES + cell + GUTTER;
        let mut groups = Vec::new();
        for group in &table.groups {
            let lefts = (0..group.columns.len()).map(|at| x + at as f64 * cell).collect();
            groups.push(lefts);
            x += cell * group.columns.len() as f64 + GUTTER;
        }
        Self { total: NAMES, groups, cell }
    }

    fn right(&self) -> f64 {
        self.groups.iter().flatten().copied().fold(self.total, f64::max) + self.cell
    }

    /// Names of groups, of values, and their numbers, standing on one line; and where the
    /// rows begin.
    fn head(&self, table: &HeatTable, total: &HeatColumn, top: f64) -> (Vec<Item>, f64) {
        let mut items: Vec<Item> = Vec::new();
        let mut rule: f64 = 0.0;
        let spans: Vec<(f64, f64)> = self
            .groups
            .iter()
            .filter_map(|lefts| Some((*lefts.first()?, *lefts.last()? + self.cell)))
            .collect();
        for ((left, right), group) in spans.iter().zip(&table.groups) {
            let space = Space {
                at: (f64::midpoint(*left, *right), top),
                anchor: Anchor::Middle,
                width: right - left - SEAM,
                lines: 2,
            };
            let name = block(&group.name, PANEL, space);
            rule = rule.max(name.height);
            items.extend(name.items);
        }
        let rule = top + rule + 4.0;
        for (left, right) in &spans {
            items.push(shape("rule", Form::Line((*left, rule), (right - SEAM, rule))));
        }
        let columns = table.groups.iter().flat_map(|it| &it.columns);
        let lefts = self.groups.iter().flatten().copied();
        let all: Vec<_> =
            [(self.total, total)].into_iter().chain(lefts.zip(columns)).collect();
        let tallest = all
            .iter()
            .map(|(left, column)| self.column(column, (*left, 0.0)).height)
            .fold(0.0, f64::max);
        for (left, column) in &all {
            let height = self.column(column, (*left, 0.0)).height;
            let y = rule + 6.0 + tallest - height;
            items.extend(self.column(column, (*left, y)).items);
            let at = (left + (self.cell - SEAM) / 2.0, rule + 6.0 + tallest + 12.0);
            let n = Label::new(at, TICK, column.n.as_str());
            items.push(n.anchored(Anchor::Middle).into());
        }
        (items, rule + 6.0 + tallest + 20.0)
    }

    fn column(&self, column: &HeatColumn, (left, top): (f64, f64)) -> Block {
        let space = Space {
            at: (left + (self.cell - SEAM) / 2.0, top),
            anchor: Anchor::Middle,
            width: self.cell - SEAM - 2.0,
            lines: 3,
        };
        block(&column.name, LANE, space)
    }

    /// A row from `top`, and where it ends.
    fn row(&self, row: &HeatRow, top: f64) -> (Vec<Item>, f64) {
        let top = if row.opens { top + STAGE } else { top };
        let left = if row.code.is_some() { CODES } else { 0.0 };
        let style = if row.code.is_some() { BODY } else { CODE };
        let space = |y: f64| Space {
            at: (left, y),
            anchor: Anchor::Start,
            width: NAMES - left - 12.0,
            lines: 2,
        };
        let height = (block(&row.name, style, space(0.0)).height + 8.0).max(ROW);
        let middle = top + (height - SEAM) / 2.0;
        let mut items: Vec<Item> = Vec::new();
        if let Some(code) = &row.code {
            let first = middle - (height - 8.0).max(14.0) / 2.0;
            let y = if height > ROW { first + 0.86 * CODE.size } else { middle + 4.0 };
            items.push(Label::new((0.0, y), CODE, code.as_str()).into());
        }
        let y = middle - block(&row.name, style, space(0.0)).height / 2.0;
        items.extend(block(&row.name, style, space(y)).items);
        let lefts = self.groups.iter().flatten();
        let cells = lefts.copied().zip(row.groups.iter().flatten());
        for (left, cell) in [(self.total, &row.total)].into_iter().chain(cells) {
            let rect = Rect::new(left, top, self.cell - SEAM, height - SEAM);
            items.extend(drawn(cell, rect));
        }
        (items, top + height)
    }
}

fn drawn(cell: &HeatCell, rect: Rect) -> Vec<Item> {
    let (x, y) = rect.centre();
    let text = |style, text: &str, x: f64| {
        Item::from(Label::new((x, y + 4.2), style, text).anchored(Anchor::Middle))
    };
    match cell {
        HeatCell::Scored { text: score, band, differs: None } => {
            vec![shape(tint(*band), Form::Rect(rect, 2.0)), text(BODY, score, x)]
        }
        HeatCell::Scored { text: score, band, differs: Some(differs) } => {
            let wide = text::width(score, CODE.size, CODE.weight);
            let (left, right) = (x + wide / 2.0 - 2.0, x + wide / 2.0 + 5.0);
            let (base, tip) =
                if differs.better { (y + 3.5, y - 3.5) } else { (y - 3.0, y + 4.0) };
            let middle = f64::midpoint(left, right);
            let d = format!("M{left:.1} {base:.1}H{right:.1}L{middle:.1} {tip:.1}Z");
            vec![
                shape(tint(*band), Form::Rect(rect, 2.0)),
                shape("hx", Form::Rect(rect.grown(-0.75), 2.0)),
                text(CODE, score, x - 6.0),
                shape("ar", Form::Path(d)),
            ]
        }
        HeatCell::Low { text: score, few } => {
            let both = format!("{score} {few}");
            vec![shape("gap", Form::Rect(rect, 2.0)), text(TICK, &both, x)]
        }
        HeatCell::Words(why) => {
            let space = Space {
                at: (x, y - 0.5 * QUIET.size),
                anchor: Anchor::Middle,
                width: rect.w - 2.0,
                lines: 1,
            };
            block(why, QUIET, space).items
        }
        HeatCell::Dash(_) => vec![text(QUIET, "–", x)],
    }
}

fn tint(band: Band) -> &'static str {
    match band {
        Band::Weak => "ht-weak",
        Band::Watch => "ht-watch",
        Band::Solid => "ht-solid",
        Band::Strong => "ht-strong",
    }
}
