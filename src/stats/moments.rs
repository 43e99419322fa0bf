//! Mean, variance and effective base of any function of the answers.

use crate::model::Estimate;

use super::{Histogram, LevelSums};

/// Mean of a function of the answers to one question, and what its error needs.
///
/// With the identity it is the mean score; with 1 and 0, a share; with +1, 0 and −1, a
/// balance such as the NPS.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    n: u64,
    n_eff: f64,
    mean: f64,
    sd: f64,
    linearised: f64,
    left: f64,
}

impl Moments {
    /// Of `function` over the answers; `None` when nobody answered.
    ///
    /// The variance is the linearised (Taylor) variance of a weighted mean, as R's
    /// `survey::svymean` gives it for a sample of independent respondents; with weights of
    /// 1 it is s²/n, and of raked weights see [`super::Calibration`]. The effective base is that of L. Kish, *Survey Sampling*, 1965.
    #[must_use]
    pub fn of(histogram: &Histogram, function: impl Fn(f64) -> f64) -> Option<Self> {
        let levels = histogram.levels();
        let sum = |term: &dyn Fn(&LevelSums) -> f64| levels.iter().map(term).sum::<f64>();
        let (w, w2) = (sum(&|at| at.w), sum(&|at| at.w2));
        if levels.is_empty() || w <= 0.0 || w2 <= 0.0 {
            return None;
        }
        // Sums run from the first level: where all answers agree, every deviation is 0.
        let origin = function(levels.first()?.value);
        let mean = origin + sum(&|at| at.w * (function(at.value) - origin)) / w;
        let squared = |at: &LevelSums| (function(at.value) - mean).powi(2);
        let linearised = match histogram.calibration() {
            Some(raked) => raked.linearised_variance(w, |x| function(x) - mean),
            None => sum(&|at| at.w2 * squared(at)) / (w * w),
        };
        Some(Self {
            n: histogram.n(),
            n_eff: w * w / w2,
            mean,
            sd: (sum(&|at| at.w * squared(at)) / w).sqrt(),
            linearised,
            left: 1.0,
        })
    }

    /// Of aggregates: `n` > 0 unweighted answers, their mean, and their standard deviation
    /// with divisor n − 1. `None` when `n` is 0.
    #[must_use]
    pub fn of_aggregate(n: u64, mean: f64, sd: f64) -> Option<Self> {
        let size = real(n);
        let linearised = sd * sd * (size - 1.0) / (size * size);
        (n > 0).then_some(Self { n, n_eff: size, mean, sd, linearised, left: 1.0 })
    }

    /// Answers, unweighted.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Effective base (Kish): answers of equal weight that would be as precise; 1 to n.
    #[must_use]
    pub fn n_eff(&self) -> f64 {
        self.n_eff
    }

    /// The weighted mean, in the units of the function.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Weighted standard deviation of the answers (divisor: the sum of weights); of
    /// aggregates, the one given.
    #[must_use]
    pub fn sd(&self) -> f64 {
        self.sd
    }

    /// Linearised variance of the mean without the factor for small samples, v₀.
    #[must_use]
    pub fn linearised_variance(&self) -> f64 {
        self.linearised
    }

    /// Variance of the mean, v₀·n/(n − 1), by the share of the population that is left;
    /// `None` for a single answer.
    #[must_use]
    pub fn variance(&self) -> Option<f64> {
        let n = real(self.n);
        (self.n > 1).then(|| self.left * self.linearised * n / (n - 1.0))
    }

    /// Share of the population, 0–1, that did not take part; 1 where there is no end to it.
    #[must_use]
    pub fn left(&self) -> f64 {
        self.left
    }

    /// Standard error of the mean; `None` for a single answer.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// The same mean, of a sample that is a good part of all there are: `left` is the share,
    /// 0–1, of the population that is not in it.
    ///
    /// Reference: W. G. Cochran, *Sampling Techniques*, 1977, §2.6.
    #[must_use]
    pub fn of_finite(self, left: f64) -> Self {
        Self { left, ..self }
    }

    /// The mean with its error, for comparisons; `None` for a single answer.
    #[must_use]
    pub fn estimate(&self) -> Option<Estimate> {
        let variance = self.variance()?;
        Some(Estimate { value: self.mean, variance, n_eff: self.n_eff })
    }
}

/// Weighted median: the least level with half of the weight at or below it; the midpoint of
/// two levels where exactly half lies at or below the lower. `None` when nobody answered.
#[must_use]
pub fn median(histogram: &Histogram) -> Option<f64> {
    let levels = histogram.levels();
    let half = levels.iter().map(|at| at.w).sum::<f64>() / 2.0;
    // Weights are sums of decimals: a tie is a tie up to rounding.
    let slack = half * 1e-12;
    let mut below = 0.0;
    for (index, at) in levels.iter().enumerate() {
        below += at.w;
        if below > half + slack {
            return Some(at.value);
        }
        if below >= half - slack {
            let next = levels.get(index + 1).map_or(at.value, |next| next.value);
            return Some(f64::midpoint(at.value, next));
        }
    }
    None
}

/// A count as a number; exact below 2^53, more than any survey holds.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^53 answers")]
pub(crate) fn real(n: u64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighted(levels: &[(f64, u64, f64, f64)]) -> Histogram {
        let sums = |&(value, n, w, w2): &_| LevelSums { value, n, w, w2 };
        Histogram::new(levels.iter().map(sums).collect())
    }

    #[test]
    fn without_weights_the_variance_is_that_of_the_textbook() {
        // 1, 2, 2, 5: mean 2.5, s² = (2.25 + 0.25 + 0.25 + 6.25)/3 = 3, variance 3/4.
        let answers = Histogram::unweighted([(1.0, 1), (2.0, 2), (5.0, 1)]);
        let moments = Moments::of(&answers, |x| x).unwrap();
        assert!((moments.mean() - 2.5).abs() < 1e-15);
        assert!((moments.variance().unwrap() - 0.75).abs() < 1e-15);
        assert!((moments.n_eff() - 4.0).abs() < 1e-15);
        assert!((moments.sd() - 1.5).abs() < 1e-15);
    }

    #[test]
    fn weights_pull_the_mean_and_cost_precision() {
        // 2 with weight 1, 4 with weight 3: W = 4, W2 = 10, mean 14/4 = 3.5, n_eff 1.6,
        // v0 = (1·1.5² + 9·0.5²)/16 = 0.28125, variance 0.5625, sd² = (2.25 + 0.75)/4.
        let moments =
            Moments::of(&weighted(&[(2.0, 1, 1.0, 1.0), (4.0, 1, 3.0, 9.0)]), |x| x)
                .unwrap();
        assert!((moments.mean() - 3.5).abs() < 1e-15);
        assert!((moments.n_eff() - 1.6).abs() < 1e-15);
        assert!((moments.linearised_variance() - 0.281_25).abs() < 1e-15);
        assert!((moments.variance().unwrap() - 0.562_5).abs() < 1e-15);
        assert!((moments.sd() - 0.75_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn a_single_answer_has_a_mean_and_no_error() {
        let moments = Moments::of(&Histogram::unweighted([(4.0, 1)]), |x| x).unwrap();
        assert!((moments.mean() - 4.0).abs() < 1e-15);
        assert_eq!(moments.variance(), None);
        assert_eq!(moments.estimate(), None);
    }

    #[test]
    fn nobody_answered_is_not_a_mean_of_nought() {
        assert_eq!(Moments::of(&Histogram::default(), |x| x), None);
        assert_eq!(median(&Histogram::default()), None);
        assert_eq!(Moments::of_aggregate(0, 4.0, 1.0), None);
    }

    #[test]
    fn equal_answers_have_no_spread_at_all_whatever_their_weights() {
        let answers = weighted(&[(4.1, 3, 0.1 + 0.2 + 0.7, 0.54)]);
        let moments = Moments::of(&answers, |x| x).unwrap();
        assert!(
            (moments.mean() - 4.1).abs() <= 0.0 && moments.variance().unwrap() <= 0.0
        );
    }

    #[test]
    fn the_unit_of_the_weights_does_not_show() {
        let of = |c: f64| {
            let levels =
                [(1.0, 3, 2.0 * c, 1.5 * c * c), (4.0, 8, 9.0 * c, 11.0 * c * c)];
            Moments::of(&weighted(&levels), |x| x).unwrap()
        };
        for c in [1e-6, 0.37, 1e6] {
            assert!((of(c).mean() / of(1.0).mean() - 1.0).abs() < 1e-14);
            assert!((of(c).n_eff() / of(1.0).n_eff() - 1.0).abs() < 1e-14);
            let ratio = of(c).variance().unwrap() / of(1.0).variance().unwrap();
            assert!((ratio - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn aggregates_tell_the_same_as_the_answers_they_come_from() {
        // The answers of the first test: n 4, mean 2.5, sd √3.
        let moments = Moments::of_aggregate(4, 2.5, 3_f64.sqrt()).unwrap();
        assert!((moments.variance().unwrap() - 0.75).abs() < 1e-15);
        assert!((moments.n_eff() - 4.0).abs() < 1e-15);
    }

    #[test]
    fn the_median_is_the_middle_of_the_weight() {
        let even = Histogram::unweighted([(1.0, 1), (2.0, 1), (4.0, 1), (5.0, 1)]);
        assert!((median(&even).unwrap() - 3.0).abs() < 1e-15);
        let odd = Histogram::unweighted([(1.0, 1), (2.0, 1), (4.0, 1)]);
        assert!((median(&odd).unwrap() - 2.0).abs() < 1e-15);
        let heavy = weighted(&[(1.0, 9, 1.0, 0.2), (5.0, 1, 2.0, 4.0)]);
        assert!((median(&heavy).unwrap() - 5.0).abs() < 1e-15);
    }
}
