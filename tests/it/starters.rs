//! What `touchmap new` writes: it is right as it is, in every language, and its responses show
//! what was planted in them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use touchmap::starter::{LANGUAGES, STARTERS};

use crate::shared::{root, text, touchmap};

/// A folder that is not there yet.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("starters").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.parent().unwrap()).unwrap();
    folder
}

/// A project of this starter.
fn project(starter: &str, language: &str) -> PathBuf {
    let folder = fresh(&format!("{starter}.{language}"));
    let to = folder.to_str().unwrap();
    let output = touchmap(root(), &["new", to, "-t", starter, "-l", language]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stderr);
    for next in ["touchmap check", "touchmap watch", "touchmap report"] {
        assert!(said.contains(next), "{said}");
    }
    folder
}

/// Runs with what is due held against a day on which nothing is.
fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let output = touchmap(folder, arguments);
    let said = text(&output.stderr);
    assert!(output.status.success(), "{}: {arguments:?}: {said}", folder.display());
    said + &text(&output.stdout)
}

/// Ids with a label, in the last wave.
fn labelled(folder: &Path, label: &str) -> BTreeSet<String> {
    let output = touchmap(folder, &["score", "journey.yaml", "--format", "json"]);
    let analysis: Value = serde_json::from_slice(&output.stdout).unwrap();
    let touchpoints = analysis["touchpoints"].as_array().unwrap();
    let has = |it: &&Value| it["labels"].as_array().unwrap().iter().any(|it| it == label);
    touchpoints
        .iter()
        .filter(has)
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

/// What the plan of a starter says: touchpoints that are 10 points and more under the target
/// in the later wave, and those that weigh 0.28 and more in the whole.
fn planted(starter: &str, target: f64) -> (BTreeSet<String>, BTreeSet<String>) {
    let path = root().join("templates/new").join(starter).join("plan.txt");
    let plan = fs::read_to_string(path).unwrap();
    let mut found = (BTreeSet::new(), BTreeSet::new());
    for line in plan.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["touchpoint", id, _, now, weight] = words[..] {
            if now.parse::<f64>().unwrap() <= target - 10.0 {
                found.0.insert(id.to_owned());
            }
            if weight.parse::<f64>().unwrap() >= 0.28 {
                found.1.insert(id.to_owned());
            }
        }
    }
    found
}

fn holds(starter: &str) {
    for language in LANGUAGES {
        let folder = project(starter, language);
        let checked = succeeds(
            &folder,
            &["check", "journey.yaml", "--fail-on", "warning", "--as-of", "2026-12-01"],
        );
        assert!(checked.contains("no problems"), "{checked}");
        succeeds(&folder, &["report", "journey.yaml", "-o", "report.html"]);
        let html = fs::read_to_string(folder.join("report.html")).unwrap();
        assert!(html.contains(&format!("<html lang=\"{language}\"")), "{starter}");
        let map = fs::read_to_string(folder.join("journey.yaml")).unwrap();
        assert!(map.starts_with("# yaml-language-server: $schema=map.schema.json\n"));
        assert!(!map.contains(['«', '»', '‹', '›', '@', '|']), "{starter} {language}");
        if language == "en" {
            assert!(map.is_ascii(), "{starter} has other languages in it");
        }
    }
    let folder = project(starter, "en");
    let target = if starter == "home-buying" { 80.0 } else { 75.0 };
    let (pains, moments) = planted(starter, target);
    assert!(!pains.is_empty() && !moments.is_empty(), "{starter}");
    let (found, decisive) =
        (labelled(&folder, "pain_point"), labelled(&folder, "moment_of_truth"));
    assert!(found.is_superset(&pains), "{starter}: {found:?} lacks some of {pains:?}");
    // Importance is shared with those who did not meet it, so that a heavy touchpoint of few
    // customers is a moment of truth of the few, if any.
    let few = labelled(&folder, "niche_moment_of_truth");
    let shown: BTreeSet<String> = decisive.union(&few).cloned().collect();
    assert!(
        shown.is_superset(&moments),
        "{starter}: {shown:?} lacks some of {moments:?}"
    );
}

#[test]
fn a_blank_project_is_right_as_it_is() {
    holds("blank");
}

#[test]
fn home_buying_is_right_as_it_is() {
    holds("home-buying");
}

#[test]
fn the_airport_is_right_as_it_is() {
    holds("airport");
}

#[test]
fn the_clinic_is_right_as_it_is() {
    holds("clinic");
}

#[test]
fn the_store_is_right_as_it_is() {
    holds("retail-store");
}

#[test]
fn the_subscription_is_right_as_it_is() {
    holds("software-subscription");
}

#[test]
fn every_starter_is_listed_and_tested() {
    let listed: BTreeSet<&str> = STARTERS.iter().map(|it| it.id).collect();
    let folders: BTreeSet<String> = fs::read_dir(root().join("templates/new"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.is_dir())
        .map(|it| it.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(listed, folders.iter().map(String::as_str).collect());
    let own = include_str!("starters.rs");
    for id in listed {
        assert!(own.contains(&format!("holds(\"{id}\")")), "{id} has no test");
    }
    let output = touchmap(root(), &["new", "--list"]);
    for it in STARTERS {
        assert!(text(&output.stdout).contains(it.id));
    }
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let folder = project("blank", "en");
    let map = folder.join("journey.yaml");
    fs::write(&map, "mine").unwrap();
    fs::remove_file(folder.join("README.md")).unwrap();
    let output = touchmap(root(), &["new", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("journey.yaml` is there already"));
    assert_eq!(fs::read_to_string(&map).unwrap(), "mine");
    assert!(!folder.join("README.md").exists(), "some files were written");
}

#[test]
fn several_languages_stand_in_one_map() {
    let folder = fresh("several");
    let to = folder.to_str().unwrap();
    let output = touchmap(root(), &["new", to, "-t", "clinic", "-l", "zh-Hant,en,zh"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let map = fs::read_to_string(folder.join("journey.yaml")).unwrap();
    assert!(map.contains("name: {zh-Hant: 候診, en: Waiting, zh-Hans: 候诊}"), "{map}");
    succeeds(
        &folder,
        &["check", "journey.yaml", "--fail-on", "warning", "--as-of", "2026-12-01"],
    );
    let output = touchmap(root(), &["new", to, "-l", "fr"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("choose among en, zh-Hans, zh-Hant"));
}
