//! The touchpoint graph of journeys made by hand, `tests/maps/graph`: each has its own
//! difficulty.

use std::fs;

use touchmap::diagram::graph::{Bend, Layout};
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
