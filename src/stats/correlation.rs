//! Correlations of an outcome and its drivers, from their co-moments.

use super::comoments::Comoments;
use super::linear::{Square, cholesky, forward, solve_cholesky, symmetric_eigen};

/// A pivot under this is a driver that the others determine.
pub(super) const PIVOT: f64 = 1e-10;

/// Eigenvalues under this are raised to it.
const SMALLEST: f64 = 1e-4;

/// With an eigenvalue under this, a pairwise matrix contradicts itself beyond repair.
const BEYOND_REPAIR: f64 = -0.05;

/// Correlations of k drivers with one another and with the outcome, and the spreads that slopes
/// need.
#[derive(Clone, Debug, PartialEq)]
pub struct Correlation {
    drivers: Square,
    outcome: Vec<f64>,
    spread: Vec<f64>,
    outcome_spread: f64,
}

/// A matrix of pairwise correlations, which may have had to be repaired.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairwise {
    /// Correlations among those who answered both, as used.
    pub correlation: Correlation,
    /// Smallest eigenvalue of the matrix of outcome and drivers before repair; at most 1.
    pub smallest_eigenvalue: f64,
    /// Frobenius norm of the change by the repair over that of the matrix; 0 when it was sound.
    pub repair: f64,
}

/// Why there is no correlation matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoCorrelation {
    /// A variable (0 is the outcome) has no answers, or they are all the same.
    Constant(usize),
    /// Nobody answered both.
    NoPair(usize, usize),
    /// Pairwise correlations contradict one another beyond repair: the smallest eigenvalue.
    Contradictory(f64),
}

impl Correlation {
    /// The population matrix: what moves the outcome of the whole customer base.
    ///
    /// A score that is structurally absent is centred and set to 0, `z_ij = v_ij (x_ij − μ_j)`,
    /// so that reach is built in, and the matrix is always positive semidefinite. This is the
    /// dummy-variable adjustment in its legitimate case: Allison, *Missing Data*, 2002; Jones,
    /// JASA 91:222, 1996. METHOD §7.1.
    ///
    /// # Errors
    ///
    /// When a variable does not vary.
    pub fn population(sums: &Comoments) -> Result<Self, NoCorrelation> {
        let mean = |i| sums.mean(i).ok_or(NoCorrelation::Constant(i));
        let means = (0..sums.variables()).map(mean).collect::<Result<Vec<_>, _>>()?;
        let total = sums.weight(0, 0);
        let covariance = Square::from_fn(sums.variables(), |i, j| {
            let cross = means[i] * sums.sum(j, i) + means[j] * sums.sum(i, j);
            (sums.product(i, j) - cross + means[i] * means[j] * sums.weight(i, j)) / total
        });
        let spread = (0..sums.variables())
            .map(|i| {
                spread(covariance[(i, i)], means[i]).ok_or(NoCorrelation::Constant(i))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let r = |i: usize, j: usize| covariance[(i, j)] / (spread[i] * spread[j]);
        Ok(Self::from_parts(r, &spread))
    }

    /// The users' matrix: what is linked to the outcome among those who use a touchpoint.
    ///
    /// Each correlation is over the rows that answered both (pairwise available cases). Such a
    /// matrix need not be positive semidefinite; eigenvalues under 1e-4 are raised to it, and the
    /// diagonal is scaled back to 1. METHOD §7.1.
    ///
    /// # Errors
    ///
    /// When a variable does not vary among the rows of a pair, or a pair has no rows, or the
    /// smallest eigenvalue is under −0.05.
    pub fn users(sums: &Comoments) -> Result<Pairwise, NoCorrelation> {
        Self::available(sums)?.repaired()
    }

    /// The users' matrix as [`Self::users`] has it, without the report of its repair: an order
    /// of magnitude faster where none is needed, for the replicates of a jackknife.
    ///
    /// # Errors
    ///
    /// As [`Self::users`].
    pub fn users_replicate(sums: &Comoments) -> Result<Self, NoCorrelation> {
        let available = Self::available(sums)?;
        let mut shifted = available.with_outcome();
        for i in 0..shifted.size() {
            shifted[(i, i)] -= SMALLEST;
        }
        if cholesky(&shifted, 0.0).is_some() {
            return Ok(available);
        }
        available.repaired().map(|repaired| repaired.correlation)
    }

    /// Pairwise correlations as they are.
    fn available(sums: &Comoments) -> Result<Self, NoCorrelation> {
        let k = sums.variables();
        let mut r = Square::from_fn(k, |_, _| 1.0);
        for j in 0..k {
            for i in 0..j {
                let value = pairwise(sums, i, j)?;
                (r[(i, j)], r[(j, i)]) = (value, value);
            }
        }
        let spread = (0..k)
            .map(|i| own_spread(sums, i).ok_or(NoCorrelation::Constant(i)))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self::from_parts(|i, j| r[(i, j)], &spread))
    }

    fn from_parts(r: impl Fn(usize, usize) -> f64, spread: &[f64]) -> Self {
        let unit = |i: usize, j: usize| if i == j { 1.0 } else { r(i + 1, j + 1) };
        Self {
            drivers: Square::from_fn(spread.len() - 1, unit),
            outcome: (1..spread.len()).map(|i| r(0, i)).collect(),
            spread: spread[1..].to_vec(),
            outcome_spread: spread[0],
        }
    }

    /// How many drivers: k.
    #[must_use]
    pub fn k(&self) -> usize {
        self.outcome.len()
    }

    /// Correlations of the drivers with one another; driver 1 of the sums is row 0.
    #[must_use]
    pub fn drivers(&self) -> &Square {
        &self.drivers
    }

    /// Correlations of the drivers with the outcome, −1 to 1.
    #[must_use]
    pub fn outcome(&self) -> &[f64] {
        &self.outcome
    }

    /// Standard deviations (n) of the drivers, zero-filled in the population matrix.
    #[must_use]
    pub fn spread(&self) -> &[f64] {
        &self.spread
    }

    /// Standard deviation (n) of the outcome.
    #[must_use]
    pub fn outcome_spread(&self) -> f64 {
        self.outcome_spread
    }

    /// The same with eigenvalues under 1e-4 raised to it; the outcome is one of the variables,
    /// since R² stays under 1 only when they are sound together.
    fn repaired(self) -> Result<Pairwise, NoCorrelation> {
        let whole = self.with_outcome();
        let eigen = symmetric_eigen(&whole);
        let smallest_eigenvalue = eigen.values.first().copied().unwrap_or(1.0);
        if smallest_eigenvalue < BEYOND_REPAIR {
            return Err(NoCorrelation::Contradictory(smallest_eigenvalue));
        }
        if smallest_eigenvalue >= SMALLEST {
            return Ok(Pairwise { correlation: self, smallest_eigenvalue, repair: 0.0 });
        }
        let size = whole.size();
        let raised = Square::from_fn(size, |i, j| {
            let part = |m: usize| {
                let value = eigen.values[m].max(SMALLEST);
                value * eigen.vectors[(i, m)] * eigen.vectors[(j, m)]
            };
            (0..size).map(part).sum()
        });
        let r = |i: usize, j: usize| {
            raised[(i, j)] / (raised[(i, i)] * raised[(j, j)]).sqrt()
        };
        let change = Square::from_fn(size, |i, j| r(i, j) - whole[(i, j)]);
        let mut spread = vec![self.outcome_spread];
        spread.extend(&self.spread);
        Ok(Pairwise {
            correlation: Self::from_parts(r, &spread),
            smallest_eigenvalue,
            repair: change.norm() / whole.norm(),
        })
    }

    /// Correlations of the outcome, in row 0, and the drivers.
    fn with_outcome(&self) -> Square {
        Square::from_fn(self.k() + 1, |i, j| match (i, j) {
            (0, 0) => 1.0,
            (0, j) => self.outcome[j - 1],
            (i, 0) => self.outcome[i - 1],
            (i, j) => self.drivers[(i - 1, j - 1)],
        })
    }

    /// R² of all drivers together, 0 to 1; `None` when they determine one another.
    #[must_use]
    pub fn r_squared(&self) -> Option<f64> {
        let lower = cholesky(&self.drivers, PIVOT)?;
        Some(forward(&lower, &self.outcome).iter().map(|u| u * u).sum())
    }

    /// Ordinary least-squares slopes, in units of the outcome by one unit of a driver, the others
    /// held; `None` when drivers determine one another.
    ///
    /// To be shown beside [`net_slope`](super::net_slope) only: under collinearity signs flip.
    #[must_use]
    pub fn partial_slopes(&self) -> Option<Vec<f64>> {
        let lower = cholesky(&self.drivers, PIVOT)?;
        let standardised = solve_cholesky(&lower, &self.outcome);
        let slope = |(beta, spread): (f64, &f64)| beta * self.outcome_spread / spread;
        Some(standardised.into_iter().zip(&self.spread).map(slope).collect())
    }
}

/// Standard deviation of a variance that is more than rounding.
fn spread(variance: f64, mean: f64) -> Option<f64> {
    (variance > 1e-12 * mean * mean && variance > 0.0).then(|| variance.sqrt())
}

/// Standard deviation (n) of the answers to `i`; `None` when they are all the same.
pub(super) fn own_spread(sums: &Comoments, i: usize) -> Option<f64> {
    let mean = sums.mean(i)?;
    spread(sums.square(i, i) / sums.weight(i, i) - mean * mean, mean)
}

/// Correlation over the rows that answered both.
fn pairwise(sums: &Comoments, i: usize, j: usize) -> Result<f64, NoCorrelation> {
    if sums.n(i, j) == 0 {
        return Err(NoCorrelation::NoPair(i, j));
    }
    let n = sums.weight(i, j);
    let (mean_i, mean_j) = (sums.sum(i, j) / n, sums.sum(j, i) / n);
    let covariance = sums.product(i, j) / n - mean_i * mean_j;
    let own = |i: usize, j: usize, mean: f64| {
        spread(sums.square(i, j) / n - mean * mean, mean)
            .ok_or(NoCorrelation::Constant(i))
    };
    Ok(covariance / (own(i, j, mean_i)? * own(j, i, mean_j)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Additive, ComomentRows, DriverRow, Weight};

    impl Correlation {
        /// From a whole matrix, the outcome first; spreads are 1.
        pub(crate) fn of<const N: usize>(matrix: &[[f64; N]; N]) -> Self {
            Self::from_parts(|i, j| matrix[i][j], &[1.0; N])
        }
    }

    fn sums(rows: &[(i16, &[Option<i16>])]) -> Comoments {
        let empty = Comoments::new(&vec![1.0; rows[0].1.len() + 1]).unwrap();
        let mut sums = ComomentRows::new(1, &empty);
        for (outcome, drivers) in rows {
            let row =
                DriverRow { group: 0, weight: Weight::ONE, outcome: *outcome, drivers };
            sums.push(row).unwrap();
        }
        sums.finish().total().unwrap()
    }

    /// y 1 2 3 6, x 2 4 6 –: users see r = 1; for all, zero-filled x is −2 0 2 0, y − 3 is
    /// −2 −1 0 3: covariance 4/4, variances 8/4 and 14/4, r = 1/√7.
    #[test]
    fn absent_scores_dilute_only_the_population_matrix() {
        let sums =
            sums(&[(1, &[Some(2)]), (2, &[Some(4)]), (3, &[Some(6)]), (6, &[None])]);
        assert_eq!(sums.rows(), 4);
        let population = Correlation::population(&sums).unwrap();
        assert!((population.outcome()[0] - 1.0 / 7.0_f64.sqrt()).abs() < 1e-15);
        assert!((population.spread()[0] - 2.0_f64.sqrt()).abs() < 1e-15);
        assert!((population.outcome_spread() - 3.5_f64.sqrt()).abs() < 1e-15);
        let users = Correlation::available(&sums).unwrap();
        assert!((users.outcome()[0] - 1.0).abs() < 1e-15);
        assert!((users.spread()[0] - (8.0_f64 / 3.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn a_driver_without_spread_or_without_a_pair_is_named() {
        let constant = sums(&[(1, &[Some(3), Some(1)]), (2, &[Some(3), Some(2)])]);
        assert_eq!(Correlation::population(&constant), Err(NoCorrelation::Constant(1)));
        let apart = sums(&[
            (1, &[Some(1), None]),
            (2, &[Some(2), None]),
            (1, &[None, Some(1)]),
            (2, &[None, Some(2)]),
        ]);
        assert_eq!(Correlation::users(&apart), Err(NoCorrelation::NoPair(1, 2)));
    }

    /// r12 = 0.5, r1 = 0.6, r2 = 0.3: β = (0.6 − 0.15, 0.3 − 0.3) / 0.75, R² = 0.6 · 0.6.
    #[test]
    fn partial_slopes_by_hand() {
        let r = Correlation::of(&[[1.0, 0.6, 0.3], [0.6, 1.0, 0.5], [0.3, 0.5, 1.0]]);
        let slopes = r.partial_slopes().unwrap();
        assert!((slopes[0] - 0.6).abs() < 1e-15 && slopes[1].abs() < 1e-15);
        assert!((r.r_squared().unwrap() - 0.36).abs() < 1e-15);
    }

    /// Three variables at −0.51 each have the eigenvalues 1.51, 1.51 and −0.02. With −0.02 raised
    /// to 0.0001, the cells are (1.51 · 2 + 0.0001)/3 and (−1.51 + 0.0001)/3.
    #[test]
    fn a_matrix_that_contradicts_itself_slightly_is_repaired() {
        let r = -0.51;
        let broken = Correlation::of(&[[1.0, r, r], [r, 1.0, r], [r, r, 1.0]]);
        let repaired = broken.repaired().unwrap();
        assert!((repaired.smallest_eigenvalue + 0.02).abs() < 1e-14);
        let sound = (-1.51 + 1e-4) / (3.02 + 1e-4);
        assert!((repaired.correlation.outcome()[1] - sound).abs() < 1e-14);
        assert!((repaired.correlation.drivers()[(0, 1)] - sound).abs() < 1e-14);
        let change = (6.0 * (sound - r).powi(2)).sqrt() / (3.0 + 6.0 * r * r).sqrt();
        assert!((repaired.repair - change).abs() < 1e-14);
    }

    #[test]
    fn a_matrix_that_contradicts_itself_badly_is_refused() {
        let r = -0.6;
        let broken = Correlation::of(&[[1.0, r, r], [r, 1.0, r], [r, r, 1.0]]);
        let Err(NoCorrelation::Contradictory(smallest)) = broken.repaired() else {
            panic!("a smallest eigenvalue of −0.2 passed")
        };
        assert!((smallest + 0.2).abs() < 1e-14);
    }
}
