//! Importance–performance analysis: which of four quarters a driver is in, and how surely.

/// A quarter of the importance–performance plane (Martilla & James, J. Mktg 41:77, 1977).
///
/// Its lines are the fair share 1/k and the target, not grand means, which would always find
/// something to complain about. METHOD §11.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quadrant {
    /// More than its fair share of importance, under its target.
    Concentrate,
    /// More than its fair share, at its target or over.
    KeepUp,
    /// Less than its fair share, under its target.
    LowPriority,
    /// Less than its fair share, at its target or over.
    PossibleOverkill,
}

impl Quadrant {
    /// Where a share of importance and a score in points are.
    #[must_use]
    pub fn of(share: f64, fair: f64, points: f64, target: f64) -> Self {
        match (share > fair, points < target) {
            (true, true) => Self::Concentrate,
            (true, false) => Self::KeepUp,
            (false, true) => Self::LowPriority,
            (false, false) => Self::PossibleOverkill,
        }
    }

    /// Probability of this quarter, 0 to 1, from those of being important and of being under the
    /// target, `Φ((share − 1/k) / se)` and `Φ((target − points) / se)`, taken as independent.
    #[must_use]
    pub fn probability(self, important: f64, under_target: f64) -> f64 {
        match self {
            Self::Concentrate => important * under_target,
            Self::KeepUp => important * (1.0 - under_target),
            Self::LowPriority => (1.0 - important) * under_target,
            Self::PossibleOverkill => (1.0 - important) * (1.0 - under_target),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Quadrant::{Concentrate, KeepUp, LowPriority, PossibleOverkill};
    use super::*;

    #[test]
    fn the_target_counts_as_reached_and_the_fair_share_as_not_exceeded() {
        assert_eq!(Quadrant::of(0.2, 0.1, 70.0, 75.0), Concentrate);
        assert_eq!(Quadrant::of(0.2, 0.1, 75.0, 75.0), KeepUp);
        assert_eq!(Quadrant::of(0.1, 0.1, 70.0, 75.0), LowPriority);
        assert_eq!(Quadrant::of(0.1, 0.1, 75.0, 75.0), PossibleOverkill);
    }

    #[test]
    fn quarters_make_a_whole() {
        let all = [Concentrate, KeepUp, LowPriority, PossibleOverkill];
        let sum: f64 = all.map(|quarter| quarter.probability(0.9, 0.3)).iter().sum();
        assert!((sum - 1.0).abs() < 1e-15);
        assert!((Concentrate.probability(0.9, 0.3) - 0.27).abs() < 1e-15);
    }
}
