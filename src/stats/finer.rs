//! Codes counted in a finer step, when an answer turns up between two codes.

use super::comoments::pair;
use super::{Additive, Comoments, Grouped, LevelGram};

/// A finer step of the codes of one variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finer {
    /// The new step, in native units.
    pub step: f64,
    /// How many of it the old step is.
    pub factor: u16,
}

impl Comoments {
    /// Counts the codes of variable `i` in a finer step; no sum changes in native units.
    ///
    /// `None` when the sums would not fit into 128 bits; they are of no use then.
    #[must_use]
    pub fn refine(&mut self, i: usize, finer: Finer) -> Option<()> {
        let (variables, factor) = (self.variables(), i128::from(finer.factor));
        *self.steps.get_mut(i)? = finer.step;
        for j in 0..variables {
            grow(&mut self.sums[i * variables + j], factor)?;
            grow(&mut self.squares[i * variables + j], factor * factor)?;
            let times = if i == j { factor * factor } else { factor };
            grow(&mut self.products[pair(i, j)], times)?;
        }
        Some(())
    }
}

impl Comoments {
    /// No sum is larger than this (Cauchy and Schwarz), nor is any of a part of the rows.
    pub(super) fn size(&self) -> Option<i128> {
        let variables = self.variables();
        let of = |i: usize| {
            self.squares[i * variables + i].checked_add(self.weights[pair(i, i)])
        };
        (0..variables).try_fold(0_i128, |sum, i| sum.checked_add(of(i)?))
    }
}

impl LevelGram {
    /// Counts the codes of the outcome in a finer step; no sum changes in native units.
    ///
    /// `None` when the sums would not fit into 128 bits; they are of no use then.
    #[must_use]
    pub fn refine(&mut self, finer: Finer) -> Option<()> {
        self.step = finer.step;
        self.outcome.iter_mut().try_for_each(|sum| grow(sum, i128::from(finer.factor)))
    }
}

fn grow(sum: &mut i128, factor: i128) -> Option<()> {
    *sum = sum.checked_mul(factor)?;
    Some(())
}

impl<S: Additive> Grouped<S> {
    /// Refines every group; `None` when that fails for one.
    #[must_use]
    pub fn refine(&mut self, with: impl Fn(&mut S) -> Option<()>) -> Option<()> {
        self.groups_mut().iter_mut().try_for_each(with)
    }
}
