//! Which way a transition goes: straight, round a corner, or under its tier.

use std::cmp::Ordering;

use super::bundle::{Bundle, bundles};
use super::grid::{Cell, Grid};
use crate::diagram::subject::Subject;

/// What a transition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Forward.
    Forward,
    /// Out of the journey before its end.
    Exit,
    /// Back, or round to the same touchpoint.
    Back,
}

/// The side of a node at which a transition leaves or enters it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Left,
    Right,
    Bottom,
}

/// The way of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// At one height, through nothing.
    Straight,
    /// Through one gap, up or down in it.
    Step { gap: usize },
    /// Under the tier.
    Under,
    /// Under the tier, and no further.
    Out,
    /// To another tier.
    Across,
}

/// A transition with its way.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Positions of the transitions.
    pub(super) links: Vec<usize>,
    /// Its words.
    pub(super) label: String,
    /// Passages per customer, as far as known.
    pub(super) volume: Option<f64>,
    /// What it is.
    pub(super) kind: Kind,
    /// Its way.
    pub(super) way: Way,
    /// Where it leaves.
    pub(super) from: Cell,
    /// Where it enters; for [`Way::Out`] the same cell.
    pub(super) to: Cell,
    /// Side at which it leaves.
    pub(super) leaves: Side,
    /// Side at which it enters.
    pub(super) enters: Side,
}

impl Plan {
    /// The gap beside the node it leaves; gaps have the number of the column right of them.
    pub(super) fn gap_out(&self) -> usize {
        self.from.column + 1
    }

    /// The gap beside the node it enters.
    pub(super) fn gap_in(&self) -> usize {
        if self.enters == Side::Right { self.to.column + 1 } else { self.to.column }
    }
}

/// A way for every transition whose ends are drawn.
pub(super) fn plans(subject: &Subject, grid: &Grid) -> Vec<Plan> {
    let mut plans: Vec<Plan> =
        bundles(subject, grid).into_iter().map(|it| plan(it, grid)).collect();
    make_way(&mut plans);
    plans
}

/// Of several lines that go straight from one node, or to one, only those to the next column
/// keep the middle of its side; beside them the others would be slanted, so they go under
/// the tier.
fn make_way(plans: &mut [Plan]) {
    let is_straight = |plan: &Plan| plan.way == Way::Straight;
    let straight: Vec<(Cell, Cell)> = plans
        .iter()
        .filter(|plan| is_straight(plan))
        .map(|plan| (plan.from, plan.to))
        .collect();
    let shared = |plan: &Plan| {
        let meets = |(from, to): &&(Cell, Cell)| *from == plan.from || *to == plan.to;
        straight.iter().filter(meets).count() > 1
    };
    for plan in plans {
        if is_straight(plan) && plan.to.column > plan.from.column + 1 && shared(plan) {
            plan.way = Way::Under;
            plan.leaves = low_side(plan.from);
            plan.enters = low_side_in(plan.to);
        }
    }
}

fn plan(bundle: Bundle, grid: &Grid) -> Plan {
    let (from, to) = (bundle.from, bundle.to);
    let draft = Plan {
        links: bundle.links,
        label: bundle.label,
        volume: bundle.volume,
        kind: bundle.kind,
        way: Way::Under,
        from,
        to,
        leaves: Side::Right,
        enters: Side::Left,
    };
    let beside = from.tier == to.tier && to.column == from.column + 1;
    if bundle.ends && !beside && !leads_straight(&draft, grid) {
        let kind = Kind::Exit;
        return Plan { kind, way: Way::Out, to: from, leaves: low_side(from), ..draft };
    }
    match from.tier.cmp(&to.tier) {
        Ordering::Equal => within_tier(draft, grid),
        Ordering::Less => Plan {
            way: Way::Across,
            // The last column has the whole margin beside it.
            leaves: if from.column + 1 == grid.columns[from.tier] {
                Side::Right
            } else {
                low_side(from)
            },
            ..draft
        },
        Ordering::Greater => Plan { way: Way::Across, enters: low_side_in(to), ..draft },
    }
}

fn leads_straight(plan: &Plan, grid: &Grid) -> bool {
    let (from, to) = (plan.from, plan.to);
    from.tier == to.tier
        && from.column < to.column
        && same_height(from, to)
        && grid.is_clear(from.tier, from.column + 1..to.column, from.offset())
}

fn within_tier(draft: Plan, grid: &Grid) -> Plan {
    let (from, to) = (draft.from, draft.to);
    if leads_straight(&draft, grid) {
        return Plan { way: Way::Straight, ..draft };
    }
    if to.column == from.column + 1 {
        return Plan { way: Way::Step { gap: to.column }, ..draft };
    }
    if to.column == from.column && to.row != from.row {
        return Plan {
            way: Way::Step { gap: to.column + 1 },
            enters: Side::Right,
            ..draft
        };
    }
    Plan { leaves: low_side(from), enters: low_side_in(to), ..draft }
}

fn same_height(from: Cell, to: Cell) -> bool {
    (from.offset() - to.offset()).abs() < 0.5
}

fn low_side(cell: Cell) -> Side {
    if cell.is_lowest() { Side::Bottom } else { Side::Right }
}

fn low_side_in(cell: Cell) -> Side {
    if cell.is_lowest() { Side::Bottom } else { Side::Left }
}
