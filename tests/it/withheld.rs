//! What is withheld is nowhere in the analysis, and cannot be worked out of what is.

use serde_json::Value;
use touchmap::analyse::{AnalyseOptions, analyse};
use touchmap::model::{Analysis, GraphFacts, SegmentPlan, SegmentResult, Status};
use touchmap::survey::TallyOptions;

use super::responses::{file, journey, plan, read, segment};

/// Two waves of a journey of four touchpoints in three towns. Of `b`, seven people in a small
/// town answered, and `c` seven people altogether.
fn analysed() -> Analysis {
    let mut journey = journey(&[&["a", "b", "c", "d"]], 1.0, 10.0);
    plan(&mut journey).segments.push(segment("town"));
    let mut rows = String::from("town,overall,a,b,c,d\n");
    let mut push = |town: &str, count: usize, of: &dyn Fn(usize) -> [String; 5]| {
        for i in 0..count {
            rows += town;
            rows.push(',');
            rows += &of(i).join(",");
            rows.push('\n');
        }
    };
    let score = |i: usize| (3 + (i * 7 + i / 3) % 8).to_string();
    let plain =
        |i: usize| [score(i), score(i + 1), score(i + 2), String::new(), score(i + 3)];
    push("Aston", 150, &plain);
    push("Bourn", 90, &plain);
    push("Crewe", 60, &plain);
    // Their sum is 23: a mean that no other answers have.
    let few = ["1", "2", "2", "3", "4", "5", "6"];
    push("Drift", 7, &|i| {
        [score(i), score(i), few[i].to_owned(), few[6 - i].to_owned(), score(i)]
    });
    let waves = ["2024", "2025"].map(|wave| file("rows.csv", Some(wave)));
    let inputs: Vec<_> = waves.iter().map(|file| (file, rows.as_bytes())).collect();
    let (tally, problems) = read(&journey, &inputs, &TallyOptions::default());
    assert_eq!(problems, []);
    let options = AnalyseOptions::default();
    analyse(&journey, &tally.unwrap(), &GraphFacts::default(), None, &options).unwrap()
}

fn numbers(value: &Value, into: &mut Vec<f64>) {
    match value {
        Value::Number(number) => into.extend(number.as_f64()),
        Value::Array(items) => items.iter().for_each(|it| numbers(it, into)),
        Value::Object(entries) => entries.values().for_each(|it| numbers(it, into)),
        _ => {}
    }
}

fn near(found: &[f64], forbidden: f64) -> bool {
    found.iter().any(|it| (it - forbidden).abs() < 1e-9)
}

#[test]
fn no_withheld_number_is_in_the_analysis() {
    let analysis = analysed();
    let mut found = Vec::new();
    numbers(&serde_json::to_value(&analysis).unwrap(), &mut found);
    assert!(found.len() > 500);
    // n, mean, points, sd and shares of the seven; of c in all, of b in the small town.
    let mean = 23.0 / 7.0;
    let sd = (few_squares() / 7.0 - mean * mean).sqrt();
    let reach_and_rows = [7.0 / 307.0, 300.0 / 307.0];
    let forbidden = [mean, (mean - 1.0) / 0.09, sd, 1.0 / 7.0, 2.0 / 7.0, 4.0 / 7.0];
    for number in forbidden.into_iter().chain(reach_and_rows) {
        assert!(!near(&found, number), "{number} is told");
    }
    // Nor by its complement: everybody but the seven.
    assert!(!near(&found, 300.0), "who else answered is told");
    // Seven itself may be an answer or a place, but nobody's number.
    let text = serde_json::to_string(&analysis).unwrap();
    for told in ["\"n\":7,", "\"n\":7}", "\"valid\":7,", "7 answers", "n = 7"] {
        assert!(!text.contains(told), "{told}");
    }
}

fn few_squares() -> f64 {
    [1.0_f64, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0].iter().map(|it| it * it).sum()
}

fn cell<'a>(analysis: &'a Analysis, value: &str, touchpoint: &str) -> &'a SegmentResult {
    let mut all = analysis.segments.iter();
    all.find(|it| it.value == value && it.touchpoint == touchpoint).unwrap()
}

#[test]
fn the_next_smallest_town_is_withheld_with_the_small_one() {
    let analysis = analysed();
    for touchpoint in ["overall", "a", "b"] {
        let status = |town| cell(&analysis, town, touchpoint).score.status;
        assert_eq!(status("Drift"), Status::Suppressed);
        assert_eq!(status("Crewe"), Status::Suppressed);
        assert_eq!([status("Aston"), status("Bourn")], [Status::Scored; 2]);
        for town in ["Drift", "Crewe"] {
            assert_eq!(cell(&analysis, town, touchpoint).vs_rest, None);
        }
    }
    let sizes: Vec<Option<u64>> = analysis.segment_sizes.iter().map(|it| it.n).collect();
    assert_eq!(sizes, [Some(150), Some(90), None, None]);
    assert!(analysis.segment_sizes[2].reason.as_ref().unwrap().contains("smaller group"));
}

#[test]
fn what_is_left_over_of_the_total_is_never_a_group_too_small_to_show() {
    let analysis = analysed();
    let least = 10;
    for (touchpoint, total) in [
        ("overall", &analysis.overall),
        ("a", &analysis.touchpoints[0].score),
        ("b", &analysis.touchpoints[1].score),
    ] {
        let cells = analysis.segments.iter().filter(|it| it.touchpoint == touchpoint);
        let shown: u64 = cells.filter_map(|it| it.score.n).sum();
        let left = total.n.unwrap() - shown;
        assert!(left == 0 || left >= least, "{left} are left of {touchpoint}");
    }
    // A cell against the rest is the total and the cell again, no more: rest and cell are
    // the whole.
    let aston = cell(&analysis, "Aston", "b");
    let (total, score) = (&analysis.touchpoints[1].score, &aston.score);
    let (n, part) = (total.n.unwrap() as f64, score.n.unwrap() as f64);
    let rest = (n * total.mean.unwrap() - part * score.mean.unwrap()) / (n - part);
    let difference = aston.vs_rest.as_ref().unwrap().difference;
    assert!((score.mean.unwrap() - rest - difference).abs() < 1e-9);
}

#[test]
fn only_segments_of_the_map_are_told() {
    let mut journey = journey(&[&["a"]], 1.0, 10.0);
    let town: SegmentPlan = segment("town");
    plan(&mut journey).segments.push(SegmentPlan {
        order: vec!["Crewe".to_owned(), "Aston".to_owned()],
        ..town
    });
    let rows: String = ["W10", "W2", "Aston", "Crewe"]
        .iter()
        .flat_map(|town| (0..40).map(move |i| format!("{town},{}\n", 1 + i % 10)))
        .collect();
    let rows = format!("town,a\n{rows}");
    let tally = super::responses::read_well(&journey, &rows);
    let options = AnalyseOptions::default();
    let analysis =
        analyse(&journey, &tally, &GraphFacts::default(), None, &options).unwrap();
    let values: Vec<&str> =
        analysis.segment_sizes.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(values, ["Crewe", "Aston", "W2", "W10"]);
    let same = cell(&analysis, "Crewe", "a").vs_rest.as_ref().unwrap();
    assert!(same.difference.abs() < 1e-12 && !same.relevant);
    assert!((same.q - 1.0).abs() < 1e-12);
}

/// 150 of Aston and 90 of Bourn; three gave no town. Were both towns shown, the total less
/// both would be what the three said.
#[test]
fn few_who_gave_no_town_are_hidden_by_one() {
    let mut journey = journey(&[&["a"]], 1.0, 10.0);
    plan(&mut journey).segments.push(segment("town"));
    let rows = |nowhere: usize| -> String {
        let town = |i: usize| match i {
            0..150 => "Aston",
            150..240 => "Bourn",
            _ => "",
        };
        let row = |i: usize| format!("{},{}\n", town(i), 1 + (i * 7 + i / 3) % 10);
        "town,a\n".to_owned() + &(0..240 + nowhere).map(row).collect::<String>()
    };
    let told = |nowhere: usize| {
        let tally = super::responses::read_well(&journey, &rows(nowhere));
        let options = AnalyseOptions::default();
        let analysis =
            analyse(&journey, &tally, &GraphFacts::default(), None, &options).unwrap();
        let n = |town| cell(&analysis, town, "a").score.n;
        let sizes = analysis.segment_sizes.iter().map(|it| (it.n, it.share.is_some()));
        ([n("Aston"), n("Bourn")], sizes.collect::<Vec<_>>())
    };
    let (scores, sizes) = told(3);
    assert_eq!(scores, [Some(150), None]);
    // With its share the number of Aston would tell that 240 gave a town.
    assert_eq!(sizes, [(Some(150), false), (None, false)]);
    for nowhere in [0, 10] {
        let (scores, sizes) = told(nowhere);
        assert_eq!(scores, [Some(150), Some(90)]);
        assert_eq!(sizes, [(Some(150), true), (Some(90), true)]);
    }
}
