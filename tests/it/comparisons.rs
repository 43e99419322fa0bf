//! Claims about comparisons: waves, mixes, lines, benchmarks, gaps, panels.

use std::collections::BTreeMap;

use touchmap::analyse::{AnalyseOptions, analyse};
use touchmap::model::{
    Analysis, Benchmark, BenchmarkKind, BenchmarkScore, GraphFacts, Journey, Question,
    Rescale, Text, TimeUnit, TouchpointIndex, TrendLine, Wave,
};
use touchmap::stats::{Histogram, Z, wilson};
use touchmap::survey::tally::{
    Distribution, Missing, QuestionTally, RowCounts, Rows, SegmentTally, Tally, Variable,
    WaveTally,
};

use super::analysis::{run, tally};
use super::responses::{journey, plan, segment};
use crate::sfo;
use crate::shared::{assert_same, oracle};

/// Degrees of freedom, p and half the interval.
const WELCH: [f64; 3] = [184.692_047_234, 0.035_405_541_389_9, 4.654_693_147_29];

const A: Variable = Variable::Touchpoint(0);

/// One touchpoint on 1–5, asked in segments of one variable.
fn one() -> Journey {
    let mut journey = journey(&[&["a"]], 1.0, 5.0);
    plan(&mut journey).segments.push(segment("town"));
    journey
}

fn counts(counts: &[(f64, u64)]) -> QuestionTally {
    let answers = Distribution::Histogram(Histogram::unweighted(counts.iter().copied()));
    let none = Missing::default();
    QuestionTally { answers, not_applicable: none, blank: none, not_asked: none }
}

fn wave(questions: impl IntoIterator<Item = (Variable, QuestionTally)>) -> WaveTally {
    let rows = RowCounts { read: 900, used: 900, ..RowCounts::default() };
    WaveTally {
        rows: Some(rows),
        questions: questions.into_iter().collect(),
        ..WaveTally::default()
    }
}

#[track_caller]
fn near(actual: impl Into<Option<f64>>, expected: f64) {
    let actual = actual.into().expect("there is a value");
    assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
}

/// Respondents of one town, half of whom answer one lower and half one higher than `mean`.
fn town(mean: f64, n: u64) -> (QuestionTally, u64) {
    (counts(&[(mean - 1.0, n / 2), (mean + 1.0, n / 2)]), n)
}

/// A wave of the towns with these answers.
fn towns(cells: &[(&str, (QuestionTally, u64))]) -> WaveTally {
    let mut whole: BTreeMap<u64, (f64, u64)> = BTreeMap::new();
    let mut segments = BTreeMap::new();
    for (name, (question, n)) in cells {
        let Distribution::Histogram(histogram) = &question.answers else {
            unreachable!()
        };
        for level in histogram.levels() {
            let at = whole.entry(level.value.to_bits()).or_insert((level.value, 0));
            at.1 += level.n;
        }
        let questions = BTreeMap::from([(A, question.clone())]);
        let rows = Some(Rows { n: *n, w: *n as f64 });
        segments.insert(
            (0, (*name).to_owned()),
            SegmentTally { rows, questions, ..SegmentTally::default() },
        );
    }
    let whole: Vec<(f64, u64)> = whole.into_values().collect();
    WaveTally { segments, ..wave([(A, counts(&whole))]) }
}

#[test]
fn a_change_by_other_people_is_all_mix() {
    // Uptown scores 4, Downtown 2, in both waves; 100 of 200 become 150 of 200.
    let before = towns(&[("Uptown", town(4.0, 100)), ("Downtown", town(2.0, 100))]);
    let now = towns(&[("Uptown", town(4.0, 150)), ("Downtown", town(2.0, 50))]);
    let analysis = run(&one(), &tally([("2024", before), ("2025", now)]));
    let mix = &analysis.mix[0];
    assert_eq!((mix.segment.as_str(), mix.touchpoint.as_str()), ("town", "a"));
    // Mean 3 becomes 3.5: half a level of 25 points, none of it by other scores.
    near(mix.mix_points, 12.5);
    near(mix.rate_points, 0.0);
    near(mix.largest_move, 0.25);
    near(analysis.touchpoints[0].change.as_ref().unwrap().points, 12.5);
}

#[test]
fn shares_that_hardly_moved_are_not_taken_apart() {
    let before = towns(&[("Uptown", town(4.0, 100)), ("Downtown", town(2.0, 100))]);
    let now = towns(&[("Uptown", town(4.0, 104)), ("Downtown", town(2.0, 96))]);
    let analysis = run(&one(), &tally([("2024", before), ("2025", now)]));
    assert!(analysis.mix.is_empty());
}

#[test]
fn withheld_towns_are_one_group_of_the_mix() {
    let wave = |up: u64| {
        towns(&[
            ("Uptown", town(4.0, up)),
            ("Downtown", town(2.0, 100)),
            ("Hamlet", town(3.0, 6)),
            ("Village", town(3.0, 20)),
        ])
    };
    let analysis = run(&one(), &tally([("2024", wave(100)), ("2025", wave(300))]));
    let mix = &analysis.mix[0];
    assert_eq!((mix.pooled, mix.moved.as_deref()), (2, Some("Uptown")));
    let change = analysis.touchpoints[0].change.as_ref().unwrap();
    near(mix.mix_points + mix.rate_points, change.points);
}

#[test]
fn a_segment_is_compared_with_the_others_and_not_with_itself() {
    let analysis = run(
        &one(),
        &tally([(
            "2025",
            towns(&[("Uptown", town(4.0, 100)), ("Downtown", town(2.0, 300))]),
        )]),
    );
    let uptown = analysis
        .segments
        .iter()
        .find(|it| it.value == "Uptown" && it.touchpoint == "a")
        .unwrap();
    let versus = uptown.vs_rest.as_ref().unwrap();
    near(versus.difference, 2.0);
    near(versus.points, 50.0);
    // All 400 as one sample have variance (1 + 0.75)·400/399, more than Welch's 1 and 1.
    let common = 1.75 * 400.0 / 399.0;
    near(versus.se, (common * (1.0_f64 / 100.0 + 1.0 / 300.0)).sqrt());
    assert!(versus.relevant);
    let finding = analysis.findings.iter().find(|it| it.rule == "segment_gap").unwrap();
    assert!(
        finding.text.contains("50.0 points lower in town Downtown"),
        "{}",
        finding.text
    );
}

#[test]
fn shares_of_satisfied_change_by_newcombes_interval() {
    let before = wave([(A, counts(&[(1.0, 44), (4.0, 36)]))]);
    let now = wave([(A, counts(&[(1.0, 10), (4.0, 30)]))]);
    let analysis = run(&one(), &tally([("2024", before), ("2025", now)]));
    let change = analysis.touchpoints[0].change.as_ref().unwrap();
    let satisfied = change.satisfied.as_ref().unwrap();
    near(satisfied.difference, 0.75 - 0.45);
    let ([l1, u1], [l2, u2]) = (wilson(0.45, 80.0, Z), wilson(0.75, 40.0, Z));
    near(satisfied.ci[0], 0.3 - (0.75 - l2).hypot(u1 - 0.45));
    near(satisfied.ci[1], 0.3 + (u2 - 0.75).hypot(0.45 - l1));
    assert!(satisfied.p.unwrap() < 0.01 && satisfied.q == satisfied.p);
    let dissatisfied = change.dissatisfied.as_ref().unwrap();
    near(dissatisfied.difference, -0.3);
    // P(now > before) + ½ P(=): 0.75·0.55 + ½ (0.75·0.45 + 0.25·0.55).
    near(change.probability_of_superiority, 0.4125 + 0.5 * (0.3375 + 0.1375));
}

#[test]
fn effect_sizes_of_the_airport_are_those_of_the_reference() {
    let Some(tally) = sfo::tally(touchmap::survey::Weighting::Unweighted) else { return };
    let Some(wanted) = oracle("sfo_wave_differences.json") else { return };
    let options = AnalyseOptions::default();
    let journey = sfo::journey();
    let analysis =
        analyse(&journey, &tally, &GraphFacts::default(), None, &options).unwrap();
    let rows = wanted["pairs"]["2016_minus_2015"].as_array().unwrap();
    let mut compared = 0;
    for result in &analysis.touchpoints {
        let row = rows.iter().find(|it| it["touchpoint"] == result.id.as_str());
        let Some((row, change)) = row.zip(result.change.as_ref()) else { continue };
        assert_same(change.cohen_d, &row["cohen_d"], &result.id);
        assert_same(
            change.probability_of_superiority,
            &row["prob_superiority"],
            &result.id,
        );
        compared += 1;
    }
    assert!(compared > 15, "{compared}");
}

/// Waves with means that rise from 3 by a tenth a year, but for the second half of the rows.
fn rising(years: &[&'static str]) -> Tally {
    tally(years.iter().enumerate().map(|(at, year)| {
        let high = 200 + 20 * at as u64;
        (*year, wave([(A, counts(&[(2.0, 400 - high), (4.0, high)]))]))
    }))
}

fn line(analysis: &Analysis) -> &TrendLine {
    analysis.trend_lines.iter().find(|it| it.touchpoint == "a").unwrap()
}

#[test]
fn four_waves_make_a_line() {
    let analysis = run(&one(), &rising(&["2022", "2023", "2024", "2025"]));
    let line = line(&analysis);
    // A tenth of a level a year is 2.5 points, exactly along a line.
    near(line.slope, 2.5);
    near(line.lack_of_fit, 0.0);
    near(line.p_lack_of_fit, 1.0);
    assert_eq!((line.df, line.per), (2, TimeUnit::Number));
    assert!(line.p < 0.001 && line.q == Some(line.p));
    near(line.ci[0] + line.ci[1], 5.0);
    assert!(!analysis.reasons.contains_key("trend_lines"));
}

#[test]
fn a_year_left_out_is_still_a_year() {
    let years = run(&one(), &rising(&["2020", "2021", "2023", "2024"]));
    let names = run(&one(), &rising(&["W1", "W2", "W3", "W4"]));
    assert_eq!(line(&names).per, TimeUnit::Wave);
    near(line(&names).slope, 2.5);
    assert!(line(&years).slope < 2.5 && line(&years).lack_of_fit > 0.0);
}

#[test]
fn a_line_does_not_go_through_another_question() {
    let mut tally = rising(&["2021", "2022", "2023", "2024", "2025"]);
    let journey = one();
    let asked = &journey.survey.as_ref().unwrap().questions[0];
    let other = Question { version: 2, ..asked.clone() };
    for (wave, tally) in &mut tally.waves {
        let version = if wave.as_str() == "2021" { asked } else { &other };
        tally.asked_as.insert(A, version.clone());
    }
    let analysis = run(&journey, &tally);
    assert_eq!(line(&analysis).waves, ["2022", "2023", "2024", "2025"]);
    tally.waves.get_mut(&Wave::new("2022").unwrap()).unwrap().asked_as = BTreeMap::new();
    let analysis = run(&journey, &tally);
    assert!(analysis.trend_lines.is_empty());
    let why = "no question was asked alike in four waves";
    assert_eq!(analysis.reasons["trend_lines"], why);
}

#[test]
fn a_panel_is_not_two_independent_samples() {
    let mut tally = rising(&["2022", "2023", "2024", "2025"]);
    let last = Wave::new("2025").unwrap();
    let overlap = BTreeMap::from([(Wave::new("2024").unwrap(), 0.3)]);
    tally.waves.get_mut(&last).unwrap().overlap = overlap;
    let analysis = run(&one(), &tally);
    let result = &analysis.touchpoints[0];
    let change = result.change.as_ref().unwrap();
    near(change.points, 2.5);
    assert_eq!(
        (change.p, change.q, change.ci, change.relevant),
        (None, None, None, false)
    );
    let why = "not tested: 30 % of the respondents answered in both 2024 and 2025, and the \
               test is for independent samples";
    assert_eq!(result.reasons["change"], why);
    assert_eq!(analysis.reasons["trend_lines"], why);
    assert!(analysis.notes.iter().any(|it| it.code == "TM316"));
    // One in a hundred is tolerated.
    let few = BTreeMap::from([(Wave::new("2024").unwrap(), 0.01)]);
    tally.waves.get_mut(&last).unwrap().overlap = few;
    assert!(run(&one(), &tally).touchpoints[0].change.as_ref().unwrap().p.is_some());
}

fn benchmark(name: &str, score: BenchmarkScore) -> Benchmark {
    Benchmark {
        name: Text::plain(name),
        kind: BenchmarkKind::Mean,
        wave: None,
        source: None,
        scoring: None,
        scale: None,
        overall: None,
        scores: vec![(TouchpointIndex(0), score)],
    }
}

/// 200 twos and 200 fours on 1 to 5: mean 50 points, s² = 2,500·400/399, against 45 points of 100
/// answers with sd 20: R's `pt` and `qt` at Welch's degrees of freedom.
#[test]
fn a_benchmark_with_n_and_sd_is_a_second_sample() {
    let mut journey = one();
    let score = BenchmarkScore { points: 45.0, n: Some(100), sd: Some(20.0) };
    let median = Benchmark { kind: BenchmarkKind::Median, ..benchmark("median", score) };
    journey.benchmarks = vec![benchmark("mean", score), median];
    let sample = wave([(A, counts(&[(2.0, 200), (4.0, 200)]))]);
    let analysis = run(&journey, &tally([("2025", sample)]));
    let [mean, median] = analysis.benchmarks.as_slice() else { panic!("two benchmarks") };
    near(mean.difference, 5.0);
    assert_eq!(mean.test, "two samples");
    assert!((mean.df.unwrap() - WELCH[0]).abs() < 1e-6);
    assert!((mean.p.unwrap() - WELCH[1]).abs() < 1e-9);
    let [low, high] = mean.ci.unwrap();
    assert!(((high - low) / 2.0 - WELCH[2]).abs() < 1e-6);
    // The n of a median says nothing of its error.
    assert_eq!(median.test, "benchmark without its own error");
}

/// The same answers of a five-point scale are 80 and 75 points in the two ways of scoring.
#[test]
fn a_benchmark_that_was_scored_otherwise_is_refused() {
    let mut journey = one();
    let score = BenchmarkScore { points: 45.0, n: Some(100), sd: Some(20.0) };
    let scored = Benchmark {
        scoring: Some(Rescale::Proportional),
        ..benchmark("scored otherwise", score)
    };
    let asked =
        Benchmark { scale: Some([0.0, 10.0]), ..benchmark("asked otherwise", score) };
    journey.benchmarks = vec![scored, asked];
    let sample = wave([(A, counts(&[(2.0, 200), (4.0, 200)]))]);
    let analysis = run(&journey, &tally([("2025", sample)]));
    for (result, why) in analysis.benchmarks.iter().zip(["other scoring", "other scale"])
    {
        assert_eq!((result.difference, result.p, result.ci), (None, None, None));
        assert!(result.reason.as_ref().unwrap().contains(why), "{result:?}");
        assert!(!result.relevant);
    }
}

#[test]
fn a_benchmark_is_tested_as_a_constant() {
    let mut journey = one();
    let of_wave = |name: &str, wave: Option<&str>| Benchmark {
        wave: wave.map(str::to_owned),
        ..benchmark(name, BenchmarkScore { points: 45.0, n: None, sd: None })
    };
    journey.benchmarks = vec![
        of_wave("now", Some("2025")),
        of_wave("then", Some("2024")),
        of_wave("always", None),
    ];
    // 200 twos and 200 fours: mean 3, 50 points, s² = 400/399, se 25·√(1/399).
    let sample = wave([(A, counts(&[(2.0, 200), (4.0, 200)]))]);
    let analysis = run(&journey, &tally([("2025", sample)]));
    let names: Vec<&str> =
        analysis.benchmarks.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["now", "always"]);
    let result = &analysis.benchmarks[0];
    near(result.difference, 5.0);
    near(result.df, 399.0);
    let [low, high] = result.ci.unwrap();
    near(low + high, 10.0);
    // t(399) has its 97.5 % quantile at 1.965927 (R: qt(0.975, 399)).
    let half = 1.965_927_295_920 * 25.0 / 399.0_f64.sqrt();
    assert!(((high - low) / 2.0 - half).abs() < 1e-6);
    assert!(result.relevant && result.q == result.p);
}

#[test]
fn a_gap_is_shown_with_its_test_and_flags_nothing() {
    let gap = counts(&[(-2.0, 30), (-1.0, 30), (1.0, 40)]);
    let sample = wave([(A, counts(&[(5.0, 100)])), (Variable::Gap(0), gap)]);
    let analysis = run(&one(), &tally([("2025", sample)]));
    let gap = analysis.touchpoints[0].gap.as_ref().unwrap();
    assert_eq!((gap.label.as_str(), gap.n), ("gap (SERVQUAL)", 100));
    // Mean −0.5; squares 120 + 30 + 40 = 190: variance (190 − 25)/99.
    near(gap.mean, -0.5);
    near(gap.se, (165.0_f64 / 99.0 / 100.0).sqrt());
    near(gap.t, -0.5 / (165.0_f64 / 9900.0).sqrt());
    assert!(gap.p.unwrap() < 0.001);
    assert!(analysis.findings.is_empty());
    // Nine are too few to tell of, twenty to test.
    for (n, shown, tested) in [(9, false, false), (20, true, false)] {
        let few = counts(&[(-1.0, n / 2), (1.0, n - n / 2)]);
        let sample = wave([(A, counts(&[(5.0, 100)])), (Variable::Gap(0), few)]);
        let analysis = run(&one(), &tally([("2025", sample)]));
        let result = &analysis.touchpoints[0];
        assert_eq!(result.gap.is_some(), shown);
        assert_eq!(result.reasons.contains_key("gap"), !shown);
        assert_eq!(result.gap.as_ref().is_some_and(|it| it.p.is_some()), tested);
    }
}

#[test]
fn blanks_and_few_answers_are_said_from_a_tenth_and_a_fifth_on() {
    let codes = |blank: u64, few: u64, touchpoints: &[&str]| {
        let question = QuestionTally {
            blank: Missing { n: blank, w: blank as f64 },
            ..counts(&[(3.0, 50), (4.0, 50)])
        };
        let rows = RowCounts { used: 100, few_answers: few, ..RowCounts::default() };
        let others = (1..touchpoints.len())
            .map(|at| (Variable::Touchpoint(at), counts(&[(3.0, 50), (4.0, 50)])));
        let questions = std::iter::once((A, question)).chain(others);
        let sample = WaveTally { rows: Some(rows), ..wave(questions) };
        let journey = journey(&[touchpoints], 1.0, 5.0);
        let analysis = run(&journey, &tally([("2025", sample)]));
        let notes = analysis.notes.into_iter().map(|it| it.code);
        notes.filter(|it| it == "TM312" || it == "TM320").collect::<Vec<_>>()
    };
    let six = ["a", "b", "c", "d", "e", "f"];
    assert_eq!(codes(11, 20, &six), Vec::<String>::new());
    assert_eq!(codes(12, 21, &six), ["TM312", "TM320"]);
    // Who is asked for few touchpoints cannot rate many.
    assert_eq!(codes(12, 21, &six[..5]), ["TM320"]);
}
