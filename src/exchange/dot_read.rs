//! DOT → draft.

use std::collections::{BTreeMap, BTreeSet};

use super::dot_edges::{Ends, What};
use super::dot_lexer::{Form, Id, Kind, Lexer, Token, Unread};
use super::draft::Draft;

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
pub(super) type Attributes = BTreeMap<String, Id>;

/// An open brace: the nodes in it, and the stage that it is.
#[derive(Default)]
pub(super) struct Scope {
    /// Each once, in the order of their first appearance.
    nodes: Vec<usize>,
    seen: BTreeSet<usize>,
    pub(super) group: Option<usize>,
}

pub(super) struct Reader<'d, 'a, 't> {
    pub(super) draft: &'d mut Draft<'a>,
    lexer: Lexer<'t>,
    pub(super) token: Token,
    pub(super) scopes: Vec<Scope>,
    clusters: usize,
    pub(super) directed: bool,
    pub(super) told_undirected: bool,
}

pub(super) type Read<T> = Result<T, Unread>;

impl Reader<'_, '_, '_> {
    pub(super) fn advance(&mut self) -> Read<Token> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.token, next))
    }

    pub(super) fn is(&self, mark: char) -> bool {
        self.token.kind == Kind::Mark(mark)
    }

    fn take(&mut self, mark: char) -> Read<bool> {
        let found = self.is(mark);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    pub(super) fn expected(&self, expected: &'static str) -> Unread {
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
    pub(super) fn keyword(&self) -> Option<String> {
        let Kind::Id(Id { text, form: Form::Bare }) = &self.token.kind else {
            return None;
        };
        let lower = text.to_lowercase();
        let known = ["strict", "graph", "digraph", "node", "edge", "subgraph"];
        known.contains(&lower.as_str()).then_some(lower)
    }

    pub(super) fn id(&mut self, expected: &'static str) -> Read<Id> {
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

    pub(super) fn node(&mut self, id: &Id, start: usize, end: usize) -> Read<Ends> {
        while self.take(':')? {
            self.id("the name of a port")?;
        }
        let span = self.draft.span(start, end);
        let node = self.draft.node(&id.text, span);
        let group = self.scopes.iter().rev().find_map(|it| it.group);
        let draft = &mut self.draft.nodes[node];
        draft.group = draft.group.or(group);
        for scope in &mut self.scopes {
            if scope.seen.insert(node) {
                scope.nodes.push(node);
            }
        }
        Ok(Ends { nodes: vec![node] })
    }

    pub(super) fn subgraph(&mut self) -> Read<Option<Ends>> {
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
        self.scopes.push(Scope { group, ..Scope::default() });
        self.statements()?;
        let nodes = self.scopes.pop().map(|it| it.nodes).unwrap_or_default();
        Ok(Some(Ends { nodes }))
    }

    /// `[a=b, c=d] [e=f]`
    pub(super) fn attributes(&mut self) -> Read<Attributes> {
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
}

fn shorten(text: &str) -> String {
    let short: String = text.chars().take(30).collect();
    if short.len() < text.len() { short + "…" } else { short }
}
