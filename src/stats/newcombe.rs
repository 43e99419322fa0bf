//! Interval of the difference of two independent proportions.

use crate::model::Interval;

/// Interval of `second − first`, −1 to 1, from both shares and their Wilson intervals:
/// `d − √((p2 − l2)² + (u1 − p1)²)` to `d + √((u2 − p2)² + (p1 − l1)²)`.
///
/// Newcombe, Stat. Med. 17:873, 1998, method 10. METHOD §10.
#[must_use]
pub fn newcombe(first: (f64, Interval), second: (f64, Interval)) -> Interval {
    let difference = second.0 - first.0;
    let below = |(share, interval): (f64, Interval)| share - interval[0];
    let above = |(share, interval): (f64, Interval)| interval[1] - share;
    [
        difference - below(second).hypot(above(first)),
        difference + above(second).hypot(below(first)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wilson(successes: f64, n: f64) -> (f64, Interval) {
        let (p, z2) = (successes / n, 1.959_963_984_540_054_f64.powi(2));
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half =
            (z2 * (p * (1.0 - p) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
        (p, [centre - half, centre + half])
    }

    /// Newcombe's table II: 56/70 − 48/80 is 0.0524 to 0.3339; 9/10 − 3/10 0.1705 to 0.8090;
    /// 10/10 − 0/10 0.6075 to 1.
    #[test]
    fn newcombes_own_examples() {
        let examples = [
            ((48.0, 80.0), (56.0, 70.0), [0.0524, 0.3339]),
            ((3.0, 10.0), (9.0, 10.0), [0.1705, 0.8090]),
            ((0.0, 10.0), (10.0, 10.0), [0.6075, 1.0]),
        ];
        for ((a, m), (b, n), expected) in examples {
            let found = newcombe(wilson(a, m), wilson(b, n));
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
            }
        }
    }
}
