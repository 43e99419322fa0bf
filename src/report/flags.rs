//! Which flags a touchpoint carries.

use crate::diagram::Flag;
use crate::model::{Label, TouchpointResult};

/// The flags of a touchpoint that should reach `target` points.
///
/// A bright spot is a delight point, or a moment of truth whose whole interval lies at or
/// over its target.
pub(super) fn flags(result: &TouchpointResult, target: f64) -> Vec<Flag> {
    let has = |label: Label| result.labels.contains(&label);
    let truth = has(Label::MomentOfTruth)
        || has(Label::NicheMomentOfTruth)
        || has(Label::DeclaredMomentOfTruth)
        || has(Label::BrokenMomentOfTruth);
    let safe = result.score.points_ci.is_some_and(|[low, _]| low >= target);
    let firm = !has(Label::LowBase);
    let pain = has(Label::PainPoint) || has(Label::BrokenMomentOfTruth);
    let bright = has(Label::DelightPoint) || (truth && safe && firm && !pain);
    let all = [
        (Flag::Pain, pain),
        (Flag::Truth, truth),
        (Flag::Itch, has(Label::ItchPoint)),
        (Flag::Bright, bright),
    ];
    all.into_iter().filter(|(_, carried)| *carried).map(|(flag, _)| flag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Score;

    fn result(labels: &[Label], low: f64) -> TouchpointResult {
        let score = Score { points_ci: Some([low, low + 4.0]), ..Score::default() };
        TouchpointResult { labels: labels.to_vec(), score, ..TouchpointResult::default() }
    }

    #[test]
    fn a_moment_of_truth_is_bright_only_when_its_whole_interval_reaches_the_target() {
        let truth = [Label::DeclaredMomentOfTruth];
        assert_eq!(flags(&result(&truth, 75.0), 75.0), [Flag::Truth, Flag::Bright]);
        assert_eq!(flags(&result(&truth, 74.9), 75.0), [Flag::Truth]);
    }

    #[test]
    fn a_pain_point_is_never_bright_and_a_low_base_never_is() {
        let broken = [Label::BrokenMomentOfTruth, Label::PainPoint];
        assert_eq!(flags(&result(&broken, 90.0), 75.0), [Flag::Pain, Flag::Truth]);
        let low = [Label::DeclaredMomentOfTruth, Label::LowBase];
        assert_eq!(flags(&result(&low, 90.0), 75.0), [Flag::Truth]);
    }
}
