//! What a low score costs and a high one earns, of each touchpoint (METHOD §9).

use std::num::NonZeroUsize;

use crate::model::{Asymmetry, AsymmetryClass, Fdr, Interval};
use crate::stats::{
    self, Additive as _, LevelGram, NoContrast, PenaltyReward, adjust, contrasts, each,
    penalty_reward, real, student_upper, student_upper_quantile,
};

use super::drivers::Base;

/// By touchpoint, in the order of the map; where there is none, why.
pub(super) fn asymmetries(
    base: &Base<'_>,
    fdr: Fdr,
    threads: NonZeroUsize,
) -> Vec<Result<Asymmetry, String>> {
    let levels = &base.tally.levels;
    let Some(total) = levels.total() else { return Vec::new() };
    let groups: Vec<&LevelGram> = levels.inhabited().collect();
    let df = real(groups.len().saturating_sub(1).max(1) as u64);
    let quantile = student_upper_quantile(0.025, df);
    // One after the other: together the sums without each group would fill megabytes.
    let replicates = each(&groups, threads, |group: &&LevelGram| {
        let mut rest = total.clone();
        rest.subtract(group);
        contrasts(&rest)
    });
    let few = || vec![Err("too few respondents".to_owned()); total.drivers()];
    let mut all = penalty_reward(&total, &replicates, quantile).map_or_else(few, |all| {
        let of = |it: Result<PenaltyReward, NoContrast>| {
            it.map(|it| asymmetry(&it, quantile, df)).map_err(no_contrast)
        };
        all.into_iter().map(of).collect()
    });
    judge(&mut all, fdr);
    all
}

/// Judges the contrasts of all touchpoints as one family.
fn judge(all: &mut [Result<Asymmetry, String>], fdr: Fdr) {
    let mut tested: Vec<&mut Asymmetry> =
        all.iter_mut().filter_map(|it| it.as_mut().ok()).collect();
    let p: Vec<f64> = tested.iter().map(|it| it.p).collect();
    for (asymmetry, q) in tested.iter_mut().zip(adjust(&p, fdr)) {
        asymmetry.q = q;
    }
}

fn asymmetry(estimates: &PenaltyReward, quantile: f64, df: f64) -> Asymmetry {
    let contrast = estimates.contrast;
    let t = contrast.asymmetry() / estimates.asymmetry_error;
    let around =
        |x: f64, error: f64| -> Interval { [x - quantile * error, x + quantile * error] };
    Asymmetry {
        penalty: contrast.penalty,
        penalty_se: estimates.penalty_error,
        penalty_ci: around(contrast.penalty, estimates.penalty_error),
        reward: contrast.reward,
        reward_se: estimates.reward_error,
        reward_ci: around(contrast.reward, estimates.reward_error),
        contrast: contrast.asymmetry(),
        contrast_se: estimates.asymmetry_error,
        contrast_ci: estimates.asymmetry_interval,
        // Without any error over the groups nothing is known of it.
        p: if t.is_finite() { (2.0 * student_upper(t.abs(), df)).min(1.0) } else { 1.0 },
        q: 1.0,
        class: match estimates.class {
            stats::Asymmetry::MustBe => AsymmetryClass::MustBe,
            stats::Asymmetry::OneDimensional => AsymmetryClass::OneDimensional,
            stats::Asymmetry::Delighter => AsymmetryClass::Delighter,
            stats::Asymmetry::Undetermined => AsymmetryClass::Undetermined,
        },
        riocs: contrast.range_of_impact(),
        ia: contrast.impact_asymmetry(),
    }
}

fn no_contrast(why: NoContrast) -> String {
    match why {
        NoContrast::FewLow(_) => "fewer than 30 respondents scored it low",
        NoContrast::FewHigh(_) => "fewer than 30 respondents scored it high",
        NoContrast::Aliased => "other touchpoints determine who scores it low or high",
    }
    .to_owned()
}
