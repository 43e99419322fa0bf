//! Sifting: every item tries every place of its column and keeps the best, both
//! neighbouring columns being held.
//!
//! C. Matuszewski, R. Schönfeld and P. Molitor, “Using sifting for k-layer straightline
//! crossing minimization”, Graph Drawing 1999, LNCS 1731.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::network::Network;
use super::order::Order;
use super::work::Work;

/// Pairs of ends from which on they are merged rather than compared each with each.
const MERGED: usize = 32;
/// How many places an item looks up and down.
const REACH: usize = 250;

/// Sifts the columns `waiting`, and those beside a column that changed, until none changes or
/// `work` is done. The order is never worse after it; returns how many crossings were saved.
pub(super) fn sift(
    network: &Network,
    order: &mut Order,
    mut waiting: BTreeSet<usize>,
    work: &mut Work,
) -> usize {
    let mut saved = 0;
    let mut next = 0;
    while !work.is_done() {
        // Round and round, so that no column waits for ever.
        let found = waiting.range(next..).next().or_else(|| waiting.first()).copied();
        let Some(at) = found else { break };
        waiting.remove(&at);
        next = at + 1;
        let here = sift_column(network, order, at, work);
        if here > 0 {
            waiting.extend(at.checked_sub(1));
            waiting.extend((at + 1 < order.columns.len()).then_some(at + 1));
        }
        saved += here;
    }
    saved
}

/// Where the neighbours of the items of a column stand.
struct Ends {
    /// Places, those of one item and side together and sorted.
    places: Vec<usize>,
    /// By item, in the present order: where in `places` its left ones begin, its right ones
    /// begin, and they end.
    sides: Vec<[usize; 3]>,
}

impl Ends {
    fn new(network: &Network, order: &Order, column: usize) -> Self {
        let mut ends = Self { places: Vec::new(), sides: Vec::new() };
        for item in &order.columns[column] {
            let begin = ends.places.len();
            let middle = ends.extend(&network.left[*item], order);
            let end = ends.extend(&network.right[*item], order);
            ends.sides.push([begin, middle, end]);
        }
        ends
    }

    /// Adds the places of `neighbours`; where they end.
    fn extend(&mut self, neighbours: &[usize], order: &Order) -> usize {
        let from = self.places.len();
        self.places.extend(neighbours.iter().map(|it| order.places[*it]));
        self.places[from..].sort_unstable();
        self.places.len()
    }

    fn of(&self, at: usize) -> [&[usize]; 2] {
        let [begin, middle, end] = self.sides[at];
        [&self.places[begin..middle], &self.places[middle..end]]
    }

    /// The best place for the item at `from`, and how many crossings it saves.
    fn best_place(&self, from: usize, work: &mut Work) -> (usize, usize) {
        let mut best = (from, 0_isize);
        let [left, right] = self.of(from);
        let above = from.saturating_sub(REACH)..from;
        let below = from + 1..self.sides.len().min(from + REACH + 1);
        work.spend((above.len() + below.len()) * (2 + left.len() + right.len()));
        // By how many crossings there are more when it goes below the item at `to`.
        let past = |to: usize| {
            let other = self.of(to);
            inversions(left, other[0]) + inversions(right, other[1])
        };
        let mut change = 0_isize;
        for to in above.rev() {
            change -= past(to);
            if change < best.1 {
                best = (to, change);
            }
        }
        let mut change = 0_isize;
        for to in below {
            change += past(to);
            if change < best.1 {
                best = (to, change);
            }
        }
        (best.0, best.1.unsigned_abs())
    }
}

fn sift_column(
    network: &Network,
    order: &mut Order,
    at: usize,
    work: &mut Work,
) -> usize {
    let turn = order.columns[at].clone();
    let mut items = turn.clone();
    let mut ends = Ends::new(network, order, at);
    let mut saved = 0;
    for item in turn {
        let Some(from) = items.iter().position(|it| *it == item) else { continue };
        let (to, gain) = ends.best_place(from, work);
        if to < from {
            items[to..=from].rotate_right(1);
            ends.sides[to..=from].rotate_right(1);
        } else {
            items[from..=to].rotate_left(1);
            ends.sides[from..=to].rotate_left(1);
        }
        saved += gain;
    }
    if saved > 0 {
        order.set(at, items);
    }
    saved
}

/// Pairs in which the upper ends above, less those in which it ends below; both sorted.
#[inline]
fn inversions(upper: &[usize], lower: &[usize]) -> isize {
    if upper.len() * lower.len() > MERGED {
        return merged(upper, lower);
    }
    let mut sum = 0_isize;
    for one in upper {
        for other in lower {
            sum += match one.cmp(other) {
                Ordering::Less => 1,
                Ordering::Equal => 0,
                Ordering::Greater => -1,
            };
        }
    }
    sum
}

/// The same by going through both at once.
fn merged(upper: &[usize], lower: &[usize]) -> isize {
    let (mut below, mut until) = (0, 0);
    let mut sum = 0_isize;
    for one in upper {
        while lower.get(below).is_some_and(|it| it < one) {
            below += 1;
        }
        while lower.get(until).is_some_and(|it| it <= one) {
            until += 1;
        }
        sum = sum
            .saturating_add_unsigned(lower.len() - until)
            .saturating_sub_unsigned(below);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{inversions, merged};

    #[test]
    fn ends_are_compared_pair_by_pair() {
        // By hand: (1, 2) and (1, 3) end above, (5, 2) and (5, 3) below, (2, 2) level.
        assert_eq!(inversions(&[1], &[2, 3]), 2);
        assert_eq!(inversions(&[5], &[2, 3]), -2);
        assert_eq!(inversions(&[2], &[2, 3]), 1);
    }

    #[test]
    fn merging_finds_the_same() {
        let upper = [0, 1, 1, 4, 9, 9, 12];
        let lower = [0, 2, 4, 4, 9, 20];
        assert_eq!(merged(&upper, &lower), inversions(&upper, &lower));
    }
}
