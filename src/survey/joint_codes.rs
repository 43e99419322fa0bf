//! What the codes of answers stand for in joint sums.

use crate::stats::{Coded, Level};

use super::joint_pool::{JointPart, Kind, question};
use super::ladder::Steps;
use super::lexicon::Lexicon;

/// What codes stand for, by question; `None` for no answer.
#[derive(Default)]
pub(super) struct Answers {
    of: Vec<Vec<Option<(Steps, Level)>>>,
    /// The finest rung of each question.
    finest: Vec<u8>,
    count: usize,
}

/// What codes stand for in certain rungs.
#[derive(Default)]
pub(super) struct Meanings {
    rungs: Vec<u8>,
    count: usize,
    of: Vec<Vec<Coded>>,
    small: bool,
}

/// The answers of a row of codes, and their levels.
pub(super) fn coded(
    codes: impl Iterator<Item = usize>,
    meanings: &[Vec<Coded>],
) -> (Vec<Option<i16>>, Vec<Level>) {
    let of_row = codes.zip(meanings).map(|(code, of)| of.get(code).copied());
    of_row.map(|it| it.unwrap_or(Coded::ABSENT)).map(|it| (it.value, it.level)).unzip()
}

impl Answers {
    /// Nothing is known of so many questions.
    pub(super) fn of(questions: usize) -> Self {
        let (of, finest) = (vec![Vec::new(); questions], vec![0; questions]);
        Self { of, finest, count: 0 }
    }

    /// Whether there is any answer in a row of codes.
    pub(super) fn has_any(&self, codes: impl Iterator<Item = usize>) -> bool {
        let mut pairs = codes.zip(&self.of);
        pairs.any(|(code, of)| of.get(code).is_some_and(Option::is_some))
    }

    /// Takes over what the lexicons have learnt.
    pub(super) fn learn(&mut self, lexicons: &[(usize, Lexicon<'_>)]) {
        for (_, lexicon) in lexicons {
            let Some(question) = question(lexicon.variable()) else { continue };
            let Some(of) = self.of.get_mut(question) else { continue };
            for meaning in lexicon.meanings().get(of.len()..).unwrap_or_default() {
                of.push(meaning.answer.map(|it| (it.steps, it.level)));
                self.count += 1;
                if let (Some(answer), Some(finest)) =
                    (meaning.answer, self.finest.get_mut(question))
                {
                    *finest = answer.steps.rung.max(*finest);
                }
            }
        }
    }

    /// The rung that an answer needs.
    pub(super) fn rung(&self, question: usize, code: usize) -> u8 {
        let answer = self.of.get(question).and_then(|it| it.get(code)).copied().flatten();
        answer.map_or(0, |(steps, _)| steps.rung)
    }

    /// A question whose answers in these rows need a lower rung, and that.
    pub(super) fn finer(
        &self,
        kind: Kind,
        codes: &[u8],
        rungs: &[u8],
    ) -> Option<(usize, u8)> {
        let skipped = kind.skipped();
        let variables = self.of.len() - skipped;
        let mut questions = self.finest.iter().zip(rungs).enumerate().skip(skipped);
        questions.find_map(|(question, (finest, rung))| {
            if finest <= rung {
                return None;
            }
            let rows = codes.iter().skip(question - skipped).step_by(variables);
            let needed = rows.map(|it| self.rung(question, usize::from(*it))).max()?;
            (needed > *rung).then_some((question, needed))
        })
    }
}

impl Meanings {
    /// Of each question that rows of this kind have.
    pub(super) fn of(&self, kind: Kind) -> &[Vec<Coded>] {
        self.of.get(kind.skipped()..).unwrap_or_default()
    }

    /// Whether no answer is too large to be summed up in blocks.
    pub(super) fn are_small(&self) -> bool {
        self.small
    }

    /// Brings the meanings up to date; `false` when one does not fit.
    pub(super) fn bring_to(
        &mut self,
        rungs: &[u8],
        answers: &Answers,
        part: &JointPart,
    ) -> bool {
        if self.count == answers.count && self.rungs == rungs && !self.of.is_empty() {
            return true;
        }
        (self.rungs, self.count, self.small) = (rungs.to_vec(), answers.count, true);
        self.of.clear();
        for ((of, ladder), rung) in answers.of.iter().zip(part.ladders()).zip(rungs) {
            let mut coded = Vec::new();
            for answer in of {
                let Some((steps, level)) = answer else {
                    coded.push(Coded::ABSENT);
                    continue;
                };
                // An answer that needs a finer step than any so far is in none of the rows.
                let factor = ladder.factor(steps.rung.min(*rung), *rung);
                let code = i32::from(steps.count) * i32::from(factor);
                let Ok(value) = i16::try_from(code) else { return false };
                let it = Coded { value: Some(value), level: *level };
                self.small &= it.is_small();
                coded.push(it);
            }
            self.of.push(coded);
        }
        true
    }
}
