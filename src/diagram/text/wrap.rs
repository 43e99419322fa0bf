//! Breaking a text into lines of a given width.
//!
//! Where a line may end is UAX #14; what may not stand at the start or end of a line is
//! kinsoku (JLREQ, CLREQ); which of the ways is taken is the least ragged one.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::advance::{Weight, is_wide, width};

/// The room a text has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Font size in pixels.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Pixels that a line may be wide.
    pub width: f64,
    /// Pixels of the first line that something else takes.
    pub indent: f64,
    /// Lines there may be, at least 1.
    pub lines: usize,
}

/// A text in lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// At least one line, none wider than the measure.
    pub lines: Vec<String>,
    /// Whether words were left out; the last line then ends in “…”.
    pub cut: bool,
}

const NOT_FIRST: &str = "，。、；：！？）》」』】〕”’%‰°,.;:!?)]}·…—";
const NOT_LAST: &str = "（《「『【〔“‘([{¥$￥";

/// `text` in as few lines as it needs, none of them much shorter than the others.
#[must_use]
pub fn wrap(text: &str, measure: Measure) -> Lines {
    // A no-break space is white space too, and stays.
    let words = text.split(|it: char| it.is_ascii_whitespace());
    let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let pieces = pieces(&text, measure);
    let Some(count) = lines_needed(&pieces, measure) else {
        return Lines { lines: cut(&pieces, measure), cut: true };
    };
    Lines { lines: even(&pieces, measure, count), cut: false }
}

/// The smallest parts that lines are made of, each narrower than a whole line.
fn pieces(text: &str, measure: Measure) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut start = 0;
    for (end, opportunity) in linebreaks(text) {
        let forbidden = opportunity == BreakOpportunity::Allowed
            && (text[end..].chars().next().is_some_and(|it| NOT_FIRST.contains(it))
                || text[..end]
                    .chars()
                    .next_back()
                    .is_some_and(|it| NOT_LAST.contains(it)));
        if forbidden {
            continue;
        }
        push_piece(&mut pieces, &text[start..end], measure);
        start = end;
    }
    if pieces.is_empty() {
        pieces.push(String::new());
    }
    pieces
}

/// A word wider than a line is broken between any two characters: better than a lost end.
fn push_piece(pieces: &mut Vec<String>, piece: &str, measure: Measure) {
    let fits = |part: &str| {
        width(part.trim_end(), measure.size, measure.weight) <= measure.width
    };
    if fits(piece) {
        pieces.push(piece.to_owned());
        return;
    }
    let mut part = String::new();
    for character in piece.chars() {
        part.push(character);
        if !fits(&part) && part.chars().count() > 1 {
            part.pop();
            pieces.push(std::mem::replace(&mut part, character.to_string()));
        }
    }
    pieces.push(part);
}

fn room(measure: Measure, line: usize) -> f64 {
    if line == 0 { measure.width - measure.indent } else { measure.width }
}

fn joined_width(pieces: &[String], measure: Measure) -> f64 {
    width(pieces.concat().trim_end(), measure.size, measure.weight)
}

/// How many lines a greedy typesetter needs; `None` when it is more than there may be.
fn lines_needed(pieces: &[String], measure: Measure) -> Option<usize> {
    let mut from = 0;
    for line in 0..measure.lines.max(1) {
        let mut to = from;
        while to < pieces.len()
            && joined_width(&pieces[from..=to], measure) <= room(measure, line)
        {
            to += 1;
        }
        if to >= pieces.len() {
            return Some(line + 1);
        }
        from = to;
    }
    None
}

/// The least ragged way to set `pieces` in exactly `count` lines.
fn even(pieces: &[String], measure: Measure, count: usize) -> Vec<String> {
    // best[line][end]: cost of setting the first `end` pieces in `line` lines, and the
    // start of the last of these lines.
    let n = pieces.len();
    let mut best = vec![vec![(f64::INFINITY, 0_usize); n + 1]; count + 1];
    best[0][0].0 = 0.0;
    for line in 0..count {
        for from in 0..n {
            if best[line][from].0.is_infinite() {
                continue;
            }
            // Something else may leave no room in the first line: it then stays empty.
            let first = if line == 0 { from } else { from + 1 };
            for to in first..=n {
                let room = room(measure, line);
                let slack = room - joined_width(&pieces[from..to], measure);
                if slack < 0.0 {
                    break;
                }
                let empty = if to == from { 9.0 } else { 0.0 };
                let cost = best[line][from].0
                    + empty
                    + (slack / measure.width).powi(2)
                    + 0.2 * penalty(pieces, from, to);
                if cost < best[line + 1][to].0 {
                    best[line + 1][to] = (cost, from);
                }
            }
        }
    }
    trace(pieces, &best, count)
}

fn trace(pieces: &[String], best: &[Vec<(f64, usize)>], count: usize) -> Vec<String> {
    let mut end = pieces.len();
    let mut lines = Vec::new();
    for line in (1..=count).rev() {
        let from = best[line][end].1;
        lines.push(pieces[from..end].concat().trim_end().replace('\u{200b}', ""));
        end = from;
    }
    lines.reverse();
    lines
}

/// How much worse a break before `pieces[to]` reads than a break at a space.
fn penalty(pieces: &[String], from: usize, to: usize) -> f64 {
    let Some(next) = pieces.get(to) else {
        let last: String = pieces[from..].concat();
        let orphan = last.chars().count() == 1 && last.chars().all(is_wide) && from > 0;
        return if orphan { 1.4 } else { 0.0 };
    };
    let before = pieces[..to].last().and_then(|piece| piece.chars().next_back());
    let after = next.chars().next();
    match (before, after) {
        (Some(' ' | '\u{200b}' | '、' | '，' | '；' | '。' | '：'), _) => 0.0,
        (_, Some('与' | '與' | '和' | '及' | '或' | '并' | '並' | '（')) => 0.25,
        (Some('的' | '了'), _) => 0.4,
        (Some(one), Some(other)) if is_wide(one) && is_wide(other) => 1.6,
        _ => 0.5,
    }
}

/// As many lines as there may be, the last of them ending in “…”.
fn cut(pieces: &[String], measure: Measure) -> Vec<String> {
    let mut lines = Vec::new();
    let mut from = 0;
    for line in 0..measure.lines.max(1) {
        let room = room(measure, line);
        let mut to = from;
        while to < pieces.len() && joined_width(&pieces[from..=to], measure) <= room {
            to += 1;
        }
        lines.push(pieces[from..to].concat().trim_end().replace('\u{200b}', ""));
        from = to;
    }
    if let Some(last) = lines.last_mut() {
        // Fill the last line with the start of the word that did not fit.
        let rest: String = pieces[from..].concat();
        *last = shortened(
            &format!("{last}{}{rest}", gap(last, &rest)),
            measure,
            lines_room(measure),
        );
    }
    lines
}

fn lines_room(measure: Measure) -> f64 {
    room(measure, measure.lines.max(1) - 1)
}

fn gap(last: &str, rest: &str) -> &'static str {
    let wide = |it: Option<char>| it.is_none_or(is_wide);
    if wide(last.chars().next_back()) || wide(rest.chars().next()) { "" } else { " " }
}

/// The longest start of `text` that leaves room for “…”.
fn shortened(text: &str, measure: Measure, room: f64) -> String {
    let mut kept = text.to_owned();
    while kept.pop().is_some() {
        let candidate = format!("{}…", kept.trim_end_matches([' ', '，', '、', ',']));
        if width(&candidate, measure.size, measure.weight) <= room {
            return candidate;
        }
    }
    "…".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(width: f64, lines: usize) -> Measure {
        Measure { size: 12.0, weight: Weight::Regular, width, indent: 0.0, lines }
    }

    fn check(text: &str, measure: Measure) -> Lines {
        let lines = wrap(text, measure);
        for line in &lines.lines {
            let wide = width(line, measure.size, measure.weight);
            assert!(wide <= measure.width, "`{line}` is {wide} of {}", measure.width);
        }
        assert!(lines.lines.len() <= measure.lines);
        lines
    }

    #[test]
    fn two_lines_are_about_equally_long() {
        let lines =
            check("Home-buying customers are waiting for news", measure(200.0, 3));
        assert_eq!(lines.lines, ["Home-buying customers", "are waiting for news"]);
    }

    #[test]
    fn no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one() {
        for width in 40..120 {
            let lines = check(
                "客户（含老业主）签约、付款，再等待交付。",
                measure(f64::from(width), 20),
            );
            for line in &lines.lines {
                assert!(!line.starts_with(['，', '、', '。', '）']), "{lines:?}");
                assert!(!line.ends_with('（'), "{lines:?}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_cut_and_says_so() {
        let lines = check("一二三四五六七八九十一二三四五六七八九十", measure(60.0, 2));
        assert!(lines.cut && lines.lines[1].ends_with('…'), "{lines:?}");
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_kept_whole() {
        let lines = check("Donaudampfschifffahrtsgesellschaft", measure(60.0, 9));
        assert_eq!(lines.lines.concat(), "Donaudampfschifffahrtsgesellschaft");
    }

    #[test]
    fn a_chinese_line_breaks_before_the_conjunction() {
        let lines = check("样板间讲解与推荐", measure(80.0, 2));
        assert_eq!(lines.lines, ["样板间讲解", "与推荐"]);
    }

    #[test]
    fn a_word_that_finds_no_room_beside_the_code_begins_on_the_next_line() {
        let narrow = Measure { indent: 50.0, ..measure(60.0, 2) };
        assert_eq!(wrap("Reception", narrow).lines, ["", "Reception"]);
    }

    #[test]
    fn an_empty_text_is_one_empty_line() {
        assert_eq!(wrap("", measure(10.0, 2)).lines, [""]);
    }
}
