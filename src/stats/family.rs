//! Families of tests: p values adjusted so that few of the flags are false.

use crate::model::Fdr;

/// The adjusted p value (q) of each of `p`, in the same order, at most 1.
///
/// References: Y. Benjamini and Y. Hochberg, JRSS B 57, 1995; Y. Benjamini and D. Yekutieli,
/// Annals of Statistics 29, 2001.
#[must_use]
pub fn adjust(p: &[f64], method: Fdr) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p.iter().copied().enumerate().collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let factor = penalty(p.len(), method) * count(p.len());
    let mut adjusted = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (rank, (index, value)) in order.into_iter().enumerate().rev() {
        least = least.min(value * factor / count(rank + 1));
        if let Some(slot) = adjusted.get_mut(index) {
            *slot = least;
        }
    }
    adjusted
}

/// The largest p value at which one more test beside `others` would hold at `alpha`.
///
/// Others change their rank with it, which is why this is no simple division.
#[must_use]
pub fn largest_passing(others: &[f64], alpha: f64, method: Fdr) -> f64 {
    let size = others.len() + 1;
    let step = alpha / (count(size) * penalty(size, method));
    (1..=size)
        .rev()
        .map(|rank| (rank, step * count(rank)))
        .find(|(rank, edge)| others.iter().filter(|p| *p <= edge).count() + 1 >= *rank)
        .map_or(step, |(_, edge)| edge)
}

fn penalty(size: usize, method: Fdr) -> f64 {
    match method {
        Fdr::BenjaminiHochberg => 1.0,
        Fdr::BenjaminiYekutieli => (1..=size).map(|rank| 1.0 / count(rank)).sum(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a family has far fewer than 2^53 tests")]
fn count(size: usize) -> f64 {
    size as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fifteen p values of Benjamini and Hochberg 1995, section 4.1.
    const THROMBOLYSIS: [f64; 15] = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
        0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ];

    #[test]
    fn the_example_of_1995_rejects_four() {
        let q = adjust(&THROMBOLYSIS, Fdr::BenjaminiHochberg);
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 4);
        // By hand: 15/4·0.0095 and 15/5·0.0201; ranks 6 and 7 share 15/7·0.0298 = 0.063857.
        assert!((q[3] - 0.035_625).abs() < 1e-12);
        assert!((q[4] - 0.060_3).abs() < 1e-12);
        assert!((q[5] - 15.0 / 7.0 * 0.0298).abs() < 1e-12);
        assert!((q[6] - 15.0 / 7.0 * 0.0298).abs() < 1e-12);
    }

    #[test]
    fn under_any_dependence_three_remain() {
        // Σ1/i over 15 is 3.318229: 15/3·0.0019·3.318229 = 0.03152; 15/4·0.0095 gives 0.118.
        let q = adjust(&THROMBOLYSIS, Fdr::BenjaminiYekutieli);
        assert_eq!(q.iter().filter(|q| **q <= 0.05).count(), 3);
        assert!((q[2] - 0.031_523_175).abs() < 1e-6);
    }

    #[test]
    fn order_does_not_matter_and_nothing_gives_nothing() {
        let q = adjust(&[0.04, 0.01, 0.03], Fdr::BenjaminiHochberg);
        assert!((q[0] - 0.04).abs() < 1e-15 && (q[1] - 0.03).abs() < 1e-15);
        assert!((q[2] - 0.04).abs() < 1e-15);
        assert!(adjust(&[], Fdr::BenjaminiHochberg).is_empty());
    }

    #[test]
    fn a_test_passes_up_to_the_largest_passing_p_and_not_beyond() {
        let holds = |others: &[f64], p: f64, method| {
            let mut family = others.to_vec();
            family.push(p);
            adjust(&family, method)[others.len()] <= 0.05
        };
        for method in [Fdr::BenjaminiHochberg, Fdr::BenjaminiYekutieli] {
            for size in 0..15 {
                let others = &THROMBOLYSIS[..size];
                let edge = largest_passing(others, 0.05, method);
                assert!(holds(others, edge * 0.999_999, method), "{size} {method:?}");
                assert!(!holds(others, edge * 1.000_001, method), "{size} {method:?}");
            }
        }
    }
}
