//! Loops: groups of touchpoints that customers can go round in, and the ways back in them.

use petgraph::{graph::EdgeIndex, graph::NodeIndex, visit::EdgeRef};

use super::{
    JourneyGraph,
    walk::{components, is_taken},
};

/// Every loop, each in the order of the map, in the order of their first touchpoint: the
/// strongly connected components of more than one touchpoint, and the self-loops.
pub(super) fn loops(graph: &JourneyGraph) -> Vec<Vec<NodeIndex>> {
    let turns = |component: &Vec<NodeIndex>| match component[..] {
        [alone] => {
            graph.inner().edges_connecting(alone, alone).any(|it| is_taken(it.weight()))
        }
        _ => true,
    };
    let mut loops: Vec<Vec<NodeIndex>> =
        components(graph).into_iter().filter(turns).collect();
    loops.sort_unstable();
    loops
}

/// The returns of a loop: its transitions to the same touchpoint, or to one that stands
/// earlier in the map, in the order of the map. Whoever goes round takes at least one, and
/// without them no loop is left.
pub(super) fn returns(graph: &JourneyGraph, members: &[NodeIndex]) -> Vec<EdgeIndex> {
    let mut returns: Vec<EdgeIndex> = members
        .iter()
        .flat_map(|node| graph.inner().edges(*node))
        .filter(|edge| {
            is_taken(edge.weight())
                && edge.target() <= edge.source()
                && members.contains(&edge.target())
        })
        .map(|edge| edge.id())
        .collect();
    returns.sort_unstable();
    returns
}
