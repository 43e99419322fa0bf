//! A report that says what changed since an earlier one.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::shared::{root, text, touchmap};

/// The home-buying journey as it was: another owner, target and share.
fn before() -> (PathBuf, PathBuf) {
    let folder = std::env::temp_dir().join("touchmap-it-since");
    fs::create_dir_all(&folder).unwrap();
    let home = root().join("journeys/home-buying");
    let map = fs::read_to_string(home.join("journey.yaml")).unwrap();
    let old = map
        .replacen("owner: {en: Aftercare,", "owner: {en: Repairs,", 1)
        .replacen("share: 0.14", "share: 0.11", 1)
        .replacen("target: 70\n", "target: 65\n", 1);
    let (map, analysis) = (folder.join("before.yaml"), folder.join("before.json"));
    fs::write(&map, old).unwrap();
    let score = ["score", "journey.yaml", "--wave", "2024", "--format", "json", "-o"];
    let output = touchmap(&home, &[&score[..], &[analysis.to_str().unwrap()]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    (map, analysis)
}

fn report(flags: &[&str]) -> String {
    let arguments = [&["report", "journey.yaml", "-o", "-"], flags].concat();
    let output = touchmap(&root().join("journeys/home-buying"), &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

fn section(page: &str) -> &str {
    let rest = page.split_once("id=\"since\"").expect("a section").1;
    rest.split_once("</section>").unwrap().0
}

/// The scores that moved are those that `diff` finds, and the flags; of the map, all that was
/// changed.
#[test]
fn the_section_tells_what_diff_finds() {
    let (map, analysis) = before();
    let (map, analysis) = (map.to_str().unwrap(), analysis.to_str().unwrap());
    let page = report(&["--language", "en", "--since", map, "--since", analysis]);
    let since = section(&page);
    for words in [
        "5 scores moved, 3 changes of the map",
        "Compared with before.yaml, before.json.",
        "5.1 Reporting a defect: owner Repairs → Aftercare.",
        "9.1 Raising a complaint: target 65 → 70.",
        "Transition 5.2 Repair completed on time → 5.2 Repair completed on time: share 11% → 14%.",
        "None came or went.",
    ] {
        assert!(since.contains(words), "no {words} in {since}");
    }
    let diff = touchmap(
        &root().join("journeys/home-buying"),
        &["diff", analysis, "journey.yaml", "--format", "json"],
    );
    let diff: Value = serde_json::from_slice(&diff.stdout).unwrap();
    let all = diff["scores"]["touchpoints"].as_array().unwrap();
    let loud: Vec<&Value> = all.iter().filter(|it| it["relevant"] == true).collect();
    assert_eq!(loud.len(), 4);
    for it in loud {
        let [old, new] = ["old", "new"].map(|key| it[key].as_f64().unwrap());
        let cells =
            format!("<td class=\"num\">{old:.1}</td><td class=\"num\">{new:.1}</td>");
        assert!(since.contains(&cells), "{it}: no {cells} in {since}");
    }
    for (language, words) in
        [("zh-Hans", "目标 65 → 70。"), ("zh-Hant", "目標 65 → 70。")]
    {
        let page = report(&["--language", language, "--since", map]);
        let since = section(&page);
        assert!(since.contains(words) && !since.contains("<table"), "{since}");
    }
}

#[test]
fn who_does_not_ask_is_told_nothing() {
    let page = report(&["--language", "en"]);
    assert!(!page.contains("id=\"since\"") && !page.contains("Since the last report"));
    let (map, _) = before();
    let map = map.to_str().unwrap();
    let twice = ["report", "journey.yaml", "-o", "-", "--since", map, "--since", map];
    let output = touchmap(&root().join("journeys/home-buying"), &twice);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("`--since` names two maps"));
}
