//! Phases of owners, counted from the day of the handover.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::shared::{text, touchmap};

const MAP: &str = "id: home
name: Home
stages:
  - {id: s, name: Stay, touchpoints: [{id: repair, name: Repair}]}
survey:
  files: [answers.csv]
  wave: year
  scale: [1, 10]
  overall: overall
  date: answered
  segments:
    phase:
      since: handover
      before: awaiting
      months: {settling: 12, settled: 36}
      after: long-term
";

fn project(name: &str, map: &str, rows: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("touchmap-it-phases-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("journey.yaml"), map).unwrap();
    let header = "year,answered,handover,repair,overall\n";
    fs::write(folder.join("answers.csv"), header.to_owned() + rows).unwrap();
    folder
}

fn sizes(folder: &Path) -> (Vec<(String, u64)>, String) {
    let output = touchmap(folder, &["score", "journey.yaml", "--format", "json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let analysis: Value = serde_json::from_slice(&output.stdout).unwrap();
    let sizes = analysis["segment_sizes"].as_array().unwrap();
    let pair = |it: &Value| {
        (it["value"].as_str().unwrap().to_owned(), it["n"].as_u64().unwrap_or(0))
    };
    (sizes.iter().map(pair).collect(), text(&output.stderr))
}

fn times(row: &str, count: usize) -> String {
    row.repeat(count)
}

/// By hand: on 30 June 2025 twelve months have passed since 30 June 2024 and not since the day
/// after; thirty-six since 30 June 2022.
#[test]
fn a_phase_follows_from_two_dates() {
    let rows = [
        times("2025,2025-06-30,,8,8\n", 11),
        times("2025,2025-06-30,2025-07-01,8,8\n", 12),
        times("2025,2025-06-30,2025-06-30,8,8\n", 13),
        times("2025,2025/6/30 14:05,2024年7月1日,8,8\n", 14),
        times("2025,2025-06-30,2024-06-30,8,8\n", 15),
        times("2025,2025-06-30,2022-07-01,8,8\n", 16),
        times("2025,2025-06-30,2022-06-30,8,8\n", 17),
        times("2025,2025-06-30,1999-01-01,8,8\n", 18),
    ];
    let (sizes, told) = sizes(&project("dates", MAP, &rows.concat()));
    let expected = [
        ("awaiting", 11 + 12),
        ("settling", 13 + 14),
        ("settled", 15 + 16),
        ("long-term", 17 + 18),
    ];
    let expected: Vec<_> = expected.map(|(name, n)| (name.to_owned(), n)).into();
    assert_eq!(sizes, expected);
    assert!(!told.contains("TM"), "{told}");
}

/// Who has no day of an answer, or one that cannot be read, is in no phase; it is told.
#[test]
fn what_is_no_date_is_told_and_in_no_phase() {
    let rows = [
        times("2025,2025-06-30,2025-01-01,8,8\n", 40),
        times("2025,,2025-01-01,8,8\n", 20),
        times("2025,2025-06-30,soon,8,8\n", 3),
        times("2025,2025-06-30,3/7/2024,8,8\n", 12),
    ];
    let (sizes, told) = sizes(&project("unreadable", MAP, &rows.concat()));
    assert_eq!(sizes, [("settling".to_owned(), 40)]);
    assert!(told.contains("`handover`") && told.contains("soon"), "{told}");
}

#[test]
fn one_day_may_do_for_all_and_a_phase_has_a_scorecard() {
    let map = MAP
        .replace("  date: answered\n", "")
        .replace("      before:", "      on: 2025-06-30\n      before:");
    let rows = [
        times("2025,,2025-01-01,8,8\n", 40),
        times("2025,,2020-01-01,5,5\n", 30),
        times("2025,,,9,9\n", 30),
    ];
    let folder = project("day", &map, &rows.concat());
    let phases = ["awaiting", "settling", "long-term"].map(str::to_owned);
    let (sizes, _) = sizes(&folder);
    assert_eq!(sizes.iter().map(|it| it.0.clone()).collect::<Vec<_>>(), phases);
    let output =
        touchmap(&folder, &["report", "journey.yaml", "--split", "phase", "-o", "out"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    for phase in phases {
        assert!(folder.join(format!("out/phase-{phase}.html")).exists(), "{phase}");
    }
    let where_ =
        ["score", "journey.yaml", "--where", "phase=long-term", "--format", "csv"];
    let output = touchmap(&folder, &where_);
    assert!(text(&output.stdout).contains(",30,"), "{}", text(&output.stdout));
}

#[test]
fn mistakes_in_phases_are_told_at_their_places() {
    let wrong = MAP
        .replace("  date: answered\n", "")
        .replace("{settling: 12, settled: 36}", "{settling: 36, settled: 12}");
    let output = touchmap(&project("wrong", &wrong, ""), &["check", "journey.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stdout) + &text(&output.stderr);
    for part in ["ends before it begins", "no day to count its phases up to", "survey"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let twice = MAP.replace("after: long-term", "after: settled");
    let output = touchmap(&project("twice", &twice, ""), &["check", "journey.yaml"]);
    let told = text(&output.stdout) + &text(&output.stderr);
    assert!(told.contains("has the phase `settled` twice"), "{told}");
}
