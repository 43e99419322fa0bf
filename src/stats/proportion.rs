//! The share of answers in a set, such as the satisfied.

use crate::model::Interval;

use super::Histogram;
use super::distribution::Z;
use super::interval::wilson;
use super::moments::{Moments, real};

/// Fewest answers inside and outside of the set for which their own variance is trusted.
const FEWEST: u64 = 5;

/// A share of answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proportion {
    /// Weighted share, 0–1.
    pub share: f64,
    /// Its standard error; `None` for a single answer.
    pub standard_error: Option<f64>,
    /// Unweighted answers in the set.
    pub inside: u64,
    /// Unweighted answers.
    pub n: u64,
    /// Answers of equal weight that would be as precise: the n of its interval and tests.
    pub n_star: f64,
    /// Wilson's interval at `n_star`.
    pub ci: Interval,
}

impl Proportion {
    /// The share of answers that `belongs` takes in; `None` when nobody answered.
    #[must_use]
    pub fn of(histogram: &Histogram, belongs: impl Fn(f64) -> bool) -> Option<Self> {
        Self::of_finite(histogram, belongs, 1.0)
    }

    /// The same, `left` being the share of the population, 0–1, that did not take part.
    #[must_use]
    pub fn of_finite(
        histogram: &Histogram,
        belongs: impl Fn(f64) -> bool,
        left: f64,
    ) -> Option<Self> {
        let moments = Moments::of(histogram, |x| f64::from(u8::from(belongs(x))))?;
        let inside =
            histogram.levels().iter().filter(|at| belongs(at.value)).map(|at| at.n).sum();
        // Who has asked all has no error; an endless base would be no number.
        let n_star = effective_base(&moments, inside) / left.max(f64::EPSILON);
        Some(Self {
            share: moments.mean(),
            standard_error: moments.of_finite(left).standard_error(),
            inside,
            n: moments.n(),
            n_star,
            ci: wilson(moments.mean(), n_star, Z),
        })
    }
}

/// The n that gives `share` its variance, at most the number of answers; Kish's where fewer
/// than five answers lie inside or outside of the set.
///
/// References: E. L. Korn and B. I. Graubard, Survey Methodology 24, 1998; C. Franco et al.,
/// JSSAM 7, 2019, who recommend Wilson's interval with an effective n.
fn effective_base(share: &Moments, inside: u64) -> f64 {
    let (p, n) = (share.mean(), share.n());
    let few = inside < FEWEST || n.saturating_sub(inside) < FEWEST;
    let variance = share.linearised_variance();
    if few || variance <= 0.0 {
        share.n_eff()
    } else {
        real(n).min(p * (1.0 - p) / variance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::LevelSums;

    #[test]
    fn without_weights_it_is_the_textbook_wilson() {
        // Newcombe 1998, table I: 81 of 263.
        let answers = Histogram::unweighted([(1.0, 182), (5.0, 81)]);
        let top = Proportion::of(&answers, |x| x > 4.0).unwrap();
        assert_eq!((top.inside, top.n), (81, 263));
        assert!((top.n_star - 263.0).abs() < 1e-9);
        assert!((top.ci[0] - 0.2553).abs() < 5e-5 && (top.ci[1] - 0.3662).abs() < 5e-5);
    }

    #[test]
    fn few_answers_inside_take_the_base_of_kish() {
        let level = |value, n, w, w2| LevelSums { value, n, w, w2 };
        // Four of weight 1 inside; outside nine of weight 1 and one of 5: W = 18, W2 = 38.
        let few =
            Histogram::new(vec![level(1.0, 4, 4.0, 4.0), level(5.0, 10, 14.0, 34.0)]);
        let share = Proportion::of(&few, |x| x < 2.0).unwrap();
        assert!((share.n_star - 18.0 * 18.0 / 38.0).abs() < 1e-12);
        assert!((share.share - 4.0 / 18.0).abs() < 1e-15);
    }

    #[test]
    fn few_answers_outside_do_so_too() {
        // The same answers, seen from the other side.
        let level = |value, n, w, w2| LevelSums { value, n, w, w2 };
        let few =
            Histogram::new(vec![level(1.0, 4, 4.0, 4.0), level(5.0, 10, 14.0, 34.0)]);
        let share = Proportion::of(&few, |x| x > 2.0).unwrap();
        assert!((share.n_star - 18.0 * 18.0 / 38.0).abs() < 1e-12);
    }

    #[test]
    fn weights_shrink_the_base_by_the_variance_they_cost() {
        let level = |value, n, w, w2| LevelSums { value, n, w, w2 };
        // Five of weight 2 inside, ten of weight 1 outside: p = ½,
        // v0 = (20·¼ + 10·¼)/400 = 0.01875, n* = ¼/0.01875 = 40/3.
        let answers =
            Histogram::new(vec![level(1.0, 5, 10.0, 20.0), level(5.0, 10, 10.0, 10.0)]);
        let share = Proportion::of(&answers, |x| x < 2.0).unwrap();
        assert!((share.n_star - 40.0 / 3.0).abs() < 1e-12);
        let se = (0.018_75_f64 * 15.0 / 14.0).sqrt();
        assert!((share.standard_error.unwrap() - se).abs() < 1e-15);
    }

    #[test]
    fn nobody_inside_is_a_share_of_nought_with_an_upper_limit() {
        // Newcombe 1998, table I: 0 of 20.
        let none = Histogram::unweighted([(5.0, 20)]);
        let share = Proportion::of(&none, |x| x < 2.0).unwrap();
        assert!(share.share <= 0.0 && share.ci[0] <= 0.0);
        assert!((share.ci[1] - 0.1611).abs() < 5e-5);
        assert_eq!(Proportion::of(&Histogram::default(), |_| true), None);
    }
}
