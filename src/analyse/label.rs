//! What touchpoints are called because of their evidence.

use crate::model::{Journey, Label, Rules, Touchpoint, TouchpointResult};

use super::view::is_low_base;

/// Sets the labels of every touchpoint; `results` are in the order of the map.
pub(super) fn assign(results: &mut [TouchpointResult], journey: &Journey) {
    for (result, touchpoint) in results.iter_mut().zip(&journey.touchpoints) {
        result.labels = labels(result, touchpoint, &journey.rules);
    }
}

fn labels(result: &TouchpointResult, declared: &Touchpoint, rules: &Rules) -> Vec<Label> {
    // A severity is given to pain points only.
    let pain = result.pain.as_ref().is_some_and(|pain| pain.severity.is_some());
    let moment_of_truth = declared.moment_of_truth;
    [
        (Label::PainPoint, pain),
        (Label::DeclaredMomentOfTruth, declared.moment_of_truth),
        (Label::BrokenMomentOfTruth, moment_of_truth && pain),
        (Label::LowBase, is_low_base(&result.score, rules.low_base)),
    ]
    .into_iter()
    .filter_map(|(label, holds)| holds.then_some(label))
    .collect()
}
