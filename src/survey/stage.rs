//! The derived variable of a stage: a respondent's mean over its touchpoints, in points.

use super::dictionary::{Dictionary, Level, Outcome};
use super::recall::Recall;
use super::tally::Variable;

/// Parts of a point that means are told apart by: the same mean may come out a rounding
/// error apart for two sets of answers, and is one level nevertheless.
const PARTS: f64 = 1e9;

/// Numbers the stage means of respondents.
pub(super) struct StageMeans {
    variable: Variable,
    known: Recall,
    /// Sum and number of the answers, in points, of each row of a batch.
    rows: Vec<(f64, f64)>,
}

impl StageMeans {
    /// For the stage at this position.
    pub(super) fn new(stage: usize) -> Self {
        let variable = Variable::Stage(stage);
        Self { variable, known: Recall::default(), rows: Vec::new() }
    }

    /// Begins so many rows.
    pub(super) fn begin(&mut self, rows: usize) {
        self.rows.clear();
        self.rows.resize(rows, (0.0, 0.0));
    }

    /// Sum and number of the answers of each row, to add to.
    pub(super) fn rows(&mut self) -> &mut [(f64, f64)] {
        &mut self.rows
    }

    /// The code of the mean of the answers of a row; `None` when there are none.
    pub(super) fn code(
        &mut self,
        row: usize,
        dictionary: &mut Dictionary,
    ) -> Option<usize> {
        let (sum, count) = *self.rows.get(row)?;
        let variable = self.variable;
        (count > 0.0).then(|| {
            self.known.code(sum, count, || {
                let mean = (sum / count * PARTS).round() / PARTS;
                dictionary.slot(variable, Outcome::Answer(Level::new(mean)))
            })
        })
    }

    /// The slot of a code.
    pub(super) fn slot(&self, code: usize) -> Option<usize> {
        self.known.slot(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slot of the mean of these points.
    fn slot(
        means: &mut StageMeans,
        points: &[f64],
        dictionary: &mut Dictionary,
    ) -> Option<usize> {
        means.begin(2);
        for it in points {
            means.rows()[1].0 += it;
            means.rows()[1].1 += 1.0;
        }
        let code = means.code(1, dictionary)?;
        means.slot(code)
    }

    #[test]
    fn the_mean_is_over_the_answers_that_there_are() {
        let mut dictionary = Dictionary::default();
        let mut means = StageMeans::new(0);
        let found = slot(&mut means, &[50.0, 75.0], &mut dictionary).unwrap();
        let expected = Outcome::Answer(Level::new(62.5));
        assert_eq!(found, dictionary.slot(Variable::Stage(0), expected));
        // What was added is gone.
        let found = slot(&mut means, &[75.0], &mut dictionary).unwrap();
        let expected = Outcome::Answer(Level::new(75.0));
        assert_eq!(found, dictionary.slot(Variable::Stage(0), expected));
    }

    #[test]
    fn a_respondent_without_answers_has_no_mean() {
        let mut dictionary = Dictionary::default();
        let mut means = StageMeans::new(0);
        assert_eq!(slot(&mut means, &[], &mut dictionary), None);
        assert_eq!(dictionary.width(), 1);
    }

    #[test]
    fn a_rounding_error_makes_no_second_level() {
        let mut dictionary = Dictionary::default();
        let mut means = StageMeans::new(0);
        // 1, 2, 3 and 2, 2, 2 on a scale of 1–10: both mean 100 / 9.
        let ninth = 100.0 / 9.0;
        let first = slot(&mut means, &[0.0, ninth, 2.0 * ninth], &mut dictionary);
        let second = slot(&mut means, &[ninth; 3], &mut dictionary);
        assert_eq!(first, second);
    }

    #[test]
    fn means_that_share_a_place_are_told_apart() {
        let mut dictionary = Dictionary::default();
        let mut means = StageMeans::new(0);
        for _ in 0..2 {
            for points in (0..5_000).map(f64::from) {
                let found = slot(&mut means, &[points], &mut dictionary);
                let expected = Outcome::Answer(Level::new(points));
                let expected = dictionary.slot(Variable::Stage(0), expected);
                assert_eq!(found, Some(expected), "{points}");
            }
        }
    }
}
