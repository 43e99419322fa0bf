//! Decoding without stopping: every helper reports what is wrong and goes on.

use crate::diag::{Code, Diagnostic, Diagnostics, SourceId, Span, nearest};

use super::yaml::{Key, Node, Value};

/// What decoding a file needs at hand.
pub(super) struct Decoder<'a> {
    /// The text being decoded.
    pub(super) source: SourceId,
    /// Everything found so far.
    pub(super) problems: &'a mut Diagnostics,
}

/// The entries of a mapping with the keys that are known there.
pub(super) struct Fields<'n> {
    entries: &'n [(Key, Node)],
    /// Entries whose misspelt key most probably means a known one: they are decoded as that,
    /// so that one run finds what is wrong inside them too.
    meant: Vec<(String, &'n Node)>,
    /// The whole mapping.
    pub(super) span: Span,
}

impl<'n> Fields<'n> {
    /// The value of `key`; a key with nothing behind it counts as left out.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        let written =
            self.entries.iter().find(|(it, _)| it.text == key).map(|(_, node)| node);
        let meant = || self.meant.iter().find(|(it, _)| it == key).map(|(_, node)| *node);
        written.or_else(meant).filter(|node| !matches!(node.value, Value::Null))
    }
}

impl<'a> Decoder<'a> {
    pub(super) fn new(source: SourceId, problems: &'a mut Diagnostics) -> Self {
        Self { source, problems }
    }

    /// Records a problem at `node`.
    pub(super) fn error(&mut self, code: Code, node: &Node, message: impl Into<String>) {
        self.problems.push(Diagnostic::error(code, node.span, message));
    }

    /// `node` as a mapping with keys out of `known`; `what` names it in messages.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &[&str],
    ) -> Option<Fields<'n>> {
        let entries = self.mapping(node, what)?;
        let mut meant = Vec::new();
        for (key, value) in entries {
            if known.contains(&key.text.as_str()) {
                continue;
            }
            self.problems.push(unknown_key(key, what, known));
            if let Some(word) = nearest(&key.text, known.iter().copied()) {
                meant.push((word.to_owned(), value));
            }
        }
        Some(Fields { entries, meant, span: node.span })
    }

    /// `node` as a mapping with any keys.
    pub(super) fn mapping<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
    ) -> Option<&'n [(Key, Node)]> {
        if let Value::Mapping(entries) = &node.value {
            return Some(entries);
        }
        self.wrong_type(node, what, "a mapping (`key: value` lines)");
        None
    }

    /// `node` as a list.
    pub(super) fn list<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        if let Value::List(items) = &node.value {
            return items;
        }
        self.wrong_type(node, what, "a list (lines that begin with `- `)");
        &[]
    }

    /// `node` as one item or a list of them.
    pub(super) fn one_or_more(node: &Node) -> &[Node] {
        match &node.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(node),
        }
    }

    /// `node` as text, exactly as written.
    pub(super) fn string<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        let Some(text) = node.scalar() else {
            self.wrong_type(node, what, "text");
            return None;
        };
        if text.trim().is_empty() {
            self.error(Code::EMPTY_TEXT, node, format!("{what} is empty"));
            return None;
        }
        Some(text)
    }

    /// `node` as a finite number.
    pub(super) fn number(&mut self, node: &Node, what: &str) -> Option<f64> {
        let number = node.scalar().and_then(parse_number);
        if number.is_none() {
            let percent = node.scalar().and_then(|text| text.trim().strip_suffix('%'));
            let hint = percent.and_then(parse_number).map(|share| share / 100.0);
            self.wrong_type_hint(node, what, "a number", hint);
        }
        number
    }

    /// `node` as a number from `low` to `high`.
    pub(super) fn number_in(
        &mut self,
        node: &Node,
        what: &str,
        (low, high): (f64, f64),
    ) -> Option<f64> {
        let number = self.number(node, what)?;
        if (low..=high).contains(&number) {
            return Some(number);
        }
        let message =
            format!("{what} is {number}; expected a number {}", range(low, high));
        self.error(Code::BAD_NUMBER, node, message);
        None
    }

    /// `node` as a whole number, 0 or more.
    pub(super) fn count(&mut self, node: &Node, what: &str) -> Option<u64> {
        let count = node.scalar().and_then(|text| text.trim().parse().ok());
        if count.is_none() {
            self.wrong_type(node, what, "a whole number");
        }
        count
    }

    /// `node` as true or false.
    pub(super) fn truth(&mut self, node: &Node, what: &str) -> bool {
        match node.scalar().map(str::to_lowercase).as_deref() {
            Some("true" | "yes") => true,
            Some("false" | "no") => false,
            _ => {
                self.wrong_type(node, what, "`true` or `false`");
                false
            }
        }
    }

    /// `node` as one of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        node: &Node,
        what: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = self.string(node, what)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let known = words.iter().map(|(word, _)| *word);
        let problem = Diagnostic::error(
            Code::BAD_WORD,
            node.span,
            format!("{what} cannot be `{text}`"),
        )
        .note(format!("expected {}", listed(known.clone())))
        .did_you_mean(text, known);
        self.problems.push(problem);
        None
    }

    /// Says that `node` has the wrong shape.
    pub(super) fn wrong_type(&mut self, node: &Node, what: &str, expected: &str) {
        self.wrong_type_hint(node, what, expected, None);
    }

    fn wrong_type_hint(
        &mut self,
        node: &Node,
        what: &str,
        expected: &str,
        better: Option<f64>,
    ) {
        let message = format!("{what} must be {expected}");
        let mut problem = Diagnostic::error(Code::WRONG_TYPE, node.span, message)
            .label(format!("found {}", node.kind()));
        if let Some(better) = better {
            problem = problem.hint(format!("write {better}"));
        }
        self.problems.push(problem);
    }

    /// Says that `key` is missing from the mapping `fields`.
    pub(super) fn missing(&mut self, fields: &Fields<'_>, what: &str, key: &str) {
        self.missing_at(first_line(fields), what, key);
    }

    /// Says that `key` is missing at `span`.
    pub(super) fn missing_at(&mut self, span: Span, what: &str, key: &str) {
        let message = format!("{what} has no `{key}`");
        self.problems.push(
            Diagnostic::error(Code::MISSING_KEY, span, message)
                .hint(format!("add `{key}: …`")),
        );
    }
}

/// The first key of a mapping: a caret under a whole section would say little.
fn first_line(fields: &Fields<'_>) -> Span {
    fields.entries.first().map_or(fields.span, |(key, _)| key.span)
}

fn parse_number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

fn range(low: f64, high: f64) -> String {
    if high.is_finite() {
        format!("from {low} to {high}")
    } else {
        format!("of at least {low}")
    }
}

/// `a`, `b` or `c`.
pub(super) fn listed<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// Says that `id` names no touchpoint: the nearest one, or all where they are few.
pub(super) fn unknown_touchpoint<'w>(
    id: &str,
    span: Span,
    known: impl Iterator<Item = &'w str> + Clone,
) -> Diagnostic {
    let message = format!("no touchpoint has the id `{id}`");
    let problem = Diagnostic::error(Code::UNKNOWN_REFERENCE, span, message);
    let few = (1..=12).contains(&known.clone().count());
    match nearest(id, known.clone()) {
        Some(word) => problem.hint(format!("did you mean `{word}`?")),
        None if few => problem.note(format!("expected {}", listed(known))),
        None => problem,
    }
}

fn unknown_key(key: &Key, what: &str, known: &[&str]) -> Diagnostic {
    let shown = key.text.trim_start_matches('\u{0}');
    Diagnostic::error(Code::UNKNOWN_KEY, key.span, format!("{what} has no key `{shown}`"))
        .note(format!("expected {}", listed(known.iter().copied())))
        .did_you_mean(shown, known.iter().copied())
}
