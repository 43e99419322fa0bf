//! The rules there are.

use crate::model::{BenchmarkKind, Severity, TouchpointIndex};

/// What a wave must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// `overall.points >= 75`
    Compare {
        /// Whose number.
        subject: Subject,
        /// Which number.
        measure: Measure,
        /// `surely`: the whole interval must hold, not only the estimate.
        surely: bool,
        /// How the two must stand.
        comparison: Comparison,
        /// What it is compared with.
        limit: Limit,
    },
    /// `no serious pain point at a moment of truth`
    No(Unwanted),
    /// `overall must not fall relevantly`
    NoFall {
        /// Whose score.
        subject: Subject,
        /// Which falls count.
        fall: Fall,
    },
}

/// What there must not be, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unwanted {
    /// What there must not be.
    pub flag: Flag,
    /// From which severity on, of pain points.
    pub least: Severity,
    /// Whether only moments of truth are looked at.
    pub at_moments: bool,
}

/// Which falls count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fall {
    /// Every one, be it chance.
    Any,
    /// One that is beyond chance and large enough to matter.
    Relevant,
}

/// Whose numbers a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Overall satisfaction.
    Overall,
    /// Likelihood to recommend.
    Recommend,
    /// One touchpoint.
    Touchpoint(TouchpointIndex),
    /// Each touchpoint that has a number to look at.
    Every,
}

/// A number of the analysis. Shares are 0–1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Mean in points, 0–100.
    Points,
    /// Mean on the scale of the question.
    Mean,
    /// Share of the satisfied.
    Satisfied,
    /// Share of the dissatisfied.
    Dissatisfied,
    /// NPS, −100 to 100; of `recommend` alone.
    Nps,
    /// Valid answers.
    Answers,
    /// Effective n.
    Effective,
    /// Share of customers who meet the touchpoint.
    Reach,
    /// Share of derived importance.
    Importance,
    /// Change against the baseline, in points.
    Change,
}

impl Measure {
    /// Every measure with the word for it.
    pub const ALL: [(&'static str, Self); 10] = [
        ("points", Self::Points),
        ("mean", Self::Mean),
        ("satisfied", Self::Satisfied),
        ("dissatisfied", Self::Dissatisfied),
        ("nps", Self::Nps),
        ("n", Self::Answers),
        ("n_eff", Self::Effective),
        ("reach", Self::Reach),
        ("importance", Self::Importance),
        ("change", Self::Change),
    ];

    /// Whether it is a share, shown in per cent.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(
            self,
            Self::Satisfied | Self::Dissatisfied | Self::Reach | Self::Importance
        )
    }
}

/// How two numbers must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>=`
    AtLeast,
    /// `>`
    Over,
    /// `<=`
    AtMost,
    /// `<`
    Under,
}

impl Comparison {
    /// Whether it holds. Numbers that differ by less than the rounding of the sums are equal: a
    /// mean of 8.65 is 85 points, whatever its last bit says.
    #[must_use]
    pub fn holds(self, value: f64, limit: f64) -> bool {
        let above = value - limit;
        let equal = above.abs() <= 1e-9 * limit.abs().max(1.0);
        match self {
            Self::AtLeast => equal || above > 0.0,
            Self::Over => !equal && above > 0.0,
            Self::AtMost => equal || above < 0.0,
            Self::Under => !equal && above < 0.0,
        }
    }

    /// Whether larger is better.
    #[must_use]
    pub const fn wants_more(self) -> bool {
        matches!(self, Self::AtLeast | Self::Over)
    }
}

/// What a number is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// A number; a share is 0–1.
    Number(f64),
    /// What the touchpoint should reach, in points.
    Target,
    /// The same of the wave that the analysis compares with, in points.
    Baseline,
    /// The points of the benchmark of this kind of the wave.
    Kind(BenchmarkKind),
    /// The points of a benchmark, by its position in the map.
    Benchmark(usize),
}

/// What there must not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// A pain point.
    PainPoint,
    /// A moment of truth that is a pain point.
    BrokenMoment,
    /// A score that fell relevantly.
    RelevantFall,
    /// A touchpoint with too few answers to be tested.
    LowBase,
}

impl Flag {
    /// Every flag with the words for it.
    pub const ALL: [(&'static str, Self); 4] = [
        ("pain point", Self::PainPoint),
        ("broken moment of truth", Self::BrokenMoment),
        ("relevant fall", Self::RelevantFall),
        ("low base", Self::LowBase),
    ];
}

#[cfg(test)]
mod tests {
    use super::Comparison::{AtLeast, AtMost, Over, Under};

    #[test]
    fn the_last_bit_decides_nothing() {
        let sum = 0.1 + 0.2;
        assert!(sum > 0.3, "the sum has such a bit");
        assert!(AtMost.holds(sum, 0.3) && AtLeast.holds(0.3, sum));
        assert!(!Over.holds(sum, 0.3) && !Under.holds(0.3, sum));
        assert!(Over.holds(0.31, 0.3) && Under.holds(-0.31, -0.3));
        assert!(!AtLeast.holds(0.29, 0.3) && !AtMost.holds(0.31, 0.3));
        assert!(!AtLeast.holds(f64::NAN, 0.3) && !Under.holds(f64::NAN, 0.3));
    }
}
