//! New entries in the text of a map: what is there stays, to the byte.

use std::{fs, path::PathBuf};

use proptest::prelude::*;
use touchmap::map::{Addition, Grafted, Line, graft, repoint};

use crate::shared::root;

fn text(text: &str) -> Addition {
    Addition::Text(text.to_owned())
}

fn entry(key: &str, value: Addition) -> Line {
    Line::Entry(key.to_owned(), value)
}

fn perhaps(key: &str, value: &str) -> Line {
    Line::Perhaps(key.to_owned(), text(value), "perhaps".to_owned())
}

/// A wave, a file, and a column that is sure and one that is not.
fn lines() -> Vec<Line> {
    vec![
        entry("files", Addition::Items(vec![text("b.csv")])),
        entry("wave", text("year")),
        entry(
            "columns",
            Addition::Block(vec![
                entry("door", text("Q1: the door")),
                perhaps("till", "Q2"),
            ]),
        ),
    ]
}

#[track_caller]
fn grafted(map: &str) -> String {
    graft(map, Some("survey"), &lines()).unwrap().text.unwrap()
}

const MAP: &str = "touchmap: 1\nid: shop\nname: Shop # the one in the street\n";

#[test]
fn a_section_is_made_behind_the_map() {
    assert_eq!(
        grafted(MAP),
        format!(
            "{MAP}\nsurvey:\n  files:\n    - b.csv\n  wave: year\n  columns:\n    door: \"Q1: the \
             door\"\n    # till: Q2  # perhaps\n"
        )
    );
    // A last line without an end keeps having none, and comments at the end stay above.
    assert_eq!(
        grafted("id: shop\n# the end"),
        "id: shop\n# the end\n\nsurvey:\n  files:\n    - b.csv\n  wave: year\n  columns:\n    \
         door: \"Q1: the door\"\n    # till: Q2  # perhaps"
    );
}

#[test]
fn a_section_gets_what_it_lacks() {
    let map = "survey:   # how it was asked\n    files:\n    - a.csv   # the first\n\n    wave: \
               jahr\n    columns:\n        open: Q0   # as it was\n        # more to come\n\nrules: \
               {target: 80}\n";
    assert_eq!(
        grafted(map),
        "survey:   # how it was asked\n    files:\n    - a.csv   # the first\n    - b.csv\n\n    \
         wave: jahr\n    columns:\n        open: Q0   # as it was\n        # more to come\n        \
         door: \"Q1: the door\"\n        # till: Q2  # perhaps\n\nrules: {target: 80}\n"
    );
    // A comment on what comes next stays with it.
    let map = "survey:\n  wave: jahr\n  segments:\n    age: {column: age}\n\n# What is \
               hurt.\nrules: {target: 80}\n";
    assert!(
        grafted(map).ends_with(
            "  # till: Q2  # perhaps\n\n# What is hurt.\nrules: {target: 80}\n"
        )
    );
    let skipped = graft(map, Some("survey"), &lines()).unwrap().skipped;
    assert_eq!(skipped, ["wave"], "what has a value keeps it");
}

#[test]
fn what_is_there_is_not_put_in_again() {
    for map in [MAP, "survey: {wave: year}\n", "survey:\n"] {
        let once = grafted(map);
        let lines = &lines()[1..];
        assert_eq!(graft(&once, Some("survey"), lines).unwrap().text, None, "{once}");
    }
}

#[test]
fn every_way_to_write_a_section_is_kept() {
    let entries = "files: [b.csv], wave: year, columns: {door: \"Q1: the door\"}";
    for (map, expected) in [
        ("survey: {overall: Q9}\n", format!("survey: {{overall: Q9, {entries}}}\n")),
        ("survey: {}\n", format!("survey: {{{entries}}}\n")),
        ("survey: {files: [a.csv], wave: w}", {
            "survey: {files: [a.csv, b.csv], wave: w, columns: {door: \"Q1: the door\"}}"
                .into()
        }),
        ("{\"id\": \"a\"}", {
            let json = "\"files\": [\"b.csv\"], \"wave\": \"year\", \"columns\": {\"door\": \"Q1: \
                        the door\"}";
            format!("{{\"id\": \"a\", \"survey\": {{{json}}}}}")
        }),
    ] {
        assert_eq!(grafted(map), expected);
    }
}

#[test]
fn line_ends_and_byte_order_marks_stay_as_they_are() {
    let new = grafted("\u{feff}id: shop\r\nsurvey:\r\n  wave: w\r\n");
    assert!(
        new.starts_with("\u{feff}id: shop\r\nsurvey:\r\n  wave: w\r\n  files:\r\n"),
        "{new:?}"
    );
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count(), "{new:?}");
}

#[test]
fn what_cannot_be_added_to_is_left_as_it_is() {
    for (map, why) in [
        ("survey: other.yaml\n", "`survey` is no mapping"),
        ("survey: [a, b]\n", "`survey` is no mapping"),
        ("- a\n- b\n", "it is no mapping"),
        ("survey: {\n", "it is no map that can be read"),
        (
            "base: &c {a: b}\nsurvey:\n  columns: *c\n",
            "`columns` repeats another part of it",
        ),
    ] {
        assert_eq!(graft(map, Some("survey"), &lines()).unwrap_err(), why, "{map}");
    }
}

/// Every map in the repository that is text.
fn maps() -> Vec<(PathBuf, String)> {
    let folders = ["journeys", "tests/cases"].map(|it| root().join(it));
    let inside = folders.iter().flat_map(|it| fs::read_dir(it).unwrap());
    let maps = inside.map(|it| it.unwrap().path().join("journey.yaml"));
    maps.filter_map(|it| fs::read_to_string(&it).ok().map(|text| (it, text))).collect()
}

/// Whether `text` is `whole` with something taken out, in one piece or several.
fn is_left(text: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    text.chars().all(|letter| rest.any(|it| it == letter))
}

#[test]
fn every_map_keeps_every_byte() {
    let maps = maps();
    assert!(maps.len() > 60, "the maps are gone");
    let (mut done, mut refused) = (0, Vec::new());
    for (path, map) in maps {
        match graft(&map, Some("survey"), &lines()) {
            Ok(Grafted { text: Some(new), .. }) => {
                assert!(is_left(&map, &new), "{}", path.display());
                assert!(new.len() > map.len());
                done += 1;
            }
            Ok(Grafted { text: None, .. }) => {}
            Err(_) => refused.push(path),
        }
    }
    assert!(done > 50, "{done} done, refused: {refused:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Names of columns are whatever people write into a cell, signs of YAML more than others.
    #[test]
    fn any_name_is_read_back_as_it_was(
        name in "(\\PC|[-?:,\\[\\]{}#&*!|>'\"%@`~=<.+0-9a-fxoynT_ ]){1,12}",
        key in "[a-z_]{1,12}",
        flow in any::<bool>(),
    ) {
        let map = if flow { "survey: {wave: w}\n" } else { "survey:\n  wave: w\n" };
        let lines = [entry("columns", Addition::Block(vec![entry(&key, text(&name))]))];
        // It is refused unless the result says exactly this.
        let new = graft(map, Some("survey"), &lines).unwrap().text.unwrap();
        let yaml: serde_yaml::Value = serde_yaml::from_str(&new).unwrap();
        let found = &yaml["survey"]["columns"];
        let found = found.as_mapping().unwrap().iter().next().unwrap();
        prop_assert_eq!(plain(found.0), key);
        prop_assert_eq!(plain(found.1), name);
    }
}

/// A scalar as text: other readers make numbers of some.
fn plain(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        other => serde_yaml::to_string(other).unwrap().trim_end().to_owned(),
    }
}

#[test]
fn other_files_take_the_place_of_those_that_are_there() {
    let lines = [
        entry("files", Addition::Items(vec![text("b.csv")])),
        entry("wave", text("Jahr")),
        entry(
            "recommend",
            Addition::Mapping(vec![
                ("column".to_owned(), text("Q9")),
                ("scale".to_owned(), text("other")),
            ]),
        ),
        entry(
            "segments",
            Addition::Block(vec![
                entry("age", text("Alter")),
                entry("city", text("Ort")),
            ]),
        ),
    ];
    let map = "id: shop\nsurvey:\n  files:      # two\n    - a.csv # one\n    - c.csv\n\n  wave: year # \
               kept\n  recommend: {column: nps, scale: [0, 10]}\n  segments:\n    age:\n      \
               column: age\n      order: [young, old]\nrules: {target: 80}\n";
    let (new, rest) = repoint(map, Some("survey"), &lines).unwrap();
    assert_eq!(
        new,
        "id: shop\nsurvey:\n  files: [b.csv]\n\n  wave: Jahr # kept\n  recommend: {column: Q9, \
         scale: [0, 10]}\n  segments:\n    age:\n      column: Alter\n      order: [young, \
         old]\nrules: {target: 80}\n"
    );
    // What is not there is for others to add.
    assert_eq!(
        rest,
        [entry("segments", Addition::Block(vec![entry("city", text("Ort"))]))]
    );
    let (same, rest) = repoint("id: shop\n", Some("survey"), &lines).unwrap();
    assert_eq!((same.as_str(), rest.as_slice()), ("id: shop\n", &lines[..]));
    assert!(repoint("id: [", Some("survey"), &lines).is_err());
}
