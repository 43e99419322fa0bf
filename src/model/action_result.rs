//! Whether an action showed in the scores.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Change;

/// An action held against the wave in which it should show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionResult {
    /// Id of the action.
    pub id: String,
    /// Id of the touchpoint that it works on.
    pub touchpoint: Option<String>,
    /// The wave in which it should show.
    pub wave: String,
    /// The change that the map expects, in points.
    pub expected: Option<f64>,
    /// What came of it.
    pub outcome: ActionOutcome,
    /// The change of the touchpoint from the wave before to that wave, judged as one of all
    /// touchpoints.
    pub change: Option<Change>,
    /// Why nothing can be said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What came of an action.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ActionOutcome {
    /// The score moved relevantly, and the change that was expected is within or under the
    /// interval of the change.
    AsExpected,
    /// It moved relevantly, and by less than was expected: the whole interval lies under that.
    Less,
    /// It moved relevantly the other way.
    OtherWay,
    /// No reliable change of a size that matters.
    NoReliableChange,
    /// The wave is later than the one reported.
    TooEarly,
    /// Nothing can be said, for the reason that stands beside it.
    NotTested,
}

impl ActionOutcome {
    /// Every outcome, best first.
    pub const ALL: [Self; 6] = [
        Self::AsExpected,
        Self::Less,
        Self::OtherWay,
        Self::NoReliableChange,
        Self::TooEarly,
        Self::NotTested,
    ];

    /// Its name in message keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::AsExpected => "as_expected",
            Self::Less => "less",
            Self::OtherWay => "other_way",
            Self::NoReliableChange => "no_reliable_change",
            Self::TooEarly => "too_early",
            Self::NotTested => "not_tested",
        }
    }

    /// The outcome for a change that was tested; `expected` points, where the map says so.
    #[must_use]
    pub fn of(change: &Change, expected: Option<f64>) -> Self {
        let upward = expected.is_none_or(|it| it >= 0.0);
        if !change.relevant {
            return Self::NoReliableChange;
        }
        if (change.points > 0.0) != upward {
            return Self::OtherWay;
        }
        let [low, high] = change.points_ci.unwrap_or([change.points; 2]);
        match expected {
            Some(expected) if upward && high < expected => Self::Less,
            Some(expected) if !upward && low > expected => Self::Less,
            _ => Self::AsExpected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(points: f64, expected: Option<f64>) -> ActionOutcome {
        let change = Change {
            points,
            points_ci: Some([points - 2.0, points + 2.0]),
            relevant: points.abs() >= 2.0,
            ..Change::default()
        };
        ActionOutcome::of(&change, expected)
    }

    #[test]
    fn an_outcome_weighs_what_was_expected_against_what_is_sure() {
        use ActionOutcome::{AsExpected, Less, NoReliableChange, OtherWay};
        assert_eq!(of(6.0, Some(6.0)), AsExpected);
        assert_eq!(of(6.0, Some(7.9)), AsExpected);
        assert_eq!(of(6.0, Some(8.1)), Less);
        assert_eq!(of(9.0, Some(4.0)), AsExpected);
        assert_eq!(of(-5.0, Some(4.0)), OtherWay);
        assert_eq!(of(1.0, Some(4.0)), NoReliableChange);
        assert_eq!(of(3.0, None), AsExpected);
        // Fewer is better: waiting, say.
        assert_eq!(of(-5.0, Some(-4.0)), AsExpected);
        assert_eq!(of(-5.0, Some(-8.0)), Less);
        assert_eq!(of(5.0, Some(-4.0)), OtherWay);
    }
}
