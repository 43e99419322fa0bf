//! What is read of the rows of a batch, column by column, until each row is counted.

use std::collections::BTreeSet;

use super::crosstab::{Crosstab, NOTHING};
use super::exact::Weight;
use super::lexicon::{AnswerCode, Meaning};
use super::manner::Answered;
use super::part::Side;

/// Where a row counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lot {
    /// The number of its wave.
    pub(super) wave: usize,
    /// Whether it has a weight of its own.
    pub(super) side: Side,
    /// Its weight.
    pub(super) weight: Weight,
    /// That of the weight, if it has one.
    pub(super) number: Option<usize>,
}

/// What was read of the rows of a batch.
#[derive(Debug, Default)]
pub(super) struct RowsRead {
    /// Where each counts.
    pub(super) placed: Placed,
    /// Numbers of its values of the segments, row by row.
    pub(super) groups: Vec<Option<usize>>,
    /// Slots that are not counted by code, with the rows.
    pub(super) loose: Vec<(usize, usize)>,
    /// The codes of all rows, column by column.
    pub(super) codes: Vec<AnswerCode>,
    /// Codes by question, the overall one first, row by row, each as a byte.
    pub(super) joint: Vec<u8>,
    /// Rows that have a code which is no byte.
    pub(super) wide: BTreeSet<usize>,
    /// Whether the overall question was answered.
    pub(super) overall: Vec<bool>,
    /// The answers to touchpoints, as far as they tell how they were given.
    pub(super) answered: Vec<Answered>,
}

/// What the meaning of an answer adds to what is known of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact {
    /// How it was given.
    pub(super) answered: Answered,
    /// The answer, from 0 to 100, or 0.
    pub(super) points: f64,
    /// 1 or, where there is no answer, 0.
    pub(super) count: f64,
}

/// How what the cells of a row say is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// As codes, in the crosstab.
    ByCode,
    /// One by one, or not at all.
    BySlot,
}

/// Where the rows of a batch count, and how.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// Where each counts.
    pub(super) lots: Vec<Option<Lot>>,
    /// Whether what its cells say is counted by code.
    begun: Vec<bool>,
    /// Whether that is so of all.
    all: bool,
}

impl RowsRead {
    /// Forgets all, and makes room for so many rows of so many questions.
    pub(super) fn begin(&mut self, rows: usize, questions: usize) {
        self.placed = Placed { all: true, ..Placed::default() };
        self.groups.clear();
        self.loose.clear();
        self.overall.clear();
        // Those of questions that have a column are written anew; others never are.
        self.joint.resize(rows * questions, u8::MAX);
        self.wide.clear();
        self.answered.clear();
        self.answered.resize(rows, Answered::NOTHING);
    }

    /// The slots of a row that are not counted by code, if there are any; all are in order.
    pub(super) fn slots(&self, row: usize) -> Option<Vec<usize>> {
        if self.loose.is_empty() {
            return None;
        }
        let first = self.loose.partition_point(|(it, _)| *it < row);
        let of_row = self.loose.iter().skip(first).take_while(|(it, _)| *it == row);
        let slots: Vec<_> = of_row.map(|(_, slot)| *slot).collect();
        (!slots.is_empty()).then_some(slots)
    }
}

impl Fact {
    /// No answer.
    pub(super) const NOTHING: Self =
        Self { answered: Answered::NOTHING, points: 0.0, count: 0.0 };

    /// What a meaning adds.
    pub(super) fn of(meaning: &Meaning) -> Self {
        meaning.answer.map_or(Self::NOTHING, |answer| Self {
            answered: Answered::once(answer.native),
            points: answer.points,
            count: 1.0,
        })
    }
}

impl Placed {
    /// Takes in the next row, which is counted by code, or not.
    pub(super) fn push(&mut self, lot: Option<Lot>, how: How) {
        self.lots.push(lot);
        self.begun.push(how == How::ByCode);
        self.all &= how == How::ByCode;
    }

    /// Counts the codes of a column of all rows by code, or notes their slots.
    pub(super) fn count(
        &self,
        crosstab: &mut Crosstab,
        (column, codes): (usize, &[AnswerCode]),
        slot: impl Fn(usize) -> Option<usize>,
        loose: &mut Vec<(usize, usize)>,
    ) {
        let counted = if self.all {
            crosstab.count(column, codes)
        } else {
            let begun = codes.iter().zip(&self.begun).filter(|(_, begun)| **begun);
            crosstab.count(column, &begun.map(|(code, _)| *code).collect::<Vec<_>>())
        };
        if counted && self.all {
            return;
        }
        let rows = codes.iter().zip(self.begun.iter().zip(&self.lots)).enumerate();
        for (row, (code, (begun, lot))) in rows {
            if *code != NOTHING && lot.is_some() && !(counted && *begun) {
                loose.extend(slot(usize::from(*code)).map(|slot| (row, slot)));
            }
        }
    }
}
