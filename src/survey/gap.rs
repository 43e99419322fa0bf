//! The derived variable of a gap: the answer to a touchpoint minus what was expected of it.

use std::collections::BTreeMap;

use crate::model::Rescale;

use super::batch::Cells;
use super::bind::BoundQuestion;
use super::dictionary::{Dictionary, Level, Outcome};
use super::lexicon::Lexicon;
use super::number::DecimalMark;
use super::options::CountBeside;
use super::recall::Recall;
use super::sighting::Place;
use super::tally::Variable;

/// Parts of a unit that gaps are told apart by: 4.1 − 3.1 and 3.1 − 2.1 are one level.
const PARTS: f64 = 1e9;

/// Numbers the gaps of one touchpoint.
pub(super) struct Gap<'a> {
    /// The touchpoint.
    pub(super) touchpoint: usize,
    /// The column of what was expected.
    pub(super) column: usize,
    /// What its cells mean.
    pub(super) lexicon: Lexicon<'a>,
    known: Recall,
    /// Slots of what was expected, where they are counted, by the bits of the number.
    expected: Option<BTreeMap<u64, usize>>,
}

impl<'a> Gap<'a> {
    /// Of each touchpoint of which the file says what was expected.
    pub(super) fn all(
        expectations: &'a [BoundQuestion<'a>],
        rescale: Rescale,
        mark: DecimalMark,
        count: CountBeside,
    ) -> Vec<Self> {
        let gap = |it: &'a BoundQuestion<'a>| {
            let Variable::Gap(touchpoint) = it.variable else { return None };
            let lexicon = Lexicon::new(it.variable, &it.question, rescale, mark);
            Some(Self {
                touchpoint,
                column: it.column,
                lexicon,
                known: Recall::default(),
                expected: (count == CountBeside::All).then(BTreeMap::new),
            })
        };
        expectations.iter().filter_map(gap).collect()
    }

    /// The code of the gap of a respondent whose answer to the touchpoint this is, `None`
    /// unless both were given, and the slot of what was expected. Cells go to a dictionary of
    /// their own, because nobody asks what else than numbers they hold.
    pub(super) fn code(
        &mut self,
        row: Cells<'_>,
        place: Place,
        answer: Option<f64>,
        (dictionary, cells): (&mut Dictionary, &mut Dictionary),
    ) -> (Option<usize>, Option<usize>) {
        let cell = (row.get(self.column), row.key(self.column));
        let code = self.lexicon.code(cell, place, cells);
        let meaning = self.lexicon.meanings().get(usize::from(code));
        let Some(expected) = meaning.and_then(|it| it.answer).map(|it| it.native) else {
            return (None, None);
        };
        let slots = self.expected.as_mut();
        let slot = slots.map(|slots| {
            *slots.entry(expected.to_bits()).or_insert_with(|| {
                let variable = Variable::Expected(self.touchpoint);
                dictionary.slot(variable, Outcome::Answer(Level::new(expected)))
            })
        });
        let variable = Variable::Gap(self.touchpoint);
        let code = answer.map(|answer| {
            self.known.code(answer, expected, || {
                let gap = ((answer - expected) * PARTS).round() / PARTS;
                dictionary.slot(variable, Outcome::Answer(Level::new(gap)))
            })
        });
        (code, slot)
    }

    /// The slot of a code.
    pub(super) fn slot(&self, code: usize) -> Option<usize> {
        self.known.slot(code)
    }
}
