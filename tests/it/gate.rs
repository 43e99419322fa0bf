//! The gate opens when all rules hold, and only then.

use serde_json::Value;

use crate::shared::{root, text, touchmap};

fn gate(folder: &str, arguments: &[&str]) -> (Option<i32>, Value) {
    let all = [&["gate", "journey.yaml", "--format", "json"], arguments].concat();
    let output = touchmap(&root().join(folder), &all);
    let record = serde_json::from_slice(&output.stdout);
    (output.status.code(), record.unwrap_or_else(|_| panic!("{}", text(&output.stderr))))
}

/// By hand: door 8.2 → 7.3 on 1–10 is 80 → 70 points, till 8.65 is 85; a standard deviation of
/// 1.8 is 20 points, so that a mean of 400 has a standard error of 1 and a change one of 1.41;
/// the cellar has 4 answers, and neither `overall` nor `recommend` was asked.
#[test]
fn rules_are_held_against_numbers_worked_out_by_hand() {
    let (exit, record) = gate("tests/cases/gate", &[]);
    assert_eq!((exit, &record["passed"]), (Some(1), &Value::Bool(false)));
    let expected = [
        ("till.points >= 85", "passed"),
        ("till.points surely >= 85", "failed"),
        ("door.mean > 7.3", "failed"),
        ("till.points >= benchmark P50", "passed"),
        ("every touchpoint.points >= benchmark", "failed"),
        ("every touchpoint.points >= target", "failed"),
        ("cellar.points >= 50", "unknown"),
        ("overall.points >= 75", "unknown"),
        ("no pain point at a moment of truth", "passed"),
        ("no serious pain point", "passed"),
        ("door must not fall relevantly", "failed"),
        ("till must not fall", "passed"),
        ("every touchpoint must not fall", "failed"),
        ("no relevant fall", "failed"),
        ("door.change >= -10", "passed"),
        ("recommend.nps >= 0", "unknown"),
    ];
    let rules = record["rules"].as_array().unwrap();
    let found: Vec<_> = rules
        .iter()
        .map(|it| (it["rule"].as_str().unwrap(), it["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(found, expected);
    let said = |at: usize| rules[at]["said"].as_str().unwrap();
    assert!(said(14).starts_with("\u{2212}10.0 ("), "{}", said(14));
    // Nothing of four answers gets out.
    assert_eq!(said(6), "n < 10");
    for rule in rules {
        for case in rule["cases"].as_array().unwrap() {
            assert_eq!(case["touchpoint"], "door");
        }
    }
}

#[test]
fn what_cannot_be_told_shuts_the_gate_unless_it_may() {
    let rules = ["--rules", "rules.yaml"];
    let (exit, record) = gate("tests/cases/gate-unknown", &rules);
    assert_eq!((exit, &record["passed"]), (Some(1), &Value::Bool(false)));
    let (exit, record) =
        gate("tests/cases/gate-unknown", &[&rules[..], &["--allow-unknown"]].concat());
    assert_eq!((exit, &record["passed"]), (Some(0), &Value::Bool(true)));
}

#[test]
fn a_gate_without_a_rule_is_no_gate() {
    let folder = root().join("tests/cases/gate-unknown");
    let output = touchmap(&folder, &["gate", "journey.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("there is no rule"));
}

/// Flags are those of the analysis, whatever the data.
#[test]
fn flags_are_those_of_the_analysis() {
    let home = root().join("journeys/home-buying");
    let rules = std::env::temp_dir().join("touchmap-it-gate.yaml");
    let lines = "- no pain point\n- no broken moment of truth\n- no relevant fall\n";
    std::fs::write(&rules, lines).unwrap();
    let (_, record) = gate("journeys/home-buying", &["--rules", rules.to_str().unwrap()]);
    let output = touchmap(&home, &["score", "journey.yaml", "--format", "json"]);
    let analysis: Value = serde_json::from_slice(&output.stdout).unwrap();
    let touchpoints = analysis["touchpoints"].as_array().unwrap();
    let ids = |fits: &dyn Fn(&Value) -> bool| -> Vec<String> {
        let some = touchpoints.iter().filter(|it| fits(it));
        some.map(|it| it["id"].as_str().unwrap().to_owned()).collect()
    };
    let labelled = |label: &'static str| {
        ids(&move |it| it["labels"].as_array().unwrap().contains(&label.into()))
    };
    let fallen = ids(&|it| {
        let change = &it["change"];
        change["relevant"] == true && change["points"].as_f64().unwrap() < 0.0
    });
    let expected = [labelled("pain_point"), labelled("broken_moment_of_truth"), fallen];
    for (rule, expected) in record["rules"].as_array().unwrap().iter().zip(expected) {
        assert!(!expected.is_empty(), "home-buying has none: {rule}");
        let cases = rule["cases"].as_array().unwrap().iter();
        let found: Vec<_> = cases.map(|it| it["touchpoint"].as_str().unwrap()).collect();
        assert_eq!(found, expected, "{}", rule["rule"]);
    }
}
