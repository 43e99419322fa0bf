//! The parts of a journey that nothing joins, each with its network in order.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::layout_rs;
use super::network::{Arc, Network};
use super::order::Order;
use super::search::search;
use super::sketch::Sketch;
use super::work::Work;
use crate::diagram::graph::Engine;

/// Most slots of a graph; what would need more runs under everything.
const SLOTS: usize = 40_000;
/// Slots for each node that a part has in any case.
const SLOTS_EACH: usize = 20;

/// A part.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// By node of its network: the node of the sketch.
    pub(super) nodes: Vec<usize>,
    /// By path of its network: the line of the sketch.
    pub(super) lines: Vec<usize>,
    /// Its network.
    pub(super) network: Network,
    /// The order of its columns.
    pub(super) order: Order,
}

/// Nodes that are joined, and the arcs between them with their lines.
type Members = (Vec<usize>, Vec<(usize, Arc)>);

/// The parts of `sketch`, the largest first, in the order that `engine` finds.
pub(super) fn parts(sketch: &Sketch, engine: Engine) -> Vec<Part> {
    let arcs = sketch.arcs();
    let groups = groups(sketch.columns.len(), &arcs);
    let mut by_group: BTreeMap<usize, Members> = BTreeMap::new();
    for (node, group) in groups.iter().enumerate() {
        by_group.entry(*group).or_default().0.push(node);
    }
    for (line, arc) in arcs {
        by_group.entry(groups[arc.left]).or_default().1.push((line, arc));
    }
    let mut joined: Vec<_> = by_group.into_values().collect();
    joined.sort_by_key(|(nodes, _)| Reverse(nodes.len()));
    let share = SLOTS / joined.len().max(1);
    joined
        .into_iter()
        .map(|(nodes, arcs)| part((sketch, engine), nodes, &arcs, share))
        .collect()
}

fn part(
    (sketch, engine): (&Sketch, Engine),
    nodes: Vec<usize>,
    arcs: &[(usize, Arc)],
    slots: usize,
) -> Part {
    let within: BTreeMap<usize, usize> =
        nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let inner = |(line, arc): &(usize, Arc)| {
        let (left, right) = (*within.get(&arc.left)?, *within.get(&arc.right)?);
        Some((*line, Arc { left, right }))
    };
    let (lines, arcs): (Vec<usize>, Vec<Arc>) = arcs.iter().filter_map(inner).unzip();
    let columns: Vec<usize> = nodes.iter().map(|node| sketch.columns[*node]).collect();
    let slots = slots.max(SLOTS_EACH * nodes.len()).min(SLOTS);
    let network = Network::new(&columns, &arcs, slots);
    let order = match engine {
        Engine::Stages => {
            search(&network, Work::share(nodes.len(), sketch.columns.len()))
        }
        Engine::LayoutRs => layout_rs::order(&network),
    };
    Part { nodes, lines, network, order }
}

/// By node: the first node of all that are joined to it.
fn groups(nodes: usize, arcs: &[(usize, Arc)]) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..nodes).collect();
    for (_, arc) in arcs {
        let (one, other) = (head(&mut heads, arc.left), head(&mut heads, arc.right));
        heads[one.max(other)] = one.min(other);
    }
    (0..nodes).map(|node| head(&mut heads, node)).collect()
}

/// The node that stands for all that are joined to `node`, paths being halved on the way:
/// R. E. Tarjan and J. van Leeuwen, “Worst-case analysis of set union algorithms”, 1984.
fn head(heads: &mut [usize], mut node: usize) -> usize {
    while heads[node] != node {
        heads[node] = heads[heads[node]];
        node = heads[node];
    }
    node
}
