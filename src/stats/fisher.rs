//! The exact test of two shares.

use super::real;

/// Terms under this part of their sum no longer count.
const NEGLIGIBLE: f64 = 1e-17;

/// Two-sided p, 0–1, of “both shares are one”, from how many of how many are so in each group:
/// twice the smaller tail of the hypergeometric distribution, at most 1.
///
/// Counts, not a normal approximation: where one group is small and the share is low, that
/// finds three times as many differences as there are. R. A. Fisher, “Statistical Methods for
/// Research Workers”, 5th ed. 1934, §21.02; twice the tail as in P. Armitage and G. Berry,
/// “Statistical Methods in Medical Research”, 3rd ed. 1994, §4.9.
#[must_use]
pub fn fisher(first: (u64, u64), second: (u64, u64)) -> f64 {
    let upper = upper_tail(first, second);
    // Few of the first are many of the second.
    let lower = upper_tail(second, first);
    (2.0 * upper.min(lower)).min(1.0)
}

/// The probability that `so` or more of the first group are so, given how many are in all.
fn upper_tail((so, n): (u64, u64), (others_so, m): (u64, u64)) -> f64 {
    let (so, others_so) = (so.min(n), others_so.min(m));
    let all = so + others_so;
    let start = ln_choose(n, so) + ln_choose(m, others_so) - ln_choose(n + m, all);
    let (mut term, mut sum) = (1.0_f64, 1.0_f64);
    for more in 0..(n - so).min(others_so) {
        let (here, there) = (so + more, others_so - more);
        let up = real(n - here) * real(there);
        term *= up / (real(here + 1) * real(m - there + 1));
        sum += term;
        if term < sum * NEGLIGIBLE {
            break;
        }
    }
    (start + sum.ln()).exp().min(1.0)
}

/// The logarithm of the number of ways to choose `k` of `n`.
fn ln_choose(n: u64, k: u64) -> f64 {
    let ln_factorial = |n: u64| libm::lgamma(real(n) + 1.0);
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice `fisher.test(…, alternative = "greater")$p.value` of R 4.1, `"less"` in the third.
    #[test]
    fn agrees_with_r() {
        let of_r = [
            ((56, 70), (48, 80), 0.012_649_422_259_8),
            ((4, 36), (9, 400), 0.032_795_509_859),
            ((2, 59), (60, 500), 0.055_118_330_020_9),
            ((300, 1000), (2000, 9000), 8.287_919_202_18e-8),
            ((3, 40), (16, 400), 0.487_910_545_428),
            ((0, 30), (0, 40), 1.0),
        ];
        for (first, second, expected) in of_r {
            let p = fisher(first, second);
            assert!((p / expected - 1.0).abs() < 1e-9, "{p} {expected}");
            assert!((fisher(second, first) - p).abs() < 1e-12 * p);
        }
    }
}
