//! Everything that cells can say, numbered: the slots that rows are counted in.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::tally::{Beside, Variable};

/// Different answers that one question may have.
const LEVELS: usize = 1_001;
/// Different means that the answers to one stage may have.
const STAGE_LEVELS: usize = 100_000;

/// An answer on the native scale; minus nought is nought, so that equal answers are one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level(f64);

impl Level {
    /// The level of an answer.
    pub(super) fn new(answer: f64) -> Self {
        Self(answer + 0.0)
    }

    /// The answer.
    pub(super) fn value(self) -> f64 {
        self.0
    }
}

impl PartialEq for Level {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Level {}

impl PartialOrd for Level {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Level {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// An answer.
    Answer(Level),
    /// The customer did not meet the touchpoint.
    NotApplicable,
    /// Should have been answered and was not.
    Blank,
    /// Was not asked.
    NotAsked,
}

/// The slot in which every row is counted.
pub(super) const EVERY_ROW: usize = 0;

/// A slot for each outcome of each variable that occurs, numbered as they occur.
#[derive(Clone, Debug, Default)]
pub(super) struct Dictionary {
    slots: BTreeMap<(Variable, Outcome), usize>,
    levels: BTreeMap<Variable, usize>,
    overfull: BTreeSet<Variable>,
}

impl Dictionary {
    /// One more than the greatest slot.
    pub(super) fn width(&self) -> usize {
        self.slots.len() + 1
    }

    /// The slot of an outcome. Answers beyond the most levels that a variable may have go
    /// to the slot of blanks, and [`Self::overfull`] names the variable.
    pub(super) fn slot(&mut self, variable: Variable, outcome: Outcome) -> usize {
        if let Some(slot) = self.slots.get(&(variable, outcome)) {
            return *slot;
        }
        if matches!(outcome, Outcome::Answer(_)) {
            let most = match variable {
                Variable::Stage(_) => STAGE_LEVELS,
                _ => LEVELS,
            };
            let levels = self.levels.entry(variable).or_default();
            if *levels == most {
                self.overfull.insert(variable);
                return self.slot(variable, Outcome::Blank);
            }
            *levels += 1;
        }
        let slot = self.width();
        self.slots.insert((variable, outcome), slot);
        slot
    }

    /// Whether a slot is that of blanks of a variable.
    pub(super) fn is_blank(&self, variable: Variable, slot: usize) -> bool {
        self.slots.get(&(variable, Outcome::Blank)) == Some(&slot)
    }

    /// The outcomes of `variable` and their slots, answers first, rising.
    pub(super) fn outcomes(
        &self,
        variable: Variable,
    ) -> impl Iterator<Item = (Outcome, usize)> {
        let least = (variable, Outcome::Answer(Level(f64::NEG_INFINITY)));
        self.slots
            .range(least..=(variable, Outcome::NotAsked))
            .map(|((_, outcome), slot)| (*outcome, *slot))
    }

    /// Every outcome of every variable, in order, and its slot.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Variable, Outcome, usize)> {
        self.slots.iter().map(|((variable, outcome), slot)| (*variable, *outcome, *slot))
    }

    /// What is counted beside the scores, in order.
    pub(super) fn beside(&self) -> impl Iterator<Item = (Variable, Outcome, usize)> {
        let first = (
            Variable::Beside(Beside::Said(0)),
            Outcome::Answer(Level(f64::NEG_INFINITY)),
        );
        let beside = self.slots.range(first..);
        beside.map(|((variable, outcome), slot)| (*variable, *outcome, *slot))
    }

    /// Variables with more levels than they may have.
    pub(super) fn overfull(&self) -> impl Iterator<Item = Variable> {
        self.overfull.iter().copied()
    }

    /// Takes in the outcomes of another dictionary: its slot `i` is our slot `ours[i]`.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<usize> {
        let mut ours = vec![EVERY_ROW; other.width()];
        for (&(variable, outcome), &slot) in &other.slots {
            ours[slot] = self.slot(variable, outcome);
        }
        self.overfull.extend(&other.overfull);
        ours
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const Q: Variable = Variable::Touchpoint(0);

    fn answer(value: f64) -> Outcome {
        Outcome::Answer(Level::new(value))
    }

    #[test]
    fn equal_answers_share_a_slot() {
        let mut it = Dictionary::default();
        assert_eq!(it.slot(Q, answer(0.0)), it.slot(Q, answer(-0.0)));
        assert_ne!(it.slot(Q, answer(1.0)), it.slot(Variable::Overall, answer(1.0)));
        assert_ne!(it.slot(Q, Outcome::Blank), EVERY_ROW);
    }

    #[test]
    fn outcomes_come_answers_first_and_rising() {
        let mut it = Dictionary::default();
        for outcome in [Outcome::Blank, answer(10.0), answer(-2.5), answer(9.0)] {
            it.slot(Q, outcome);
        }
        it.slot(Variable::Touchpoint(1), answer(1.0));
        let outcomes: Vec<_> = it.outcomes(Q).map(|(outcome, _)| outcome).collect();
        assert_eq!(outcomes, [answer(-2.5), answer(9.0), answer(10.0), Outcome::Blank]);
    }

    #[test]
    fn the_thousand_and_second_level_is_too_many() {
        let mut it = Dictionary::default();
        for level in 0..1_001_u32 {
            it.slot(Q, answer(f64::from(level)));
        }
        assert_eq!(it.overfull().count(), 0);
        it.slot(Q, answer(0.5));
        assert_eq!(it.overfull().collect::<Vec<_>>(), [Q]);
    }

    #[test]
    fn a_merge_says_where_the_slots_went() {
        let (mut a, mut b) = (Dictionary::default(), Dictionary::default());
        let (a1, a2) = (a.slot(Q, answer(1.0)), a.slot(Q, answer(2.0)));
        let (b2, b3) = (b.slot(Q, answer(2.0)), b.slot(Q, answer(3.0)));
        let ours = a.merge(&b);
        assert_eq!((ours[EVERY_ROW], ours[b2]), (EVERY_ROW, a2));
        assert_eq!(ours[b3], a.slot(Q, answer(3.0)));
        assert_eq!(a1, a.slot(Q, answer(1.0)));
    }
}
