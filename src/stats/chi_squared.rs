//! Upper tail of the χ² distribution with whole degrees of freedom.

use std::f64::consts::PI;

/// P(X > `x`) of χ² with `df` degrees of freedom, 0–1; 1 at 0 and below, and 0 for no degrees
/// of freedom.
///
/// The finite sums for whole degrees of freedom: M. Abramowitz and I. A. Stegun, *Handbook of
/// Mathematical Functions*, 1964, 26.4.4 and 26.4.5.
#[must_use]
pub fn chi_squared_upper(x: f64, df: usize) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let half = x / 2.0;
    // Terms of the Poisson kind: from one degree of freedom to the next but one.
    let (mut tail, mut term, mut at) = if df.is_multiple_of(2) {
        (0.0, (-half).exp(), 0.0)
    } else {
        (libm::erfc(half.sqrt()), (-half).exp() * (half / PI).sqrt() * 2.0, 0.5)
    };
    for _ in 0..df / 2 {
        tail += term;
        at += 1.0;
        term *= half / at;
    }
    tail
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles as every table of χ² prints them.
    #[test]
    fn tables_of_chi_squared() {
        for (x, df, p) in [
            (3.841_459, 1, 0.05),
            (5.991_465, 2, 0.05),
            (7.814_728, 3, 0.05),
            (13.276_704, 4, 0.01),
            (15.086_272, 5, 0.01),
            (18.307_038, 10, 0.05),
        ] {
            let tail = chi_squared_upper(x, df);
            assert!((tail - p).abs() < 1e-7, "{tail} is not {p} at {x} with {df}");
        }
        assert!((chi_squared_upper(0.0, 3) - 1.0).abs() < f64::EPSILON);
    }
}
