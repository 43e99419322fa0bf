//! The steps in which answers to a question are counted for joint sums.
//!
//! Joint sums are of whole numbers: an answer is so many steps. Which step a question needs
//! shows only when its answers are read, so that there is a ladder of steps, each a whole
//! part of the one before it; a sum climbs down it as far as the answers demand.

use crate::model::{Scale, Valid};
use crate::stats::Finer;

/// The greatest code.
const MOST: f64 = 32_767.0;
/// How many parts a whole number has, rung by rung.
const PARTS: [u16; 5] = [1, 2, 10, 100, 1000];

/// The steps of one question, each a whole part of the one before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ladder {
    /// The first and coarsest, in native units.
    first: f64,
    /// How many parts of it each step is.
    parts: &'static [u16],
}

/// An answer in steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Steps {
    /// The coarsest rung that has the answer among its steps; the last one if none has.
    pub(super) rung: u8,
    /// So many steps of that rung.
    pub(super) count: i16,
}

impl Ladder {
    /// For a question that was not asked.
    pub(super) const UNASKED: Self = Self { first: 1.0, parts: PARTS.split_at(1).0 };

    /// For answers on `scale`. A declared step is the only one; other answers are told apart
    /// by thousandths, or as finely as 32,767 steps to the end of the scale allow.
    pub(super) fn of(scale: &Scale) -> Self {
        let most = scale.min().abs().max(scale.max().abs());
        if let Valid::Step(step) = *scale.valid() {
            let whole = (scale.min() / step - (scale.min() / step).round()).abs() < 1e-9;
            if whole && most / step <= MOST {
                return Self { first: step, ..Self::UNASKED };
            }
        }
        let mut first = 1.0;
        while most / first > MOST {
            first *= 10.0;
        }
        let fits = |parts: &&u16| most / first * f64::from(**parts) <= MOST;
        let rungs = PARTS.iter().take_while(fits).count();
        Self { first, parts: PARTS.split_at(rungs.max(1)).0 }
    }

    /// An answer in steps; one between the finest steps is rounded.
    #[expect(clippy::cast_possible_truncation, reason = "at most 32,767 either way")]
    pub(super) fn steps(&self, answer: f64) -> Steps {
        let mut found = Steps { rung: 0, count: 0 };
        for (rung, parts) in (0..).zip(self.parts) {
            let steps = answer / self.first * f64::from(*parts);
            let rounded = steps.round().clamp(-MOST, MOST);
            found = Steps { rung, count: rounded as i16 };
            if (steps - rounded).abs() <= 1e-9 * rounded.abs().max(1.0) {
                break;
            }
        }
        found
    }

    /// The step of a rung, in native units.
    pub(super) fn step(&self, rung: u8) -> f64 {
        self.first / f64::from(self.parts(rung))
    }

    /// What one climbs down from a rung to a lower one.
    pub(super) fn down(&self, from: u8, to: u8) -> Finer {
        Finer { step: self.step(to), factor: self.factor(from, to) }
    }

    /// How many steps of the rung `to` one step of the rung `from`, above it, is.
    pub(super) fn factor(&self, from: u8, to: u8) -> u16 {
        self.parts(to) / self.parts(from)
    }

    fn parts(&self, rung: u8) -> u16 {
        self.parts.get(usize::from(rung)).copied().unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ladder(min: f64, max: f64, valid: Valid) -> Ladder {
        Ladder::of(&Scale::new(min, max, valid).unwrap())
    }

    #[test]
    fn an_answer_is_counted_in_the_coarsest_step_that_has_it() {
        let it = ladder(1.0, 10.0, Valid::All);
        let found = [7.0, 4.5, 4.3, 7.25, 3.125, 10.0 / 3.0];
        let found = found.map(|answer| it.steps(answer));
        let expected = [(0, 7), (1, 9), (2, 43), (3, 725), (4, 3125), (4, 3333)];
        assert_eq!(found.map(|it| (it.rung, it.count)), expected);
    }

    #[test]
    fn a_declared_step_is_the_only_one() {
        let it = ladder(1.0, 5.0, Valid::Step(0.25));
        assert_eq!(it.steps(3.25), Steps { rung: 0, count: 13 });
        assert!((it.step(0) - 0.25).abs() < 1e-15);
        // 1, 3, 5 … are no multiples of 2.
        assert_eq!(ladder(1.0, 9.0, Valid::Step(2.0)).steps(3.0).count, 3);
    }

    #[test]
    fn steps_of_rungs_divide_one_another() {
        let it = ladder(0.0, 10.0, Valid::All);
        assert_eq!(it.down(1, 3), Finer { step: 0.01, factor: 50 });
        assert_eq!(it.factor(2, 2), 1);
    }

    #[test]
    fn a_wide_scale_has_coarse_steps() {
        assert_eq!(ladder(0.0, 100.0, Valid::All).steps(99.995).rung, 3);
        // 10,000 steps of 100 to either end, or 20,000 of 50: the nearest to −999,960 is
        // −999,950.
        let it = ladder(-1e6, 1e6, Valid::All);
        assert_eq!(it.steps(-999_900.0), Steps { rung: 0, count: -9_999 });
        assert_eq!(it.steps(-999_960.0), Steps { rung: 1, count: -19_999 });
        assert!((it.step(1) - 50.0).abs() < 1e-12);
    }
}
