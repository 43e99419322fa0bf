//! The analysis as a table for the terminal: rounded here, and only here.

use unicode_width::UnicodeWidthStr;

use crate::model::{Analysis, Change, Journey, Label, Language, Score, Status, TouchpointResult};

/// Everything `score` shows by default.
pub(super) fn table(journey: &Journey, analysis: &Analysis, language: &Language) -> String {
    let mut rows = vec![heading(analysis)];
    rows.push(overall_row(analysis));
    for stage in &journey.stages {
        rows.push(Row::Stage(journey.text(&stage.name, language).to_owned()));
        for position in stage.touchpoints.clone() {
            let result = &analysis.touchpoints[position];
            let name = journey.text(&journey.touchpoints[position].name, language);
            rows.push(touchpoint_row(result, name, analysis.baseline.is_some()));
        }
    }
    let mut text = title(journey, analysis, language);
    text.push_str(&aligned(&rows));
    text.push_str(&recommend_line(analysis));
    for finding in &analysis.findings {
        text.push_str(&format!("\n{}  {}", finding.code, finding.text));
    }
    for note in &analysis.notes {
        text.push_str(&format!("\n{}  note: {}", note.code, note.text));
    }
    if !(analysis.findings.is_empty() && analysis.notes.is_empty()) {
        text.push('\n');
    }
    text
}
