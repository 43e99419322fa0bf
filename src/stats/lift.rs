//! What the outcome would gain if a driver came up to its target.

use crate::model::Interval;

use super::correlation::Correlation;
use super::link::Link;
use super::lmg::Decomposition;

/// Change of the outcome by one unit of a driver among its users, net of the other drivers, in
/// units of the outcome: `(LMG_j / r_jy) · (σ_y / σ_j)`, consistent with the shares in that the
/// standardised slopes times r sum to R².
///
/// 0 for a driver that has no positive link. An association: it foretells only if it is causal
/// and the other drivers stay as they are. `j` counts drivers from 0. Lipovetsky & Conklin, ASMBI
/// 17:319, 2001. METHOD §11.1.
#[must_use]
pub fn net_slope(r: &Correlation, lmg: &Decomposition, j: usize, link: Link) -> f64 {
    match link {
        Link::NotPositive => 0.0,
        Link::Positive => {
            lmg.gains()[j] / r.outcome()[j] * (r.outcome_spread() / r.spread()[j])
        }
    }
}

/// Gain of the mean outcome, in its units, when the mean of a driver's users rises to `target`:
/// reach · slope · max(0, target − mean). 0 at the target and over it.
#[must_use]
pub fn lift(reach: f64, slope: f64, mean: f64, target: f64) -> f64 {
    reach * slope * (target - mean).max(0.0)
}

/// Gain of the mean outcome when nobody scores low any more: the share of all rows that did,
/// times what a low score costs. 0 where low scores cost nothing.
#[must_use]
pub fn lift_of_fixing_failures(share_low: f64, penalty: f64) -> f64 {
    share_low * (-penalty).max(0.0)
}

/// The ranks that are within reach of one standard error, 1 being the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankInterval {
    /// When this one is an error better, and all others an error worse.
    pub best: usize,
    /// When this one is an error worse, and all others an error better.
    pub worst: usize,
}

/// Rank intervals of values with their standard errors; the largest value ranks first.
#[must_use]
pub fn rank_intervals(values: &[(f64, f64)]) -> Vec<RankInterval> {
    let interval = |(at, &(value, error)): (usize, &(f64, f64))| {
        let others = || values.iter().enumerate().filter(move |(other, _)| *other != at);
        let surely_over = |(_, (v, e)): &(usize, &(f64, f64))| v - e > value + error;
        let maybe_over = |(_, (v, e)): &(usize, &(f64, f64))| v + e > value - error;
        RankInterval {
            best: 1 + others().filter(surely_over).count(),
            worst: 1 + others().filter(maybe_over).count(),
        }
    };
    values.iter().enumerate().map(interval).collect()
}

/// Positions whose interval overlaps that of the largest value: priorities that the sample cannot
/// tell from the first. Empty without values.
#[must_use]
pub fn tied_with_leader(values: &[(f64, Interval)]) -> Vec<usize> {
    let leader = values.iter().max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, leading)) = leader else { return Vec::new() };
    let overlaps = |(_, (_, interval)): &(usize, &(f64, Interval))| {
        interval[1] >= leading[0] && interval[0] <= leading[1]
    };
    values.iter().enumerate().filter(overlaps).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_slope_and_gap_make_a_lift() {
        assert!((lift(0.5, 0.2, 3.5, 4.0) - 0.05).abs() < 1e-15);
        assert!(lift(0.5, 0.2, 4.5, 4.0).abs() < f64::EPSILON);
    }

    #[test]
    fn fixing_failures_that_cost_nothing_gains_nothing() {
        assert!((lift_of_fixing_failures(0.1, -0.8) - 0.08).abs() < 1e-15);
        assert!(lift_of_fixing_failures(0.1, 0.3).abs() < f64::EPSILON);
    }

    #[test]
    fn ranks_within_one_error() {
        let ranks = rank_intervals(&[(5.0, 1.0), (4.0, 0.5), (1.0, 0.1)]);
        let expected = [(1, 2), (1, 2), (3, 3)];
        for (rank, (best, worst)) in ranks.into_iter().zip(expected) {
            assert_eq!(rank, RankInterval { best, worst });
        }
    }

    #[test]
    fn the_leader_is_tied_with_those_it_overlaps() {
        let values = [(3.0, [2.0, 4.0]), (5.0, [3.5, 6.5]), (1.0, [0.0, 2.0])];
        assert_eq!(tied_with_leader(&values), [0, 1]);
        assert!(tied_with_leader(&[]).is_empty());
    }
}
