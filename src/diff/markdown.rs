//! The differences for a pull request.

use std::fmt::Write as _;

use super::record::{DiffRecord, Moved, ScoreDiff};
use super::words;

/// Headings, lists and tables, as code hosts show them.
#[must_use]
pub fn markdown(diff: &DiffRecord) -> String {
    let (old, new) = (&diff.old, &diff.new);
    let wave = |wave: &Option<String>| {
        wave.as_ref().map(|it| format!(", wave {}", escaped(it))).unwrap_or_default()
    };
    let mut text = format!(
        "## {}{} → {}{}\n",
        escaped(&old.file),
        wave(&old.wave),
        escaped(&new.file),
        wave(&new.wave)
    );
    if let Some(structure) = &diff.structure {
        text.push_str("\n### Map\n\n");
        for it in structure {
            let (sign, what, how) = words::structural(it);
            let how = if how.is_empty() { how } else { format!(": {}", escaped(&how)) };
            let _ = writeln!(text, "- {sign} {}{how}", escaped(&what));
        }
        if structure.is_empty() {
            text.push_str("No change of stages, touchpoints or transitions.\n");
        }
    }
    if let Some(scores) = &diff.scores {
        of_scores(&mut text, scores);
    }
    text
}

fn of_scores(text: &mut String, scores: &ScoreDiff) {
    text.push_str("\n### Scores\n\n| | before | now | change (95 % CI) | q | |\n");
    text.push_str("| --- | ---: | ---: | ---: | ---: | --- |\n");
    let loud = |it: &&Moved| it.relevant;
    let shown = std::iter::once(&scores.overall);
    for it in shown.chain(scores.touchpoints.iter().filter(loud)) {
        let who = words::named(it.code.as_deref(), &it.touchpoint, it.name.as_deref());
        let points = |points: Option<f64>| {
            points.map_or("–".to_owned(), |it| format!("{it:.1}"))
        };
        let verdict = match (&it.reason, it.relevant, it.points) {
            (Some(reason), _, _) => escaped(reason),
            (None, true, Some(points)) if points > 0.0 => "**▲**".to_owned(),
            (None, true, _) => "**▼**".to_owned(),
            (None, false, _) => String::new(),
        };
        let q = it.q.map(words::probability).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {verdict} |",
            escaped(&who),
            points(it.old),
            points(it.new),
            words::change(it),
            escaped(&q)
        );
    }
    let quiet = scores.touchpoints.iter().filter(|it| !loud(it) && it.reason.is_none());
    let quiet = Some(quiet.count()).filter(|it| *it > 0);
    let quiet = quiet.map(|it| format!("no relevant change: {it}"));
    text.push('\n');
    for line in quiet.into_iter().chain(words::untested(&scores.touchpoints)) {
        let _ = writeln!(text, "- {}", escaped(&line));
    }
    text.push_str("\n### Flags\n\n");
    for it in &scores.flags {
        let sign = if it.gained { '+' } else { '\u{2212}' };
        let who = words::named(Some(&it.code), &it.touchpoint, it.name.as_deref());
        let _ = writeln!(
            text,
            "- {sign} **{}** {}: {}",
            escaped(&who),
            words::label(it.flag),
            escaped(&it.reason)
        );
    }
    if scores.flags.is_empty() {
        text.push_str("None came or went.\n");
    }
}

/// Text that stays text: no mark of Markdown or HTML acts, and a cell of a table ends nowhere.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' => {
                safe.push('\\');
                safe.push(letter);
            }
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            _ if letter.is_control() => safe.push(' '),
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_name_stays_a_name() {
        assert_eq!(escaped("a|b\n<img> *x* #1"), r"a\|b &lt;img&gt; \*x\* \#1");
    }
}
