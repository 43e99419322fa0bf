//! What is done about touchpoints, as the map states it.

use serde::Serialize;

use crate::model::{Action, ActionOutcome, ActionPhase, ActionResult, Day};

use super::context::Context;
use super::{date, number};

/// The actions of the map in the order in which they are listed: by phase, then by date; an
/// action without a date comes after those that have one.
pub(super) fn ordered<'a>(context: &Context<'a>) -> Vec<&'a Action> {
    let mut actions: Vec<&Action> = context.journey.actions.iter().collect();
    actions.sort_by_key(|it| (it.phase(), it.due.is_none(), it.due.clone()));
    actions
}

/// An action in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ActionView {
    name: String,
    owner: Option<String>,
    due: Option<String>,
    status: Option<String>,
    /// The change that the map expects, in points.
    expected: Option<String>,
    /// Whether it was due before the day that counts as today, and is not done.
    late: bool,
    /// What came of it.
    outcome: Option<OutcomeView>,
}

/// What came of an action, in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OutcomeView {
    id: &'static str,
    text: String,
    interval: Option<String>,
}

impl ActionView {
    /// Its cells in a table: owner, action, and what stands behind them.
    pub(super) fn cells(&self, touchpoint: Option<&str>) -> Vec<String> {
        let or_dash =
            |text: Option<&str>| text.map_or_else(|| "–".to_owned(), str::to_owned);
        vec![
            or_dash(self.owner.as_deref()),
            self.name.clone(),
            or_dash(touchpoint),
            or_dash(self.due.as_deref()),
            or_dash(self.status.as_deref()),
            or_dash(self.outcome.as_ref().map(|it| it.text.as_str())),
        ]
    }
}

/// What came of the action with this id, if the analysis tells.
pub(super) fn result<'a>(context: &Context<'a>, id: &str) -> Option<&'a ActionResult> {
    context.analysis.actions.iter().find(|it| it.id == id)
}

/// The same in words.
pub(super) fn outcome_text(context: &Context<'_>, id: &str) -> Option<String> {
    outcome(context, id).map(|it| it.text)
}

fn outcome(context: &Context<'_>, id: &str) -> Option<OutcomeView> {
    let result = result(context, id)?;
    let moved = result.outcome == ActionOutcome::AsExpected && result.expected.is_none();
    let key = if moved { "moved" } else { result.outcome.id() };
    let change = result.change.as_ref().map(|it| number::change(it.points));
    let gaps = [("change", change.as_deref().unwrap_or("–")), ("wave", &*result.wave)];
    let signed = |ci: [f64; 2]| {
        let [low, high] = ci.map(number::change);
        context.locale.say("range", &[("low", &low), ("high", &high)])
    };
    Some(OutcomeView {
        id: result.outcome.id(),
        text: context.locale.say(&format!("actions.outcome.{key}"), &gaps),
        interval: result.change.as_ref().and_then(|it| it.points_ci).map(signed),
    })
}

/// Whether an action was due before the day that counts as today, and is not done.
pub(super) fn is_late(context: &Context<'_>, action: &Action) -> bool {
    let due = action.due.as_ref().and_then(|it| it.parse::<Day>().ok());
    let passed = due.zip(context.as_of).is_some_and(|(due, today)| due < today);
    passed && action.phase() != ActionPhase::Done
}

/// `action` in the language of the report.
pub(super) fn view<'a>(context: &Context<'a>, action: &'a Action) -> ActionView {
    let text = |text: &'a Option<crate::model::Text>| {
        text.as_ref().map(|it| context.text(it).to_owned()).filter(|it| !it.is_empty())
    };
    ActionView {
        name: context.text(&action.name).to_owned(),
        owner: text(&action.owner),
        due: action.due.as_deref().map(|it| date::day(&context.locale, it)),
        status: text(&action.status),
        expected: action.expected.map(stated),
        late: is_late(context, action),
        outcome: outcome(context, &action.id),
    }
}

/// A change that the map states: `+8`, `−2.5`.
fn stated(points: f64) -> String {
    let text = number::plain(points);
    if points > 0.0 { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stated_change_has_its_sign() {
        assert_eq!([8.0, -2.5, 0.0].map(stated), ["+8", "−2.5", "0"]);
    }
}
