//! Every folder in `tests/cases` is a test: the arguments in `command`, run there, must print
//! what `expected.txt` holds. A new test is a copied folder; `UPDATE_GOLDEN=1 cargo test
//! cases` records what is printed now, and the diff of that is to be read.

use std::{env, fs, path::Path};

use crate::shared::{root, text, touchmap};

fn run(case: &Path) -> String {
    let command = fs::read_to_string(case.join("command")).unwrap();
    let arguments: Vec<&str> = command.split_whitespace().collect();
    let output = touchmap(case, &arguments);
    format!(
        "exit code {}\n--- standard output\n{}--- standard error\n{}",
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr)
    )
}

#[test]
fn cases_print_what_is_recorded() {
    let mut cases: Vec<_> = fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 20, "the case folders are gone");
    let mut stale = Vec::new();
    for case in cases {
        let (printed, golden) = (run(&case), case.join("expected.txt"));
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &printed).unwrap();
        } else if fs::read_to_string(&golden).ok().as_deref() != Some(printed.as_str()) {
            stale.push(format!("{}\n{printed}", case.display()));
        }
    }
    assert!(
        stale.is_empty(),
        "these differ from their expected.txt:\n{}",
        stale.join("\n")
    );
}

#[test]
fn every_code_of_a_map_problem_has_a_case() {
    let recorded: String = fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| {
            fs::read_to_string(entry.unwrap().path().join("expected.txt")).unwrap()
        })
        .collect();
    let missing: Vec<&str> = touchmap::diag::CODES
        .iter()
        .map(|doc| doc.code.0)
        .filter(|code| *code < "TM200" || ("TM600".."TM620").contains(code))
        .filter(|code| !recorded.contains(&format!("[{code}]")))
        .collect();
    assert!(missing.is_empty(), "no case in tests/cases shows {missing:?}");
}
