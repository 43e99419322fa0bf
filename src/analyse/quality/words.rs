//! Checks in English, for JSON and the terminal; reports word them in their own language.

use crate::model::CheckKind;

/// What to do about a check that is not in order.
pub(super) fn advice(check: CheckKind) -> &'static str {
    match check {
        CheckKind::RepeatedRespondents => {
            "keep one row of each respondent, unless respondents may answer several times"
        }
        CheckKind::StraightLining => {
            "ask the field agency how the time to answer and such rows were controlled; \
             importance is flatter than it should be"
        }
        CheckKind::FewAnswers => {
            "check that the export is complete; nothing to do if most customers meet few \
             touchpoints"
        }
        CheckKind::ZeroWeight => "make sure that these rows were meant to be left out",
        CheckKind::WithoutWeight => "get their weights from whoever made the others",
        CheckKind::DesignEffect => {
            "ask for trimmed weights, or for more respondents in the groups that are \
             weighted up"
        }
        CheckKind::Undated => "check the column of the date in the export",
        CheckKind::LongFieldwork => {
            "look for a mistyped date, or for two waves in one file"
        }
        CheckKind::WavesOverlap => {
            "check that rows are in the right wave, and that no date is mistyped"
        }
        CheckKind::Blank => {
            "offer or declare `not applicable`, and ask why it is left out; who answers \
             may differ from who does not"
        }
        CheckKind::BlankJump => {
            "compare the questionnaires of the two waves: position, filter, wording"
        }
        CheckKind::NotApplicable => {
            "read the score as that of the minority who met the touchpoint"
        }
        CheckKind::OneAnswer => {
            "check that the right column is read; such a question cannot tell people apart"
        }
        CheckKind::UnusedScale => {
            "check the scale in the map against the questionnaire, such as 1–5 for 1–10"
        }
        CheckKind::Undeclared => "declare these values under `missing:`, or mend them",
    }
}

/// A share, 0–1: `0.2 %`.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A number without decimals.
pub(super) fn whole(number: f64) -> String {
    format!("{number:.0}")
}

/// `1 row`, `12 rows`.
pub(super) fn rows(n: u64) -> String {
    format!("{n} {}", if n == 1 { "row" } else { "rows" })
}

/// `1 day`, `12 days`.
pub(super) fn days(days: f64) -> String {
    format!("{days:.0} {}", if days > 1.5 { "days" } else { "day" })
}
