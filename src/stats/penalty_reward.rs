//! What a low score costs and a high one earns: the asymmetry of a driver.

use crate::model::Interval;

use super::jackknife::Jackknife;
use super::level_gram::{Level, LevelGram};
use super::linear::{Square, solve_dropping_aliased};

/// Rows that must have scored low, and as many high, before anything is said.
const ROWS: u64 = 30;

/// Change of the outcome at a low and at a high score, against a middle one.
///
/// Units: those of the outcome. OLS of the outcome on indicators of low, high and absent scores
/// of all drivers. Brandt, in *Add Value to Your Service*, AMA, 1987. METHOD §9.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// P: under 0 where a low score costs.
    pub penalty: f64,
    /// R: over 0 where a high score earns.
    pub reward: f64,
}

impl Contrast {
    /// κ = R + P: under 0 when failing costs more than shining earns.
    #[must_use]
    pub fn asymmetry(self) -> f64 {
        self.reward + self.penalty
    }

    /// Range of impact on the outcome, `max(R, 0) + |min(P, 0)|`: 0 or more.
    #[must_use]
    pub fn range_of_impact(self) -> f64 {
        self.reward.max(0.0) - self.penalty.min(0.0)
    }

    /// Impact asymmetry, `(max(R, 0) − |min(P, 0)|) / range`: −1 (only penalty) to 1 (only
    /// reward); `None` without a range. Never to be shown without the interval of κ. Mikulić &
    /// Prebežac, MSQ 18:559, 2008.
    #[must_use]
    pub fn impact_asymmetry(self) -> Option<f64> {
        let range = self.range_of_impact();
        (range > 0.0).then(|| (self.reward.max(0.0) + self.penalty.min(0.0)) / range)
    }
}

/// Why a driver has no contrast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoContrast {
    /// Fewer than 30 rows scored low: how many.
    FewLow(u64),
    /// Fewer than 30 rows scored high: how many.
    FewHigh(u64),
    /// The other drivers determine who scores this one low or high, if only without one of the
    /// replicate groups.
    Aliased,
}

/// The contrast of each driver, whether or not enough rows stand behind it; `None` where the
/// other drivers determine it or nobody scored low or high.
///
/// Columns are taken in this order: constant, low and high of every driver, then absences, so
/// that of two absences of the same rows the later one is dropped, never a score.
#[must_use]
pub fn contrasts(sums: &LevelGram) -> Vec<Option<Contrast>> {
    let scored = (0..sums.drivers()).flat_map(|j| [(j, Level::Low), (j, Level::High)]);
    let absent = (0..sums.drivers()).map(|j| (j, Level::Absent));
    let columns: Vec<usize> = std::iter::once(0)
        .chain(scored.chain(absent).filter_map(|(j, level)| LevelGram::column(j, level)))
        .collect();
    debug_assert_eq!(columns.len(), sums.columns());
    let gram = Square::from_fn(columns.len(), |i, j| {
        // Only the lower triangle is read.
        if j <= i { sums.weight(columns[i], columns[j]) } else { 0.0 }
    });
    let right: Vec<f64> = columns.iter().map(|&column| sums.outcome(column)).collect();
    let solution = solve_dropping_aliased(&gram, &right);
    let contrast = |j: usize| {
        Some(Contrast { penalty: solution[1 + 2 * j]?, reward: solution[2 + 2 * j]? })
    };
    (0..sums.drivers()).map(contrast).collect()
}

/// How the outcome answers to a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asymmetry {
    /// Failing costs, shining does not make up for it.
    MustBe,
    /// Costs and earns alike.
    OneDimensional,
    /// Shining earns more than failing costs.
    Delighter,
    /// Indifferent, or not to be told from this sample.
    Undetermined,
}

/// A driver's contrast with its uncertainty and class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PenaltyReward {
    /// The estimates.
    pub contrast: Contrast,
    /// Standard error of P.
    pub penalty_error: f64,
    /// Standard error of R.
    pub reward_error: f64,
    /// Standard error of κ.
    pub asymmetry_error: f64,
    /// Confidence interval of κ.
    pub asymmetry_interval: Interval,
    /// Kano's class, as far as this sample tells.
    pub class: Asymmetry,
}

/// Contrasts of all drivers, with standard errors from `replicates` (the sums without each group)
/// and classes at the level of `quantile`, the upper one of Student's t with G − 1 degrees of
/// freedom; `None` with fewer than two replicates.
#[must_use]
pub fn penalty_reward(
    total: &LevelGram,
    replicates: &[Vec<Option<Contrast>>],
    quantile: f64,
) -> Option<Vec<Result<PenaltyReward, NoContrast>>> {
    let flat = |contrasts: &Vec<Option<Contrast>>| -> Vec<Option<f64>> {
        let three = |c: &Contrast| [c.penalty, c.reward, c.asymmetry()];
        let of = |c: &Option<Contrast>| {
            c.as_ref().map(three).map_or([None; 3], |three| three.map(Some))
        };
        contrasts.iter().flat_map(of).collect()
    };
    let flat: Vec<_> = replicates.iter().map(flat).collect();
    let jackknife = Jackknife::from_replicates(&flat)?;
    let errors = |j: usize| {
        let error = |at: usize| jackknife.errors().get(3 * j + at).copied().flatten();
        Some([error(0)?, error(1)?, error(2)?])
    };
    let driver = |(j, contrast): (usize, Option<Contrast>)| {
        let (low, high) = (total.n(j, Level::Low), total.n(j, Level::High));
        if low < ROWS {
            return Err(NoContrast::FewLow(low));
        }
        if high < ROWS {
            return Err(NoContrast::FewHigh(high));
        }
        let both = contrast.zip(errors(j)).ok_or(NoContrast::Aliased)?;
        Ok(PenaltyReward::new(both.0, both.1, quantile))
    };
    Some(contrasts(total).into_iter().enumerate().map(driver).collect())
}

impl PenaltyReward {
    /// From standard errors of P, R and κ.
    fn new(contrast: Contrast, errors: [f64; 3], quantile: f64) -> Self {
        let [penalty_error, reward_error, asymmetry_error] = errors;
        let around = |x: f64, error: f64| [x - quantile * error, x + quantile * error];
        let penalty = around(contrast.penalty, penalty_error);
        let reward = around(contrast.reward, reward_error);
        let asymmetry_interval = around(contrast.asymmetry(), asymmetry_error);
        let class = classify(penalty, reward, asymmetry_interval);
        Self {
            contrast,
            penalty_error,
            reward_error,
            asymmetry_error,
            asymmetry_interval,
            class,
        }
    }
}

/// Kano's class from the intervals of P, R and κ.
///
/// P and R of the wrong sign (a low score that earns, a high one that costs) make no class.
fn classify(penalty: Interval, reward: Interval, asymmetry: Interval) -> Asymmetry {
    let (costs, earns) = (penalty[1] < 0.0, reward[0] > 0.0);
    if asymmetry[1] < 0.0 {
        if costs { Asymmetry::MustBe } else { Asymmetry::Undetermined }
    } else if asymmetry[0] > 0.0 {
        if earns { Asymmetry::Delighter } else { Asymmetry::Undetermined }
    } else if costs && earns {
        Asymmetry::OneDimensional
    } else {
        Asymmetry::Undetermined
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Grouped, LevelRow, Weight, leave_one_out};

    /// Forty rows each at low, middle and high of one driver, in ten groups; a second driver is
    /// absent in the same rows as a third.
    fn sums(means: [i16; 3]) -> Grouped<LevelGram> {
        let mut sums = Grouped::new(10, &LevelGram::new(3, 1.0).unwrap());
        for at in 0..120_i16 {
            let third = usize::try_from(at % 3).unwrap();
            let level = [Level::Low, Level::Middle, Level::High][third];
            let gone = if at % 17 == 0 { Level::Absent } else { Level::Middle };
            let group = usize::try_from(at / 12).unwrap();
            // Noise that cancels in every group: rows 0–5 of twelve +1, the others −1.
            let outcome = means[third] + if at % 12 < 6 { 1 } else { -1 };
            let levels = [level, gone, gone];
            sums.push(LevelRow { group, weight: Weight::ONE, outcome, levels: &levels })
                .unwrap();
        }
        sums
    }

    #[test]
    fn one_driver_has_the_differences_of_its_means() {
        let total = sums([2, 6, 7]).total().unwrap();
        let found = contrasts(&total);
        let contrast = found[0].unwrap();
        // Absences are not balanced over levels: they move the means by a little.
        assert!((contrast.penalty + 4.0).abs() < 0.2, "{contrast:?}");
        assert!((contrast.reward - 1.0).abs() < 0.2, "{contrast:?}");
        assert_eq!(found[1..], [None, None]);
    }

    #[test]
    fn what_costs_more_than_it_earns_is_a_must() {
        let classes = [
            ([2, 6, 7], Asymmetry::MustBe),
            ([5, 6, 10], Asymmetry::Delighter),
            ([3, 6, 9], Asymmetry::OneDimensional),
            ([6, 6, 6], Asymmetry::Undetermined),
        ];
        for (means, class) in classes {
            let sums = sums(means);
            let replicates: Vec<_> = leave_one_out(&sums).iter().map(contrasts).collect();
            let all = penalty_reward(&sums.total().unwrap(), &replicates, 2.262).unwrap();
            assert_eq!(all[0].unwrap().class, class, "{means:?}: {:?}", all[0]);
            assert_eq!(all[1], Err(NoContrast::FewLow(0)));
        }
    }

    #[test]
    fn measures_of_impact_by_hand() {
        let contrast = Contrast { penalty: -0.6, reward: 0.2 };
        assert!((contrast.asymmetry() + 0.4).abs() < 1e-15);
        assert!((contrast.range_of_impact() - 0.8).abs() < 1e-15);
        assert!((contrast.impact_asymmetry().unwrap() + 0.5).abs() < 1e-15);
        let wrong = Contrast { penalty: 0.1, reward: -0.1 };
        assert!(wrong.range_of_impact().abs() < 1e-15);
        assert_eq!(wrong.impact_asymmetry(), None);
    }

    #[test]
    fn a_penalty_of_the_wrong_sign_makes_no_class() {
        assert_eq!(classify([0.1, 0.3], [0.2, 0.4], [0.3, 0.7]), Asymmetry::Delighter);
        assert_eq!(
            classify([0.1, 0.3], [-0.1, 0.1], [0.1, 0.4]),
            Asymmetry::Undetermined
        );
        assert_eq!(
            classify([-0.1, 0.1], [-0.4, -0.2], [-0.5, -0.1]),
            Asymmetry::Undetermined
        );
    }
}
