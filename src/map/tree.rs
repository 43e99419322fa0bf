//! Bytes → tree, within limits. The parser's events carry byte places and raw scalar text;
//! its own limits and ours keep a hostile file from costing more than a moment.

use std::{collections::BTreeMap, path::Path};

use serde_saphyr::granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span as RawSpan,
};

use crate::diag::{Code, Diagnostic, Diagnostics, SourceId, Sources, Span};

use super::{
    limits,
    merge::merged,
    yaml::{Key, Node, Value},
    yaml_problems::{duplicate, not_utf8, syntax, too_deep, too_many},
};

/// Parses the one document in `bytes`; `None` after a problem that leaves no tree.
pub(super) fn parse(
    path: &Path,
    bytes: &[u8],
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Option<(SourceId, Node)> {
    let name = path.display().to_string();
    if bytes.len() > limits::BYTES {
        let message =
            format!("`{name}` is {} MB large; a map has at most 8 MB", bytes.len() >> 20);
        problems.push(Diagnostic::error(Code::TOO_LARGE, None, message));
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            problems.push(not_utf8(&name, bytes, error.valid_up_to()));
            return None;
        }
    };
    let source = sources.add(name, text);
    let mut builder = Builder::new(source, text, problems);
    builder.run();
    let root = builder.root.take()?;
    Some((source, root))
}

/// The parser's events over `text`, within limits of depth and without comments.
pub(super) fn events(
    text: &str,
) -> impl Iterator<Item = Result<(Event<'_>, RawSpan), ScanError>> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = limits::DEPTH;
    options.block_nesting_limit = limits::DEPTH;
    Parser::new_from_str_with_options(text, options)
}

/// A list or mapping whose end has not come yet.
struct Open {
    anchor: usize,
    start: Span,
    nodes: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Mapping { entries: Vec<(Key, Node)>, seen: BTreeMap<String, Span>, key: Option<Key> },
}

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    problems: &'a mut Diagnostics,
    open: Vec<Open>,
    /// Anchored values with the number of values in them.
    anchors: BTreeMap<usize, (Node, usize)>,
    nodes: usize,
    root: Option<Node>,
    documents: usize,
    failed: bool,
}

impl<'a> Builder<'a> {
    fn new(source: SourceId, text: &'a str, problems: &'a mut Diagnostics) -> Self {
        Self {
            source,
            text,
            problems,
            open: Vec::new(),
            anchors: BTreeMap::new(),
            nodes: 0,
            root: None,
            documents: 0,
            failed: false,
        }
    }

    fn run(&mut self) {
        for event in events(self.text) {
            match event {
                Ok((event, at)) => self.take(event, at),
                Err(error) => self.refuse(&error),
            }
            if self.failed {
                self.root = None;
                return;
            }
        }
        if self.root.is_none() {
            let span = Span { source: self.source, start: 0, end: 0 };
            let problem = Diagnostic::error(Code::EMPTY_MAP, span, "the file is empty")
                .hint("a map needs `id`, `name`, and `stages` with touchpoints");
            self.problems.push(problem);
        }
    }

    fn take(&mut self, event: Event<'_>, at: RawSpan) {
        let span = self.span(at);
        if let Some(tag) = event.tag().filter(|tag| tag.is_custom()) {
            let message = format!("the tag `{}` has no meaning in a map", tag.original());
            self.problems.push(Diagnostic::error(Code::WRONG_TYPE, span, message));
        }
        match event {
            Event::DocumentStart(..) => self.document(span),
            Event::Scalar(text, style, anchor, _) => {
                let value = scalar(text.as_ref(), style);
                self.close(Node { span, value }, anchor, 1);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.begin(anchor, span, Content::List(Vec::new()));
            }
            Event::MappingStart(_, anchor, _) => {
                let content = Content::Mapping {
                    entries: Vec::new(),
                    seen: BTreeMap::new(),
                    key: None,
                };
                self.begin(anchor, span, content);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Alias(id) => self.alias(id, span),
            Event::UnresolvedAlias(name) => self.unresolved(&name, span),
            _ => {}
        }
    }

    fn document(&mut self, span: Span) {
        self.documents += 1;
        if self.documents > 1 {
            let message = "a second document begins here; a map is one document";
            self.fail(Diagnostic::error(Code::SEVERAL_DOCUMENTS, span, message));
        }
    }

    fn begin(&mut self, anchor: usize, start: Span, content: Content) {
        if self.open.len() >= limits::DEPTH {
            self.fail(too_deep(start));
            return;
        }
        self.open.push(Open { anchor, start, nodes: 1, content });
    }

    fn end(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        let value = match open.content {
            Content::List(items) => Value::List(items),
            Content::Mapping { entries, .. } => Value::Mapping(merged(entries)),
        };
        let node = Node { span: self.trimmed(open.start.to(span)), value };
        self.close(node, open.anchor, open.nodes);
    }

    /// A block collection ends where the next thing begins: the blanks between are not it.
    fn trimmed(&self, span: Span) -> Span {
        let inner = self.text.get(span.start..span.end).unwrap_or_default().trim_end();
        Span { end: span.start + inner.len(), ..span }
    }

    /// A value is complete: it becomes a key, a value, an item or the root.
    fn close(&mut self, node: Node, anchor: usize, nodes: usize) {
        self.nodes += 1;
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), nodes));
        }
        self.place(node, nodes);
        if self.nodes > limits::NODES {
            let span = Span { source: self.source, start: 0, end: 0 };
            self.fail(too_many(span));
        }
    }

    fn place(&mut self, node: Node, nodes: usize) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.nodes += nodes;
        match &mut open.content {
            Content::List(items) => items.push(node),
            Content::Mapping { entries, seen, key } => match key.take() {
                None => *key = Some(as_key(node, self.problems)),
                Some(key) => match seen.get(&key.text) {
                    Some(first) => self.problems.push(duplicate(&key, *first)),
                    None => {
                        seen.insert(key.text.clone(), key.span);
                        entries.push((key, node));
                    }
                },
            },
        }
    }

    fn alias(&mut self, id: usize, span: Span) {
        let Some((_, nodes)) = self.anchors.get(&id) else {
            let message = "an alias inside the value it repeats would never end";
            self.fail(Diagnostic::error(Code::UNKNOWN_ALIAS, span, message));
            return;
        };
        // Counted before it is copied: that is what stops nested aliases from exploding.
        let nodes = *nodes;
        self.nodes += nodes;
        if self.nodes > limits::NODES {
            self.fail(too_many(span));
            return;
        }
        if let Some((node, _)) = self.anchors.get(&id).cloned() {
            self.place(node, nodes);
        }
    }

    fn unresolved(&mut self, name: &str, span: Span) {
        let message = format!("no anchor `&{name}` stands before this alias");
        self.problems.push(Diagnostic::error(Code::UNKNOWN_ALIAS, span, message));
        self.close(Node { span, value: Value::Null }, 0, 1);
    }

    fn refuse(&mut self, error: &ScanError) {
        let start = error.marker().byte_offset().unwrap_or(self.text.len());
        let width = self.text[start..].chars().next().map_or(0, char::len_utf8);
        let span = Span { source: self.source, start, end: start + width };
        let problem = match error.kind() {
            ErrorKind::RecursionLimitExceeded => too_deep(span),
            kind => syntax(kind, span, &error.info()),
        };
        self.fail(problem);
    }

    fn fail(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
        self.failed = true;
    }

    fn span(&self, at: RawSpan) -> Span {
        let range = at.byte_range().unwrap_or(0..0);
        Span { source: self.source, start: range.start, end: range.end }
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    let plain = style == ScalarStyle::Plain;
    if plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        Value::Null
    } else {
        Value::Scalar(text.to_owned())
    }
}

fn as_key(node: Node, problems: &mut Diagnostics) -> Key {
    match node.value {
        Value::Scalar(text) => Key { text, span: node.span },
        Value::Null => Key { text: String::new(), span: node.span },
        Value::List(_) | Value::Mapping(_) => {
            let message = format!("a key is a word, found {}", node.kind());
            problems.push(Diagnostic::error(Code::WRONG_TYPE, node.span, message));
            // Unlike any word, so that it collides with no other key.
            Key { text: format!("\u{0}{}", node.span.start), span: node.span }
        }
    }
}
