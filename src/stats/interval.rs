//! 95 % confidence intervals of shares and means.

use crate::model::Interval;

use super::distribution::student_upper_quantile;
use super::moments::Moments;

/// Wilson's score interval of the share `p`, 0–1, of `n` answers (`n` > 0, any real
/// number), `quantile` being that of the two-sided level: 1.96 for 95 %.
///
/// Reference: E. B. Wilson, JASA 22, 1927.
#[must_use]
pub fn wilson(p: f64, n: f64, quantile: f64) -> Interval {
    let square = quantile * quantile / n;
    let centre = (p + square / 2.0) / (1.0 + square);
    let half = quantile / (1.0 + square)
        * (p * (1.0 - p) / n + square / (4.0 * n)).max(0.0).sqrt();
    [(centre - half).max(0.0), (centre + half).min(1.0)]
}

/// 97.5 % quantile of Student's t for an effective base.
///
/// One degree of freedom is the least: a base of hardly more than one answer would ask for
/// a fraction of one, whose quantiles are beyond any number.
#[must_use]
pub fn student_quantile(n_eff: f64) -> f64 {
    student_upper_quantile(0.025, (n_eff - 1.0).max(1.0))
}

/// Score interval of a mean on a scale from `min` to `max`: Wilson's form with the variance
/// of the mean and Student's t; never off the scale. `None` for a single answer.
#[must_use]
pub fn bounded_mean(moments: &Moments, min: f64, max: f64) -> Option<Interval> {
    let width = max - min;
    let p = ((moments.mean() - min) / width).clamp(0.0, 1.0);
    let many = moments.of_finite(1.0);
    let variance = many.variance()? / (width * width);
    let n = if variance > 0.0 && p > 0.0 && p < 1.0 {
        p * (1.0 - p) / variance
    } else {
        moments.n_eff()
    };
    // Who has asked all has no error; an endless base would be no number.
    let n = n / moments.left().max(f64::EPSILON);
    let [low, high] = wilson(p, n, student_quantile(moments.n_eff()));
    Some([min + width * low, min + width * high])
}

/// Classical t interval of a mean, which may leave the scale; to compare with other tools.
/// `None` for a single answer.
#[must_use]
pub fn student_mean(moments: &Moments) -> Option<Interval> {
    let half = student_quantile(moments.n_eff()) * moments.standard_error()?;
    Some([moments.mean() - half, moments.mean() + half])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Histogram, Z};

    #[track_caller]
    fn assert_interval(actual: Interval, expected: Interval, within: f64) {
        let near = |at: usize| (actual[at] - expected[at]).abs() < within;
        assert!(near(0) && near(1), "{actual:?} is not {expected:?}");
    }

    #[test]
    fn wilson_gives_the_intervals_of_newcombe_1998() {
        // R. G. Newcombe, Stat. Med. 17, 1998, 857–872, table I, method 3.
        let of = |k: f64, n: f64| wilson(k / n, n, Z);
        assert_interval(of(81.0, 263.0), [0.2553, 0.3662], 5e-5);
        assert_interval(of(15.0, 148.0), [0.0624, 0.1605], 5e-5);
        assert_interval(of(0.0, 20.0), [0.0, 0.1611], 5e-5);
        assert_interval(of(1.0, 29.0), [0.0061, 0.1718], 5e-5);
    }

    #[test]
    fn a_mean_at_the_top_has_room_below_only() {
        // Ten fives on 1–5: p = 1, n* = 10, t(9) = 2.262157: low = 10/(10 + t²) of the scale.
        let moments = Moments::of(&Histogram::unweighted([(5.0, 10)]), |x| x).unwrap();
        let t = 2.262_157_162_798_205_f64;
        let low = 1.0 + 4.0 * 10.0 / (10.0 + t * t);
        assert_interval(bounded_mean(&moments, 1.0, 5.0).unwrap(), [low, 5.0], 1e-12);
        assert_interval(student_mean(&moments).unwrap(), [5.0, 5.0], 1e-12);
    }

    #[test]
    fn the_t_interval_is_that_of_the_textbook() {
        // 1, 2, 2, 5: mean 2.5, se √0.75, t(3) = 3.182446.
        let answers = Histogram::unweighted([(1.0, 1), (2.0, 2), (5.0, 1)]);
        let moments = Moments::of(&answers, |x| x).unwrap();
        let half = 3.182_446_305_284_263 * 0.75_f64.sqrt();
        assert_interval(student_mean(&moments).unwrap(), [2.5 - half, 2.5 + half], 1e-12);
        // It leaves the scale; the score interval does not.
        assert!(student_mean(&moments).unwrap()[0] < 1.0);
        assert!(bounded_mean(&moments, 1.0, 5.0).unwrap()[0] > 1.0);
    }

    #[test]
    fn a_single_answer_has_no_interval() {
        let moments = Moments::of(&Histogram::unweighted([(4.0, 1)]), |x| x).unwrap();
        assert_eq!(bounded_mean(&moments, 1.0, 5.0), None);
        assert_eq!(student_mean(&moments), None);
    }
}
