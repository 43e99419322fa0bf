//! What the flow tells: reference answers and hand calculations.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use touchmap::{
    graph::{
        Extreme, Impossible, JourneyGraph, Step, Visits, extreme, measure,
        most_travelled, order, travelled, visits,
    },
    model::{Journey, Node, TouchpointIndex},
};

use crate::shared::{oracle, read_journey};

/// A map with these touchpoints, in one stage, and this flow.
fn journey(ids: &[&str], flow: &str) -> Journey {
    let mut map =
        "id: j\nname: J\nstages:\n  - id: s\n    name: S\n    touchpoints:\n".to_owned();
    for id in ids {
        writeln!(map, "      - {{id: {id}, name: {id}}}").unwrap();
    }
    read_journey(&(map + flow))
}

fn ids(journey: &Journey, way: &[TouchpointIndex]) -> String {
    way.iter().map(|at| journey.touchpoint(*at).id.as_str()).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

/// A name of the log as an id.
fn spell(name: &str) -> String {
    match name {
        "<START>" => "start".to_owned(),
        "<END>" => "end".to_owned(),
        name => name.replace(' ', "_"),
    }
}

/// The map of a log: its transitions with the shares that were counted.
fn journey_of_log(edges: &[serde_json::Value]) -> Journey {
    let mut out: BTreeMap<&str, u64> = BTreeMap::new();
    let mut all: Vec<String> = Vec::new();
    for edge in edges {
        let (from, to) = (edge["src"].as_str().unwrap(), edge["dst"].as_str().unwrap());
        *out.entry(from).or_default() += edge["n"].as_u64().unwrap();
        for id in [from, to].map(spell) {
            if id != "start" && id != "end" && !all.contains(&id) {
                all.push(id);
            }
        }
    }
    let mut flow = "flow:\n".to_owned();
    for edge in edges {
        let (from, to) = (edge["src"].as_str().unwrap(), edge["dst"].as_str().unwrap());
        let share = edge["n"].as_f64().unwrap() / out[from] as f64;
        writeln!(
            flow,
            "  - {{from: {}, to: {}, share: {share}}}",
            spell(from),
            spell(to)
        )
        .unwrap();
    }
    journey(&all.iter().map(String::as_str).collect::<Vec<_>>(), &flow)
}

/// The event log `running-example` of van der Aalst, *Process Mining*, as networkx and a dense
/// solution of the absorbing chain have it.
#[test]
fn the_reference_log_has_the_reference_dominators_and_visits() {
    let Some(oracle) = oracle("graph.json") else { return };
    let mut logs = 0;
    for (name, log) in oracle.as_object().unwrap() {
        let Some(edges) = log["edges"].as_array() else { continue };
        let journey = journey_of_log(edges);
        let graph = JourneyGraph::new(&journey);
        let Visits { expected, completion, at_all } = visits(&graph).unwrap();
        assert!((completion - 1.0).abs() < 1e-9, "{name}");
        for (key, found) in
            [("expected_visits_markov", &expected), ("reach_markov", &at_all)]
        {
            let reference = log[key].as_object().unwrap();
            assert_eq!(reference.len(), found.len());
            for (activity, value) in reference {
                let at = journey.find(&spell(activity)).unwrap().0;
                let error = (found[at] - value.as_f64().unwrap()).abs();
                assert!(error < 1e-9, "{name}: {key} of {activity}: {}", found[at]);
            }
        }
        let mut unavoidable = measure(&journey, &graph).facts.unavoidable;
        let mut reference: Vec<String> = log["unavoidable_touchpoints_networkx"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| spell(it.as_str().unwrap()))
            .collect();
        unavoidable.sort_unstable();
        reference.sort_unstable();
        assert_eq!(unavoidable, reference, "{name}");
        logs += 1;
    }
    assert!(logs > 0, "graph.json holds no log");
}

// b and c return to one another and a is visited once: b → c 0.8, c → b 0.5, the rest end.
// u_b = 1 + 0.5·u_c, u_c = 0.8·u_b: u_b = 1/0.6, u_c = 0.8/0.6. Everybody comes to b, and to
// c with 0.8 at once or never, since only b leads there: 0.8.
#[test]
fn first_visits_are_told_from_repeated_ones() {
    let flow = "flow:\n  - a -> b\n  - {from: b, to: c, share: 0.8}\n  - {from: b, to: end, share: 0.2}\n  \
                - {from: c, to: b, share: 0.5}\n  - {from: c, to: end, share: 0.5}\n";
    let journey = journey(&["a", "b", "c"], flow);
    let graph = JourneyGraph::new(&journey);
    let found = visits(&graph).unwrap();
    for (found, expected) in found.expected.iter().zip([1.0, 1.0 / 0.6, 0.8 / 0.6]) {
        close(*found, expected);
    }
    // N_cc = 1/(1 − 0.5·0.8) = 1/0.6, so that 0.8/0.6 visits are 0.8 first ones.
    for (found, expected) in found.at_all.iter().zip([1.0, 1.0, 0.8]) {
        close(*found, expected);
    }
    let facts = measure(&journey, &graph).facts;
    let [rework] = &facts.rework[..] else { panic!("{:?}", facts.rework) };
    assert_eq!(rework.touchpoints, ["b", "c"]);
    let [back] = &rework.returns[..] else { panic!("{:?}", rework.returns) };
    assert_eq!((back.from.as_str(), back.to.as_str()), ("c", "b"));
    close(back.per_customer.unwrap(), 0.5 * 0.8 / 0.6);
    close(rework.repeat_visits.unwrap(), 1.0 / 0.6 - 1.0 + 0.8 / 0.6 - 0.8);
}

/// (I − Q)⁻¹ of eight touchpoints with ways forth and back, by a dense elimination that has
/// nothing in common with ours.
#[test]
fn a_dense_solution_agrees() {
    let n = 8_usize;
    let share = |from: usize, to: usize| -> f64 {
        let picked = (from * 7 + to * 5 + from * to).is_multiple_of(4);
        if picked { 0.05 + 0.01 * (from + to) as f64 } else { 0.0 }
    };
    let names: Vec<String> = (0..n).map(|at| format!("t{at}")).collect();
    let mut flow = "flow:\n  - {from: start, to: t0, share: 1}\n".to_owned();
    for from in 0..n {
        for to in 0..n {
            if share(from, to) > 0.0 {
                writeln!(
                    flow,
                    "  - {{from: t{from}, to: t{to}, share: {}}}",
                    share(from, to)
                )
                .unwrap();
            }
        }
        writeln!(flow, "  - {{from: t{from}, to: end, share: 0.1}}").unwrap();
    }
    let journey = journey(&names.iter().map(String::as_str).collect::<Vec<_>>(), &flow);
    let found = visits(&JourneyGraph::new(&journey)).unwrap();
    // Gauss–Jordan of [I − Q | I].
    let mut rows: Vec<Vec<f64>> = (0..n)
        .map(|from| {
            let unit = |to| if from == to { 1.0 } else { 0.0 };
            let left = (0..n).map(|to| unit(to) - share(from, to));
            left.chain((0..n).map(unit)).collect()
        })
        .collect();
    for at in 0..n {
        let pivot = rows[at][at];
        rows[at].iter_mut().for_each(|cell| *cell /= pivot);
        let top = rows[at].clone();
        for (row, cells) in rows.iter_mut().enumerate() {
            if row != at {
                let factor = cells[at];
                cells
                    .iter_mut()
                    .zip(&top)
                    .for_each(|(cell, over)| *cell -= factor * over);
            }
        }
    }
    for at in 0..n {
        let (visits, again) = (rows[0][n + at], rows[at][n + at]);
        close(found.expected[at], visits);
        close(found.at_all[at], visits / again);
    }
    let completion: f64 = (0..n).map(|at| 0.1 * rows[0][n + at]).sum();
    close(found.completion, completion);
}

#[test]
fn a_share_of_nothing_is_no_way() {
    let flow = "flow:\n  - {from: a, to: b, share: 1}\n  - {from: a, to: c, share: 0}\n  - b -> c\n";
    let facts = {
        let journey = journey(&["a", "b", "c"], flow);
        measure(&journey, &JourneyGraph::new(&journey)).facts
    };
    assert_eq!(facts.unavoidable, ["a", "b", "c"]);
}

#[test]
fn who_can_only_leave_is_at_a_dead_end() {
    // From b half go to c and from c half come back; all others leave, nobody completes.
    let flow = "flow:\n  - {from: a, to: b, share: 0.3}\n  - {from: a, to: end, share: 0.7}\n  \
                - {from: b, to: c, share: 0.5}\n  - {from: c, to: b, share: 0.5}\n";
    let journey = journey(&["a", "b", "c"], flow);
    let facts = measure(&journey, &JourneyGraph::new(&journey)).facts;
    assert_eq!(facts.dead_ends, ["b", "c"]);
    assert!(facts.traps.is_empty());
    close(facts.completion.unwrap(), 0.7);
    // u_b = 0.3 + 0.5·u_c, u_c = 0.5·u_b: u_b = 0.4, u_c = 0.2; half of either leaves.
    let left: Vec<f64> = facts.leaving.iter().map(|it| it.customers.unwrap()).collect();
    close(left[0], 0.2);
    close(left[1], 0.1);
}

#[test]
fn the_order_of_the_map_holds_unless_the_flow_contradicts_it() {
    let order_of = |flow: &str| {
        let journey = journey(&["a", "b", "c", "d"], flow);
        ids(&journey, &order(&JourneyGraph::new(&journey)))
    };
    assert_eq!(order_of(""), "a b c d");
    assert_eq!(order_of("flow:\n  - a -> c -> b -> d\n"), "a c b d");
    // Where the flow leaves it open, the map decides.
    assert_eq!(
        order_of("flow:\n  - a -> d\n  - a -> b -> d\n  - a -> c -> d\n"),
        "a b c d"
    );
    // A loop stays together, in the order of the map.
    let looped = "flow:\n  - a -> d -> c\n  - {from: c, to: d, share: 0.5}\n  - c -> b\n";
    assert_eq!(order_of(looped), "a c d b");
    // What the flow forgets is where the map has it.
    assert_eq!(order_of("flow:\n  - a -> c\n"), "a b c d");
}

#[test]
fn the_most_travelled_path_has_the_largest_product() {
    // a → b 0.6 → d; a → c 0.4 → d: 0.6. Through b, half return to a: 0.3 then, and c wins.
    let path = |flow: &str| {
        let journey = journey(&["a", "b", "c", "d"], flow);
        let graph = JourneyGraph::new(&journey);
        let way = most_travelled(&graph)?;
        Some((ids(&journey, &way), travelled(&graph, &way).unwrap()))
    };
    let plain = "flow:\n  - {from: a, to: b, share: 0.6}\n  - {from: a, to: c, share: 0.4}\n  - c -> d\n";
    let (way, share) = path(&format!("{plain}  - b -> d\n")).unwrap();
    assert_eq!(way, "a b d");
    close(share, 0.6);
    let back = "  - {from: b, to: a, share: 0.5}\n  - {from: b, to: d, share: 0.5}\n";
    let (way, share) = path(&format!("{plain}{back}")).unwrap();
    assert_eq!(way, "a c d");
    close(share, 0.4);
    // Equally travelled: fewer touchpoints, then the map.
    let even = "flow:\n  - {from: a, to: c, share: 0.5}\n  - {from: a, to: b, share: 0.5}\n  - c -> d\n  - b -> d\n";
    assert_eq!(path(even).unwrap().0, "a b d");
    assert_eq!(path("flow:\n  - a -> b -> d\n  - a -> c -> d\n"), None);
}

#[test]
fn best_and_worst_paths_go_by_the_mean_and_never_back() {
    // Means: a b d (9+2+6)/3; a c d (9+5+6)/3; a d (9+6)/2 = 7.5; with e unscored between.
    let flow = "flow:\n  - a -> b -> d -> e\n  - a -> c -> d\n  - a -> d\n  - {from: d, to: b, share: 0.1}\n";
    let journey = journey(&["a", "b", "c", "d", "e"], flow);
    let graph = JourneyGraph::new(&journey);
    let scores = [Some(9.0), Some(2.0), Some(5.0), Some(6.0), None];
    let way = |end| ids(&journey, &extreme(&graph, &scores, end).unwrap());
    assert_eq!(way(Extreme::Best), "a d e");
    assert_eq!(way(Extreme::Worst), "a b d e");
    assert_eq!(extreme(&graph, &[None; 5], Extreme::Best), None);
    // Equal scores: fewest touchpoints.
    assert_eq!(
        ids(&journey, &extreme(&graph, &[Some(5.0); 5], Extreme::Worst).unwrap()),
        "a d e"
    );
}

/// Every path of small graphs, tried one by one.
#[test]
fn no_path_beats_the_best_one() {
    for seed in 0..40_usize {
        let n = 7;
        let names: Vec<String> = (0..n).map(|at| format!("t{at}")).collect();
        let linked = |from: usize, to: usize| {
            to == from + 1 || (seed * 31 + from * 17 + to * 7).is_multiple_of(3)
        };
        let mut flow = "flow:\n".to_owned();
        for from in 0..n {
            for to in (from + 1..n).filter(|to| linked(from, *to)) {
                writeln!(flow, "  - t{from} -> t{to}").unwrap();
            }
        }
        let journey =
            journey(&names.iter().map(String::as_str).collect::<Vec<_>>(), &flow);
        let graph = JourneyGraph::new(&journey);
        let score = |at: usize| (at * at * 13 + seed * 7 + at) % 10;
        let scores: Vec<Option<f64>> =
            (0..n).map(|at| (at % 4 != 3).then(|| score(at) as f64)).collect();
        let mean = |way: &[usize]| {
            let felt: Vec<f64> = way.iter().filter_map(|at| scores[*at]).collect();
            felt.iter().sum::<f64>() / felt.len() as f64
        };
        let mut all = Vec::new();
        let mut open = vec![vec![0_usize]];
        while let Some(way) = open.pop() {
            let last = *way.last().unwrap();
            if last == n - 1 {
                all.push(mean(&way));
            }
            for to in (last + 1..n).filter(|to| linked(last, *to)) {
                let mut longer = way.clone();
                longer.push(to);
                open.push(longer);
            }
        }
        for (end, expected) in [
            (Extreme::Best, all.iter().copied().fold(f64::MIN, f64::max)),
            (Extreme::Worst, all.iter().copied().fold(f64::MAX, f64::min)),
        ] {
            let way: Vec<usize> =
                extreme(&graph, &scores, end).unwrap().iter().map(|at| at.0).collect();
            assert!((mean(&way) - expected).abs() < 1e-9, "{seed}: {way:?} {expected}");
        }
    }
}

fn at(journey: &Journey, id: &str) -> Node {
    match id {
        "start" => Node::Start,
        "end" => Node::End,
        id => Node::Touchpoint(journey.find(id).unwrap()),
    }
}

#[test]
fn a_changed_share_takes_from_the_others_in_proportion() {
    // a: 0.5 to b, 0.3 to c, 0.2 leave. With 0.2 to b the others share 0.8 as 3 to 2.
    let flow = "flow:\n  - {from: a, to: b, share: 0.5}\n  - {from: a, to: c, share: 0.3}\n  - b -> d\n  - c -> d\n";
    let journey = journey(&["a", "b", "c", "d"], flow);
    let graph = JourneyGraph::new(&journey);
    let edge = |from, to| graph.edge(at(&journey, from), at(&journey, to)).unwrap();
    let after = |steps: &[Step]| visits(&graph.changed(steps).unwrap()).unwrap();
    let set = after(&[Step::Share(edge("a", "b"), 0.2)]);
    for (found, expected) in set.expected.iter().zip([1.0, 0.2, 0.48, 0.68]) {
        close(*found, expected);
    }
    // Dropped: 3 to 2 of all.
    let dropped = after(&[Step::Drop(edge("a", "b"))]);
    for (found, expected) in dropped.expected.iter().zip([1.0, 0.0, 0.6, 0.6]) {
        close(*found, expected);
    }
    close(dropped.completion, 0.6);
    // b has only one way on: fewer on it leave unfinished, and without it there is none.
    close(after(&[Step::Share(edge("b", "d"), 0.5)]).completion, 0.55);
    let nowhere = graph.changed(&[Step::Drop(edge("b", "d"))]);
    assert!(matches!(nowhere, Err(Impossible::NoOtherWay(_))), "{nowhere:?}");
    let twice = [Step::Drop(edge("a", "b")), Step::Share(edge("a", "b"), 0.5)];
    assert!(matches!(graph.changed(&twice), Err(Impossible::Twice(_))));
    let much = [Step::Share(edge("a", "b"), 0.6), Step::Share(edge("a", "c"), 0.5)];
    assert!(matches!(graph.changed(&much), Err(Impossible::TooMuch(_, _))));
}

#[test]
fn a_loop_closed_on_itself_is_a_trap_and_not_a_scenario() {
    let flow = "flow:\n  - a -> b\n  - {from: b, to: b, share: 0.2}\n  - {from: b, to: end, share: 0.8}\n";
    let journey = journey(&["a", "b"], flow);
    let graph = JourneyGraph::new(&journey);
    let itself = graph.edge(at(&journey, "b"), at(&journey, "b")).unwrap();
    let trap = graph.changed(&[Step::Share(itself, 1.0)]);
    assert!(matches!(trap, Err(Impossible::Trap(_))), "{trap:?}");
    let free = graph.changed(&[Step::Drop(itself)]).unwrap();
    close(visits(&free).unwrap().expected[1], 1.0);
}

/// 5,000 touchpoints with returns all along: a moment, not minutes.
#[test]
fn a_large_journey_is_measured_in_a_moment() {
    let n = 5_000_usize;
    let names: Vec<String> = (0..n).map(|at| format!("t{at}")).collect();
    let mut flow = "flow:\n".to_owned();
    for from in 0..n - 1 {
        writeln!(flow, "  - t{from} -> t{}", from + 1).unwrap();
        if from > 7 && from % 3 == 0 {
            writeln!(flow, "  - {{from: t{from}, to: t{}, share: 0.1}}", from - 7)
                .unwrap();
        }
    }
    let journey = journey(&names.iter().map(String::as_str).collect::<Vec<_>>(), &flow);
    let began = std::time::Instant::now();
    let graph = JourneyGraph::new(&journey);
    let facts = measure(&journey, &graph).facts;
    assert!((facts.completion.unwrap() - 1.0).abs() < 1e-9);
    assert!(facts.rework[0].repeat_visits.unwrap() > 0.0);
    let scores = vec![Some(50.0); n];
    assert!(extreme(&graph, &scores, Extreme::Best).is_some());
    assert!(most_travelled(&graph).is_some());
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
