//! Sweeps: every column in turn is ordered by where its neighbours stand in the column
//! before, from left to right and back.
//!
//! K. Sugiyama, S. Tagawa and M. Toda, “Methods for visual understanding of hierarchical
//! system structures”, IEEE Transactions on Systems, Man and Cybernetics 11(2), 1981; the
//! median: P. Eades and N. Wormald, “Edge crossings in drawings of bipartite graphs”, 1994.

use super::crossing::crossings;
use super::network::Network;
use super::order::Order;
use super::work::Work;

/// What an item of a column is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The mean of the places of its neighbours.
    Mean,
    /// Their median.
    Median,
}

/// Which column is held while its neighbour is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Left,
    Right,
}

/// Sweeps until `patience` of them in a row bring no better order, or `work` is done; the
/// best order found.
pub(super) fn sweep(
    network: &Network,
    start: Order,
    by: By,
    (patience, work): (usize, &mut Work),
) -> Order {
    let lines: usize = network.right.iter().map(Vec::len).sum();
    let mut best = (crossings(network, &start), start.clone());
    let mut order = start;
    let mut vain = 0;
    let mut turn = 0_usize;
    while vain < patience && best.0 > 0 && !work.is_done() {
        work.spend(30 * (lines + network.items.len()));
        let held = if turn.is_multiple_of(2) { Held::Left } else { Held::Right };
        // Equals change places in every other pair of sweeps, so that none is stuck.
        let equals_turn = turn % 4 >= 2;
        let columns = order.columns.len();
        for step in 1..columns {
            let at = if held == Held::Left { step } else { columns - 1 - step };
            arrange(network, &mut order, at, (held, by, equals_turn));
        }
        order.keep();
        let found = crossings(network, &order);
        if found < best.0 {
            best = (found, order.clone());
            vain = 0;
        } else {
            vain += 1;
        }
        turn += 1;
    }
    best.1
}

fn arrange(
    network: &Network,
    order: &mut Order,
    at: usize,
    (held, by, equals_turn): (Held, By, bool),
) {
    let sides = if held == Held::Left { &network.left } else { &network.right };
    let mut places: Vec<usize> = Vec::new();
    let mut moved: Vec<(f64, usize)> = Vec::new();
    for item in &order.columns[at] {
        places.clear();
        places.extend(sides[*item].iter().map(|it| order.places[*it]));
        if !places.is_empty() {
            moved.push((middle(&mut places, by), *item));
        }
    }
    if equals_turn {
        moved.reverse();
    }
    moved.sort_by(|one, other| one.0.total_cmp(&other.0));
    // What has no neighbour keeps its place among the others.
    let mut moved = moved.into_iter();
    let free = |item: &usize| sides[*item].is_empty();
    let items: Vec<usize> = order.columns[at]
        .iter()
        .filter_map(
            |item| if free(item) { Some(*item) } else { moved.next().map(|it| it.1) },
        )
        .collect();
    order.set(at, items);
}

#[expect(clippy::cast_precision_loss, reason = "places are far below 2^52")]
fn middle(places: &mut [usize], by: By) -> f64 {
    match by {
        By::Mean => places.iter().sum::<usize>() as f64 / places.len() as f64,
        By::Median => {
            places.sort_unstable();
            let half = places.len() / 2;
            if places.len().is_multiple_of(2) {
                f64::midpoint(places[half - 1] as f64, places[half] as f64)
            } else {
                places[half] as f64
            }
        }
    }
}
