//! Parquet files beside other forms of the same table.

use std::{fmt::Write, fs, path::PathBuf};

use crate::shared::{root, text, touchmap};

const MAP: &str = "
id: stay
name: A stay
stages:
  - id: visit
    name: The visit
    touchpoints: [{id: welcome, name: W}, {id: room, name: R}, {id: breakfast, name: B}]
survey:
  files: FILES
  wave: year
  scale: [1, 5]
  segments: {city: city}
  columns: {welcome: Q1, room: Q2, breakfast: Q3}
";

/// A folder of its own, removed when done with.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind in the folder for temporary files harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The rows of `forty.parquet`, as `tests/corpus/make.py` makes them.
fn forty() -> String {
    let mut rows = "year,Q1,Q2,Q3,city\n".to_owned();
    for at in 0..40 {
        let room = if at % 9 == 0 { String::new() } else { (1 + at * 3 % 5).to_string() };
        let city = if at % 3 == 0 { "Wien" } else { "Bern" };
        let (year, welcome, breakfast) = (2024 + at % 2, 1 + at * 7 % 5, 1 + at * at % 5);
        writeln!(rows, "{year},{welcome},{room},{breakfast},{city}").unwrap();
    }
    rows
}

#[test]
fn a_parquet_file_scores_as_the_same_rows_in_csv() {
    let name = format!("touchmap-parquet-{}", std::process::id());
    let folder = Folder(std::env::temp_dir().join(name));
    fs::create_dir_all(&folder.0).unwrap();
    let file = fs::read(root().join("tests/corpus/files/forty.parquet")).unwrap();
    fs::write(folder.0.join("forty.parquet"), file).unwrap();
    fs::write(folder.0.join("forty.csv"), forty()).unwrap();
    let score = |name: &str| {
        fs::write(folder.0.join("journey.yaml"), MAP.replace("FILES", name)).unwrap();
        touchmap(&folder.0, &["score", "journey.yaml", "--format", "csv"])
    };
    let (csv, parquet) = (score("forty.csv"), score("forty.parquet"));
    assert!(csv.status.success(), "{}", text(&csv.stderr));
    // Twenty answers of 2025: 1 + at * 7 % 5 is 3, 2, 1, 5, 4 over and over, 3 on average.
    let scored = text(&csv.stdout);
    assert!(scored.contains("welcome"), "{scored}");
    if cfg!(feature = "parquet") {
        assert!(parquet.status.success(), "{}", text(&parquet.stderr));
        assert_eq!(text(&parquet.stdout), scored);
    } else {
        assert_eq!(parquet.status.code(), Some(2));
        assert!(text(&parquet.stderr).contains("--features parquet"));
    }
}
