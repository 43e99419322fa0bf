//! Everything that is known of each touchpoint in the wave reported.

use std::collections::BTreeMap;

use crate::model::{GraphFacts, Status, Touchpoint, TouchpointResult};
use crate::survey::tally::Variable;

use super::view::View;
use super::{change, pain};

/// What the flow tells of touchpoints.
pub(super) struct Flow<'a> {
    pub(super) graph: &'a GraphFacts,
    pub(super) visits: Option<&'a [f64]>,
}

/// One result per touchpoint, in the order of the map; tests judged as families, not labelled.
pub(super) fn results(view: &View<'_>, flow: &Flow<'_>) -> Vec<TouchpointResult> {
    let rules = &view.journey.rules;
    let mut results: Vec<_> = view
        .journey
        .touchpoints
        .iter()
        .enumerate()
        .map(|(index, touchpoint)| result(view, flow, index, touchpoint))
        .collect();
    change::judge(&mut results, rules);
    pain::judge(&mut results, rules);
    results
}

fn result(
    view: &View<'_>,
    flow: &Flow<'_>,
    index: usize,
    touchpoint: &Touchpoint,
) -> TouchpointResult {
    let variable = Variable::Touchpoint(index);
    let wave = view.waves.reported;
    let score = view.score(variable, wave);
    let reach = view.reach(variable);
    let answers = view.answers(variable);
    let changed = change::change(view, variable, &score);
    let pain = pain::pain(
        &pain::Case {
            score: &score,
            ruler: &view.ruler(variable, wave),
            wave,
            reach,
            target: view.journey.target(touchpoint),
        },
        &view.journey.rules,
    );
    let stage = view.journey.stages.get(touchpoint.stage.0);
    let mut reasons = BTreeMap::new();
    let mut because = |key: &str, reason: Option<String>| {
        reasons.extend(reason.map(|reason| (key.to_owned(), reason)));
    };
    because("change", changed.reason);
    because("pain", pain.as_ref().err().cloned());
    if score.status != Status::Unasked {
        let no_cells =
            score.reason.clone().unwrap_or_else(|| "nobody answered".to_owned());
        because("answers", answers.is_none().then(|| no_cells.clone()));
        because("reach", reach.is_none().then_some(no_cells));
    }
    TouchpointResult {
        id: touchpoint.id.clone(),
        code: touchpoint.code.clone(),
        stage: stage.map(|it| it.id.clone()).unwrap_or_default(),
        score,
        answers,
        reach,
        visits: flow.visits.and_then(|visits| visits.get(index)).copied(),
        unavoidable: flow.graph.unavoidable.contains(&touchpoint.id),
        change: changed.change,
        pain: pain.ok(),
        labels: Vec::new(),
        reasons,
    }
}
