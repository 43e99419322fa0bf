//! Derived importance of all drivers, with the uncertainty of anything made of it.

use std::num::NonZeroUsize;
use std::sync::Arc;

use super::comoments::Comoments;
use super::correlation::{Correlation, NoCorrelation, Pairwise};
use super::each::{both, each};
use super::jackknife::Jackknife;
use super::lift::{lift, net_slope};
use super::link::Link;
use super::lmg::{Decomposition, lmg, lmg_replicates};
use super::marginals::Marginals;
use super::{Additive, Grouped};

/// Whose importance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matrix {
    /// Of the whole customer base: reach is built in.
    Population,
    /// Of those who use a touchpoint.
    Users,
}

/// Shares of R², from all rows and without each replicate group.
#[derive(Clone, Debug)]
pub struct Importance {
    whole: Evaluation,
    replicates: Vec<Evaluation>,
    repair: Option<Repair>,
}

/// Correlations of drivers with an outcome, and the shares that follow from them.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// Each driver by itself, shared by what is made of the same rows.
    pub marginals: Arc<Marginals>,
    /// Their correlations.
    pub correlation: Correlation,
    /// R² divided among them.
    pub lmg: Decomposition,
}

/// What it took to make pairwise correlations agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// Smallest eigenvalue before.
    pub smallest_eigenvalue: f64,
    /// Relative change by it: see [`Pairwise::repair`].
    pub change: f64,
}

/// An estimate with its standard error from the jackknife.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// The estimate.
    pub value: f64,
    /// Its standard error, in the same units; `None` where it cannot be had.
    pub error: Option<f64>,
}

/// Drivers without one replicate group: each by itself, and how they correlate.
type Replicate = (Arc<Marginals>, Result<Correlation, NoCorrelation>);

impl Importance {
    /// Of the drivers in `sums`, all of which passed the [gate](super::admit).
    ///
    /// # Errors
    ///
    /// When there are no correlations, of all rows or without one of the groups.
    pub fn of(
        sums: &Grouped<Comoments>,
        matrix: Matrix,
        threads: NonZeroUsize,
    ) -> Result<Self, NoCorrelation> {
        let total = total(sums)?;
        let replicates = without_each(sums, &total, threads, |rest| {
            (Arc::new(Marginals::of(rest)), matrix.replicate(rest))
        });
        Self::of_replicates(&total, matrix, replicates, threads)
    }

    /// By both matrices, the population's first, each by a thread of its own if there are two.
    /// The numbers are the same bits for any number of threads.
    ///
    /// # Errors
    ///
    /// As [`Self::of`], for each matrix by itself.
    pub fn by_both(
        sums: &Grouped<Comoments>,
        threads: NonZeroUsize,
    ) -> (Result<Self, NoCorrelation>, Result<Self, NoCorrelation>) {
        let total = match total(sums) {
            Ok(total) => total,
            Err(why) => return (Err(why), Err(why)),
        };
        let (population, users): (Vec<Replicate>, Vec<Replicate>) =
            without_each(sums, &total, threads, |rest| {
                let marginals = Arc::new(Marginals::of(rest));
                let population = Matrix::Population.replicate(rest);
                let users = Matrix::Users.replicate(rest);
                ((Arc::clone(&marginals), population), (marginals, users))
            })
            .into_iter()
            .unzip();
        let half = NonZeroUsize::new(threads.get() / 2).unwrap_or(NonZeroUsize::MIN);
        let of = |matrix, rest| Self::of_replicates(&total, matrix, rest, half);
        let (users, population) = both(
            || of(Matrix::Users, users),
            || of(Matrix::Population, population),
            threads,
        );
        (population, users)
    }

    fn of_replicates(
        total: &Comoments,
        matrix: Matrix,
        rest: Vec<Replicate>,
        threads: NonZeroUsize,
    ) -> Result<Self, NoCorrelation> {
        let (correlation, repair) = match matrix {
            Matrix::Population => (Correlation::population(total)?, None),
            Matrix::Users => {
                let Pairwise { correlation, smallest_eigenvalue, repair } =
                    Correlation::users(total)?;
                let repair = Repair { smallest_eigenvalue, change: repair };
                (correlation, Some(repair))
            }
        };
        let (marginals, rest): (Vec<_>, Vec<_>) = rest.into_iter().unzip();
        let rest = rest.into_iter().collect::<Result<Vec<_>, _>>()?;
        let whole = lmg(&correlation);
        let decompositions = lmg_replicates(&correlation, &whole, &rest, threads);
        let evaluation =
            |((marginals, correlation), lmg)| Evaluation { marginals, correlation, lmg };
        let replicates = marginals.into_iter().zip(rest).zip(decompositions);
        Ok(Self {
            replicates: replicates.map(evaluation).collect(),
            whole: Evaluation {
                marginals: Arc::new(Marginals::of(total)),
                correlation,
                lmg: whole,
            },
            repair,
        })
    }

    /// Of all rows.
    #[must_use]
    pub fn whole(&self) -> &Evaluation {
        &self.whole
    }

    /// How the users' matrix had to be repaired; `None` for the population matrix.
    #[must_use]
    pub fn repair(&self) -> Option<Repair> {
        self.repair
    }

    /// Degrees of freedom of the standard errors: replicate groups − 1.
    #[must_use]
    pub fn df(&self) -> usize {
        self.replicates.len().saturating_sub(1)
    }

    /// Statistics of all rows with their standard errors; `of` gives them always in one order.
    pub fn estimate(&self, of: impl Fn(&Evaluation) -> Vec<f64>) -> Vec<Estimated> {
        let some = |one: &Evaluation| of(one).into_iter().map(Some).collect();
        let replicates: Vec<Vec<Option<f64>>> =
            self.replicates.iter().map(some).collect();
        let jackknife = Jackknife::from_replicates(&replicates);
        let error = |at: usize| jackknife.as_ref()?.errors().get(at).copied().flatten();
        let values = of(&self.whole).into_iter().enumerate();
        values.map(|(at, value)| Estimated { value, error: error(at) }).collect()
    }

    /// Shares of R², 0 to 1; 0 when nothing is explained, which the gate keeps out.
    #[must_use]
    pub fn shares(&self) -> Vec<Estimated> {
        self.estimate(|one| {
            one.lmg.shares().unwrap_or_else(|| vec![0.0; one.correlation.k()])
        })
    }

    /// Gains of the mean outcome when each driver comes up to its target, in native units: see
    /// [`lift`]. Links are those of all rows.
    #[must_use]
    pub fn lifts(&self, targets: &[f64], links: &[Link]) -> Vec<Estimated> {
        self.estimate(|one| {
            let of = |(j, (target, link)): (usize, (&f64, &Link))| {
                let slope = net_slope(&one.correlation, &one.lmg, j, *link);
                let mean = one.marginals.mean(j).unwrap_or(*target);
                lift(one.marginals.reach(j).unwrap_or(0.0), slope, mean, *target)
            };
            targets.iter().zip(links).enumerate().map(of).collect()
        })
    }
}

impl Matrix {
    /// Correlations of the rows of a replicate.
    fn replicate(self, rest: &Comoments) -> Result<Correlation, NoCorrelation> {
        match self {
            Self::Population => Correlation::population(rest),
            Self::Users => Correlation::users_replicate(rest),
        }
    }
}

/// Sums of all rows.
fn total(sums: &Grouped<Comoments>) -> Result<Comoments, NoCorrelation> {
    sums.total().filter(|total| total.rows() > 0).ok_or(NoCorrelation::Constant(0))
}

/// What `of` makes of all rows but those of each replicate group that has some. The sums
/// themselves are not kept: a hundred of them do not fit into a processor's cache.
fn without_each<T: Send>(
    sums: &Grouped<Comoments>,
    total: &Comoments,
    threads: NonZeroUsize,
    of: impl Fn(&Comoments) -> T + Sync,
) -> Vec<T> {
    let groups: Vec<&Comoments> = sums.inhabited().collect();
    each(&groups, threads, |group| {
        let mut rest = total.clone();
        rest.subtract(group);
        of(&rest)
    })
}

impl Estimated {
    /// Student's t of being over the fair share 1/`k` (one-sided: large values speak for it);
    /// `None` without a standard error, or with one of 0. METHOD §8.
    #[must_use]
    pub fn over_fair_share(self, k: usize) -> Option<f64> {
        let fair = 1.0 / f64::from(u32::try_from(k).ok()?);
        let error = self.error.filter(|error| *error > 0.0)?;
        Some((self.value - fair) / error)
    }

    /// The value ± `quantile` standard errors.
    #[must_use]
    pub fn interval(self, quantile: f64) -> Option<crate::model::Interval> {
        let half = quantile * self.error?;
        Some([self.value - half, self.value + half])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{ComomentRows, DriverRow, Weight};

    /// Scores 1, 2, 3, 4, 5 in groups of their own, and an outcome of twice the score: at a target
    /// of 4 the lift is 2 · (4 − 3), and its standard error 2 s/√n = 2 √(2.5 / 5).
    #[test]
    fn lift_of_a_single_driver_by_hand() {
        let mut rows = ComomentRows::new(5, &Comoments::new(&[1.0, 1.0]).unwrap());
        for (group, score) in (1..=5_i16).enumerate() {
            let drivers = &[Some(score)];
            let row =
                DriverRow { group, weight: Weight::ONE, outcome: 2 * score, drivers };
            rows.push(row).unwrap();
        }
        let sums = rows.finish();
        // The users' matrix of two variables that are one is repaired by some 0.0001.
        for (matrix, near) in [(Matrix::Population, 1e-12), (Matrix::Users, 1e-3)] {
            let importance = Importance::of(&sums, matrix, NonZeroUsize::MIN).unwrap();
            assert_eq!(importance.repair().is_some(), matrix == Matrix::Users);
            let lift = importance.lifts(&[4.0], &[Link::Positive])[0];
            assert!((lift.value - 2.0).abs() < near);
            assert!((lift.error.unwrap() - 2.0 * 0.5_f64.sqrt()).abs() < near);
            let [low, high] = lift.interval(2.0).unwrap();
            assert!((high - low - 8.0 * 0.5_f64.sqrt()).abs() < 4.0 * near);
            let none = importance.lifts(&[4.0], &[Link::NotPositive])[0];
            assert!(none.value.abs() < f64::EPSILON);
            assert!((importance.shares()[0].value - 1.0).abs() < 1e-12);
            assert_eq!(importance.df(), 4);
        }
    }

    #[test]
    fn twice_the_fair_share_by_one_error_is_a_t_of_one() {
        let share = Estimated { value: 0.5, error: Some(0.25) };
        assert!((share.over_fair_share(4).unwrap() - 1.0).abs() < 1e-15);
        assert_eq!(Estimated { error: None, ..share }.over_fair_share(4), None);
        assert_eq!(Estimated { error: Some(0.0), ..share }.over_fair_share(4), None);
    }

    #[test]
    fn nobody_answered_has_no_importance() {
        let rows = ComomentRows::new(5, &Comoments::new(&[1.0, 1.0]).unwrap());
        let importance = Importance::of(&rows.finish(), Matrix::Users, NonZeroUsize::MIN);
        assert_eq!(importance.err(), Some(NoCorrelation::Constant(0)));
    }
}
