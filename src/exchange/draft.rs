//! A map in the making: what a reader of another format finds, before ids are given.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diag::{Code, Diagnostic, Diagnostics, SourceId, Span};

/// Most transitions of a draft, and most bytes of their labels: a few bytes of a format can
/// link every node with every other, each with the same label.
const MOST_EDGES: usize = 100_000;
const MOST_LABELS: usize = 1 << 26;

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
    edges: Vec<EdgeDraft>,
    /// Bytes of their labels.
    labels: usize,
    /// Whether there were too many of either.
    overfull: bool,
    /// Who takes part in everything.
    pub(super) customer: Option<String>,
    /// Nodes that stand for a whole stage as an end of a link.
    pub(super) subgraph_ends: Vec<usize>,
    /// Nodes that are no touchpoints after all.
    pub(super) gone: Vec<usize>,
    /// The stage that is open while a text is read.
    pub(super) current: Option<usize>,
    by_key: BTreeMap<String, usize>,
    groups_by_key: BTreeMap<String, usize>,
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
            labels: 0,
            overfull: false,
            customer: None,
            subgraph_ends: Vec::new(),
            gone: Vec::new(),
            current: None,
            by_key: BTreeMap::new(),
            groups_by_key: BTreeMap::new(),
            left_out: BTreeMap::new(),
        }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { source: self.source, start, end: end.max(start) }
    }

    /// The group with this key; a new one at the end if there is none.
    pub(super) fn group(&mut self, key: &str, name: &str) -> usize {
        if let Some(at) = self.find_group(key) {
            return at;
        }
        self.groups_by_key.insert(key.to_owned(), self.groups.len());
        let (key, name) = (key.to_owned(), name.to_owned());
        self.groups.push(Group { key, name, remark: None });
        self.groups.len() - 1
    }

    /// The group with this key, if there is one.
    pub(super) fn find_group(&self, key: &str) -> Option<usize> {
        self.groups_by_key.get(key).copied()
    }

    /// The transitions found so far.
    pub(super) fn edges(&self) -> &[EdgeDraft] {
        &self.edges
    }

    /// Takes out all transitions.
    pub(super) fn take_edges(&mut self) -> Vec<EdgeDraft> {
        std::mem::take(&mut self.edges)
    }

    /// Adds a transition; one too many is said once, and leaves no map.
    pub(super) fn edge(&mut self, edge: EdgeDraft) {
        self.labels += edge.label.as_ref().map_or(0, String::len);
        if self.edges.len() < MOST_EDGES && self.labels <= MOST_LABELS {
            self.edges.push(edge);
        } else if !std::mem::replace(&mut self.overfull, true) {
            self.wrong(
                edge.span,
                "here are more transitions than any map needs",
                "at most 100,000 of them, with 64 MiB of labels",
            );
        }
    }

    /// Whether further transitions would be too many.
    pub(super) fn is_overfull(&self) -> bool {
        self.overfull
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
        let ends: BTreeSet<usize> =
            std::mem::take(&mut self.subgraph_ends).into_iter().collect();
        for edge in self.take_edges() {
            if ends.contains(&edge.from) || ends.contains(&edge.to) {
                self.leave_out("a link to or from a whole group", edge.span);
            } else {
                self.edges.push(edge);
            }
        }
        // Positions of the others must not move: these are told apart by their key.
        self.gone.extend(ends);
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
