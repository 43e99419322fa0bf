//! Scores of stages: the mean of what each respondent gave on average.

use crate::model::{Score, StageResult, Status};
use crate::survey::tally::Variable;

use super::view::View;

/// One result per stage, in points.
pub(super) fn results(view: &View<'_>) -> Vec<StageResult> {
    view.journey
        .stages
        .iter()
        .enumerate()
        .map(|(index, stage)| {
            let score = score(view, index, stage.touchpoints.clone());
            StageResult { id: stage.id.clone(), score }
        })
        .collect()
}

fn score(view: &View<'_>, index: usize, touchpoints: std::ops::Range<usize>) -> Score {
    let wave = view.waves.reported;
    let score = view.score(Variable::Stage(index), wave);
    let mut parts = touchpoints.map(|at| view.question(Variable::Touchpoint(at), wave));
    let reason = match score.status {
        Status::Unasked if parts.any(|it| it.is_some()) => {
            Some("needs the rows of respondents".to_owned())
        }
        _ => score.reason.clone(),
    };
    // Means of several answers have hundreds of levels, which tell nobody anything.
    Score { reason, counts: None, shares: None, ..score }
}
