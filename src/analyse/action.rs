//! Whether actions showed in the wave in which they should.
//!
//! The change of a touchpoint from the wave before is the one that reports of that wave tell,
//! judged with those of all other touchpoints: an action that claims a success where the list
//! of changes has none would be believed by nobody.

use std::collections::BTreeMap;

use crate::model::{
    Action, ActionOutcome, ActionResult, Change, Status, TouchpointResult, Wave,
};
use crate::survey::tally::Variable;

use super::change;
use super::view::View;
use super::wave::{Waves, names};

/// What came of each action that says in which wave it should show, in the order of the map.
pub(super) fn results(
    view: &View<'_>,
    touchpoints: &[TouchpointResult],
) -> Vec<ActionResult> {
    let mut changes = BTreeMap::new();
    let actions = view.journey.actions.iter();
    let mut results = Vec::new();
    for action in actions {
        let Some(wave) = action.wave.as_deref().and_then(Wave::new) else { continue };
        let (outcome, change, reason) =
            match outcome(view, touchpoints, action, &wave, &mut changes) {
                Ok((outcome, change)) => (outcome, change, None),
                Err(reason) => (ActionOutcome::NotTested, None, Some(reason)),
            };
        let touchpoint =
            action.touchpoint.and_then(|it| view.journey.touchpoints.get(it.0));
        results.push(ActionResult {
            id: action.id.clone(),
            touchpoint: touchpoint.map(|it| it.id.clone()),
            wave: wave.as_str().to_owned(),
            expected: action.expected,
            outcome,
            change,
            reason,
        });
    }
    results
}

/// A change, or why there is none.
type Found = Result<Change, String>;

fn outcome(
    view: &View<'_>,
    touchpoints: &[TouchpointResult],
    action: &Action,
    wave: &Wave,
    changes: &mut BTreeMap<Wave, Vec<Found>>,
) -> Result<(ActionOutcome, Option<Change>), String> {
    let reported = Wave::new(view.waves.reported);
    if reported.is_some_and(|it| *wave > it) {
        return Ok((ActionOutcome::TooEarly, None));
    }
    let at = action.touchpoint.ok_or("it works on no touchpoint")?.0;
    let names = names(view.tally);
    let position = names.iter().position(|it| *it == wave.as_str());
    let position = position.ok_or_else(|| format!("there are no responses of {wave}"))?;
    let before = position.checked_sub(1).and_then(|at| names.get(at));
    let before = before.ok_or("there is no earlier wave")?;
    let all = changes.entry(wave.clone()).or_insert_with(|| {
        let waves = Waves { reported: names[position], baseline: Some(before) };
        if waves == view.waves {
            return touchpoints.iter().map(known).collect();
        }
        changes_of(&View { waves, ..*view })
    });
    let change = all.get(at).cloned().unwrap_or_else(|| Err("not asked".to_owned()))?;
    if change.p.is_none() {
        return Err("the change could not be tested".to_owned());
    }
    Ok((ActionOutcome::of(&change, action.expected), Some(change)))
}

/// The change that was found already.
fn known(result: &TouchpointResult) -> Found {
    result.change.clone().ok_or_else(|| {
        let reason = result.reasons.get("change").or(result.score.reason.as_ref());
        reason.cloned().unwrap_or_else(|| "there is no change to tell".to_owned())
    })
}

/// The changes of all touchpoints between two other waves, judged as one family.
fn changes_of(view: &View<'_>) -> Vec<Found> {
    let all = 0..view.journey.touchpoints.len();
    let mut reasons = Vec::new();
    let mut results: Vec<TouchpointResult> = all
        .map(|at| {
            let variable = Variable::Touchpoint(at);
            let score = view.score(variable, view.waves.reported);
            let drafted = change::change(view, variable);
            let shown = score.status == Status::Scored;
            reasons.push(drafted.reason.or(score.reason));
            TouchpointResult {
                change: drafted.change.filter(|_| shown),
                ..TouchpointResult::default()
            }
        })
        .collect();
    change::judge(&mut results, &view.journey.rules);
    let pairs = results.into_iter().zip(reasons);
    pairs
        .map(|(result, reason)| {
            let reason =
                reason.unwrap_or_else(|| "there is no change to tell".to_owned());
            result.change.ok_or(reason)
        })
        .collect()
}
