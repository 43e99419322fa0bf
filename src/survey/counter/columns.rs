//! What the cells of a batch say, column by column.

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
        let Some(((_, lexicon), role)) =
            self.lexicons.get(column).zip(self.roles.get(column))
        else {
            return;
        };
        let rows = &mut self.rows;
        let count = rows.placed.lots.len();
        let Some(codes) = rows.codes.chunks_exact(count.max(1)).nth(column) else {
            return;
        };
        let slot = |code: usize| lexicon.meanings().get(code).map(|it| it.slot);
        rows.placed.count(&mut self.crosstab, (column, codes), slot, &mut rows.loose);
        let facts: Vec<_> = lexicon.meanings().iter().map(Fact::of).collect();
        let facts =
            codes.iter().map(|it| facts.get(usize::from(*it)).unwrap_or(&Fact::NOTHING));
        if let Some(question) = role.question {
            let joint = rows.joint.chunks_exact_mut(self.questions);
            joint.zip(codes).for_each(|(row, code)| row[question] = *code);
            if question == 0 {
                rows.overall.extend(facts.clone().map(|it| it.count > 0.0));
            }
        }
        if let Some(stage) = role.stage.and_then(|it| self.stages.get_mut(it)) {
            let of_rows = stage.rows().iter_mut().zip(&mut rows.answered);
            for (((sum, count), answered), fact) in of_rows.zip(facts) {
                *sum += fact.points;
                *count += fact.count;
                answered.add(fact.answered);
            }
        }
    }

    /// Reads what was expected.
    pub(super) fn read_gaps(&mut self, batch: &Batch) {
        let rows = &mut self.rows;
        for (at, gap) in self.gaps.iter_mut().enumerate() {
            let Some(question) = question(Variable::Touchpoint(gap.touchpoint)) else {
                continue;
            };
            let asked = self.roles.iter().position(|it| it.question == Some(question));
            let Some((_, asked)) = asked.and_then(|it| self.lexicons.get(it)) else {
                continue;
            };
            let given = rows.joint.iter().skip(question).step_by(self.questions);
            let mut codes = Vec::new();
            for ((row, place), code) in batch.rows().zip(given) {
                let meaning = asked.meanings().get(usize::from(*code));
                let answer = meaning.and_then(|it| it.answer).map(|it| it.native);
                let dictionaries = (&mut self.counts.dictionary, &mut self.expected);
                codes.push(code_of(gap.code(row, place, answer, dictionaries)));
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

/// A code for the crosstab, unless it is too large for one.
fn code_of(code: Option<usize>) -> AnswerCode {
    code.map_or(NOTHING, |it| AnswerCode::try_from(it).unwrap_or(NOTHING))
}
