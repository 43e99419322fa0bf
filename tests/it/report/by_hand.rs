//! The touchpoint graph of journeys made by hand, `tests/maps/graph`: each has its own
//! difficulty.

use std::fs;

use touchmap::diagram::graph::{Bend, Engine, Layout};
use touchmap::report::{ReportOptions, View, graph_layout, scene};

use super::support::{Case, fault, options};
use crate::shared::{read_journey, root, text, touchmap};

const JOURNEYS: [&str; 10] = [
    "exits-everywhere",
    "hub",
    "line",
    "long-names",
    "nested-loops",
    "one-stage",
    "sixty",
    "twelve-stages",
    "two-entries",
    "wide-fan",
];

fn case(name: &str) -> Case {
    let path = format!("tests/maps/graph/{name}.yaml");
    let output = touchmap(root(), &["score", &path, "--format", "json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let journey = read_journey(&fs::read_to_string(root().join(path)).unwrap());
    Case { journey, analysis: serde_json::from_slice(&output.stdout).unwrap() }
}

fn is_layered(layout: &Layout) -> bool {
    layout.routes.iter().any(|route| route.bend == Bend::Smooth)
}

#[test]
fn nothing_is_on_top_of_another_thing_on_any_page() {
    for name in JOURNEYS {
        let case = case(name);
        for width in [700.0, 1240.0, 2400.0] {
            let options = ReportOptions { width, ..options("en") };
            let scene = scene(View::Graph, &case.journey, &case.analysis, &options);
            assert_eq!(fault(&scene), None, "{name} {width}");
        }
    }
}

#[test]
fn layout_rs_orders_the_same_journeys_without_a_fault() {
    for name in JOURNEYS {
        let case = case(name);
        let options = ReportOptions { engine: Engine::LayoutRs, ..options("en") };
        let scene = scene(View::Graph, &case.journey, &case.analysis, &options);
        assert_eq!(fault(&scene), None, "{name}");
        let layout = graph_layout(&case.journey, &case.analysis, &options);
        assert!(is_layered(&layout), "{name}");
    }
}

#[test]
fn layout_rs_is_for_graphs_that_it_is_not_slow_with() {
    let draw = |map: &str, view: &str| {
        let engine = ["draw", map, "--view", view, "--engine", "layout-rs"];
        touchmap(root(), &engine)
    };
    assert!(draw("tests/maps/graph/hub.yaml", "graph").status.success());
    let other = draw("tests/maps/graph/hub.yaml", "map");
    assert_eq!(other.status.code(), Some(2));
    assert!(text(&other.stderr).contains("orders a graph"), "{}", text(&other.stderr));
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout-rs");
    fs::create_dir_all(&folder).unwrap();
    let touchpoints: Vec<String> = (0..201)
        .map(|at| {
            format!(
                "{{id: t{at}, name: T, scores: {{2025: {{mean: 7.2, n: 200, sd: 1.5}}}}}}"
            )
        })
        .collect();
    let map = format!(
        "touchmap: 1\nid: many\nname: Many\nstages:\n  - id: s\n    name: S\n    touchpoints: [{}]\n",
        touchpoints.join(", ")
    );
    let path = folder.join("journey.yaml");
    fs::write(&path, map).unwrap();
    let many = draw(path.to_str().unwrap(), "graph");
    assert_eq!(many.status.code(), Some(2));
    assert!(
        text(&many.stderr).contains("expected 200 at most"),
        "{}",
        text(&many.stderr)
    );
}

#[test]
fn right_angles_hold_all_but_the_hub() {
    for name in JOURNEYS {
        let case = case(name);
        let layout = graph_layout(&case.journey, &case.analysis, &options("en"));
        assert_eq!(is_layered(&layout), name == "hub", "{name}");
    }
}

#[test]
fn every_journey_is_in_the_list() {
    let files = fs::read_dir(root().join("tests/maps/graph")).unwrap();
    assert_eq!(files.count(), JOURNEYS.len());
}
