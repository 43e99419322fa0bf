//! How high every item stands: near its neighbours, in the order of its column.

use super::network::Network;
use super::order::Order;
use super::pool::pooled;

/// Sweeps in which an item looks to one side only, and then to both.
const ONE_SIDED: usize = 4;
const BOTH_SIDED: usize = 8;

/// Room that an item takes from its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Room {
    /// Upwards.
    pub(super) above: f64,
    /// Downwards.
    pub(super) below: f64,
}

/// A neighbour that an item would like to stand level with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pull {
    /// The neighbour.
    pub(super) other: usize,
    /// From the middle of the neighbour to where this item would be level.
    pub(super) shift: f64,
    weight: f64,
}

/// By item: its neighbours to the left and to the right.
pub(super) struct Pulls {
    pub(super) left: Vec<Vec<Pull>>,
    pub(super) right: Vec<Vec<Pull>>,
}

impl Pulls {
    /// The pulls of the paths of `network`; `ports` says how far below the middle of its nodes
    /// each path leaves and enters.
    pub(super) fn new(network: &Network, ports: &[(f64, f64)]) -> Self {
        let mut pulls = Self {
            left: vec![Vec::new(); network.items.len()],
            right: vec![Vec::new(); network.items.len()],
        };
        for (path, (out, into)) in network.paths.iter().zip(ports) {
            let last = path.len().saturating_sub(2);
            for (step, pair) in path.windows(2).enumerate() {
                let leave = if step == 0 { *out } else { 0.0 };
                let enter = if step == last { *into } else { 0.0 };
                // A bend hurts most in the middle of a line: E. Gansner et al., “A technique
                // for drawing directed graphs”, 1993.
                let weight = match (step == 0, step == last) {
                    (true, true) => 1.0,
                    (false, false) => 8.0,
                    _ => 2.0,
                };
                pulls.left[pair[1]].push(Pull {
                    other: pair[0],
                    shift: leave - enter,
                    weight,
                });
                pulls.right[pair[0]].push(Pull {
                    other: pair[1],
                    shift: enter - leave,
                    weight,
                });
            }
        }
        pulls
    }
}

/// By item: the height of its middle.
pub(super) fn heights(
    network: &Network,
    order: &Order,
    rooms: &[Room],
    pulls: &Pulls,
) -> Vec<f64> {
    let mut heights = stacked(order, rooms);
    for sweep in 0..ONE_SIDED + BOTH_SIDED {
        let both = sweep >= ONE_SIDED;
        let rightwards = sweep % 2 == 0;
        for step in 0..network.width {
            let at = if rightwards { step } else { network.width - 1 - step };
            let [left, right] = [both || rightwards, both || !rightwards];
            let wanted = |item: usize, heights: &[f64]| {
                let (one, other) = (&pulls.left[item], &pulls.right[item]);
                let pulls =
                    one.iter().filter(|_| left).chain(other.iter().filter(|_| right));
                let (mut sum, mut weight) = (0.0, 0.0);
                for pull in pulls {
                    sum += pull.weight * (heights[pull.other] + pull.shift);
                    weight += pull.weight;
                }
                // What nothing pulls stays, if nothing pushes.
                if weight > 0.0 { (sum / weight, weight) } else { (heights[item], 0.05) }
            };
            place(&order.columns[at], rooms, &mut heights, wanted);
        }
    }
    heights
}

/// Columns one below the other, their middles level.
fn stacked(order: &Order, rooms: &[Room]) -> Vec<f64> {
    let mut heights = vec![0.0; rooms.len()];
    for column in &order.columns {
        let whole: f64 =
            column.iter().map(|it| rooms[*it].above + rooms[*it].below).sum();
        let mut y = -whole / 2.0;
        for item in column {
            heights[*item] = y + rooms[*item].above;
            y += rooms[*item].above + rooms[*item].below;
        }
    }
    heights
}

/// Places a column as near as can be to where its items want to be, none on another.
fn place(
    column: &[usize],
    rooms: &[Room],
    heights: &mut [f64],
    wanted: impl Fn(usize, &[f64]) -> (f64, f64),
) {
    let mut depth = 0.0;
    let mut depths = Vec::with_capacity(column.len());
    let mut targets = Vec::with_capacity(column.len());
    for (at, item) in column.iter().enumerate() {
        if at > 0 {
            depth += rooms[column[at - 1]].below + rooms[*item].above;
        }
        let (value, weight) = wanted(*item, heights);
        depths.push(depth);
        targets.push((value - depth, weight));
    }
    for ((item, depth), value) in column.iter().zip(depths).zip(pooled(&targets)) {
        heights[*item] = value + depth;
    }
}
