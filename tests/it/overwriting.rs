//! What a run reads is not what it writes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shared::{text, touchmap};

const MAP: &str = "touchmap: 1\nid: small\nname: Small\nstages:\n  - id: s\n    name: S\n    \
    touchpoints: [{id: a, name: A}]\nflow: [start -> a, a -> end]\nsurvey:\n  files: answers.csv\n  \
    wave: year\n  overall: overall\n  scale: [1, 5]\n";

fn project(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("overwriting").join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("map.yaml"), MAP).unwrap();
    let rows: String = (0..40).map(|at| format!("2025,{},4\n", 1 + at % 5)).collect();
    fs::write(folder.join("answers.csv"), format!("year,a,overall\n{rows}")).unwrap();
    folder
}

#[test]
fn no_command_writes_over_its_input() {
    let folder = project("inputs");
    let refused = |arguments: &[&str], file: &str| {
        let before = fs::read(folder.join(file)).unwrap();
        let output = touchmap(&folder, arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains("would be overwritten"), "{arguments:?}");
        assert_eq!(fs::read(folder.join(file)).unwrap(), before, "{arguments:?}");
    };
    refused(&["report", "map.yaml", "-o", "map.yaml"], "map.yaml");
    refused(&["score", "map.yaml", "-o", "answers.csv"], "answers.csv");
    refused(&["score", "map.yaml", "-o", "./answers.csv"], "answers.csv");
    refused(&["tally", "map.yaml", "-o", "answers.csv"], "answers.csv");
    fs::copy(folder.join("map.yaml"), folder.join("map.json")).unwrap();
    refused(&["draw", "map.json", "--view", "map", "-o", "map.json"], "map.json");
    refused(&["export", "map.yaml", "--format", "dot", "-o", "map.yaml"], "map.yaml");
    fs::write(folder.join("chart.mmd"), "flowchart LR\n  a --> b\n").unwrap();
    refused(&["import", "chart.mmd", "-o", "chart.mmd"], "chart.mmd");
}

#[test]
fn another_file_is_written_and_written_again() {
    let folder = project("others");
    for _ in 0..2 {
        let output = touchmap(&folder, &["report", "map.yaml", "-o", "report.html"]);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    assert!(folder.join("report.html").exists());
}
