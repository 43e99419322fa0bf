//! Weights raked to the population, and intervals of a finite one. Reference values of R's
//! package survey are in `tests/raking`, with the script that made them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::shared::{root, text, touchmap};

fn project(name: &str, change: impl Fn(&str) -> String) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("touchmap-it-raking-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let source = root().join("tests/raking");
    let map = fs::read_to_string(source.join("journey.yaml")).unwrap();
    fs::write(folder.join("journey.yaml"), change(&map)).unwrap();
    fs::copy(source.join("responses.csv"), folder.join("responses.csv")).unwrap();
    folder
}

fn analysis(folder: &Path, flags: &[&str]) -> Value {
    let arguments = [&["score", "journey.yaml", "--format", "json"], flags].concat();
    let output = touchmap(folder, &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What R says of a design.
fn expected(design: &str) -> BTreeMap<String, f64> {
    let table = fs::read_to_string(root().join("tests/raking/expected.csv")).unwrap();
    let rows = table.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0].to_owned(), (cells[1].to_owned(), cells[2].parse().unwrap()))
    });
    rows.filter(|(of, _)| of == design).map(|(_, pair)| pair).collect()
}

#[track_caller]
fn near(what: &str, ours: &Value, theirs: f64) {
    let ours = ours.as_f64().unwrap_or_else(|| panic!("{what} is missing"));
    // Raking stops at 1e-10 of the population, in R as here.
    assert!((ours - theirs).abs() < 1e-8 * theirs.abs(), "{what}: {ours}, not {theirs}");
}

fn check_whole(analysis: &Value, expected: &BTreeMap<String, f64>) {
    let scores = [
        ("overall", &analysis["overall"]),
        ("visit", &analysis["touchpoints"][0]["score"]),
    ];
    for (name, score) in scores {
        near(name, &score["mean"], expected[&format!("{name} mean")]);
        near(name, &score["se"], expected[&format!("{name} se")]);
    }
    let satisfied = &analysis["overall"]["satisfied"];
    near("satisfied", &satisfied["share"], expected["satisfied mean"]);
    near("satisfied", &satisfied["se"], expected["satisfied se"]);
    near("nps", &analysis["recommend"]["nps"], expected["nps mean"]);
    near("nps", &analysis["recommend"]["se"], expected["nps se"]);
    let repair = &analysis["touchpoints"][1]["score"];
    near("repair", &repair["mean"], expected["repair mean"]);
    near("repair", &repair["se"], domain(repair, expected["repair se"]));
}

/// The error of a mean of some of the 480 respondents as R has it: R's factor for small samples
/// is n/(n − 1) of the whole sample, ours (METHOD §3) that of those who answered.
fn domain(score: &Value, error: f64) -> f64 {
    let n = score["n"].as_f64().unwrap();
    error * (479.0 / 480.0 * n / (n - 1.0)).sqrt()
}

fn check_factors(analysis: &Value, expected: &BTreeMap<String, f64>) {
    let factors: Vec<f64> = expected
        .iter()
        .filter(|(what, _)| what.starts_with("factor"))
        .map(|(_, factor)| *factor)
        .collect();
    assert_eq!(factors.len(), 6);
    let raked = &analysis["population"]["raked"]["factors"];
    near("least", &raked["least"], factors.iter().copied().fold(f64::MAX, f64::min));
    near("most", &raked["most"], factors.iter().copied().fold(0.0, f64::max));
}

fn check_segments(analysis: &Value, expected: &BTreeMap<String, f64>) {
    let mut checked = 0;
    for it in analysis["segments"].as_array().unwrap() {
        let value = it["value"].as_str().unwrap();
        if it["touchpoint"] == "overall"
            && expected.contains_key(&format!("{value} mean"))
        {
            near(value, &it["score"]["mean"], expected[&format!("{value} mean")]);
            let error = domain(&it["score"], expected[&format!("{value} se")]);
            near(value, &it["score"]["se"], error);
            checked += 1;
        }
    }
    assert_eq!(checked, 5);
}

#[test]
fn raked_means_and_errors_are_those_of_r() {
    let analysis = analysis(&project("plain", str::to_owned), &[]);
    let expected = expected("plain");
    check_factors(&analysis, &expected);
    check_whole(&analysis, &expected);
    check_segments(&analysis, &expected);
}

#[test]
fn so_are_those_of_weights_that_there_were_before() {
    let with_weight =
        |map: &str| map.replace("  wave: wave\n", "  wave: wave\n  weight: w\n");
    let analysis = analysis(&project("weighted", with_weight), &[]);
    let expected = expected("weighted");
    check_factors(&analysis, &expected);
    check_whole(&analysis, &expected);
    check_segments(&analysis, &expected);
}

#[test]
fn so_are_those_of_a_finite_population() {
    let finite = |map: &str| map.replace("    rake:", "    finite: true\n    rake:");
    let analysis = analysis(&project("finite", finite), &[]);
    check_whole(&analysis, &expected("finite"));
    let population = &analysis["population"];
    assert_eq!(population["total"], 1500);
    near("rate", &population["response_rate"], 480.0 / 1500.0);
    // North has 600 customers. By hand: the error of the sample of many, by √(1 − n/600).
    let north = analysis["segments"].as_array().unwrap();
    let north =
        north.iter().find(|it| it["value"] == "North" && it["touchpoint"] == "overall");
    let score = &north.unwrap()["score"];
    let n = score["n"].as_f64().unwrap();
    let many = domain(score, expected("plain")["North se"]);
    near("North", &score["se"], many * (1.0 - n / 600.0).sqrt());
}

/// Each raked segment has the shares of the population, and the analysis says who answered.
#[test]
fn shares_are_those_of_the_population() {
    let analysis = analysis(&project("shares", str::to_owned), &[]);
    let sizes = analysis["segment_sizes"].as_array().unwrap();
    let share = |value: &str| {
        sizes.iter().find(|it| it["value"] == value).unwrap()["share"].clone()
    };
    for (value, customers) in [
        ("North", 600.0),
        ("South", 550.0),
        ("East", 350.0),
        ("new", 500.0),
        ("old", 1000.0),
    ] {
        near(value, &share(value), customers / 1500.0);
    }
    let rows = fs::read_to_string(root().join("tests/raking/responses.csv")).unwrap();
    let east = rows.lines().filter(|it| it.contains(",East,")).count();
    let coverage = analysis["population"]["coverage"].as_array().unwrap();
    let it = coverage.iter().find(|it| it["value"] == "East").unwrap();
    assert_eq!(it["n"], east);
    near("East", &it["response_rate"], east as f64 / 350.0);
}

/// A scorecard of a value is the same bits as the report of a restriction to it; neither a thread
/// nor a file more shows.
#[test]
fn parts_threads_and_files_do_not_show() {
    let folder = project("parts", str::to_owned);
    let rows = fs::read_to_string(folder.join("responses.csv")).unwrap();
    let (header, body) = rows.split_once('\n').unwrap();
    let lines: Vec<&str> = body.lines().collect();
    let (one, other) = lines.split_at(200);
    fs::write(folder.join("a.csv"), format!("{header}\n{}\n", one.join("\n"))).unwrap();
    fs::write(folder.join("b.csv"), format!("{header}\n{}\n", other.join("\n"))).unwrap();
    let flags = ["--where", "city=South", "--responses", "a.csv", "b.csv", "--threads"];
    let [one, four] =
        ["1", "4"].map(|it| analysis(&folder, &[&flags[..], &[it]].concat()));
    assert_eq!(one, four);
    let near_enough = analysis(&folder, &["--where", "city=South"]);
    let mean = one["overall"]["mean"].as_f64().unwrap();
    near("files", &near_enough["overall"]["mean"], mean);
    near("South", &one["overall"]["mean"], expected("plain")["South mean"]);
    let split = ["report", "journey.yaml", "--split", "city", "-o", "cards", "--quiet"];
    let output = touchmap(&folder, &split);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let report = [
        "report",
        "journey.yaml",
        "--where",
        "city=South",
        "-o",
        "south.html",
        "--quiet",
    ];
    assert!(touchmap(&folder, &report).status.success());
    let shown = |path: &str| {
        let page = fs::read_to_string(folder.join(path)).unwrap();
        let big =
            page.find("class=\"num big\"").or_else(|| page.find("out of 100")).unwrap();
        page[big - 120..big].to_owned()
    };
    assert_eq!(shown("cards/city-South.html"), shown("south.html"));
}

#[test]
fn unweighted_is_not_raked() {
    let analysis = analysis(&project("unweighted", str::to_owned), &["--unweighted"]);
    assert!(analysis["population"]["raked"].is_null());
    assert_eq!(analysis["weighting"], "none");
    // The sample itself: R's mean of the column.
    let rows = fs::read_to_string(root().join("tests/raking/responses.csv")).unwrap();
    let answers = rows.lines().skip(1).map(|it| it.split(',').nth(6).unwrap());
    let sum: f64 = answers.map(|it| it.parse::<f64>().unwrap()).sum();
    near("mean", &analysis["overall"]["mean"], sum / 480.0);
}

/// By one margin a factor is the share of the population by that of the sample: it would tell how
/// many of East answered, whom the report withholds. No number may say it, nor that of another
/// value that is withheld for it.
#[test]
fn a_factor_does_not_tell_of_few() {
    let few = |map: &str| {
        map.replace("rake: [city, phase]", "rake: city")
            + "rules: {suppress_below: 60, low_base: 60}\n"
    };
    let folder = project("few", few);
    let analysis = analysis(&folder, &[]);
    let raked = &analysis["population"]["raked"];
    assert!(raked["factors"].is_null());
    assert_eq!(raked["reason"], "n < 60");
    let coverage = analysis["population"]["coverage"].as_array().unwrap();
    let east = coverage.iter().find(|it| it["value"] == "East").unwrap();
    assert!(east["n"].is_null() && east["response_rate"].is_null());
    let report = ["report", "journey.yaml", "-o", "-", "--quiet"];
    let page = text(&touchmap(&folder, &report).stdout);
    assert!(page.contains("By how much is not told"), "no word of it");
    assert!(!page.contains("multiplied by"));
    let shown = |suppress: &str| {
        let firm =
            |map: &str| map.replace("rake: [city, phase]", "rake: city") + suppress;
        let analysis = self::analysis(&project("firm", firm), &[]);
        analysis["population"]["raked"]["factors"]["most"].clone()
    };
    // 54 of 480 answered in East, where 350 of 1500 customers are.
    near("East", &shown(""), 350.0 / 1500.0 / (54.0 / 480.0));
}

#[test]
fn who_cannot_be_raked_is_told_where_and_why() {
    let misspelt = |map: &str| map.replace("North: 600", "Nrth: 600");
    let output = touchmap(&project("misspelt", misspelt), &["check", "journey.yaml"]);
    let told = text(&output.stderr) + &text(&output.stdout);
    assert_eq!(output.status.code(), Some(2), "{told}");
    for word in ["TM437", "`North`: 294 rows", "did you mean `Nrth`?", "journey.yaml:19"]
    {
        assert!(told.contains(word), "no {word} in {told}");
    }
    let output = touchmap(
        &project("tally", str::to_owned),
        &["tally", "journey.yaml", "-o", "all.tally"],
    );
    assert!(text(&output.stderr).contains("TM439"), "{}", text(&output.stderr));
    let both = |map: &str| {
        map.replace("rake: [city, phase]", "rake: [cty, tenure]\n    finit: true")
    };
    let output = touchmap(&project("both", both), &["check", "journey.yaml"]);
    let told = text(&output.stderr) + &text(&output.stdout);
    for word in [
        "did you mean `city`?",
        "does not say how many customers each `tenure` has",
        "did you mean `finite`?",
    ] {
        assert!(told.contains(word), "no {word} in {told}");
    }
    let contradiction = |map: &str| map.replace("total: 1500", "total: 1600");
    let output =
        touchmap(&project("contradiction", contradiction), &["check", "journey.yaml"]);
    let told = text(&output.stderr) + &text(&output.stdout);
    assert!(told.contains("1600 customers by `total`, and 1500 by `city`"), "{told}");
}
