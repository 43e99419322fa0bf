//! Joint sums of the rows of one file, by wave.

use super::count::Counts;
use super::joint_rows::{JointRow, JointRows};
use super::ladder::Ladder;
use super::lexicon::Lexicon;
use super::part::Side;
use super::tally::Variable;

/// Joint sums by the number of the wave, apart for rows with and without a weight.
pub(super) struct JointWaves {
    /// Of the overall question, then of the touchpoints.
    ladders: Vec<Ladder>,
    waves: Vec<[Option<JointRows>; 2]>,
}

impl JointWaves {
    /// No rows yet, of a journey of so many touchpoints whose answers these lexicons read.
    pub(super) fn of(lexicons: &[(usize, Lexicon<'_>)], touchpoints: usize) -> Self {
        let mut ladders = vec![Ladder::UNASKED; 1 + touchpoints];
        for (_, lexicon) in lexicons {
            let place = match lexicon.variable() {
                Variable::Overall => ladders.first_mut(),
                Variable::Touchpoint(index) => ladders.get_mut(1 + index),
                _ => None,
            };
            if let Some(ladder) = place {
                *ladder = lexicon.ladder().clone();
            }
        }
        Self { ladders, waves: Vec::new() }
    }

    /// Adds a row of the wave of this number.
    pub(super) fn add(&mut self, wave: usize, side: Side, row: JointRow<'_>) {
        while self.waves.len() <= wave {
            self.waves.push([None, None]);
        }
        let Some([weighted, weightless]) = self.waves.get_mut(wave) else { return };
        let rows = match side {
            Side::Weighted => weighted,
            Side::Weightless => weightless,
        };
        rows.get_or_insert_with(|| JointRows::new(&self.ladders)).add(row);
    }

    /// Puts the sums where the other counts of their waves are.
    pub(super) fn finish(self, counts: &mut Counts) {
        for (number, [weighted, weightless]) in self.waves.into_iter().enumerate() {
            let wave = counts.at(number);
            wave.weighted.joint = weighted.map(JointRows::finish);
            wave.weightless.joint = weightless.map(JointRows::finish);
        }
    }
}
