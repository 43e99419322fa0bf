//! What `score --format json` writes is what `schema analysis` says, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value};

use crate::shared::{fed, reference, root, text, touchmap};

fn schema() -> Value {
    let output = touchmap(root(), &["schema", "analysis"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn scored(folder: &str, map: &str) -> Value {
    let output =
        touchmap(&root().join(folder), &["score", map, "--format", "json", "--lenient"]);
    assert!(output.status.success(), "{folder}: {}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Real analyses: rows with everything, aggregates only, and, where the surveys lie beside
/// the project, the airport's.
fn analyses() -> Vec<Value> {
    let mut analyses = vec![
        scored("journeys/home-buying", "journey.yaml"),
        scored("tests/cases/aggregate-rows", "journey.yaml"),
    ];
    if reference("data/sfo/2016.csv").is_some() {
        analyses.push(scored("journeys/airport", "journey.yaml"));
    }
    analyses
}

/// A check by the words of JSON Schema that our schema uses; any other word is a failure, so
/// that none is passed over.
struct Check<'a> {
    root: &'a Value,
    problems: Vec<String>,
    /// Properties of objects that some analysis had.
    seen: BTreeSet<String>,
}

const WORDS: &[&str] = &[
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "items",
    "anyOf",
    "oneOf",
    "enum",
    "const",
    "default",
    "format",
    "minimum",
    "minItems",
    "maxItems",
    "pattern",
];

impl Check<'_> {
    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        let Some(words) = schema.as_object() else {
            if schema == &Value::Bool(false) {
                self.problems.push(format!("{at} is not in the schema"));
            }
            return;
        };
        for word in words.keys() {
            assert!(WORDS.contains(&word.as_str()), "the check does not know `{word}`");
        }
        if let Some(name) = words.get("$ref").and_then(Value::as_str) {
            let target = match name.strip_prefix("#/$defs/") {
                Some(name) => &self.root["$defs"][name],
                None => self.root,
            };
            assert!(target.is_object(), "no {name}");
            self.check(target, value, at);
        }
        self.choices(words, value, at);
        self.simple(words, value, at);
        if let (Some(items), Value::Array(values)) = (words.get("items"), value) {
            for (index, value) in values.iter().enumerate() {
                self.check(items, value, &format!("{at}[{index}]"));
            }
        }
        if let Value::Object(entries) = value {
            self.object(words, entries, at);
        }
    }

    fn choices(&mut self, words: &Map<String, Value>, value: &Value, at: &str) {
        for word in ["anyOf", "oneOf"] {
            let Some(choices) = words.get(word).and_then(Value::as_array) else {
                continue;
            };
            let mut tried = Vec::new();
            for choice in choices {
                let mut other = Check {
                    root: self.root,
                    problems: Vec::new(),
                    seen: BTreeSet::new(),
                };
                other.check(choice, value, at);
                if other.problems.is_empty() {
                    self.seen.append(&mut other.seen);
                    tried.clear();
                    break;
                }
                tried.append(&mut other.problems);
            }
            self.problems.append(&mut tried);
        }
    }

    fn simple(&mut self, words: &Map<String, Value>, value: &Value, at: &str) {
        let mut fail = |what: &str| self.problems.push(format!("{at}: {what}: {value}"));
        let is = |kind: &str| match kind {
            "null" => value.is_null(),
            "boolean" => value.is_boolean(),
            "string" => value.is_string(),
            "number" => value.is_number(),
            "integer" => value.is_u64() || value.is_i64(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("no type {other}"),
        };
        let fits = |kinds: &Value| match kinds {
            Value::String(kind) => is(kind),
            kinds => kinds.as_array().unwrap().iter().any(|it| is(it.as_str().unwrap())),
        };
        if words.get("type").is_some_and(|kinds| !fits(kinds)) {
            fail("wrong type");
        }
        if words.get("const").is_some_and(|only| only != value) {
            fail("not the constant");
        }
        let of = words.get("enum").and_then(Value::as_array);
        if of.is_some_and(|all| !all.contains(value)) {
            fail("none of the words");
        }
        if let (Some(least), Some(number)) =
            (words.get("minimum").and_then(Value::as_f64), value.as_f64())
            && number < least
        {
            fail("too small");
        }
        let length = value.as_array().map(Vec::len);
        for (word, sign) in [("minItems", 1), ("maxItems", -1)] {
            let limit = words.get(word).and_then(Value::as_u64);
            if let (Some(limit), Some(length)) = (limit, length)
                && (length as i64 - limit as i64) * sign < 0
            {
                fail(word);
            }
        }
    }

    fn object(
        &mut self,
        words: &Map<String, Value>,
        entries: &Map<String, Value>,
        at: &str,
    ) {
        let none = Map::new();
        let named =
            |word: &str| words.get(word).and_then(Value::as_object).unwrap_or(&none);
        for key in words.get("required").and_then(Value::as_array).unwrap_or(&Vec::new())
        {
            if !entries.contains_key(key.as_str().unwrap()) {
                self.problems.push(format!("{at} has no {key}"));
            }
        }
        for (key, value) in entries {
            let at = format!("{at}.{key}");
            if let Some(schema) = named("properties").get(key) {
                self.seen.insert(key.clone());
                self.check(schema, value, &at);
            } else if let Some((pattern, schema)) =
                named("patternProperties").iter().next()
            {
                // The one pattern is that of the levels of a scale.
                assert!(pattern.contains("\\d"), "{pattern}");
                if key.parse::<f64>().is_err() {
                    self.problems.push(format!("{at} is no level"));
                }
                self.check(schema, value, &at);
            } else if let Some(schema) = words.get("additionalProperties") {
                self.check(schema, value, &at);
            }
        }
    }
}

fn problems(schema: &Value, value: &Value) -> (Vec<String>, BTreeSet<String>) {
    let mut check = Check { root: schema, problems: Vec::new(), seen: BTreeSet::new() };
    check.check(schema, value, "$");
    (check.problems, check.seen)
}

#[test]
fn every_analysis_is_as_its_schema_says() {
    let schema = schema();
    let mut seen = BTreeSet::new();
    for analysis in analyses() {
        let (problems, mut of_this) = problems(&schema, &analysis);
        assert!(problems.is_empty(), "{:#?}", &problems[..problems.len().min(20)]);
        seen.append(&mut of_this);
    }
    // What the analyses are checked for is most of what there is.
    for key in ["importance", "asymmetry", "lift", "vs_rest", "benchmarks", "findings"] {
        assert!(seen.contains(key), "no analysis has {key}");
    }
}

#[test]
fn a_field_that_the_schema_does_not_know_is_an_error() {
    type Break = fn(&mut Value);
    let schema = schema();
    let mut analysis = scored("tests/cases/aggregate-rows", "journey.yaml");
    let wrong: [(&str, Break); 4] = [
        ("unknown", |it| it["unknown"] = Value::Null),
        ("score", |it| it["touchpoints"][0]["score"]["meen"] = Value::Null),
        ("n", |it| it["overall"]["n"] = Value::from("many")),
        ("overall", |it| drop(it.as_object_mut().unwrap().remove("overall"))),
    ];
    assert!(problems(&schema, &analysis).0.is_empty());
    for (what, break_it) in wrong {
        let sound = analysis.clone();
        break_it(&mut analysis);
        assert!(!problems(&schema, &analysis).0.is_empty(), "{what} is passed over");
        analysis = sound;
    }
}

#[test]
fn every_property_says_what_it_is() {
    let schema = schema();
    let mut count = 0;
    let all = schema["$defs"].as_object().unwrap().values().chain([&schema]);
    for properties in all.filter_map(|it| it["properties"].as_object()) {
        for (name, property) in properties {
            let words = property["description"].as_str().unwrap_or_default();
            assert!(words.ends_with('.'), "{name}: {words}");
            assert!(!words.contains("`None`"), "{name} speaks Rust");
            count += 1;
        }
    }
    assert!(count > 150, "{count}");
}

/// Another reading of the same schema, by Python's jsonschema, where that is installed.
#[test]
fn an_independent_validator_agrees() {
    let program = "import json, sys, jsonschema\n\
                   schema, *all = json.load(sys.stdin)\n\
                   kind = jsonschema.Draft202012Validator\n\
                   kind.check_schema(schema)\n\
                   wrong = [e.json_path + ': ' + e.message[:200] for a in all \
                   for e in kind(schema).iter_errors(a)]\n\
                   print('\\n'.join(wrong[:20]))\n\
                   sys.exit(1 if wrong else 0)\n";
    let python = |arguments: &[&str]| {
        let mut command = Command::new("python3");
        command.args(arguments).current_dir(Path::new(root()));
        command
    };
    let installed = python(&["-c", "import jsonschema"]).output();
    if !installed.is_ok_and(|it| it.status.success()) {
        let skipped = "\n*** SKIPPED: python3 with jsonschema is not installed ***\n";
        eprintln!("{skipped}");
        return;
    }
    let mut all = vec![schema()];
    all.extend(analyses());
    let input = serde_json::to_vec(&all).unwrap();
    let output = fed(&mut python(&["-c", program]), &input);
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn every_scenario_is_as_its_schema_says() {
    let output = touchmap(root(), &["schema", "whatif"]);
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let map = "journeys/home-buying/journey.yaml";
    let changes = ["--set", "leaks=80", "--drop", "repair_on_time->repair_on_time"];
    let mut arguments = vec!["whatif", map, "--format", "json"];
    arguments.extend(changes);
    let output = touchmap(root(), &arguments);
    let what_if: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (wrong, seen) = problems(&schema, &what_if);
    assert!(wrong.is_empty(), "{wrong:#?}");
    for key in ["lift", "parts", "visits", "flow", "completion"] {
        assert!(seen.contains(key), "the scenario has no {key}");
    }
}

#[test]
fn every_match_is_as_its_schema_says() {
    let output = touchmap(root(), &["schema", "match"]);
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    for case in ["match-wenjuanxing", "match-qualtrics", "match-drifted-names"] {
        let folder = root().join("tests/cases").join(case);
        let command = std::fs::read_to_string(folder.join("command")).unwrap();
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.extend(["--format", "json"]);
        let output = touchmap(&folder, &arguments);
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let (problems, _) = problems(&schema, &found);
        assert_eq!(problems, [""; 0], "{case}");
    }
}

#[test]
fn every_gate_is_as_its_schema_says() {
    let output = touchmap(root(), &["schema", "gate"]);
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let folder = root().join("tests/cases/gate");
    let output = touchmap(&folder, &["gate", "journey.yaml", "--format", "json"]);
    let gate: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (wrong, seen) = problems(&schema, &gate);
    assert_eq!(wrong, [""; 0]);
    assert!(seen.contains("said"), "{seen:?}");
}

#[test]
fn every_diff_is_as_its_schema_says() {
    let output = touchmap(root(), &["schema", "diff"]);
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let map = "journeys/home-buying/journey.yaml";
    let arguments = ["diff", map, map, "--scores", "--format", "json"];
    let output = touchmap(root(), &arguments);
    let diff: Value = serde_json::from_slice(&output.stdout).unwrap();
    let (wrong, seen) = problems(&schema, &diff);
    assert_eq!(wrong, [""; 0]);
    assert!(seen.contains("flags"), "{seen:?}");
    let folder = root().join("tests/cases/diff-maps");
    let arguments = ["diff", "old.yaml", "new.yaml", "--format", "json"];
    let diff: Value =
        serde_json::from_slice(&touchmap(&folder, &arguments).stdout).unwrap();
    let (wrong, seen) = problems(&schema, &diff);
    assert_eq!(wrong, [""; 0]);
    assert!(seen.contains("kind"), "{seen:?}");
}
