//! Loops: groups of touchpoints that customers can go round in.

use petgraph::{algo::tarjan_scc, graph::NodeIndex};

use super::JourneyGraph;

/// Every loop, each in the order of the map, in the order of their first touchpoint: the
/// strongly connected components of more than one touchpoint, and the self-loops.
///
/// Reference: R. Tarjan, “Depth-first search and linear graph algorithms”, SIAM J. Comput.
/// 1(2), 1972.
pub(super) fn loops(graph: &JourneyGraph) -> Vec<Vec<NodeIndex>> {
    let turns = |component: &Vec<NodeIndex>| match component[..] {
        [alone] => graph.inner().contains_edge(alone, alone),
        _ => true,
    };
    let mut loops: Vec<Vec<NodeIndex>> =
        tarjan_scc(graph.inner()).into_iter().filter(turns).collect();
    for component in &mut loops {
        component.sort_unstable();
    }
    loops.sort_unstable();
    loops
}
