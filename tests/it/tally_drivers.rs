//! What derived importance, gaps and overlapping panels need of the responses.

use std::num::NonZeroUsize;

use touchmap::model::{Question, Scale, Valid, WeightKind};
use touchmap::stats::{
    Additive, Comoments, Importance, Level, Matrix, correlation_interval, sign_guard,
};
use touchmap::survey::tally::{DriverTally, Tally, Variable};
use touchmap::survey::{DriverWaves, Drivers, Groups, TallyOptions, Weighting};

use crate::responses::{
    column, counts, file, journey, plan, question, read, read_well, segment,
};
use crate::shared::{assert_same, oracle};

fn drivers(tally: &Tally) -> &DriverTally {
    tally.wave("2025").unwrap().drivers.as_ref().unwrap()
}

fn total(tally: &Tally) -> Comoments {
    drivers(tally).comoments.total().unwrap()
}

fn near(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 1e-12, "{found} is not {wanted}");
}

#[test]
fn joint_sums_are_those_of_a_hand_calculation() {
    let journey = journey(&[&["a", "b"]], 1.0, 5.0);
    // The third row has no overall answer, the last none at all.
    let tally = read_well(&journey, "a,b,overall\n5,,4\n3,1,2\n2,5,\n,,\n");
    let sums = total(&tally);
    assert_eq!([sums.n(0, 0), sums.n(1, 1), sums.n(2, 2), sums.n(1, 2)], [2, 2, 1, 1]);
    near(sums.sum(0, 1), 6.0);
    near(sums.product(0, 1), 26.0);
    near(sums.product(1, 2), 3.0);
    near(sums.square(1, 1), 34.0);
    let touchpoints = drivers(&tally).among(&[0, 1]).total().unwrap();
    assert_eq!(
        [touchpoints.n(0, 0), touchpoints.n(1, 1), touchpoints.n(0, 1)],
        [3, 2, 2]
    );
    near(touchpoints.sum(0, 0), 10.0);
    near(touchpoints.product(0, 1), 13.0);
    let levels = drivers(&tally).levels.total().unwrap();
    let of = |touchpoint| {
        [Level::Low, Level::Middle, Level::High, Level::Absent]
            .map(|level| levels.n(touchpoint, level))
    };
    // 5 is high, 3 is neither, 1 and 2 are low.
    assert_eq!([of(0), of(1)], [[0, 1, 1, 0], [1, 0, 0, 1]]);
}

#[test]
fn answers_between_whole_numbers_count_as_what_they_are() {
    let mut journey = journey(&[&["a", "b"]], 1.0, 10.0);
    plan(&mut journey).questions[1].scale =
        Scale::new(0.0, 1.0, Valid::Step(0.25)).unwrap();
    let text = "a,b,overall\n7,0.25,8\n7.5,0.75,8\n7.25,1,6.1\n3.333,0,2\n";
    let tally = read_well(&journey, text);
    let sums = total(&tally);
    near(sums.sum(1, 1), 25.083);
    near(sums.square(1, 1), 49.0 + 56.25 + 52.5625 + 11.108_889);
    near(sums.product(0, 1), 56.0 + 60.0 + 44.225 + 6.666);
    near(sums.product(1, 2), 1.75 + 5.625 + 7.25);
    near(sums.sum(0, 0), 24.1);
    let levels = drivers(&tally).levels.total().unwrap();
    // On 1–10: 7, 7.5 and 7.25 are between, 3.333 is low; on 0–1: 0.25 and 0 are low.
    assert_eq!([levels.n(0, Level::Low), levels.n(1, Level::Low)], [1, 2]);
    assert_eq!([levels.n(1, Level::Middle), levels.n(1, Level::High)], [1, 1]);
}

/// Parts are split where one file has whole numbers only, and one does not ask a question.
/// More answers than a byte has values: those of the last rows have codes beyond it.
#[test]
fn joint_sums_of_very_many_different_answers_are_those_of_a_hand_calculation() {
    let journey = journey(&[&["a", "b"]], 0.0, 1000.0);
    // 0 to 600, each once, as a; twice that, up to 1,000, as b; and a thousand less a overall.
    let value = |row: u64| [row, (2 * row).min(1000), 1000 - row];
    let rows = (0..=600).map(value);
    let text: String = rows.clone().map(|[a, b, y]| format!("{a},{b},{y}\n")).collect();
    let tally = read_well(&journey, &format!("a,b,overall\n{text}\n,3,\n"));
    let sums = total(&tally);
    assert_eq!([sums.n(0, 1), sums.n(1, 2)], [601, 601]);
    let of = |f: &dyn Fn([u64; 3]) -> u64| rows.clone().map(f).sum::<u64>() as f64;
    near(sums.sum(0, 0), of(&|[_, _, y]| y));
    near(sums.sum(1, 1), of(&|[a, ..]| a));
    near(sums.square(2, 2), of(&|[_, b, _]| b * b));
    near(sums.product(0, 1), of(&|[a, _, y]| a * y));
    near(sums.product(1, 2), of(&|[a, b, _]| a * b));
}

#[test]
fn files_that_need_different_steps_add_up() {
    let journey = journey(&[&["a", "b"]], 1.0, 10.0);
    let options = TallyOptions::default();
    let file = file("a.csv", Some("2025"));
    let mut journey_with_ids = journey.clone();
    plan(&mut journey_with_ids).respondent = Some(column(&["id"]));
    let parts = [
        "id,a,b,overall\n1,7,5,8\n2,3,,4\n",
        "id,b,overall\n3,4,9\n4,2.5,\n",
        "id,a,b,overall\n5,7.25,5,8.5\n6,,,\n",
    ];
    let whole = "id,a,b,overall\n1,7,5,8\n2,3,,4\n3,,4,9\n4,,2.5,\n5,7.25,5,8.5\n6,,,\n";
    let read = |texts: &[&str]| {
        let files: Vec<_> = texts.iter().map(|text| (&file, text.as_bytes())).collect();
        let (tally, problems) = read(&journey_with_ids, &files, &options);
        assert_eq!(problems, []);
        tally.unwrap()
    };
    let expected = read(&[whole]);
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
        let tally = read(&order.map(|at| parts[at]));
        assert_eq!(drivers(&tally), drivers(&expected));
    }
}

#[test]
fn a_frequency_counts_as_so_many_respondents_in_groups_of_their_own() {
    let mut journey = journey(&[&["a", "b"]], 1.0, 5.0);
    plan(&mut journey).weight = Some(column(&["f"]));
    plan(&mut journey).weight_kind = WeightKind::Frequency;
    let tally = read_well(&journey, "f,a,b,overall\n600,5,4,4\n400,2,1,2\n");
    let sums = total(&tally);
    assert_eq!((sums.rows(), sums.n(1, 2)), (1000, 1000));
    near(sums.mean(0).unwrap(), 3.2);
    assert!(drivers(&tally).comoments.inhabited().count() > 95);
    let levels = drivers(&tally).levels.total().unwrap();
    assert_eq!([levels.n(0, Level::High), levels.n(1, Level::Low)], [600, 400]);
}

#[test]
fn a_given_replicate_group_is_that_group() {
    let mut journey = journey(&[&["a", "b"]], 1.0, 5.0);
    plan(&mut journey).replicate_group = Some(column(&["psu"]));
    let tally = read_well(&journey, "psu,a,b,overall\n7,5,4,4\n7,2,1,2\n31,2,2,2\n");
    let rows: Vec<_> =
        drivers(&tally).comoments.groups().iter().map(Additive::rows).collect();
    assert_eq!((rows[7], rows[31], rows.iter().sum::<u64>()), (2, 1, 3));
}

#[test]
fn joint_sums_that_nobody_asks_for_are_not_worked_out() {
    let journey = journey(&[&["a", "b"]], 1.0, 5.0);
    let file = file("a.csv", Some("2025"));
    let text = "a,b,overall\n5,4,4\n".as_bytes();
    let options = TallyOptions { drivers: Drivers::Skip, ..TallyOptions::default() };
    let (tally, problems) = read(&journey, &[(&file, text)], &options);
    assert_eq!(problems, []);
    assert!(tally.unwrap().wave("2025").unwrap().drivers.is_none());
}

/// Three waves over four files, in no order; whichever file is read first, and however many at
/// a time, the sums of the wave that is wanted are those of a tally of every wave.
#[test]
fn joint_sums_of_one_wave_are_those_of_every_wave() {
    let mut journey = journey(&[&["a", "b"]], 1.0, 5.0);
    plan(&mut journey).wave = Some(column(&["wave"]));
    let row = |at: usize| {
        let wave = ["W2", "W10", "W1"][at * 7 % 3];
        format!("{wave},{},{},{}\n", at % 5 + 1, at * 3 % 5 + 1, at * 11 % 5 + 1)
    };
    let text = |rows: std::ops::Range<usize>| {
        rows.fold("wave,a,b,overall\n".to_owned(), |text, at| text + &row(at))
    };
    let texts = [text(0..9), text(9..10), text(10..300), text(300..301)];
    let file = file("a.csv", None);
    let files: Vec<_> = texts.iter().map(|it| (&file, it.as_bytes())).collect();
    let read = |driver_waves: DriverWaves, threads: usize| {
        let threads = NonZeroUsize::new(threads).unwrap();
        let options = TallyOptions { driver_waves, threads, ..TallyOptions::default() };
        let (tally, problems) = read(&journey, &files, &options);
        assert_eq!(problems, []);
        tally.unwrap()
    };
    let every = read(DriverWaves::Every, 1);
    let joint = |tally: &Tally, wave: &str| tally.wave(wave).unwrap().drivers.clone();
    assert!(["W1", "W2", "W10"].iter().all(|it| joint(&every, it).is_some()));
    let wave = |name| DriverWaves::Only(touchmap::model::Wave::new(name).unwrap());
    for threads in [1, 2, 7] {
        for (wanted, name) in [(DriverWaves::Last, "W10"), (wave("W1"), "W1")] {
            let tally = read(wanted, threads);
            assert_eq!(joint(&tally, name), joint(&every, name), "{name}, {threads}");
            let others = ["W1", "W2", "W10"].into_iter().filter(|it| *it != name);
            others.for_each(|it| assert_eq!(joint(&tally, it), None, "{it}, {threads}"));
        }
    }
}

#[test]
fn without_an_overall_answer_there_are_no_joint_sums() {
    let journey = journey(&[&["a", "b"]], 1.0, 5.0);
    for text in ["a,b\n5,4\n", "a,b,overall\n5,4,\n"] {
        let tally = read_well_without_overall(&journey, text);
        assert!(tally.wave("2025").unwrap().drivers.is_none());
    }
}

fn read_well_without_overall(journey: &touchmap::model::Journey, text: &str) -> Tally {
    let file = file("a.csv", Some("2025"));
    let (tally, _) = read(journey, &[(&file, text.as_bytes())], &TallyOptions::default());
    tally.unwrap()
}

#[test]
fn absurd_weights_leave_no_joint_sums_and_are_said() {
    let mut journey = journey(&[&["a", "b"]], 1.0, 5.0);
    plan(&mut journey).weight = Some(column(&["w"]));
    let file = file("a.csv", Some("2025"));
    let text = "w,a,b,overall\n1e30,5,4,4\n2e30,3,3,3\n".as_bytes();
    let (tally, problems) = read(&journey, &[(&file, text)], &TallyOptions::default());
    assert_eq!(problems.iter().map(|it| it.code.0).collect::<Vec<_>>(), ["TM405"]);
    assert!(tally.unwrap().wave("2025").unwrap().drivers.is_none());
}

#[test]
fn a_gap_is_the_answer_less_what_was_expected() {
    let mut journey = journey(&[&["a", "b"]], 1.0, 10.0);
    let plan = plan(&mut journey);
    let mut expected = Question::named("e", plan.scale.clone());
    expected.missing.declare("99", touchmap::model::MissingClass::Blank);
    plan.expectations.insert(1, expected);
    plan.segments = vec![segment("city")];
    let text =
        "a,b,e,city,overall\n5,7,9,N,5\n5,7.1,9.1,N,5\n5,8,7,S,5\n5,,9,S,5\n5,7,99,S,5\n";
    let tally = read_well(&journey, text);
    let gap = question(&tally, "2025", Variable::Gap(1));
    assert_eq!(counts(gap), [(-2.0, 2), (1.0, 1)]);
    let wave = tally.wave("2025").unwrap();
    assert!(!wave.questions.contains_key(&Variable::Gap(0)));
    let south = &wave.segments[&(0, "S".to_owned())];
    assert_eq!(counts(&south.questions[&Variable::Gap(1)]), [(1.0, 1)]);
}

#[test]
fn what_was_expected_is_read_as_strictly_as_what_was_met() {
    let mut journey = journey(&[&["a"]], 1.0, 10.0);
    let plan = plan(&mut journey);
    plan.expectations.insert(0, Question::named("e", plan.scale.clone()));
    assert_eq!(crate::responses::codes_of(&journey, b"a,e,overall\n5,77,5\n"), ["TM401"]);
    plan_scale(&mut journey);
    assert_eq!(crate::responses::codes_of(&journey, b"a,e,overall\n5,7,5\n"), ["TM415"]);
}

fn plan_scale(journey: &mut touchmap::model::Journey) {
    let five = Scale::new(0.0, 10.0, Valid::All).unwrap();
    plan(journey).expectations.get_mut(&0).unwrap().scale = five;
}

fn panel() -> touchmap::model::Journey {
    let mut journey = journey(&[&["a"]], 1.0, 5.0);
    let plan = plan(&mut journey);
    plan.respondent = Some(column(&["id"]));
    plan.wave = Some(column(&["year"]));
    journey
}

fn read_panel(text: &str) -> Tally {
    let file = file("a.csv", None);
    let files = [(&file, text.as_bytes())];
    let (tally, problems) = read(&panel(), &files, &TallyOptions::default());
    assert_eq!(problems, []);
    tally.unwrap()
}

#[test]
fn respondents_of_earlier_waves_are_known_again() {
    let tally = read_panel(
        "year,id,a,overall\n2023,x,5,5\n2024,x,5,5\n2024,y,4,4\n2025,x,1,1\n\
         2025, y ,1,1\n2025,z,1,1\n2025,v,1,1\n2025,,1,1\n",
    );
    let overlap = |wave: &str| -> Vec<_> {
        let of = &tally.wave(wave).unwrap().overlap;
        of.iter().map(|(wave, share)| (wave.as_str().to_owned(), *share)).collect()
    };
    assert_eq!(overlap("2023"), []);
    assert_eq!(overlap("2024"), [("2023".to_owned(), 0.5)]);
    let expected = [("2023".to_owned(), 0.25), ("2024".to_owned(), 0.5)];
    assert_eq!(overlap("2025"), expected);
}

#[test]
fn a_respondent_who_comes_twice_is_counted_as_a_duplicate() {
    let file = file("a.csv", None);
    let text = "year,id,a,overall\n2025,x,5,5\n2025,x,5,5\n2025,x,1,1\n2025,y,4,4\n2025,,4,4\n2025,,4,4\n";
    let files = [(&file, text.as_bytes())];
    let (tally, problems) = read(&panel(), &files, &TallyOptions::default());
    let rows = tally.unwrap().wave("2025").unwrap().rows.unwrap();
    // Two respondents, one of whom has two rows more; two rows have no id.
    assert_eq!((rows.duplicate_ids, rows.respondents), (2, 2));
    assert!(!rows.duplicates_are_estimated());
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(problem.code.0, "TM341");
    // 2 of 6 rows.
    let expected = "2 rows of wave `2025` (33.3 %) come from respondents who have an earlier \
                    row in it";
    assert_eq!(problem.message, expected);
}

#[test]
fn without_ids_nobody_is_known_again() {
    let journey = journey(&[&["a"]], 1.0, 5.0);
    let tally = read_well(&journey, "a,overall\n5,5\n5,5\n");
    let wave = tally.wave("2025").unwrap();
    assert!(wave.overlap.is_empty());
    assert_eq!(wave.rows.unwrap().duplicate_ids, 0);
}

/// The twelve touchpoints of the reference, through map, file and tally.
#[test]
fn sfo_2016_decides_as_the_reference_does_from_the_rows_up() {
    let Some(wanted) = oracle("sfo_2016_decision.json") else { return };
    let options = TallyOptions {
        weighting: Weighting::Unweighted,
        groups: Groups::Systematic,
        ..TallyOptions::default()
    };
    let Some(tally) = crate::sfo::tally_with(&options) else { return };
    let journey = crate::sfo::journey();
    let rows = wanted["decision"]["rows"].as_array().unwrap();
    let position = |row: &serde_json::Value| {
        journey.find(row["touchpoint"].as_str().unwrap()).unwrap().0
    };
    let kept: Vec<_> = rows.iter().map(position).collect();
    let grouped = &tally.wave("2016").unwrap().drivers.as_ref().unwrap().comoments;
    let grouped = grouped.map(|sums| sums.keep(&kept));
    let threads = NonZeroUsize::MIN;
    let importance = Importance::of(&grouped, Matrix::Population, threads).unwrap();
    let whole = importance.whole();
    assert_eq!((grouped.total().unwrap().n(0, 0), importance.df()), (2919, 99));
    let r = whole.correlation.outcome();
    let links: Vec<_> = r
        .iter()
        .map(|&r| sign_guard(r, correlation_interval(r, 2919.0, 1.96).unwrap()))
        .collect();
    let (shares, lifts) = (importance.shares(), importance.lifts(&[4.0; 12], &links));
    for (j, row) in rows.iter().enumerate() {
        assert_same(whole.marginals.mean(j), &row["mean"], "mean");
        assert_same(whole.marginals.reach(j), &row["reach_in_model"], "reach");
        assert_same(r[j], &row["r_with_overall"], "r");
        assert_same(shares[j].value, &row["share"], "share");
        assert_same(lifts[j].value, &row["lift_overall_native"], "lift");
        let errors = [(shares[j].error, "se_share"), (lifts[j].error, "se_lift")];
        for (error, key) in errors {
            let off = error.unwrap() - row[key].as_f64().unwrap();
            assert!(off.abs() < 1e-8, "{key} of {}", row["touchpoint"]);
        }
    }
}

/// Drawn groups and dealt ones say the same, up to chance: with 100 groups a standard error
/// has a relative standard error of 1/√198, 7 %.
#[test]
fn drawn_groups_have_about_the_errors_of_systematic_ones() {
    let options =
        TallyOptions { weighting: Weighting::Unweighted, ..TallyOptions::default() };
    let Some(tally) = crate::sfo::tally_with(&options) else { return };
    let Some(wanted) = oracle("sfo_2016_decision.json") else { return };
    let journey = crate::sfo::journey();
    let rows = wanted["decision"]["rows"].as_array().unwrap();
    let position = |row: &serde_json::Value| {
        journey.find(row["touchpoint"].as_str().unwrap()).unwrap().0
    };
    let kept: Vec<_> = rows.iter().map(position).collect();
    let grouped = &tally.wave("2016").unwrap().drivers.as_ref().unwrap().comoments;
    let grouped = grouped.map(|sums| sums.keep(&kept));
    let importance =
        Importance::of(&grouped, Matrix::Population, NonZeroUsize::MIN).unwrap();
    for (share, row) in importance.shares().iter().zip(rows) {
        let ratio = share.error.unwrap() / row["se_share"].as_f64().unwrap();
        assert!((0.7..1.4).contains(&ratio), "{}: {ratio}", row["touchpoint"]);
    }
}
