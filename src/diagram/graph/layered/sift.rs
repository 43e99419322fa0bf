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

/// Where the neighbours of an item stand: left and right, each from above.
type Ends = [Vec<usize>; 2];

fn sift_column(
    network: &Network,
    order: &mut Order,
    at: usize,
    work: &mut Work,
) -> usize {
    let mut items = order.columns[at].clone();
    let sorted = |neighbours: &Vec<usize>| {
        let mut places: Vec<usize> =
            neighbours.iter().map(|it| order.places[*it]).collect();
        places.sort_unstable();
        places
    };
    let mut ends: Vec<Ends> = items
        .iter()
        .map(|it| [sorted(&network.left[*it]), sorted(&network.right[*it])])
        .collect();
    let mut saved = 0;
    for item in order.columns[at].clone() {
        let Some(from) = items.iter().position(|it| *it == item) else { continue };
        let (to, gain) = best_place(&ends, from, work);
        if to < from {
            items[to..=from].rotate_right(1);
            ends[to..=from].rotate_right(1);
        } else {
            items[from..=to].rotate_left(1);
            ends[from..=to].rotate_left(1);
        }
        saved += gain;
    }
    order.set(at, items);
    saved
}

/// The best place for the item at `from`, and how many crossings it saves.
fn best_place(ends: &[Ends], from: usize, work: &mut Work) -> (usize, usize) {
    let mut best = (from, 0_isize);
    let own = &ends[from];
    let weight = own[0].len() + own[1].len();
    let above = from.saturating_sub(REACH)..from;
    let below = from + 1..ends.len().min(from + REACH + 1);
    work.spend((above.len() + below.len()) * (2 + weight));
    let mut change = 0_isize;
    for to in above.rev() {
        change += swap(&ends[to], own);
        if change < best.1 {
            best = (to, change);
        }
    }
    let mut change = 0_isize;
    for to in below {
        change += swap(own, &ends[to]);
        if change < best.1 {
            best = (to, change);
        }
    }
    (best.0, best.1.unsigned_abs())
}

/// By how many crossings there are more when `upper` and `lower` change places.
fn swap(upper: &Ends, lower: &Ends) -> isize {
    let sides = upper.iter().zip(lower);
    sides.map(|(upper, lower)| inversions(upper, lower)).sum()
}

/// Pairs in which the upper ends above, less those in which it ends below; both sorted.
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
        sum = sum.saturating_add_unsigned(lower.len() - until).saturating_sub_unsigned(below);
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
