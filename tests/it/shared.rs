//! What several test files need: the binary, and the reference data beside the project.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use touchmap::{
    diag::{Diagnostics, Sources},
    map,
    model::Journey,
};

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What `command` says to `input` on its standard input, of which it need not read all.
pub(crate) fn fed(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    // A command that has seen enough closes the pipe.
    let _ = child.stdin.take().expect("it is piped").write_all(input);
    child.wait_with_output().expect("the command ends")
}

/// The binary, in `folder`, without colours.
pub(crate) fn touchmap(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_touchmap"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the binary runs")
}

/// Text of a stream.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// The journey of a map that names no other file and has no problem.
pub(crate) fn read_journey(map: &str) -> Journey {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let path = Path::new("journey.yaml");
    let read = map::read(path, map.as_bytes(), &mut sources, &mut problems, &mut |_| {
        unreachable!("no other file is named")
    });
    let problems = problems.into_sorted();
    read.unwrap().unwrap_or_else(|| panic!("{problems:?}"))
}

/// Reference answers of other programs, by the name of their file.
pub(crate) fn oracle(name: &str) -> Option<serde_json::Value> {
    let text = std::fs::read_to_string(reference(&format!("oracles/{name}"))?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// Asserts that a number is the one of the reference, to 1e-9 of its size.
#[track_caller]
pub(crate) fn assert_same(
    actual: impl Into<Option<f64>>,
    expected: &serde_json::Value,
    what: &str,
) {
    let actual = actual.into().unwrap_or_else(|| panic!("{what} is missing"));
    let expected = expected.as_f64().unwrap_or_else(|| panic!("no reference for {what}"));
    let error = (actual - expected).abs();
    assert!(error <= 1e-9 * expected.abs(), "{what}: {actual:e} is not {expected:e}");
}

/// A file of the reference data beside the project; `None`, said loudly, when it is absent.
pub(crate) fn reference(path: &str) -> Option<PathBuf> {
    let path = root().parent()?.join("shared").join(path);
    if path.exists() {
        return Some(path);
    }
    // Not `eprintln!`, which the test harness swallows when a test passes.
    let skipped = format!("\n*** SKIPPED: no reference data at {} ***\n", path.display());
    writeln!(std::io::stderr(), "{skipped}").expect("standard error can be written");
    None
}
