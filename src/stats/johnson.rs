//! Relative weights: R² divided among the drivers by way of uncorrelated stand-ins.

use super::correlation::Correlation;
use super::linear::symmetric_eigen;

/// Relative weights of the drivers: a cross-check of LMG that takes k³ steps.
///
/// With R = Q Λ Q' and its root L = Q √Λ Q': `ε_j = Σ_m L_jm² b_m²`, b = L⁻¹ r. Sums to R². The
/// same as Genizi's (Stat. Sinica 3:407, 1993). Johnson, MBR 35:1, 2000; its theoretical basis is
/// contested: Thomas et al., MBR 49:329, 2014. METHOD §7.4.
///
/// `None` when the drivers determine one another.
#[must_use]
pub fn johnson(r: &Correlation) -> Option<Vec<f64>> {
    let k = r.k();
    let eigen = symmetric_eigen(r.drivers());
    if eigen.values.iter().any(|&value| value < 1e-10) {
        return None;
    }
    let q = &eigen.vectors;
    let along: Vec<f64> =
        (0..k).map(|m| (0..k).map(|i| q[(i, m)] * r.outcome()[i]).sum::<f64>()).collect();
    let root = |i: usize, j: usize| -> f64 {
        (0..k).map(|m| q[(i, m)] * eigen.values[m].sqrt() * q[(j, m)]).sum()
    };
    let b = |i: usize| -> f64 {
        (0..k).map(|m| q[(i, m)] * along[m] / eigen.values[m].sqrt()).sum()
    };
    let b2: Vec<f64> = (0..k).map(|i| b(i).powi(2)).collect();
    Some((0..k).map(|j| (0..k).map(|m| root(j, m).powi(2) * b2[m]).sum()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ρ = 0.6: the root of R has √0.9 and √0.1. With r = (0.6, 0), b² = (0.50625, 0.05625).
    #[test]
    fn two_drivers_by_hand() {
        let r = Correlation::of(&[[1.0, 0.6, 0.0], [0.6, 1.0, 0.6], [0.0, 0.6, 1.0]]);
        let weights = johnson(&r).unwrap();
        assert!((weights[0] - 0.461_25).abs() < 1e-14);
        assert!((weights[1] - 0.101_25).abs() < 1e-14);
        assert!((weights[0] + weights[1] - r.r_squared().unwrap()).abs() < 1e-14);
    }

    #[test]
    fn drivers_that_are_one_have_no_weights() {
        let r = Correlation::of(&[[1.0, 0.6, 0.6], [0.6, 1.0, 1.0], [0.6, 1.0, 1.0]]);
        assert_eq!(johnson(&r), None);
    }
}
