//! What a report is compared with: the map, or the analysis, of an earlier one.

use crate::diff::{ScoreDiff, Structural, earlier_ids, score_diff, structure};
use crate::model::{Analysis, Journey};

use super::context::Context;

/// An earlier report.
#[derive(Clone, Debug)]
pub struct Since {
    /// What it is called: the name of its file.
    pub name: String,
    /// Its map, if that is known.
    pub journey: Option<Journey>,
    /// Its numbers, if they are known.
    pub analysis: Option<Analysis>,
}

impl Since {
    /// What changed of the map, in the language of the report.
    pub(super) fn structure(&self, context: &Context<'_>) -> Option<Vec<Structural>> {
        let old = self.journey.as_ref()?;
        Some(structure(old, context.journey, context.language))
    }

    /// What changed of the scores.
    pub(super) fn scores(&self, context: &Context<'_>) -> Option<ScoreDiff> {
        let old = self.analysis.as_ref()?;
        let earlier = self.journey.as_ref().map(|it| earlier_ids(it, context.journey));
        Some(score_diff(old, context.analysis, earlier.as_ref(), &context.journey.rules))
    }
}
