//! Straightens lines: the slots of a line move to one height wherever there is room.

use super::height::{Pulls, Room};
use super::network::{Item, Network};
use super::order::Order;

/// How far a node is moved at most for a line of its own.
const NUDGE: f64 = 24.0;
/// Lines of a node that are looked at.
const LINES: usize = 16;

/// Straightens every path; `ports` as for [`super::height::Pulls`].
pub(super) fn straighten(
    network: &Network,
    order: &Order,
    (rooms, ports): (&[Room], &[(f64, f64)]),
    heights: &mut [f64],
) {
    for (path, (out, into)) in network.paths.iter().zip(ports) {
        let [first, slots @ .., last] = path.as_slice() else { continue };
        let mut level = heights[*first] + out;
        let goal = heights[*last] + into;
        let mut rest = slots;
        while !rest.is_empty() {
            let (run, free) =
                level_run(rest, |slot| free(network, order, rooms, heights, slot));
            let (now, later) = rest.split_at(run);
            level = if holds(free, level) {
                level
            } else if holds(free, goal) {
                goal
            } else {
                level.clamp(free.0, free.1)
            };
            for slot in now {
                heights[*slot] = level;
            }
            rest = later;
        }
    }
}

/// Moves every node by a little where that makes more of its lines level.
pub(super) fn level(
    network: &Network,
    order: &Order,
    (rooms, pulls): (&[Room], &Pulls),
    heights: &mut [f64],
) {
    for node in 0..network.items.len() {
        if !matches!(network.items[node], Item::Node(_)) {
            break;
        }
        let range = free(network, order, rooms, heights, node);
        let lines = pulls.left[node].iter().chain(&pulls.right[node]).take(LINES);
        let levels: Vec<f64> =
            lines.map(|pull| heights[pull.other] + pull.shift).collect();
        let at = heights[node];
        let count = |y: f64| levels.iter().filter(|it| (**it - y).abs() < 0.05).count();
        let near =
            levels.iter().filter(|it| (**it - at).abs() <= NUDGE && holds(range, **it));
        // Of equally good ones the nearest; staying is as near as can be.
        let best = near.chain([&at]).min_by(|one, other| {
            count(**other)
                .cmp(&count(**one))
                .then((**one - at).abs().total_cmp(&(**other - at).abs()))
        });
        heights[node] = best.copied().unwrap_or(at);
    }
}

/// How many of `slots` can be level from the first on, and between which heights.
fn level_run(slots: &[usize], free: impl Fn(usize) -> (f64, f64)) -> (usize, (f64, f64)) {
    let mut common = (f64::NEG_INFINITY, f64::INFINITY);
    for (at, slot) in slots.iter().enumerate() {
        let here = free(*slot);
        let both = (common.0.max(here.0), common.1.min(here.1));
        if both.0 > both.1 {
            if at > 0 {
                return (at, common);
            }
            // Rounding alone can make it so: the slot stays between its neighbours.
            let middle = f64::midpoint(both.0, both.1);
            return (1, (middle, middle));
        }
        common = both;
    }
    (slots.len(), common)
}

fn holds(free: (f64, f64), level: f64) -> bool {
    free.0 <= level && level <= free.1
}

/// Between which heights an item can move, its column staying as it is.
fn free(
    network: &Network,
    order: &Order,
    rooms: &[Room],
    heights: &[f64],
    item: usize,
) -> (f64, f64) {
    let column = &order.columns[network.columns[item]];
    let place = order.places[item];
    let above = place.checked_sub(1).map(|it| column[it]);
    let below = column.get(place + 1);
    (
        above.map_or(f64::NEG_INFINITY, |it| {
            heights[it] + rooms[it].below + rooms[item].above
        }),
        below.map_or(f64::INFINITY, |it| {
            heights[*it] - rooms[*it].above - rooms[item].below
        }),
    )
}
