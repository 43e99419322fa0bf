//! The numbers that decide what is flagged, shown and tested (METHOD §14).

use super::GateLine;

/// How native answers become points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rescale {
    /// 100·(x − L)/(U − L): the lowest answer is 0 (ACSI/ECSI).
    MinMax,
    /// 100·x/U: usual in the decks of some vendors; never mixed with the other.
    Proportional,
}

/// What a touchpoint without a target of its own should reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// So many points, 0–100.
    Points(f64),
    /// What the other touchpoints reach on average (METHOD §6, relative mode).
    Relative,
}

impl Target {
    /// The points, where they do not hang on the answers.
    #[must_use]
    pub const fn points(self) -> Option<f64> {
        match self {
            Self::Points(points) => Some(points),
            Self::Relative => None,
        }
    }
}

/// How p values of one family are adjusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fdr {
    /// Benjamini and Hochberg 1995.
    BenjaminiHochberg,
    /// Benjamini and Yekutieli 2001: valid under any dependence, and stricter.
    BenjaminiYekutieli,
}

/// Thresholds of the map, each with the default of METHOD §14.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// What a touchpoint should reach where it has no target of its own.
    pub target: Target,
    /// Lower edges, in points, of the bands watch, on target and strong.
    pub bands: [f64; 3],
    /// Smallest difference that matters, in points.
    pub min_effect: f64,
    /// False-discovery rate at which a test counts.
    pub alpha: f64,
    /// Valid answers (unweighted) under which a value is withheld.
    pub suppress_below: u64,
    /// Effective respondents under which a value is shown but neither flagged nor tested.
    pub low_base: f64,
    /// Largest share of dissatisfied customers that is accepted, 0–1.
    pub max_dissatisfied: f64,
    /// Guaranteed gap, in points, from which a pain point is serious, and critical.
    pub severity: [f64; 2],
    /// Least multiple of the fair share that makes a moment of truth.
    pub min_importance_ratio: f64,
    /// How answers become points.
    pub rescale: Rescale,
    /// How p values are adjusted.
    pub fdr: Fdr,
    /// What a wave must hold, in words.
    pub gate: Vec<GateLine>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            target: Target::Points(75.0),
            bands: [70.0, 80.0, 90.0],
            min_effect: 2.0,
            alpha: 0.05,
            suppress_below: 10,
            low_base: 30.0,
            max_dissatisfied: 0.10,
            severity: [5.0, 10.0],
            min_importance_ratio: 1.25,
            rescale: Rescale::MinMax,
            fdr: Fdr::BenjaminiHochberg,
            gate: Vec::new(),
        }
    }
}
