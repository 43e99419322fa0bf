//! Isotonic regression: the rising values that are nearest to wanted ones.
//!
//! Pool adjacent violators: M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid and E. Silverman,
//! “An empirical distribution function for sampling with incomplete information”, Annals of
//! Mathematical Statistics 26(4), 1955.

/// Values that never fall and have the least weighted squared distance from `wanted`, which
/// holds pairs of value and positive weight.
pub(super) fn pooled(wanted: &[(f64, f64)]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (value, weight) in wanted {
        let mut pool = (*value, *weight, 1);
        while let Some(last) = pools.last()
            && last.0 >= pool.0
        {
            let weight = last.1 + pool.1;
            let value = (last.0 * last.1 + pool.0 * pool.1) / weight;
            pool = (value, weight, last.2 + pool.2);
            pools.pop();
        }
        pools.push(pool);
    }
    pools.iter().flat_map(|pool| std::iter::repeat_n(pool.0, pool.2)).collect()
}

#[cfg(test)]
mod tests {
    use super::pooled;

    #[test]
    fn what_would_fall_is_pooled() {
        // Ayer et al.: 3 and 1 make 2; by weight, 4 (three times) and 0 make 3.
        assert_eq!(pooled(&[(1.0, 1.0), (3.0, 1.0), (1.0, 1.0)]), [1.0, 2.0, 2.0]);
        assert_eq!(pooled(&[(4.0, 3.0), (0.0, 1.0), (5.0, 1.0)]), [3.0, 3.0, 5.0]);
        assert!(pooled(&[]).is_empty());
    }
}
