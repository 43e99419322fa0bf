//! Scores of others.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Rescale, Scale, Text, TouchpointIndex};

/// Scores of others to compare with.
#[derive(Clone, Debug)]
pub struct Benchmark {
    /// What it is, such as “Industry mean 2025”.
    pub name: Text,
    /// Whose scores they are.
    pub kind: BenchmarkKind,
    /// The wave it belongs to, if it belongs to one.
    pub wave: Option<String>,
    /// Where it comes from.
    pub source: Option<Text>,
    /// How its points were made of answers, where that is said.
    pub scoring: Option<Rescale>,
    /// The ends of the scale that its answers were given on, where they are said.
    pub scale: Option<[f64; 2]>,
    /// Overall score.
    pub overall: Option<BenchmarkScore>,
    /// Touchpoint scores.
    pub scores: Vec<(TouchpointIndex, BenchmarkScore)>,
}

/// Whose scores a benchmark holds.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BenchmarkKind {
    /// The mean of an industry.
    #[default]
    Mean,
    /// Its median: half of it is better.
    Median,
    /// Its upper quartile: a quarter of it is better.
    P75,
    /// The best of it.
    Best,
    /// One competitor.
    Competitor,
}

/// A score of others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BenchmarkScore {
    /// Points, 0–100.
    pub points: f64,
    /// How many answers it is of.
    pub n: Option<u64>,
    /// Their standard deviation, in points.
    pub sd: Option<f64>,
}

impl BenchmarkKind {
    /// Every kind, and how maps call it.
    pub const ALL: [(&'static str, Self); 5] = [
        ("mean", Self::Mean),
        ("median", Self::Median),
        ("p75", Self::P75),
        ("best", Self::Best),
        ("competitor", Self::Competitor),
    ];

    /// How maps call it.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, it)| *it == self).map_or("", |(word, _)| word)
    }
}

impl Benchmark {
    /// Its score of a touchpoint; `None` is overall satisfaction.
    #[must_use]
    pub fn score(&self, of: Option<TouchpointIndex>) -> Option<BenchmarkScore> {
        let Some(of) = of else { return self.overall };
        self.scores.iter().find(|(index, _)| *index == of).map(|(_, score)| *score)
    }

    /// Why it may not be compared with answers on `scale` that are made into points in this
    /// way, if so: the same answers would have other points.
    #[must_use]
    pub fn refusal(&self, scale: &Scale, rescale: Rescale) -> Option<String> {
        let way = |it: Rescale| match it {
            Rescale::MinMax => "minmax, 100·(x − least)/(greatest − least)",
            Rescale::Proportional => "proportional, 100·x/greatest",
        };
        if let Some(other) = self.scoring.filter(|it| *it != rescale) {
            let (theirs, ours) = (way(other), way(rescale));
            return Some(format!("other scoring: {theirs}, here {ours}"));
        }
        let [min, max] = self.scale?;
        let ours = [scale.min(), scale.max()];
        let same = (min - ours[0]).abs() < 1e-9 && (max - ours[1]).abs() < 1e-9;
        let [least, greatest] = ours;
        (!same)
            .then(|| format!("other scale: {min} to {max}, here {least} to {greatest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_were_made_otherwise_are_not_compared() {
        let mut it = Benchmark {
            name: Text::plain("Industry"),
            kind: BenchmarkKind::Mean,
            wave: None,
            source: None,
            scoring: None,
            scale: None,
            overall: None,
            scores: Vec::new(),
        };
        let ten = Scale::one_to_ten();
        assert_eq!(it.refusal(&ten, Rescale::MinMax), None);
        it.scale = Some([1.0, 10.0]);
        assert_eq!(it.refusal(&ten, Rescale::MinMax), None);
        it.scale = Some([1.0, 5.0]);
        let why = it.refusal(&ten, Rescale::MinMax).unwrap();
        assert_eq!(why, "other scale: 1 to 5, here 1 to 10");
        it.scoring = Some(Rescale::Proportional);
        assert!(it.refusal(&ten, Rescale::MinMax).unwrap().starts_with("other scoring"));
        it.scale = None;
        assert_eq!(it.refusal(&ten, Rescale::Proportional), None);
    }
}
