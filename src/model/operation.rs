//! Facts of operations beside the scores of customers, and what the map takes from elsewhere.

use crate::diag::Span;

use super::{Text, TouchpointIndex, Wave};

/// A measure of how the work at a touchpoint goes, wave by wave.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it is measured.
    pub touchpoint: TouchpointIndex,
    /// Name for people.
    pub name: Text,
    /// Unit of the values, such as minutes or %.
    pub unit: Option<Text>,
    /// Whether less or more of it is better.
    pub better: Better,
    /// What it should be at most, or at least.
    pub target: Option<f64>,
    /// Values by wave, in the order of the map.
    pub values: Vec<(String, f64)>,
    /// Where it stands in the map.
    pub span: Span,
}

impl Operation {
    /// The value of a wave; `None` where the map has none.
    #[must_use]
    pub fn in_wave(&self, wave: &str) -> Option<f64> {
        let wave = Wave::new(wave)?;
        let is_it = |name: &str| Wave::new(name).as_ref() == Some(&wave);
        self.values.iter().find(|(name, _)| is_it(name)).map(|(_, it)| *it)
    }

    /// Whether a value is as good as it should be; `None` where the map does not say.
    #[must_use]
    pub fn on_target(&self, value: f64) -> Option<bool> {
        self.target.map(|target| self.better.holds(value, target))
    }
}

/// Which values are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The lower, as of minutes of waiting.
    Lower,
    /// The higher, as of the share of repairs that hold.
    Higher,
}

impl Better {
    /// Both, as maps write them.
    pub const WORDS: [(&'static str, Self); 2] =
        [("lower", Self::Lower), ("higher", Self::Higher)];

    /// Whether `value` is at least as good as `other`.
    #[must_use]
    pub fn holds(self, value: f64, other: f64) -> bool {
        match self {
            Self::Lower => value <= other,
            Self::Higher => value >= other,
        }
    }
}

/// Something that is believed and not measured here, such as how many complain.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// What is believed.
    pub name: Text,
    /// Who says so.
    pub source: Text,
}

/// How well customers are served: five levels of the score, or of the gap to what was expected.
#[derive(Clone, Debug)]
pub struct ServiceLevels {
    /// What the levels are of.
    pub of: LevelsOf,
    /// Points, rising, from which the second to the fifth level begin.
    pub edges: [f64; 4],
    /// What each level means for loyalty, lowest first; empty where the map does not say.
    pub loyalty: Vec<Text>,
}

/// What service levels are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelsOf {
    /// The answer, in points from 0 to 100.
    Score,
    /// The answer less what was expected, in points from −100 to 100.
    Gap,
}

impl LevelsOf {
    /// Both, as maps write them.
    pub const WORDS: [(&'static str, Self); 2] =
        [("score", Self::Score), ("gap", Self::Gap)];
}

impl ServiceLevels {
    /// The level, 0 to 4, of so many points.
    #[must_use]
    pub fn level(&self, points: f64) -> usize {
        // Answers are steps of a scale: an edge is met up to rounding.
        self.edges.iter().filter(|edge| points >= **edge - 1e-9).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sources;

    #[test]
    fn a_wave_is_known_however_it_is_written() {
        let source = Sources::default().add("journey.yaml", "");
        let measure = Operation {
            touchpoint: TouchpointIndex(0),
            name: Text::plain("Days"),
            unit: None,
            better: Better::Lower,
            target: Some(4.0),
            values: vec![("2024".to_owned(), 6.0), ("2025.0".to_owned(), 3.0)],
            span: Span { source, start: 0, end: 0 },
        };
        assert_eq!(measure.in_wave("2025"), Some(3.0));
        assert_eq!(measure.in_wave("2026"), None);
        assert_eq!([6.0, 4.0].map(|it| measure.on_target(it)), [Some(false), Some(true)]);
    }
}
