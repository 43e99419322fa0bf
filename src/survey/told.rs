//! What the readers of a file know of its rows, once all are read.

use std::collections::BTreeMap;

use super::beside::{ComplaintReader, ReasonReader};
use super::fieldwork::FieldworkReader;
use super::gap::Gap;
use super::group::WaveReader;
use super::lexicon::Lexicon;
use super::phase::PhaseReader;
use super::weight::Weights;

/// The readers of a file, which know what was wrong with its rows.
pub(super) struct Told<'a> {
    /// Of questions, with their columns.
    pub(super) lexicons: Vec<(usize, Lexicon<'a>)>,
    /// Of what was expected.
    pub(super) gaps: Vec<Gap<'a>>,
    /// Of reasons.
    pub(super) reasons: Vec<ReasonReader<'a>>,
    /// Of complaints.
    pub(super) complaints: Option<ComplaintReader<'a>>,
    /// Of waves.
    pub(super) wave: WaveReader,
    /// Of weights.
    pub(super) weights: Weights,
    /// Of dates.
    pub(super) fieldwork: Option<FieldworkReader>,
    /// Of phases, by segment.
    pub(super) phases: Vec<Option<PhaseReader>>,
}

impl Told<'_> {
    /// Takes in what was told of other rows of the same file; `numbers` has ours of waves, by
    /// theirs.
    pub(super) fn merge(
        &mut self,
        other: &Self,
        numbers: &BTreeMap<usize, Option<usize>>,
    ) {
        for ((_, mine), (_, theirs)) in self.lexicons.iter_mut().zip(&other.lexicons) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.gaps.iter_mut().zip(&other.gaps) {
            mine.lexicon.merge(&theirs.lexicon);
        }
        for (mine, theirs) in self.reasons.iter_mut().zip(&other.reasons) {
            mine.unknown.merge(&theirs.unknown);
        }
        if let (Some(mine), Some(theirs)) = (&mut self.complaints, &other.complaints) {
            mine.unknown.merge(&theirs.unknown);
            mine.unclear_days.merge(&theirs.unclear_days);
        }
        self.wave.without.merge(&other.wave.without);
        self.weights.merge(&other.weights);
        for pair in self.phases.iter_mut().zip(&other.phases) {
            if let (Some(mine), Some(theirs)) = pair {
                mine.merge(theirs);
            }
        }
        if let (Some(mine), Some(theirs)) = (&mut self.fieldwork, &other.fieldwork) {
            mine.merge(theirs, numbers);
        }
    }
}
