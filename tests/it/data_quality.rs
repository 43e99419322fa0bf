//! How good the data are: every number of a survey that was counted by hand, dates in all
//! their spellings, and nothing of what is withheld.

use proptest::prelude::*;
use touchmap::analyse::quality;
use touchmap::model::{
    CheckKind, CheckStatus, Journey, MissingClass, Quality, QualityCheck, WeightKind,
};
use touchmap::survey::tally::Tally;
use touchmap::survey::{TallyOptions, Undeclared};

use crate::responses::{codes, column, declare_missing, file, journey, plan, read};

fn survey() -> Journey {
    let mut journey = journey(&[&["a", "b", "c", "d"]], 1.0, 5.0);
    declare_missing(&mut journey, &codes(&[("6", MissingClass::NotApplicable)]));
    journey.rules.suppress_below = 3;
    let plan = plan(&mut journey);
    plan.respondent = Some(column(&["id"]));
    plan.date = Some(column(&["day"]));
    plan.weight = Some(column(&["w"]));
    plan.weight_kind = WeightKind::Sampling;
    journey
}

/// Six rows: r1 and the second of r2 are the same throughout, r3 does not count, r4 and r5
/// give two answers and one; 77 is no answer and no code.
const ROWS: &str = "\
id,w,day,a,b,c,d,overall
r1,1,2025-03-07,5,5,5,5,5
r2,1,2025/3/9 14:22,4,3,4,5,4
r2,2,12.3.2025,4,4,4,4,4
r3,0,2025年3月1日,1,1,1,1,1
r4,2,,1,,77,1,2
r5,2,soon,6,6,2,,3
";

fn lenient() -> TallyOptions {
    TallyOptions { undeclared: Undeclared::ReadAsBlank, ..TallyOptions::default() }
}

fn of(journey: &Journey, text: &str) -> (Tally, Quality, Vec<&'static str>) {
    let file = file("a.csv", Some("2025"));
    let (tally, problems) = read(journey, &[(&file, text.as_bytes())], &lenient());
    let tally = tally.unwrap();
    let quality = quality(journey, &tally);
    (tally, quality, problems.iter().map(|it| it.code.0).collect())
}

fn found(checks: &[QualityCheck], kind: CheckKind) -> (f64, CheckStatus) {
    let check = checks.iter().find(|it| it.check == kind).unwrap();
    assert_eq!(check.advice.is_some(), check.status != CheckStatus::Ok);
    (check.value, check.status)
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-12
}

#[test]
fn rows_weights_and_dates_are_those_counted_by_hand() {
    let (_, quality, problems) = of(&survey(), ROWS);
    assert_eq!(problems, ["TM341", "TM306", "TM340"]);
    let wave = &quality.waves[0];
    let rows = wave.rows.as_ref().unwrap();
    assert_eq!((rows.read, rows.used, rows.zero_weight), (6, 5, 1));
    assert_eq!((rows.without_id, rows.without_weight), (Some(0), 0));
    let parts =
        [rows.repeated, rows.straight_lining, rows.few_answers].map(Option::unwrap);
    assert_eq!(parts.map(|it| it.n), [1, 2, 2]);
    assert!(near(parts[0].share, 0.2) && near(parts[1].share, 0.4));
    // Weights 1, 1, 2, 2, 2: (Σw)² / Σw² = 64 / 14, and 5 · 14 / 64.
    let weights = wave.weights.as_ref().unwrap();
    assert_eq!(weights.n, 5);
    assert!(near(weights.sum, 8.0) && near(weights.n_eff, 64.0 / 14.0));
    assert!(near(weights.design_effect, 1.09375));
    // Also the row that does not count was answered on a day.
    let dates = wave.fieldwork.as_ref().unwrap();
    assert_eq!(dates.first.unwrap().to_string(), "2025-03-01");
    assert_eq!(dates.last.unwrap().to_string(), "2025-03-12");
    assert_eq!((dates.dated, dates.undated, dates.unreadable), (4, 2, 1));
}

#[test]
fn questions_are_those_counted_by_hand() {
    let (_, quality, _) = of(&survey(), ROWS);
    let questions = &quality.waves[0].questions;
    let ids: Vec<_> = questions.iter().map(|it| it.question.as_str()).collect();
    assert_eq!(ids, ["overall", "a", "b", "c", "d"]);
    let a = &questions[1];
    assert_eq!((a.columns.as_slice(), a.scale), (&["a".to_owned()][..], [1.0, 5.0]));
    let levels: Vec<_> =
        a.levels.iter().flatten().map(|it| (it.level.0.to_string(), it.n)).collect();
    let by_hand = [("1", 1), ("2", 0), ("3", 0), ("4", 2), ("5", 1)];
    assert_eq!(levels, by_hand.map(|(level, n)| (level.to_owned(), n)));
    assert!(near(a.levels.as_ref().unwrap()[3].share, 0.5));
    let cells = |at: usize| {
        let it = &questions[at];
        [it.valid, it.not_applicable, it.blank, it.not_asked].map(|it| it.unwrap().n)
    };
    assert_eq!(cells(1), [4, 1, 0, 0]);
    assert_eq!(cells(2), [3, 1, 1, 0]);
    // The undeclared 77 is a blank of `c`.
    assert_eq!(cells(3), [4, 0, 1, 0]);
    let undeclared = &quality.undeclared[0];
    assert_eq!((undeclared.question.as_str(), undeclared.cells), ("c", 1));
    assert_eq!((undeclared.values.len(), undeclared.other), (0, 1), "one cell of 77");
}

#[test]
fn checks_call_what_is_over_their_limits() {
    use CheckStatus::{Bad, Look, Ok};
    let (_, quality, _) = of(&survey(), ROWS);
    let wave = |kind| found(&quality.waves[0].checks, kind);
    for (kind, value, status) in [
        (CheckKind::RepeatedRespondents, 0.2, Bad),
        (CheckKind::StraightLining, 0.4, Bad),
        (CheckKind::ZeroWeight, 1.0 / 6.0, Look),
        (CheckKind::DesignEffect, 1.09375, Ok),
        (CheckKind::Undated, 2.0 / 6.0, Look),
        // From 1 to 12 March.
        (CheckKind::LongFieldwork, 12.0, Ok),
        // `b`: 1 of 3 answers, 1 not applicable and 1 blank.
        (CheckKind::Blank, 0.2, Look),
        (CheckKind::NotApplicable, 0.25, Ok),
    ] {
        let (is, said) = wave(kind);
        assert!(near(is, value) && said == status, "{kind:?}: {is} {said:?}");
    }
    let (undeclared, status) = found(&quality.checks, CheckKind::Undeclared);
    assert!(near(undeclared, 0.2) && status == Bad);
    // Of four touchpoints it goes without saying that few are rated.
    let few = |it: &&QualityCheck| it.check == CheckKind::FewAnswers;
    assert!(quality.waves[0].checks.iter().find(few).is_none());
}

/// `b` has three answers, `a` four: at four the first is withheld, and all of its cells.
#[test]
fn what_few_said_is_not_in_the_json() {
    let mut journey = survey();
    journey.rules.suppress_below = 4;
    let (_, quality, _) = of(&journey, ROWS);
    let b = &quality.waves[0].questions[2];
    assert_eq!((b.levels.as_ref(), b.valid, b.blank), (None, None, None));
    assert_eq!(b.reason.as_deref(), Some("n < 4"));
    assert!(quality.waves[0].questions[1].levels.is_some());
    let blank = quality.waves[0].checks.iter().find(|it| it.check == CheckKind::Blank);
    assert!(blank.unwrap().questions.iter().all(|it| it.question != "b"));
    // Of five rows with less than six told, no share of rows, and of four dates no day.
    journey.rules.suppress_below = 6;
    let (_, quality, _) = of(&journey, ROWS);
    let wave = &quality.waves[0];
    assert_eq!(wave.rows.as_ref().unwrap().straight_lining, None);
    let dates = wave.fieldwork.as_ref().unwrap();
    assert_eq!((dates.first, dates.last), (None, None));
    assert_eq!(dates.reason.as_deref(), Some("n < 6"));
    assert!(wave.questions.iter().all(|it| it.levels.is_none()));
}

#[test]
fn few_equal_answers_keep_their_distribution() {
    let rows: String = (0..12).map(|it| format!("r{it},1,,4,4,4,5,4\n")).collect();
    let (_, quality, _) = of(&survey(), &format!("id,w,day,a,b,c,d,overall\n{rows}"));
    let a = &quality.waves[0].questions[1];
    assert_eq!(a.levels, None);
    assert!(a.reason.as_ref().unwrap().contains("the same"));
}

#[test]
fn codes_that_enough_cells_hold_are_named_and_texts_are_not() {
    let rows: String = (0..9)
        .map(|it| {
            let c = if it < 4 { "97" } else { "I would rather not say" };
            format!("r{it},1,,4,4,{c},{},4\n", 1 + it % 5)
        })
        .collect();
    let (_, quality, _) = of(&survey(), &format!("id,w,day,a,b,c,d,overall\n{rows}"));
    let c = &quality.undeclared[0];
    let values: Vec<_> = c.values.iter().map(|it| (it.value.as_str(), it.n)).collect();
    assert_eq!((values, c.other, c.cells), (vec![("97", 4)], 5, 9));
}

fn dates(days: &[&str]) -> (Option<String>, Option<String>, u64, Vec<&'static str>) {
    let rows: String = days
        .iter()
        .enumerate()
        .map(|(at, day)| format!("r{at},1,{day},4,4,3,{},4\n", 1 + at % 5))
        .collect();
    let text = format!("id,w,day,a,b,c,d,overall\n{rows}");
    let (tally, _, problems) = of(&survey(), &text);
    let it = tally.wave("2025").unwrap().fieldwork.unwrap();
    let day = |day: Option<touchmap::model::Day>| day.map(|it| it.to_string());
    (day(it.first), day(it.last), it.unreadable, problems)
}

/// 3/25 can only be the 25th of March, so 3/7 in the same file is the 7th.
#[test]
fn one_date_tells_the_order_of_all_dates_of_a_file() {
    let day = |text: &str| Some(text.to_owned());
    let of = dates(&["3/7/2025", "3/25/2025 10:15:00 AM", "4/2/2025"]);
    assert_eq!(of, (day("2025-03-07"), day("2025-04-02"), 0, vec![]));
    let of = dates(&["7/3/2025", "25/3/2025", "2/4/2025"]);
    assert_eq!(of, (day("2025-03-07"), day("2025-04-02"), 0, vec![]));
    // Nothing tells, or dates contradict one another.
    let of = dates(&["3/7/2025", "4/2/2025", "2025-03-05"]);
    assert_eq!(of, (day("2025-03-05"), day("2025-03-05"), 2, vec!["TM340"]));
    let of = dates(&["3/25/2025", "25/3/2025", "2025-03-05"]);
    assert_eq!(of, (day("2025-03-05"), day("2025-03-05"), 2, vec!["TM340"]));
    // Either way it is the same day.
    let of = dates(&["3/3/2025", "4/4/2025", "5/5/2025"]);
    assert_eq!(of, (day("2025-03-03"), day("2025-05-05"), 0, vec![]));
}

#[test]
fn a_wave_that_begins_before_the_last_one_ends_is_looked_at() {
    let journey = survey();
    let head = "id,w,day,a,b,c,d,overall\n";
    let row = |id: &str, day: &str| format!("{id},1,{day},4,3,4,4,4\n");
    let rows = |from: u8, to: u8, month: &str| -> String {
        let day = |it| row(&format!("{month}-{it}"), &format!("2025-{month}-{it:02}"));
        (from..=to).map(day).collect()
    };
    let first = format!("{head}{}", rows(1, 20, "03"));
    // From 18 March: the 18th, 19th and 20th are in both.
    let second = format!("{head}{}", rows(18, 25, "03"));
    let (one, two) = (file("a.csv", Some("2024")), file("b.csv", Some("2025")));
    let files = [(&one, first.as_bytes()), (&two, second.as_bytes())];
    let (tally, _) = read(&journey, &files, &lenient());
    let quality = quality(&journey, &tally.unwrap());
    let overlap = found(&quality.waves[1].checks, CheckKind::WavesOverlap);
    assert!(near(overlap.0, 3.0) && overlap.1 == CheckStatus::Look);
    let of_first = &quality.waves[0].checks;
    assert!(of_first.iter().all(|it| it.check != CheckKind::WavesOverlap));
}

#[test]
fn a_wave_whose_rows_all_have_weight_nought_is_an_error() {
    let journey = survey();
    let file = file("a.csv", Some("2025"));
    let text = "id,w,day,a,b,c,d,overall\nx,0,,1,2,3,4,5\ny,0.0,,1,2,3,4,5\n";
    let (tally, problems) = read(&journey, &[(&file, text.as_bytes())], &lenient());
    assert!(tally.is_none());
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(problem.code.0, "TM405");
    assert_eq!(problem.message, "all 2 rows of wave `2025` have weight 0");
}

fn row() -> impl Strategy<Value = String> {
    let day = prop::sample::select(vec![
        "2025-03-07",
        "2024/12/31 8:00",
        "1.2.2025",
        "45723",
        "",
        "soon",
        "2025年6月1日",
    ]);
    let cell = prop::sample::select(vec!["1", "3", "5", "", "6", "77", "rather not say"]);
    (day, cell).prop_map(|(day, cell)| format!("1,{day},{cell},4,3,2,4\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_split_of_the_rows_shows_in_the_quality(
        rows in prop::collection::vec(row(), 2..30),
        cut in any::<prop::sample::Index>(),
    ) {
        let journey = survey();
        let rows: Vec<_> =
            rows.iter().enumerate().map(|(at, row)| format!("r{at},{row}")).collect();
        let head = "id,w,day,a,b,c,d,overall\n";
        let file = file("a.csv", Some("2025"));
        let of = |parts: &[&[String]]| {
            let texts: Vec<_> =
                parts.iter().map(|rows| format!("{head}{}", rows.concat())).collect();
            let files: Vec<_> = texts.iter().map(|it| (&file, it.as_bytes())).collect();
            let tally = read(&journey, &files, &lenient()).0.unwrap();
            (tally.wave("2025").unwrap().fieldwork, quality(&journey, &tally))
        };
        let whole = of(&[&rows]);
        let (first, second) = rows.split_at(1 + cut.index(rows.len() - 1));
        prop_assert_eq!(&whole, &of(&[first, second]));
        prop_assert_eq!(&whole, &of(&[second, first]));
    }
}
