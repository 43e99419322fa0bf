//! New entries in the text of a map, and every other byte as it was.
//!
//! Places are found in the tree of the text, new lines are put in there, and the result is
//! parsed: only a text whose tree is the old one with the new entries is given out.

use std::path::Path;

use crate::diag::{Diagnostics, Sources};

use super::{
    graft_lines::{Look, flow, lines as rendered},
    graft_tree::{Plain, grown},
    tree,
    yaml::{Key, Node, Value},
};

/// A value to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addition {
    /// Text, in quotes where it needs them.
    Text(String),
    /// A number, as it is to be written.
    Number(String),
    /// A list on one line.
    List(Vec<Addition>),
    /// A mapping on one line.
    Mapping(Vec<(String, Addition)>),
    /// A list, an item a line.
    Items(Vec<Addition>),
    /// A mapping, an entry a line.
    Block(Vec<Line>),
}

/// A line to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A key and its value.
    Entry(String, Addition),
    /// An entry that may be right, as a comment: its key, its value, and what is to be said
    /// of it. Without the sign before it, it is an entry.
    Perhaps(String, Addition, String),
}

/// What came of adding lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grafted {
    /// The new text; `None` where nothing was to be added.
    pub text: Option<String>,
    /// Keys that have another kind of value already, which was left as it is.
    pub skipped: Vec<String>,
}

/// Where the section `survey` of a map stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SurveyPlace {
    /// In the map itself, if anywhere.
    Map,
    /// In this file, as the map names it.
    File(String),
}

/// Where the section `survey` of the map in `text` stands; `None` when the text is no map.
#[must_use]
pub fn survey_place(text: &str) -> Option<SurveyPlace> {
    let (_, root) = parsed(text)?;
    let Value::Mapping(entries) = &root.value else { return None };
    let survey = entries.iter().find(|(key, _)| key.text == "survey");
    Some(match survey.and_then(|(_, node)| node.scalar()) {
        Some(path) => SurveyPlace::File(path.to_owned()),
        None => SurveyPlace::Map,
    })
}

/// The keys of the section `survey` in `text`, which is a map, or the section itself.
#[must_use]
pub fn survey_keys(text: &str, section: Option<&str>) -> Vec<String> {
    let Some((_, root)) = parsed(text) else { return Vec::new() };
    let Value::Mapping(entries) = root.value else { return Vec::new() };
    let entries = match section {
        None => entries,
        Some(name) => match entries.into_iter().find(|(key, _)| key.text == name) {
            Some((_, Node { value: Value::Mapping(entries), .. })) => entries,
            _ => return Vec::new(),
        },
    };
    entries.into_iter().map(|(key, _)| key.text).collect()
}

/// These lines as text of their own, under a key.
#[must_use]
pub fn as_text(key: &str, lines: &[Line]) -> String {
    let block = [Line::Entry(key.to_owned(), Addition::Block(lines.to_vec()))];
    rendered(&block, 0, Look::Yaml).join("\n") + "\n"
}

/// Adds `lines` to the mapping `section` of the map in `text`, which is made where there is
/// none, or to the whole of `text`. Keys that are there already keep their values; mappings
/// and lists among them get what they lack.
///
/// # Errors
///
/// When the text is written so that it cannot be added to without changing anything else:
/// says why.
pub fn graft(
    text: &str,
    section: Option<&str>,
    lines: &[Line],
) -> Result<Grafted, String> {
    let (bare, root) = parsed(text).ok_or("it is no map that can be read")?;
    let look = if bare.trim_start().starts_with('{') { Look::Json } else { Look::Yaml };
    let mut edit = Edit { text: bare, look, at: Vec::new(), skipped: Vec::new() };
    edit.section(&root, section, lines)?;
    let Edit { at, skipped, .. } = edit;
    if at.is_empty() {
        return Ok(Grafted { text: None, skipped });
    }
    let new = applied(bare, at);
    let expected = grown(&Plain::of(&root), section, lines);
    let (_, found) = parsed(&new).ok_or("the result would be no map that can be read")?;
    if Plain::of(&found) != expected {
        return Err("something else in it would change".to_owned());
    }
    let mark = text.strip_suffix(bare).unwrap_or_default();
    Ok(Grafted { text: Some(format!("{mark}{new}")), skipped })
}

/// The text without its byte order mark, and its tree, if nothing in it is an error.
pub(super) fn parsed(text: &str) -> Option<(&str, Node)> {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let name = Path::new("map");
    let (_, root) = tree::parse(name, text.as_bytes(), &mut sources, &mut problems)?;
    (!problems.has_errors()).then_some((bare, root))
}

/// A text with others put in, those at the same place in their order.
fn applied(text: &str, at: Vec<(usize, String)>) -> String {
    applied_over(text, at.into_iter().map(|(at, new)| (at, at, new)).collect())
}

/// A text with others put in place of what stands from one byte to another.
pub(super) fn applied_over(text: &str, mut at: Vec<(usize, usize, String)>) -> String {
    at.sort_by_key(|(start, ..)| *start);
    let (mut new, mut from) = (String::with_capacity(text.len() + 1024), 0);
    for (start, end, added) in at {
        new += text.get(from..start).unwrap_or_default();
        new += &added;
        from = end;
    }
    new + text.get(from..).unwrap_or_default()
}

struct Edit<'a> {
    text: &'a str,
    look: Look,
    /// What is put in, and where.
    at: Vec<(usize, String)>,
    skipped: Vec<String>,
}

impl Edit<'_> {
    fn section(
        &mut self,
        root: &Node,
        section: Option<&str>,
        lines: &[Line],
    ) -> Result<(), String> {
        let Some(name) = section else { return self.mapping(root, lines) };
        let Value::Mapping(entries) = &root.value else {
            return Err("it is no mapping".to_owned());
        };
        let Some((key, node)) = entries.iter().find(|(key, _)| key.text == name) else {
            let block = [Line::Entry(name.to_owned(), Addition::Block(lines.to_vec()))];
            return self.root(root, &block);
        };
        match &node.value {
            Value::Mapping(_) => self.mapping(node, lines),
            Value::Null => self.empty(key, lines),
            _ => Err(format!("`{name}` is no mapping")),
        }
    }

    /// A new section at the end of the map, behind a blank line.
    fn root(&mut self, root: &Node, lines: &[Line]) -> Result<(), String> {
        if self.is_flow(root) {
            return self.mapping(root, lines);
        }
        let (end, indent) = self.end_of_block(root)?;
        let rest = self.text.get(end..).unwrap_or_default();
        let only_remarks = rest
            .lines()
            .all(|it| it.trim().is_empty() || it.trim_start().starts_with('#'));
        let end = if only_remarks { self.text.trim_end().len() } else { end };
        let eol = self.eol();
        let new = rendered(lines, indent, self.look).join(eol);
        self.at.push((end, format!("{eol}{eol}{new}")));
        Ok(())
    }

    /// A section of which only the key is there.
    fn empty(&mut self, key: &Key, lines: &[Line]) -> Result<(), String> {
        let indent =
            self.indent(key.span.start).ok_or("its key is not on a line of its own")?;
        let end = self.end_of_line(key.span.end);
        let written = self.text.get(key.span.end..end).unwrap_or_default();
        let written = written.trim_start_matches([':', ' ']);
        if !(written.is_empty() || written.starts_with('#')) {
            return Err(format!("`{}` is empty in a way of its own", key.text));
        }
        self.put(end, &rendered(lines, indent + 2, self.look));
        Ok(())
    }

    /// Adds to a mapping what it lacks.
    fn mapping(&mut self, node: &Node, lines: &[Line]) -> Result<(), String> {
        let Value::Mapping(entries) = &node.value else {
            return Err("it is no mapping".to_owned());
        };
        let mut fresh = Vec::new();
        for line in lines {
            let Line::Entry(key, value) = line else {
                fresh.push(line.clone());
                continue;
            };
            match entries.iter().find(|(it, _)| it.text == *key) {
                None => fresh.push(line.clone()),
                Some((_, Node { value: Value::Null, .. })) => {
                    self.skipped.push(key.clone());
                }
                Some((own, child)) => {
                    if child.span.start < own.span.end || !within(own, node) {
                        return Err(format!("`{key}` repeats another part of it"));
                    }
                    self.child(key, child, value)?;
                }
            }
        }
        if self.is_flow(node) {
            return self.flow_entries(entries, node, &fresh);
        }
        let (end, indent) = self.end_of_block(node)?;
        let range = self.text.get(node.span.start..end).unwrap_or_default().to_owned();
        let fresh = unsaid(&range, fresh);
        self.put(end, &rendered(&fresh, indent, self.look));
        Ok(())
    }

    /// Adds to the value of a key that is there.
    fn child(&mut self, key: &str, node: &Node, value: &Addition) -> Result<(), String> {
        match (&node.value, value) {
            (Value::Mapping(_), Addition::Block(lines)) => self.mapping(node, lines),
            (Value::Mapping(_), Addition::Mapping(entries)) => {
                let lines = entries
                    .iter()
                    .map(|(key, value)| Line::Entry(key.clone(), value.clone()));
                self.mapping(node, &lines.collect::<Vec<_>>())
            }
            (Value::List(own), Addition::Items(items)) if !items.is_empty() => {
                self.items(own, node, items)
            }
            _ => {
                self.skipped.push(key.to_owned());
                Ok(())
            }
        }
    }

    fn flow_entries(
        &mut self,
        entries: &[(Key, Node)],
        node: &Node,
        fresh: &[Line],
    ) -> Result<(), String> {
        let new: Vec<String> = fresh
            .iter()
            .filter_map(|it| match it {
                Line::Entry(key, value) => {
                    Some(self.look.entry(key, &flow(value, self.look)))
                }
                Line::Perhaps(..) => None,
            })
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let own = entries.iter().filter(|(key, _)| within(key, node));
        let ends = own.map(|(key, node)| {
            // An alias stands elsewhere: its name ends where blanks and signs begin.
            if node.span.start >= key.span.end { node.span.end } else { usize::MAX }
        });
        match ends.max() {
            Some(usize::MAX) => Err("it repeats another part of itself".to_owned()),
            Some(end) => {
                self.at.push((end, format!(", {}", new.join(", "))));
                Ok(())
            }
            None => {
                self.at.push((node.span.start + 1, new.join(", ")));
                Ok(())
            }
        }
    }

    fn items(
        &mut self,
        own: &[Node],
        node: &Node,
        items: &[Addition],
    ) -> Result<(), String> {
        let Some(last) = own.last().filter(|it| it.span.end <= node.span.end) else {
            return Err("a list in it has no items of its own".to_owned());
        };
        let new: Vec<String> = items.iter().map(|it| flow(it, self.look)).collect();
        if self.text.get(node.span.start..).is_some_and(|it| it.starts_with('[')) {
            self.at.push((last.span.end, format!(", {}", new.join(", "))));
            return Ok(());
        }
        let first = own.first().map_or(node.span.start, |it| it.span.start);
        let line = self.text.get(..first).unwrap_or_default();
        let start = line.rfind('\n').map_or(0, |it| it + 1);
        let before = line.get(start..).unwrap_or_default();
        let indent = before.len() - before.trim_start_matches(' ').len();
        if before.trim() != "-" {
            return Err("a list in it is written in a way of its own".to_owned());
        }
        let end = self.end_of_line(self.trimmed(last.span.end));
        let lines: Vec<_> =
            new.iter().map(|it| format!("{:indent$}- {it}", "")).collect();
        self.put(end, &lines);
        Ok(())
    }

    /// Where new entries of a block mapping go, and how far its keys are indented: behind its
    /// last entry, and the comments right below it.
    fn end_of_block(&self, node: &Node) -> Result<(usize, usize), String> {
        let Value::Mapping(entries) = &node.value else {
            return Err("it is no mapping".to_owned());
        };
        let own: Vec<_> = entries.iter().filter(|(key, _)| within(key, node)).collect();
        let Some((first, _)) = own.first() else {
            return Err("it has no entries of its own".to_owned());
        };
        let indent = self.indent(first.span.start).ok_or("it begins inside a line")?;
        let last = own.iter().map(|it| self.end_of_entry(it)).max().unwrap_or_default();
        let mut end = self.end_of_line(self.trimmed(last));
        loop {
            let rest = self.text.get(end..).unwrap_or_default();
            let Some(next) =
                rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))
            else {
                break;
            };
            let blanks = next.len() - next.trim_start_matches(' ').len();
            if blanks < indent.max(1) || !next.trim_start_matches(' ').starts_with('#') {
                break;
            }
            end = self.end_of_line(self.text.len() - next.len());
        }
        Ok((end, indent))
    }

    /// Where an entry ends. A block of the parser goes on to what comes next, and has comments
    /// in it that are about that: only what stands in the block tells.
    fn end_of_entry(&self, (key, node): &(Key, Node)) -> usize {
        if node.span.start < key.span.end {
            key.span.end
        } else {
            self.end_of_value(node)
        }
    }

    fn end_of_value(&self, node: &Node) -> usize {
        let flow = self.text.get(node.span.start..);
        let flow = flow.is_some_and(|it| it.starts_with(['{', '[']));
        let inner = match &node.value {
            Value::Mapping(entries) if !flow => {
                let own = entries.iter().filter(|(key, _)| within(key, node));
                own.map(|it| self.end_of_entry(it)).max()
            }
            Value::List(items) if !flow => {
                let own = items.iter().filter(|it| it.span.start >= node.span.start);
                own.map(|it| self.end_of_value(it)).max()
            }
            _ => None,
        };
        inner.unwrap_or(node.span.end)
    }

    fn put(&mut self, end: usize, lines: &[String]) {
        let eol = self.eol();
        if !lines.is_empty() {
            self.at.push((end, format!("{eol}{}", lines.join(eol))));
        }
    }

    fn is_flow(&self, node: &Node) -> bool {
        self.text.get(node.span.start..).is_some_and(|it| it.starts_with('{'))
    }

    /// How the lines of the text end.
    fn eol(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    fn trimmed(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or_default().trim_end().len()
    }

    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.trim_end_matches('\r').len()
    }

    /// The blanks before a key that is the first of its line.
    fn indent(&self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let line = before.rsplit('\n').next()?;
        line.bytes().all(|it| it == b' ').then_some(line.len())
    }
}

/// Whether a key stands in the mapping itself, and was not taken over from another.
fn within(key: &Key, node: &Node) -> bool {
    key.span.start >= node.span.start && key.span.end <= node.span.end
}

/// These lines without the comments on entries that a text has already.
fn unsaid(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let kept = |line: Line| match line {
        Line::Perhaps(key, ..) if has_remark(text, &Look::Yaml.text(&key)) => None,
        Line::Entry(key, Addition::Block(inner)) => {
            let inner = unsaid(text, inner);
            (!inner.is_empty()).then_some(Line::Entry(key, Addition::Block(inner)))
        }
        other => Some(other),
    };
    lines.into_iter().filter_map(kept).collect()
}

/// Whether an entry with this key is there as a comment.
fn has_remark(text: &str, word: &str) -> bool {
    text.lines().any(|line| {
        let said = line.trim_start().strip_prefix('#').map(str::trim_start);
        said.and_then(|it| it.strip_prefix(word)).is_some_and(|it| it.starts_with(':'))
    })
}
