//! Which flags a touchpoint carries.

use crate::diagram::Flag;
use crate::model::{Label, TouchpointResult};

/// Why a touchpoint is a bright spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bright {
    /// It is a delight point: its mean decides, whatever its interval.
    Delights,
    /// It is a moment of truth whose whole interval lies at or over its target.
    Keeps,
}

/// Why a touchpoint that should reach `target` points is a bright spot, if it is one.
pub(super) fn bright(result: &TouchpointResult, target: f64) -> Option<Bright> {
    let has = |label: Label| result.labels.contains(&label);
    if has(Label::DelightPoint) {
        return Some(Bright::Delights);
    }
    let safe = result.score.points_ci.is_some_and(|[low, _]| low >= target);
    let firm = !has(Label::LowBase);
    (is_truth(result) && safe && firm && !is_pain(result)).then_some(Bright::Keeps)
}

fn is_truth(result: &TouchpointResult) -> bool {
    let truths = [
        Label::MomentOfTruth,
        Label::NicheMomentOfTruth,
        Label::DeclaredMomentOfTruth,
        Label::BrokenMomentOfTruth,
    ];
    truths.iter().any(|it| result.labels.contains(it))
}

fn is_pain(result: &TouchpointResult) -> bool {
    let pains = [Label::PainPoint, Label::BrokenMomentOfTruth];
    pains.iter().any(|it| result.labels.contains(it))
}

/// The flags of a touchpoint that should reach `target` points.
pub(super) fn flags(result: &TouchpointResult, target: f64) -> Vec<Flag> {
    let all = [
        (Flag::Pain, is_pain(result)),
        (Flag::Truth, is_truth(result)),
        (Flag::Itch, result.labels.contains(&Label::ItchPoint)),
        (Flag::Bright, bright(result, target).is_some()),
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

    #[test]
    fn a_delighter_that_is_no_moment_of_truth_is_not_said_to_count_as_one() {
        let delighter = result(&[Label::DelightPoint], 90.0);
        assert_eq!(bright(&delighter, 75.0), Some(Bright::Delights));
        let truth = result(&[Label::MomentOfTruth], 90.0);
        assert_eq!(bright(&truth, 75.0), Some(Bright::Keeps));
    }
}
