//! Another flow: shares changed, ways closed.

use petgraph::{
    graph::{EdgeIndex, NodeIndex},
    visit::EdgeRef,
};

use super::{JourneyGraph, journey_graph::ROUNDING, measures::traps};

/// A change of one transition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Nobody goes this way any more.
    Drop(EdgeIndex),
    /// This share, 0–1, of the customers at its source go this way.
    Share(EdgeIndex, f64),
}

/// Why a flow cannot be changed so; nodes are those of the graph.
#[derive(Clone, Debug, PartialEq)]
pub enum Impossible {
    /// One transition is changed twice.
    Twice(EdgeIndex),
    /// The shares set out of the node add up to this much, which is over 1.
    TooMuch(NodeIndex, f64),
    /// The node has no other way out, and nobody leaves the journey there.
    NoOtherWay(NodeIndex),
    /// Customers who come to these nodes could never leave.
    Trap(Vec<NodeIndex>),
}

impl Step {
    fn edge(self) -> EdgeIndex {
        match self {
            Self::Drop(edge) | Self::Share(edge, _) => edge,
        }
    }

    fn share(self) -> f64 {
        match self {
            Self::Drop(_) => 0.0,
            Self::Share(_, share) => share,
        }
    }
}

impl JourneyGraph {
    /// The flow with `steps` made, all at once.
    ///
    /// Those who no longer go a changed way, or newly do, are taken from the other ways out of
    /// its source in proportion to their shares, leaving the journey being one of them. Where
    /// all of them have no customers, what is left over leaves the journey unfinished. An
    /// unknown share stays unknown unless it is the only one.
    ///
    /// # Errors
    /// When the flow cannot be changed so, why.
    pub fn changed(&self, steps: &[Step]) -> Result<Self, Impossible> {
        let mut changed = self.clone();
        let mut seen: Vec<EdgeIndex> = Vec::new();
        for step in steps {
            if seen.contains(&step.edge()) {
                return Err(Impossible::Twice(step.edge()));
            }
            seen.push(step.edge());
        }
        for node in self.graph.node_indices() {
            let of = |step: &&Step| {
                self.graph
                    .edge_endpoints(step.edge())
                    .is_some_and(|(from, _)| from == node)
            };
            let here: Vec<Step> = steps.iter().filter(of).copied().collect();
            if !here.is_empty() {
                changed.redirect(node, &here)?;
            }
        }
        changed.fill_shares();
        let trapped = traps(&changed);
        let before = traps(self);
        if trapped.iter().all(|node| before.contains(node)) {
            Ok(changed)
        } else {
            Err(Impossible::Trap(trapped))
        }
    }

    fn redirect(&mut self, node: NodeIndex, steps: &[Step]) -> Result<(), Impossible> {
        let set: f64 = steps.iter().map(|step| step.share()).sum();
        if set > 1.0 + ROUNDING {
            return Err(Impossible::TooMuch(node, set));
        }
        let rest = (1.0 - set).max(0.0);
        let is_set = |edge: EdgeIndex| steps.iter().any(|step| step.edge() == edge);
        let leaving = self.abandoning(node);
        let edges = self.graph.edges(node).map(|edge| (edge.id(), edge.weight().share));
        let others: Vec<(EdgeIndex, Option<f64>)> =
            edges.filter(|(edge, _)| !is_set(*edge)).collect();
        let known: Option<f64> = others.iter().map(|(_, share)| *share).sum();
        let all = known.zip(leaving).map(|(known, leaving)| known + leaving);
        let only_drops = steps.iter().all(|step| matches!(step, Step::Drop(_)));
        match all {
            Some(all) if all > ROUNDING => {
                for (edge, share) in &others {
                    self.set(*edge, share.map(|share| share / all * rest));
                }
            }
            Some(_) if only_drops => return Err(Impossible::NoOtherWay(node)),
            Some(_) => {}
            // Known shares beside unknown ones: what each is of the rest is not known either.
            None => {
                for (edge, _) in &others {
                    self.set(*edge, None);
                }
            }
        }
        for step in steps {
            self.set(step.edge(), Some(step.share()));
        }
        Ok(())
    }

    fn set(&mut self, edge: EdgeIndex, share: Option<f64>) {
        if let Some(edge) = self.graph.edge_weight_mut(edge) {
            edge.share = share;
        }
    }
}
