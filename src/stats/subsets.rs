//! The gains of every driver over all subsets of the others.

use super::correlation::{Correlation, PIVOT};

/// Matrices that go through the subsets side by side.
pub(super) const SIDE_BY_SIDE: usize = 4;

/// One number for each of the matrices side by side.
type Lane = [f64; SIDE_BY_SIDE];

/// LMG of each matrix, all of the same size, over all subsets of the drivers.
///
/// A depth-first walk decides driver by driver whether it is in the subset. What is left to
/// decide is kept as the residual covariances given the subset so far, the upper triangle by rows
/// with the outcome as last column: to leave a driver out is to drop the first row, to take it in
/// is one step of elimination. A subset costs 6 multiplications on average, whatever k: Σ r² / 2^r.
/// The R² of a subset enters the gains of its members by one addition on the way back.
pub(super) fn gains_of_all_subsets(matrices: &[&Correlation]) -> Vec<Vec<f64>> {
    let Some(k) = matrices.first().map(|r| r.k()).filter(|&k| k > 0) else {
        return vec![Vec::new(); matrices.len()];
    };
    debug_assert!(
        matrices.iter().all(|r| r.k() == k),
        "replicates have the same drivers"
    );
    let order_weights = order_weights(k);
    let mut gains = Vec::with_capacity(matrices.len());
    for some in matrices.chunks(SIDE_BY_SIDE) {
        let lane = |l: usize| some[l.min(some.len() - 1)];
        let mut state = Vec::with_capacity(triangle(k));
        for i in 0..k {
            for j in i..k {
                state.push(std::array::from_fn(|l| lane(l).drivers()[(i, j)]));
            }
            state.push(std::array::from_fn(|l| lane(l).outcome()[i]));
        }
        let mut walk =
            Walk { k, weights: &order_weights, members: vec![[0.0; SIDE_BY_SIDE]; k] };
        let mut scratch = vec![[0.0; SIDE_BY_SIDE]; (1..k).map(triangle).sum()];
        let all = walk.below(
            &state,
            At { left: k, taken: 0, r2: [0.0; SIDE_BY_SIDE] },
            &mut scratch,
        );
        for l in 0..some.len() {
            gains.push(walk.members.iter().map(|sum| sum[l] - all.outside[l]).collect());
        }
    }
    gains
}

/// Residual covariances of `left` drivers with one another and with the outcome.
const fn triangle(left: usize) -> usize {
    left * (left + 3) / 2
}

/// The share of orders in which `s` given drivers come first and a given one follows,
/// `s! (k − s − 1)! / k!`, for s from 0; 0 for k.
fn order_weights(k: usize) -> Vec<f64> {
    let count = |n: usize| u32::try_from(n).map_or(f64::INFINITY, f64::from);
    let mut weights = vec![1.0 / count(k)];
    for s in 1..k {
        weights.push(weights[s - 1] * count(s) / count(k - s));
    }
    weights.push(0.0);
    weights
}

struct Walk<'a> {
    k: usize,
    weights: &'a [f64],
    /// For each driver, Σ over its subsets of R² times what it counts as a member.
    members: Vec<Lane>,
}

/// Where the walk is: how many drivers are left to decide, how many were taken, their R².
#[derive(Clone, Copy)]
struct At {
    left: usize,
    taken: usize,
    r2: Lane,
}

/// Sums over the subsets below a place: R² times what a member counts, and a non-member.
#[derive(Clone, Copy)]
struct Below {
    inside: Lane,
    outside: Lane,
}

impl Walk<'_> {
    fn below(&mut self, state: &[Lane], at: At, scratch: &mut [Lane]) -> Below {
        let (row, others) = state.split_at(at.left + 1);
        let inverse = row[0].map(|pivot| if pivot < PIVOT { 0.0 } else { 1.0 / pivot });
        let (y, left) = (row[at.left], at.left - 1);
        let r2 = std::array::from_fn(|l| at.r2[l] + y[l] * y[l] * inverse[l]);
        if left == 0 {
            let with = self.subset(At { left, taken: at.taken + 1, r2 });
            return self.join(with, self.subset(At { left, ..at }), at.left);
        }
        let (next, deeper) = scratch.split_at_mut(others.len());
        eliminate(row, others, &inverse, next);
        let with = self.below(next, At { left, taken: at.taken + 1, r2 }, deeper);
        let without = self.below(others, At { left, ..at }, scratch);
        self.join(with, without, at.left)
    }

    /// Both sides of the decision on the first of the drivers `left`.
    fn join(&mut self, with: Below, without: Below, left: usize) -> Below {
        for (sum, inside) in self.members[self.k - left].iter_mut().zip(with.inside) {
            *sum += inside;
        }
        Below {
            inside: std::array::from_fn(|l| with.inside[l] + without.inside[l]),
            outside: std::array::from_fn(|l| with.outside[l] + without.outside[l]),
        }
    }

    /// Nothing is left to decide.
    fn subset(&self, at: At) -> Below {
        let outside = self.weights[at.taken];
        let before = at.taken.checked_sub(1).map_or(0.0, |s| self.weights[s]);
        Below {
            inside: at.r2.map(|r2| r2 * (before + outside)),
            outside: at.r2.map(|r2| r2 * outside),
        }
    }
}

/// `next` = the rows after the first, given the first.
fn eliminate(row: &[Lane], others: &[Lane], inverse: &Lane, next: &mut [Lane]) {
    let mut start = 0;
    for i in 1..row.len() - 1 {
        let factor: Lane = std::array::from_fn(|l| row[i][l] * inverse[l]);
        let length = row.len() - i;
        let from = &others[start..start + length];
        let to = &mut next[start..start + length];
        for ((to, from), first) in to.iter_mut().zip(from).zip(&row[i..]) {
            for l in 0..SIDE_BY_SIDE {
                to[l] = from[l] - factor[l] * first[l];
            }
        }
        start += length;
    }
}
