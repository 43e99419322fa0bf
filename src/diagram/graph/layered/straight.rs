//! Straightens lines: the slots of a line move to one height wherever there is room.

use super::height::Room;
use super::network::Network;
use super::order::Order;

/// Straightens every path; `ports` as for [`super::height::Pulls`].
pub(super) fn straighten(
    network: &Network,
    order: &Order,
    (rooms, ports): (&[Room], &[(f64, f64)]),
    heights: &mut [f64],
) {
    // Each may make room for another.
    for _ in 0..2 {
        for (path, (out, into)) in network.paths.iter().zip(ports) {
            let [first, slots @ .., last] = path.as_slice() else { continue };
            let mut level = heights[*first] + out;
            let goal = heights[*last] + into;
            let mut rest = slots;
            while !rest.is_empty() {
                let (run, free) = level_run(rest, |slot| free(network, order, rooms, heights, slot));
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
}

/// How many of `slots` can be level from the first on, and between which heights.
fn level_run(
    slots: &[usize],
    free: impl Fn(usize) -> (f64, f64),
) -> (usize, (f64, f64)) {
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

/// Between which heights a slot can move, its column staying as it is.
fn free(
    network: &Network,
    order: &Order,
    rooms: &[Room],
    heights: &[f64],
    slot: usize,
) -> (f64, f64) {
    let column = &order.columns[network.columns[slot]];
    let place = order.places[slot];
    let above = place.checked_sub(1).map(|it| column[it]);
    let below = column.get(place + 1);
    (
        above.map_or(f64::NEG_INFINITY, |it| {
            heights[it] + rooms[it].below + rooms[slot].above
        }),
        below.map_or(f64::INFINITY, |it| {
            heights[*it] - rooms[*it].above - rooms[slot].below
        }),
    )
}
