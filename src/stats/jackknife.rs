//! Delete-a-group jackknife: standard errors of any smooth statistic of grouped sums.

use super::{Additive, Grouped};

/// Standard errors by leaving out one replicate group after the other.
///
/// `se² = (G − 1)/G · Σ_g (θ(−g) − θ̄(·))²` for each statistic; G counts the groups that have rows.
/// Works with weights and whatever the dependence between variables; about 10 % conservative for
/// some hundreds of rows. Kott, JOS 17:521, 2001; Wolter, *Introduction to Variance Estimation*,
/// 2nd ed. 2007, ch. 4. METHOD §7.5.
#[derive(Clone, Debug, PartialEq)]
pub struct Jackknife {
    groups: usize,
    errors: Vec<Option<f64>>,
}

impl Jackknife {
    /// From the statistics of each replicate, in the same order in all of them.
    ///
    /// A statistic that one replicate lacks has no standard error: it hangs on a single group.
    /// `None` with fewer than two replicates.
    #[must_use]
    pub fn from_replicates(replicates: &[Vec<Option<f64>>]) -> Option<Self> {
        if replicates.len() < 2 {
            return None;
        }
        let groups = replicates.len();
        let width = replicates.iter().map(Vec::len).min()?;
        let error = |j: usize| {
            let values = replicates.iter().map(|replicate| replicate[j]);
            standard_error(&values.collect::<Option<Vec<f64>>>()?)
        };
        Some(Self { groups, errors: (0..width).map(error).collect() })
    }

    /// Standard error of each statistic, in its own units; `None` where it cannot be had.
    #[must_use]
    pub fn errors(&self) -> &[Option<f64>] {
        &self.errors
    }

    /// Degrees of freedom: G − 1.
    #[must_use]
    pub fn df(&self) -> usize {
        self.groups - 1
    }
}

/// Of one statistic, from its replicates.
fn standard_error(values: &[f64]) -> Option<f64> {
    let groups = f64::from(u32::try_from(values.len()).ok()?);
    let mean = values.iter().sum::<f64>() / groups;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some(((groups - 1.0) / groups * squares).sqrt())
}

/// The sums without each of the groups that have rows, in the order of the groups.
#[must_use]
pub fn leave_one_out<S: Additive>(grouped: &Grouped<S>) -> Vec<S> {
    let Some(total) = grouped.total() else { return Vec::new() };
    let without = |group: &S| {
        let mut rest = total.clone();
        rest.subtract(group);
        rest
    };
    grouped.inhabited().map(without).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the mean of five values in five groups it is the standard error s/√n.
    #[test]
    fn leaving_out_single_values_gives_the_standard_error_of_the_mean() {
        let values = [1.0, 2.0, 4.0, 7.0, 11.0];
        let replicates: Vec<_> =
            values.iter().map(|value| vec![Some((25.0 - value) / 4.0), None]).collect();
        let jackknife = Jackknife::from_replicates(&replicates).unwrap();
        // s² = (16 + 9 + 1 + 4 + 36) / 4 = 16.5; s²/n = 3.3
        assert!((jackknife.errors()[0].unwrap() - 3.3_f64.sqrt()).abs() < 1e-14);
        assert_eq!(jackknife.errors()[1], None);
        assert_eq!(jackknife.df(), 4);
    }

    #[test]
    fn one_replicate_says_nothing() {
        assert_eq!(Jackknife::from_replicates(&[vec![Some(1.0)]]), None);
    }
}
