//! Scorecards: each is what a report of its customers alone would be, and together they tell no
//! more than may be told.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use touchmap::analyse::{AnalyseOptions, analyse};
use touchmap::diag::{Diagnostics, Sources};
use touchmap::graph::{self, JourneyGraph};
use touchmap::map;
use touchmap::model::{Analysis, Journey, ResponseFile};
use touchmap::survey::{self, Drivers, ResponseInput, TallyOptions, tally::Tally};

use crate::shared::{root, text, touchmap};

/// A page, its blanks all alike.
fn page(path: &Path) -> String {
    let page = fs::read_to_string(path).unwrap();
    page.replace(|it: char| it.is_whitespace() || it == '\u{2060}', " ")
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("touchmap-it-scorecards-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn journey_at(path: &str) -> Journey {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let path = root().join(path);
    let bytes = fs::read(&path).unwrap();
    let read =
        map::read(&path, &bytes, &mut sources, &mut problems, &mut |path| fs::read(path));
    read.unwrap().unwrap()
}

fn inputs<'a>(files: &'a [ResponseFile], names: &'a [String]) -> Vec<ResponseInput<'a>> {
    let open = |(file, name): (&'a ResponseFile, &'a String)| ResponseInput {
        name,
        file,
        bytes: Box::new(fs::File::open(&file.path).unwrap()),
    };
    files.iter().zip(names).map(open).collect()
}

fn analysed(journey: &Journey, tally: &Tally, of: Option<(&str, &str)>) -> Analysis {
    let measures = graph::measure(journey, &JourneyGraph::new(journey));
    let pair = |(segment, value): (&str, &str)| (segment.to_owned(), value.to_owned());
    let options = AnalyseOptions {
        restricted: of.map(pair).into_iter().collect(),
        ..AnalyseOptions::default()
    };
    let visits = measures.visits.as_deref();
    analyse(journey, tally, &measures.facts, visits, &options).unwrap()
}

/// Read once, and read anew for each value: the same numbers to the last bit.
#[test]
fn a_part_is_what_a_restriction_to_it_is() {
    for (path, segment) in [
        ("journeys/home-buying/journey.yaml", "city"),
        ("journeys/home-buying/journey.yaml", "phase"),
        ("tests/cases/aggregate-rows/journey.yaml", "city"),
    ] {
        let journey = journey_at(path);
        let survey = journey.survey.as_ref().unwrap();
        if !survey.segments.iter().any(|it| it.id == segment) {
            continue;
        }
        let files = survey.files.clone();
        let names: Vec<String> =
            files.iter().map(|it| it.path.display().to_string()).collect();
        let options = TallyOptions {
            driver_waves: survey::DriverWaves::Last,
            ..TallyOptions::default()
        };
        let mut problems = Diagnostics::default();
        let split = survey::tally_parts(
            &journey,
            inputs(&files, &names),
            &options,
            segment,
            &mut problems,
        );
        let (whole, parts) = split.unwrap().unwrap();
        let alone =
            survey::tally(&journey, inputs(&files, &names), &options, &mut problems);
        let alone = alone.unwrap().unwrap();
        assert_eq!(
            analysed(&journey, &whole, None),
            analysed(&journey, &alone, None),
            "{path}: the whole"
        );
        assert!(parts.values().len() >= 2, "{path}: {segment}");
        // Joint sums are the same code for all: two values will do.
        for value in parts.values().into_iter().take(2) {
            let of = (segment, value.as_str());
            let restriction = vec![(segment.to_owned(), value.clone())];
            let restricted = TallyOptions { restriction, ..options.clone() };
            let again = inputs(&files, &names);
            let expected = survey::tally(&journey, again, &restricted, &mut problems);
            let expected = analysed(&journey, &expected.unwrap().unwrap(), Some(of));
            let part = parts.tally(&value, &whole, Drivers::Tally);
            assert!(
                analysed(&journey, &part, Some(of)) == expected,
                "{path}: {value} is not what a restriction to it is"
            );
        }
    }
}

/// The values of an attribute of each element that has it, between two places.
fn targets(page: &str) -> Vec<&str> {
    let small = page.split(r#"<div class="mm">"#).skip(1);
    small
        .map(|it| {
            let line = it.split(r#"class="tgt""#).next().unwrap();
            let at = line.rfind('<').unwrap();
            it[at..].split("/>").next().unwrap()
        })
        .collect()
}

#[test]
fn all_pictures_of_a_set_have_the_same_scale_and_every_link_leads_somewhere() {
    let folder = folder("scale");
    let home = root().join("journeys/home-buying/journey.yaml");
    let to = folder.to_str().unwrap();
    let output = touchmap(
        root(),
        &[
            "report",
            home.to_str().unwrap(),
            "--split",
            "city",
            "-o",
            to,
            "--language",
            "zh-Hans,en",
        ],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("4 scorecards by city"));
    let index = fs::read_to_string(folder.join("index.html")).unwrap();
    // Everybody and four cities, in two languages.
    let targets = targets(&index);
    assert_eq!(targets.len(), 10);
    let different: BTreeSet<&str> = targets.into_iter().collect();
    assert_eq!(different.len(), 1, "{different:?}");
    let links: BTreeSet<&str> = index
        .split("<h2><a href=\"")
        .skip(1)
        .map(|it| it.split('"').next().unwrap())
        .collect();
    assert_eq!(links.len(), 5);
    for link in links {
        assert!(folder.join(link).exists(), "{link}");
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let home = root().join("journeys/home-buying/journey.yaml");
    let made = |threads: &str| {
        let folder = folder(&format!("threads-{threads}"));
        let to = folder.to_str().unwrap().to_owned();
        let map = home.to_str().unwrap();
        let arguments =
            ["report", map, "--split", "phase", "-o", &to, "--threads", threads];
        let output = touchmap(root(), &arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let mut files: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|it| it.unwrap().path())
            .map(|it| (it.file_name().unwrap().to_owned(), fs::read(&it).unwrap()))
            .collect();
        files.sort();
        files
    };
    let (one, three) = (made("1"), made("3"));
    assert!(one.len() >= 6 && one == three, "threads show");
}

const MAP: &str = "id: shop
name: Shop
stages:
  - {id: s, name: Visit, touchpoints: [{id: door, name: Door}, {id: till, name: Till}]}
survey:
  files: [answers.csv]
  wave: year
  scale: [1, 10]
  overall: overall
  segments: {town: town, age: age}
";

/// So many answers of a town and an age.
type Cell<'a> = (&'a str, &'a str, usize);

fn survey_of(name: &str, cells: &[Cell<'_>]) -> PathBuf {
    let folder = folder(name);
    let mut rows = String::from("year,town,age,door,till,overall\n");
    for (town, age, count) in cells {
        for at in 0..*count {
            let (door, till) = (1 + at % 10, 1 + (at * 3) % 10);
            rows += &format!("2025,{town},{age},{door},{till},{till}\n");
        }
    }
    fs::write(folder.join("answers.csv"), rows).unwrap();
    fs::write(folder.join("journey.yaml"), MAP).unwrap();
    folder
}

/// A town of 6 is not shown; nor is the smallest of the others, or the 6 would be what is left
/// of the whole.
#[test]
fn a_town_of_few_takes_the_next_smallest_with_it() {
    let cells =
        [("A", "young", 200), ("B", "young", 60), ("C", "young", 6), ("D", "young", 90)];
    let folder = survey_of("few", &cells);
    let output =
        touchmap(&folder, &["report", "journey.yaml", "--split", "town", "-o", "out"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("2 scorecards by town"));
    assert!(text(&output.stderr).contains("2 without"));
    let exists = |town: &str| folder.join(format!("out/town-{town}.html")).exists();
    assert_eq!(["A", "B", "C", "D"].map(exists), [true, false, false, true]);
    let index = page(&folder.join("out/index.html"));
    assert!(index.contains("n &lt; 10"), "C says why");
    assert!(index.contains("cannot be worked out"), "B says why");
    for number in ["n = 60", ">60<", "n = 6<", ">6<"] {
        assert!(!index.contains(number), "the page tells `{number}`");
    }
}

/// Six old people of A are withheld in the card of A. In the card of C, which has the next
/// fewest, they go too, and with them in both cards a second age.
#[test]
fn a_group_of_few_in_one_card_takes_groups_of_others_with_it() {
    let cells = [
        ("A", "old", 6),
        ("A", "young", 80),
        ("A", "middle", 90),
        ("B", "old", 95),
        ("B", "young", 99),
        ("B", "middle", 99),
        ("C", "old", 40),
        ("C", "young", 70),
        ("C", "middle", 75),
    ];
    let folder = survey_of("cross", &cells);
    let output =
        touchmap(&folder, &["report", "journey.yaml", "--split", "town", "-o", "out"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let shows = |town: &str, n: usize| {
        let page = page(&folder.join(format!("out/town-{town}.html")));
        page.contains(&format!("n = {n}<"))
    };
    // 40 old people of C, and 70 young ones beside them, are as good as the 6 of A.
    assert!(!shows("C", 40) && !shows("C", 70), "C tells of A");
    assert!(!shows("A", 80) && !shows("A", 6), "A tells of itself");
    assert!(shows("A", 90) && shows("C", 75), "too much is withheld");
    assert!(shows("B", 95) && shows("B", 99), "B has nothing to hide");
}

#[test]
fn several_files_need_a_folder_and_a_segment_that_is_there() {
    let folder = survey_of("usage", &[("A", "young", 20), ("B", "old", 20)]);
    for (arguments, told) in [
        (&["--split", "town", "-o", "-"][..], "several files"),
        (&["--split", "twon", "-o", "out"], "did you mean `town`"),
        (&["--split", "town", "--from-analysis", "x.json"], "--from-analysis"),
    ] {
        let all = [&["report", "journey.yaml"], arguments].concat();
        let output = touchmap(&folder, &all);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let found = text(&output.stderr);
        assert!(found.contains(told), "{arguments:?}: {found}");
    }
    assert!(!folder.join("out").exists(), "nothing is made for nothing");
}

/// 8 of A rated the till: withheld, and with it that of B. No part of B's
/// report tells it: no score, no gap to a target, no finding.
#[test]
fn a_score_that_is_withheld_for_another_is_told_nowhere() {
    let folder = folder("hand-off");
    let map = MAP.replace(
        "[{id: door, name: Door}, {id: till, name: Till}]",
        "[{id: door, name: Door, owner: X}, {id: till, name: Till, owner: Y}]",
    );
    fs::write(folder.join("journey.yaml"), map).unwrap();
    let mut rows = String::from("year,town,age,door,till,overall\n");
    for (town, rated, all) in [("A", 8, 200), ("B", 150, 150), ("C", 180, 180)] {
        for at in 0..all {
            let till = if at < rated { (2 + at % 2).to_string() } else { String::new() };
            rows += &format!("2025,{town},young,{},{till},{}\n", 8 + at % 3, 5 + at % 4);
        }
    }
    fs::write(folder.join("answers.csv"), rows).unwrap();
    let output =
        touchmap(&folder, &["report", "journey.yaml", "--split", "town", "-o", "out"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let card = |town: &str| page(&folder.join(format!("out/town-{town}.html")));
    // The mean of 2 and 3 on 1 to 10 is 16.7 points, 58.3 under the target.
    let telling = [">16.7", "Till: 16.7", "58.3 points"];
    let tells = |town: &str| telling.map(|it| card(town).contains(it));
    assert_eq!(tells("C"), [true; 3], "C has nothing to hide");
    assert_eq!(tells("B"), [false; 3], "B tells of itself");
    assert!(!card("A").contains("n = 8<"), "A tells of eight");
}

/// Nobody of D answered this year: that is said, and no empty report is made.
#[test]
fn a_value_of_nobody_has_no_report() {
    let folder = survey_of("nobody", &[("A", "young", 50), ("B", "old", 60)]);
    let mut rows = fs::read_to_string(folder.join("answers.csv")).unwrap();
    for at in 0..40 {
        rows += &format!("2024,{},old,7,8,9\n", ["A", "D"][at % 2]);
    }
    fs::write(folder.join("answers.csv"), rows).unwrap();
    let output =
        touchmap(&folder, &["report", "journey.yaml", "--split", "town", "-o", "out"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(!folder.join("out/town-D.html").exists());
    let index = page(&folder.join("out/index.html"));
    let (_, of_d) = index.split_once("<h2>D</h2>").unwrap();
    assert!(of_d.split("</li>").next().unwrap().contains("no answers"));
}

/// A scorecard says whose it is, and leads back; it has no group that is everybody.
#[test]
fn a_scorecard_says_whose_it_is() {
    let folder = survey_of("whose", &[("A", "young", 50), ("B", "old", 60)]);
    let output =
        touchmap(&folder, &["report", "journey.yaml", "--split", "town", "-o", "out"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let card = page(&folder.join("out/town-A.html"));
    assert!(card.contains("<title>Shop · town: A · 2025</title>"), "the title");
    assert!(card.contains("<b>town: A</b>"), "the head");
    assert!(card.contains("<a href=\"index.html\">All scorecards</a>"), "the way back");
    let whole = page(&folder.join("out/all.html"));
    assert!(whole.contains("<title>Shop · 2025</title>"));
    assert!(whole.contains("<a href=\"index.html\">"));
    let groups = |page: &str| page.matches("scope=\"colgroup\"").count();
    assert_eq!((groups(&whole), groups(&card)), (2, 1), "town is one group in its card");
}
