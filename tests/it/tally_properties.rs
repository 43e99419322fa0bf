//! What holds of the tally of any responses (METHOD §15).

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use touchmap::model::{Journey, MissingClass, ResponseFile, WeightKind};
use touchmap::stats::LevelSums;
use touchmap::survey::tally::{Distribution, Missing, QuestionTally, Tally};
use touchmap::survey::{Drivers, TallyOptions};

use super::responses::{
    codes, column, declare_missing, file, journey, plan, read, segment,
};

const HEADER: &str = "year,city,w,a,b,c,overall\n";

fn survey(not_applicable: &str) -> Journey {
    let mut journey = journey(&[&["a", "b"], &["c"]], 1.0, 5.0);
    let missing =
        [(not_applicable, MissingClass::NotApplicable), ("x", MissingClass::NotAsked)];
    declare_missing(&mut journey, &codes(&missing));
    let plan = plan(&mut journey);
    plan.wave = Some(column(&["year"]));
    plan.weight = Some(column(&["w"]));
    plan.weight_kind = WeightKind::Sampling;
    plan.segments = vec![segment("city")];
    journey
}

/// A row: a wave, a city or none, a weight from tiny to huge, and answers.
fn row() -> impl Strategy<Value = String> {
    let weight = prop_oneof![
        Just("0".to_owned()),
        (1_u32..20).prop_map(|it| format!("{}", f64::from(it) / 7.0)),
        any::<u32>().prop_map(|it| format!("{}", f64::from(it) * 1e-12 + 1e-9)),
        (1_u32..1000).prop_map(|it| format!("{it}e15")),
    ];
    let cell = prop::sample::select(vec!["1", "2", "3", "4.5", "5", "", "6", "x", "０1"]);
    let cells =
        prop::collection::vec(cell.prop_filter("on the scale", |it| *it != "０1"), 4);
    let year = prop::sample::select(vec!["2024", "2025"]);
    let city = prop::sample::select(vec!["北京", "成都", "", " 成都 "]);
    (year, city, weight, cells).prop_map(|(year, city, w, cells)| {
        format!("{year},{city},{w},{}\n", cells.join(","))
    })
}

fn rows() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(row(), 1..60)
        .prop_filter("no wave of nobody", |it| weigh(it, 2))
}

/// Whether each wave has a row whose weight, in this column, is not 0.
pub(crate) fn weigh(rows: &[String], column: usize) -> bool {
    let waves = |it: &String| it.split(',').next().unwrap().to_owned();
    let counts = |it: &&String| it.split(',').nth(column) != Some("0");
    let all: BTreeSet<_> = rows.iter().map(waves).collect();
    all == rows.iter().filter(counts).map(waves).collect()
}

fn tally(journey: &Journey, files: &[&[String]]) -> Result<Tally, TestCaseError> {
    let texts: Vec<String> =
        files.iter().map(|rows| format!("{HEADER}{}", rows.concat())).collect();
    let file: ResponseFile = file("a.csv", None);
    let files: Vec<_> = texts.iter().map(|text| (&file, text.as_bytes())).collect();
    // Weights from 1e-9 to 1e18 are too much for the sums of pairs.
    let options = TallyOptions { drivers: Drivers::Skip, ..TallyOptions::default() };
    let (tally, problems) = read(journey, &files, &options);
    prop_assert_eq!(problems, vec![]);
    tally.ok_or_else(|| TestCaseError::fail("no tally"))
}

/// Every number of a tally, floating-point numbers by their bits.
fn bits(tally: &Tally) -> Vec<String> {
    let mut all = Vec::new();
    for (wave, it) in &tally.waves {
        all.push(format!("{wave} {:?}", it.rows));
        for (variable, question) in &it.questions {
            all.push(format!("{wave} {variable:?} {}", question_bits(question)));
        }
        for (segment, it) in &it.segments {
            let rows = it.rows.map(|rows| (rows.n, rows.w.to_bits()));
            all.push(format!("{wave} {segment:?} {rows:?}"));
            for (variable, question) in &it.questions {
                let question = question_bits(question);
                all.push(format!("{wave} {segment:?} {variable:?} {question}"));
            }
        }
    }
    all
}

fn question_bits(question: &QuestionTally) -> String {
    let Distribution::Histogram(histogram) = &question.answers else {
        return "moments".to_owned();
    };
    let level =
        |it: &LevelSums| (it.value.to_bits(), it.n, it.w.to_bits(), it.w2.to_bits());
    let levels: Vec<_> = histogram.levels().iter().map(level).collect();
    let missing = |it: Missing| (it.n, it.w.to_bits());
    let QuestionTally { not_applicable, blank, not_asked, .. } = *question;
    let missing = [not_applicable, blank, not_asked].map(missing);
    format!("{levels:?} {missing:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_show(
        (rows, mixed) in rows().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
    ) {
        let journey = survey("6");
        prop_assert_eq!(bits(&tally(&journey, &[&rows])?), bits(&tally(&journey, &[&mixed])?));
    }

    #[test]
    fn parts_add_up_to_the_whole_in_any_order(rows in rows(), cut in any::<prop::sample::Index>()) {
        let journey = survey("6");
        let whole = bits(&tally(&journey, &[&rows])?);
        let at = cut.index(rows.len()) + 1;
        let (first, second) = rows.split_at(at);
        if !second.is_empty() {
            prop_assert_eq!(&whole, &bits(&tally(&journey, &[first, second])?));
            prop_assert_eq!(&whole, &bits(&tally(&journey, &[second, first])?));
        }
    }

    #[test]
    fn another_missing_code_for_the_same_says_the_same(rows in rows()) {
        let renamed: Vec<_> = rows
            .iter()
            .map(|row| row.trim_end().split(',').map(|it| if it == "6" { "NA" } else { it }))
            .map(|cells| cells.collect::<Vec<_>>().join(",") + "\n")
            .collect();
        let (six, na) = (tally(&survey("6"), &[&rows])?, tally(&survey("na"), &[&renamed])?);
        prop_assert_eq!(bits(&six), bits(&na));
    }

    #[test]
    fn every_cell_is_counted_once(rows in rows()) {
        let tally = tally(&survey("6"), &[&rows])?;
        for wave in tally.waves.values() {
            let used = wave.rows.unwrap().used;
            for (variable, it) in &wave.questions {
                let Distribution::Histogram(histogram) = &it.answers else { continue };
                if matches!(variable, touchmap::survey::tally::Variable::Stage(_)) {
                    prop_assert!(histogram.n() <= used);
                    continue;
                }
                let missing = it.not_applicable.n + it.blank.n + it.not_asked.n;
                prop_assert_eq!(histogram.n() + missing, used);
            }
        }
    }
}
