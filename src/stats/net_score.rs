//! The balance of promoters and detractors: the NPS, and net scores of other scales.

use crate::model::{Estimate, Interval};

use super::Histogram;
use super::distribution::Z;
use super::interval::bounded_mean;
use super::moments::Moments;

/// The side an answer is counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vote {
    /// Counts as +1.
    Promoter,
    /// Counts as 0.
    Passive,
    /// Counts as −1.
    Detractor,
}

/// Shares, 0–1, of detractors, passives and promoters among answers on 0–10 by level.
#[must_use]
pub fn nps_shares(levels: impl Iterator<Item = (f64, f64)>) -> [f64; 3] {
    let mut shares = [0.0; 3];
    for (level, share) in levels {
        let at = match Vote::of_likelihood(level) {
            Vote::Detractor => 0,
            Vote::Passive => 1,
            Vote::Promoter => 2,
        };
        shares[at] += share;
    }
    shares
}

impl Vote {
    /// Of an answer from 0 to 10: promoters give 9 or 10, detractors 0 to 6.
    ///
    /// Reference: F. F. Reichheld, “The One Number You Need to Grow”, HBR 81(12), 2003.
    #[must_use]
    pub fn of_likelihood(answer: f64) -> Self {
        if answer >= 9.0 {
            Self::Promoter
        } else if answer <= 6.0 {
            Self::Detractor
        } else {
            Self::Passive
        }
    }
}

/// Promoters minus detractors, in points from −100 to +100; higher is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetScore {
    moments: Moments,
    promoters: f64,
    detractors: f64,
}

impl NetScore {
    /// Of all answers; `None` when nobody answered.
    #[must_use]
    pub fn of(histogram: &Histogram, vote: impl Fn(f64) -> Vote) -> Option<Self> {
        let moments = Moments::of(histogram, |x| match vote(x) {
            Vote::Promoter => 100.0,
            Vote::Passive => 0.0,
            Vote::Detractor => -100.0,
        })?;
        let share = |side: Vote| {
            Moments::of(histogram, |x| f64::from(u8::from(vote(x) == side)))
                .map(|it| it.mean())
        };
        let (promoters, detractors) = (share(Vote::Promoter)?, share(Vote::Detractor)?);
        Some(Self { moments, promoters, detractors })
    }

    /// The same balance, `left` being the share of the population, 0–1, that did not take part.
    #[must_use]
    pub fn of_finite(self, left: f64) -> Self {
        Self { moments: self.moments.of_finite(left), ..self }
    }

    /// Its mean, error and base, in points.
    #[must_use]
    pub fn moments(&self) -> &Moments {
        &self.moments
    }

    /// Weighted share of promoters, 0–1.
    #[must_use]
    pub fn promoters(&self) -> f64 {
        self.promoters
    }

    /// Weighted share of detractors, 0–1.
    #[must_use]
    pub fn detractors(&self) -> f64 {
        self.detractors
    }

    /// The score with its error; `None` for a single answer.
    #[must_use]
    pub fn estimate(&self) -> Option<Estimate> {
        self.moments.estimate()
    }

    /// Score interval, never outside ±100; `None` for a single answer.
    #[must_use]
    pub fn score_interval(&self) -> Option<Interval> {
        bounded_mean(&self.moments, -100.0, 100.0)
    }

    /// Adjusted Wald interval with three pseudo-answers, which may leave ±100.
    ///
    /// Reference: B. Rocks, “Interval Estimation for the Net Promoter Score”, The American
    /// Statistician 70, 2016, with Kish's n for weighted answers.
    #[must_use]
    pub fn adjusted_wald(&self) -> Interval {
        let n = self.moments.n_eff();
        let adjusted = |share: f64| (share * n + 0.75) / (n + 3.0);
        let (promoters, detractors) =
            (adjusted(self.promoters), adjusted(self.detractors));
        let balance = promoters - detractors;
        let half = Z * ((promoters + detractors - balance * balance) / (n + 3.0)).sqrt();
        [100.0 * (balance - half), 100.0 * (balance + half)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ten() -> NetScore {
        let answers = Histogram::unweighted([
            (0.0, 1),
            (6.0, 1),
            (7.0, 1),
            (8.0, 2),
            (9.0, 3),
            (10.0, 2),
        ]);
        NetScore::of(&answers, Vote::of_likelihood).unwrap()
    }

    #[test]
    fn five_promoters_three_passives_two_detractors_score_thirty() {
        let score = ten();
        assert!((score.moments().mean() - 30.0).abs() < 1e-12);
        // By hand: 100·√((0.5 + 0.2 − 0.3²)/9).
        let se = 100.0 * (0.61_f64 / 9.0).sqrt();
        assert!((score.moments().standard_error().unwrap() - se).abs() < 1e-12);
    }

    #[test]
    fn the_adjusted_wald_interval_adds_three_answers() {
        // n' = 13, P' = 5.75/13, D' = 2.75/13, balance 3/13.
        let variance = (8.5 / 13.0 - (3.0_f64 / 13.0).powi(2)) / 13.0;
        let half = 100.0 * 1.959_963_984_540_054 * variance.sqrt();
        let [low, high] = ten().adjusted_wald();
        assert!((low - (300.0 / 13.0 - half)).abs() < 1e-12);
        assert!((high - (300.0 / 13.0 + half)).abs() < 1e-12);
    }

    #[test]
    fn the_score_interval_never_leaves_a_hundred() {
        let all = Histogram::unweighted([(10.0, 12)]);
        let score = NetScore::of(&all, Vote::of_likelihood).unwrap();
        let [low, high] = score.score_interval().unwrap();
        assert!(high <= 100.0 && low > 0.0 && low < 100.0);
        assert_eq!(NetScore::of(&Histogram::default(), Vote::of_likelihood), None);
    }
}
