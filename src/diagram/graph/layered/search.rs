//! The search for an order with few crossings: several beginnings, each swept and sifted;
//! then the best of them is disturbed in one place and sifted again, over and over, and
//! what is no worse is kept.
//!
//! The last is an iterated local search: H. R. Lourenço, O. C. Martin and T. Stützle,
//! “Iterated local search”, Handbook of Metaheuristics, 2003.

use std::collections::BTreeSet;

use super::crossing::{between, crossings};
use super::network::Network;
use super::order::Order;
use super::sift::sift;
use super::sweep::{By, sweep};
use super::work::Work;

/// Sweeps in vain before an order is sifted.
const PATIENCE: usize = 4;
/// Columns that are disturbed at once.
const DISTURBED: usize = 3;

/// An order with few crossings.
pub(super) fn search(network: &Network, mut work: Work) -> Order {
    let all: BTreeSet<usize> = (0..network.width).collect();
    let mut first = work.percent(60);
    let before = first;
    let mut best: Option<(usize, Order)> = None;
    for start in starts(network) {
        for by in [By::Mean, By::Median] {
            if best.as_ref().is_some_and(|it| it.0 == 0 || first.is_done()) {
                continue;
            }
            let mut order = sweep(network, start.clone(), by, (PATIENCE, &mut first));
            sift(network, &mut order, all.clone(), &mut first);
            let found = crossings(network, &order);
            if best.as_ref().is_none_or(|it| found < it.0) {
                best = Some((found, order));
            }
        }
    }
    work.spend(before.less(first));
    let Some((crossings, order)) = best else {
        return Order::new(network, 0..network.items.len());
    };
    disturb(network, order, crossings, work)
}

/// Orders to begin with: that of the map, and neighbours next to each other, found from the
/// left and from the right.
fn starts(network: &Network) -> [Order; 3] {
    let items = network.items.len();
    [
        Order::new(network, 0..items),
        Order::new(network, found(network, [&network.left, &network.right]).into_iter()),
        Order::new(network, found(network, [&network.right, &network.left]).into_iter()),
    ]
}

/// Every item in the order in which a depth-first search comes to it; `sides` says on which
/// side it looks last, and so goes first.
fn found(network: &Network, sides: [&Vec<Vec<usize>>; 2]) -> Vec<usize> {
    let mut seen = vec![false; network.items.len()];
    let mut found = Vec::new();
    for root in 0..network.items.len() {
        let mut waiting = vec![root];
        while let Some(item) = waiting.pop() {
            if std::mem::replace(&mut seen[item], true) {
                continue;
            }
            found.push(item);
            for side in sides {
                waiting.extend(side[item].iter().rev().filter(|it| !seen[**it]));
            }
        }
    }
    found
}

fn disturb(
    network: &Network,
    mut order: Order,
    mut crossings: usize,
    mut work: Work,
) -> Order {
    let mut chance = Chance(1);
    let lines: usize = network.right.iter().map(Vec::len).sum();
    let each = 40 * lines / network.width.max(1) + 1;
    let mut vain = 0;
    while crossings > 0 && !work.is_done() && vain < 60 * network.width {
        let first = chance.below(network.width);
        let columns = first..(first + 1 + chance.below(DISTURBED)).min(network.width);
        order.keep();
        let around = columns.start..(columns.end + 1).min(network.width);
        let count = |order: &Order| -> usize {
            around.clone().map(|at| between(network, order, at)).sum()
        };
        let before = count(&order);
        for at in columns {
            turn_some(&mut order, at, &mut chance);
        }
        let after = count(&order);
        let saved = sift(network, &mut order, around.clone().collect(), &mut work);
        work.spend(each);
        vain += 1;
        if after <= before + saved {
            if after < before + saved {
                vain = 0;
            }
            crossings = crossings + after - before - saved;
        } else {
            order.undo();
        }
    }
    order
}

/// Turns a stretch of a column upside down.
fn turn_some(order: &mut Order, at: usize, chance: &mut Chance) {
    let mut items = order.columns[at].clone();
    if items.len() < 2 {
        return;
    }
    let from = chance.below(items.len());
    let until = (from + 2 + chance.below(items.len())).min(items.len());
    items[from..until].reverse();
    order.set(at, items);
}

/// Numbers without a pattern, the same in every run: G. Marsaglia, “Xorshift RNGs”, 2003.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        // Half of the bits fit into any `usize`.
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }
}
