//! Rows → joint sums of the overall answer and the touchpoints, by replicate group.

use crate::stats::{
    ComomentRows, Comoments, DriverRow, Finer, Grouped, Level, LevelGram, LevelRow,
    RowRefused, Weight,
};

use super::joint_sums::JointSums;
use super::ladder::Ladder;
use super::lexicon::Answer;
use super::replicate::GROUPS;

/// Sums rows of one file and wave.
///
/// Rows without an overall answer are summed apart: the sums of the touchpoints over all rows
/// are those of both.
pub(super) struct JointRows {
    /// Of the overall question, then of the touchpoints.
    ladders: Vec<Ladder>,
    /// The rung that each question is counted in.
    rungs: Vec<u8>,
    with: Option<WithOverall>,
    without: Option<ComomentRows>,
    cells: Vec<Option<i16>>,
    levels: Vec<Level>,
    refused: bool,
}

/// Sums over the rows with an overall answer.
struct WithOverall {
    comoments: ComomentRows,
    levels: Grouped<LevelGram>,
}

/// One row: what was answered, and the groups that it counts in.
#[derive(Clone, Copy)]
pub(super) struct JointRow<'a> {
    /// To the overall question.
    pub(super) overall: Option<Answer>,
    /// To each touchpoint.
    pub(super) touchpoints: &'a [Option<Answer>],
    /// Groups and weights; `None` when the weight is out of all measure.
    pub(super) shares: Option<&'a [(usize, Weight)]>,
}

impl JointRows {
    /// No rows yet, of questions with these ladders, the overall one first.
    pub(super) fn new(ladders: &[Ladder]) -> Self {
        Self {
            ladders: ladders.to_vec(),
            rungs: vec![0; ladders.len()],
            with: None,
            without: None,
            cells: Vec::new(),
            levels: Vec::new(),
            refused: false,
        }
    }

    /// Adds a row. After one that does not fit into 128 bits there are no sums.
    pub(super) fn add(&mut self, row: JointRow<'_>) {
        if !self.refused && self.try_add(row).is_err() {
            self.refused = true;
            (self.with, self.without) = (None, None);
        }
    }

    fn try_add(&mut self, row: JointRow<'_>) -> Result<(), RowRefused> {
        let shares = row.shares.ok_or(RowRefused::Overflow)?;
        self.code(row)?;
        match self.cells.first() {
            Some(Some(outcome)) => {
                let outcome = *outcome;
                self.levels.clear();
                let level = |it: &Option<Answer>| it.map_or(Level::Absent, |it| it.level);
                self.levels.extend(row.touchpoints.iter().map(level));
                self.add_with(outcome, shares)
            }
            _ => self.add_without(shares),
        }
    }

    /// Puts the answers of a row in codes, with finer steps where they demand it.
    fn code(&mut self, row: JointRow<'_>) -> Result<(), RowRefused> {
        self.cells.clear();
        let answers = std::iter::once(&row.overall).chain(row.touchpoints);
        for (question, answer) in answers.enumerate() {
            let Some(steps) = answer.map(|it| it.steps) else {
                self.cells.push(None);
                continue;
            };
            if steps.rung > self.rung(question) {
                self.refine(question, steps.rung)?;
            }
            let (ladder, rung) = (self.ladders.get(question), self.rung(question));
            let factor = ladder.map_or(1, |it| it.factor(steps.rung, rung));
            let code = i32::from(steps.count) * i32::from(factor);
            self.cells.push(Some(i16::try_from(code).map_err(|_| RowRefused::Overflow)?));
        }
        Ok(())
    }

    fn rung(&self, question: usize) -> u8 {
        self.rungs.get(question).copied().unwrap_or_default()
    }

    #[cold]
    fn refine(&mut self, question: usize, rung: u8) -> Result<(), RowRefused> {
        let from = self.rung(question);
        let Some(ladder) = self.ladders.get(question) else { return Ok(()) };
        let finer: Finer = ladder.down(from, rung);
        if let Some(with) = &mut self.with {
            with.comoments.refine(question, finer)?;
            if question == 0 {
                with.levels.refine(|it| it.refine(finer)).ok_or(RowRefused::Overflow)?;
            }
        }
        if let (Some(without), Some(touchpoint)) =
            (&mut self.without, question.checked_sub(1))
        {
            without.refine(touchpoint, finer)?;
        }
        if let Some(known) = self.rungs.get_mut(question) {
            *known = rung;
        }
        Ok(())
    }

    fn steps(&self) -> Vec<f64> {
        self.ladders.iter().zip(&self.rungs).map(|(it, rung)| it.step(*rung)).collect()
    }

    fn add_with(
        &mut self,
        outcome: i16,
        shares: &[(usize, Weight)],
    ) -> Result<(), RowRefused> {
        if self.with.is_none() {
            self.with = WithOverall::new(&self.steps());
        }
        let Some(with) = &mut self.with else { return Err(RowRefused::Width) };
        let drivers = self.cells.get(1..).unwrap_or_default();
        for &(group, weight) in shares {
            with.comoments.push(DriverRow { group, weight, outcome, drivers })?;
            let levels = &self.levels;
            with.levels.push(LevelRow { group, weight, outcome, levels })?;
        }
        Ok(())
    }

    fn add_without(&mut self, shares: &[(usize, Weight)]) -> Result<(), RowRefused> {
        let cells = self.cells.get(1..).unwrap_or_default();
        if cells.iter().all(Option::is_none) {
            return Ok(());
        }
        if self.without.is_none() {
            let empty = Comoments::new(&self.steps()).ok_or(RowRefused::Width)?;
            self.without = Some(ComomentRows::new(GROUPS, &empty.without_outcome()));
        }
        let Some(without) = &mut self.without else { return Ok(()) };
        for &(group, weight) in shares {
            without.push_answers(group, weight, cells)?;
        }
        Ok(())
    }

    /// The sums of all rows.
    pub(super) fn finish(self) -> JointSums {
        if self.refused {
            return JointSums::refused();
        }
        let steps = self.steps();
        let with = self.with.map(|it| (it.comoments.finish(), it.levels));
        JointSums::new(steps, with, self.without.map(ComomentRows::finish))
    }
}

impl WithOverall {
    fn new(steps: &[f64]) -> Option<Self> {
        let comoments = ComomentRows::new(GROUPS, &Comoments::new(steps)?);
        let (step, touchpoints) = steps.split_first()?;
        let levels = Grouped::new(GROUPS, &LevelGram::new(touchpoints.len(), *step)?);
        Some(Self { comoments, levels })
    }
}
