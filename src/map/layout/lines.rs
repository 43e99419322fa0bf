//! Indents, empty lines and the blanks of a line.

use std::ops::Range;

use super::tokens::Tokens;

/// Blanks that a level is indented by.
const STEP: usize = 2;

/// What a level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Lines that begin with a dash.
    List,
    /// Anything else.
    Other,
}

/// A list or mapping that a line stands in.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// Its column in the text.
    old: usize,
    /// Its column in the layout.
    new: usize,
    kind: Kind,
}

/// A line of the layout.
#[derive(Debug, Default)]
struct Line {
    indent: usize,
    text: String,
    /// Whether it is part of a text, so that it counts even when it is empty.
    kept: bool,
}

/// `text` with its lines laid out.
pub(super) fn indented(text: &str, tokens: &Tokens) -> String {
    let mut layout = Layout {
        text,
        tokens,
        long: tokens.long(text),
        levels: Vec::new(),
        out: Vec::new(),
    };
    let mut remarks = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let range = start..start + line.len();
        start = range.end + 1;
        if let Some(inside) = layout.inside(range.start) {
            layout.continued(range, inside);
        } else if layout.tokens.begins_block(range.start + column(line)) {
            layout.block(range);
        } else if line.trim().is_empty() || line.trim_start().starts_with('#') {
            remarks.push(range);
        } else {
            let before = layout.last_columns();
            let first = layout.out.len();
            let columns = layout.content(range);
            let own = layout.out.split_off(first);
            layout.remarks(&remarks, before, Some(columns));
            remarks.clear();
            layout.out.extend(own);
        }
    }
    let before = layout.last_columns();
    layout.remarks(&remarks, before, None);
    finished(&layout.out)
}

struct Layout<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    /// What is longer than a line.
    long: Vec<Range<usize>>,
    levels: Vec<Level>,
    out: Vec<Line>,
}

impl Layout<'_> {
    /// The word or collection that a line begins in the middle of.
    fn inside(&self, start: usize) -> Option<Range<usize>> {
        let before = self.long.partition_point(|it| it.start < start);
        self.long[..before].last().filter(|it| start < it.end).cloned()
    }

    /// How far the line at which something long begins was moved.
    fn moved(&self, begins: usize) -> (usize, usize) {
        let start = self.text[..begins].rfind('\n').map_or(0, |it| it + 1);
        let old = column(&self.text[start..]);
        let level = self.levels.iter().rev().find(|it| it.old == old);
        level.map_or((old, old), |it| (it.old, it.new))
    }

    /// The first line of a text behind `|` or `>`, whatever it looks like.
    fn block(&mut self, range: Range<usize>) {
        let line = &self.text[range];
        let indent = self.enter(column(line), Kind::Other);
        self.out.push(Line { indent, text: line.trim_start().to_owned(), kept: true });
    }

    /// A line in the middle of something long moves with its beginning.
    fn continued(&mut self, range: Range<usize>, inside: Range<usize>) {
        let line = &self.text[range];
        if line.trim().is_empty() {
            self.out.push(Line { kept: true, ..Line::default() });
            return;
        }
        let (old, new) = self.moved(inside.start);
        let indent = (column(line) + new).saturating_sub(old);
        // Blanks at the end of a line may be part of a text.
        self.out.push(Line { indent, text: line.trim_start().to_owned(), kept: true });
    }

    /// A line that begins something; gives its column before and after.
    fn content(&mut self, range: Range<usize>) -> (usize, usize) {
        let line = &self.text[range.clone()];
        let first = column(line);
        let mut at = first;
        let mut text = String::new();
        let mut placed = None;
        loop {
            let rest = &line[at..];
            let is_item = rest == "-" || rest.starts_with("- ");
            let new = self.enter(at, if is_item { Kind::List } else { Kind::Other });
            placed.get_or_insert(new);
            if !is_item {
                break;
            }
            text.push('-');
            let blanks = rest[1..].len() - rest[1..].trim_start().len();
            if rest[1..].trim().is_empty() {
                at = line.len();
                break;
            }
            text.push(' ');
            at += 1 + blanks;
            if line[at..].starts_with('#') {
                break;
            }
        }
        text.push_str(&self.words(range.start + at..range.end));
        let new = placed.unwrap_or(first);
        self.out.push(Line { indent: new, text, kept: false });
        (first, new)
    }

    /// The new column of what stands at column `old`, which is a level of its own if it is not
    /// on one that is open.
    fn enter(&mut self, old: usize, kind: Kind) -> usize {
        let is_left = |it: &Level| {
            it.old > old
                || (it.old == old && it.kind == Kind::List && kind == Kind::Other)
        };
        while self.levels.last().is_some_and(is_left) {
            self.levels.pop();
        }
        let new = match self.levels.last() {
            Some(it) if it.old == old && it.kind == kind => return it.new,
            Some(it) => it.new + STEP,
            None => 0,
        };
        self.levels.push(Level { old, new, kind });
        new
    }

    /// The words of a line: one blank behind the colon of a key, two before a comment.
    fn words(&self, range: Range<usize>) -> String {
        let comment = self.tokens.comment(self.text, range.clone());
        let end = comment.unwrap_or(range.end);
        let mut text = self.text[range.start..end].to_owned();
        let key =
            self.tokens.words_in(&range).first().filter(|it| it.start == range.start);
        if let Some(behind) = key.and_then(|key| text.get(key.end - range.start..)) {
            let at = text.len() - behind.len();
            if let Some(value) = behind.trim_start().strip_prefix(':') {
                let value = value.trim_start();
                let blank = if value.is_empty() { "" } else { " " };
                text = format!("{}:{blank}{value}", &text[..at]);
            }
        }
        let Some(comment) = comment else {
            // A text that goes on in the next line may end with a blank.
            let goes_on = self.inside(range.end + 1).is_some();
            return if goes_on { text } else { text.trim_end().to_owned() };
        };
        let words = text.trim_end();
        let blanks = (end - range.start) - self.text[range.start..end].trim_end().len();
        let gap = if words.is_empty() { 0 } else { blanks.max(2) };
        format!("{words}{}{}", " ".repeat(gap), self.text[comment..range.end].trim_end())
    }

    /// The columns of the last line that began something.
    fn last_columns(&self) -> Option<(usize, usize)> {
        self.levels.last().map(|it| (it.old, it.new))
    }

    /// Comments and empty lines: a comment belongs to what comes next, unless it stands at the
    /// column of what came before.
    fn remarks(
        &mut self,
        remarks: &[Range<usize>],
        before: Option<(usize, usize)>,
        next: Option<(usize, usize)>,
    ) {
        for range in remarks {
            let line = &self.text[range.clone()];
            let old = column(line);
            let at = |it: &(usize, usize)| it.0 == old;
            let place = next.filter(at).or(before.filter(at)).or(next);
            let indent = match place {
                _ if line.trim().is_empty() => 0,
                Some((_, new)) => new,
                None => old,
            };
            self.out.push(Line { indent, text: line.trim().to_owned(), kept: false });
        }
    }
}

/// Columns of blanks before a line.
fn column(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The lines as a text: one empty line at most, none at the ends, and one before and after each
/// section of several lines.
fn finished(lines: &[Line]) -> String {
    let mut text = String::new();
    let sections = sections(lines);
    let mut empty = true;
    for (at, line) in lines.iter().enumerate() {
        if line.text.is_empty() {
            if !empty || line.kept {
                text.push('\n');
            }
            empty = !line.kept;
            continue;
        }
        if sections.contains(&at) && !empty {
            text.push('\n');
        }
        empty = false;
        text.push_str(&" ".repeat(line.indent));
        text.push_str(&line.text);
        text.push('\n');
    }
    let end = text.trim_end().len();
    text.truncate(end);
    text + "\n"
}

/// Lines before which a section begins: keys at the very left that have lines of their own, or
/// follow one that has, together with the comments above them.
fn sections(lines: &[Line]) -> Vec<usize> {
    let is_key =
        |it: &Line| it.indent == 0 && !it.text.is_empty() && !it.text.starts_with('#');
    let keys: Vec<usize> = (0..lines.len()).filter(|at| is_key(&lines[*at])).collect();
    let is_long = |key: usize| {
        lines[key + 1..]
            .iter()
            .find(|it| !it.text.is_empty())
            .is_some_and(|it| it.indent > 0)
    };
    let mut found = Vec::new();
    for (position, key) in keys.iter().enumerate() {
        let before = position.checked_sub(1).map(|it| keys[it]);
        if before.is_some_and(|before| is_long(*key) || is_long(before)) {
            let remarks = lines[..*key]
                .iter()
                .rev()
                .take_while(|it| it.indent == 0 && it.text.starts_with('#'))
                .count();
            found.push(key - remarks);
        }
    }
    found
}
