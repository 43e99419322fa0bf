//! The differences for the terminal.

use super::record::{DiffRecord, DiffSide, Moved, ScoreDiff, Structural};
use super::words;

/// Lines of text, each whole: wrapping them is the terminal's.
#[must_use]
pub fn text(diff: &DiffRecord) -> Vec<String> {
    let mut lines = vec![format!("{} → {}", side(&diff.old), side(&diff.new))];
    if let Some(structure) = &diff.structure {
        lines.extend([String::new(), "Map".to_owned()]);
        lines.extend(structure.iter().map(structural));
        if structure.is_empty() {
            lines.push("  no change of stages, touchpoints or transitions".to_owned());
        }
    }
    if let Some(scores) = &diff.scores {
        lines.extend(of_scores(scores));
    }
    lines
}

fn side(side: &DiffSide) -> String {
    let wave = side.wave.as_ref().map(|it| format!(", wave {it}"));
    format!("{}{}", side.file, wave.unwrap_or_default())
}

fn structural(it: &Structural) -> String {
    let (sign, what, how) = words::structural(it);
    let colon = if how.is_empty() { "" } else { ": " };
    format!("  {sign} {what}{colon}{how}")
}

fn of_scores(scores: &ScoreDiff) -> Vec<String> {
    let mut lines = vec![String::new(), "Scores".to_owned()];
    lines.push(moved(&scores.overall));
    let mut loud: Vec<&Moved> =
        scores.touchpoints.iter().filter(|it| it.relevant).collect();
    loud.sort_by(|one, other| size(other).total_cmp(&size(one)));
    lines.extend(loud.iter().map(|it| moved(it)));
    let quiet =
        scores.touchpoints.iter().filter(|it| !it.relevant && it.reason.is_none());
    let quiet = quiet.count();
    if quiet > 0 {
        let noun = if quiet == 1 { "touchpoint" } else { "touchpoints" };
        lines.push(format!("  no relevant change: {quiet} {noun}"));
    }
    lines.extend(words::untested(&scores.touchpoints).iter().map(|it| format!("  {it}")));
    lines.extend([String::new(), "Flags".to_owned()]);
    for it in &scores.flags {
        let sign = if it.gained { '+' } else { '\u{2212}' };
        let who = words::named(Some(&it.code), &it.touchpoint, it.name.as_deref());
        lines.push(format!("  {sign} {who}, {}: {}", words::label(it.flag), it.reason));
    }
    if scores.flags.is_empty() {
        lines.push("  none came or went".to_owned());
    }
    lines
}

fn size(moved: &Moved) -> f64 {
    moved.points.unwrap_or_default().abs()
}

fn moved(it: &Moved) -> String {
    let who = words::named(it.code.as_deref(), &it.touchpoint, it.name.as_deref());
    let points =
        |points: Option<f64>| points.map_or("–".to_owned(), |it| format!("{it:.1}"));
    let star = if it.relevant { " *" } else { "" };
    let q = it.q.map(|q| format!(", q {}", words::probability(q))).unwrap_or_default();
    let why = it.reason.as_ref().map(|it| format!("; {it}")).unwrap_or_default();
    format!(
        "  {who}: {} → {}, {}{q}{star}{why}",
        points(it.old),
        points(it.new),
        words::change(it)
    )
}
