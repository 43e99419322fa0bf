//! Scores by wave.

use crate::model::TrendPoint;
use crate::survey::tally::Variable;

use super::view::View;
use super::wave;

/// Overall satisfaction and each touchpoint in every wave, wave after wave.
pub(super) fn points(view: &View<'_>) -> Vec<TrendPoint> {
    let touchpoints = &view.journey.touchpoints;
    let variables = std::iter::once(("overall", Variable::Overall)).chain(
        touchpoints
            .iter()
            .enumerate()
            .map(|(index, it)| (it.id.as_str(), Variable::Touchpoint(index))),
    );
    variables
        .flat_map(|(id, variable)| {
            wave::names(view.tally).into_iter().map(move |wave| TrendPoint {
                touchpoint: id.to_owned(),
                wave: wave.to_owned(),
                question_version: view.version(variable, wave),
                score: view.score(variable, wave),
            })
        })
        .collect()
}
