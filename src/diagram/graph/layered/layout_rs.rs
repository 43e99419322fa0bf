//! The order of columns as layout-rs finds it: to compare with ours, `--engine layout-rs`.
//!
//! Columns and slots are ours, as are heights and lines: its own ranks part stages, and its
//! search for cycles takes exponential time. What is left to it is what it is good at in
//! journeys of some forty touchpoints: few crossings.

use layout::adt::dag::{DAG, NodeHandle};
use layout::topo::optimizer::EdgeCrossOptimizer;

use super::network::Network;
use super::order::Order;

/// An order of every column with few crossings.
pub(super) fn order(network: &Network) -> Order {
    let Some(first) = network.columns.iter().min() else {
        return Order::new(network, std::iter::empty());
    };
    let mut dag = DAG::new();
    // Its checks walk all paths of the graph.
    dag.set_validate(false);
    let handles: Vec<NodeHandle> = network.items.iter().map(|_| dag.new_node()).collect();
    for (handle, column) in handles.iter().zip(&network.columns) {
        // It turns every row round and does not expect one that is empty.
        dag.update_node_rank_level(*handle, column - first, None);
    }
    for (from, all) in handles.iter().zip(&network.right) {
        for to in all {
            dag.add_edge(*from, handles[*to]);
        }
    }
    EdgeCrossOptimizer::new(&mut dag).optimize();
    Order::new(network, dag.ranks().iter().flatten().map(NodeHandle::get_index))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::graph::layered::network::Arc;

    /// Two lines that cross as written: 0 → 3 and 1 → 2.
    #[test]
    fn a_crossing_that_need_not_be_is_taken_out() {
        let arcs = [Arc { left: 0, right: 3 }, Arc { left: 1, right: 2 }];
        let order = order(&Network::new(&[0, 0, 1, 1], &arcs, 10));
        let before = |one: usize, other: usize| order.places[one] < order.places[other];
        assert_eq!(before(0, 1), before(3, 2));
    }

    #[test]
    fn columns_that_a_part_does_not_reach_are_left_empty() {
        let order = order(&Network::new(&[2, 3], &[Arc { left: 0, right: 1 }], 10));
        assert_eq!(order.columns, [vec![], vec![], vec![0], vec![1]]);
        assert!(super::order(&Network::default()).columns.is_empty());
    }
}
