//! The questionnaire of a map: what it asks, in which form, and what is bad craft.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shared::{fed, text, touchmap};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("questionnaire").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

const MAP: &str = "\
id: bar
name: {en: Coffee *bar*, zh-Hans: 咖啡<b>馆</b>}
stages:
  - id: visit
    name: {en: The visit, zh-Hans: 到店}
    touchpoints:
      - {id: queue, name: {en: Queue, zh-Hans: 排队}}
      - id: coffee
        name: {en: Coffee, zh-Hans: 咖啡}
        question: {en: How good was the coffee?, zh-Hans: 咖啡好喝吗？}
survey:
  overall: q_all
  recommend: {column: q_nps, scale: [0, 10]}
  scale: [1, 5]
  missing: {\"8\": blank, \"9\": not_applicable}
  segments: {town: town}
  columns: {queue: [q1, q1_old]}
questionnaire:
  segments: {town: {question: {en: Which town?, zh-Hans: 哪个城市？}, options: [=1+1, Crewe]}}
";

fn asked(map: &str, arguments: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchmap"));
    command.args(["questionnaire", "-"]).args(arguments).env("NO_COLOR", "1");
    let output = fed(&mut command, map.as_bytes());
    assert!(output.status.success(), "{}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn it_asks_for_the_whole_the_touchpoints_and_segments_in_the_columns_of_the_map() {
    let (shown, said) = asked(MAP, &["--language", "en"]);
    let lines: Vec<&str> = shown.lines().filter(|it| !it.is_empty()).collect();
    let expected = [
        "# Coffee \\*bar\\*",
        "Your answers help us to do better. They are anonymous: they are only reported together with those of others.",
        "## 1. All in all, how satisfied are you with us?",
        "not at all satisfied 1 2 3 4 5 very satisfied `q_all`",
        "## How satisfied are you with the following? If you did not come across something, please say so.",
        "**The visit** · not at all satisfied 1 2 3 4 5 very satisfied · Did not come across it (9)",
        "2. Queue `q1`",
        "## 3. How good was the coffee?",
        "not at all satisfied 1 2 3 4 5 very satisfied · Did not come across it (9) `coffee`",
        "## 4. How likely are you to recommend us to friends or colleagues?",
        "not at all likely 0 1 2 3 4 5 6 7 8 9 10 extremely likely `q_nps`",
        "## 5. What is the one thing that we should do better? (optional)",
        "………… `comment`",
        "## 6. Which town? (optional)",
        "◯ =1+1  ",
        "◯ Crewe `town`",
        "Thank you!",
    ];
    assert_eq!(lines, expected);
    assert!(said.contains("6 questions, about "), "{said}");
    assert!(said.contains("touchmap match"), "{said}");
}

#[test]
fn without_being_told_it_speaks_the_languages_of_the_map() {
    let (shown, said) = asked(MAP, &["--format", "html"]);
    assert!(said.contains("in en, zh-Hans"), "{said}");
    assert!(shown.contains("<form lang=\"zh-Hans\""));
    assert!(shown.contains("咖啡好喝吗？"));
    // Everything of the map is text, nothing of it is a page.
    assert!(shown.contains("咖啡&lt;b&gt;馆&lt;&#x2f;b&gt;"), "{shown}");
    let problems = html5gum::Tokenizer::new(shown.as_str())
        .filter_map(Result::ok)
        .filter(|token| matches!(token, html5gum::Token::Error { .. }))
        .count();
    assert_eq!(problems, 0);
}

#[test]
fn a_table_for_survey_tools_holds_no_formula() {
    let map = MAP.replace("name: {en: Queue,", "name: {en: \"=cmd()\",");
    let (shown, _) = asked(&map, &["--format", "csv"]);
    let shown = shown.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::Reader::from_reader(shown.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let at = |head: &str| heads.iter().position(|it| it == head).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 6);
    let queue = &rows[1];
    assert_eq!(&queue[at("column")], "q1");
    assert_eq!(&queue[at("touchpoint")], "queue");
    assert_eq!(&queue[at("answers")], "1|2|3|4|5");
    assert_eq!(&queue[at("not_applicable_code")], "9");
    assert_eq!(&queue[at("question (en)")], "'=cmd()");
    assert_eq!(&queue[at("question (zh-Hans)")], "排队");
    assert_eq!(&rows[5][at("options (en)")], "'=1+1|Crewe");
}

#[cfg(feature = "xlsx")]
#[test]
fn a_workbook_holds_the_same_and_is_the_same_every_time() {
    use calamine::{Data, Reader as _, Xlsx};
    let folder = folder("workbook");
    fs::write(folder.join("map.yaml"), MAP).unwrap();
    let written = |name: &str| {
        let output = touchmap(&folder, &["questionnaire", "map.yaml", "-o", name]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        fs::read(folder.join(name)).unwrap()
    };
    let bytes = written("a.xlsx");
    assert_eq!(bytes, written("b.xlsx"));
    let mut workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let sheet = workbook.worksheet_range("questionnaire").unwrap();
    assert_eq!(sheet.height(), 7);
    assert_eq!(sheet.get((2, 0)), Some(&Data::String("q1".to_owned())));
    let options = sheet.rows().next_back().unwrap().iter();
    assert!(options.clone().any(|it| it == &Data::String("=1+1|Crewe".to_owned())));
}

/// The codes that a map's questionnaire is warned of.
fn warned(map: &str, arguments: &[&str]) -> Vec<String> {
    let (_, said) = asked(map, arguments);
    let codes = said.lines().filter_map(|it| it.strip_prefix("warning["));
    codes.filter_map(|it| it.get(..5)).map(str::to_owned).collect()
}

#[test]
fn good_craft_is_not_warned_of_and_bad_craft_is() {
    assert_eq!(warned(MAP, &[]), [""; 0]);
    let even = MAP.replace("scale: [1, 5]", "scale: [1, 4]");
    assert_eq!(warned(&even, &[]), ["TM622"]);
    // Both touchpoints are met by all: nobody needs a way out.
    let plan = |keys: &str| {
        MAP.replace("questionnaire:\n", &format!("questionnaire:\n  {keys}\n"))
    };
    assert_eq!(warned(&plan("not_applicable: false"), &[]), [""; 0]);
    let flow = "flow: [queue -> coffee, queue -> end]\n";
    assert_eq!(warned(&(plan("not_applicable: false") + flow), &[]), ["TM623"]);
    assert_eq!(warned(&plan("comment: false"), &[]), ["TM624"]);
    assert_eq!(warned(&plan("contact: Your phone number?"), &[]), ["TM625"]);
    let silenced = plan("comment: false")
        + "silence: [{code: TM624, reason: \"a second wave asks for words\"}]\n";
    assert_eq!(warned(&silenced, &[]), [""; 0]);
}

#[test]
fn a_long_questionnaire_says_how_long_it_takes() {
    let touchpoints: String = (0..40)
        .map(|it| format!("      - {{id: t{it}, name: A touchpoint with five words}}\n"))
        .collect();
    let map = format!(
        "id: long\nname: Long\nstages:\n  - id: s\n    name: Stage\n    touchpoints:\n{touchpoints}\
         survey: {{scale: [1, 5], overall: all}}\n"
    );
    let (_, said) = asked(&map, &[]);
    // By hand: introduction 18 words, stem 16, whole 9 words and 4 s, comment 11 words and
    // 7.5 s: 54 / 4 + 11.5 = 25; forty rows of five words and 2 s: 40 * 3.25 = 130.
    assert!(said.contains("about 155 seconds"), "{said}");
    assert!(said.contains("TM621"), "{said}");
}

#[test]
fn words_that_changed_since_the_last_wave_are_told_unless_the_version_did() {
    let folder = folder("since");
    fs::write(folder.join("old.yaml"), MAP).unwrap();
    let since = folder.join("old.yaml");
    let since = ["--since", since.to_str().unwrap()];
    assert_eq!(warned(MAP, &since), [""; 0]);
    let reworded = MAP.replace("咖啡好喝吗？", "咖啡香吗？");
    assert_eq!(warned(&reworded, &since), ["TM626"]);
    let versioned = reworded.replace(
        "columns: {",
        "columns: {coffee: {column: coffee, question_version: 2}, ",
    );
    assert_eq!(warned(&versioned, &since), [""; 0]);
    let rescaled = MAP.replace("scale: [1, 5]", "scale: [1, 7]");
    assert_eq!(warned(&rescaled, &since), ["TM626", "TM626"]);
}

#[test]
fn the_answers_of_a_questionnaire_are_read_without_another_word() {
    let folder = folder("round");
    fs::write(
        folder.join("map.yaml"),
        MAP.replace("survey:\n", "survey:\n  files: [{path: answers.csv, wave: 2026}]\n"),
    )
    .unwrap();
    let (table, _) = asked(MAP, &["--format", "csv", "--language", "en"]);
    let mut reader =
        csv::Reader::from_reader(table.strip_prefix('\u{feff}').unwrap().as_bytes());
    let columns: Vec<String> =
        reader.records().map(|it| it.unwrap()[0].to_owned()).collect();
    let row = "4,3,9,7,\"good, really\",Crewe\n";
    fs::write(folder.join("answers.csv"), columns.join(",") + "\n" + &row.repeat(40))
        .unwrap();
    let output = touchmap(&folder, &["check", "map.yaml"]);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert!(output.status.success() && said.contains("no problems"), "{said}");
    assert_eq!(columns.len(), 6);
}
