//! Responses that come in folders, by pattern or through a pipe, and those that never end:
//! a clear error, bounded memory, and nothing written.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::shared::{fed, text, touchmap};

const MAP: &str = "
id: shop
name: Shop
stages:
  - id: visit
    name: Visit
    touchpoints: [{id: door, name: Door}, {id: till, name: Till}]
survey: {files: FILES, wave: year, scale: [1, 5]}
";

/// A folder of its own with a map that names `files`, removed when done with.
struct Shop(PathBuf);

impl Shop {
    fn new(name: &str, files: &str) -> Self {
        let name = format!("touchmap-shop-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("journey.yaml"), MAP.replace("FILES", files)).unwrap();
        Self(folder)
    }

    fn with(self, path: &str, content: &str) -> Self {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn score(&self, arguments: &[&str]) -> Output {
        let all = ["score", "journey.yaml", "--format", "csv"];
        touchmap(&self.0, &[&all, arguments].concat())
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // What is left behind in the folder for temporary files harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn rows(year: u16, answers: &str) -> String {
    let rows = answers.chars().map(|it| format!("{year},{it},{it}\n"));
    format!("year,door,till\n{}", rows.collect::<String>())
}

/// Rates of 2025 in two files: twelve respondents.
fn two(shop: Shop) -> Shop {
    let shop = shop.with("in/b.csv", &rows(2025, "554433"));
    shop.with("in/a.csv", &rows(2025, "112233"))
}

#[test]
fn a_folder_a_pattern_and_a_list_are_the_same_files() {
    let list = two(Shop::new("list", "[in/a.csv, in/b.csv]")).score(&[]);
    assert_eq!(list.status.code(), Some(0), "{}", text(&list.stderr));
    for (name, files) in [
        ("folder", "in"),
        ("pattern", "'in/*.csv'"),
        ("deep", "'**/[ab].csv'"),
        ("both", "['in/*.csv', in/a.csv]"),
    ] {
        let shop = two(Shop::new(name, files))
            .with("in/~$a.csv", "a lock")
            .with("in/.a.csv", "hidden")
            .with(
                if name == "folder" { "in/README.md" } else { "README.md" },
                "no table",
            );
        let read = shop.score(&[]);
        assert_eq!(
            text(&read.stdout),
            text(&list.stdout),
            "{name}: {}",
            text(&read.stderr)
        );
    }
    let flag = two(Shop::new("flag", "nothing.csv")).score(&["--responses", "in"]);
    assert_eq!(text(&flag.stdout), text(&list.stdout));
}

#[test]
fn a_folder_or_pattern_without_files_is_an_error_at_its_place() {
    for (files, says) in [
        ("in", "the folder `in` has no file of responses"),
        ("'in/*.tsv'", "no file matches `in/*.tsv`"),
    ] {
        let shop = Shop::new("none", files).with("in/notes.md", "no table");
        let read = shop.score(&[]);
        let said = text(&read.stderr);
        assert_eq!(read.status.code(), Some(2), "{said}");
        assert!(said.contains(says) && said.contains("journey.yaml:8"), "{said}");
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_folder_of_parquet_alone_says_which_build_reads_it() {
    let read = Shop::new("columnar", "in").with("in/a.parquet", "PAR1").score(&[]);
    let said = text(&read.stderr);
    assert_eq!(read.status.code(), Some(2), "{said}");
    assert!(said.contains("--features parquet` reads them"), "{said}");
}

#[test]
fn a_file_that_is_not_there_is_the_world_s_fault() {
    let read = Shop::new("absent", "absent.csv").score(&[]);
    assert_eq!(read.status.code(), Some(3));
    assert!(text(&read.stderr).contains("cannot read `absent.csv`"));
}

fn piped(shop: &Shop, command: &str, input: &[u8]) -> Output {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", command])
        .env("TOUCHMAP", env!("CARGO_BIN_EXE_touchmap"))
        .env("NO_COLOR", "1")
        .current_dir(shop.path());
    fed(&mut shell, input)
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let shop = two(Shop::new("pipe", "in/a.csv"));
    let file = shop.score(&[]);
    let command = "\"$TOUCHMAP\" score journey.yaml --format csv --responses -";
    let pipe = piped(&shop, command, rows(2025, "112233").as_bytes());
    assert_eq!(text(&pipe.stdout), text(&file.stdout), "{}", text(&pipe.stderr));
}

#[test]
#[cfg(target_os = "linux")]
fn a_line_without_end_costs_no_memory_and_writes_nothing() {
    let shop = Shop::new("endless", "in/a.csv");
    // 300 MB of address space, half of them for the program itself and its threads.
    let command = "ulimit -v 300000; \"$TOUCHMAP\" report journey.yaml --threads 1 \
                   -o report.html --responses -";
    let mut endless = rows(2025, "12").into_bytes();
    endless.resize(200 << 20, b'7');
    let read = piped(&shop, command, &endless);
    let said = text(&read.stderr);
    assert_eq!(read.status.code(), Some(2), "{said}");
    assert!(said.contains("has a row of more than 16 MiB"), "{said}");
    assert!(said.contains("in row 3 (line 4)"), "{said}");
    assert!(!shop.path().join("report.html").exists());
}
