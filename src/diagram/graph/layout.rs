//! Pixels: how wide gaps are, how high tiers are, where nodes and lines go.

mod across;
mod down;

use super::grid::{Grid, stage_top};
use super::plan::{Kind, Plan};
use super::port::{Ports, ports};
use super::route::{Route, routes};
use super::{NODE_HEIGHT, NODE_WIDTH};
use crate::diagram::scene::Rect;
use crate::diagram::style::STAGE;
use crate::diagram::subject::{Place, Subject};
use crate::diagram::text::{Measure, wrap};
pub(super) use across::Across;
pub(super) use down::Down;

/// Radius of the marks where customers come in and leave.
pub(super) const TERMINAL: f64 = 8.0;

/// A graph laid out.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// By touchpoint: its node.
    pub nodes: Vec<Rect>,
    /// Boxes around the stages.
    pub stages: Vec<StageBox>,
    /// Where customers come in.
    pub start: Option<(f64, f64)>,
    /// Where they leave.
    pub end: Option<(f64, f64)>,
    /// The transitions.
    pub routes: Vec<Route>,
}

impl Layout {
    /// Where no word may be: touchpoints, names of stages, and the marks where customers come
    /// in and leave.
    pub(super) fn taken(&self) -> Vec<Rect> {
        let marks = [self.start, self.end].into_iter().flatten();
        let marks = marks.map(|(x, y)| Rect::new(x, y, 0.0, 0.0).grown(TERMINAL));
        let names = self.stages.iter().map(|stage| stage.name);
        self.nodes.iter().copied().chain(names).chain(marks).collect()
    }
}

/// The box around the touchpoints of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageBox {
    /// Position of the stage.
    pub stage: usize,
    /// The box.
    pub rect: Rect,
    /// Room for the name above it.
    pub name: Rect,
}

/// Everything that routes need to know of places.
pub(super) struct Places<'a> {
    pub(super) grid: &'a Grid,
    pub(super) plans: &'a [Plan],
    pub(super) ports: &'a [Ports],
    pub(super) across: Across,
    pub(super) down: Down,
}

/// The layout of `grid` with every plan of `plans` in it.
pub(super) fn lay_out(subject: &Subject, grid: &Grid, plans: &[Plan]) -> Layout {
    let ports = ports(plans);
    let across = Across::new(grid, plans);
    let names = name_lines(subject, grid, &across);
    let down = Down::new((grid, plans, &ports), &across, &names);
    let places = Places { grid, plans, ports: &ports, across, down };
    let nodes: Vec<Rect> = grid.cells.iter().map(|cell| places.node(*cell)).collect();
    let stages = stages(&places, &names);
    let terminal = |place: Place| {
        let used = plans.iter().any(|plan| {
            let touches = |at: &usize| {
                subject
                    .links
                    .get(*at)
                    .is_some_and(|link| link.from == place || link.to == place)
            };
            plan.links.iter().any(touches) && plan.kind != Kind::Exit
        });
        used.then(|| grid.cell(place).map(|cell| places.node(cell).centre())).flatten()
    };
    let (start, end) = (terminal(Place::Start), terminal(Place::End));
    let (width, height) = (places.across.width, places.down.height);
    let mut layout =
        Layout { width, height, nodes, stages, start, end, routes: Vec::new() };
    layout.routes = routes(&places, &layout);
    layout
}

impl Places<'_> {
    /// The box of a node; a small one for start and end.
    pub(super) fn node(&self, cell: super::grid::Cell) -> Rect {
        let x = self.across.column(cell.tier, cell.column);
        let y = self.down.middle(cell.tier) + cell.offset();
        let is_terminal = Some(cell) == self.grid.start || Some(cell) == self.grid.end;
        if is_terminal {
            Rect::new(x, y - TERMINAL, 2.0 * TERMINAL, 2.0 * TERMINAL)
        } else if cell.span > 1 {
            let top = stage_top(cell.span);
            Rect::new(x - 5.0, y + top, NODE_WIDTH + 10.0, -2.0 * top)
        } else {
            Rect::new(x, y - NODE_HEIGHT / 2.0, NODE_WIDTH, NODE_HEIGHT)
        }
    }
}

/// By stage of the grid: width of its name, and its lines.
///
/// A name keeps to the first column of its stage when something comes down from the tier
/// above between two of its columns.
fn name_lines(subject: &Subject, grid: &Grid, across: &Across) -> Vec<(f64, usize)> {
    let stages = grid.stages.iter();
    stages
        .map(|it| {
            let free = across.free_from_above(it.tier, it.columns.clone());
            let width = if free {
                across.column(it.tier, it.columns.end - 1) + NODE_WIDTH
                    - across.column(it.tier, it.columns.start)
            } else {
                NODE_WIDTH
            } + 6.0;
            let measure = Measure {
                size: STAGE.size,
                weight: STAGE.weight,
                width,
                indent: 0.0,
                lines: 2,
            };
            let name =
                subject.stages.get(it.stage).map_or("", |stage| stage.name.as_str());
            (width, wrap(&format!("{} {name}", it.stage + 1), measure).lines.len())
        })
        .collect()
}

fn stages(places: &Places<'_>, names: &[(f64, usize)]) -> Vec<StageBox> {
    let stages = places.grid.stages.iter().zip(names);
    stages
        .map(|(it, (width, lines))| {
            let left = places.across.column(it.tier, it.columns.start) - 5.0;
            let right =
                places.across.column(it.tier, it.columns.end - 1) + NODE_WIDTH + 5.0;
            let top = places.down.middle(it.tier) + stage_top(it.rows);
            let height = -2.0 * stage_top(it.rows);
            #[expect(clippy::cast_precision_loss, reason = "one or two lines")]
            let name = *lines as f64 * STAGE.line_height();
            StageBox {
                stage: it.stage,
                rect: Rect::new(left, top, right - left, height),
                name: Rect::new(left + 3.0, top - name - 7.0, *width, name),
            }
        })
        .collect()
}
