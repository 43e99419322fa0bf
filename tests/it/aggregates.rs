//! Aggregate rows and inline scores (CONTRACT §1 and §2).

use touchmap::diag::Diagnostic;
use touchmap::model::{InlineScore, Journey, MissingClass};
use touchmap::survey::TallyOptions;
use touchmap::survey::tally::{Distribution, Tally, Variable};

use super::responses::{
    codes, counts, declare_missing, file, journey, plan, question, read, segment,
};

const A: Variable = Variable::Touchpoint(0);
const B: Variable = Variable::Touchpoint(1);

fn home() -> Journey {
    let mut journey = journey(&[&["reception"], &["contract"]], 1.0, 5.0);
    plan(&mut journey).segments = vec![segment("city"), segment("phase")];
    journey
}

fn read_table(journey: &Journey, text: &str) -> (Option<Tally>, Vec<Diagnostic>) {
    let file = file("agg.csv", None);
    read(journey, &[(&file, text.as_bytes())], &TallyOptions::default())
}

fn read_well(journey: &Journey, text: &str) -> Tally {
    let (tally, problems) = read_table(journey, text);
    assert_eq!(problems, []);
    tally.unwrap()
}

fn moments(n: u64, mean: f64, sd: Option<f64>) -> Distribution {
    Distribution::Moments { n: Some(n), mean, sd }
}

#[test]
fn means_are_read_by_id_code_and_word() {
    let text = "touchpoint,wave,n,mean,sd\nreception,2025,412,4.1,0.9\n2.1,2025,10,3,\n\
        overall,2024,50,4.5,0.5\n";
    let tally = read_well(&home(), text);
    assert_eq!(question(&tally, "2025", A).answers, moments(412, 4.1, Some(0.9)));
    assert_eq!(question(&tally, "2025", B).answers, moments(10, 3.0, None));
    let overall = question(&tally, "2024", Variable::Overall);
    assert_eq!(overall.answers, moments(50, 4.5, Some(0.5)));
    assert_eq!(tally.wave("2025").unwrap().rows, None, "there are no respondent rows");
}

#[test]
fn counts_by_level_are_a_histogram_and_codes_are_missing() {
    let mut journey = home();
    let missing = [("6", MissingClass::NotApplicable), ("0", MissingClass::Blank)];
    declare_missing(&mut journey, &codes(&missing));
    let text = "touchpoint;wave;0;1;2;3;4;5;6;n\nreception;2025;3;0;1;;4;5;7;10\n";
    let tally = read_well(&journey, text);
    let reception = question(&tally, "2025", A);
    assert_eq!(counts(reception), [(2.0, 1), (4.0, 4), (5.0, 5)]);
    assert_eq!((reception.not_applicable.n, reception.blank.n), (7, 3));
}

#[test]
fn n_may_count_the_answers_or_everybody_asked() {
    let mut journey = home();
    declare_missing(&mut journey, &codes(&[("6", MissingClass::NotApplicable)]));
    for n in [4, 5] {
        let text = format!("touchpoint,wave,n,5,6\nreception,2025,{n},4,1\n");
        let tally = read_well(&journey, &text);
        assert_eq!(counts(question(&tally, "2025", A)), [(5.0, 4)]);
    }
}

#[test]
fn nobody_asked_of_nought_is_unanswered_and_not_zero() {
    let text = "touchpoint,wave,n,mean\nreception,2025,0,\n";
    assert!(counts(question(&read_well(&home(), text), "2025", A)).is_empty());
}

#[test]
fn rows_with_a_segment_go_to_the_segment() {
    let text = "touchpoint,wave,city,phase,n,mean\nreception,2025,,,30,4\n\
        reception,2025,北京,,10,2\nreception,2025,成都,,20,4.5\n\
        reception,2025,,new,10,3\n";
    let journey = home();
    let tally = read_well(&journey, text);
    let wave = tally.wave("2025").unwrap();
    assert_eq!(wave.questions[&A].answers, moments(30, 4.0, None));
    let of =
        |at: usize, it: &str| &wave.segments[&(at, it.to_owned())].questions[&A].answers;
    assert_eq!(*of(0, "成都"), moments(20, 4.5, None));
    assert_eq!(*of(1, "new"), moments(10, 3.0, None));

    let options = TallyOptions {
        restriction: vec![("city".to_owned(), "成都".to_owned())],
        ..TallyOptions::default()
    };
    let file = file("agg.csv", None);
    let (tally, problems) = read(&journey, &[(&file, text.as_bytes())], &options);
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    assert_eq!(question(&tally, "2025", A).answers, moments(20, 4.5, None));
}

#[test]
fn every_row_that_cannot_be_read_is_reported() {
    let text = "touchpoint,wave,city,phase,n,mean,sd\n\
        recepton,2025,,,10,4,1\n\
        reception,,,,10,4,1\n\
        reception,2025,,,ten,4,1\n\
        reception,2025,,,10,9,1\n\
        reception,2025,,,10,,1\n\
        reception,2025,,,10,4,-1\n\
        reception,2025,成都,new,10,4,1\n\
        ,2025,,,10,4,1\n\
        reception,2025,,,1.5,4,1\n";
    let (tally, problems) = read_table(&home(), text);
    assert!(tally.is_none());
    assert!(problems.iter().all(|it| it.code.0 == "TM411"));
    let messages: Vec<_> = problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "row 1 (line 2) of `agg.csv`: no touchpoint is named `recepton`",
            "row 2 (line 3) of `agg.csv`: the wave is not given",
            "row 3 (line 4) of `agg.csv`: `n` is `ten`",
            "row 4 (line 5) of `agg.csv`: the mean is 9",
            "row 5 (line 6) of `agg.csv`: the mean is not given",
            "row 6 (line 7) of `agg.csv`: `sd` is -1",
            "row 7 (line 8) of `agg.csv`: two segment columns are filled in",
            "row 8 (line 9) of `agg.csv`: the touchpoint is not given",
            "row 9 (line 10) of `agg.csv`: `n` is 1.5",
        ]
    );
    assert_eq!(problems[0].hints, ["did you mean `reception`?"]);
    assert_eq!(problems[3].notes, ["expected a number from 1 to 5"]);
}

#[test]
fn levels_off_the_scale_and_sums_that_differ_are_errors() {
    let text = "touchpoint,wave,n,4,9\nreception,2025,3,1,2\ncontract,2025,5,4,\n";
    let (_, problems) = read_table(&home(), text);
    let messages: Vec<_> = problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "row 1 (line 2) of `agg.csv`: 2 answers at `9`",
            "row 2 (line 3) of `agg.csv`: `n` is 5, and the levels add up to 4",
        ]
    );
}

#[test]
fn a_score_from_two_sources_is_an_error() {
    let rows = file("rows.csv", Some("2025"));
    let table = file("agg.csv", None);
    let aggregates = b"touchpoint,wave,n,mean\nreception,2025,3,4\nreception,2024,3,4\n";
    let files: [(_, &[u8]); 2] =
        [(&rows, b"reception,contract,city,phase\n1,2,,\n"), (&table, aggregates)];
    let (tally, problems) = read(&home(), &files, &TallyOptions::default());
    assert!(tally.is_none());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code.0, "TM415");
    assert_eq!(
        problems[0].notes,
        ["touchpoint `reception`, wave `2025`: row 1 (line 2)"]
    );
}

fn inline(wave: &str, mean: f64) -> InlineScore {
    InlineScore { wave: wave.to_owned(), mean, n: Some(412), sd: None }
}

#[test]
fn scores_of_the_map_stand_where_there_are_no_responses() {
    let mut journey = home();
    journey.touchpoints[0].scores = vec![inline("2024", 3.9), inline("2025", 4.1)];
    let (tally, problems) = read(&journey, &[], &TallyOptions::default());
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    assert_eq!(question(&tally, "2024", A).answers, moments(412, 3.9, None));
    assert_eq!(question(&tally, "2025", A).answers, moments(412, 4.1, None));

    let rows = file("rows.csv", Some("2025"));
    let files: [(_, &[u8]); 1] = [(&rows, b"reception,contract,city,phase\n1,2,,\n")];
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert!(tally.is_none());
    let codes: Vec<_> = problems.iter().map(|it| it.code.0).collect();
    assert_eq!(codes, ["TM415"]);
    assert_eq!(problems[0].span, Some(journey.touchpoints[0].span));
}

#[test]
fn scores_of_the_map_are_of_everybody_and_not_of_a_segment() {
    let mut journey = home();
    journey.touchpoints[1].scores = vec![inline("2025", 4.1)];
    let table = "touchpoint,wave,city,n,mean\nreception,2025,成都,20,4.5\n";
    let file = file("agg.csv", None);
    let options = TallyOptions {
        restriction: vec![("city".to_owned(), "成都".to_owned())],
        ..TallyOptions::default()
    };
    let (tally, problems) = read(&journey, &[(&file, table.as_bytes())], &options);
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    let questions = &tally.wave("2025").unwrap().questions;
    assert_eq!(questions.keys().copied().collect::<Vec<_>>(), [A]);
}
