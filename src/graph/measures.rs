//! Everything the flow alone tells, as the analysis carries it.

use petgraph::{
    Direction::{self, Incoming, Outgoing},
    algo::dominators,
    graph::{EdgeIndex, NodeIndex},
    visit::EdgeFiltered,
};

use crate::model::{GraphFacts, Journey, Leaving, Node, Return, Rework};

use super::{
    JourneyGraph,
    loops::{loops, returns},
    order::order,
    visits::{Visits, visits},
    walk::{is_taken, reached},
};

/// What the flow alone tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Loops, hand-offs, entries, ends, unavoidable touchpoints, and what follows of the
    /// shares; paths and costs wait for the scores.
    pub facts: GraphFacts,
    /// Expected visits per customer by touchpoint, in the order of the map.
    pub visits: Option<Vec<f64>>,
}

/// Measures the graph of `journey`.
#[must_use]
pub fn measure(journey: &Journey, graph: &JourneyGraph) -> Measures {
    let visits = visits(graph);
    let names = Names { journey, graph };
    let around = |node: NodeIndex, direction: Direction| {
        let mut nodes: Vec<_> =
            graph.inner().neighbors_directed(node, direction).collect();
        nodes.sort_unstable();
        names.ids(&nodes)
    };
    let loops = loops(graph);
    let facts = GraphFacts {
        unavoidable: names.ids(&unavoidable(graph)),
        hand_offs: hand_offs(journey),
        traps: names.ids(&traps(graph)),
        entries: around(graph.start(), Outgoing),
        ends: around(graph.end(), Incoming),
        dead_ends: names.ids(&dead_ends(graph)),
        order: order(graph)
            .into_iter()
            .map(|at| journey.touchpoint(at).id.clone())
            .collect(),
        completion: visits.as_ref().map(|it| it.completion),
        leaving: names.leaving(visits.as_ref()),
        rework: loops.iter().map(|it| names.rework(it, visits.as_ref())).collect(),
        loops: loops.iter().map(|it| names.ids(it)).collect(),
        ..GraphFacts::default()
    };
    Measures { facts, visits: visits.map(|it| it.expected) }
}

/// Tells of nodes by the ids of their touchpoints.
struct Names<'a> {
    journey: &'a Journey,
    graph: &'a JourneyGraph,
}

impl Names<'_> {
    fn id(&self, node: NodeIndex) -> Option<String> {
        self.graph.touchpoint(node).map(|index| self.journey.touchpoint(index).id.clone())
    }

    fn ids(&self, nodes: &[NodeIndex]) -> Vec<String> {
        nodes.iter().filter_map(|node| self.id(*node)).collect()
    }

    fn leaving(&self, visits: Option<&Visits>) -> Vec<Leaving> {
        let of = |node: NodeIndex| {
            let share = self.graph.abandoning(node).filter(|share| *share > 0.0)?;
            let expected = visits.and_then(|it| it.expected.get(node.index()));
            let customers = expected.map(|it| it * share);
            Some(Leaving { touchpoint: self.id(node)?, share, customers })
        };
        self.graph.touchpoints().filter_map(of).collect()
    }

    fn rework(&self, members: &[NodeIndex], visits: Option<&Visits>) -> Rework {
        let again = |visits: &Visits| -> Vec<f64> {
            let of = |node: &NodeIndex| {
                (visits.expected[node.index()] - visits.at_all[node.index()]).max(0.0)
            };
            members.iter().map(of).collect()
        };
        let repeats = visits.map(again);
        let back = returns(self.graph, members);
        Rework {
            touchpoints: self.ids(members),
            returns: back.iter().filter_map(|it| self.way_back(*it, visits)).collect(),
            repeat_visits: repeats.as_ref().map(|it| it.iter().sum()),
            repeats,
            ..Rework::default()
        }
    }

    fn way_back(&self, edge: EdgeIndex, visits: Option<&Visits>) -> Option<Return> {
        let (from, to) = self.graph.inner().edge_endpoints(edge)?;
        let share = self.graph.inner().edge_weight(edge)?.share;
        let expected = visits.and_then(|it| it.expected.get(from.index()));
        Some(Return {
            from: self.id(from)?,
            to: self.id(to)?,
            share,
            per_customer: share.zip(expected).map(|(share, visits)| share * visits),
        })
    }
}

/// Touchpoints that every way from the start to the end passes: the dominators of the end.
///
/// Reference: K. Cooper, T. Harvey, K. Kennedy, “A simple, fast dominance algorithm”, 2001.
fn unavoidable(graph: &JourneyGraph) -> Vec<NodeIndex> {
    let taken = EdgeFiltered::from_fn(graph.inner(), |edge| is_taken(edge.weight()));
    let dominators = dominators::simple_fast(&taken, graph.start());
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
    let exits = graph
        .touchpoints()
        .filter(|node| graph.abandoning(*node).is_some_and(|share| share > 0.0));
    let exits: Vec<NodeIndex> = exits.chain([graph.end()]).collect();
    let free = reached(graph, &exits, Incoming);
    graph.touchpoints().filter(|node| !free[node.index()]).collect()
}

/// Touchpoints that customers come to, and from which they can leave, but never complete.
pub(super) fn dead_ends(graph: &JourneyGraph) -> Vec<NodeIndex> {
    let completes = reached(graph, &[graph.end()], Incoming);
    let met = reached(graph, &[graph.start()], Outgoing);
    let trapped = traps(graph);
    graph
        .touchpoints()
        .filter(|it| met[it.index()] && !completes[it.index()] && !trapped.contains(it))
        .collect()
}

/// Touchpoints that no way from the start leads to.
pub(super) fn unreachable(graph: &JourneyGraph) -> Vec<NodeIndex> {
    let met = reached(graph, &[graph.start()], Outgoing);
    graph.touchpoints().filter(|node| !met[node.index()]).collect()
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
