//! Everything that is known of each touchpoint in the wave reported.

use std::collections::BTreeMap;

use crate::model::{GraphFacts, Score, Status, Touchpoint, TouchpointResult};
use crate::survey::tally::Variable;

use super::target::{self, Aim};
use super::view::View;
use super::{change, gap, pain};

/// What the flow tells of touchpoints.
pub(super) struct Flow<'a> {
    pub(super) graph: &'a GraphFacts,
    pub(super) visits: Option<&'a [f64]>,
}

/// One result per touchpoint, in the order of the map; tests judged as families, not labelled.
pub(super) fn results(view: &View<'_>, flow: &Flow<'_>) -> Vec<TouchpointResult> {
    let rules = &view.journey.rules;
    let touchpoints = &view.journey.touchpoints;
    let scores: Vec<Score> = (0..touchpoints.len())
        .map(|at| view.score(Variable::Touchpoint(at), view.waves.reported))
        .collect();
    let aims = target::aims(view, &scores);
    let mut results: Vec<_> = touchpoints
        .iter()
        .enumerate()
        .zip(scores.into_iter().zip(aims))
        .map(|((index, touchpoint), (score, aim))| {
            let result = result(view, index, touchpoint, (score, aim));
            TouchpointResult {
                visits: flow.visits.and_then(|visits| visits.get(index)).copied(),
                unavoidable: flow.graph.unavoidable.contains(&touchpoint.id),
                ..result
            }
        })
        .collect();
    change::judge(&mut results, rules);
    change::judge_shares(&mut results, rules);
    pain::judge(&mut results, rules);
    results
}

fn result(
    view: &View<'_>,
    index: usize,
    touchpoint: &Touchpoint,
    (score, aim): (Score, Result<Aim, String>),
) -> TouchpointResult {
    let variable = Variable::Touchpoint(index);
    let wave = view.waves.reported;
    let (reach, answers) = (view.reach(variable), view.answers(variable));
    let changed = change::change(view, variable);
    let pain = aim.as_ref().map_err(Clone::clone).and_then(|aim| {
        let ruler = &view.ruler(variable, wave);
        pain::pain(
            &pain::Case { score: &score, ruler, wave, reach, aim },
            &view.journey.rules,
        )
    });
    let gap = gap::gap(view, index);
    let mut reasons = BTreeMap::new();
    let mut because = |key: &str, reason: Option<String>| {
        reasons.extend(reason.map(|reason| (key.to_owned(), reason)));
    };
    because("change", changed.reason);
    because("target", aim.as_ref().err().cloned());
    because("pain", pain.as_ref().err().cloned());
    because("gap", gap.as_ref().err().cloned());
    if score.status != Status::Unasked {
        let no_cells =
            score.reason.clone().unwrap_or_else(|| "nobody answered".to_owned());
        because("answers", answers.is_none().then(|| no_cells.clone()));
        because("reach", reach.is_none().then_some(no_cells));
    }
    let stage = view.journey.stages.get(touchpoint.stage.0);
    TouchpointResult {
        id: touchpoint.id.clone(),
        code: touchpoint.code.clone(),
        stage: stage.map(|it| it.id.clone()).unwrap_or_default(),
        score,
        answers,
        reach,
        target: aim.ok().map(|it| it.points),
        change: changed.change,
        pain: pain.ok(),
        gap: gap.ok().flatten(),
        reasons,
        ..TouchpointResult::default()
    }
}
