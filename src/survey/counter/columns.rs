//! What the cells of a batch say, column by column.

use std::ops::Range;

use super::super::batch::Batch;
use super::super::crosstab::NOTHING;
use super::super::joint_pool::question;
use super::super::lexicon::{AnswerCode, NO_CODE};
use super::super::rows_read::Fact;
use super::super::tally::Variable;
use super::Counter;

/// Rows whose cells are read together.
const NEAR: usize = 64;

impl Counter<'_> {
    /// Reads the cells of all questions, some rows at a time: so few that what is read of them
    /// stays near the processor from one question to the next.
    pub(super) fn read_cells(&mut self, batch: &Batch) {
        let rows = batch.places().len();
        // All of them are written anew.
        self.rows.codes.resize(rows * self.lexicons.len(), NO_CODE);
        for from in (0..rows).step_by(NEAR) {
            let columns = self.rows.codes.chunks_exact_mut(rows);
            for (codes, (column, lexicon)) in columns.zip(&mut self.lexicons) {
                let end = rows.min(from + NEAR);
                let codes = codes.get_mut(from..end).unwrap_or_default();
                lexicon.codes((batch, *column, from), codes, &mut self.counts.dictionary);
            }
        }
    }

    /// Counts the answers to a question.
    pub(super) fn count_answers(&mut self, column: usize) {
        let Some((_, lexicon)) = self.lexicons.get(column) else { return };
        let rows = &mut self.rows;
        let count = rows.placed.lots.len();
        let Some(codes) = rows.codes.chunks_exact(count.max(1)).nth(column) else {
            return;
        };
        let slot = |code: usize| lexicon.meanings().get(code).map(|it| it.slot);
        rows.placed.count(&mut self.crosstab, (column, codes), slot, &mut rows.loose);
    }

    /// Puts together what the answers of each row tell of it, some rows at a time.
    pub(super) fn gather_answers(&mut self) {
        let facts = self.lexicons.iter().map(|(_, lexicon)| {
            lexicon.meanings().iter().map(Fact::of).collect::<Vec<_>>()
        });
        let facts: Vec<_> = facts.collect();
        let count = self.rows.placed.lots.len();
        for from in (0..count).step_by(NEAR) {
            let near = from..count.min(from + NEAR);
            for (column, facts) in facts.iter().enumerate() {
                self.gather(column, facts, near.clone());
            }
        }
    }

    /// Puts what the answers to a question tell of some rows where the rest of each row is.
    fn gather(&mut self, column: usize, facts: &[Fact], near: Range<usize>) {
        let (rows, questions) = (&mut self.rows, self.questions);
        let Some(role) = self.roles.get(column) else { return };
        let start = column * rows.placed.lots.len();
        let codes = rows.codes.get(start + near.start..start + near.end);
        let codes = codes.unwrap_or_default();
        let fact =
            |code: &AnswerCode| facts.get(usize::from(*code)).unwrap_or(&Fact::NOTHING);
        if let Some(question) = role.question {
            let joint = rows.joint.get_mut(near.start * questions..near.end * questions);
            let joint = joint.unwrap_or_default().chunks_exact_mut(questions);
            for (row, code) in joint.zip(codes) {
                row[question] = brief(*code);
            }
            if codes.iter().any(|code| *code > GREATEST) {
                let rows_of_codes = near.clone().zip(codes);
                let wide = rows_of_codes.filter(|(_, code)| **code > GREATEST);
                rows.wide.extend(wide.map(|(row, _)| row));
            }
            if question == 0 {
                rows.overall.extend(codes.iter().map(|it| fact(it).count > 0.0));
            }
        }
        if let Some(stage) = role.stage.and_then(|it| self.stages.get_mut(it)) {
            let sums = stage.rows().get_mut(near.clone()).unwrap_or_default();
            let answered = rows.answered.get_mut(near).unwrap_or_default();
            for (((sum, count), answered), code) in
                sums.iter_mut().zip(answered).zip(codes)
            {
                let fact = fact(code);
                *sum += fact.points;
                *count += fact.count;
                answered.add(fact.answered);
            }
        }
    }

    /// The codes of a row by question, the overall one first, as they are.
    pub(super) fn wide_codes(&self, row: usize) -> Vec<AnswerCode> {
        let mut codes = vec![NO_CODE; self.questions];
        let columns = self.rows.codes.chunks_exact(self.rows.placed.lots.len().max(1));
        for (column, role) in columns.zip(&self.roles) {
            let place = role.question.and_then(|it| codes.get_mut(it));
            if let (Some(place), Some(code)) = (place, column.get(row)) {
                *place = *code;
            }
        }
        codes
    }

    /// Reads what was expected.
    pub(super) fn read_gaps(&mut self, batch: &Batch) {
        let rows = &mut self.rows;
        for (at, gap) in self.gaps.iter_mut().enumerate() {
            let Some(question) = question(Variable::Touchpoint(gap.touchpoint)) else {
                continue;
            };
            let asked = self.roles.iter().position(|it| it.question == Some(question));
            let Some(asked) = asked else { continue };
            let Some((_, lexicon)) = self.lexicons.get(asked) else { continue };
            let given = rows.codes.chunks_exact(rows.placed.lots.len().max(1)).nth(asked);
            let mut codes = Vec::new();
            for ((row, place), code) in batch.rows().zip(given.unwrap_or_default()) {
                let meaning = lexicon.meanings().get(usize::from(*code));
                let answer = meaning.and_then(|it| it.answer).map(|it| it.native);
                let dictionaries = (&mut self.counts.dictionary, &mut self.expected);
                let (code, expected) = gap.code(row, place, answer, dictionaries);
                codes.push(code_of(code));
                let row = codes.len() - 1;
                let counts = rows.placed.lots.get(row).is_some_and(Option::is_some);
                rows.loose.extend(expected.filter(|_| counts).map(|slot| (row, slot)));
            }
            let column = (self.lexicons.len() + at, &codes[..]);
            rows.placed.count(
                &mut self.crosstab,
                column,
                |it| gap.slot(it),
                &mut rows.loose,
            );
        }
    }

    /// Works out the means of stages.
    pub(super) fn read_stages(&mut self) {
        let rows = &mut self.rows;
        let first = self.lexicons.len() + self.gaps.len();
        for (at, stage) in self.stages.iter_mut().enumerate() {
            let mut codes = Vec::with_capacity(rows.placed.lots.len());
            for row in 0..rows.placed.lots.len() {
                let code = stage.code(row, &mut self.counts.dictionary);
                codes.push(code_of(code));
                // There may be more means than codes.
                if let Some(code) = code.filter(|_| codes.last() == Some(&NOTHING))
                    && rows.placed.lots.get(row).is_some_and(Option::is_some)
                {
                    rows.loose.extend(stage.slot(code).map(|it| (row, it)));
                }
            }
            let column = (first + at, &codes[..]);
            rows.placed.count(
                &mut self.crosstab,
                column,
                |it| stage.slot(it),
                &mut rows.loose,
            );
        }
    }
}

/// The largest code that is kept as a byte.
const GREATEST: AnswerCode = 255;

/// A code as a byte, if it is one.
fn brief(code: AnswerCode) -> u8 {
    u8::try_from(code).unwrap_or(u8::MAX)
}

/// A code for the crosstab, unless it is too large for one.
fn code_of(code: Option<usize>) -> AnswerCode {
    code.map_or(NOTHING, |it| AnswerCode::try_from(it).unwrap_or(NOTHING))
}
