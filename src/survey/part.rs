//! Rows of a wave that count, added up.

use super::dictionary::EVERY_ROW;
use super::exact::{Sums, Weight};
use super::ids::Ids;
use super::joint_sums::JointSums;
use super::manner::Manner;

/// Rows that count.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// How many.
    pub(super) used: u64,
    /// With four or more answers to touchpoints, all equal.
    pub(super) straight_liners: u64,
    /// With fewer than three answers to touchpoints.
    pub(super) few_answers: u64,
    /// Sums over all of them.
    pub(super) total: Sums,
    /// By segment and number of its value.
    pub(super) segments: Vec<Vec<Sums>>,
    /// Joint sums, if they are worked out.
    pub(super) joint: Option<JointSums>,
    /// Whose rows they are.
    pub(super) ids: Ids,
}

/// Whether a row has a weight of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// It has.
    Weighted,
    /// It counts as 1, unless others of the wave have one.
    Weightless,
}

impl Side {
    /// 0 or 1.
    pub(super) fn at(self) -> usize {
        match self {
            Self::Weighted => 0,
            Self::Weightless => 1,
        }
    }
}

impl Part {
    /// Adds all that is told of a row but its slots.
    pub(super) fn note(&mut self, respondents: u64, manner: Manner, id: Option<u64>) {
        self.used += respondents;
        match manner {
            Manner::Few => self.few_answers += respondents,
            Manner::Straight => self.straight_liners += respondents,
            Manner::Plain => {}
        }
        if let Some(id) = id {
            self.ids.push(id);
        }
    }

    /// Adds the slots of a row, or some of them; all are under `width`.
    pub(super) fn add_slots(
        &mut self,
        slots: &[usize],
        groups: &[Option<usize>],
        weight: Weight,
        width: usize,
    ) {
        self.total.add(slots, width, weight);
        for (segment, group) in groups.iter().enumerate() {
            if let Some(group) = *group {
                self.group(segment, group).add(slots, width, weight);
            }
        }
    }

    /// The sums of a value of a segment, by their numbers.
    pub(super) fn group(&mut self, segment: usize, group: usize) -> &mut Sums {
        if self.segments.len() <= segment {
            self.segments.resize_with(segment + 1, Vec::new);
        }
        let groups = &mut self.segments[segment];
        if groups.len() <= group {
            groups.resize_with(group + 1, Sums::default);
        }
        &mut groups[group]
    }

    /// Adds rows counted with other numbers.
    pub(super) fn merge(
        &mut self,
        other: Self,
        slots: &[usize],
        groups: &[Vec<Option<usize>>],
    ) {
        self.used += other.used;
        self.straight_liners += other.straight_liners;
        self.few_answers += other.few_answers;
        self.total.merge(&other.total, slots);
        for (segment, (theirs, ours)) in other.segments.iter().zip(groups).enumerate() {
            for (sums, number) in theirs.iter().zip(ours) {
                if let Some(number) = *number {
                    self.group(segment, number).merge(sums, slots);
                }
            }
        }
        self.ids.merge(&other.ids);
        match (&mut self.joint, other.joint) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            (mine @ None, theirs) => *mine = theirs,
            (Some(_), None) => {}
        }
    }

    /// These rows and those of `other`, counted with the same numbers.
    pub(super) fn and(mut self, other: Self, width: usize) -> Self {
        let slots: Vec<_> = (EVERY_ROW..width).collect();
        let groups: Vec<Vec<_>> = other
            .segments
            .iter()
            .map(|groups| (0..groups.len()).map(Some).collect())
            .collect();
        self.merge(other, &slots, &groups);
        self
    }
}
