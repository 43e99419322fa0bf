//! Transitions as pictures show them.

use crate::diagram::{Place, Transit};
use crate::graph::JourneyGraph;
use crate::model::{Node, TouchpointIndex, Transition};

use super::super::context::Context;
use super::super::number;

/// Every transition of the map; where customers come in and leave is added from the
/// analysis when the map does not say it.
pub(super) fn links(context: &Context<'_>) -> Vec<Transit> {
    let transitions = &context.journey.flow.transitions;
    let shares = JourneyGraph::new(context.journey).shares();
    let mut links: Vec<Transit> = transitions
        .iter()
        .zip(shares)
        .map(|(transition, share)| stated(context, transition, share))
        .collect();
    if !links.iter().any(|link| link.from == Place::Start) {
        links.extend(implied(context, &context.analysis.graph.entries, |at| {
            (Place::Start, Place::At(at))
        }));
    }
    if !links.iter().any(|link| link.to == Place::End) {
        links.extend(implied(context, &context.analysis.graph.ends, |at| {
            (Place::At(at), Place::End)
        }));
    }
    links
}

fn implied(
    context: &Context<'_>,
    ids: &[String],
    ends: impl Fn(usize) -> (Place, Place),
) -> Vec<Transit> {
    let indexes = ids.iter().filter_map(|id| context.index(id));
    indexes
        .map(|at| {
            let (from, to) = ends(at);
            // Of several entries it is not said how many customers take which.
            let volume = if ids.len() == 1 { visits(context, at) } else { None };
            Transit { from, to, volume, label: String::new(), worded: false }
        })
        .collect()
}

/// A transition of the map; `taken` is the share of customers who take it, where known.
fn stated(context: &Context<'_>, transition: &Transition, taken: Option<f64>) -> Transit {
    // That everybody goes on need not be said.
    let rest = taken.filter(|share| *share < 0.995);
    let share = transition.share.or(rest).map(number::share);
    let words = transition
        .label
        .as_ref()
        .map(|label| context.journey.text(label, context.language))
        .filter(|label| !label.is_empty());
    let end = context.locale.word("flow.end");
    // A share alone would leave open where it goes.
    let words =
        words.or((transition.to == Node::End && share.is_some()).then_some(&*end));
    let label = match (words, share) {
        (Some(words), Some(share)) => {
            context.locale.say("flow.label", &[("label", words), ("share", &share)])
        }
        (Some(words), None) => words.to_owned(),
        (None, share) => share.unwrap_or_default(),
    };
    Transit {
        from: place(transition.from),
        to: place(transition.to),
        volume: volume(context, transition.from, taken),
        worded: words.is_some(),
        label,
    }
}

fn place(node: Node) -> Place {
    match node {
        Node::Start => Place::Start,
        Node::Touchpoint(TouchpointIndex(at)) => Place::At(at),
        Node::End => Place::End,
    }
}

fn visits(context: &Context<'_>, at: usize) -> Option<f64> {
    context.result(at).and_then(|it| it.visits)
}

/// Passages per customer: visits at the start times the share that goes this way.
fn volume(context: &Context<'_>, from: Node, share: Option<f64>) -> Option<f64> {
    match from {
        Node::Start => share,
        Node::Touchpoint(TouchpointIndex(at)) => Some(visits(context, at)? * share?),
        Node::End => None,
    }
}
