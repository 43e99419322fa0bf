//! A correlation with the outcome, its interval, and whether it points the right way.

use crate::model::Interval;

/// Interval of a correlation by Fisher's z: tanh(atanh r ± `quantile` / √(n − 3)).
///
/// `n` is the number of rows, the effective one when they are weighted; `quantile` the upper one
/// of the normal distribution (1.96 for 95 %). `None` for n of 3 or fewer, or r beyond ±1.
/// Fisher, *Metron* 1:3, 1921.
#[must_use]
pub fn correlation_interval(r: f64, n: f64, quantile: f64) -> Option<Interval> {
    if n <= 3.0 || r.abs() > 1.0 || n.is_nan() || r.is_nan() {
        return None;
    }
    let (z, half) = (r.atanh(), quantile / (n - 3.0).sqrt());
    Some([(z - half).tanh(), (z + half).tanh()])
}

/// Which way a driver points (METHOD §7.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// The better the score, the better the outcome, beyond chance.
    Positive,
    /// No positive link, or none beyond chance: never a driver, whatever its share, since shares
    /// of R² are blind to signs.
    NotPositive,
}

/// The sign guard: a driver has a positive link when r and all its interval are over 0.
#[must_use]
pub fn sign_guard(r: f64, interval: Interval) -> Link {
    if r > 0.0 && interval[0] > 0.0 { Link::Positive } else { Link::NotPositive }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of many textbooks: r = 0.3 among 103 rows; z = 0.30952, half 0.19600.
    #[test]
    fn interval_of_a_weak_correlation() {
        let [low, high] =
            correlation_interval(0.3, 103.0, 1.959_963_984_540_054).unwrap();
        // tanh(0.1135232) and tanh(0.5055160)
        assert!((low - 0.113_038).abs() < 1e-5, "{low}");
        assert!((high - 0.466_444).abs() < 1e-5, "{high}");
    }

    #[test]
    fn three_rows_have_no_interval() {
        assert_eq!(correlation_interval(0.3, 3.0, 1.96), None);
    }

    #[test]
    fn a_link_that_may_be_chance_is_not_positive() {
        assert_eq!(sign_guard(0.1, [-0.01, 0.2]), Link::NotPositive);
        assert_eq!(sign_guard(-0.1, [-0.2, -0.05]), Link::NotPositive);
        assert_eq!(sign_guard(0.1, [0.02, 0.2]), Link::Positive);
    }
}
