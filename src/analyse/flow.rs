//! What the flow tells together with the scores: the cost of going round, and paths.

use crate::graph::{Extreme, JourneyGraph, extreme, most_travelled, travelled};
use crate::model::{
    GraphFacts, JourneyPath, PathScore, Paths, Rework, TouchpointIndex, TouchpointResult,
};

use super::hand_off;
use super::touchpoint::Flow;
use super::view::{View, is_low_base};

/// The facts of the flow, with what the scores add to them.
pub(super) fn facts(
    view: &View<'_>,
    flow: &Flow<'_>,
    results: &[TouchpointResult],
) -> GraphFacts {
    let mut facts = flow.graph.clone();
    for rework in &mut facts.rework {
        match cost(rework, results) {
            Ok(cost) => rework.cost = Some(cost),
            Err(why) => drop(rework.reasons.insert("cost".to_owned(), why)),
        }
    }
    facts.hand_off_scores = hand_off::hand_offs(view, results);
    facts.paths = paths(view, results, facts.completion);
    facts
}

/// Points lost per customer in repeated visits: Σ repeats × E[max(0, target − answer)]. As the
/// shortfall of METHOD §6, with repeated visits in the place of reach.
fn cost(rework: &Rework, results: &[TouchpointResult]) -> Result<f64, String> {
    let repeats = rework.repeats.as_ref().ok_or("the flow leaves shares open")?;
    let mut cost = 0.0;
    for (id, repeats) in rework.touchpoints.iter().zip(repeats) {
        let result = results.iter().find(|it| it.id == *id);
        let reach = result.and_then(|it| it.reach).filter(|reach| *reach > 0.0);
        let pain = result.and_then(|it| it.pain.as_ref());
        let shortfall = pain.and_then(|it| it.shortfall).zip(reach);
        let Some((shortfall, reach)) = shortfall else {
            return Err(format!(
                "it is not known how far {id} falls short of its target"
            ));
        };
        cost += repeats * shortfall / reach;
    }
    Ok(cost)
}

/// The most travelled, the best and the worst way through the journey.
fn paths(
    view: &View<'_>,
    results: &[TouchpointResult],
    completion: Option<f64>,
) -> Paths {
    let graph = JourneyGraph::new(view.journey);
    let low_base = view.journey.rules.low_base;
    let firm = |it: &TouchpointResult| {
        it.score.points.filter(|_| !is_low_base(&it.score, low_base))
    };
    let scores: Vec<Option<f64>> = results.iter().map(firm).collect();
    let mut paths = Paths::default();
    let describe = |way: Vec<_>| path(view, &graph, &scores, &way);
    paths.most_travelled = most_travelled(&graph).map(describe);
    paths.best = extreme(&graph, &scores, Extreme::Best).map(describe);
    paths.worst = extreme(&graph, &scores, Extreme::Worst).map(describe);
    let no_score =
        "no way from the start to the end without going back has a score on it";
    let open = match completion {
        Some(_) => "nobody completes the journey",
        None => "the flow leaves shares open",
    };
    let missing = [
        ("most_travelled", paths.most_travelled.is_none(), open),
        ("best", paths.best.is_none(), no_score),
        ("worst", paths.worst.is_none(), no_score),
    ];
    for (key, _, why) in missing.iter().filter(|(_, missing, _)| *missing) {
        paths.reasons.insert((*key).to_owned(), (*why).to_owned());
    }
    paths
}

fn path(
    view: &View<'_>,
    graph: &JourneyGraph,
    scores: &[Option<f64>],
    way: &[TouchpointIndex],
) -> JourneyPath {
    let all: Vec<(String, Option<f64>)> = way
        .iter()
        .map(|at| {
            let id = view.journey.touchpoint(*at).id.clone();
            (id, scores.get(at.0).copied().flatten())
        })
        .collect();
    let felt: Vec<PathScore> = all
        .iter()
        .filter_map(|(id, points)| {
            Some(PathScore { touchpoint: id.clone(), points: (*points)? })
        })
        .collect();
    // Of equal scores the first on the way.
    let peak = felt.iter().rev().max_by(|a, b| a.points.total_cmp(&b.points));
    let low = felt.iter().min_by(|a, b| a.points.total_cmp(&b.points));
    let sum: f64 = felt.iter().map(|it| it.points).sum();
    JourneyPath {
        share: travelled(graph, way),
        mean: (!felt.is_empty()).then(|| sum / crate::stats::real(felt.len() as u64)),
        scored: felt.len(),
        peak: peak.cloned(),
        low: low.cloned(),
        end: felt.last().cloned(),
        touchpoints: all.into_iter().map(|(id, _)| id).collect(),
    }
}
