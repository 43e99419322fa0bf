//! The order in which customers come to touchpoints, for curves.

use std::{cmp::Reverse, collections::BinaryHeap};

use petgraph::{graph::NodeIndex, visit::EdgeRef};

use crate::model::TouchpointIndex;

use super::{
    JourneyGraph,
    walk::{components, is_taken},
};

/// All touchpoints, each after those that lead to it, as far as the flow has no loops
/// (METHOD §11.3): a topological order of the groups that lead to one another. Within a
/// group, and wherever the flow leaves it open, the order of the map holds; where that
/// contradicts no transition that is taken, it is the order.
///
/// Reference: A. Kahn, “Topological sorting of large networks”, CACM 5(11), 1962.
#[must_use]
pub fn order(graph: &JourneyGraph) -> Vec<TouchpointIndex> {
    let components = components(graph);
    let mut group_of = vec![0; graph.inner().node_count()];
    for (group, members) in components.iter().enumerate() {
        for node in members {
            group_of[node.index()] = group;
        }
    }
    // The ways that make up the groups, and no others: a way that nobody takes could lead
    // from one group back to another, and neither would ever have its turn.
    let next = |group: usize| {
        let of = |node: &NodeIndex| {
            let edges = graph.inner().edges(*node).filter(|it| is_taken(it.weight()));
            edges.map(|edge| edge.target())
        };
        let groups = components[group].iter().flat_map(of);
        groups.map(|to| group_of[to.index()]).filter(move |it| *it != group)
    };
    let mut waits_for = vec![0_usize; components.len()];
    for group in 0..components.len() {
        for to in next(group) {
            waits_for[to] += 1;
        }
    }
    // The super-entry comes first, whatever its number.
    let first = |group: usize| match components[group].first() {
        Some(node) if *node == graph.start() => None,
        node => node.copied(),
    };
    let mut free: BinaryHeap<Reverse<(Option<NodeIndex>, usize)>> = (0..components.len())
        .filter(|group| waits_for[*group] == 0)
        .map(|group| Reverse((first(group), group)))
        .collect();
    let mut order = Vec::new();
    while let Some(Reverse((_, group))) = free.pop() {
        order.extend(components[group].iter().filter_map(|it| graph.touchpoint(*it)));
        for to in next(group) {
            waits_for[to] -= 1;
            if waits_for[to] == 0 {
                free.push(Reverse((first(to), to)));
            }
        }
    }
    order
}
