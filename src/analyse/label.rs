//! What touchpoints are called because of their evidence (METHOD §8).

use crate::model::{
    AsymmetryClass, DriverLink, Journey, Label, Role, Rules, Touchpoint, TouchpointResult,
};

use super::view::{is_firm_enough, is_low_base};

/// Effective respondents from which a base is firm (METHOD §5).
pub(super) const FIRM: f64 = 100.0;
/// Reach under which a moment of truth can be one of a niche.
pub(super) const NICHE: f64 = 0.5;

/// Sets labels and role of every touchpoint; `results` are in the order of the map, `k` is
/// the number of touchpoints in the model.
pub(super) fn assign(
    results: &mut [TouchpointResult],
    journey: &Journey,
    k: Option<usize>,
) {
    for (result, touchpoint) in results.iter_mut().zip(&journey.touchpoints) {
        result.labels = labels(result, touchpoint, &journey.rules, k);
        result.role = role(result);
        explain_kind(result);
    }
}

fn labels(
    result: &TouchpointResult,
    declared: &Touchpoint,
    rules: &Rules,
    k: Option<usize>,
) -> Vec<Label> {
    // A severity is given to pain points only.
    let pain = result.pain.as_ref().is_some_and(|pain| pain.severity.is_some());
    let derived = k.is_some_and(|k| is_moment_of_truth(result, rules, k));
    let niche = !derived && k.is_some_and(|k| is_niche(result, rules, k));
    let delighter = !is_low_base(&result.score, rules.low_base)
        && result.asymmetry.as_ref().is_some_and(|it| {
            it.class == AsymmetryClass::Delighter && it.q <= rules.alpha
        });
    let reaches = reaches_target(result);
    [
        (Label::PainPoint, pain),
        (Label::MomentOfTruth, derived),
        (Label::NicheMomentOfTruth, niche),
        (Label::DeclaredMomentOfTruth, declared.moment_of_truth),
        (Label::BrokenMomentOfTruth, (derived || declared.moment_of_truth) && pain),
        (Label::DelightPoint, delighter && reaches == Some(true)),
        (Label::ItchPoint, delighter && reaches == Some(false) && !pain),
        (Label::LowBase, is_low_base(&result.score, rules.low_base)),
    ]
    .into_iter()
    .filter_map(|(label, holds)| holds.then_some(label))
    .collect()
}

/// More than its fair share of importance, beyond chance and by enough to matter.
fn is_moment_of_truth(result: &TouchpointResult, rules: &Rules, k: usize) -> bool {
    let Some(importance) = &result.importance else { return false };
    let share = (importance.share, importance.q);
    is_large(share, rules, k)
        && importance.link == Some(DriverLink::Positive)
        && is_firm_enough(&result.score, FIRM)
}

/// The same among the users of a touchpoint that fewer than half of the customers meet.
fn is_niche(result: &TouchpointResult, rules: &Rules, k: usize) -> bool {
    let Some(importance) = &result.importance else { return false };
    let share = (importance.user_share, importance.user_q);
    is_large(share, rules, k)
        && importance.user_link == Some(DriverLink::Positive)
        && result.reach.is_some_and(|reach| reach < NICHE)
        && is_firm_enough(&result.score, FIRM)
}

fn is_large((share, q): (Option<f64>, Option<f64>), rules: &Rules, k: usize) -> bool {
    share.is_some_and(|share| share >= least_share(rules, k))
        && q.is_some_and(|q| q <= rules.alpha)
}

/// The share from which a touchpoint matters enough.
pub(super) fn least_share(rules: &Rules, k: usize) -> f64 {
    rules.min_importance_ratio / crate::stats::real(k as u64)
}

/// Whether the mean is at the target or over it.
pub(super) fn reaches_target(result: &TouchpointResult) -> Option<bool> {
    Some(result.score.points? >= result.target?)
}

/// What to do with it; `None` where there is no score, or no test for a pain point.
fn role(result: &TouchpointResult) -> Option<Role> {
    let has = |label| result.labels.contains(&label);
    let reaches = reaches_target(result)?;
    result.pain.as_ref()?;
    let truth = has(Label::MomentOfTruth) || has(Label::DeclaredMomentOfTruth);
    Some(match (truth, has(Label::PainPoint)) {
        (true, true) => Role::Broken,
        (true, false) if reaches => Role::Protect,
        (false, true) => Role::RepairLater,
        _ => Role::Maintain,
    })
}

/// Says why there is neither delight nor itch, and no role, where that cannot be known.
fn explain_kind(result: &mut TouchpointResult) {
    let asymmetry = result.reasons.get("asymmetry").cloned();
    result.reasons.extend(asymmetry.map(|why| ("delight".to_owned(), why)));
    if result.role.is_none() {
        let why = result.reasons.get("pain").or(result.reasons.get("target")).cloned();
        result.reasons.extend(why.map(|why| ("role".to_owned(), why)));
    }
}
