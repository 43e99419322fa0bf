//! Rank correlation of a few pairs.

use crate::model::Interval;

use super::distribution::Z;
use super::moments::real;

/// Spearman's rank correlation of pairs, −1 to 1, with mean ranks for equal values; `None` for
/// fewer than two pairs, and where one side has no spread.
#[must_use]
pub fn spearman(pairs: &[(f64, f64)]) -> Option<f64> {
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (first, second) = (ranks(&first), ranks(&second));
    let middle = f64::midpoint(real(pairs.len() as u64), 1.0);
    let (mut product, mut one, mut other) = (0.0, 0.0, 0.0);
    for (a, b) in first.iter().zip(&second) {
        product += (a - middle) * (b - middle);
        one += (a - middle).powi(2);
        other += (b - middle).powi(2);
    }
    (one > 0.0 && other > 0.0).then(|| product / (one * other).sqrt())
}

/// The 95 % interval of a rank correlation of `n` pairs; `None` for fewer than four.
///
/// Fisher's z with the variance (1 + ρ²/2)/(n − 3): D. G. Bonett and T. A. Wright, Psychometrika
/// 65:23, 2000.
#[must_use]
pub fn spearman_interval(rho: f64, n: usize) -> Option<Interval> {
    let free = n.checked_sub(3).filter(|it| *it > 0)?;
    // At the ends of the scale Fisher's z is without limit.
    let held = rho.clamp(-0.999_999, 0.999_999);
    let half = Z * ((1.0 + held * held / 2.0) / real(free as u64)).sqrt();
    let z = held.atanh();
    Some([(z - half).tanh(), (z + half).tanh()])
}

/// Ranks from 1; equal values share their mean.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let under = values.iter().filter(|it| it.total_cmp(value).is_lt()).count();
        let equal = values.iter().filter(|it| it.total_cmp(value).is_eq()).count();
        real(under as u64) + f64::midpoint(real(equal as u64), 1.0)
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// IQ and hours of television of ten people, the worked example of textbooks: ρ = −29/165.
    #[test]
    fn the_example_of_the_textbooks() {
        let pairs = [
            (106.0, 7.0),
            (100.0, 27.0),
            (86.0, 2.0),
            (101.0, 50.0),
            (99.0, 28.0),
            (103.0, 29.0),
            (97.0, 20.0),
            (113.0, 12.0),
            (112.0, 6.0),
            (110.0, 17.0),
        ];
        let rho = spearman(&pairs).unwrap();
        assert!((rho + 29.0 / 165.0).abs() < 1e-12);
        // By hand: atanh −0.17780, half 1.95996·√((1 + 0.015445)/7) = 0.74650.
        let [low, high] = spearman_interval(rho, 10).unwrap();
        assert!((low - (-0.177_60_f64 - 0.746_50).tanh()).abs() < 1e-4, "{low}");
        assert!((high - (-0.177_60_f64 + 0.746_50).tanh()).abs() < 1e-4, "{high}");
    }

    #[test]
    fn equal_values_share_their_rank_and_no_spread_is_no_correlation() {
        // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5/√(4.5·5).
        let rho = spearman(&[(1.0, 1.0), (2.0, 2.0), (2.0, 3.0), (3.0, 4.0)]).unwrap();
        assert!((rho - 4.5 / 22.5_f64.sqrt()).abs() < 1e-12);
        assert_eq!(spearman(&[(1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(spearman_interval(0.5, 3), None);
    }
}
