//! Claims about graphs, with numbers worked out by hand.

use std::path::Path;

use touchmap::{
    diag::{Diagnostics, Sources},
    graph::{Extreme, JourneyGraph, Measures, extreme, measure},
    map,
    model::Journey,
};

/// A journey of the touchpoints a, b, c, d with this flow.
fn journey(flow: &str) -> Journey {
    let text = format!(
        "id: j\nname: J\nstages:\n  - id: s\n    name: S\n    touchpoints:\n      \
         - {{id: a, name: A, owner: x}}\n      - {{id: b, name: B, owner: x}}\n      \
         - {{id: c, name: C, owner: y}}\n      - {{id: d, name: D}}\n{flow}"
    );
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let path = Path::new("j.yaml");
    let read = map::read(path, text.as_bytes(), &mut sources, &mut problems, &mut |_| {
        unreachable!("no other file is named")
    });
    let problems = problems.into_sorted();
    read.unwrap().unwrap_or_else(|| panic!("{problems:?}"))
}

fn measured(flow: &str) -> Measures {
    let journey = journey(flow);
    measure(&journey, &JourneyGraph::new(&journey))
}

fn close(found: Option<Vec<f64>>, expected: &[f64]) {
    let found = found.expect("all shares are known");
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }
}

#[test]
fn a_flow_left_out_visits_everything_once() {
    let measures = measured("");
    close(measures.visits, &[1.0, 1.0, 1.0, 1.0]);
    assert_eq!(measures.facts.unavoidable, ["a", "b", "c", "d"]);
    assert_eq!(measures.facts.entries, ["a"]);
    assert_eq!(measures.facts.ends, ["d"]);
    assert!(measures.facts.loops.is_empty());
}

#[test]
fn a_loop_multiplies_visits_by_the_geometric_series() {
    // b returns to itself with 0.2: 1 / (1 − 0.2) = 1.25 visits.
    let measures =
        measured("flow:\n  - a -> b -> c -> d\n  - {from: b, to: b, share: 0.2}\n");
    close(measures.visits, &[1.0, 1.25, 1.0, 1.0]);
    assert_eq!(measures.facts.loops, [["b"]]);
}

#[test]
fn a_branch_is_avoidable_and_abandoning_thins_what_follows() {
    // a: 0.5 to b, 0.3 to c, 0.2 leave. b and c go to d.
    let flow = "flow:\n  - {from: a, to: b, share: 0.5}\n  - {from: a, to: c, share: 0.3}\n  \
                - b -> d\n  - c -> d\n";
    let measures = measured(flow);
    close(measures.visits, &[1.0, 0.5, 0.3, 0.8]);
    assert_eq!(measures.facts.unavoidable, ["a", "d"]);
}

#[test]
fn a_share_that_nobody_knows_is_not_guessed() {
    let measures = measured("flow:\n  - a -> b -> d\n  - a -> c -> d\n");
    assert_eq!(measures.visits, None);
    assert_eq!(measures.facts.unavoidable, ["a", "d"]);
}

#[test]
fn a_return_through_two_touchpoints_is_one_loop() {
    // c returns to b with 0.25: u_b = 1 + 0.25·u_c, u_c = u_b, so u_b = 4/3.
    let flow = "flow:\n  - a -> b -> c\n  - {from: c, to: b, share: 0.25}\n  - c -> d\n";
    let measures = measured(flow);
    close(measures.visits, &[1.0, 4.0 / 3.0, 4.0 / 3.0, 1.0]);
    assert_eq!(measures.facts.loops, [["b", "c"]]);
}

#[test]
fn two_entries_with_shares_split_the_customers() {
    let flow = "flow:\n  - {from: start, to: a, share: 0.72}\n  \
                - {from: start, to: b, share: 0.28}\n  - a -> b -> c -> d\n";
    let measures = measured(flow);
    close(measures.visits, &[0.72, 1.0, 1.0, 1.0]);
    assert_eq!(measures.facts.entries, ["a", "b"]);
    assert_eq!(measures.facts.unavoidable, ["b", "c", "d"]);
}

#[test]
fn a_hand_off_is_where_the_owner_changes_between_two_known_owners() {
    assert_eq!(measured("").facts.hand_offs, [["b".to_owned(), "c".to_owned()]]);
}

#[test]
fn a_self_loop_alone_still_ends_for_those_who_do_not_return() {
    let measures =
        measured("flow:\n  - a -> b -> c -> d\n  - {from: d, to: d, share: 0.5}\n");
    close(measures.visits, &[1.0, 1.0, 1.0, 2.0]);
    assert_eq!(measures.facts.ends, ["d"]);
    assert!(measures.facts.traps.is_empty());
}

/// c leads back to a in the map alone, with a share of 0: a does not wait for c, and nothing
/// is left out of the order.
#[test]
fn a_way_that_nobody_takes_orders_nothing() {
    let back = measured("flow:\n  - a -> b -> c -> d\n  - {from: c, to: a, share: 0}\n");
    assert_eq!(back.facts.order, ["a", "b", "c", "d"]);
    assert!(back.facts.loops.is_empty());
    // Nor does a way ahead that nobody takes: d is met before b and c.
    let ahead = "flow:\n  - a -> d -> b -> c\n  - {from: b, to: d, share: 0}\n  \
                 - {from: c, to: d, share: 0}\n";
    assert_eq!(measured(ahead).facts.order, ["a", "d", "b", "c"]);
}

#[test]
fn a_way_that_nobody_takes_hides_no_path() {
    let journey =
        journey("flow:\n  - a -> b -> c -> d\n  - {from: c, to: a, share: 0}\n");
    let scores = [Some(1.0), Some(2.0), Some(3.0), Some(4.0)];
    let path = extreme(&JourneyGraph::new(&journey), &scores, Extreme::Best);
    let path: Vec<usize> = path.unwrap().iter().map(|at| at.0).collect();
    assert_eq!(path, [0, 1, 2, 3]);
}
