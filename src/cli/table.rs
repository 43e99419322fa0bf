//! The analysis as a table for the terminal. Numbers are rounded here, and only here.

use unicode_width::UnicodeWidthStr;

use crate::model::{
    Analysis, Change, Journey, Label, Language, Score, Status, TouchpointResult,
};

/// Everything that `score` shows by default.
pub(super) fn table(
    journey: &Journey,
    analysis: &Analysis,
    language: &Language,
) -> String {
    let mut rows = vec![heading(analysis)];
    let overall = score_cells(&analysis.overall, analysis.overall_change.as_ref());
    rows.push(Row::score("Overall", overall, [const { String::new() }; 4]));
    for (number, stage) in (1..).zip(&journey.stages) {
        let name = journey.text(&stage.name, language);
        rows.push(Row::Stage(format!("{number} {name}")));
        for position in stage.touchpoints.clone() {
            let name = journey.text(&journey.touchpoints[position].name, language);
            rows.extend(
                analysis.touchpoints.get(position).map(|it| touchpoint(it, name)),
            );
        }
    }
    let parts = [title(journey, analysis, language), aligned(&rows), remarks(analysis)];
    parts.join("\n")
}

/// Columns behind the name.
const COLUMNS: usize = 10;

enum Row {
    /// A stage stands alone on its line.
    Stage(String),
    /// A name and its cells.
    Cells(String, Box<[String; COLUMNS]>),
}

impl Row {
    fn score(name: &str, cells: [String; 6], more: [String; 4]) -> Self {
        let [n, points, ci, satisfied, dissatisfied, change] = cells;
        let [reach, importance, lift, labels] = more;
        let cells = [
            n,
            points,
            ci,
            satisfied,
            dissatisfied,
            change,
            reach,
            importance,
            lift,
            labels,
        ];
        Self::Cells(name.to_owned(), Box::new(cells))
    }
}

fn title(journey: &Journey, analysis: &Analysis, language: &Language) -> String {
    let name = journey.text(&journey.name, language);
    let mut parts = vec![format!("{name}, wave {}", analysis.wave)];
    parts.extend(analysis.baseline.as_ref().map(|wave| format!("compared with {wave}")));
    if let Some(rows) = &analysis.rows {
        parts.push(format!("{} respondents", thousands(rows.used)));
    }
    parts.push(match analysis.weighting.as_str() {
        "none" => "unweighted".to_owned(),
        kind => format!("{kind} weights"),
    });
    parts.extend(
        analysis.restricted.iter().map(|(segment, value)| format!("{segment} = {value}")),
    );
    parts.join(" · ") + "\n"
}

fn heading(analysis: &Analysis) -> Row {
    let change =
        analysis.baseline.as_ref().map(|wave| format!("vs {wave}")).unwrap_or_default();
    // Without a model there is neither, and no column of nothing.
    let [importance, lift] =
        if analysis.model.is_some() { ["importance", "lift"] } else { [""; 2] };
    let cells = [
        "n",
        "points",
        "95 % CI",
        "satisfied",
        "dissatisfied",
        &change,
        "reach",
        importance,
        lift,
        "",
    ];
    Row::Cells(String::new(), Box::new(cells.map(str::to_owned)))
}

fn touchpoint(result: &TouchpointResult, name: &str) -> Row {
    let name = format!("  {} {name}", result.code);
    let labels: Vec<&str> =
        result.labels.iter().map(|label| words(*label, result)).collect();
    let cells = score_cells(&result.score, result.change.as_ref());
    let share = result.importance.as_ref().and_then(|it| it.share);
    let lift = result.lift.as_ref().filter(|it| it.rank.is_some());
    let more = [
        result.reach.map(percent).unwrap_or_default(),
        share.map(percent).unwrap_or_default(),
        lift.map(|it| signed(it.overall_points)).unwrap_or_default(),
        labels.join(", "),
    ];
    Row::score(&name, cells, more)
}

fn score_cells(score: &Score, change: Option<&Change>) -> [String; 6] {
    let mut cells = [const { String::new() }; 6];
    if score.status != Status::Scored {
        let reason = score.reason.as_deref();
        let words = reason.unwrap_or_else(|| status_words(score.status));
        words.clone_into(&mut cells[1]);
        return cells;
    }
    cells[0] = score.n.map(thousands).unwrap_or_default();
    cells[1] = score.points.map(one_decimal).unwrap_or_default();
    cells[2] = score
        .points_ci
        .map(|[low, high]| format!("{low:.1}–{high:.1}"))
        .unwrap_or_default();
    cells[3] = score.satisfied.as_ref().map(|it| percent(it.share)).unwrap_or_default();
    cells[4] =
        score.dissatisfied.as_ref().map(|it| percent(it.share)).unwrap_or_default();
    cells[5] = change.map(change_cell).unwrap_or_default();
    cells
}

/// A change with its sign; a star where it is relevant.
fn change_cell(change: &Change) -> String {
    let star = if change.relevant { "*" } else { " " };
    format!("{}{star}", signed(change.points))
}

/// Why there is no score, in a word.
fn status_words(status: Status) -> &'static str {
    match status {
        Status::Scored => "",
        Status::Suppressed => "withheld",
        Status::Unanswered => "no answers",
        Status::Unasked => "not asked",
    }
}

fn words(label: Label, result: &TouchpointResult) -> &'static str {
    use crate::model::Severity;
    let severity = result.pain.as_ref().and_then(|pain| pain.severity);
    match (label, severity) {
        (Label::PainPoint, Some(Severity::Critical)) => "pain point (critical)",
        (Label::PainPoint, Some(Severity::Serious)) => "pain point (serious)",
        (Label::PainPoint, Some(Severity::Mild)) => "pain point (mild)",
        (Label::PainPoint, None) => "pain point",
        (Label::MomentOfTruth, _) => "moment of truth",
        (Label::NicheMomentOfTruth, _) => "niche moment of truth",
        (Label::DeclaredMomentOfTruth, _) => "declared moment of truth",
        (Label::BrokenMomentOfTruth, _) => "broken",
        (Label::DelightPoint, _) => "delight point",
        (Label::ItchPoint, _) => "itch point",
        (Label::LowBase, _) => "low base",
    }
}

fn remarks(analysis: &Analysis) -> String {
    let mut lines = Vec::new();
    let recommend = &analysis.recommend;
    if let (Some(value), Some([low, high])) = (recommend.nps, recommend.ci) {
        let n = recommend.n.map(thousands).unwrap_or_default();
        let (value, low, high) = (signed(value), signed(low), signed(high));
        lines.push(format!("{} {value} ({low} to {high}), n = {n}", recommend.measure));
    }
    if analysis
        .touchpoints
        .iter()
        .any(|it| it.change.as_ref().is_some_and(|it| it.relevant))
    {
        lines.push(
            "* a relevant change: beyond chance, and large enough to matter".to_owned(),
        );
    }
    if analysis.model.is_some() {
        lines.push(
            "importance: share of what is linked to overall satisfaction; lift: points of \
             overall satisfaction if the touchpoint came up to its target, were the link a \
             cause"
                .to_owned(),
        );
    }
    lines.extend(analysis.findings.iter().map(|it| format!("{}  {}", it.code, it.text)));
    lines.extend(
        analysis.notes.iter().map(|it| format!("{}  note: {}", it.code, it.text)),
    );
    lines.into_iter().map(|line| line + "\n").collect()
}

/// Names to the left, numbers to the right, labels to the left again.
fn aligned(rows: &[Row]) -> String {
    let mut widths = [0; COLUMNS];
    let mut names = 0;
    for row in rows {
        if let Row::Cells(name, cells) = row {
            names = names.max(name.width());
            for (width, cell) in widths.iter_mut().zip(cells.iter()) {
                *width = (*width).max(cell.width());
            }
        }
    }
    let mut text = String::new();
    for row in rows {
        let line = match row {
            Row::Stage(name) => name.clone(),
            Row::Cells(name, cells) => {
                let mut line = format!("{name}{}", blanks(names - name.width()));
                for (position, (cell, width)) in cells.iter().zip(widths).enumerate() {
                    if width == 0 {
                        continue;
                    }
                    let pad = blanks(width - cell.width());
                    line += "  ";
                    line +=
                        &if position + 1 == COLUMNS { cell.clone() } else { pad + cell };
                }
                line
            }
        };
        text += line.trim_end();
        text.push('\n');
    }
    text
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}

fn one_decimal(number: f64) -> String {
    format!("{number:.1}")
}

/// `+1.2`, `−0.8`, `0.0`.
pub(super) fn signed(number: f64) -> String {
    let shown = format!("{:.1}", number.abs());
    match number {
        _ if shown == "0.0" => shown,
        number if number < 0.0 => format!("−{shown}"),
        _ => format!("+{shown}"),
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// `1,231`.
pub(super) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut shown = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{signed, thousands};

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(thousands),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!([0.04, 1.25, -0.84].map(signed), ["0.0", "+1.2", "−0.8"]);
    }
}
