//! The derived variable of a stage: a respondent's mean over its touchpoints, in points.

use std::ops::Range;

use super::dictionary::{Dictionary, Level, Outcome};
use super::lexicon::Answer;
use super::recall::Recall;
use super::tally::Variable;

/// Parts of a point that means are told apart by: the same mean may come out a rounding
/// error apart for two sets of answers, and is one level nevertheless.
const PARTS: f64 = 1e9;

/// Numbers the stage means of respondents.
pub(super) struct StageMeans {
    variable: Variable,
    touchpoints: Range<usize>,
    known: Recall,
}

impl StageMeans {
    /// For the stage at this position, with these touchpoints.
    pub(super) fn new(stage: usize, touchpoints: Range<usize>) -> Self {
        Self { variable: Variable::Stage(stage), touchpoints, known: Recall::default() }
    }

    /// The slot of the mean of a respondent whose answers by touchpoint these are; `None`
    /// when none of them is to a touchpoint of the stage.
    pub(super) fn slot(
        &mut self,
        answers: &[Option<Answer>],
        dictionary: &mut Dictionary,
    ) -> Option<usize> {
        let answers = answers.get(self.touchpoints.clone()).unwrap_or_default();
        let (mut sum, mut count) = (0.0, 0.0);
        for answer in answers.iter().flatten() {
            sum += answer.points;
            count += 1.0;
        }
        (count > 0.0).then(|| self.of_mean(sum, count, dictionary))
    }

    fn of_mean(&mut self, sum: f64, count: f64, dictionary: &mut Dictionary) -> usize {
        let variable = self.variable;
        self.known.slot(sum, count, || {
            let mean = (sum / count * PARTS).round() / PARTS;
            dictionary.slot(variable, Outcome::Answer(Level::new(mean)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(points: &[Option<f64>]) -> Vec<Option<Answer>> {
        points.iter().map(|it| it.map(Answer::of_points)).collect()
    }

    #[test]
    fn the_mean_is_over_the_answers_that_there_are() {
        let mut dictionary = Dictionary::default();
        let mut means = StageMeans::new(0, 1..4);
        let answers = answers(&[Some(100.0), Some(50.0), None, Some(75.0)]);
        let slot = means.slot(&answers, &mut dictionary).unwrap();
        let expected = Outcome::Answer(Level::new(62.5));
        assert_eq!(slot, dictionary.slot(Variable::Stage(0), expected));
    }

    #[test]
    fn a_respondent_without_answers_has_no_mean() {
        let mut dictionary = Dictionary::default();
        let mut means = StageMeans::new(0, 1..2);
        let answers = answers(&[Some(100.0), None]);
        assert_eq!(means.slot(&answers, &mut dictionary), None);
        assert_eq!(dictionary.width(), 1);
    }

    #[test]
    fn a_rounding_error_makes_no_second_level() {
        let mut dictionary = Dictionary::default();
        let mut means = StageMeans::new(0, 0..3);
        // 1, 2, 3 and 2, 2, 2 on a scale of 1–10: both mean 100 / 9.
        let ninth = 100.0 / 9.0;
        let one = answers(&[Some(0.0), Some(ninth), Some(2.0 * ninth)]);
        let two = answers(&[Some(ninth), Some(ninth), Some(ninth)]);
        let first = means.slot(&one, &mut dictionary);
        assert_eq!(first, means.slot(&two, &mut dictionary));
    }

    #[test]
    fn means_that_share_a_place_are_told_apart() {
        let mut dictionary = Dictionary::default();
        let mut means = StageMeans::new(0, 0..1);
        for _ in 0..2 {
            for points in (0..5_000).map(f64::from) {
                let slot = means.slot(&answers(&[Some(points)]), &mut dictionary);
                let expected = Outcome::Answer(Level::new(points));
                let expected = dictionary.slot(Variable::Stage(0), expected);
                assert_eq!(slot, Some(expected), "{points}");
            }
        }
    }
}
