//! What the variances of raked answers need.

use std::sync::Arc;

use crate::stats::{Calibration, LevelSums};
use crate::survey::tally::{Distribution, QuestionTally, WaveTally};

use super::WaveRaking;

/// Gives every answer of a wave what its variance needs, cell by cell.
pub(super) fn calibrate<'t>(
    tally: &mut WaveTally,
    raking: &WaveRaking,
    cell: impl Fn(usize) -> Option<&'t WaveTally>,
) {
    let cells: Vec<(usize, &WaveTally)> = raking
        .places
        .iter()
        .filter_map(|(it, place)| Some((*place, cell(*it)?)))
        .collect();
    let calibrated =
        |question: &mut QuestionTally,
         of: &dyn Fn(&WaveTally) -> Option<Vec<LevelSums>>| {
            let Distribution::Histogram(histogram) = &mut question.answers else {
                return;
            };
            let answers = cells.iter().filter_map(|(place, it)| Some((*place, of(it)?)));
            let calibration =
                Calibration::new(Arc::clone(&raking.rows), answers.collect());
            *histogram = std::mem::take(histogram).raked(calibration);
        };
    for (variable, question) in &mut tally.questions {
        calibrated(question, &|it| levels(it.questions.get(variable)?));
    }
    for (value, segment) in &mut tally.segments {
        for (variable, question) in &mut segment.questions {
            let of = |it: &WaveTally| -> Option<Vec<LevelSums>> {
                levels(it.segments.get(value)?.questions.get(variable)?)
            };
            calibrated(question, &of);
        }
    }
}

fn levels(question: &QuestionTally) -> Option<Vec<LevelSums>> {
    match &question.answers {
        Distribution::Histogram(it) if it.n() > 0 => Some(it.levels().to_vec()),
        _ => None,
    }
}
