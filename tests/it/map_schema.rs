//! The schema of maps: it knows the keys that are decoded, it explains each, and it accepts and
//! refuses what `check` does, as far as a schema can.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::shared::{fed, root, text, touchmap};

/// Codes of problems that a schema sees: keys, types, words and ranges. Of all others it
/// cannot know.
const SEEN: &[&str] = &[
    "TM101", "TM103", "TM104", "TM105", "TM109", "TM112", "TM113", "TM114", "TM115",
    "TM116", "TM120", "TM121", "TM122",
];

/// Cases of which a schema cannot judge as `check` does, each with the reason.
const BEYOND: &[(&str, &str)] = &[
    ("bad-date", "February has no 30th, which takes a calendar"),
    ("empty-file", "an empty file has no value; `check` says so in words of its own"),
    ("expectation-on-another-scale", "two places that disagree"),
    ("looks-like-yaml", "to YAML 1.1 the language `no` is the value false"),
    ("no-touchpoint", "`check` finds it in stages without touchpoints, too"),
];

fn schema(what: &str) -> Value {
    let output = touchmap(root(), &["schema", what]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The keys that the error for an unknown key lists, for a map that has one everywhere.
fn decoded_keys() -> BTreeMap<String, Vec<String>> {
    let map = "nokey: 1\nid: a\nname: {en: A}\npersona: {nokey: 1, name: P}\n\
        stages: [{nokey: 1, id: s, name: S, touchpoints: [{nokey: 1, id: t, name: T, \
        scores: {1: {nokey: 1, mean: 5}}}]}]\n\
        flow: [{nokey: 1, from: t, to: end}]\n\
        survey: {nokey: 1, files: [{nokey: 1, path: x.csv}], segments: {c: {nokey: 1, \
        column: c}}, columns: {t: {nokey: 1, column: q}}, reasons: {t: {nokey: 1, \
        column: r}}, complaints: {nokey: 1, problem: p, complained: k}}\n\
        causes: {nokey: 1, groups: [{nokey: 1, id: g, name: G, causes: [{nokey: 1, \
        id: c1, name: C}]}]}\n\
        operations: [{nokey: 1, touchpoint: t, name: O, better: lower, values: {}}]\n\
        assumptions: [{nokey: 1, name: A, source: S}]\n\
        service_levels: {nokey: 1, edges: [1, 2, 3, 4]}\n\
        benchmarks: [{nokey: 1, name: B, scores: {}}]\n\
        actions: [{nokey: 1, id: x, name: X}]\nrules: {nokey: 1}\n\
        questionnaire: {nokey: 1, segments: {c: {nokey: 1, question: Q}}}\n\
        silence: [{nokey: 1, code: TM601, reason: R}]\n";
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchmap"));
    command.args(["check", "-", "--format", "json"]);
    let output = fed(&mut command, map.as_bytes());
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let problems = found["maps"][0]["problems"].as_array().unwrap();
    let unknown = problems.iter().filter(|it| it["code"] == "TM101");
    unknown
        .map(|it| {
            let message = it["message"].as_str().unwrap();
            let what = message.split(" has no key").next().unwrap().to_owned();
            let listed = it["notes"][0].as_str().unwrap();
            let keys = listed.split('`').skip(1).step_by(2).map(str::to_owned);
            (what, keys.collect())
        })
        .collect()
}

/// The keys of the object at `at` in the schema.
fn keys_at(schema: &Value, at: &str) -> Vec<String> {
    let object = schema.pointer(at).unwrap_or_else(|| panic!("no {at}"));
    assert_eq!(object["additionalProperties"], json!(false), "{at} takes any key");
    object["properties"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_schema_has_the_keys_that_are_decoded() {
    let schema = schema("map");
    let mut decoded = decoded_keys();
    let places = [
        ("the map", ""),
        ("`persona`", "/properties/persona"),
        ("a stage", "/$defs/stage"),
        ("a touchpoint", "/$defs/touchpoint"),
        ("a score", "/$defs/score/anyOf/1"),
        ("a transition", "/$defs/transition/anyOf/1"),
        ("`survey`", "/$defs/survey"),
        ("a file", "/$defs/file/anyOf/1"),
        ("a segment", "/$defs/segment/anyOf/1"),
        ("the question", "/$defs/question/anyOf/1"),
        ("the reasons of a touchpoint", "/$defs/reasons/anyOf/1"),
        ("`complaints`", "/$defs/survey/properties/complaints"),
        ("`causes`", "/$defs/causes"),
        ("a group of causes", "/$defs/cause_group"),
        ("a cause", "/$defs/cause"),
        ("a measure of operations", "/$defs/operation"),
        ("an assumption", "/$defs/assumption"),
        ("`service_levels`", "/$defs/service_levels"),
        ("a benchmark", "/$defs/benchmark"),
        ("an action", "/$defs/action"),
        ("`rules`", "/$defs/rules"),
        ("`questionnaire`", "/$defs/questionnaire"),
        (
            "the question of a segment",
            "/$defs/questionnaire/properties/segments/additionalProperties/anyOf/2",
        ),
        ("a silence", "/$defs/silence"),
    ];
    for (what, at) in places {
        let mut decoded = decoded.remove(what).unwrap_or_else(|| panic!("no {what}"));
        let mut known = keys_at(&schema, at);
        decoded.sort();
        known.sort();
        assert_eq!(known, decoded, "{what}");
    }
    assert!(decoded.is_empty(), "the schema is not held to {decoded:?}");
}

#[test]
fn every_key_of_a_map_is_explained() {
    fn walk(value: &Value, at: &str, count: &mut usize) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            for (key, property) in properties {
                let words = property["description"].as_str().unwrap_or_default();
                assert!(words.ends_with(['.', '?', '”']), "{at}.{key}: {words}");
                *count += 1;
            }
        }
        match value {
            Value::Object(entries) => {
                entries
                    .iter()
                    .for_each(|(key, it)| walk(it, &format!("{at}.{key}"), count));
            }
            Value::Array(items) => items.iter().for_each(|it| walk(it, at, count)),
            _ => {}
        }
    }
    let mut count = 0;
    walk(&schema("map"), "$", &mut count);
    assert!(count > 90, "{count}");
}

/// Maps of the project, each with whether `check` finds something that a schema can see.
fn maps() -> Vec<(PathBuf, bool)> {
    let mut maps = Vec::new();
    for folder in ["journeys", "tests/cases", "tests/maps"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path().join("journey.yaml");
            let Ok(bytes) = fs::read(&path) else { continue };
            // What is no YAML, or too much of it, has no value to hold against a schema.
            let is_value =
                bytes.len() < 60_000 && serde_yaml::from_slice::<Value>(&bytes).is_ok();
            let case = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            if !is_value || BEYOND.iter().any(|(name, _)| *name == case) {
                continue;
            }
            let map = path.to_str().unwrap();
            let output =
                touchmap(root(), &["check", map, "--map-only", "--format", "json"]);
            let found: Value = serde_json::from_slice(&output.stdout).unwrap();
            let problems = found["maps"][0]["problems"].as_array().unwrap();
            let wrong = problems.iter().any(|it| {
                it["severity"] == "error" && SEEN.iter().any(|code| it["code"] == *code)
            });
            maps.push((path, wrong));
        }
    }
    maps.sort();
    maps
}

/// Python's jsonschema reads the schema and the maps (with its own YAML, as text where it is
/// text), and says of each map whether it is as the schema says.
const PROGRAM: &str = "\
import json, sys, jsonschema, yaml
class Loader(yaml.SafeLoader): pass
Loader.yaml_implicit_resolvers = {
    key: [it for it in all if it[0] != 'tag:yaml.org,2002:timestamp']
    for key, all in Loader.yaml_implicit_resolvers.items()}
def texts(it):
    if isinstance(it, dict): return {str(k): texts(v) for k, v in it.items()}
    return [texts(v) for v in it] if isinstance(it, list) else it
schema, paths = json.load(sys.stdin)
kind = jsonschema.Draft202012Validator
kind.check_schema(schema)
told = {}
for path in paths:
    value = texts(yaml.load(open(path, encoding='utf-8-sig'), Loader))
    told[path] = [e.json_path + ': ' + e.message[:200] for e in kind(schema).iter_errors(value)]
print(json.dumps(told))
";

#[test]
fn an_independent_validator_judges_maps_as_check_does() {
    let installed =
        Command::new("python3").args(["-c", "import jsonschema, yaml"]).output();
    if !installed.is_ok_and(|it| it.status.success()) {
        eprintln!(
            "\n*** SKIPPED: python3 with jsonschema and yaml is not installed ***\n"
        );
        return;
    }
    let maps = maps();
    let paths: Vec<&str> = maps.iter().map(|(path, _)| path.to_str().unwrap()).collect();
    let input = serde_json::to_vec(&json!([schema("map"), paths])).unwrap();
    let output = fed(Command::new("python3").args(["-c", PROGRAM]), &input);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut wrong = Vec::new();
    for (path, is_wrong) in &maps {
        let errors = told[path.to_str().unwrap()].as_array().unwrap();
        if errors.is_empty() == *is_wrong {
            wrong
                .push(format!("{}: check {is_wrong}, schema {errors:?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let refused = maps.iter().filter(|(_, wrong)| *wrong).count();
    assert!(refused >= 12 && maps.len() - refused >= 30, "{refused} of {}", maps.len());
}

#[test]
fn a_survey_in_a_file_of_its_own_has_a_schema() {
    let schema = schema("survey");
    assert_eq!(schema["$ref"], "#/$defs/survey");
    assert!(schema["$defs"]["question"].is_object());
}
