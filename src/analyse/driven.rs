//! Importance, asymmetry, lift and position of every touchpoint, written into its result.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use crate::model::{Asymmetry, DriverModel, TouchpointResult};
use crate::survey::tally::Variable;

use super::drivers::{Base, Drivers, base, left_out};
use super::lift::{Aims, lifts};
use super::view::View;
use super::{asymmetry, importance, position};

/// What importance rests on, or why there is none.
pub(super) type Model = Result<DriverModel, String>;

/// Adds to `results`, which are in the order of the map, what follows from the model.
pub(super) fn add(
    view: &View<'_>,
    results: &mut [TouchpointResult],
    threads: NonZeroUsize,
) -> Model {
    let base = match base(view) {
        Ok(base) => base,
        Err(reason) => {
            because(results, &["importance", "asymmetry", "lift", "position"], &reason);
            return Err(reason);
        }
    };
    let admission = base.admission();
    let drivers =
        admission.as_ref().map_err(Clone::clone).and_then(|it| base.drivers(it, threads));
    let asymmetries = admission
        .as_ref()
        .map(|_| asymmetry::asymmetries(&base, view.journey.rules.fdr, threads));
    add_asymmetries(results, asymmetries);
    add_outside(view, results, &base);
    let (drivers, admission) = match (drivers, admission) {
        (Ok(drivers), Ok(admission)) => (drivers, admission),
        (Err(reason), _) | (_, Err(reason)) => {
            because(results, &["importance", "lift", "position"], &reason);
            return Err(reason);
        }
    };
    for (at, why) in &admission.left_out {
        if let Some(result) = results.get_mut(*at) {
            let one = std::slice::from_mut(result);
            because(one, &["importance", "lift", "position"], left_out(*why));
        }
    }
    add_model(view, results, &base, &drivers);
    Ok(drivers.model(view, &base, &admission))
}

/// Says why values are missing.
fn because(results: &mut [TouchpointResult], keys: &[&str], reason: &str) {
    for result in results {
        let reasons: &mut BTreeMap<String, String> = &mut result.reasons;
        for key in keys {
            reasons.insert((*key).to_owned(), reason.to_owned());
        }
    }
}

/// Asymmetry needs as many respondents as the model does, though not that it explains much.
fn add_asymmetries(
    results: &mut [TouchpointResult],
    found: Result<Vec<Result<Asymmetry, String>>, &String>,
) {
    let found = match found {
        Ok(found) => found,
        Err(reason) => return because(results, &["asymmetry"], reason),
    };
    for (result, found) in results.iter_mut().zip(found) {
        match found {
            Ok(asymmetry) => result.asymmetry = Some(asymmetry),
            Err(why) => because(std::slice::from_mut(result), &["asymmetry"], &why),
        }
    }
}

/// Correlations of every touchpoint; those in the model are replaced later.
fn add_outside(view: &View<'_>, results: &mut [TouchpointResult], base: &Base<'_>) {
    for (at, result) in results.iter_mut().enumerate() {
        let rules = &view.journey.rules;
        result.importance = importance::outside(base, at, &result.score, rules);
    }
}

fn add_model(
    view: &View<'_>,
    results: &mut [TouchpointResult],
    base: &Base<'_>,
    drivers: &Drivers,
) {
    let wave = view.waves.reported;
    let importances = importance::importances(drivers, &view.journey.rules);
    let fair = 1.0 / crate::stats::real(drivers.kept.len() as u64);
    let of = |at: &usize| results.get(*at);
    let targets: Vec<Option<f64>> =
        drivers.kept.iter().map(|at| of(at).and_then(|it| it.target)).collect();
    let native = |(at, target): (&usize, &Option<f64>)| {
        let ruler = view.ruler(Variable::Touchpoint(*at), wave);
        // Without a target nothing can be gained: the lowest answer is reached by all.
        target.map_or(ruler.scale().min(), |points| ruler.native(points))
    };
    let native: Vec<f64> = drivers.kept.iter().zip(&targets).map(native).collect();
    let aims = Aims {
        overall_points_per_unit: view.ruler(Variable::Overall, wave).points_per_unit(),
        targets: &native,
        asymmetries: drivers
            .kept
            .iter()
            .map(|at| of(at).and_then(|it| it.asymmetry.as_ref()))
            .collect(),
    };
    let lifts = lifts(drivers, base, &aims);
    let found = importances.into_iter().zip(lifts).zip(targets);
    for (at, ((importance, lift), target)) in drivers.kept.iter().zip(found) {
        let Some(result) = results.get_mut(*at) else { continue };
        let ruler = view.ruler(Variable::Touchpoint(*at), wave);
        if let Some(target) = target {
            let score = (&result.score, ruler.points_per_unit());
            result.position = position::position(&importance, fair, score, target);
            result.lift = Some(lift);
        } else {
            let reason = "there is no target".to_owned();
            because(std::slice::from_mut(result), &["lift", "position"], &reason);
        }
        result.importance = Some(importance);
    }
}
