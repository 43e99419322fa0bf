//! The analysis as a table for the terminal. Numbers are rounded here, and only here.

use unicode_width::UnicodeWidthStr;

use super::columns::{blanks, shortened, wrapped};
use crate::model::signed;
use crate::model::{
    Analysis, Change, Journey, Label, Language, Score, Status, TouchpointResult,
};

/// Everything that `score` shows by default.
pub(super) fn table(
    journey: &Journey,
    analysis: &Analysis,
    language: &Language,
    width: Option<usize>,
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
    let remarks = remarks(analysis);
    let remarks = remarks.lines().map(|it| wrapped(it, width, 7) + "\n").collect();
    let title = title(journey, analysis, language);
    [wrapped(&title, width, 0), aligned(&rows, width), remarks].join("\n")
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

/// The column of labels.
const LABELS: usize = COLUMNS - 1;
/// Columns that can be done without, those first that are missed least.
const SPARE: [usize; 6] = [4, 3, 6, 8, 0, 7];

/// So much of a name is left in any window.
const LEAST_NAME: usize = 14;

/// What of the table fits the window.
struct Fit {
    names: usize,
    /// Of each column; 0 where it is empty or left out.
    widths: [usize; COLUMNS],
    /// Whether labels stand below the names.
    labels_below: bool,
    /// Columns for which there is no room.
    left_out: Vec<usize>,
}

impl Fit {
    fn of(rows: &[Row], width: Option<usize>) -> Self {
        let (mut widths, mut names) = ([0; COLUMNS], 0);
        for row in rows {
            if let Row::Cells(name, cells) = row {
                names = names.max(name.width());
                for (width, cell) in widths.iter_mut().zip(cells.iter()) {
                    *width = (*width).max(cell.width());
                }
            }
        }
        let mut fit = Self { names, widths, labels_below: false, left_out: Vec::new() };
        let Some(width) = width else { return fit };
        if fit.total() > width {
            fit.labels_below = true;
            fit.widths[LABELS] = 0;
        }
        for column in SPARE {
            if fit.total() > width && fit.widths[column] > 0 {
                fit.widths[column] = 0;
                fit.left_out.push(column);
            }
        }
        let over = fit.total().saturating_sub(width);
        fit.names = fit.names.saturating_sub(over).max(fit.names.min(LEAST_NAME));
        fit
    }

    fn total(&self) -> usize {
        let columns = self.widths.iter().filter(|it| **it > 0);
        self.names + columns.map(|it| it + 2).sum::<usize>()
    }
}

/// Names to the left, numbers to the right, labels to the left again, or below where the
/// window is narrow.
fn aligned(rows: &[Row], width: Option<usize>) -> String {
    let fit = Fit::of(rows, width);
    let mut text = String::new();
    for row in rows {
        match row {
            Row::Stage(name) => text += &wrapped(name, width, 2),
            Row::Cells(name, cells) => {
                text += line(name, cells, &fit).trim_end();
                if fit.labels_below && !cells[LABELS].is_empty() {
                    text += "\n      ";
                    text += &wrapped(&cells[LABELS], width.map(|it| it - 6), 0)
                        .replace('\n', "\n      ");
                }
            }
        }
        text.push('\n');
    }
    let head = rows.iter().find_map(|row| match row {
        Row::Cells(_, cells) => Some(cells),
        Row::Stage(_) => None,
    });
    if let Some(head) = head.filter(|_| !fit.left_out.is_empty()) {
        let names: Vec<&str> = fit.left_out.iter().map(|it| head[*it].as_str()).collect();
        let said = format!("no room for: {} (a wider window has them)", names.join(", "));
        text += &wrapped(&said, width, 2);
        text.push('\n');
    }
    text
}

fn line(name: &str, cells: &[String; COLUMNS], fit: &Fit) -> String {
    let name = shortened(name, fit.names);
    let mut line = format!("{name}{}", blanks(fit.names.saturating_sub(name.width())));
    for (position, (cell, width)) in cells.iter().zip(fit.widths).enumerate() {
        if width == 0 {
            continue;
        }
        let pad = blanks(width - cell.width());
        line += "  ";
        line += &if position == LABELS { cell.clone() } else { pad + cell };
    }
    line
}

fn one_decimal(number: f64) -> String {
    format!("{number:.1}")
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
    use super::thousands;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(thousands),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
