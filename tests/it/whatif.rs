//! Scenarios: what follows from them, and how sure that is.

use serde_json::Value;

use crate::shared::{root, text, touchmap};

const HOME: &str = "journeys/home-buying/journey.yaml";

fn json(arguments: &[&str]) -> Value {
    let output = touchmap(root(), arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn what_if(more: &[&str]) -> Value {
    let mut arguments = vec!["whatif", HOME, "--format", "json"];
    arguments.extend(more);
    json(&arguments)
}

#[track_caller]
fn near(found: &Value, expected: &Value) {
    let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

/// A score set to its target gains the lift of the analysis; two of them gain the sum of
/// both, with an error that is not that of two independent samples.
#[test]
fn the_target_of_a_touchpoint_is_worth_its_lift() {
    let analysis = json(&["score", HOME, "--format", "json"]);
    let lift = |id: &str| {
        let all = analysis["touchpoints"].as_array().unwrap();
        all.iter().find(|it| it["id"] == id).unwrap()["lift"].clone()
    };
    let (leaks, repair) = (lift("leaks"), lift("repair_on_time"));
    let one = what_if(&["--set", "leaks=80"]);
    near(&one["lift"]["overall_points"], &leaks["overall_points"]);
    near(&one["lift"]["se"], &leaks["se"]);
    for end in 0..2 {
        near(&one["lift"]["ci"][end], &leaks["ci"][end]);
    }
    let both = what_if(&["--set", "leaks=80", "--set", "5.2=80"]);
    let number = |value: &Value| value.as_f64().unwrap();
    let sum = number(&leaks["overall_points"]) + number(&repair["overall_points"]);
    assert!((number(&both["lift"]["overall_points"]) - sum).abs() < 1e-9);
    let (a, b, joint) =
        (number(&leaks["se"]), number(&repair["se"]), number(&both["lift"]["se"]));
    assert!(joint < a + b && joint > (a - b).abs(), "{a} {b} {joint}");
    assert!((joint - a.hypot(b)).abs() > 1e-6, "the two lifts come from the same people");
    assert!(both["condition"].as_str().unwrap().contains("if it is causal"));
    // Nothing of the flow was changed.
    assert_eq!(both["completion"], serde_json::json!([1.0, 1.0]));
}

#[test]
fn a_worse_score_loses() {
    let worse = what_if(&["--set", "leaks=30"]);
    let lift = &worse["lift"];
    assert!(lift["overall_points"].as_f64().unwrap() < 0.0);
    assert!(lift["ci"][1].as_f64().unwrap() <= 0.0);
}

#[test]
fn a_changed_flow_needs_no_responses() {
    let map = "tests/cases/whatif/journey.yaml";
    let found = json(&[
        "whatif", map, "--share", "a->b=0.2", "--drop", "c->c", "--format", "json",
    ]);
    // a: 0.5 to b, 0.3 to c, 0.2 leave; with 0.2 to b, 0.48 to c and 0.32 leave. c no longer
    // returns to itself with 0.25.
    let visits: Vec<[f64; 2]> = found["visits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| ["before", "after"].map(|key| it[key].as_f64().unwrap()))
        .collect();
    let expected = [[1.0, 1.0], [0.5, 0.2], [0.4, 0.48], [0.8, 0.68]];
    for (found, expected) in visits.iter().zip(expected) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }
    assert_eq!(found["wave"], Value::Null);
    assert_eq!(found["lift"], Value::Null);
}

#[test]
fn what_cannot_be_had_says_why() {
    let complaint = what_if(&["--set", "complaint_raise=90"]);
    if complaint["lift"].is_null() {
        assert!(
            complaint["reasons"]["lift"].as_str().unwrap().contains("complaint_raise")
        );
    }
    let map = "tests/cases/readme-map/journey.yaml";
    let none = json(&["whatif", map, "--set", "queue=90", "--format", "json"]);
    assert_eq!(none["lift"], Value::Null);
    assert!(none["reasons"]["lift"].as_str().unwrap().contains("rows of respondents"));
}
