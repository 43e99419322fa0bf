//! What co-moments tell of each driver by itself.

use super::comoments::Comoments;

/// Means, reach and counts of the drivers among rows with an outcome.
///
/// They take a hundredth of the place of the [`Comoments`] that they are of, of which a
/// jackknife has one for each replicate.
#[derive(Clone, Debug, PartialEq)]
pub struct Marginals {
    means: Vec<Option<f64>>,
    reaches: Vec<Option<f64>>,
    rows: Vec<u64>,
}

impl Marginals {
    /// Of an outcome and its drivers.
    #[must_use]
    pub fn of(sums: &Comoments) -> Self {
        let drivers = 1..sums.variables();
        Self {
            means: drivers.clone().map(|i| sums.mean(i)).collect(),
            reaches: drivers.clone().map(|i| sums.reach(i)).collect(),
            rows: drivers.map(|i| sums.n(i, 0)).collect(),
        }
    }

    /// Weighted mean of the answers to driver `j`, in native units; `None` when nobody
    /// answered, or there is no such driver.
    #[must_use]
    pub fn mean(&self, j: usize) -> Option<f64> {
        self.means.get(j).copied().flatten()
    }

    /// Weighted share of the rows that answered driver `j`, from 0 to 1; `None` without rows,
    /// or such a driver.
    #[must_use]
    pub fn reach(&self, j: usize) -> Option<f64> {
        self.reaches.get(j).copied().flatten()
    }

    /// Rows that answered driver `j`, unweighted; 0 where there is no such driver.
    #[must_use]
    pub fn n(&self, j: usize) -> u64 {
        self.rows.get(j).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{ComomentRows, DriverRow, Weight};

    /// Rows (y; x1, x2) of (4; 5, –) and (2; 3, –): driver 1 has mean 4 and reach 1, driver 2
    /// none and 0.
    #[test]
    fn a_driver_that_nobody_answered_has_no_mean() {
        let mut rows = ComomentRows::new(1, &Comoments::new(&[1.0; 3]).unwrap());
        for (outcome, score) in [(4, 5), (2, 3)] {
            let drivers = &[Some(score), None];
            rows.push(DriverRow { group: 0, weight: Weight::ONE, outcome, drivers })
                .unwrap();
        }
        let marginals = Marginals::of(&rows.finish().groups()[0]);
        assert_eq!([marginals.mean(0), marginals.mean(1)], [Some(4.0), None]);
        assert_eq!([marginals.reach(0), marginals.reach(1)], [Some(1.0), Some(0.0)]);
        assert_eq!([marginals.n(0), marginals.n(1), marginals.n(2)], [2, 0, 0]);
        assert_eq!([marginals.mean(2), marginals.reach(2)], [None, None]);
    }
}
