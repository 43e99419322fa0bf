//! Where customers can go: edges that are taken, and what they lead to.

use std::collections::VecDeque;

use petgraph::{
    Direction::{self, Incoming, Outgoing},
    algo::kosaraju_scc,
    graph::NodeIndex,
    visit::{EdgeFiltered, EdgeRef},
};

use super::{Edge, JourneyGraph};

/// Whether anybody takes an edge: one whose share is stated as 0 is no way.
pub(super) fn is_taken(edge: &Edge) -> bool {
    edge.share.is_none_or(|share| share > 0.0)
}

/// The nodes that can be come to from `sources` (`Outgoing`), or from which one of them can
/// be come to (`Incoming`); `sources` are among them.
pub(super) fn reached(
    graph: &JourneyGraph,
    sources: &[NodeIndex],
    direction: Direction,
) -> Vec<bool> {
    let mut reached = vec![false; graph.inner().node_count()];
    let mut open: VecDeque<NodeIndex> = sources.iter().copied().collect();
    for source in sources {
        reached[source.index()] = true;
    }
    while let Some(node) = open.pop_front() {
        for edge in graph.inner().edges_directed(node, direction) {
            let next = match direction {
                Outgoing => edge.target(),
                Incoming => edge.source(),
            };
            if is_taken(edge.weight()) && !reached[next.index()] {
                reached[next.index()] = true;
                open.push_back(next);
            }
        }
    }
    reached
}

/// Groups of nodes that lead to one another, each in the order of the map; a group comes
/// before every group that it leads to.
///
/// Reference: M. Sharir, “A strong-connectivity algorithm and its applications in data flow
/// analysis”, Computers & Mathematics with Applications 7(1), 1981.
pub(super) fn components(graph: &JourneyGraph) -> Vec<Vec<NodeIndex>> {
    let taken = EdgeFiltered::from_fn(graph.inner(), |edge| is_taken(edge.weight()));
    let mut components = kosaraju_scc(&taken);
    components.reverse();
    for component in &mut components {
        component.sort_unstable();
    }
    components
}
