//! Everything the flow alone tells, as the analysis carries it.

use petgraph::{
    Direction,
    algo::dominators,
    graph::NodeIndex,
    visit::{Bfs, Reversed},
};

use crate::model::{GraphFacts, Journey, Node};

use super::{JourneyGraph, loops::loops, visits::expected_visits};

/// What the flow alone tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Loops, hand-offs, entries, ends, unavoidable touchpoints.
    pub facts: GraphFacts,
    /// Expected visits per customer by touchpoint, in the order of the map.
    pub visits: Option<Vec<f64>>,
}

/// Measures the graph of `journey`.
#[must_use]
pub fn measure(journey: &Journey, graph: &JourneyGraph) -> Measures {
    let id = |node: NodeIndex| {
        graph.touchpoint(node).map(|index| journey.touchpoint(index).id.clone())
    };
    let ids =
        |nodes: Vec<NodeIndex>| nodes.into_iter().filter_map(id).collect::<Vec<_>>();
    let around = |node: NodeIndex, direction| {
        let mut nodes: Vec<_> =
            graph.inner().neighbors_directed(node, direction).collect();
        nodes.sort_unstable();
        nodes
    };
    let facts = GraphFacts {
        unavoidable: ids(unavoidable(graph)),
        loops: loops(graph).into_iter().map(ids).collect(),
        hand_offs: hand_offs(journey),
        traps: ids(traps(graph)),
        entries: ids(around(graph.start(), Direction::Outgoing)),
        ends: ids(around(graph.end(), Direction::Incoming)),
    };
    Measures { facts, visits: expected_visits(graph) }
}

/// Touchpoints that every way from the start to the end passes: the dominators of the end.
///
/// Reference: K. Cooper, T. Harvey, K. Kennedy, “A simple, fast dominance algorithm”, 2001.
fn unavoidable(graph: &JourneyGraph) -> Vec<NodeIndex> {
    let dominators = dominators::simple_fast(graph.inner(), graph.start());
    let Some(chain) = dominators.strict_dominators(graph.end()) else {
        return Vec::new();
    };
    let mut nodes: Vec<NodeIndex> =
        chain.filter(|node| graph.touchpoint(*node).is_some()).collect();
    nodes.sort_unstable();
    nodes
}

/// Touchpoints from which no way leads out: neither to the end nor by leaving on the way.
pub(super) fn traps(graph: &JourneyGraph) -> Vec<NodeIndex> {
    let reversed = Reversed(graph.inner());
    let mut free = vec![false; graph.inner().node_count()];
    let exits = graph
        .touchpoints()
        .filter(|node| graph.abandoning(*node).is_some_and(|share| share > 0.0));
    for exit in exits.chain([graph.end()]) {
        if free[exit.index()] {
            continue;
        }
        let mut walk = Bfs::new(reversed, exit);
        while let Some(node) = walk.next(reversed) {
            free[node.index()] = true;
        }
    }
    graph.touchpoints().filter(|node| !free[node.index()]).collect()
}

/// Touchpoints that no way from the start leads to.
pub(super) fn unreachable(graph: &JourneyGraph) -> Vec<NodeIndex> {
    let mut reached = vec![false; graph.inner().node_count()];
    let mut walk = Bfs::new(graph.inner(), graph.start());
    while let Some(node) = walk.next(graph.inner()) {
        reached[node.index()] = true;
    }
    graph.touchpoints().filter(|node| !reached[node.index()]).collect()
}

/// Transitions across which somebody else takes over.
fn hand_offs(journey: &Journey) -> Vec<[String; 2]> {
    let touchpoint = |node: Node| match node {
        Node::Touchpoint(index) => Some(journey.touchpoint(index)),
        Node::Start | Node::End => None,
    };
    let mut hand_offs = Vec::new();
    for transition in &journey.flow.transitions {
        let (Some(from), Some(to)) =
            (touchpoint(transition.from), touchpoint(transition.to))
        else {
            continue;
        };
        if from.owner.is_some() && to.owner.is_some() && from.owner != to.owner {
            hand_offs.push([from.id.clone(), to.id.clone()]);
        }
    }
    hand_offs
}
