//! Two states of a journey, and what changed between them.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::shared::{assert_same, oracle, reference, root, text, touchmap};

const HOME: &str = "journeys/home-buying/journey.yaml";

fn analysis(map: &str, name: &str, arguments: &[&str]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("touchmap-it-diff-{name}.json"));
    let all = [&["score", map, "--format", "json"], arguments].concat();
    let output = touchmap(root(), &all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    fs::write(&path, output.stdout).unwrap();
    path
}

fn diff(old: &str, new: &str, arguments: &[&str]) -> Value {
    let all = [&["diff", old, new, "--format", "json"], arguments].concat();
    let output = touchmap(root(), &all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn of<'a>(scores: &'a Value, id: &str) -> &'a Value {
    let all = scores["scores"]["touchpoints"].as_array().unwrap();
    all.iter().find(|it| it["touchpoint"] == id).unwrap()
}

/// Everything that was changed by hand between the two maps, and nothing else.
#[test]
fn every_change_of_a_map_is_told_once() {
    let case = "tests/cases/diff-maps";
    let found = diff(&format!("{case}/old.yaml"), &format!("{case}/new.yaml"), &[]);
    let structure = found["structure"].as_array().unwrap();
    let told: Vec<String> = structure
        .iter()
        .map(|it| {
            let word = |key: &str| it[key].as_str().unwrap_or("-").to_owned();
            ["kind", "thing", "id", "from", "to"].map(word).join(" ")
        })
        .collect();
    let expected = [
        "name stage visit Visit The visit",
        "added stage service - -",
        "removed stage after - -",
        "name touchpoint door Door Entrance",
        "declared touchpoint advice no yes",
        "owner touchpoint shelf House Stock",
        "split touchpoint checkout till -",
        "target touchpoint checkout 80 85",
        "split touchpoint self_checkout till -",
        "owner touchpoint self_checkout Sales -",
        "name touchpoint self_checkout Till Self-checkout",
        "target touchpoint self_checkout 80 75",
        "merged touchpoint contact mail, call -",
        "added touchpoint returns - -",
        "removed touchpoint coupon - -",
        "order stage visit door, shelf, advice door, advice, shelf",
    ];
    for line in expected {
        assert!(told.iter().any(|it| it == line), "not told: {line}\n{told:#?}");
    }
    let of_nodes = told.iter().filter(|it| !it.contains("transition"));
    assert_eq!(of_nodes.count(), expected.len(), "{told:#?}");
    let ways: Vec<&String> = told.iter().filter(|it| it.contains("transition")).collect();
    let has = |line: &str| ways.iter().any(|it| it.as_str() == line);
    assert!(has("added transition shelf -> self_checkout - 0.1"), "{ways:#?}");
    assert!(has("removed transition call -> coupon - -"), "{ways:#?}");
    assert!(!ways.iter().any(|it| it.contains("door -> shelf")), "{ways:#?}");
}

#[test]
fn a_map_does_not_differ_from_itself() {
    let found = diff(HOME, HOME, &[]);
    assert_eq!(found["structure"], serde_json::json!([]));
    assert_eq!(found["scores"], Value::Null);
}

/// The tests that the diff makes itself are those of the report of the later wave.
#[test]
fn changes_are_those_of_the_report() {
    let old = analysis(HOME, "old", &["--wave", "2024"]);
    let own = analysis(HOME, "own", &[]);
    let alone = analysis(HOME, "alone", &["--baseline", "none"]);
    let old = old.to_str().unwrap();
    let told = diff(old, own.to_str().unwrap(), &[]);
    let made = diff(old, alone.to_str().unwrap(), &[]);
    let all = told["scores"]["touchpoints"].as_array().unwrap();
    let relevant: Vec<&str> = all
        .iter()
        .filter(|it| it["relevant"] == true)
        .map(|it| it["touchpoint"].as_str().unwrap())
        .collect();
    assert_eq!(
        relevant,
        ["inspection", "doors_windows", "repair_on_time", "layout_storage"]
    );
    for one in all {
        let other = of(&made, one["touchpoint"].as_str().unwrap());
        for key in ["old", "new", "points", "p", "q"] {
            let (one, other) = (one[key].as_f64(), other[key].as_f64());
            let near = one.zip(other).map(|(one, other)| (one - other).abs());
            assert!(near.is_none_or(|it| it < 1e-9), "{one:?} {other:?}");
            assert_eq!(one.is_some(), other.is_some());
        }
        assert_eq!(one["relevant"], other["relevant"]);
    }
}

/// Against statsmodels, of all pairs of years that follow one another.
#[test]
fn the_years_of_the_airport_differ_as_statsmodels_says() {
    let Some(wanted) = oracle("sfo_wave_differences.json") else { return };
    if reference("data/sfo/2016.csv").is_none() {
        return;
    }
    let map = "journeys/airport/journey.yaml";
    let mut checked = 0;
    for (from, to) in [("2013", "2014"), ("2014", "2015"), ("2015", "2016")] {
        let score = |wave: &str| {
            let name = format!("sfo-{from}-{to}-{wave}");
            analysis(map, &name, &["--wave", wave, "--baseline", "none", "--lenient"])
        };
        let (old, new) = (score(from), score(to));
        let found = diff(old.to_str().unwrap(), new.to_str().unwrap(), &[]);
        let pair = &wanted["pairs"][format!("{to}_minus_{from}")];
        for it in pair.as_array().unwrap_or_else(|| panic!("no pair {to} − {from}")) {
            let id = it["touchpoint"].as_str().unwrap();
            if id == "overall" {
                continue;
            }
            let all = found["scores"]["touchpoints"].as_array().unwrap();
            let Some(found) = all.iter().find(|of| of["touchpoint"] == id) else {
                continue;
            };
            let expected = &it["weighted_ref"];
            // A step of the scale of five is 25 points.
            let points = expected["diff"].as_f64().unwrap() * 25.0;
            let difference = found["points"].as_f64().unwrap();
            assert!((difference - points).abs() < 1e-9, "{id}: {difference} {points}");
            let what = format!("p of {id}, {to} − {from}");
            let p = found["p"].as_f64().unwrap();
            let exact = expected["p"].as_f64().unwrap();
            assert!((p - exact).abs() <= 1e-6 * exact.max(1e-6), "{what}: {p} {exact}");
            assert_same(
                found["q"].as_f64().map(|q| (q * 1e6).round()),
                &Value::from(
                    (expected["p_bh_statsmodels"].as_f64().unwrap() * 1e6).round(),
                ),
                &what,
            );
            checked += 1;
        }
    }
    assert!(checked >= 40, "only {checked} differences are known");
}

/// What the report of the new wave refuses to compare, the diff does not compare either; nor
/// what stands on another scale, or is a part of what it was.
#[test]
fn what_must_not_be_compared_is_not() {
    let folder = std::env::temp_dir().join("touchmap-it-diff-guards");
    fs::create_dir_all(&folder).unwrap();
    let map = |touchpoints: &str, scale: &str| {
        format!(
            "id: m\nname: M\nstages:\n  - {{id: s, name: S, touchpoints: [{touchpoints}]}}\n\
             survey: {{scale: {scale}}}\n"
        )
    };
    let at = |mean: f64, wave: &str| {
        format!("scores: {{{wave}: {{mean: {mean}, n: 400, sd: 0.9}}}}")
    };
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let one = |id: &str, rest: &str| format!("{{id: {id}, name: {id}, {rest}}}");
    write("five.yaml", &map(&one("till", &at(4.0, "2024")), "[1, 5]"));
    write("ten.yaml", &map(&one("till", &at(7.0, "2025")), "[1, 10]"));
    let parts =
        [one("a", &format!("was: till, {}", at(3.0, "2025"))), one("b", "was: till")];
    write("split.yaml", &map(&parts.join(", "), "[1, 5]"));
    let told = |new: &str| {
        let all = ["diff", "five.yaml", new, "--scores", "--format", "json"];
        let output = touchmap(&folder, &all);
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let ten = told("ten.yaml");
    let till = of(&ten, "till");
    assert_eq!((&till["p"], &till["relevant"]), (&Value::Null, &Value::Bool(false)));
    assert!(till["reason"].as_str().unwrap().contains("another scale"), "{till}");
    assert_eq!(told("split.yaml")["scores"]["touchpoints"], serde_json::json!([]));

    // Home-buying asked for `fees` in 2024 and 2025; as another question it is not compared.
    let text_of = fs::read_to_string(root().join(HOME)).unwrap();
    let changed = text_of.replace(
        "    hotline: q11\n",
        "    hotline: q11\n    reception: {column: reception, question_version: 2}\n",
    );
    assert_ne!(text_of, changed);
    let changed = changed.replace(
        "responses/",
        &format!("{}/journeys/home-buying/responses/", root().display()),
    );
    write("journey.yaml", &changed);
    let path = folder.join("journey.yaml");
    let path = path.to_str().unwrap();
    let (old, new) = (
        analysis(HOME, "guards-old", &["--wave", "2024"]),
        analysis(path, "guards-new", &[]),
    );
    let found = diff(old.to_str().unwrap(), new.to_str().unwrap(), &[]);
    let same = of(&found, "reception");
    let report: Value = serde_json::from_slice(&fs::read(&new).unwrap()).unwrap();
    let touchpoints = report["touchpoints"].as_array().unwrap();
    let own = touchpoints.iter().find(|it| it["id"] == "reception").unwrap();
    assert_eq!(same["p"], own["change"]["p"], "the diff tells what the report tells");
}

#[test]
fn a_renamed_touchpoint_is_read_from_its_old_column() {
    let folder = std::env::temp_dir().join("touchmap-it-diff-renamed");
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("a.csv"),
        "wave,till,door\n".to_owned() + &"2024,8,7\n".repeat(20),
    )
    .unwrap();
    let now = "wave,checkout,door\n".to_owned() + &"2025,9,7\n".repeat(20);
    fs::write(folder.join("b.csv"), now).unwrap();
    let map = "id: m\nname: M\nstages:\n  - id: s\n    name: S\n    touchpoints:\n      - {id: door, \
               name: Door}\n      - {id: checkout, name: Till, was: till}\nsurvey:\n  files: [a.csv, b.csv]\n  \
               wave: wave\n";
    fs::write(folder.join("journey.yaml"), map).unwrap();
    let output = touchmap(&folder, &["score", "journey.yaml", "--format", "json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let analysis: Value = serde_json::from_slice(&output.stdout).unwrap();
    let of = |wave: &str| {
        let trend = analysis["trend"].as_array().unwrap();
        let of_it = |it: &&Value| it["touchpoint"] == "checkout" && it["wave"] == wave;
        trend.iter().find(of_it).unwrap()["score"]["mean"].as_f64()
    };
    assert_eq!((of("2024"), of("2025")), (Some(8.0), Some(9.0)));
}
