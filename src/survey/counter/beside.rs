//! What the cells of a batch say beside the scores.

use std::collections::{BTreeMap, BTreeSet};

use super::super::batch::Batch;
use super::super::beside::RowOf;
use super::super::count::Names;
use super::super::lexicon::AnswerCode;
use super::super::options::Quotes;
use super::super::tally::Variable;
use super::Counter;

impl Counter<'_> {
    /// Reads why customers answered so.
    pub(super) fn read_reasons(&mut self, batch: &Batch) {
        let mut slots = Vec::new();
        for at in 0..self.reasons.len() {
            let touchpoint = self.reasons[at].touchpoint();
            let Some(given) = self.given(Variable::Touchpoint(touchpoint)) else {
                continue;
            };
            for (row, ((cells, place), answer)) in batch.rows().zip(given).enumerate() {
                let lot = self.rows.placed.lots.get(row).copied().flatten();
                let (Some(lot), Some((answer, class))) = (lot, answer) else { continue };
                let it = RowOf { cells, place, class, answer };
                let reader = &mut self.reasons[at];
                let causes = reader.read(it, &mut self.counts.dictionary, &mut slots);
                self.rows.loose.extend(slots.drain(..).map(|slot| (row, slot)));
                if self.reading.options.quotes == Quotes::Keep {
                    self.show_comment((at, it), (row, lot.wave), &causes);
                }
            }
        }
    }

    /// Shows what a row says to those who keep comments.
    fn show_comment(
        &mut self,
        (at, it): (usize, RowOf<'_>),
        (row, wave): (usize, usize),
        causes: &BTreeSet<usize>,
    ) {
        let Some(reader) = self.reasons.get(at) else { return };
        let touchpoint = reader.touchpoint();
        let groups = self.rows.groups.get(row * self.segments.len()..);
        // Taken out meanwhile: names of values are looked up beside them.
        let of_wave = &mut self.counts.at(wave).comments;
        let mut comments = of_wave.remove(&touchpoint).unwrap_or_default();
        let names = &self.counts.segments;
        reader.show(it, causes, &mut comments, || {
            values(groups.unwrap_or_default(), names)
        });
        self.counts.at(wave).comments.insert(touchpoint, comments);
    }

    /// Reads what became of complaints.
    pub(super) fn read_complaints(&mut self, batch: &Batch) {
        if self.complaints.is_none() {
            return;
        }
        let rows = batch.places().len();
        let given = |it: Option<Vec<Option<(f64, i8)>>>| it.unwrap_or(vec![None; rows]);
        let overall = given(self.given(Variable::Overall));
        let recommend = given(self.given(Variable::Recommend));
        let answers = overall.into_iter().zip(recommend);
        let mut slots = Vec::new();
        for (row, (it, (overall, recommend))) in batch.rows().zip(answers).enumerate() {
            if self.rows.placed.lots.get(row).copied().flatten().is_none() {
                continue;
            }
            let Some(reader) = &mut self.complaints else { return };
            let answers = [overall, recommend].map(|it| it.map(|(answer, _)| answer));
            reader.read(it, answers, &mut self.counts.dictionary, &mut slots);
            self.rows.loose.extend(slots.drain(..).map(|slot| (row, slot)));
        }
    }

    /// What each row answered to a question, and whether that is satisfied; `None` where the
    /// file does not ask it.
    fn given(&self, variable: Variable) -> Option<Vec<Option<(f64, i8)>>> {
        let asked = self.lexicons.iter().position(|(_, it)| it.variable() == variable)?;
        let (_, lexicon) = self.lexicons.get(asked)?;
        let (_, question) = lexicon.labelled();
        let known = lexicon.meanings().iter().map(|meaning| {
            let native = meaning.answer?.native;
            Some((native, question.class(native)))
        });
        let known: Vec<_> = known.collect();
        let codes = self.rows.codes.chunks_exact(self.rows.placed.lots.len().max(1));
        let codes = codes.into_iter().nth(asked)?;
        let answer = |code: &AnswerCode| known.get(usize::from(*code)).copied().flatten();
        Some(codes.iter().map(answer).collect())
    }
}

/// The values that numbers stand for, by the position of the segment.
fn values(groups: &[Option<usize>], names: &[Names]) -> BTreeMap<usize, String> {
    let pairs = groups.iter().zip(names).enumerate();
    let value = |(segment, (number, names)): (usize, (&Option<usize>, &Names))| {
        let (value, _) = names.iter().find(|(_, it)| Some(*it) == *number)?;
        Some((segment, value.to_owned()))
    };
    pairs.filter_map(value).collect()
}
