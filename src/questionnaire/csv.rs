//! A questionnaire as a table, a row per question, for survey tools.

use crate::exchange::cell;

use super::item::{Asked, Item, Questionnaire, Role};

/// Heads of the columns that do not depend on the language.
const HEADS: [&str; 7] = [
    "column",
    "role",
    "touchpoint",
    "kind",
    "optional",
    "answers",
    "not_applicable_code",
];

/// The table: heads, then a row per question; words in each of the languages, which all ask
/// the same.
#[must_use]
pub(super) fn table(languages: &[Questionnaire]) -> Vec<Vec<String>> {
    let Some(first) = languages.first() else { return Vec::new() };
    let mut heads: Vec<String> = HEADS.map(str::to_owned).to_vec();
    for it in languages {
        let tag = it.language.tag();
        let own = ["stage", "question", "options", "not_applicable"];
        heads.extend(own.map(|head| format!("{head} ({tag})")));
    }
    let mut rows = vec![heads];
    for (at, item) in first.items.iter().enumerate() {
        let mut row = common(item);
        for it in languages {
            row.extend(it.items.get(at).map(words).unwrap_or_default());
        }
        rows.push(row);
    }
    rows
}

fn common(item: &Item) -> Vec<String> {
    let (kind, answers, code) = match &item.asked {
        Asked::Scale { levels, not_applicable, .. } => {
            let levels: Vec<String> = levels.iter().map(f64::to_string).collect();
            let code = not_applicable.as_ref().map(|(_, code)| code.clone());
            ("scale", levels.join("|"), code.unwrap_or_default())
        }
        Asked::Choice(_) => ("choice", String::new(), String::new()),
        Asked::Text => ("text", String::new(), String::new()),
    };
    let touchpoint = match &item.role {
        Role::Touchpoint(id) => id.clone(),
        _ => String::new(),
    };
    vec![
        item.column.clone(),
        item.role.word().to_owned(),
        touchpoint,
        kind.to_owned(),
        if item.optional { "yes" } else { "no" }.to_owned(),
        answers,
        code,
    ]
}

fn words(item: &Item) -> Vec<String> {
    let (options, not_applicable) = match &item.asked {
        Asked::Scale { ends, not_applicable, .. } => {
            let words = not_applicable.as_ref().map(|(words, _)| words.clone());
            (ends.join("|"), words.unwrap_or_default())
        }
        Asked::Choice(options) => (options.join("|"), String::new()),
        Asked::Text => (String::new(), String::new()),
    };
    vec![
        item.stage.clone().unwrap_or_default(),
        item.text.clone(),
        options,
        not_applicable,
    ]
}

/// The table as CSV with a byte order mark, by which spreadsheets know UTF-8. Cells that a
/// spreadsheet would run as a formula are made inert.
#[must_use]
pub fn csv(languages: &[Questionnaire]) -> String {
    let mut text = "\u{feff}".to_owned();
    for row in table(languages) {
        let cells: Vec<String> = row.iter().map(|it| cell(it)).collect();
        text += &cells.join(",");
        text += "\r\n";
    }
    text
}
