//! Where transitions touch a node.

use std::collections::BTreeMap;

use super::grid::Cell;
use super::plan::{Plan, Side, Way};
use super::{NODE_HEIGHT, NODE_WIDTH};

/// Least distance of two ports from each other, if there is room.
const STEP: f64 = 13.0;

/// A point at a side of a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Port {
    /// The side.
    pub(super) side: Side,
    /// Distance from the middle of the side.
    pub(super) along: f64,
}

impl Port {
    /// Distance from the middle of the node, along the level.
    pub(super) fn level(&self) -> f64 {
        if self.side == Side::Bottom { self.along } else { 0.0 }
    }
}

/// Where a plan leaves and enters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ports {
    pub(super) out: Port,
    pub(super) into: Port,
}

/// Which end of a plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Out,
    Into,
}

/// One end of a plan at a side of a node.
#[derive(Clone, Copy)]
struct User {
    plan: usize,
    end: End,
    /// Where the other end lies along the side: the order of the ports.
    key: f64,
    /// Whether it goes straight on and so belongs in the middle.
    straight: bool,
}

/// By plan: its two ports. Lines that go straight on take the middle of a side, others lie
/// above or below in the order in which they turn off, so that they do not cross.
pub(super) fn ports(plans: &[Plan]) -> Vec<Ports> {
    let mut sides: BTreeMap<(usize, usize, usize, usize, Side), Vec<User>> =
        BTreeMap::new();
    for (at, plan) in plans.iter().enumerate() {
        let straight = plan.way == Way::Straight;
        let mut add = |cell: Cell, side: Side, end: End| {
            let key = key(plan, side, end);
            let user = User { plan: at, end, key, straight };
            sides
                .entry((cell.tier, cell.column, cell.row, cell.span, side))
                .or_default()
                .push(user);
        };
        add(plan.from, plan.leaves, End::Out);
        if plan.way != Way::Out {
            add(plan.to, plan.enters, End::Into);
        }
    }
    let middle = |side: Side| Port { side, along: 0.0 };
    let mut ports: Vec<Ports> = plans
        .iter()
        .map(|plan| Ports { out: middle(plan.leaves), into: middle(plan.enters) })
        .collect();
    for ((.., side), mut users) in sides {
        users.sort_by(|one, other| one.key.total_cmp(&other.key));
        for (user, along) in users.iter().zip(spread(&users, side)) {
            let port = &mut ports[user.plan];
            match user.end {
                End::Out => port.out.along = along,
                End::Into => port.into.along = along,
            }
        }
    }
    ports
}

/// Bottom: by column of the other end. Left and right: what turns up first, down last.
fn key(plan: &Plan, side: Side, end: End) -> f64 {
    let (own, other) = match end {
        End::Out => (plan.from, plan.to),
        End::Into => (plan.to, plan.from),
    };
    #[expect(clippy::cast_precision_loss, reason = "a handful of tiers and columns")]
    let lies = |one: usize, other: usize| one as f64 - other as f64;
    if side == Side::Bottom {
        // A way round to itself leaves at the right and comes back at the left.
        let itself = if end == End::Out { 0.4 } else { -0.4 };
        return lies(other.column, own.column) + itself;
    }
    match plan.way {
        Way::Straight => 0.0,
        Way::Step { .. } => other.offset() - own.offset(),
        Way::Under | Way::Out => 1e6,
        Way::Across => 1e6 * lies(other.tier, own.tier),
    }
}

fn spread(users: &[User], side: Side) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a handful of ports")]
    let number = |at: usize| at as f64;
    let middle = users
        .iter()
        .position(|user| user.straight)
        .map_or(number(users.len().saturating_sub(1)) / 2.0, number);
    let half = if side == Side::Bottom {
        NODE_WIDTH / 2.0 - 12.0
    } else {
        NODE_HEIGHT / 2.0 - 7.0
    };
    let wanted = if side == Side::Bottom { 2.0 * STEP } else { STEP };
    let most = middle.max(number(users.len().saturating_sub(1)) - middle).max(1.0);
    let step = wanted.min(half / most);
    (0..users.len()).map(|at| (number(at) - middle) * step).collect()
}
