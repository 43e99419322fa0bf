//! How large a difference is, whatever the scale and the number of answers.

use super::{Histogram, real};

/// Difference of means, second − first, over the root of the mean of both variances (Cohen's d).
///
/// The variances (n − 1) count alike, however many answered: the size of an effect is not to
/// depend on that. Weighted ones are `Σ w (x − m)² / Σ w · n / (n − 1)`. `None` when one has
/// fewer than two answers, or all answers are the same. Cohen, *Statistical Power Analysis*, 2nd
/// ed. 1988, §2.2 and formula 2.3.2.
#[must_use]
pub fn cohen_d(first: &Histogram, second: &Histogram) -> Option<f64> {
    let (mean1, variance1) = moments(first)?;
    let (mean2, variance2) = moments(second)?;
    let variance = f64::midpoint(variance1, variance2);
    (variance > 0.0).then(|| (mean2 - mean1) / variance.sqrt())
}

/// Probability that someone of the second group scores over someone of the first, ties counted
/// half: 0 to 1, 0.5 when neither is better. `None` when one has no answers.
///
/// `McGraw` & Wong, Psych. Bull. 111:361, 1992; Vargha & Delaney, JEBS 25:101, 2000.
#[must_use]
pub fn probability_of_superiority(first: &Histogram, second: &Histogram) -> Option<f64> {
    let weight = |h: &Histogram| h.levels().iter().map(|level| level.w).sum::<f64>();
    let pairs = weight(first) * weight(second);
    let (mut below, mut wins) = (0.0, 0.0);
    let mut lower = first.levels().iter().peekable();
    for level in second.levels() {
        while let Some(other) = lower.next_if(|other| other.value < level.value) {
            below += other.w;
        }
        let tied = lower.peek().filter(|other| other.value <= level.value);
        wins += level.w * (below + tied.map_or(0.0, |other| other.w / 2.0));
    }
    (pairs > 0.0).then(|| wins / pairs)
}

/// Weighted mean and variance (n − 1); `None` with fewer than two answers.
fn moments(histogram: &Histogram) -> Option<(f64, f64)> {
    let n = real(histogram.n());
    let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
        histogram.levels().iter().map(|level| level.w * of(level.value)).sum()
    };
    let weight = sum(&|_| 1.0);
    let mean = sum(&|x| x) / weight;
    (n > 1.0).then(|| (mean, sum(&|x| (x - mean).powi(2)) / weight * n / (n - 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(levels: &[(f64, u64)]) -> Histogram {
        Histogram::unweighted(levels.iter().copied())
    }

    #[test]
    fn d_of_two_small_groups() {
        // 1, 2, 3 and 3, 4, 5: both variances are 1, the means 2 and 4
        let (first, second) = (
            counts(&[(1.0, 1), (2.0, 1), (3.0, 1)]),
            counts(&[(3.0, 1), (4.0, 1), (5.0, 1)]),
        );
        assert!((cohen_d(&first, &second).unwrap() - 2.0).abs() < 1e-14);
        // of 9 pairs 8 are won and one (3, 3) is tied
        let superiority = probability_of_superiority(&first, &second).unwrap();
        assert!((superiority - 8.5 / 9.0).abs() < 1e-15);
    }

    #[test]
    fn a_group_against_itself_is_neither_better_nor_worse() {
        let group = counts(&[(1.0, 3), (4.0, 5)]);
        assert!(
            (probability_of_superiority(&group, &group).unwrap() - 0.5).abs() < 1e-15
        );
        assert!(cohen_d(&group, &group).unwrap().abs() < 1e-15);
    }

    #[test]
    fn nobody_answered_is_no_effect_rather_than_none() {
        let (some, none) = (counts(&[(1.0, 3)]), counts(&[]));
        assert_eq!(probability_of_superiority(&some, &none), None);
        assert_eq!(cohen_d(&none, &some), None);
        assert_eq!(cohen_d(&some, &some), None);
    }
}
