//! Joint sums of parts of a wave, and how they add up.

use crate::stats::{Comoments, Finer, Grouped, LevelGram};

use super::tally::DriverTally;

/// Joint sums of rows of one wave.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum JointSums {
    /// There are some.
    Known(Box<Known>),
    /// A row was too heavy for 128 bits, or parts cannot be added.
    Refused,
}

/// Joint sums, all codes of one question being in the same step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    /// The step of the overall question, then of each touchpoint.
    pub(super) steps: Vec<f64>,
    /// Over rows with an overall answer.
    pub(super) with: Option<(Grouped<Comoments>, Grouped<LevelGram>)>,
    /// Over rows without one that have any answer: the touchpoints alone.
    pub(super) without: Option<Grouped<Comoments>>,
}

impl JointSums {
    /// These sums.
    pub(super) fn new(
        steps: Vec<f64>,
        with: Option<(Grouped<Comoments>, Grouped<LevelGram>)>,
        without: Option<Grouped<Comoments>>,
    ) -> Self {
        Self::Known(Box::new(Known { steps, with, without }))
    }

    /// None at all.
    pub(super) fn refused() -> Self {
        Self::Refused
    }

    /// Adds the sums of other rows. Whatever way rows are split, the sum is the same to the
    /// last bit.
    pub(super) fn merge(&mut self, other: Self) {
        let (Self::Known(mine), Self::Known(theirs)) = (&mut *self, other) else {
            *self = Self::Refused;
            return;
        };
        if mine.merge(*theirs).is_none() {
            *self = Self::Refused;
        }
    }
}

impl Known {
    fn merge(&mut self, mut other: Self) -> Option<()> {
        if self.steps.len() != other.steps.len() {
            return None;
        }
        for question in 0..self.steps.len() {
            self.agree(&mut other, question)?;
        }
        match (&mut self.with, other.with) {
            (Some((comoments, levels)), Some((theirs, their_levels))) => {
                comoments.merge(&theirs)?;
                levels.merge(&their_levels)?;
            }
            (mine @ None, theirs) => *mine = theirs,
            (Some(_), None) => {}
        }
        match (&mut self.without, other.without) {
            (Some(mine), Some(theirs)) => mine.merge(&theirs)?,
            (mine @ None, theirs) => *mine = theirs,
            (Some(_), None) => {}
        }
        Some(())
    }

    /// Brings a question to one step in both: the finer one, or that of the part that has
    /// answers.
    fn agree(&mut self, other: &mut Self, question: usize) -> Option<()> {
        let (mine, theirs) = (*self.steps.get(question)?, *other.steps.get(question)?);
        let finest = if mine.total_cmp(&theirs).is_le() { mine } else { theirs };
        let step = match (self.answered(question), other.answered(question)) {
            (true, false) => mine,
            (false, true) => theirs,
            _ => finest,
        };
        self.set_step(question, step)?;
        other.set_step(question, step)
    }

    fn set_step(&mut self, question: usize, step: f64) -> Option<()> {
        let old = *self.steps.get(question)?;
        if old.to_bits() == step.to_bits() {
            return Some(());
        }
        let factor = if self.answered(question) { whole(old / step)? } else { 1 };
        let finer = Finer { step, factor };
        if let Some((comoments, levels)) = &mut self.with {
            comoments.refine(|it| it.refine(question, finer))?;
            if question == 0 {
                levels.refine(|it| it.refine(finer))?;
            }
        }
        if let (Some(without), Some(touchpoint)) =
            (&mut self.without, question.checked_sub(1))
        {
            without.refine(|it| it.refine(touchpoint, finer))?;
        }
        *self.steps.get_mut(question)? = step;
        Some(())
    }

    /// Whether anybody answered a question.
    fn answered(&self, question: usize) -> bool {
        let any = |it: &Grouped<Comoments>, question: usize| {
            it.groups().iter().any(|group| group.n(question, question) > 0)
        };
        self.with.as_ref().is_some_and(|(it, _)| any(it, question))
            || self
                .without
                .as_ref()
                .zip(question.checked_sub(1))
                .is_some_and(|(it, touchpoint)| any(it, touchpoint))
    }

    /// What statistics need of them; `None` when nobody answered the overall question.
    pub(super) fn tally(self) -> Option<DriverTally> {
        let (comoments, levels) = self.with?;
        let same_units = |without: &Grouped<Comoments>| {
            let units = |it: &Grouped<Comoments>| {
                it.groups().first().map(|group| group.steps().to_vec())
            };
            let of_all = units(&comoments)?;
            (units(without)? == *of_all.get(1..)?
                && without.groups().len() == comoments.groups().len())
            .then_some(())
        };
        if let Some(without) = &self.without {
            same_units(without)?;
        }
        Some(DriverTally { comoments, levels, without_overall: self.without })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number from 1 to 65,535"
)]
fn whole(ratio: f64) -> Option<u16> {
    let rounded = ratio.round();
    let is_whole = (ratio - rounded).abs() < 1e-6 * rounded;
    (is_whole && (1.0..=65_535.0).contains(&rounded)).then_some(rounded as u16)
}
