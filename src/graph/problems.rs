//! What is wrong with a flow: traps, and touchpoints that nobody can come to.

use petgraph::graph::NodeIndex;

use crate::{
    diag::{Code, Diagnostic, Diagnostics},
    model::{Journey, Node, Touchpoint},
};

use super::{
    JourneyGraph,
    loops::loops,
    measures::{dead_ends, traps, unreachable},
};

/// Says what is wrong with the flow of `journey`, each at its line.
pub fn check(journey: &Journey, graph: &JourneyGraph, problems: &mut Diagnostics) {
    let touchpoints = |nodes: Vec<NodeIndex>| {
        nodes
            .into_iter()
            .filter_map(|node| graph.touchpoint(node))
            .map(|index| journey.touchpoint(index))
            .collect::<Vec<_>>()
    };
    let trapped = traps(graph);
    let groups = loops(graph);
    // A group that customers go round in is one problem, not one for each of its members.
    let mut told: Vec<NodeIndex> = Vec::new();
    for node in &trapped {
        if told.contains(node) {
            continue;
        }
        let group = groups.iter().find(|group| group.contains(node));
        let members = group.cloned().unwrap_or_else(|| vec![*node]);
        problems.push(trap(&touchpoints(members.clone()), journey));
        told.extend(members);
    }
    for touchpoint in touchpoints(dead_ends(graph)) {
        problems.push(dead_end(touchpoint));
    }
    let outside = outside_the_flow(journey);
    let is_outside =
        |touchpoint: &&Touchpoint| outside.iter().any(|it| it.id == touchpoint.id);
    for touchpoint in touchpoints(unreachable(graph)) {
        if is_outside(&touchpoint) {
            continue;
        }
        let message = format!("no way leads from the start to `{}`", touchpoint.id);
        let problem = Diagnostic::warning(Code::UNREACHABLE, touchpoint.span, message)
            .about(&touchpoint.id)
            .hint("add a transition to it under `flow:`");
        problems.push(problem);
    }
    for touchpoint in outside {
        let message = format!("`{}` is not in the flow", touchpoint.id);
        let problem = Diagnostic::warning(Code::OUTSIDE_FLOW, touchpoint.span, message)
            .about(&touchpoint.id)
            .hint("add it under `flow:`, or take it out of its stage");
        problems.push(problem);
    }
}

fn dead_end(touchpoint: &Touchpoint) -> Diagnostic {
    let message =
        format!("nobody who comes to `{}` completes the journey", touchpoint.id);
    Diagnostic::warning(Code::DEAD_END, touchpoint.span, message)
        .about(&touchpoint.id)
        .note("the shares say that customers leave here or behind it, and no way leads to the end")
        .hint("add the way on, such as `{from: …, to: end}`, if there is one")
}

fn trap(members: &[&Touchpoint], journey: &Journey) -> Diagnostic {
    let ids: Vec<String> = members.iter().map(|it| format!("`{}`", it.id)).collect();
    let message = format!("customers who come to {} can never leave", ids.join(", "));
    let first = members.first().map(|it| it.span);
    let member_ids: Vec<&str> = members.iter().map(|it| it.id.as_str()).collect();
    // The transition that closes the trap is where the map has to change.
    let inside = journey.flow.transitions.iter().rev().find(|transition| {
        let within = |node: Node| match node {
            Node::Touchpoint(index) => {
                member_ids.contains(&journey.touchpoint(index).id.as_str())
            }
            Node::Start | Node::End => false,
        };
        within(transition.from) && within(transition.to)
    });
    let span = inside.map(|transition| transition.span).or(first);
    Diagnostic::error(Code::TRAP, span, message)
        .note("every touchpoint needs a way to an end of the journey")
        .hint("add a transition out, such as `{from: …, to: end}`, or shares that sum to less than 1")
}

/// Touchpoints that a declared flow forgets: more often a slip than an island.
fn outside_the_flow(journey: &Journey) -> Vec<&Touchpoint> {
    if !journey.flow.declared {
        return Vec::new();
    }
    let mut mentioned = vec![false; journey.touchpoints.len()];
    for transition in &journey.flow.transitions {
        for node in [transition.from, transition.to] {
            if let Node::Touchpoint(index) = node {
                mentioned[index.0] = true;
            }
        }
    }
    let forgotten =
        |(touchpoint, mentioned)| if mentioned { None } else { Some(touchpoint) };
    journey.touchpoints.iter().zip(mentioned).filter_map(forgotten).collect()
}
