//! What must hold for the comparison of two groups when their scale is turned round.

use proptest::prelude::*;
use touchmap::stats::{
    Histogram, Moments, Welch, cohen_d, probability_of_superiority, welch,
};

/// How many gave each answer from 1 to 5.
fn counts() -> impl Strategy<Value = [u64; 5]> {
    prop::array::uniform5(0_u64..40)
}

fn answers(counts: [u64; 5], value: impl Fn(u32) -> f64) -> Histogram {
    Histogram::unweighted((1..=5).map(value).zip(counts))
}

fn change(groups: &[Histogram; 2]) -> Option<Welch> {
    let [before, after] = groups.each_ref().map(|it| Moments::of(it, |x| x)?.estimate());
    welch(before?, after?)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

proptest! {
    /// x → L + U − x: METHOD §15.
    #[test]
    fn reversing_a_scale_turns_the_gap_and_keeps_its_error(before in counts(), after in counts()) {
        let usual = [before, after].map(|it| answers(it, f64::from));
        let reversed = [before, after].map(|it| answers(it, |x| f64::from(6 - x)));
        match (change(&usual), change(&reversed)) {
            (Some(usual), Some(reversed)) => {
                prop_assert!(close(usual.difference, -reversed.difference));
                prop_assert!(close(usual.standard_error, reversed.standard_error));
                prop_assert!(close(usual.df, reversed.df));
                prop_assert!(close(usual.p, reversed.p));
            }
            (usual, reversed) => prop_assert!(usual.is_none() && reversed.is_none()),
        }
        let [d, turned] = [&usual, &reversed].map(|[one, other]| cohen_d(one, other));
        prop_assert!(d.zip(turned).is_none_or(|(d, turned)| close(d, -turned)));
        let [p, turned] = [&usual, &reversed]
            .map(|[one, other]| probability_of_superiority(one, other));
        prop_assert!(p.zip(turned).is_none_or(|(p, turned)| close(p, 1.0 - turned)));
    }
}
