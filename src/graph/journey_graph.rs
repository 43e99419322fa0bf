//! A journey's flow as a directed graph, with one entry, one completion, and shares filled in.

use petgraph::{
    graph::{DiGraph, EdgeIndex, NodeIndex},
    visit::EdgeRef,
};

use crate::model::{Journey, Node, TouchpointIndex};

/// An edge of the graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Share, 0–1, of the customers at its source who take it; `None` when it is not known.
    pub share: Option<f64>,
    /// Position in the journey's transitions; `None` for an implied step from the start or
    /// to the end.
    pub transition: Option<usize>,
}

/// The flow of a journey with its super-entry (`start`) and completion (`end`).
///
/// Implied edges: from the start to every touchpoint that nothing leads to (the first
/// touchpoint, if something leads to each), and from every touchpoint that leads nowhere to
/// the end. Where all shares out of a touchpoint are given and add up to less than 1, the
/// rest leave the journey there: that is no edge, see [`JourneyGraph::abandoning`].
#[derive(Clone, Debug)]
pub struct JourneyGraph {
    pub(super) graph: DiGraph<Node, Edge>,
    start: NodeIndex,
    end: NodeIndex,
    touchpoints: usize,
}

/// Shares that add up to this much less than 1 are taken for rounding.
pub(super) const ROUNDING: f64 = 1e-9;

impl JourneyGraph {
    /// Builds the graph of `journey`.
    #[must_use]
    pub fn new(journey: &Journey) -> Self {
        let touchpoints = journey.touchpoints.len();
        let mut graph = DiGraph::new();
        for index in 0..touchpoints {
            graph.add_node(Node::Touchpoint(TouchpointIndex(index)));
        }
        let start = graph.add_node(Node::Start);
        let end = graph.add_node(Node::End);
        let mut built = Self { graph, start, end, touchpoints };
        for (position, transition) in journey.flow.transitions.iter().enumerate() {
            let edge = Edge { share: transition.share, transition: Some(position) };
            let (from, to) = (built.index(transition.from), built.index(transition.to));
            built.graph.add_edge(from, to, edge);
        }
        built.imply_ends();
        built.imply_entries();
        built.fill_shares();
        built
    }

    /// The petgraph graph; its node weights are [`Node`]s.
    #[must_use]
    pub fn inner(&self) -> &DiGraph<Node, Edge> {
        &self.graph
    }

    /// Where customers come from.
    #[must_use]
    pub fn start(&self) -> NodeIndex {
        self.start
    }

    /// Where the journey is complete.
    #[must_use]
    pub fn end(&self) -> NodeIndex {
        self.end
    }

    /// The node of a touchpoint.
    #[must_use]
    pub fn of(&self, touchpoint: TouchpointIndex) -> NodeIndex {
        NodeIndex::new(touchpoint.0)
    }

    /// The touchpoint at `node`, if it is one.
    #[must_use]
    pub fn touchpoint(&self, node: NodeIndex) -> Option<TouchpointIndex> {
        (node.index() < self.touchpoints).then_some(TouchpointIndex(node.index()))
    }

    /// The edge between two ends of transitions, stated or implied; there is at most one.
    #[must_use]
    pub fn edge(&self, from: Node, to: Node) -> Option<EdgeIndex> {
        self.graph.find_edge(self.index(from), self.index(to))
    }

    /// All touchpoints in the order of the map.
    pub fn touchpoints(&self) -> impl Iterator<Item = NodeIndex> + use<> {
        (0..self.touchpoints).map(NodeIndex::new)
    }

    /// Share, 0–1, of the customers at `node` who leave the journey there unfinished; `None`
    /// when it is not known.
    #[must_use]
    pub fn abandoning(&self, node: NodeIndex) -> Option<f64> {
        let mut sum = 0.0;
        for edge in self.graph.edges(node) {
            sum += edge.weight().share?;
        }
        let rest = 1.0 - sum;
        Some(if rest < ROUNDING { 0.0 } else { rest })
    }

    /// Share, 0–1, of the customers at its start who take each transition, in the order of
    /// the map: as stated, or what the others leave; `None` where that is not known.
    #[must_use]
    pub fn shares(&self) -> Vec<Option<f64>> {
        let mut shares = Vec::new();
        for edge in self.graph.edge_weights() {
            if let Some(position) = edge.transition {
                shares.resize(shares.len().max(position + 1), None);
                shares[position] = edge.share;
            }
        }
        shares
    }

    /// The graph node of an end of a transition.
    #[must_use]
    pub fn index(&self, node: Node) -> NodeIndex {
        match node {
            Node::Start => self.start,
            Node::End => self.end,
            Node::Touchpoint(index) => NodeIndex::new(index.0),
        }
    }

    fn imply_ends(&mut self) {
        for node in self.touchpoints() {
            let leads_on = self.graph.neighbors(node).any(|to| to != node);
            let returns: Option<f64> =
                self.graph.edges(node).map(|edge| edge.weight().share).sum();
            // A touchpoint that only returns to itself ends for all who do not return.
            if !leads_on && returns.is_some_and(|share| share < 1.0 - ROUNDING) {
                self.graph.add_edge(
                    node,
                    self.end,
                    Edge { share: None, transition: None },
                );
            }
        }
    }

    fn imply_entries(&mut self) {
        if self.graph.neighbors(self.start).next().is_some() {
            return;
        }
        let entered = |node: NodeIndex| {
            self.graph
                .neighbors_directed(node, petgraph::Direction::Incoming)
                .any(|from| from != node)
        };
        let mut entries: Vec<NodeIndex> =
            self.touchpoints().filter(|node| !entered(*node)).collect();
        if entries.is_empty() {
            entries.extend(self.touchpoints().next());
        }
        for entry in entries {
            self.graph.add_edge(
                self.start,
                entry,
                Edge { share: None, transition: None },
            );
        }
    }

    /// The one edge of a node that has no share takes what the others leave.
    pub(super) fn fill_shares(&mut self) {
        for node in self.graph.node_indices() {
            let mut open =
                self.graph.edges(node).filter(|edge| edge.weight().share.is_none());
            let (Some(edge), None) = (open.next(), open.next()) else { continue };
            let id = edge.id();
            let given: f64 =
                self.graph.edges(node).filter_map(|edge| edge.weight().share).sum();
            if let Some(edge) = self.graph.edge_weight_mut(id) {
                edge.share = Some((1.0 - given).max(0.0));
            }
        }
    }
}
