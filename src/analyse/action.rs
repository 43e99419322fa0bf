//! Whether actions showed in the wave in which they should.
//!
//! The change of a touchpoint from the wave before is the one that reports of that wave tell,
//! judged with those of all other touchpoints: an action that claims a success where the list
//! of changes has none would be believed by nobody.

use std::collections::BTreeMap;

use super::change::{self, Found};
use super::view::View;
use super::wave::{Waves, names};
use crate::model::{Action, ActionOutcome, ActionResult, Change, TouchpointResult, Wave};

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
            return touchpoints.iter().map(change::known).collect();
        }
        change::all(&View { waves, ..*view })
    });
    let change = all.get(at).cloned().unwrap_or_else(|| Err("not asked".to_owned()))?;
    if change.p.is_none() {
        return Err("the change could not be tested".to_owned());
    }
    Ok((ActionOutcome::of(&change, action.expected), Some(change)))
}
