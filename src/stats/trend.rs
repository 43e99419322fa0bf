//! Whether the means of four or more waves rise or fall along a line.

/// Waves that a trend needs.
const WAVES: usize = 4;

/// The mean of one wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaveMean {
    /// When: years, or any unit of time.
    pub time: f64,
    /// The mean.
    pub mean: f64,
    /// Its variance, the square of its standard error; over 0.
    pub variance: f64,
}

/// A line through the means of waves, by least squares with weights 1/variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Change a unit of time, in units of the mean.
    pub slope: f64,
    /// Its standard error.
    pub error: f64,
    /// Cochran's Q of what the line leaves, χ² with `df` degrees of freedom when the line fits.
    pub lack_of_fit: f64,
    /// Waves − 2.
    pub df: usize,
}

impl Trend {
    /// The line through `waves`; `None` with fewer than four, at fewer than two times, or when a
    /// variance is not over 0.
    ///
    /// Cochran, *Biometrics* 10:101, 1954. METHOD §10.
    #[must_use]
    pub fn of(waves: &[WaveMean]) -> Option<Self> {
        if waves.len() < WAVES
            || waves.iter().any(|wave| wave.variance.is_nan() || wave.variance <= 0.0)
        {
            return None;
        }
        let sum = |of: &dyn Fn(&WaveMean) -> f64| -> f64 {
            waves.iter().map(|wave| of(wave) / wave.variance).sum()
        };
        let total = sum(&|_| 1.0);
        let (time, mean) =
            (sum(&|wave| wave.time) / total, sum(&|wave| wave.mean) / total);
        let spread = sum(&|wave| (wave.time - time).powi(2));
        if spread <= 0.0 {
            return None;
        }
        let slope = sum(&|wave| (wave.time - time) * (wave.mean - mean)) / spread;
        let left = |wave: &WaveMean| wave.mean - mean - slope * (wave.time - time);
        Some(Self {
            slope,
            error: spread.recip().sqrt(),
            lack_of_fit: sum(&|wave| left(wave).powi(2)),
            df: waves.len() - 2,
        })
    }

    /// Slope over its error: standard normal when there is no trend.
    #[must_use]
    pub fn z(&self) -> f64 {
        self.slope / self.error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waves(means: &[(f64, f64)]) -> Vec<WaveMean> {
        let wave = |(at, &(mean, variance)): (u32, &(f64, f64))| WaveMean {
            time: 2013.0 + f64::from(at),
            mean,
            variance,
        };
        (0..).zip(means).map(wave).collect()
    }

    #[test]
    fn four_waves_by_hand() {
        let trend =
            Trend::of(&waves(&[(1.0, 0.25), (3.0, 0.25), (2.0, 0.25), (4.0, 0.25)]));
        let trend = trend.unwrap();
        // deviations of time −1.5 … 1.5: Σ t² = 5, Σ t m = 4; slope 0.8, se √(0.25 / 5)
        assert!((trend.slope - 0.8).abs() < 1e-12);
        assert!((trend.error - 0.05_f64.sqrt()).abs() < 1e-12);
        // residuals −0.3, 0.9, −0.9, 0.3: Σ = 1.8; over 0.25
        assert!((trend.lack_of_fit - 7.2).abs() < 1e-10);
        assert_eq!(trend.df, 2);
        assert!((trend.z() - 3.577_708_763_999_663).abs() < 1e-9);
    }

    #[test]
    fn a_sure_wave_counts_for_more() {
        let means = [(0.0, 1e-6), (1.0, 1e-6), (2.0, 1e-6), (30.0, 1e6)];
        assert!((Trend::of(&waves(&means)).unwrap().slope - 1.0).abs() < 1e-6);
    }

    #[test]
    fn three_waves_are_no_trend() {
        assert_eq!(Trend::of(&waves(&[(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)])), None);
        assert_eq!(Trend::of(&waves(&[(1.0, 0.0); 4])), None);
    }
}
