//! Single ways through the journey: the most travelled, the best and the worst.

use std::{cmp::Reverse, collections::BinaryHeap};

use petgraph::{
    Direction::{Incoming, Outgoing},
    graph::NodeIndex,
    visit::EdgeRef,
};

use crate::model::TouchpointIndex;

use super::{
    Edge, JourneyGraph,
    order::order,
    walk::{is_taken, reached},
};

/// Which end of the scores a path is looked for at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extreme {
    /// The highest mean score.
    Best,
    /// The lowest mean score.
    Worst,
}

/// The way from the start to the end that most customers take exactly so: the simple path
/// with the largest product of shares. Of equally travelled ones that with fewest
/// touchpoints, then the first in the order of the map. `None` when a share that matters is
/// not known, or nobody completes.
///
/// No share is over 1, so that going round never makes a path more travelled. Dijkstra, Numer.
/// Math. 1, 1959.
#[must_use]
pub fn most_travelled(graph: &JourneyGraph) -> Option<Vec<TouchpointIndex>> {
    let met = reached(graph, &[graph.start()], Outgoing);
    let unknown = graph
        .inner()
        .edge_references()
        .any(|it| met[it.source().index()] && it.weight().share.is_none());
    if unknown {
        return None;
    }
    let rest = most_of_the_rest(graph);
    let mut path = Vec::new();
    let mut at = graph.start();
    while at != graph.end() {
        let here = rest[at.index()]?;
        // The first in the order of the map of those that are as good.
        let as_good = |edge: petgraph::graph::EdgeReference<'_, Edge>| {
            let share = edge.weight().share.unwrap_or(0.0);
            let there = rest[edge.target().index()]?;
            (through(share, there) == here).then_some(edge.target())
        };
        at = graph.inner().edges(at).filter_map(as_good).min()?;
        path.extend(graph.touchpoint(at));
    }
    Some(path)
}

/// How travelled the rest of a path is, and how short: the larger, the better. The share is
/// positive, so that its bits are in its order.
type Rest = (u64, Reverse<usize>);

/// The rest of a path by way of an edge with `share`.
fn through(share: f64, (rest, Reverse(length)): Rest) -> Rest {
    ((share * f64::from_bits(rest)).to_bits(), Reverse(length + 1))
}

/// The best rest of a path to the end from each node that has one.
fn most_of_the_rest(graph: &JourneyGraph) -> Vec<Option<Rest>> {
    let mut rest: Vec<Option<Rest>> = vec![None; graph.inner().node_count()];
    let mut open = BinaryHeap::from([((1.0_f64.to_bits(), Reverse(0)), graph.end())]);
    while let Some((key, node)) = open.pop() {
        if rest[node.index()].is_some() {
            continue;
        }
        rest[node.index()] = Some(key);
        for edge in graph.inner().edges_directed(node, Incoming) {
            let share = edge.weight().share.unwrap_or(0.0);
            if share > 0.0 && rest[edge.source().index()].is_none() {
                open.push((through(share, key), edge.source()));
            }
        }
    }
    rest
}

/// The path from the start to the end with the highest or lowest mean of the `scores` of its
/// touchpoints (by touchpoint in the order of the map), among those that never go back: no
/// transition from a touchpoint of a loop to the same one or to one that stands earlier in the
/// map. Touchpoints without a score are passed and do not count. Of equal paths that with
/// fewest touchpoints, then the first in the order of the map. `None` when no such path has a
/// score on it.
///
/// Over all simple paths of a graph with loops the question is NP-hard; without the ways
/// back the graph has none, and the mean is found by improving it until no path beats it
/// (Dinkelbach, Management Science 13:492, 1967).
#[must_use]
pub fn extreme(
    graph: &JourneyGraph,
    scores: &[Option<f64>],
    extreme: Extreme,
) -> Option<Vec<TouchpointIndex>> {
    let sign = match extreme {
        Extreme::Best => 1.0,
        Extreme::Worst => -1.0,
    };
    let scores: Vec<Option<f64>> =
        scores.iter().map(|score| score.map(|it| sign * it)).collect();
    let forward = Forward::new(graph, &scores);
    let mut path = forward.with_a_score()?;
    let mut mean = forward.mean(&path)?;
    // Each round raises the mean, and there are finitely many; a bound keeps rounding from
    // going on for ever.
    for _ in 0..64 {
        let next = forward.best_over(mean)?;
        let next_mean = forward.mean(&next)?;
        if next_mean <= mean {
            // Equal means: the tie-break of `best_over` decides, not where we began.
            if mean - next_mean < 1e-9 {
                path = next;
            }
            break;
        }
        (path, mean) = (next, next_mean);
    }
    Some(path.into_iter().filter_map(|node| graph.touchpoint(node)).collect())
}

/// The journey without its ways back.
struct Forward<'a> {
    graph: &'a JourneyGraph,
    scores: &'a [Option<f64>],
    /// Nodes on the way from the start to the end, the end first.
    backwards: Vec<NodeIndex>,
    /// Next nodes of each node, in the order of the map.
    next: Vec<Vec<NodeIndex>>,
}

/// The rest of a path: what it gains over a mean, its length, its next node.
type Gain = (f64, usize, Option<NodeIndex>);

impl<'a> Forward<'a> {
    fn new(graph: &'a JourneyGraph, scores: &'a [Option<f64>]) -> Self {
        let touchpoints = order(graph).into_iter().map(|at| graph.of(at));
        let mut place = vec![0; graph.inner().node_count()];
        let all = std::iter::once(graph.start()).chain(touchpoints);
        let all: Vec<NodeIndex> = all.chain([graph.end()]).collect();
        for (at, node) in all.iter().enumerate() {
            place[node.index()] = at;
        }
        // In this order every transition that goes on leads to a later place, and every
        // return to an earlier one or the same.
        let next = graph.inner().node_indices().map(|node| {
            let edges = graph.inner().edges(node).filter(|it| is_taken(it.weight()));
            let mut next: Vec<NodeIndex> = edges
                .map(|edge| edge.target())
                .filter(|to| place[to.index()] > place[node.index()])
                .collect();
            next.sort_unstable();
            next
        });
        let next: Vec<_> = next.collect();
        let completes = reached(graph, &[graph.end()], Incoming);
        let on_the_way = |node: &NodeIndex| completes[node.index()];
        let backwards = all.iter().copied().filter(on_the_way).rev().collect();
        Self { graph, scores, backwards, next }
    }

    fn score(&self, node: NodeIndex) -> Option<f64> {
        self.scores.get(self.graph.touchpoint(node)?.0).copied().flatten()
    }

    fn mean(&self, path: &[NodeIndex]) -> Option<f64> {
        let scores: Vec<f64> = path.iter().filter_map(|node| self.score(*node)).collect();
        let n = u32::try_from(scores.len()).ok().filter(|n| *n > 0)?;
        Some(scores.iter().sum::<f64>() / f64::from(n))
    }

    /// A path with a score on it: the one with most of them.
    fn with_a_score(&self) -> Option<Vec<NodeIndex>> {
        let path =
            self.longest(|node| if self.score(node).is_some() { 1.0 } else { 0.0 })?;
        path.iter().any(|node| self.score(*node).is_some()).then_some(path)
    }

    /// The path whose scores lie most over `mean`, added up.
    fn best_over(&self, mean: f64) -> Option<Vec<NodeIndex>> {
        let path = self.longest(|node| self.score(node).map_or(0.0, |it| it - mean))?;
        // A path without a score gains nothing and loses nothing; it is no answer.
        if path.iter().any(|node| self.score(*node).is_some()) {
            return Some(path);
        }
        self.with_a_score()
    }

    /// The path from the start to the end with the largest sum of `gain`; a difference below
    /// rounding counts as none, so that ties go to the shorter path and then to the map.
    fn longest(&self, gain: impl Fn(NodeIndex) -> f64) -> Option<Vec<NodeIndex>> {
        let mut rest: Vec<Option<Gain>> = vec![None; self.next.len()];
        for node in &self.backwards {
            let mut best: Option<Gain> =
                (*node == self.graph.end()).then_some((0.0, 0, None));
            for to in &self.next[node.index()] {
                let Some((sum, length, _)) = rest[to.index()] else { continue };
                let (sum, length) = (sum + gain(*to), length + 1);
                let better = best.is_none_or(|(most, least, _)| {
                    sum > most + 1e-9 || (sum > most - 1e-9 && length < least)
                });
                if better {
                    best = Some((sum, length, Some(*to)));
                }
            }
            rest[node.index()] = best;
        }
        let mut path = vec![self.graph.start()];
        let mut at = self.graph.start();
        while let Some(to) = rest[at.index()]?.2 {
            path.push(to);
            at = to;
        }
        Some(path)
    }
}

/// Share, 0–1, of all customers who take exactly this path of touchpoints from the start to
/// the end; `None` when a share on it is not known.
#[must_use]
pub fn travelled(graph: &JourneyGraph, path: &[TouchpointIndex]) -> Option<f64> {
    let mut share = 1.0;
    let ends = path.iter().map(|at| graph.of(*at)).chain([graph.end()]);
    let mut from = graph.start();
    for to in ends {
        let edge = graph.inner().edges_connecting(from, to).next()?;
        share *= edge.weight().share?;
        from = to;
    }
    Some(share)
}
