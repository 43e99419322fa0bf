//! DOT → draft.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diag::Span;

use super::dot_lexer::{Form, Id, Kind, Lexer, Token, Unread};
use super::draft::{Draft, EdgeDraft};
use super::label::parse;
use super::mermaid::shown;
use super::remark;

/// Reads the text as the grammar of DOT has it; what does not fit ends the reading, because
/// nothing behind it could be trusted.
pub(super) fn read(text: &str, draft: &mut Draft<'_>) {
    let mut lexer = Lexer::new(text);
    let read = lexer.next().and_then(|token| {
        let mut reader = Reader {
            draft,
            lexer,
            token,
            scopes: Vec::new(),
            clusters: 0,
            directed: true,
            told_undirected: false,
        };
        reader.graph()
    });
    if let Err(unread) = read {
        let span = draft.span(unread.start, unread.end);
        draft.wrong(span, unread.message, unread.expected);
    }
}

/// Deepest nesting of subgraphs.
const DEEPEST: usize = 64;

/// Attributes by name.
type Attributes = BTreeMap<String, Id>;

/// An open brace: the nodes in it, and the stage that it is.
#[derive(Default)]
struct Scope {
    nodes: Vec<usize>,
    group: Option<usize>,
}

struct Reader<'d, 'a, 't> {
    draft: &'d mut Draft<'a>,
    lexer: Lexer<'t>,
    token: Token,
    scopes: Vec<Scope>,
    clusters: usize,
    directed: bool,
    told_undirected: bool,
}

/// What an edge begins or ends with.
struct Ends {
    nodes: Vec<usize>,
    span: Span,
}

type Read<T> = Result<T, Unread>;

impl Reader<'_, '_, '_> {
    fn advance(&mut self) -> Read<Token> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn is(&self, mark: char) -> bool {
        self.token.kind == Kind::Mark(mark)
    }

    fn take(&mut self, mark: char) -> Read<bool> {
        let found = self.is(mark);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn expected(&self, expected: &'static str) -> Unread {
        let found = match &self.token.kind {
            Kind::End => "the text ends here".to_owned(),
            Kind::Mark(mark) => format!("`{mark}` stands here"),
            Kind::Arrow { .. } => "an arrow stands here".to_owned(),
            Kind::Id(id) => format!("`{}` stands here", shorten(&id.text)),
        };
        let end = self.token.end.max(self.token.start + 1);
        Unread { start: self.token.start, end, message: found, expected }
    }

    fn need(&mut self, mark: char, expected: &'static str) -> Read<()> {
        if self.take(mark)? { Ok(()) } else { Err(self.expected(expected)) }
    }

    /// The keyword at this place.
    fn keyword(&self) -> Option<String> {
        let Kind::Id(Id { text, form: Form::Bare }) = &self.token.kind else {
            return None;
        };
        let lower = text.to_lowercase();
        let known = ["strict", "graph", "digraph", "node", "edge", "subgraph"];
        known.contains(&lower.as_str()).then_some(lower)
    }

    fn id(&mut self, expected: &'static str) -> Read<Id> {
        let Kind::Id(id) = self.token.kind.clone() else {
            return Err(self.expected(expected));
        };
        self.advance()?;
        Ok(id)
    }

    fn graph(&mut self) -> Read<()> {
        if self.keyword().as_deref() == Some("strict") {
            self.advance()?;
        }
        match self.keyword().as_deref() {
            Some("digraph") => {}
            Some("graph") => self.directed = false,
            _ => return Err(self.expected("`digraph` or `graph`")),
        }
        self.advance()?;
        if let Kind::Id(id) = self.token.kind.clone() {
            self.draft.title = Some(id.text).filter(|it| !it.trim().is_empty());
            self.advance()?;
        }
        self.need('{', "`{`")?;
        self.scopes.push(Scope::default());
        self.statements()?;
        if self.token.kind != Kind::End {
            let span = self.draft.span(self.token.start, self.token.end);
            self.draft.leave_out("what stands behind the first graph", span);
        }
        Ok(())
    }

    /// Statements up to the brace that closes them.
    fn statements(&mut self) -> Read<()> {
        while !self.take('}')? {
            if self.token.kind == Kind::End {
                return Err(self.expected("a `}` for every `{`"));
            }
            self.statement()?;
            while self.take(';')? || self.take(',')? {}
        }
        Ok(())
    }

    fn statement(&mut self) -> Read<()> {
        let start = self.token.start;
        let keyword = self.keyword();
        match keyword.as_deref() {
            Some("graph") => {
                self.advance()?;
                let attributes = self.attributes()?;
                self.own_attributes(&attributes);
                return Ok(());
            }
            Some("node" | "edge") => {
                self.advance()?;
                self.attributes()?;
                let span = self.draft.span(start, self.token.start);
                self.draft.leave_out("a default for the looks of nodes or edges", span);
                return Ok(());
            }
            _ => {}
        }
        let subgraph = keyword.as_deref() == Some("subgraph") || self.is('{');
        let first = if subgraph { self.subgraph()? } else { self.node_or_attribute()? };
        let Some(first) = first else { return Ok(()) };
        let what = if subgraph { What::Subgraph } else { What::Node };
        self.edges_or_attributes(first, what, start)
    }

    /// `a = b` sets an attribute of the graph; anything else is a node.
    fn node_or_attribute(&mut self) -> Read<Option<Ends>> {
        let start = self.token.start;
        let end = self.token.end;
        let id = self.id("a node, an edge, a subgraph or an attribute")?;
        if self.take('=')? {
            let value = self.id("the value of the attribute")?;
            self.own_attributes(&BTreeMap::from([(id.text, value)]));
            return Ok(None);
        }
        Ok(Some(self.node(&id, start, end)?))
    }

    fn node(&mut self, id: &Id, start: usize, end: usize) -> Read<Ends> {
        while self.take(':')? {
            self.id("the name of a port")?;
        }
        let span = self.draft.span(start, end);
        let node = self.draft.node(&id.text, span);
        let group = self.scopes.iter().rev().find_map(|it| it.group);
        let draft = &mut self.draft.nodes[node];
        draft.group = draft.group.or(group);
        for scope in &mut self.scopes {
            scope.nodes.push(node);
        }
        Ok(Ends { nodes: vec![node], span })
    }

    fn subgraph(&mut self) -> Read<Option<Ends>> {
        let start = self.token.start;
        let mut name = None;
        if self.keyword().as_deref() == Some("subgraph") {
            self.advance()?;
            if let Kind::Id(id) = self.token.kind.clone() {
                name = Some(id.text);
                self.advance()?;
            }
        }
        self.need('{', "`{`")?;
        if self.scopes.len() >= DEEPEST {
            return Err(self.expected("subgraphs nested less than 64 deep"));
        }
        let group = name.filter(|it| it.starts_with("cluster")).map(|name| {
            self.clusters += 1;
            self.draft.group(&name, &format!("Stage {}", self.clusters))
        });
        let span = self.draft.span(start, self.token.start);
        if group.is_some() && self.scopes.iter().any(|it| it.group.is_some()) {
            self.draft.leave_out("a cluster inside of a cluster, as such,", span);
        }
        self.scopes.push(Scope { nodes: Vec::new(), group });
        self.statements()?;
        let nodes = self.scopes.pop().map(|it| it.nodes).unwrap_or_default();
        Ok(Some(Ends { nodes: unique(nodes), span }))
    }

    fn edges_or_attributes(&mut self, first: Ends, what: What, start: usize) -> Read<()> {
        let mut chain = vec![first];
        while let Kind::Arrow { directed } = self.token.kind {
            if directed != self.directed {
                let expected =
                    if self.directed { "`->` in a digraph" } else { "`--` in a graph" };
                return Err(self.expected(expected));
            }
            self.advance()?;
            let subgraph = self.keyword().as_deref() == Some("subgraph") || self.is('{');
            let next = if subgraph {
                self.subgraph()?
            } else {
                let (start, end) = (self.token.start, self.token.end);
                let id = self.id("a node behind the arrow")?;
                Some(self.node(&id, start, end)?)
            };
            chain.extend(next);
        }
        let attributes =
            if self.is('[') { self.attributes()? } else { Attributes::new() };
        let span = self.draft.span(start, self.token.start.max(start + 1));
        if chain.len() > 1 {
            return self.edges(&chain, &attributes, span);
        }
        if let (What::Node, Some([node])) = (what, chain.first().map(|it| &it.nodes[..]))
        {
            self.node_attributes(*node, &attributes);
        }
        Ok(())
    }

    fn edges(&mut self, chain: &[Ends], attributes: &Attributes, span: Span) -> Read<()> {
        if !self.directed && !std::mem::replace(&mut self.told_undirected, true) {
            self.draft.read_as(span, "edges without a direction were read as leading on");
        }
        let told = attributes.get("touchmap").and_then(|it| json(&it.text));
        let text = attributes.get("label").map(|it| label_text(it, ""));
        let parsed = text.as_deref().map(parse).unwrap_or_default();
        let told_label = |told: &Value| {
            let share =
                remark::number(told, "share").filter(|it| (0.0..=1.0).contains(it));
            let why = remark::text(told, "label").map(str::to_owned);
            let label = super::label::label(share, why.as_deref());
            let same = label.as_deref().map(super::mermaid::one_line) == text;
            same.then_some((share, why))
        };
        let (share, label) = told.as_ref().and_then(told_label).unwrap_or(parsed);
        for pair in chain.windows(2) {
            let [from, to] = pair else { continue };
            if from.nodes.len().saturating_mul(to.nodes.len()) > 10_000 {
                return Err(self.expected("at most 10,000 edges at once"));
            }
            for from in &from.nodes {
                for to in &to.nodes {
                    let (from, to) = (*from, *to);
                    let edge = EdgeDraft {
                        from,
                        to,
                        share,
                        label: label.clone(),
                        span: pair[0].span,
                    };
                    self.draft.edges.push(EdgeDraft { span, ..edge });
                }
            }
        }
        Ok(())
    }

    /// `[a=b, c=d] [e=f]`
    fn attributes(&mut self) -> Read<Attributes> {
        let mut all = Attributes::new();
        while self.take('[')? {
            while !self.take(']')? {
                let name = self.id("the name of an attribute, or `]`")?;
                let value = if self.take('=')? {
                    self.id("the value of the attribute")?
                } else {
                    Id { text: "true".to_owned(), form: Form::Bare }
                };
                all.insert(name.text, value);
                while self.take(',')? || self.take(';')? {}
            }
        }
        Ok(all)
    }

    /// Attributes of the graph, or of the cluster that is open.
    fn own_attributes(&mut self, attributes: &Attributes) {
        let scope = self.scopes.last().map(|it| it.group);
        let label = attributes.get("label").map(|it| label_text(it, ""));
        let label = label.filter(|it| !it.is_empty());
        let told = attributes.get("touchmap").and_then(|it| json(&it.text));
        match scope {
            Some(Some(group)) => {
                let group = &mut self.draft.groups[group];
                group.name = label.unwrap_or_else(|| group.name.clone());
                group.remark = told.or(group.remark.take());
                if let Some(name) =
                    group.remark.as_ref().and_then(|it| remark::text(it, "name"))
                    && super::mermaid::one_line(name) == group.name
                {
                    group.name = name.to_owned();
                }
            }
            _ if self.scopes.len() == 1 => {
                self.draft.title = label.or(self.draft.title.take());
                self.draft.remark = told.or(self.draft.remark.take());
            }
            _ => {}
        }
    }

    fn node_attributes(&mut self, node: usize, attributes: &Attributes) {
        let told = attributes.get("touchmap").and_then(|it| json(&it.text));
        let key = self.draft.nodes[node].key.clone();
        let label = attributes.get("label").map(|it| label_text(it, &key));
        let draft = &mut self.draft.nodes[node];
        let name =
            told.as_ref().and_then(|it| remark::text(it, "name")).map(str::to_owned);
        let same = name.filter(|it| Some(super::mermaid::one_line(it)) == label);
        draft.name = same.or(label).or(draft.name.take());
        draft.remark = told.or(draft.remark.take());
    }
}

/// What a statement begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Node,
    Subgraph,
}

/// Each node once, in the order of their first appearance.
fn unique(nodes: Vec<usize>) -> Vec<usize> {
    let mut seen = std::collections::BTreeSet::new();
    nodes.into_iter().filter(|it| seen.insert(*it)).collect()
}

fn json(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(&text.replace("\\\\", "\\")).ok()?;
    value.is_object().then_some(value)
}

/// The text that a label shows: escapes and HTML read.
fn label_text(id: &Id, key: &str) -> String {
    if id.form == Form::Html {
        return shown(&id.text);
    }
    let mut text = String::new();
    let mut letters = id.text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n' | 'l' | 'r') => text.push(' '),
                Some('N') => text.push_str(key),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            (letter, false) => text.push(letter),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(30).collect();
    if short.len() < text.len() { short + "…" } else { short }
}
