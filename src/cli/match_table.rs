//! What `match` found, for the terminal. Numbers are rounded here, and only here.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::model::{MatchedFile, Matching, Placing, PlacingStatus, Purpose};

use super::columns::{blanks, wrapped};
use super::table::thousands;
use super::terminal::plural;

/// What has a line of its own: its mark, what it is, its column, how sure, and why.
type Row = [String; 5];

/// Everything that was found.
pub(super) fn match_table(matching: &Matching, width: Option<usize>) -> String {
    let mut text = String::new();
    for file in &matching.files {
        let _ = writeln!(text, "{}", looked_at(file));
    }
    let sections = [
        ("touchpoints", Purpose::Touchpoint),
        ("segments", Purpose::Segment),
        ("expectations", Purpose::Expectation),
        ("comments", Purpose::Comment),
    ];
    let of = |purpose: Purpose| {
        let placings = matching.placings.iter().filter(move |it| it.purpose == purpose);
        placings.map(row).collect::<Vec<_>>()
    };
    let in_section =
        |it: &&Placing| sections.iter().any(|(_, purpose)| it.purpose == *purpose);
    let singles =
        matching.placings.iter().filter(|it| !in_section(it)).map(row).collect();
    let mut blocks = vec![("survey", singles)];
    blocks.extend(sections.map(|(title, purpose)| (title, of(purpose))));
    let widths = widths(blocks.iter().flat_map(|(_, rows)| rows));
    blocks.push(("no touchpoint, and nothing else", unplaced(matching)));
    for (title, rows) in blocks.iter().filter(|(_, rows)| !rows.is_empty()) {
        let _ = writeln!(text, "\n{title}");
        text.extend(rows.iter().map(|row| line(row, widths, width)));
    }
    text += &remarks(matching);
    text
}

/// `a.xlsx: 412 rows, 38 columns`.
fn looked_at(file: &MatchedFile) -> String {
    let rows = thousands(file.rows);
    let rows =
        if file.whole { format!("{rows} rows") } else { format!("first {rows} rows") };
    format!("{}: {rows}, {}", file.path, plural(file.columns, "column"))
}

fn row(placing: &Placing) -> Row {
    let what = match (&placing.code, &placing.id) {
        (Some(code), Some(id)) => format!("{code} {id}"),
        (_, Some(id)) => id.clone(),
        _ => placing.key().to_owned(),
    };
    let mut column = placing.columns.join(" or ");
    if let Some([least, most]) = placing.scale {
        let _ = write!(column, "  [{least}, {most}]");
    }
    let mut why = placing.reasons.clone();
    why.extend(
        placing.own.iter().map(|it| format!("in `{}` it is `{}`", it.path, it.column)),
    );
    let (mark, sure) = match placing.status {
        PlacingStatus::Declared => ("=", why.join("; ")),
        PlacingStatus::Proposed => ("✓", sure(placing)),
        PlacingStatus::Uncertain => ("?", sure(placing)),
        PlacingStatus::Absent => ("–", "no column".to_owned()),
    };
    let known = placing.status == PlacingStatus::Declared;
    let why = if known { String::new() } else { why.join("; ") };
    [mark.to_owned(), what, column, sure, why]
}

/// `high 0.97`.
fn sure(placing: &Placing) -> String {
    let (Some(level), Some(confidence)) = (placing.level, placing.confidence) else {
        return String::new();
    };
    // A hundredth that is not quite reached is not shown as if it were.
    format!("{} {:.2}", level.word(), (confidence * 100.0 + 1e-9).floor() / 100.0)
}

fn unplaced(matching: &Matching) -> Vec<Row> {
    let several = matching.files.len() > 1;
    let row = |it: &crate::model::UnplacedColumn| {
        let path = if several { format!("in `{}`", it.path) } else { String::new() };
        [" ".to_owned(), it.column.clone(), it.looks_like.clone(), path, String::new()]
    };
    matching.unplaced.iter().map(row).collect()
}

/// Cells wider than this push what follows, instead of everything.
const WIDEST: usize = 40;

fn widths<'a>(rows: impl Iterator<Item = &'a Row>) -> [usize; 5] {
    let mut widths = [0; 5];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width().min(WIDEST));
        }
    }
    widths
}

/// A row; the reasons go below it where the window has no room for them.
fn line(row: &Row, widths: [usize; 5], width: Option<usize>) -> String {
    let plain = |cell: &str| {
        cell.chars().map(|it| if it.is_control() { ' ' } else { it }).collect()
    };
    let [cells @ .., why]: [String; 5] = row.each_ref().map(|it| plain(it));
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        line += "  ";
        line += cell;
        line += &blanks(width.saturating_sub(cell.width()));
    }
    if why.is_empty() {
        return format!("{}\n", line.trim_end());
    }
    if width.is_some_and(|it| line.width() + 2 + why.width() > it) {
        let why = wrapped(&format!("{}{why}", blanks(WHY)), width, WHY);
        return format!("{}\n{why}\n", line.trim_end());
    }
    format!("{line}  {why}\n")
}

/// How far reasons that stand below are moved in.
const WHY: usize = 5;

fn remarks(matching: &Matching) -> String {
    let mut lines = Vec::new();
    for file in &matching.files {
        lines.extend(file.wave.as_ref().map(|it| {
            let (wave, sure, why) = (&it.wave, it.confidence, &it.reason);
            format!("wave of {}: {wave} ({sure:.2}; {why})", file.path)
        }));
    }
    lines.extend(matching.scale.as_ref().map(|it| {
        let [least, most] = it.scale;
        format!("scale: {least}–{most} ({})", it.reason)
    }));
    lines.extend(matching.missing.iter().map(|it| {
        let sure = if it.clear { "" } else { "probably " };
        let (code, class) = (&it.code, it.class.replace('_', " "));
        let share = 100.0 * it.share;
        let columns = plural(it.columns, "column");
        format!(
            "missing: `{code}` is {sure}{class} ({columns}, {share:.1} % of their cells)"
        )
    }));
    lines.extend(matching.notes.iter().map(|it| format!("note: {it}")));
    if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join("\n")) }
}

/// `21 of 24 touchpoints have a column, 1 perhaps; 5 columns are nothing of the map`.
pub(super) fn summary(matching: &Matching) -> String {
    let touchpoints =
        || matching.placings.iter().filter(|it| it.purpose == Purpose::Touchpoint);
    let with =
        |status: PlacingStatus| touchpoints().filter(|it| it.status == status).count();
    let sure = with(PlacingStatus::Proposed) + with(PlacingStatus::Declared);
    let all = plural(touchpoints().count(), "touchpoint");
    let perhaps = match with(PlacingStatus::Uncertain) {
        0 => String::new(),
        count => format!(", {count} perhaps"),
    };
    let rest = match matching.unplaced.len() {
        0 => String::new(),
        1 => "; 1 column is nothing of the map".to_owned(),
        count => format!("; {count} columns are nothing of the map"),
    };
    format!("{sure} of {all} have a column{perhaps}{rest}")
}
