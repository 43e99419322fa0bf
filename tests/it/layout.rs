//! The layout of maps: one for all ways to write the same, and nothing is said otherwise.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use touchmap::map::{NotLaidOut, laid_out};

use crate::shared::{fed, root, text, touchmap};

fn yaml_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            yaml_files(&path, into);
        } else if path.extension().is_some_and(|it| it == "yaml") {
            into.push(path);
        }
    }
}

#[test]
fn every_yaml_file_of_the_project_has_one_layout() {
    let mut files = Vec::new();
    for folder in ["journeys", "templates", "tests"] {
        yaml_files(&root().join(folder), &mut files);
    }
    let mut laid = 0;
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        match laid_out(&text) {
            Ok(once) => {
                assert_eq!(laid_out(&once).as_ref(), Ok(&once), "{}", file.display());
                laid += 1;
            }
            Err(NotLaidOut::NotYaml) => {}
            Err(NotLaidOut::Differs) => panic!("{} has no layout", file.display()),
        }
    }
    assert!(laid > 60, "{laid}");
}

#[test]
fn journeys_and_starters_are_laid_out() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout");
    let _ = fs::remove_dir_all(&folder);
    let mut maps: Vec<PathBuf> = ["home-buying", "airport"]
        .map(|it| root().join("journeys").join(it).join("journey.yaml"))
        .to_vec();
    for it in touchmap::starter::STARTERS {
        let to = folder.join(it.id);
        let arguments = ["new", to.to_str().unwrap(), "-t", it.id, "-l", "zh-Hans,en"];
        assert!(touchmap(root(), &arguments).status.success());
        maps.push(to.join("journey.yaml"));
    }
    for map in maps {
        let output = touchmap(root(), &["fmt", "--check", map.to_str().unwrap()]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
}

#[test]
fn fmt_writes_what_differs_and_checks_without_writing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout-writes");
    fs::create_dir_all(&folder).unwrap();
    let map = folder.join("map.yaml");
    let wild = "id:  a\nname: A  # why\n";
    fs::write(&map, wild).unwrap();
    let output = touchmap(&folder, &["fmt", "map.yaml", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("map.yaml: not laid out, from line 1"));
    assert_eq!(fs::read_to_string(&map).unwrap(), wild);
    let output = touchmap(&folder, &["fmt", "map.yaml"]);
    assert!(output.status.success());
    assert_eq!(fs::read_to_string(&map).unwrap(), "id: a\nname: A  # why\n");
    let output = touchmap(&folder, &["fmt", "map.yaml", "--check"]);
    assert!(output.status.success());

    let mut command = Command::new(env!("CARGO_BIN_EXE_touchmap"));
    let output = fed(command.args(["fmt", "-"]), wild.as_bytes());
    assert_eq!(text(&output.stdout), "id: a\nname: A  # why\n");

    fs::write(&map, "id: [a\n").unwrap();
    let output = touchmap(&folder, &["fmt", "map.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("map.yaml:"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&map).unwrap(), "id: [a\n");
}

/// The same map with other indents, blanks, empty lines and ends of lines.
fn disturbed(text: &str, step: usize, choices: &[u8]) -> String {
    let mut choices = choices.iter().cycle();
    let mut chance = |of: u8| choices.next().is_some_and(|it| it % of == 0);
    let ends = if chance(2) { "\r\n" } else { "\n" };
    let mut out = String::new();
    for line in text.lines() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        let mut line = " ".repeat(indent / 2 * step);
        // A dash takes its place in the indent of what follows.
        if let Some(rest) = words.strip_prefix("- ") {
            line.push('-');
            line.push_str(&" ".repeat(step - 1));
            line.push_str(rest);
        } else {
            line.push_str(words);
        }
        if !words.starts_with('#') && !words.contains(['{', '[', '"']) && chance(3) {
            line = line.replacen(": ", ":   ", 1);
        }
        if chance(4) {
            line.push_str("  ");
        }
        if chance(5) && words.is_empty() {
            out.push_str(ends);
        }
        out.push_str(&line);
        out.push_str(ends);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whoever_writes_a_map_gets_the_same_layout(
        step in 2_usize..6,
        choices in proptest::collection::vec(any::<u8>(), 64..200),
    ) {
        let map = fs::read_to_string(root().join("journeys/home-buying/journey.yaml")).unwrap();
        prop_assert_eq!(laid_out(&disturbed(&map, step, &choices)), Ok(map));
    }
}
