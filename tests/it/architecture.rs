//! ARCHITECTURE.md, “Rooms”, as a test: imports point down only.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::shared::root;

/// A room may import those above it in this list, and none below; rooms of one line are
/// neighbours and do not know each other.
const ROOMS: &[&[&str]] = &[
    &["diag"],
    &["model"],
    &["stats", "voice"],
    &["map", "survey", "graph"],
    &["analyse", "rule"],
    &["diagram", "exchange", "starter"],
    &["questionnaire", "gate", "diff"],
    &["lint"],
    &["report"],
    &["cli"],
];

/// Pairs of neighbours that may know each other.
const NEIGHBOURS: &[(&str, &str)] = &[("analyse", "rule"), ("rule", "analyse")];

fn floor(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Rooms named in a line of code: `crate::room` and `use crate::{room, room::…}`.
fn rooms_named(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for letter in group.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => found.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(letter),
                    _ => {}
                }
            }
            found.push(word);
        } else {
            found.push(rest.to_owned());
        }
    }
    let first = |path: String| {
        path.trim()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    found.into_iter().map(first).collect()
}

#[test]
fn imports_point_down() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let inside = file.strip_prefix(root().join("src")).unwrap();
        let own =
            inside.components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
        let Some(here) = floor(&own) else { continue };
        for room in rooms_named(&fs::read_to_string(&file).unwrap()) {
            let Some(there) = floor(&room) else { continue };
            let neighbours = NEIGHBOURS.contains(&(own.as_str(), room.as_str()));
            if there > here || (there == here && room != own && !neighbours) {
                wrong
                    .push(format!("{}: `{own}` may not import `{room}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_is_known_to_the_test() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            !path.is_dir() || floor(&name).is_some(),
            "src/{name} is in no line of ROOMS in tests/it/architecture.rs"
        );
    }
}

#[test]
fn a_grouped_import_is_seen() {
    let text = "use crate::{\n    diag::{Code, Span},\n    cli,\n};";
    assert_eq!(rooms_named(text), ["diag", "cli", ""]);
}
