//! How far an action is.

use super::Action;

/// How far an action is, by the word that the map has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionPhase {
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

impl ActionPhase {
    /// Every phase, in the order in which actions are listed.
    pub const ALL: [Self; 5] =
        [Self::Now, Self::Next, Self::Later, Self::Done, Self::Other];

    /// Its name in message keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
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

impl Action {
    /// How far it is: by its status in any language, else not begun.
    #[must_use]
    pub fn phase(&self) -> ActionPhase {
        let not_begun =
            if self.due.is_some() { ActionPhase::Next } else { ActionPhase::Later };
        let Some(status) = &self.status else { return not_begun };
        let one_of = |words: &[&str]| {
            status.all().any(|text| words.contains(&text.trim().to_lowercase().as_str()))
        };
        if one_of(&FINISHED) {
            ActionPhase::Done
        } else if one_of(&UNDER_WAY) {
            ActionPhase::Now
        } else if one_of(&TO_COME) {
            not_begun
        } else {
            ActionPhase::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Sources, Span};
    use crate::model::{Language, Text};

    fn phase(status: Option<Text>, due: Option<&str>) -> ActionPhase {
        let source = Sources::default().add("map.yaml", "");
        let action = Action {
            id: String::new(),
            touchpoint: None,
            name: Text::default(),
            owner: None,
            due: due.map(str::to_owned),
            status,
            expected: None,
            wave: None,
            span: Span { source, start: 0, end: 0 },
        };
        action.phase()
    }

    #[test]
    fn a_status_is_known_in_any_language_and_case() {
        let two = Text::by_language(vec![
            (Language::new("fr").unwrap(), "en cours".to_owned()),
            (Language::new("zh-Hans").unwrap(), "进行中".to_owned()),
        ]);
        assert_eq!(phase(Some(two), None), ActionPhase::Now);
        assert_eq!(phase(Some(Text::plain(" Done")), None), ActionPhase::Done);
        let planned = || Some(Text::plain("planned"));
        assert_eq!(phase(planned(), Some("2026-06-30")), ActionPhase::Next);
        assert_eq!(phase(planned(), None), ActionPhase::Later);
    }

    #[test]
    fn an_unknown_status_is_not_taken_for_a_known_one() {
        assert_eq!(phase(Some(Text::plain("on hold")), None), ActionPhase::Other);
        assert_eq!(phase(None, Some("2026-01-01")), ActionPhase::Next);
    }
}
