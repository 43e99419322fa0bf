//! The workbook of `score --format xlsx`, read back by another library.

use std::fs;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use crate::home_buying::analysis;
use crate::shared::{root, text, touchmap};

fn workbook(folder: &str, arguments: &[&str]) -> (Xlsx<Cursor<Vec<u8>>>, Vec<u8>) {
    let all = [&["score", "journey.yaml", "--format", "xlsx"], arguments].concat();
    let output = touchmap(&root().join(folder), &all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let bytes = output.stdout;
    (Xlsx::new(Cursor::new(bytes.clone())).unwrap(), bytes)
}

fn rows(range: &Range<Data>) -> Vec<&[Data]> {
    range.rows().collect()
}

#[test]
fn scores_are_the_numbers_of_the_analysis_and_shown_unrounded() {
    let (mut book, bytes) = workbook("journeys/home-buying", &["--language", "en"]);
    assert_eq!(book.sheet_names(), ["All touchpoints", "Findings", "Action plan"]);
    let sheet = book.worksheet_range("All touchpoints").unwrap();
    let rows = rows(&sheet);
    assert_eq!(rows[0][5], Data::String("Score".to_owned()));
    assert_eq!(rows.len(), 2 + analysis().touchpoints.len());
    for (row, result) in rows[2..].iter().zip(&analysis().touchpoints) {
        assert_eq!(row[0], Data::String(result.code.clone()));
        let number = |at: usize| match &row[at] {
            Data::Float(number) => *number,
            other => panic!("{}: {other:?} is no number", result.id),
        };
        let near = |found: f64, expected: f64| (found - expected).abs() < 1e-9;
        assert!(near(number(5), result.score.points.unwrap()), "{}", result.id);
        let [low, high] = result.score.points_ci.unwrap();
        assert!(near(number(6), low) && near(number(7), high), "{}", result.id);
        assert!(near(number(11), result.reach.unwrap()), "{}", result.id);
    }
    let (_, again) = workbook("journeys/home-buying", &["--language", "en"]);
    assert!(bytes == again, "the same analysis, other bytes");
}

#[test]
fn what_is_withheld_is_a_word_and_no_number() {
    let (mut book, _) = workbook("tests/cases/few-answers-are-withheld", &[]);
    let sheet = book.worksheet_range("All touchpoints").unwrap();
    let withheld: Vec<&[Data]> = rows(&sheet)
        .into_iter()
        .filter(|row| row.iter().any(|it| it.to_string().starts_with("n\u{a0}<")))
        .collect();
    assert!(!withheld.is_empty(), "{sheet:?}");
    for row in withheld {
        assert!(
            !row.iter().any(|it| matches!(it, Data::Float(_) | Data::Int(_))),
            "{row:?}"
        );
    }
}

#[test]
fn an_action_says_whether_it_showed_and_what_is_overdue() {
    let arguments = ["--language", "en", "--as-of", "2026-05-01"];
    let (mut book, _) = workbook("journeys/home-buying", &arguments);
    let sheet = book.worksheet_range("Action plan").unwrap();
    let of = |name: &str| {
        let found =
            rows(&sheet).into_iter().find(|it| it[1] == Data::String(name.to_owned()));
        found.unwrap_or_else(|| panic!("no action `{name}`"))
    };
    let late: Vec<String> = rows(&sheet)[1..]
        .iter()
        .filter(|row| row[5] != Data::Empty)
        .map(|row| row[1].to_string())
        .collect();
    // Due on 31 March and under way; what was due in January is done.
    assert_eq!(late, ["Two-hour slots and a dispatcher"]);
    let showed = of("An engineer walks every flat with its owner")[7].to_string();
    assert!(showed.contains("as expected"), "{showed}");
    let (mut book, _) = workbook("journeys/home-buying", &["--language", "en"]);
    let sheet = book.worksheet_range("Action plan").unwrap();
    assert!(
        rows(&sheet)[1..].iter().all(|row| row[5] == Data::Empty),
        "no day, no overdue"
    );
}

#[test]
fn no_name_is_a_formula() {
    let folder = std::env::temp_dir().join("touchmap-it-workbook-formula");
    fs::create_dir_all(&folder).unwrap();
    let map = "id: m\nname: '=cmd|x'\nstages:\n  - {id: s, name: '+1', touchpoints: [{id: a, \
               name: '=1+1', owner: '@SUM(A1)', scores: {2025: {mean: 8, n: 50, sd: 1}}}]}\n";
    fs::write(folder.join("journey.yaml"), map).unwrap();
    let output = touchmap(&folder, &["score", "journey.yaml", "--format", "xlsx"]);
    let mut book = Xlsx::new(Cursor::new(output.stdout)).unwrap();
    let sheet = book.worksheet_range("All touchpoints").unwrap();
    let row = rows(&sheet)[2];
    assert_eq!(row[1], Data::String("=1+1".to_owned()));
    assert_eq!(row[2], Data::String("+1".to_owned()));
    assert_eq!(row[3], Data::String("@SUM(A1)".to_owned()));
    let formulas = book.worksheet_formula("All touchpoints").unwrap();
    assert!(formulas.rows().flatten().all(String::is_empty));
}

fn csv(arguments: &[&str]) -> Vec<Vec<String>> {
    let all = [&["score", "journey.yaml", "--format", "csv"], arguments].concat();
    let output = touchmap(&root().join("journeys/home-buying"), &all);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(output.stdout.as_slice());
    let rows = reader.records().map(|it| it.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

/// Findings and actions are the same in CSV as in the workbook.
#[test]
fn findings_and_actions_are_tables_of_their_own() {
    let flags = ["--language", "en", "--as-of", "2026-04-01"];
    let (mut book, _) = workbook("journeys/home-buying", &flags);
    for (table, name) in [("findings", "Findings"), ("actions", "Action plan")] {
        let table = csv(&[&flags[..], &["--table", table]].concat());
        let sheet = book.worksheet_range(name).unwrap();
        assert_eq!(table.len(), sheet.height());
        for (row, cells) in table.iter().zip(sheet.rows()) {
            for (ours, cell) in row.iter().zip(cells) {
                match cell {
                    Data::Float(number) => {
                        assert!((ours.parse::<f64>().unwrap() - number).abs() < 1e-9);
                    }
                    Data::String(text) => assert_eq!(ours.trim_start_matches('\''), text),
                    Data::Empty => assert_eq!(ours, ""),
                    // A day, which CSV has as the map writes it.
                    _ => assert_eq!(ours.len(), "2026-04-01".len(), "{ours}"),
                }
            }
        }
    }
    let actions = csv(&[&flags[..], &["--table", "actions"]].concat());
    let late = actions.iter().skip(1).filter(|row| row[5] == "overdue");
    assert_eq!(late.count(), 1, "{actions:?}");
    let flags = ["score", "journey.yaml", "--table", "actions"];
    let refused = touchmap(&root().join("journeys/home-buying"), &flags);
    assert_eq!(refused.status.code(), Some(2));
}
