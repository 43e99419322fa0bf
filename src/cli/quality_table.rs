//! The quality of the responses for the terminal. Numbers are rounded here, and only here.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::model::{
    Amount, CheckStatus, FieldworkQuality, Journey, Quality, QualityCheck,
    QuestionQuality, RowQuality, WaveQuality,
};

use super::table::thousands;
use super::terminal::plural;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Totals, and what is not in order.
    Notable,
    /// Every check, and every question.
    Everything,
}

/// Totals of each wave and its checks; with [`Detail::Everything`] also what was read of each
/// question. Nothing where there are no respondent rows.
pub(super) fn quality_table(
    journey: &Journey,
    quality: &Quality,
    detail: Detail,
) -> String {
    let mut text = String::new();
    for wave in &quality.waves {
        let Some(rows) = &wave.rows else { continue };
        let _ = writeln!(text, "{}: {}", wave.wave, totals(rows, wave));
        text += &checks(journey, &wave.checks, detail);
        if detail == Detail::Everything {
            text += &questions(journey, &wave.questions);
        }
    }
    let all = checks(journey, &quality.checks, detail);
    if !quality.checks.is_empty() && !text.is_empty() && !all.is_empty() {
        text += "all waves:\n";
        text += &all;
        text += &undeclared(journey, quality);
    }
    if text.is_empty() { text } else { format!("data quality\n{text}\n") }
}

/// `5,120 rows, 5,100 of them count; effective n 4,702; 2025-03-01 to 2025-04-12`.
fn totals(rows: &RowQuality, wave: &WaveQuality) -> String {
    let mut parts = vec![if rows.used == rows.read {
        format!("{} rows, all of them count", thousands(rows.read))
    } else {
        format!("{} rows, {} of them count", thousands(rows.read), thousands(rows.used))
    }];
    parts.extend(
        wave.weights.as_ref().map(|it| {
            format!("weights sum to {:.1}, effective n {:.0}", it.sum, it.n_eff)
        }),
    );
    parts.extend(wave.fieldwork.as_ref().and_then(days));
    parts.join("; ")
}

fn days(fieldwork: &FieldworkQuality) -> Option<String> {
    let (first, last) = fieldwork.first.zip(fieldwork.last)?;
    Some(format!("answered from {first} to {last}"))
}

fn checks(journey: &Journey, checks: &[QualityCheck], detail: Detail) -> String {
    let shown =
        |it: &&QualityCheck| detail == Detail::Everything || it.status != CheckStatus::Ok;
    let mut text = String::new();
    for check in checks.iter().filter(shown) {
        let name = check.check.id().replace('_', " ");
        let word = word(check.status);
        let _ = writeln!(text, "  {word:<6} {name:<20}  {}", check.why);
        if let Some(advice) = &check.advice {
            let _ = writeln!(text, "{:31}→ {advice}", "");
        }
        if check.questions.len() > 1 {
            let _ = writeln!(text, "{:31}{}", "", affected(journey, check));
        }
    }
    let ok = checks.iter().filter(|it| it.status == CheckStatus::Ok).count();
    if detail == Detail::Notable && ok > 0 {
        let _ = writeln!(text, "  {:<6} {}", word(CheckStatus::Ok), plural(ok, "check"));
    }
    text
}

/// Questions that a line names.
const NAMED: usize = 6;

fn affected(journey: &Journey, check: &QualityCheck) -> String {
    let names: Vec<_> = check
        .questions
        .iter()
        .take(NAMED)
        .map(|it| code(journey, &it.question))
        .collect();
    let more = check.questions.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", names.join(", "))
}

fn word(status: CheckStatus) -> &'static str {
    match status {
        CheckStatus::Ok => "✓ ok",
        CheckStatus::Look => "! look",
        CheckStatus::Bad => "✗ bad",
    }
}

/// Code and id of a touchpoint, or the name of another question.
fn code(journey: &Journey, id: &str) -> String {
    let touchpoint = journey.touchpoints.iter().find(|it| it.id == id);
    touchpoint.map_or_else(|| id.to_owned(), |it| format!("{} {id}", it.code))
}

/// A row per question: column, answers by level, and what is missing.
fn questions(journey: &Journey, questions: &[QuestionQuality]) -> String {
    let heads = ["question", "column", "valid", "n/a", "blank", "not asked", "levels"];
    let mut rows = vec![heads.map(str::to_owned)];
    rows.extend(questions.iter().map(|it| {
        let share = |it: Option<Amount>| {
            it.map_or_else(|| "–".to_owned(), |it| format!("{:.1} %", 100.0 * it.share))
        };
        let valid = it.valid.map_or_else(|| "–".to_owned(), |it| thousands(it.n));
        [
            code(journey, &it.question),
            it.columns.join(", "),
            valid,
            share(it.not_applicable),
            share(it.blank),
            share(it.not_asked),
            levels(it),
        ]
    }));
    aligned(&rows)
}

/// `1×12 2×30 3×0`, of scales with many levels the range and how many there are.
fn levels(question: &QuestionQuality) -> String {
    let Some(levels) = &question.levels else {
        return question.reason.clone().unwrap_or_default();
    };
    if levels.len() > 12 {
        let mut used = levels.iter().filter(|it| it.n > 0);
        let first = used.next();
        let last = used.next_back().or(first);
        let ends = first.zip(last).map(|(a, b)| (a.level.0, b.level.0));
        return ends.map_or_else(String::new, |(low, high)| {
            format!("{} levels from {low} to {high}", levels.len())
        });
    }
    let each: Vec<_> =
        levels.iter().map(|it| format!("{}×{}", it.level.0, it.n)).collect();
    each.join(" ")
}

/// The undeclared values that enough cells hold.
fn undeclared(journey: &Journey, quality: &Quality) -> String {
    let line = |it: &crate::model::UndeclaredValues| {
        let mut values: Vec<_> =
            it.values.iter().map(|it| format!("`{}`×{}", it.value, it.n)).collect();
        if it.other > 0 {
            values.push(format!("others×{}", it.other));
        }
        format!("{:31}{}: {}\n", "", code(journey, &it.question), values.join(" "))
    };
    quality.undeclared.iter().map(line).collect()
}

fn aligned(rows: &[[String; 7]]) -> String {
    let mut widths = [0; 7];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            let pad = pad.as_str();
            line += "  ";
            // Names stand on the left, numbers on the right.
            let (before, behind) =
                if (2..=5).contains(&at) { (pad, "") } else { ("", pad) };
            line.extend([before, cell, behind]);
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}
