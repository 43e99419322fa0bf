//! A map in the making: what a reader of another format finds, before ids are given.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diag::{Code, Diagnostic, Diagnostics, SourceId, Span};

/// What has been found so far.
pub(super) struct Draft<'a> {
    source: SourceId,
    /// The wave of scores that say none.
    pub(super) wave: String,
    pub(super) problems: &'a mut Diagnostics,
    pub(super) title: Option<String>,
    /// The remark on the map.
    pub(super) remark: Option<Value>,
    /// The scale that the format's own scores are on.
    pub(super) scale: Option<(f64, f64)>,
    pub(super) groups: Vec<Group>,
    pub(super) nodes: Vec<NodeDraft>,
    pub(super) edges: Vec<EdgeDraft>,
    /// Who takes part in everything.
    pub(super) customer: Option<String>,
    /// Nodes that stand for a whole stage as an end of a link.
    pub(super) subgraph_ends: Vec<usize>,
    /// Nodes that are no touchpoints after all.
    pub(super) gone: Vec<usize>,
    /// The stage that is open while a text is read.
    pub(super) current: Option<usize>,
    by_key: BTreeMap<String, usize>,
    /// What has no place in a map: how often, and where first.
    left_out: BTreeMap<&'static str, (usize, Span)>,
}

/// A stage in the making.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) remark: Option<Value>,
}

/// A touchpoint in the making.
#[derive(Clone, Debug)]
pub(super) struct NodeDraft {
    pub(super) key: String,
    /// Its visible name, if it has one beside its key.
    pub(super) name: Option<String>,
    pub(super) group: Option<usize>,
    pub(super) remark: Option<Value>,
    /// The score that the format itself shows.
    pub(super) score: Option<f64>,
    pub(super) owner: Option<String>,
    pub(super) span: Span,
}

/// A transition in the making.
#[derive(Clone, Debug)]
pub(super) struct EdgeDraft {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) share: Option<f64>,
    pub(super) label: Option<String>,
    pub(super) span: Span,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        source: SourceId,
        wave: &str,
        problems: &'a mut Diagnostics,
    ) -> Self {
        Self {
            source,
            wave: wave.to_owned(),
            problems,
            title: None,
            remark: None,
            scale: None,
            groups: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
            customer: None,
            subgraph_ends: Vec::new(),
            gone: Vec::new(),
            current: None,
            by_key: BTreeMap::new(),
            left_out: BTreeMap::new(),
        }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { source: self.source, start, end: end.max(start) }
    }

    /// The group with this key; a new one at the end if there is none.
    pub(super) fn group(&mut self, key: &str, name: &str) -> usize {
        if let Some(at) = self.groups.iter().position(|it| it.key == key) {
            return at;
        }
        let (key, name) = (key.to_owned(), name.to_owned());
        self.groups.push(Group { key, name, remark: None });
        self.groups.len() - 1
    }

    /// The node with this key; a new one at the end if there is none.
    pub(super) fn node(&mut self, key: &str, span: Span) -> usize {
        if let Some(at) = self.by_key.get(key) {
            return *at;
        }
        self.by_key.insert(key.to_owned(), self.nodes.len());
        self.nodes.push(NodeDraft {
            key: key.to_owned(),
            name: None,
            group: None,
            remark: None,
            score: None,
            owner: None,
            span,
        });
        self.nodes.len() - 1
    }

    /// The node with this key, if there is one.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Says what is wrong at a place, and what was expected there.
    pub(super) fn wrong(
        &mut self,
        span: Span,
        message: impl Into<String>,
        expected: &str,
    ) {
        let problem = Diagnostic::error(Code::IMPORT_SYNTAX, span, message)
            .note(format!("expected {expected}"));
        self.problems.push(problem);
    }

    /// Remembers that something has no place in a map; `what` is told in the plural.
    pub(super) fn leave_out(&mut self, what: &'static str, span: Span) {
        self.left_out.entry(what).or_insert((0, span)).0 += 1;
    }

    /// Says how something was read that could be meant otherwise.
    pub(super) fn read_as(&mut self, span: Span, message: impl Into<String>) {
        self.problems.push(Diagnostic::warning(Code::READ_AS, span, message));
    }

    /// Takes out links to whole stages, which a map has not.
    pub(super) fn tell_subgraph_ends(&mut self) {
        let ends = std::mem::take(&mut self.subgraph_ends);
        let is_end = |at: usize| ends.contains(&at);
        let edges = std::mem::take(&mut self.edges);
        for edge in edges {
            if is_end(edge.from) || is_end(edge.to) {
                self.leave_out("a link to or from a whole group", edge.span);
            } else {
                self.edges.push(edge);
            }
        }
        // Positions of the others must not move: these are told apart by their key.
        for at in ends {
            self.gone.push(at);
        }
    }

    /// Says what was left out, each kind once.
    pub(super) fn tell_left_out(&mut self) {
        for (what, (count, span)) in std::mem::take(&mut self.left_out) {
            let times =
                if count == 1 { "once".to_owned() } else { format!("{count} times") };
            let message = format!("{what} cannot be carried over, found {times}");
            let problem = Diagnostic::warning(Code::NOT_CARRIED_OVER, span, message)
                .note("a map has no place for it; everything else was read");
            self.problems.push(problem);
        }
    }
}
