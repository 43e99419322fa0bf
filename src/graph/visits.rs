//! Expected visits: how often a customer meets each touchpoint, as the flow says.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::{Direction::Outgoing, visit::EdgeRef};

use super::{
    JourneyGraph,
    walk::{is_taken, reached},
};

/// Expected visits, by touchpoint in the order of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Visits {
    /// Expected visits per customer, 0 or more.
    pub expected: Vec<f64>,
    /// Chance, 0–1, that a customer comes to the touchpoint at all, if where they go next
    /// hangs on nothing but where they are. Surveys and logs know better (METHOD §11.3): it
    /// serves to tell first visits from repeated ones.
    pub at_all: Vec<f64>,
    /// Share, 0–1, of the customers who come to the end of the journey.
    pub completion: f64,
}

/// Expected visits per customer; `None` when a share that matters is not known, or customers
/// go round for ever.
///
/// Solves (I − Q)′u = e, where Q holds the shares between touchpoints and e the shares of the
/// entries (Kemeny & Snell, *Finite Markov Chains*, 1960, ch. 3), touchpoint by touchpoint
/// and without subtractions (Grassmann, Taksar & Heyman, Oper. Res. 33:1107, 1985). The
/// diagonal of (I − Q)⁻¹, which divides visits into the first and the others, comes from the
/// same elimination (Takahashi, Fagan & Chin 1973). Never assumes equal shares.
#[must_use]
pub fn visits(graph: &JourneyGraph) -> Option<Visits> {
    let mut chain = Chain::new(graph)?;
    let steps = chain.eliminate()?;
    let n = chain.entering.len();
    let mut expected = vec![0.0; n];
    let mut between: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); n];
    for step in steps.iter().rev() {
        let later: f64 = step.from.iter().map(|(at, share)| expected[*at] * share).sum();
        expected[step.node] = (step.entering + later) / step.leaving;
        step.visits_between(&mut between);
    }
    let at_all = (0..n).map(|node| {
        let once_there = between[node].get(&node).copied().unwrap_or(1.0);
        (expected[node] / once_there).min(1.0)
    });
    let completion = chain.completion(&expected);
    Some(Visits { at_all: at_all.collect(), expected, completion })
}

/// The touchpoints as states of an absorbing chain.
struct Chain {
    /// Share of all customers who begin at each state, and later those that come through
    /// eliminated ones.
    entering: Vec<f64>,
    /// Shares to other states.
    to: Vec<BTreeMap<usize, f64>>,
    /// Shares from other states.
    from: Vec<BTreeMap<usize, f64>>,
    /// Share who end there, complete or not.
    ending: Vec<f64>,
    /// Share who complete from there, as the flow says.
    completing: Vec<f64>,
    /// Share of all customers who complete without a touchpoint.
    past_everything: f64,
    /// States that nobody comes to.
    idle: Vec<bool>,
}

/// One state taken out: what it was to those that remained.
struct Step {
    node: usize,
    entering: f64,
    /// Share who go elsewhere: 1 less the share who stay.
    leaving: f64,
    to: BTreeMap<usize, f64>,
    from: BTreeMap<usize, f64>,
    /// All states that it was linked with, or would have been had every link gone both ways:
    /// each two of them are linked with one another from then on.
    around: BTreeSet<usize>,
}

impl Chain {
    /// `None` when a share out of a touchpoint that customers come to is not known.
    fn new(graph: &JourneyGraph) -> Option<Self> {
        let n = graph.touchpoints().count();
        let met = reached(graph, &[graph.start()], Outgoing);
        let mut chain = Self {
            entering: vec![0.0; n],
            to: vec![BTreeMap::new(); n],
            from: vec![BTreeMap::new(); n],
            ending: vec![0.0; n],
            completing: vec![0.0; n],
            past_everything: 0.0,
            idle: (0..n).map(|node| !met[node]).collect(),
        };
        for edge in graph.inner().edge_references() {
            if !met[edge.source().index()] || !is_taken(edge.weight()) {
                continue;
            }
            let share = edge.weight().share?;
            match (graph.touchpoint(edge.source()), graph.touchpoint(edge.target())) {
                (Some(from), Some(to)) => {
                    *chain.to[from.0].entry(to.0).or_default() += share;
                    *chain.from[to.0].entry(from.0).or_default() += share;
                }
                (None, Some(to)) => chain.entering[to.0] += share,
                (Some(from), None) => chain.completing[from.0] += share,
                (None, None) => chain.past_everything += share,
            }
        }
        for node in graph.touchpoints().filter(|node| met[node.index()]) {
            let at = node.index();
            chain.ending[at] = chain.completing[at] + graph.abandoning(node)?;
        }
        Some(chain)
    }

    /// Takes out one state after the other, those with few neighbours first, so that little
    /// is filled in; `None` when customers go round for ever.
    fn eliminate(&mut self) -> Option<Vec<Step>> {
        let n = self.entering.len();
        let mut near: Vec<BTreeSet<usize>> = (0..n)
            .map(|node| {
                let ends = self.to[node].keys().chain(self.from[node].keys());
                ends.copied().filter(|other| *other != node).collect()
            })
            .collect();
        let mut open: BTreeSet<(usize, usize)> = (0..n)
            .filter(|node| !self.idle[*node])
            .map(|node| (near[node].len(), node))
            .collect();
        let mut steps = Vec::new();
        while let Some((_, node)) = open.pop_first() {
            let around = std::mem::take(&mut near[node]);
            for one in &around {
                open.remove(&(near[*one].len(), *one));
                near[*one].remove(&node);
                near[*one].extend(around.iter().filter(|other| *other != one));
                open.insert((near[*one].len(), *one));
            }
            steps.push(Step { around, ..self.take_out(node)? });
        }
        Some(steps)
    }

    fn take_out(&mut self, node: usize) -> Option<Step> {
        let mut to = std::mem::take(&mut self.to[node]);
        let mut from = std::mem::take(&mut self.from[node]);
        to.remove(&node);
        from.remove(&node);
        let leaving = to.values().sum::<f64>() + self.ending[node];
        if leaving <= 0.0 {
            return None;
        }
        for (before, coming) in &from {
            self.to[*before].remove(&node);
            let through = coming / leaving;
            self.ending[*before] += through * self.ending[node];
            for (after, going) in &to {
                let share = through * going;
                *self.to[*before].entry(*after).or_default() += share;
                *self.from[*after].entry(*before).or_default() += share;
            }
        }
        let entering = self.entering[node];
        for (after, going) in &to {
            self.from[*after].remove(&node);
            self.entering[*after] += entering / leaving * going;
        }
        Some(Step { node, entering, leaving, to, from, around: BTreeSet::new() })
    }

    fn completion(&self, expected: &[f64]) -> f64 {
        let through = expected.iter().zip(&self.completing);
        let through: f64 = through.map(|(visits, share)| visits * share).sum();
        (self.past_everything + through).min(1.0)
    }
}

impl Step {
    /// Expected visits to one state from another, among this one and its neighbours: those
    /// among the neighbours are known when the states are put back in reverse order.
    fn visits_between(&self, between: &mut [BTreeMap<usize, f64>]) {
        let known = |between: &[BTreeMap<usize, f64>], from: usize, to: usize| {
            between[from].get(&to).copied().unwrap_or(0.0)
        };
        let node = self.node;
        for other in &self.around {
            let out: f64 =
                self.to.iter().map(|(at, it)| it * known(between, *at, *other)).sum();
            let back: f64 =
                self.from.iter().map(|(at, it)| it * known(between, *other, *at)).sum();
            between[node].insert(*other, out / self.leaving);
            between[*other].insert(node, back / self.leaving);
        }
        let again: f64 =
            self.to.iter().map(|(at, share)| share * known(between, *at, node)).sum();
        between[node].insert(node, (1.0 + again) / self.leaving);
    }
}
