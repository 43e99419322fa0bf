//! The guide and README.md: every block of code in them is run, every picture and page of
//! reference in them is made again, and must be what stands there.
//!
//! A page runs in a folder of its own, from top to bottom. What a block is, its language says,
//! and a comment right above it:
//!
//! | language | comment | what is done |
//! | --- | --- | --- |
//! | `sh` | | each line runs, and must succeed |
//! | `console` | `exit N`, where it is not 0 | each line behind `$ ` runs; together they print the rest; a line `…` stands for any lines |
//! | any | `file: PATH` | is written there; the `run:` lines of a workflow are run |
//! | `yaml` | `added to: PATH` | is put behind the map, which must still be one without errors |
//! | `diff` | `change: PATH` | lines with `-` and without a sign must stand there, those with `+` take their place |
//! | picture | `made by: COMMAND` | the command, with `-o` and the file put behind it, makes the picture |
//! | any | `elsewhere: PATH` | the project's file of that name, which others test, names the page |
//!
//! A block that is none of these fails. `UPDATE_GOLDEN=1 cargo test --test it -- guide::`
//! records outputs without `…`, pictures and the reference; the diff is to be read.

mod block;
mod page;
mod reference;
mod runner;

use std::{env, fs, path::PathBuf};

use crate::shared::root;
use page::run_page;

/// Whether what is printed now is to be recorded.
fn updating() -> bool {
    env::var_os("UPDATE_GOLDEN").is_some()
}

/// Every page of the guide, from its table of contents.
fn pages() -> Vec<PathBuf> {
    let source = root().join("docs/guide/src");
    let summary = fs::read_to_string(source.join("SUMMARY.md")).unwrap();
    let links = summary.split("](").skip(1);
    links.map(|it| source.join(it.split(')').next().unwrap())).collect()
}

/// Runs the pages whose path has one of these words in it.
fn run(words: &[&str]) {
    let pages: Vec<_> = pages()
        .into_iter()
        .filter(|it| words.iter().any(|word| it.to_str().unwrap().contains(word)))
        .collect();
    assert!(!pages.is_empty(), "no page of {words:?}");
    let faults: Vec<String> = pages.iter().flat_map(|it| run_page(it)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

// In parts, so that they run beside one another.

#[test]
fn the_readme_does_what_it_says() {
    let faults = run_page(&root().join("README.md"));
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn the_introduction_and_the_tutorial_do_what_they_say() {
    run(&["introduction", "tutorial"]);
}

#[test]
fn the_how_to_pages_do_what_they_say() {
    run(&["how-to/"]);
}

#[test]
fn the_methods_and_the_reference_do_what_they_say() {
    run(&["methods/", "reference/"]);
}

#[test]
fn every_page_and_file_of_the_guide_is_reached() {
    let (listed, source) = (pages(), root().join("docs/guide/src"));
    let text: String = listed.iter().map(|it| fs::read_to_string(it).unwrap()).collect();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            match path.extension().and_then(|it| it.to_str()) {
                None => folders.push(path),
                Some("md") if name == "SUMMARY.md" => {}
                Some("md") => assert!(listed.contains(&path), "SUMMARY.md lacks {name}"),
                Some(_) => assert!(text.contains(&name), "no page shows {name}"),
            }
        }
    }
}
