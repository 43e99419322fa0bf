//! What is done about touchpoints, as the map states it.

use serde::Serialize;

use crate::model::Action;

use super::context::Context;
use super::{date, number};

/// How far an action is, by the word that the map has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Under way.
    Now,
    /// Not begun, with a date.
    Next,
    /// Not begun, and without a date.
    Later,
    /// Finished.
    Done,
    /// A word that we do not know.
    Other,
}

impl Phase {
    /// Every phase, in the order in which actions are listed.
    pub(super) const ALL: [Self; 5] =
        [Self::Now, Self::Next, Self::Later, Self::Done, Self::Other];

    /// Its name in message keys.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Next => "next",
            Self::Later => "later",
            Self::Done => "done",
            Self::Other => "other",
        }
    }
}

const UNDER_WAY: [&str; 11] = [
    "doing",
    "in progress",
    "ongoing",
    "started",
    "under way",
    "underway",
    "进行中",
    "執行中",
    "执行中",
    "進行中",
    "推进中",
];
const FINISHED: [&str; 9] = [
    "done",
    "completed",
    "complete",
    "finished",
    "closed",
    "已完成",
    "完成",
    "已关闭",
    "已結案",
];
const TO_COME: [&str; 13] = [
    "planned",
    "plan",
    "open",
    "todo",
    "to do",
    "not started",
    "proposed",
    "计划中",
    "計畫中",
    "規劃中",
    "规划中",
    "未开始",
    "未開始",
];

/// The phase of `action`: by its status in any language, else not begun.
pub(super) fn phase(action: &Action) -> Phase {
    let not_begun = if action.due.is_some() { Phase::Next } else { Phase::Later };
    let Some(status) = &action.status else { return not_begun };
    let one_of = |words: &[&str]| {
        status.all().any(|text| words.contains(&text.trim().to_lowercase().as_str()))
    };
    if one_of(&FINISHED) {
        Phase::Done
    } else if one_of(&UNDER_WAY) {
        Phase::Now
    } else if one_of(&TO_COME) {
        not_begun
    } else {
        Phase::Other
    }
}

/// The actions of the map in the order in which they are listed: by phase, then by date; an
/// action without a date comes after those that have one.
pub(super) fn ordered<'a>(context: &Context<'a>) -> Vec<&'a Action> {
    let mut actions: Vec<&Action> = context.journey.actions.iter().collect();
    actions.sort_by_key(|it| (phase(it), it.due.is_none(), it.due.clone()));
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
    use crate::model::{Language, Text};

    fn action(status: Option<Text>, due: Option<&str>) -> Action {
        Action {
            id: String::new(),
            touchpoint: None,
            name: Text::default(),
            owner: None,
            due: due.map(str::to_owned),
            status,
            expected: None,
        }
    }

    #[test]
    fn a_status_is_known_in_any_language_and_case() {
        let two = Text::by_language(vec![
            (Language::new("fr").unwrap(), "en cours".to_owned()),
            (Language::new("zh-Hans").unwrap(), "进行中".to_owned()),
        ]);
        assert_eq!(phase(&action(Some(two), None)), Phase::Now);
        assert_eq!(phase(&action(Some(Text::plain(" Done")), None)), Phase::Done);
        let planned = || Some(Text::plain("planned"));
        assert_eq!(phase(&action(planned(), Some("2026-06-30"))), Phase::Next);
        assert_eq!(phase(&action(planned(), None)), Phase::Later);
    }

    #[test]
    fn an_unknown_status_is_not_taken_for_a_known_one() {
        assert_eq!(phase(&action(Some(Text::plain("on hold")), None)), Phase::Other);
        assert_eq!(phase(&action(None, Some("2026-01-01"))), Phase::Next);
    }

    #[test]
    fn a_stated_change_has_its_sign() {
        assert_eq!([8.0, -2.5, 0.0].map(stated), ["+8", "−2.5", "0"]);
    }
}
