//! A file that nobody listed is a rule that never runs.

use std::{collections::BTreeSet, fs};

use crate::shared::root;

#[test]
fn every_rule_file_is_listed_once() {
    let listed: Vec<&str> =
        touchmap::rule::RULES.iter().map(|rule| rule.doc().id).collect();
    let codes: BTreeSet<&str> =
        touchmap::rule::RULES.iter().map(|rule| rule.doc().code).collect();
    assert_eq!(codes.len(), listed.len(), "two rules share a code");
    for file in fs::read_dir(root().join("src/rule")).unwrap() {
        let path = file.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            stem == "mod" || listed.contains(&stem.as_str()),
            "src/rule/{stem}.rs is not in RULES: add `mod {stem};` and its entry in \
             src/rule/mod.rs"
        );
    }
}
