//! What responses mean: cells, waves, weights, segments, stages, rows (METHOD §1).

use std::io::{self, Read};

use touchmap::diag::{Diagnostic, Diagnostics, Severity};
use touchmap::model::{
    Column, Journey, MissingClass, Question, Rescale, Scale, Valid, WeightKind,
};
use touchmap::survey::tally::{Missing, RowCounts, Rows, SegmentTally, Tally, Variable};
use touchmap::survey::{
    MissingWeight, ResponseInput, TallyOptions, Undeclared, Weighting, tally,
};

use super::responses::{
    codes, codes_of, column, counts, declare_missing, file, journey, levels, plan,
    question, read, read_well, segment,
};

const A: Variable = Variable::Touchpoint(0);
const B: Variable = Variable::Touchpoint(1);

fn two() -> Journey {
    journey(&[&["a", "b"]], 1.0, 5.0)
}

/// Two touchpoints and a weight.
fn weighted(kind: WeightKind) -> Journey {
    let mut journey = two();
    let plan = plan(&mut journey);
    plan.weight = Some(column(&["w"]));
    plan.weight_kind = kind;
    journey
}

fn with(
    journey: &Journey,
    text: &str,
    options: &TallyOptions,
) -> (Option<Tally>, Vec<Diagnostic>) {
    read(journey, &[(&file("a.csv", Some("2025")), text.as_bytes())], options)
}

fn rows(tally: &Tally) -> RowCounts {
    tally.wave("2025").unwrap().rows.unwrap()
}

fn codes_found(problems: &[Diagnostic]) -> Vec<&'static str> {
    problems.iter().map(|it| it.code.0).collect()
}

#[test]
fn nobody_answered_is_neither_unasked_nor_zero() {
    let tally = read_well(&two(), "a,x\n,1\n,2\n");
    let a = question(&tally, "2025", A);
    assert!(levels(a).is_empty());
    assert_eq!(a.blank, Missing { n: 2, w: 2.0 });
    assert!(!tally.wave("2025").unwrap().questions.contains_key(&B), "b was not asked");
}

#[test]
fn a_column_of_nothing_but_not_asked_was_not_asked() {
    let mut journey = two();
    declare_missing(&mut journey, &codes(&[("", MissingClass::NotAsked)]));
    plan(&mut journey).wave = Some(column(&["year"]));
    let stacked = "year,a,b\n2024,1,\n2024,2,\n2025,3,4\n2025.0,5,\n";
    let (tally, problems) = read(
        &journey,
        &[(&file("a.csv", None), stacked.as_bytes())],
        &TallyOptions::default(),
    );
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    let wave = tally.wave("2024").unwrap();
    assert!(!wave.questions.contains_key(&B) && !wave.asked_as.contains_key(&B));
    let b = question(&tally, "2025", B);
    assert_eq!((counts(b), b.not_asked.n), (vec![(4.0, 1)], 1));
    assert_eq!(tally.waves.len(), 2, "2025.0 is 2025");
}

#[test]
fn the_files_of_a_wave_add_up_and_one_may_ask_less() {
    let (first, second) = (file("1.csv", Some("2025")), file("2.csv", Some("2025")));
    let files: [(_, &[u8]); 2] = [(&first, b"a,b\n1,5\n2,5\n"), (&second, b"a\n2\n")];
    let (tally, problems) = read(&two(), &files, &TallyOptions::default());
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    assert_eq!(counts(question(&tally, "2025", A)), [(1.0, 1), (2.0, 2)]);
    let b = question(&tally, "2025", B);
    assert_eq!((counts(b), b.not_asked.n), (vec![(5.0, 2)], 1));
}

#[test]
fn the_first_name_present_in_a_file_is_read() {
    let mut journey = two();
    plan(&mut journey).questions[0].column = column(&["Q7A_ART", "Q7ART"]);
    let (old, new) = (file("13.csv", Some("2013")), file("14.csv", Some("2014")));
    let files: [(_, &[u8]); 2] = [(&old, b"Q7A_ART\n1\n"), (&new, b"Q7ART\n2\n")];
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    assert_eq!(counts(question(&tally, "2013", A)), [(1.0, 1)]);
    assert_eq!(counts(question(&tally, "2014", A)), [(2.0, 1)]);
}

#[test]
fn a_column_in_no_file_is_an_error_and_in_some_files_is_not() {
    let mut journey = two();
    plan(&mut journey).questions[0].column = column(&["Q7RAT"]);
    plan(&mut journey).questions[1].column = column(&["b"]);
    let (old, new) = (file("13.csv", Some("2013")), file("14.csv", Some("2014")));
    let files: [(_, &[u8]); 2] = [(&old, b"Q7ART\n1\n"), (&new, b"Q7ART,b\n2,3\n")];
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert!(tally.is_none());
    assert_eq!(codes_found(&problems), ["TM402"]);
    assert_eq!(problems[0].span, plan(&mut journey).questions[0].column.span);
    assert_eq!(problems[0].notes, ["looked in `13.csv`, `14.csv`"]);
    assert_eq!(problems[0].hints, ["did you mean `Q7ART`?"]);
}

#[test]
fn a_file_that_cannot_be_read_may_have_the_column() {
    let mut journey = two();
    plan(&mut journey).questions[1].column = column(&["b"]);
    let (good, bad) = (file("13.csv", Some("2013")), file("14.pdf", Some("2014")));
    let files: [(_, &[u8]); 2] = [(&good, b"a\n1\n"), (&bad, b"%PDF-1.7")];
    let problems = read(&journey, &files, &TallyOptions::default()).1;
    assert_eq!(codes_found(&problems), ["TM413"]);
}

#[test]
fn a_misspelt_weight_does_not_make_a_survey_unweighted() {
    let journey = weighted(WeightKind::Sampling);
    assert_eq!(codes_of(&journey, b"a,b,weight\n1,2,0.5\n"), ["TM402"]);
    let unweighted =
        TallyOptions { weighting: Weighting::Unweighted, ..Default::default() };
    assert!(with(&journey, "a,b\n1,2\n", &unweighted).0.is_some());
}

#[test]
fn an_undeclared_value_is_an_error_that_says_where() {
    let mut journey = two();
    plan(&mut journey).questions[0].column = column(&["a"]);
    let text = "a,b\n1,1\n6,1\n\"x\ny\",1\n6,9\n";
    let (tally, problems) = with(&journey, text, &TallyOptions::default());
    assert!(tally.is_none());
    assert_eq!(codes_found(&problems), ["TM401", "TM401"], "one a column");
    assert_eq!(problems[0].span, plan(&mut journey).questions[0].column.span);
    assert_eq!(problems[0].notes[0], "`6` in 2 cells: rows 2, 4 (lines 3, 6)");
    assert_eq!(problems[0].notes[1], "`x\\ny` in 1 cell: row 3 (line 4)");
    assert_eq!(problems[1].notes[0], "`9` in 1 cell: row 4 (line 6)");
}

#[test]
fn a_lenient_reading_counts_undeclared_values_as_blank() {
    let lenient =
        TallyOptions { undeclared: Undeclared::ReadAsBlank, ..TallyOptions::default() };
    let (tally, problems) = with(&two(), "a,b\n1,1\n6,2\n6,3\n", &lenient);
    let tally = tally.unwrap();
    assert_eq!(counts(question(&tally, "2025", A)), [(1.0, 1)]);
    assert_eq!(question(&tally, "2025", A).blank.n, 2);
    assert_eq!(codes_found(&problems), ["TM306"]);
    assert_eq!(problems[0].severity, Severity::Warning);
}

#[test]
fn a_semicolon_file_may_write_decimal_commas() {
    let mut journey = weighted(WeightKind::Sampling);
    plan(&mut journey).weight = Some(column(&["gewicht"]));
    let tally = read_well(&journey, "a;b;gewicht\n1;2,5;0,5\n3;4,0;1,5\n");
    assert_eq!(counts(question(&tally, "2025", B)), [(2.5, 1), (4.0, 1)]);
    let w: Vec<_> = levels(question(&tally, "2025", A)).iter().map(|it| it.w).collect();
    assert_eq!(w, [0.5, 1.5]);
}

#[test]
fn weights_sum_by_level() {
    let journey = weighted(WeightKind::Sampling);
    let tally = read_well(&journey, "a,b,w\n5,,0.5\n5,2,1.5\n4,2,2\n3,3,0\n");
    let a = levels(question(&tally, "2025", A));
    // By hand: 0.5 + 1.5 and 0.25 + 2.25 at 5; the row of weight 0 is not counted.
    let sums: Vec<_> = a.iter().map(|it| (it.value, it.n, it.w, it.w2)).collect();
    assert_eq!(sums, [(4.0, 1, 2.0, 4.0), (5.0, 2, 2.0, 2.5)]);
    assert_eq!(question(&tally, "2025", B).blank, Missing { n: 1, w: 0.5 });
    let rows = rows(&tally);
    assert_eq!((rows.read, rows.used, rows.zero_weight, rows.weighted), (4, 3, 1, 3));
}

#[test]
fn a_frequency_is_so_many_respondents() {
    let journey = weighted(WeightKind::Frequency);
    let tally = read_well(&journey, "a,b,w\n1,2,21\n2,2,28\n3,2,0\n");
    let sums: Vec<_> = levels(question(&tally, "2025", A))
        .iter()
        .map(|it| (it.value, it.n, it.w, it.w2))
        .collect();
    assert_eq!(sums, [(1.0, 21, 21.0, 21.0), (2.0, 28, 28.0, 28.0)]);
    assert_eq!((rows(&tally).used, rows(&tally).few_answers), (49, 49));
    assert_eq!(codes_of(&journey, b"a,b,w\n1,2,2.5\n"), ["TM405"]);
}

#[test]
fn negative_weights_and_words_are_refused() {
    let journey = weighted(WeightKind::Sampling);
    let text = "a,b,w\n1,2,-1\n1,2,x\n1,2,1\n";
    let (tally, problems) = with(&journey, text, &TallyOptions::default());
    assert!(tally.is_none());
    assert_eq!(codes_found(&problems), ["TM405"]);
    assert_eq!(problems[0].notes[0], "`-1` in 1 cell: row 1 (line 2)");
    assert_eq!(problems[0].notes[1], "`x` in 1 cell: row 2 (line 3)");
}

#[test]
fn rows_without_a_weight_are_dropped_or_counted_as_one_but_never_unasked() {
    let journey = weighted(WeightKind::Sampling);
    let text = "a,b,w\n5,1,0.5\n5,1,\n4,1, \n";
    let read = |missing_weight| {
        with(&journey, text, &TallyOptions { missing_weight, ..TallyOptions::default() })
    };
    let (none, problems) = read(MissingWeight::Refuse);
    assert!(none.is_none());
    assert_eq!(codes_found(&problems), ["TM405"]);
    assert_eq!(problems[0].notes, ["in `a.csv`: rows 2, 3 (lines 3, 4)"]);
    let sums = |missing_weight| {
        let tally = read(missing_weight).0.unwrap();
        let a = levels(question(&tally, "2025", A)).to_vec();
        let sums: Vec<_> = a.iter().map(|it| (it.value, it.n, it.w)).collect();
        (sums, rows(&tally).used, rows(&tally).weighted)
    };
    assert_eq!(sums(MissingWeight::Drop), (vec![(5.0, 1, 0.5)], 1, 1));
    let one = (vec![(4.0, 1, 1.0), (5.0, 2, 1.5)], 3, 1);
    assert_eq!(sums(MissingWeight::One), one);
}

#[test]
fn a_wave_without_any_weight_is_unweighted() {
    let journey = weighted(WeightKind::Sampling);
    for missing_weight in [MissingWeight::Refuse, MissingWeight::Drop] {
        let options = TallyOptions { missing_weight, ..TallyOptions::default() };
        let (tally, problems) = with(&journey, "a,b,w\n5,1,\n4,1,\n", &options);
        assert_eq!(problems, []);
        let tally = tally.unwrap();
        assert_eq!((rows(&tally).used, rows(&tally).weighted), (2, 0));
        assert_eq!(levels(question(&tally, "2025", A))[0].w.to_bits(), 1_f64.to_bits());
    }
}

#[test]
fn a_file_without_weights_does_not_mix_with_one_that_has_them() {
    let journey = weighted(WeightKind::Sampling);
    let (first, second) = (file("1.csv", Some("2025")), file("2.csv", Some("2025")));
    let files: [(_, &[u8]); 2] = [(&first, b"a,b,w\n1,5,2\n"), (&second, b"a,b\n2,5\n")];
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert!(tally.is_none());
    assert_eq!(codes_found(&problems), ["TM405"]);
    assert_eq!(problems[0].notes, ["in `2.csv`: row 1 (line 2)"]);
}

#[test]
fn an_unweighted_reading_ignores_weights_altogether() {
    let journey = weighted(WeightKind::Sampling);
    let options =
        TallyOptions { weighting: Weighting::Unweighted, ..TallyOptions::default() };
    let (tally, problems) = with(&journey, "a,b,w\n5,1,-3\n5,1,x\n", &options);
    assert_eq!(problems, []);
    let five = levels(question(tally.as_ref().unwrap(), "2025", A))[0];
    assert_eq!((five.n, five.w, five.w2), (2, 2.0, 2.0));
}

#[test]
fn the_mean_of_a_stage_is_over_the_answers_that_a_respondent_gave() {
    let mut journey = journey(&[&["a", "b"], &["c"]], 1.0, 5.0);
    let text = "a,b,c\n1,5,\n5,,\n,,3\n2,2,\n";
    // By hand, in points: (0 + 100) / 2, 100, none, (25 + 25) / 2; c: 50.
    let tally = read_well(&journey, text);
    let first = question(&tally, "2025", Variable::Stage(0));
    assert_eq!(counts(first), [(25.0, 1), (50.0, 1), (100.0, 1)]);
    assert_eq!(counts(question(&tally, "2025", Variable::Stage(1))), [(50.0, 1)]);
    // Proportional: (20 + 100) / 2, 100, none, 40.
    journey.rules.rescale = Rescale::Proportional;
    let tally = read_well(&journey, text);
    let first = question(&tally, "2025", Variable::Stage(0));
    assert_eq!(counts(first), [(40.0, 1), (60.0, 1), (100.0, 1)]);
}

#[test]
fn a_stage_that_was_not_asked_has_no_mean() {
    let tally = read_well(&journey(&[&["a"], &["c"]], 1.0, 5.0), "a\n1\n");
    assert!(!tally.wave("2025").unwrap().questions.contains_key(&Variable::Stage(1)));
}

#[test]
fn straight_liners_and_rows_of_few_answers_are_counted() {
    let journey = journey(&[&["a", "b", "c", "d", "e"]], 1.0, 5.0);
    // Four alike; five alike; three alike; four not alike; two answers; none.
    let text = "a,b,c,d,e\n4,4,4,4,\n1,1,1,1,1\n3,3,3,,\n4,4,4,5,\n2,,,,2\n,,,,\n5,,,,\n";
    let rows = rows(&read_well(&journey, text));
    // A row without any text is no respondent.
    assert_eq!((rows.read, rows.straight_liners, rows.few_answers), (6, 2, 2));
}

fn in_cities() -> Journey {
    let mut journey = weighted(WeightKind::Sampling);
    plan(&mut journey).segments = vec![segment("city"), segment("phase")];
    journey
}

const CITIES: &str = "a,b,w,city,phase\n\
    1,2,1,成都,new\n2,,1,成都,old\n3,4,3, 北京 ,new\n4,5,2,,new\n5,5,0,北京,old\n";

#[test]
fn segments_are_tallied_beside_the_whole() {
    let tally = read_well(&in_cities(), CITIES);
    let wave = tally.wave("2025").unwrap();
    let keys: Vec<_> = wave.segments.keys().map(|(at, it)| (*at, it.as_str())).collect();
    assert_eq!(keys, [(0, "北京"), (0, "成都"), (1, "new"), (1, "old")]);
    let of = |at: usize, value: &str| -> &SegmentTally {
        &wave.segments[&(at, value.to_owned())]
    };
    assert_eq!(of(0, "成都").rows, Some(Rows { n: 2, w: 2.0 }));
    assert_eq!(of(0, "北京").rows, Some(Rows { n: 1, w: 3.0 }));
    assert_eq!(of(1, "new").rows, Some(Rows { n: 3, w: 6.0 }));
    assert_eq!(counts(&of(0, "成都").questions[&A]), [(1.0, 1), (2.0, 1)]);
    assert_eq!(of(0, "成都").questions[&B].blank.n, 1);
    let n: u64 = wave
        .segments
        .iter()
        .filter(|(it, _)| it.0 == 1)
        .map(|it| it.1.rows.unwrap().n)
        .sum();
    assert_eq!(n, wave.rows.unwrap().used, "everybody who counts has a phase");
}

fn restricted(pairs: &[(&str, &str)]) -> TallyOptions {
    let pairs = pairs.iter().map(|(id, it)| ((*id).to_owned(), (*it).to_owned()));
    TallyOptions { restriction: pairs.collect(), ..TallyOptions::default() }
}

#[test]
fn rows_outside_the_segment_asked_for_are_read_but_do_not_count() {
    let (tally, problems) = with(&in_cities(), CITIES, &restricted(&[("city", "成都")]));
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    assert_eq!((rows(&tally).read, rows(&tally).used), (5, 2));
    assert_eq!(counts(question(&tally, "2025", A)), [(1.0, 1), (2.0, 1)]);
    let both = restricted(&[("city", "成都"), ("phase", "old")]);
    let tally = with(&in_cities(), CITIES, &both).0.unwrap();
    assert_eq!(rows(&tally).used, 1);
    let north = restricted(&[("city", "北京")]);
    let tally = with(&in_cities(), CITIES, &north).0.unwrap();
    assert_eq!((rows(&tally).used, rows(&tally).zero_weight), (1, 1));
}

#[test]
fn a_segment_or_value_that_is_not_there_is_an_error() {
    let problems = with(&in_cities(), CITIES, &restricted(&[("ciyt", "成都")])).1;
    assert_eq!(codes_found(&problems), ["TM407"]);
    assert_eq!(problems[0].hints, ["did you mean `city`?"]);
    let (tally, problems) = with(&in_cities(), CITIES, &restricted(&[("city", "上海")]));
    assert!(tally.is_none());
    assert_eq!(codes_found(&problems), ["TM407"]);
    assert_eq!(problems[0].notes, ["values seen: `北京`, `成都`"]);
}

#[test]
fn what_is_wrong_with_a_file_does_not_depend_on_who_is_asked_for() {
    let text = CITIES.replace("3,4,3, 北京 ", "9,4,3, 北京 ");
    let problems = with(&in_cities(), &text, &restricted(&[("city", "成都")])).1;
    assert_eq!(codes_found(&problems), ["TM401"]);
}

#[test]
fn rows_without_a_wave_are_an_error() {
    let mut journey = two();
    plan(&mut journey).wave = Some(column(&["year"]));
    let file = file("a.csv", None);
    let text = b"year,a,b\n2025,1,1\n ,1,1\n";
    let (tally, problems) = read(&journey, &[(&file, text)], &TallyOptions::default());
    assert!(tally.is_none());
    assert_eq!(codes_found(&problems), ["TM412"]);
    assert_eq!(problems[0].notes, ["row 2 (line 3)"]);
    let text = b"yaer,a,b\n2025,1,1\n";
    let problems = read(&journey, &[(&file, text)], &TallyOptions::default()).1;
    assert_eq!(codes_found(&problems), ["TM412"]);
    assert_eq!(problems[0].hints[0], "did you mean `yaer`?");
}

#[test]
fn a_scale_without_steps_has_a_limit_of_levels() {
    let journey = journey(&[&["a"]], 0.0, 100.0);
    let text = |last: u32| {
        let cells = (0..last).map(|it| format!("{}\n", f64::from(it) / 100.0));
        format!("a\n{}", cells.collect::<String>())
    };
    let levels = counts(question(&read_well(&journey, &text(1_001)), "2025", A)).len();
    assert_eq!(levels, 1_001);
    assert_eq!(codes_of(&journey, text(1_002).as_bytes()), ["TM410"]);
}

#[test]
fn a_segment_that_holds_an_id_is_too_many_groups() {
    let mut journey = two();
    plan(&mut journey).segments = vec![segment("id")];
    let rows = (0..1_002).map(|it| format!("{it},1,1\n"));
    let text = format!("id,a,b\n{}", rows.collect::<String>());
    assert_eq!(codes_of(&journey, text.as_bytes()), ["TM410"]);
}

fn five_point_in_file() -> (Journey, Question) {
    let journey = journey(&[&["a", "b"]], 1.0, 10.0);
    let scale = Scale::new(1.0, 5.0, Valid::All).unwrap();
    (journey, Question { version: 2, ..Question::named("a", scale) })
}

#[test]
fn a_file_may_ask_on_another_scale_and_the_tally_says_so() {
    let (journey, own) = five_point_in_file();
    let (old, mut new) = (file("24.csv", Some("2024")), file("25.csv", Some("2025")));
    new.overrides.questions.insert(0, own);
    let files: [(_, &[u8]); 2] = [(&old, b"a,b\n9,9\n"), (&new, b"a,b\n3,9\n")];
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    let asked = |wave: &str| {
        let question = &tally.wave(wave).unwrap().asked_as[&A];
        (question.scale.max().to_bits(), question.version)
    };
    assert_eq!(asked("2024"), (10_f64.to_bits(), 1));
    assert_eq!(asked("2025"), (5_f64.to_bits(), 2));
}

#[test]
fn two_scales_in_one_wave_do_not_add_up() {
    let (journey, own) = five_point_in_file();
    let (one, mut other) = (file("1.csv", Some("2025")), file("2.csv", Some("2025")));
    other.overrides.questions.insert(0, own);
    let files: [(_, &[u8]); 2] = [(&one, b"a,b\n9,9\n"), (&other, b"a,b\n3,9\n")];
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert!(tally.is_none());
    assert_eq!(codes_found(&problems), ["TM415"]);
}

#[test]
fn all_problems_of_all_files_come_in_one_run() {
    let mut journey = weighted(WeightKind::Sampling);
    plan(&mut journey).questions[1].column = column(&["nowhere"]);
    let names = ["1.csv", "2.csv", "3.csv", "4.csv"];
    let files = names.map(|name| file(name, Some("2025")));
    let texts: [&[u8]; 4] =
        [b"a,w\n9,1\n", b"a,w\n1,-1\n1\n", b"a,a,w\n1,1,1\n", b"a,w\n"];
    let files: Vec<_> = files.iter().zip(texts).collect();
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert!(tally.is_none());
    let mut codes = codes_found(&problems);
    codes.sort_unstable();
    assert_eq!(codes, ["TM401", "TM402", "TM403", "TM404", "TM405", "TM409"]);
}

#[test]
fn a_journey_without_a_survey_is_read_by_its_ids() {
    let mut journey = two();
    journey.survey = None;
    let text = "wave,a,overall\n2025,7,8\n";
    let file = file("a.csv", None);
    let files = [(&file, text.as_bytes())];
    let (tally, problems) = read(&journey, &files, &TallyOptions::default());
    assert_eq!(problems, []);
    let tally = tally.unwrap();
    assert_eq!(counts(question(&tally, "2025", A)), [(7.0, 1)]);
    assert_eq!(counts(question(&tally, "2025", Variable::Overall)), [(8.0, 1)]);
}

/// A disk that fails after a few bytes.
struct Failing(usize);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::other("the disk is gone"));
        }
        let length = self.0.min(buffer.len());
        buffer[..length].fill(b'1');
        self.0 -= length;
        Ok(length)
    }
}

#[test]
fn a_failing_disk_is_named_and_is_no_diagnostic() {
    let (journey, file) = (two(), file("a.csv", Some("2025")));
    for bytes in [0, 10, 3_000_000] {
        let bytes: Box<dyn Read + Send> = Box::new(b"a,b\n".chain(Failing(bytes)));
        let input = ResponseInput { name: "dir/a.csv", file: &file, bytes };
        let mut problems = Diagnostics::default();
        let error = tally(&journey, vec![input], &TallyOptions::default(), &mut problems)
            .unwrap_err();
        assert_eq!(error.to_string(), "cannot read `dir/a.csv`");
        assert_eq!(error.cause.to_string(), "the disk is gone");
        assert!(problems.into_sorted().is_empty());
    }
}

#[test]
fn a_repeated_header_is_read_by_position() {
    let mut journey = two();
    let text = "a,其他，请注明,b,其他，请注明\n1,x,2,3\n";
    plan(&mut journey).questions[0].column =
        Column { names: vec!["#4".to_owned()], span: None };
    let tally = read_well(&journey, text);
    assert_eq!(counts(question(&tally, "2025", A)), [(3.0, 1)]);
}
