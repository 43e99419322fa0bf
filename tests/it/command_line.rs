//! The binary as users meet it: help, exit codes, streams.

use crate::shared::{fed, root, text, touchmap};

#[test]
fn the_command_is_well_formed() {
    touchmap::cli::command().debug_assert();
}

#[test]
fn bad_usage_ends_with_two_and_help_with_zero() {
    assert_eq!(touchmap(root(), &["chekc"]).status.code(), Some(2));
    assert_eq!(touchmap(root(), &["check"]).status.code(), Some(2));
    let help = touchmap(root(), &["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("Exit codes"));
}

#[test]
fn a_map_that_is_not_there_is_the_worlds_fault() {
    let output = touchmap(root(), &["check", "no/such/map.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("cannot read `no/such/map.yaml`"));
}

/// What bash is told that `words`, of which the last is begun, could become.
fn completed(folder: &std::path::Path, words: &[&str]) -> Vec<String> {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_touchmap"))
        .args(["--", "touchmap"])
        .args(words)
        .current_dir(folder)
        .env("COMPLETE", "bash")
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
        .output()
        .expect("the binary runs");
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let script = text(&touchmap(root(), &["completions", "bash"]).stdout);
    assert!(script.contains("COMPLETE=\"bash\""), "{script}");
    let manual = text(&touchmap(root(), &["man"]).stdout);
    let offered = completed(root(), &[""]);
    for command in touchmap::cli::command().get_subcommands() {
        let name = command.get_name();
        assert!(offered.iter().any(|it| it == name), "{name}: {offered:?}");
        assert!(manual.contains(name), "{name}");
    }
}

#[test]
fn touchpoints_waves_and_segments_of_the_map_are_completed() {
    let folder = root().join("journeys/home-buying");
    let home = folder.as_path();
    assert_eq!(completed(home, &["explain", "leak"]), ["leaks"]);
    assert_eq!(completed(home, &["score", "--wave", "20"]), ["2023", "2024", "2025"]);
    assert_eq!(completed(home, &["score", "--where", "phase=磨"]), ["phase=磨合期"]);
    assert_eq!(completed(home, &["whatif", "--set", "repair"]), ["repair_on_time="]);
    // Without a map there is nothing to offer, and nothing to complain of.
    assert_eq!(completed(root(), &["score", "--wave", "20"]), [""; 0]);
}

#[test]
fn a_quiet_run_says_nothing_but_results_and_problems() {
    let folder = folder("quiet");
    let map = root().join(HOME);
    let map = map.to_str().unwrap();
    let report = ["report", map, "-o", "report.html"];
    for arguments in [["check", map, "--as-of", "2026-01-01"], report] {
        let output = touchmap(&folder, &[&arguments[..], &["-q"]].concat());
        assert!(output.status.success());
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
    }
    let output = touchmap(&folder, &["check", "absent.yaml", "--quiet"]);
    assert!(text(&output.stderr).contains("cannot read"), "{}", text(&output.stderr));
}

const HOME: &str = "journeys/home-buying/journey.yaml";

/// A folder of its own for the files a test writes.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_report_says_in_a_line_what_it_wrote_and_found() {
    let file = folder("report").join("report.html");
    let output = touchmap(root(), &["report", HOME, "-o", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty());
    let said = text(&output.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    for words in
        ["wrote ", "6 pain points", "5 moments of truth", "5.2 Repair completed on time"]
    {
        assert!(said.contains(words), "{said}");
    }
    let html = std::fs::read_to_string(&file).unwrap();
    assert!(html.starts_with("<!doctype html>") || html.starts_with("<!DOCTYPE html>"));
}

#[test]
fn same_input_same_bytes() {
    for command in [
        ["report", HOME, "-o", "-"],
        ["draw", HOME, "--view", "graph"],
        ["score", HOME, "--format", "json"],
    ] {
        let once = touchmap(root(), &command);
        assert_eq!(once.status.code(), Some(0), "{}", text(&once.stderr));
        assert_eq!(once.stdout, touchmap(root(), &command).stdout, "{command:?}");
    }
}

#[test]
fn a_picture_is_also_written_as_data_with_the_ids_of_the_map() {
    let file = folder("scene").join("graph.json");
    let arguments = ["draw", HOME, "--view", "graph", "-o", file.to_str().unwrap()];
    let output = touchmap(root(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let written = std::fs::read_to_string(&file).unwrap();
    let scene: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(scene["schema"], "touchmap.scene/1");
    let nodes = scene["nodes"].as_array().unwrap();
    assert_eq!(nodes.iter().filter(|it| it["id"] == "repair_on_time").count(), 1);
    let edges = scene["edges"].as_array().unwrap();
    let back = |it: &&serde_json::Value| {
        it["from"] == "complaint_resolve" && it["to"] == "report_defect"
    };
    assert_eq!(edges.iter().filter(back).count(), 1);
    // Keys come in a fixed order, as the schema lists them.
    let order = ["schema", "title", "description", "width", "nodes", "edges", "texts"];
    let places = order.map(|key| written.find(&format!("\"{key}\":")).unwrap());
    assert!(places.is_sorted());
    let schema = touchmap(root(), &["schema", "scene"]);
    assert!(text(&schema.stdout).contains("touchmap.scene/1"));
}

#[test]
fn a_picture_in_an_unknown_format_is_a_usage_error() {
    let output = touchmap(root(), &["draw", HOME, "--view", "map", "-o", "x.bmp"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains(".bmp"));
}

#[test]
fn an_earlier_analysis_gives_the_same_report_without_the_responses() {
    let folder = folder("earlier");
    let json = folder.join("analysis.json");
    let json = json.to_str().unwrap();
    assert!(
        touchmap(root(), &["score", HOME, "--format", "json", "--quotes", "-o", json])
            .status
            .success()
    );
    let straight = touchmap(root(), &["report", HOME, "-o", "-"]);
    let earlier = touchmap(root(), &["report", HOME, "--from-analysis", json, "-o", "-"]);
    assert_eq!(text(&earlier.stderr), text(&straight.stderr));
    assert_eq!(earlier.stdout, straight.stdout);
    let other = "journeys/airport/journey.yaml";
    let wrong = touchmap(root(), &["report", other, "--from-analysis", json, "-o", "-"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(wrong.stdout.is_empty());
}

#[test]
fn fail_on_ends_with_one_only_when_the_severity_is_reached() {
    let code = |arguments: &[&str]| {
        let mut all = vec!["score", HOME, "--format", "csv"];
        all.extend(arguments);
        touchmap(root(), &all).status.code()
    };
    assert_eq!(code(&["--fail-on", "critical"]), Some(1));
    assert_eq!(code(&["--fail-on", "pain_point"]), Some(1));
    // Under a target that everything reaches, nothing is a pain point by its mean.
    assert_eq!(code(&["--fail-on", "critical", "--target", "10"]), Some(1));
    assert_eq!(code(&[]), Some(0));
}

#[test]
fn a_failure_leaves_the_old_file_as_it_was() {
    let file = folder("whole").join("report.html");
    std::fs::write(&file, "the old report").unwrap();
    let bad = "tests/cases/trap/journey.yaml";
    let output = touchmap(root(), &["report", bad, "-o", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "the old report");
    let names: Vec<_> = std::fs::read_dir(file.parent().unwrap()).unwrap().collect();
    assert_eq!(names.len(), 1, "a part of a file was left behind");
}

#[test]
fn a_folder_that_is_not_there_is_the_worlds_fault() {
    let output = touchmap(root(), &["report", HOME, "-o", "no/such/folder/report.html"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("cannot write `no/such/folder/report.html`"));
}

#[test]
fn a_restriction_counts_only_those_it_names() {
    let rows = |arguments: &[&str]| {
        let mut all = vec!["score", HOME, "--format", "json"];
        all.extend(arguments);
        let output = touchmap(root(), &all);
        let analysis: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (analysis["rows"]["used"].as_u64().unwrap(), analysis["where"].clone())
    };
    let cities = ["成都", "杭州", "武汉", "佛山"];
    let parts: u64 =
        cities.map(|city| rows(&["--where", &format!("city={city}")]).0).iter().sum();
    assert_eq!(parts, rows(&[]).0);
    assert_eq!(rows(&["--where", "city=成都"]).1, serde_json::json!({"city": "成都"}));
}

#[test]
fn one_template_can_be_replaced_and_a_wrong_name_is_told() {
    let folder = folder("templates");
    let ours = std::fs::read_to_string(root().join("templates/topbar.html")).unwrap();
    std::fs::write(folder.join("topbar.html"), format!("{ours}<p>our own bar</p>"))
        .unwrap();
    let templates = ["--templates", folder.to_str().unwrap()];
    let output =
        touchmap(root(), &["report", HOME, "-o", "-", templates[0], templates[1]]);
    assert!(text(&output.stdout).contains("<p>our own bar</p>"));
    let wrong = self::folder("wrong-templates");
    std::fs::write(wrong.join("topbra.html"), "x").unwrap();
    let output = touchmap(
        root(),
        &["report", HOME, "-o", "-", "--templates", wrong.to_str().unwrap()],
    );
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("did you mean `topbar.html`?"));
}

#[test]
fn a_map_from_standard_input_is_read() {
    use std::{io::Write as _, process::Stdio};
    let map = std::fs::read(root().join("tests/cases/readme-map/journey.yaml")).unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_touchmap"))
        .args(["score", "-", "--format", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&map).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(text(&output.stdout).contains("coffee-bar,2025,1.1,queue"));
}

/// A map of one touchpoint, and sixty who rated it in `rows.csv`, in a folder of its own.
fn rated(name: &str) -> (std::path::PathBuf, &'static str) {
    let folder = folder(name);
    let map = "touchmap: 1\nid: small\nname: Small\nstages:\n  - id: s\n    name: S\n    \
               touchpoints: [{id: a, name: A}]\nsurvey:\n  files: [{path: rows.csv, wave: \
               2025}]\n  scale: [1, 5]\n";
    let rows: String = (0..60).map(|at| format!("{}\n", 1 + at % 5)).collect();
    std::fs::write(folder.join("rows.csv"), format!("a\n{rows}")).unwrap();
    (folder, map)
}

fn piped(
    folder: &std::path::Path,
    arguments: &[&str],
    input: &[u8],
) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_touchmap"));
    fed(command.args(arguments).current_dir(folder), input)
}

/// Standard input can be read once. 3 is the mean of 1 to 5.
#[test]
fn a_map_from_standard_input_is_exported_with_its_scores() {
    let (folder, map) = rated("export-from-standard-input");
    let output = piped(&folder, &["export", "-", "--format", "json"], map.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let written: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let score = &written["stages"][0]["touchpoints"][0]["scores"]["2025"]["mean"];
    assert_eq!(score.as_f64(), Some(3.0), "{written}");
}

#[test]
fn only_what_is_lost_is_said_to_be() {
    let (folder, map) = rated("graphml-loses-nothing");
    let lost = |map: &str| {
        let arguments = ["export", "-", "--format", "graphml", "--map-only"];
        let output = piped(&folder, &arguments, map.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stderr)
    };
    let plain = &map[..map.find("survey:").unwrap()];
    assert_eq!(lost(plain), "");
    let scored =
        |scores: &str| plain.replace("name: A}", &format!("name: A, scores: {scores}}}"));
    assert_eq!(lost(&scored("{2025: {mean: 7}}")), "");
    let both = lost(&scored("{2024: {mean: 6}, 2025: {mean: 7}}"));
    assert!(both.contains("scores of earlier waves"), "{both}");
}

#[test]
fn what_is_too_large_to_import_is_not_read_to_its_end() {
    let folder = folder("import-too-large");
    // 9 MiB, and 8 MiB is the end: wherever it cuts, no letter is said to be broken.
    let large = "签".repeat(3 << 20);
    let output = piped(&folder, &["import", "-"], large.as_bytes());
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("larger than any map") && told.contains("8 MiB"), "{told}");
}

/// The flow needs no responses: flags about them are not passed over.
#[test]
fn a_flag_that_would_be_of_no_use_is_refused() {
    let map = "tests/cases/whatif/journey.yaml";
    for flags in [
        &["--wave", "2025"][..],
        &["--responses", "nowhere.csv"],
        &["--where", "town=Aston"],
        &["--unweighted"],
        &["--groups", "systematic"],
    ] {
        let arguments = [&["whatif", map, "--drop", "c->c"], flags].concat();
        let output = touchmap(root(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{flags:?}");
        let told = text(&output.stderr);
        assert!(told.contains(flags[0]) && told.contains("--set"), "{told}");
    }
}

#[test]
fn groups_are_those_of_the_segment_that_is_asked_for() {
    let map = root().join("journeys/home-buying/journey.yaml");
    let of = |by: &str| {
        let run = ["score", map.to_str().unwrap(), "--format", "json", "--by", by];
        touchmap(root(), &run)
    };
    let analysis: serde_json::Value = serde_json::from_slice(&of("city").stdout).unwrap();
    let segments = analysis["segments"].as_array().unwrap();
    assert!(!segments.is_empty());
    assert!(segments.iter().all(|it| it["segment"] == "city"));
    let misspelt = of("cty");
    assert_eq!(misspelt.status.code(), Some(2));
    assert!(text(&misspelt.stderr).contains("no segment `cty`; did you mean `city`?"));
}
