//! Outline → a table: a row per touchpoint, per score, and per transition.

use crate::model::{InlineScore, Language, Text};

use super::csv_columns::COLUMNS;
use super::inert::inert;
use super::outline::Outline;

/// The table; the first row behind the header is the journey itself, with the ends of its
/// scale as `from` and `to`.
pub(super) fn write(outline: &Outline, language: &Language) -> String {
    let text = |it: &Text| outline.text(it, language).to_owned();
    let maybe = |it: &Option<Text>| it.as_ref().map(text).unwrap_or_default();
    let mut rows: Vec<Vec<(&str, String)>> = vec![vec![
        ("kind", "journey".to_owned()),
        ("id", outline.id.clone()),
        ("name", text(&outline.name)),
        ("owner", maybe(&outline.persona)),
        ("label", language.tag().to_owned()),
        ("from", outline.scale.min().to_string()),
        ("to", outline.scale.max().to_string()),
    ]];
    for stage in &outline.stages {
        for it in &stage.touchpoints {
            rows.push(vec![
                ("kind", "touchpoint".to_owned()),
                ("stage", stage.id.clone()),
                ("stage_name", text(&stage.name)),
                ("id", it.id.clone()),
                ("name", text(&it.name)),
                ("channel", maybe(&it.channel)),
                ("owner", maybe(&it.owner)),
                ("action", maybe(&it.action)),
                ("backstage", maybe(&it.backstage)),
                (
                    "moment_of_truth",
                    if it.moment_of_truth { "true" } else { "" }.to_owned(),
                ),
                ("target", number(it.target)),
            ]);
            rows.extend(it.scores.iter().map(|score| score_row(&it.id, score)));
        }
    }
    rows.extend(outline.transitions.iter().map(|it| {
        vec![
            ("kind", "transition".to_owned()),
            ("from", outline.end_id(it.from).to_owned()),
            ("to", outline.end_id(it.to).to_owned()),
            ("share", number(it.share)),
            ("label", maybe(&it.label)),
        ]
    }));
    let mut text = line(COLUMNS.iter().map(|it| (*it).to_owned()));
    for row in rows {
        let cell = |column: &&str| {
            row.iter()
                .find(|(it, _)| it == column)
                .map(|(_, it)| it.clone())
                .unwrap_or_default()
        };
        text += &line(COLUMNS.iter().map(cell));
    }
    text
}

fn score_row(id: &str, score: &InlineScore) -> Vec<(&'static str, String)> {
    vec![
        ("kind", "score".to_owned()),
        ("id", id.to_owned()),
        ("wave", score.wave.clone()),
        ("mean", score.mean.to_string()),
        ("n", score.n.map(|n| n.to_string()).unwrap_or_default()),
        ("sd", number(score.sd)),
    ]
}

fn number(number: Option<f64>) -> String {
    number.map(|it| it.to_string()).unwrap_or_default()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    cells.map(|it| cell(&it)).collect::<Vec<_>>().join(",") + "\n"
}

/// A cell as RFC 4180 has it, which no spreadsheet takes for a formula.
pub(crate) fn cell(text: &str) -> String {
    let text = inert(text);
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) || text.trim() != text {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.into_owned()
}
