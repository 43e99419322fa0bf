//! How often lines cross between neighbouring columns.
//!
//! Counted by an accumulator tree in O(e·log v): W. Barth, M. Jünger and P. Mutzel, “Simple
//! and efficient bilayer cross counting”, Graph Drawing 2002, LNCS 2528.

use super::network::Network;
use super::order::Order;

/// Crossings of the whole network in this order.
pub(super) fn crossings(network: &Network, order: &Order) -> usize {
    (0..order.columns.len()).map(|right| between(network, order, right)).sum()
}

/// Crossings between column `right` and the one before; none before the first.
pub(super) fn between(network: &Network, order: &Order, right: usize) -> usize {
    let Some(left) = right.checked_sub(1) else { return 0 };
    let mut tree = Tree::new(order.columns[right].len());
    let mut ends: Vec<usize> = Vec::new();
    let mut crossings = 0;
    for item in &order.columns[left] {
        ends.clear();
        ends.extend(network.right[*item].iter().map(|end| order.places[*end]));
        crossings += ends.iter().map(|end| tree.above(*end)).sum::<usize>();
        for end in &ends {
            tree.add(*end);
        }
    }
    crossings
}

/// Numbers of lines that end at each place: P. M. Fenwick, “A new data structure for
/// cumulative frequency tables”, 1994.
struct Tree {
    sums: Vec<usize>,
    whole: usize,
}

impl Tree {
    fn new(places: usize) -> Self {
        Self { sums: vec![0; places + 1], whole: 0 }
    }

    fn add(&mut self, place: usize) {
        let mut at = place + 1;
        while at < self.sums.len() {
            self.sums[at] += 1;
            at += at & at.wrapping_neg();
        }
        self.whole += 1;
    }

    /// How many of those added end at a later place than `place`.
    fn above(&self, place: usize) -> usize {
        let mut at = place + 1;
        let mut until = 0;
        while at > 0 {
            until += self.sums[at];
            at &= at - 1;
        }
        self.whole - until
    }
}
