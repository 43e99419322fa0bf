//! Mermaid `flowchart` or `graph` → draft.

use serde_json::Value;

use crate::diag::Span;

use super::draft::Draft;
use super::flowchart_lexer::{Cursor, Unclosed};
use super::{mermaid, remark};

/// Reads the text statement by statement, and goes on behind a mistake with the next line.
pub(super) fn read(text: &str, draft: &mut Draft<'_>) {
    let (body, title) = mermaid::prelude(text);
    draft.title = title;
    let mut reader = Reader {
        draft,
        cursor: Cursor::new(text, body),
        open: Vec::new(),
        subgraphs: 0,
        pending: Vec::new(),
    };
    reader.header();
    while !reader.cursor.is_done() {
        reader.statement();
    }
    if let Some((_, span)) = reader.open.first() {
        let span = *span;
        reader.draft.wrong(
            span,
            "this subgraph is never closed",
            "`end` on a line of its own",
        );
    }
    reader.draft.tell_subgraph_ends();
}

pub(super) struct Reader<'d, 'a, 't> {
    pub(super) draft: &'d mut Draft<'a>,
    pub(super) cursor: Cursor<'t>,
    /// Subgraphs that are open: their groups, and where they begin.
    open: Vec<(usize, Span)>,
    subgraphs: usize,
    /// Remarks that wait for what they speak of.
    pub(super) pending: Vec<(String, Value)>,
}

/// Statements about looks and clicks.
const LOOKS: &[(&str, &str)] = &[
    ("style", "a style"),
    ("linkStyle", "a style"),
    ("classDef", "a class of styles"),
    ("class", "a class of styles"),
    ("click", "a link or action on a click"),
    ("direction", "a direction of drawing"),
    ("accTitle", "a description for screen readers"),
    ("accDescr", "a description for screen readers"),
];

impl Reader<'_, '_, '_> {
    fn span_from(&self, start: usize) -> Span {
        self.draft.span(start, self.cursor.at)
    }

    fn header(&mut self) {
        let start = self.cursor.at;
        let word = self.cursor.word();
        let known = ["graph", "flowchart", "flowchart-elk"];
        self.cursor.at += word.len();
        self.cursor.skip_blanks();
        if !known.contains(&word) {
            self.cursor.line();
            let span = self.span_from(start);
            self.draft.wrong(
                span,
                "this is no Mermaid flowchart",
                "`flowchart` or `graph`",
            );
            return;
        }
        let ways = ["TB", "TD", "BT", "LR", "RL", "BR", "<", ">", "^", "v"];
        if let Some(way) = ways.iter().find(|it| self.cursor.rest().starts_with(**it)) {
            self.cursor.at += way.len();
        }
    }

    fn statement(&mut self) {
        let rest = self.cursor.rest();
        let blank =
            rest.len() - rest.trim_start_matches([';', '\n', '\r', '\t', ' ']).len();
        if blank > 0 {
            self.cursor.at += blank;
            return;
        }
        let start = self.cursor.at;
        if rest.starts_with("%%") {
            self.comment();
            return;
        }
        let word = self.cursor.word();
        let behind = rest.get(word.len()..).unwrap_or_default();
        let alone = behind.is_empty()
            || behind.starts_with([' ', '\t', '\n', '\r', ';', ':', '{']);
        match word {
            "subgraph" if alone => self.subgraph(start),
            "end" if alone => self.end(start),
            _ => match LOOKS.iter().find(|(it, _)| *it == word && alone) {
                Some((_, what)) => self.looks(start, what),
                None => self.nodes_and_links(start),
            },
        }
    }

    fn looks(&mut self, start: usize, what: &'static str) {
        let line = self.cursor.line_ahead();
        if line.starts_with("accDescr") && line.contains('{') {
            let rest = self.cursor.rest();
            self.cursor.at += rest.find('}').map_or(rest.len(), |end| end + 1);
        } else {
            self.cursor.skip_statement();
        }
        let span = self.span_from(start);
        self.draft.leave_out(what, span);
    }

    fn subgraph(&mut self, start: usize) {
        self.cursor.at += "subgraph".len();
        let line = self.cursor.line().trim().trim_end_matches(';').trim_end();
        let span = self.span_from(start);
        self.subgraphs += 1;
        let (key, title) = match line.split_once('[') {
            Some((key, title)) if title.ends_with(']') => {
                (key.trim(), title.trim_end_matches(']').trim())
            }
            _ => (line, line),
        };
        let key = key.trim_matches('"');
        let title = mermaid::shown(title.trim_matches('"'));
        let told = self.told("stage");
        let number = self.subgraphs;
        let unnamed = format!("stage {number}");
        let title = if title.is_empty() { unnamed.clone() } else { title };
        let key = if key.is_empty() { unnamed } else { key.to_owned() };
        let group = self.draft.group(&key, &title);
        // A remark whose stage was renamed, or that another was put behind, is not believed.
        let told = told.filter(|it| {
            remark::text(it, "name").is_some_and(|name| mermaid::one_line(name) == title)
        });
        if let Some(name) = told.as_ref().and_then(|it| remark::text(it, "name")) {
            name.clone_into(&mut self.draft.groups[group].name);
        }
        self.draft.groups[group].remark = told;
        if !self.open.is_empty() {
            self.draft.leave_out("a subgraph inside of a subgraph, as such,", span);
        }
        self.open.push((group, span));
    }

    fn end(&mut self, start: usize) {
        self.cursor.at += "end".len();
        if self.open.pop().is_none() {
            let span = self.span_from(start);
            self.draft.wrong(span, "`end` closes nothing", "a `subgraph` before it");
        }
    }

    /// `a & b --> c -- text --> d`
    fn nodes_and_links(&mut self, start: usize) {
        let Some(mut from) = self.group_of_nodes() else {
            self.give_up(start);
            return;
        };
        loop {
            self.cursor.skip_blanks();
            let at = self.cursor.at;
            let link = match self.cursor.link() {
                Ok(Some(link)) => link,
                Ok(None) => break,
                Err(unclosed) => return self.unclosed(&unclosed),
            };
            // An arrow may lead on to the next line.
            let rest = self.cursor.rest();
            self.cursor.at += rest.len() - rest.trim_start().len();
            let before = self.cursor.at;
            let Some(to) = self.group_of_nodes() else {
                self.cursor.at = before;
                let span = self.draft.span(at, before);
                self.draft.wrong(
                    span,
                    "this link leads nowhere",
                    "the name of a node behind it",
                );
                self.cursor.line();
                return;
            };
            let span = self.span_from(start);
            self.link(&from, &to, &link, span);
            from = to;
        }
        let end = self.cursor.at;
        let rest = self.cursor.rest();
        let comment = rest.trim_start().starts_with("%%");
        if !comment && !rest.is_empty() && !rest.starts_with(['\n', ';', '\r']) {
            self.give_up(end);
        }
    }

    fn give_up(&mut self, start: usize) {
        let line = self.cursor.line();
        let span = self.draft.span(start, start + line.trim_end().len().max(1));
        let message = "nothing that a flowchart can hold begins here";
        self.draft.wrong(
            span,
            message,
            "a node such as `a[Text]`, a link such as `a --> b`",
        );
    }

    fn unclosed(&mut self, unclosed: &Unclosed) {
        let span = self.draft.span(unclosed.start, unclosed.start + 1);
        let expected = format!("`{}` on the same line", unclosed.expected);
        self.draft.wrong(span, "this is never closed", &expected);
        self.cursor.line();
    }

    /// `a & b`; `None` when there is no node.
    fn group_of_nodes(&mut self) -> Option<Vec<usize>> {
        let mut all = vec![self.one_node()?];
        loop {
            let before = self.cursor.at;
            self.cursor.skip_blanks();
            if !self.cursor.take("&") {
                self.cursor.at = before;
                return Some(all);
            }
            self.cursor.skip_blanks();
            all.push(self.one_node()?);
        }
    }

    fn one_node(&mut self) -> Option<usize> {
        let start = self.cursor.at;
        let key = self.cursor.name();
        if key.is_empty() || ["end", "subgraph"].contains(&key) {
            self.cursor.at = start;
            return None;
        }
        let shape = self.cursor.shape();
        let shape = self.closed(shape);
        let properties = self.cursor.properties();
        let properties = self.closed(properties);
        let text = properties.and_then(label_property).or(shape);
        if self.cursor.take(":::") {
            self.cursor.name();
        }
        let span = self.span_from(start);
        if let Some(group) = self.draft.find_group(key)
            && self.draft.find(key).is_none()
        {
            self.draft.subgraph_ends.push(self.draft.nodes.len());
            let unique = format!("{key}\u{0}{group}");
            return Some(self.draft.node(&unique, span));
        }
        let node = self.draft.node(key, span);
        if let Some(text) = text {
            self.named(node, &mermaid::shown(text));
        }
        let here = self.open.last().map(|(group, _)| *group);
        let draft = &mut self.draft.nodes[node];
        draft.group = draft.group.or(here);
        Some(node)
    }

    fn closed<'t>(
        &mut self,
        found: Result<Option<&'t str>, Unclosed>,
    ) -> Option<&'t str> {
        found.unwrap_or_else(|unclosed| {
            self.unclosed(&unclosed);
            None
        })
    }
}

/// `label: "…"` among properties.
fn label_property(properties: &str) -> Option<&str> {
    let rest = properties.split_once("label:")?.1.trim_start();
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([',', '\n']).next().map(str::trim),
    }
}
