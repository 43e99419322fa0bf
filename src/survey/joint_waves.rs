//! Joint sums of the rows of one file, by wave.

use crate::model::Wave;

use super::count::Counts;
use super::joint_rows::{JointRow, JointRows};
use super::ladder::Ladder;
use super::lexicon::Lexicon;
use super::part::Side;
use super::tally::Variable;
use super::wanted::Wanted;

/// Joint sums by the number of the wave, apart for rows with and without a weight.
pub(super) struct JointWaves<'a> {
    /// Of the overall question, then of the touchpoints.
    ladders: Vec<Ladder>,
    wanted: &'a Wanted,
    /// What [`Wanted::changes`] was when the waves were last asked for.
    changes: usize,
    waves: Vec<JointWave>,
}

/// Joint sums of one wave.
struct JointWave {
    wave: Wave,
    wanted: bool,
    weighted: Option<JointRows>,
    weightless: Option<JointRows>,
}

impl<'a> JointWaves<'a> {
    /// No rows yet, of a journey of so many touchpoints whose answers these lexicons read.
    pub(super) fn of(
        lexicons: &[(usize, Lexicon<'_>)],
        touchpoints: usize,
        wanted: &'a Wanted,
    ) -> Self {
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
        Self { ladders, wanted, changes: wanted.changes(), waves: Vec::new() }
    }

    /// Says that the next wave, by number, is this one.
    pub(super) fn introduce(&mut self, wave: &Wave) {
        self.wanted.see(wave);
        let (wave, wanted) = (wave.clone(), self.wanted.wants(wave));
        self.waves.push(JointWave { wave, wanted, weighted: None, weightless: None });
    }

    /// Whether rows of the wave of this number are wanted.
    pub(super) fn wants(&mut self, wave: usize) -> bool {
        if self.changes != self.wanted.changes() {
            self.ask_again();
        }
        self.waves.get(wave).is_some_and(|it| it.wanted)
    }

    /// Gives up the sums of waves that are wanted no more.
    fn ask_again(&mut self) {
        self.changes = self.wanted.changes();
        for it in &mut self.waves {
            if it.wanted && !self.wanted.wants(&it.wave) {
                it.wanted = false;
                (it.weighted, it.weightless) = (None, None);
            }
        }
    }

    /// Adds a row of the wave of this number.
    pub(super) fn add(&mut self, wave: usize, side: Side, row: JointRow<'_>) {
        let Some(it) = self.waves.get_mut(wave) else { return };
        let rows = match side {
            Side::Weighted => &mut it.weighted,
            Side::Weightless => &mut it.weightless,
        };
        rows.get_or_insert_with(|| JointRows::new(&self.ladders)).add(row);
    }

    /// Puts the sums where the other counts of their waves are.
    pub(super) fn finish(mut self, counts: &mut Counts) {
        self.ask_again();
        for (number, it) in self.waves.into_iter().enumerate() {
            let wave = counts.at(number);
            wave.weighted.joint = it.weighted.map(JointRows::finish);
            wave.weightless.joint = it.weightless.map(JointRows::finish);
        }
    }
}
