//! Claims about the analysis, with tallies and numbers made by hand.

use touchmap::analyse::{
    AnalyseOptions, Baseline, Explanation, Flag, Verdict, analyse, explain,
};
use touchmap::diag::Code;
use touchmap::model::{
    Analysis, GraphFacts, Journey, Label, Severity, Status, Target, TouchpointIndex,
    TouchpointResult, Wave,
};
use touchmap::stats::{Histogram, LevelSums};
use touchmap::survey::TallyOptions;
use touchmap::survey::tally::{
    Distribution, Missing, QuestionTally, RowCounts, Tally, Variable, WaveTally,
};

use crate::shared::read_journey;

/// Touchpoints a, b and c on a scale of 1–5, with more keys for the map.
fn journey(more: &str) -> Journey {
    read_journey(&format!(
        "id: j\nname: J\nstages:\n  - id: s\n    name: S\n    touchpoints:\n      \
         - {{id: a, name: Arrival, moment_of_truth: true}}\n      - {{id: b, name: Bus}}\n      \
         - {{id: c, name: Counter}}\n{more}"
    ))
}

const FIVE: &str = "survey: {scale: [1, 5], overall: o}\n";

fn answers(distribution: Distribution) -> QuestionTally {
    let (not_applicable, blank, not_asked) = Default::default();
    QuestionTally { answers: distribution, not_applicable, blank, not_asked }
}

/// Unweighted answers by level.
fn counts(counts: &[(f64, u64)]) -> QuestionTally {
    answers(Distribution::Histogram(Histogram::unweighted(counts.iter().copied())))
}

fn moments(n: Option<u64>, mean: f64, sd: Option<f64>) -> QuestionTally {
    answers(Distribution::Moments { n, mean, sd })
}

/// A wave in which touchpoints were answered so; `None` was not asked.
fn wave<const N: usize>(touchpoints: [Option<QuestionTally>; N]) -> WaveTally {
    let questions = touchpoints
        .into_iter()
        .enumerate()
        .filter_map(|(at, question)| Some((Variable::Touchpoint(at), question?)));
    let rows = RowCounts { read: 500, used: 500, ..RowCounts::default() };
    WaveTally { rows: Some(rows), questions: questions.collect(), ..WaveTally::default() }
}

pub(crate) fn tally(waves: impl IntoIterator<Item = (&'static str, WaveTally)>) -> Tally {
    let mut tally = Tally::default();
    tally
        .waves
        .extend(waves.into_iter().map(|(name, wave)| (Wave::new(name).unwrap(), wave)));
    tally
}

pub(crate) fn run(journey: &Journey, tally: &Tally) -> Analysis {
    let options = AnalyseOptions::default();
    let analysis =
        analyse(journey, tally, &GraphFacts::default(), None, &options).unwrap();
    // Whatever is analysed, it survives being written and read back.
    let json = serde_json::to_string(&analysis).unwrap();
    assert_eq!(serde_json::from_str::<Analysis>(&json).unwrap(), analysis);
    analysis
}

/// The analysis of one wave.
fn once<const N: usize>(
    journey: &Journey,
    touchpoints: [Option<QuestionTally>; N],
) -> Analysis {
    run(journey, &tally([("2025", wave(touchpoints))]))
}

fn codes(analysis: &Analysis, about: &str) -> Vec<String> {
    let notes = analysis.notes.iter().filter(|it| it.about.as_deref() == Some(about));
    notes.map(|it| it.code.clone()).collect()
}

fn reason<'a>(result: &'a TouchpointResult, key: &str) -> &'a str {
    result.reasons.get(key).map_or("", String::as_str)
}

#[track_caller]
fn assert_near(actual: impl Into<Option<f64>>, expected: f64) {
    let actual = actual.into().expect("there is a value");
    assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
}

#[test]
fn a_target_is_points_or_what_the_others_reach() {
    let target = |rules: &str| {
        journey(&format!("{FIVE}rules: {{target: {rules}}}\n")).rules.target
    };
    assert_eq!(target("80"), Target::Points(80.0));
    assert_eq!(target("relative"), Target::Relative);
    assert_eq!(journey(FIVE).rules.target, Target::Points(75.0));
}

#[test]
fn a_relative_target_needs_the_rows() {
    let journey = journey(&format!("{FIVE}rules: {{target: relative}}\n"));
    let analysis = once(&journey, [Some(counts(&[(2.0, 50), (4.0, 50)])), None, None]);
    let result = &analysis.touchpoints[0];
    let why = "relative targets need the rows of respondents and their overall answers";
    assert_eq!((result.target, result.pain.as_ref()), (None, None));
    assert_eq!([reason(result, "target"), reason(result, "pain")], [why; 2]);
    assert_eq!((result.role, reason(result, "role")), (None, why));
}

#[test]
fn no_waves_are_nothing_to_report() {
    let error = analyse(
        &journey(FIVE),
        &Tally::default(),
        &GraphFacts::default(),
        None,
        &AnalyseOptions::default(),
    );
    assert_eq!(error.unwrap_err().code, Code::NO_SCORES);
}

#[test]
fn nobody_answered_is_not_zero() {
    let blank = QuestionTally { blank: Missing { n: 500, w: 500.0 }, ..counts(&[]) };
    let not_asked =
        QuestionTally { not_asked: Missing { n: 500, w: 500.0 }, ..counts(&[]) };
    let analysis = once(&journey(FIVE), [Some(blank), Some(not_asked), None]);
    let status = |at: usize| analysis.touchpoints[at].score.status;
    assert_eq!(status(0), Status::Unanswered);
    assert_eq!(status(1), Status::Unasked);
    assert_eq!(status(2), Status::Unasked);
    for result in &analysis.touchpoints {
        assert_eq!((result.score.mean, result.score.n, result.reach), (None, None, None));
        assert!(result.pain.is_none() && !reason(result, "pain").is_empty());
    }
    assert_eq!(analysis.touchpoints[0].answers.unwrap().blank, 500);
    assert_eq!(codes(&analysis, "c"), ["TM302"]);
    assert!(analysis.findings.is_empty());
}

#[test]
fn under_ten_answers_nothing_is_told() {
    let nine = QuestionTally {
        not_applicable: Missing { n: 7, w: 7.0 },
        ..counts(&[(1.0, 4), (5.0, 5)])
    };
    let analysis = once(&journey(FIVE), [Some(nine), None, None]);
    let result = &analysis.touchpoints[0];
    assert_eq!(result.score.status, Status::Suppressed);
    assert_eq!(result.score.reason.as_deref(), Some("n < 10"));
    assert_eq!((result.score.n, result.answers, result.reach), (None, None, None));
    assert!(result.pain.is_none() && result.change.is_none());
    assert!(!result.labels.contains(&Label::PainPoint));
    assert_eq!(codes(&analysis, "a"), ["TM304"]);
    // Nor anywhere else: but for the threshold, the code, the wave and the version, the
    // whole of it holds no digit.
    let mut json = serde_json::to_string(&(result, &analysis.trend[1])).unwrap();
    for told in ["n < 10", "1.1", "2025", "\"question_version\":1", "\"target\":75.0"] {
        json = json.replace(told, "");
    }
    assert!(!json.contains(|letter: char| letter.is_ascii_digit()), "{json}");
}

#[test]
fn a_low_base_is_shown_and_stays_out_of_every_test() {
    let journey = journey(FIVE);
    let other = counts(&[(1.0, 40), (5.0, 60)]);
    // Forty answers of weights so unequal that W²/W2 = 100²/1000 = 10.
    let unequal =
        Histogram::new(vec![LevelSums { value: 1.0, n: 40, w: 100.0, w2: 1000.0 }]);
    let unequal = answers(Distribution::Histogram(unequal));
    let both = once(&journey, [Some(unequal), Some(other.clone()), None]);
    let alone = once(&journey, [None, Some(other), None]);
    let low = &both.touchpoints[0];
    assert_near(low.score.n_eff, 10.0);
    assert_near(low.score.mean, 1.0);
    assert!(low.labels.contains(&Label::LowBase) && low.pain.is_none());
    assert_eq!(
        reason(low, "pain"),
        "low base in 2025: fewer than 30 effective respondents"
    );
    assert_eq!(codes(&both, "a"), ["TM303"]);
    assert_eq!(both.touchpoints[1].pain, alone.touchpoints[1].pain);
}

#[test]
fn equal_answers_of_a_few_are_not_told_by_level() {
    let few = once(&journey(FIVE), [Some(counts(&[(4.0, 29)])), None, None]);
    let few = &few.touchpoints[0].score;
    assert_near(few.mean, 4.0);
    assert_eq!((few.counts.as_ref(), few.shares.as_ref()), (None, None));
    assert!(few.reason.as_ref().unwrap().contains("withheld"));
    let many = once(&journey(FIVE), [Some(counts(&[(4.0, 30)])), None, None]);
    assert!(many.touchpoints[0].score.counts.is_some());
}

#[test]
fn fifty_times_the_worst_answer_is_a_pain_point_without_any_spread() {
    let analysis = once(&journey(FIVE), [Some(counts(&[(1.0, 50)])), None, None]);
    let result = &analysis.touchpoints[0];
    assert_near(result.score.se, 0.0);
    assert_eq!(
        result.labels,
        [Label::PainPoint, Label::DeclaredMomentOfTruth, Label::BrokenMomentOfTruth]
    );
    let pain = result.pain.as_ref().unwrap();
    assert_eq!(pain.severity, Some(Severity::Critical));
    assert_near(pain.shortfall, 75.0);
    let rules: Vec<&str> = analysis.findings.iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(rules, ["broken_moment_of_truth", "pain_point"]);
}

#[test]
fn a_single_answer_has_a_value_and_no_error() {
    let mut journey = journey(FIVE);
    journey.rules.suppress_below = 1;
    journey.rules.low_base = 0.0;
    let analysis = once(&journey, [Some(counts(&[(2.0, 1)])), None, None]);
    let result = &analysis.touchpoints[0];
    assert_near(result.score.mean, 2.0);
    assert_eq!((result.score.se, result.score.ci, result.score.t_ci), (None, None, None));
    assert_eq!(result.score.reason.as_deref(), Some("a single answer has no error"));
    assert_eq!(result.pain, None);
    assert_eq!(reason(result, "pain"), "not tested: a single answer has no error");
}

#[test]
fn a_mean_alone_is_shown_and_never_flagged() {
    let now = wave([Some(moments(None, 2.0, None)), None, None]);
    let before = wave([Some(moments(None, 3.0, None)), None, None]);
    let analysis = run(&journey(FIVE), &tally([("2024", before), ("2025", now)]));
    let result = &analysis.touchpoints[0];
    assert_eq!(result.score.status, Status::Scored);
    assert_near(result.score.points, 25.0);
    assert_eq!((result.score.n, result.score.se, result.score.ci), (None, None, None));
    assert!(result.pain.is_none() && result.answers.is_none() && result.reach.is_none());
    assert!(reason(result, "pain").contains("neither n nor sd is known"));
    let change = result.change.as_ref().unwrap();
    assert_near(change.points, -25.0);
    assert_eq!(
        (change.se, change.p, change.q, change.relevant),
        (None, None, None, false)
    );
    assert_eq!(result.labels, [Label::DeclaredMomentOfTruth]);
}

#[test]
fn aggregates_with_n_and_sd_are_tested_like_answers() {
    // n 100, mean 3, sd 1: se 0.1 = 2.5 points; 50 points against 73 is t = −9.2.
    // A year before mean 3.5: difference 0.5, se √0.02, df 198.
    let now = wave([Some(moments(Some(100), 3.0, Some(1.0))), None, None]);
    let before = wave([Some(moments(Some(100), 3.5, Some(1.0))), None, None]);
    let analysis = run(&journey(FIVE), &tally([("2024", before), ("2025", now)]));
    let result = &analysis.touchpoints[0];
    assert_near(result.score.se, 0.1);
    let pain = result.pain.as_ref().unwrap();
    assert!(pain.p_mean.unwrap() < 1e-13 && pain.p_dissatisfied.is_none());
    // The only test of its family.
    assert_eq!(pain.q_mean, pain.p_mean);
    assert!(pain.shortfall.is_none() && pain.severity.is_some());
    let change = result.change.as_ref().unwrap();
    assert_near(change.se, 0.02_f64.sqrt());
    assert_near(change.df, 198.0);
    assert_near(change.points, -12.5);
    assert!(change.relevant);
}

#[test]
fn a_wave_of_aggregates_says_so() {
    let mut only = wave([Some(moments(Some(100), 3.0, Some(1.0))), None, None]);
    only.rows = None;
    let analysis = run(&journey(FIVE), &tally([("2025", only)]));
    assert_eq!(analysis.rows, None);
    assert_eq!(codes(&analysis, "2025"), ["TM310"]);
    let stage = &analysis.stages[0].score;
    assert_eq!(stage.reason.as_deref(), Some("needs the rows of respondents"));
}

/// Rows of 2024 and 2025 in which everything that is asked is answered alike, as the files of
/// a map read them.
fn two_files(survey: &str) -> Analysis {
    let journey = journey(survey);
    let rows = format!("a,b\n{}{}", "1,1\n".repeat(20), "4,4\n".repeat(80));
    let files = &journey.survey.as_ref().unwrap().files;
    let inputs: Vec<_> = files.iter().map(|file| (file, rows.as_bytes())).collect();
    let (tally, problems) =
        crate::responses::read(&journey, &inputs, &TallyOptions::default());
    assert!(problems.is_empty(), "{problems:?}");
    run(&journey, &tally.unwrap())
}

#[test]
fn a_changed_question_is_not_compared() {
    let analysis = two_files(
        "survey:\n  scale: [1, 5]\n  files:\n    - {path: x.csv, wave: 2024}\n    \
         - {path: y.csv, wave: 2025, columns: {b: {column: b, question_version: 2}}}\n",
    );
    assert!(analysis.touchpoints[0].change.is_some());
    assert!(analysis.touchpoints[1].change.is_none());
    assert_eq!(
        reason(&analysis.touchpoints[1], "change"),
        "the question changed since 2024"
    );
    assert_eq!(codes(&analysis, "b"), ["TM307"]);
    let versions: Vec<u64> = analysis
        .trend
        .iter()
        .filter(|it| it.touchpoint == "b")
        .map(|it| it.question_version)
        .collect();
    assert_eq!(versions, [1, 2]);
}

#[test]
fn codes_of_one_file_part_its_wave_from_the_others() {
    let analysis = two_files(
        "survey:\n  scale: [1, 5]\n  missing: {\"0\": blank}\n  files:\n    \
         - {path: x.csv, wave: 2024}\n    \
         - {path: y.csv, wave: 2025, missing: {\"9\": blank}}\n",
    );
    assert!(analysis.touchpoints[0].change.is_none());
}

#[test]
fn off_the_scale_of_nps_the_balance_has_another_name() {
    let ten = "survey: {scale: [1, 10], recommend: r}\n";
    let mut sample = wave([None, None, None]);
    // Boxes of 1–10 are 8–10 and 1–3: 5 of 20 minus 2 of 20 is 15 points.
    let answers = counts(&[(2.0, 2), (5.0, 6), (7.0, 7), (8.0, 5)]);
    sample.questions.insert(Variable::Recommend, answers.clone());
    let analysis = run(&journey(ten), &tally([("2025", sample.clone())]));
    assert_eq!(analysis.recommend.measure, "net score");
    assert_near(analysis.recommend.nps, 15.0);
    assert_eq!(codes(&analysis, "recommend"), ["TM311"]);
    // On 0–10 the same answers hold 15 detractors and no promoter.
    let eleven = "survey: {recommend: {column: r, scale: [0, 10]}}\n";
    let analysis = run(&journey(eleven), &tally([("2025", sample)]));
    assert_eq!(analysis.recommend.measure, "NPS");
    assert_near(analysis.recommend.nps, -100.0 * 8.0 / 20.0);
    assert!(codes(&analysis, "recommend").is_empty());
}

#[test]
fn reach_is_the_weighted_share_of_those_who_met_it() {
    // Thirty answers of weight 2 against 40 of weight 1 who did not: 60/100; blanks are out.
    let met = Histogram::new(vec![LevelSums { value: 4.0, n: 30, w: 60.0, w2: 120.0 }]);
    let question = QuestionTally {
        not_applicable: Missing { n: 40, w: 40.0 },
        blank: Missing { n: 99, w: 300.0 },
        ..answers(Distribution::Histogram(met))
    };
    let analysis = once(&journey(FIVE), [Some(question), None, None]);
    assert_near(analysis.touchpoints[0].reach, 0.6);
}

#[test]
fn a_map_that_leads_everybody_where_many_did_not_go_is_doubted() {
    // 60 of 100 met it: the upper limit is 0.69.
    let question = || QuestionTally {
        not_applicable: Missing { n: 40, w: 40.0 },
        ..counts(&[(3.0, 30), (4.0, 30)])
    };
    let graph = GraphFacts { unavoidable: vec!["a".to_owned()], ..GraphFacts::default() };
    let notes = |flow: &str| {
        let journey = journey(&format!("{FIVE}{flow}"));
        let tally = tally([("2025", wave([Some(question()), Some(question())]))]);
        let options = AnalyseOptions::default();
        let analysis = analyse(&journey, &tally, &graph, None, &options).unwrap();
        (codes(&analysis, "a"), codes(&analysis, "b"))
    };
    let doubted = (vec!["TM314".to_owned()], Vec::new());
    assert_eq!(notes("flow: [a -> b -> c]\n"), doubted);
    // A flow left out says nothing, and so nothing that could be doubted.
    assert_eq!(notes(""), (Vec::new(), Vec::new()));
}

#[test]
fn the_overall_score_is_tested_on_its_own() {
    let sample = |low: u64| {
        let question = counts(&[(2.0, low), (4.0, 200 - low)]);
        let mut wave = wave([Some(question.clone()), Some(question.clone()), None]);
        wave.questions.insert(Variable::Overall, question);
        wave
    };
    let analysis =
        run(&journey(FIVE), &tally([("2024", sample(60)), ("2025", sample(80))]));
    let overall = analysis.overall_change.as_ref().unwrap();
    let touchpoint = analysis.touchpoints[0].change.as_ref().unwrap();
    assert_eq!((overall.q, overall.p), (None, touchpoint.p));
    assert!(touchpoint.q.is_some());
    // 200 answers, 0.4 against 0.3 of them low: 0.1 of 2 levels of 25 points each.
    assert_near(overall.points, -5.0);
    assert!(overall.relevant && touchpoint.relevant);
    let falls = analysis.findings.iter().filter(|it| it.rule == "relevant_fall");
    let of: Vec<_> = falls.map(|it| it.touchpoint.as_deref()).collect();
    assert_eq!(of, [None, Some("a"), Some("b")]);
}

#[test]
fn findings_come_worst_first() {
    let of = |low: u64| Some(counts(&[(1.0, low), (5.0, 200 - low)]));
    // Means of 60, 70 and 25 points, each ± 7: the upper limits of a and c are 8 and 43
    // points under the target, that of b is over it; b has 30 % dissatisfied.
    let analysis = once(&journey(FIVE), [of(80), of(60), of(150)]);
    let order: Vec<_> = analysis
        .findings
        .iter()
        .map(|it| (it.touchpoint.clone().unwrap(), it.rule.clone(), it.severity))
        .collect();
    let expected = [
        ("c", "pain_point", Severity::Critical),
        ("a", "broken_moment_of_truth", Severity::Serious),
        ("a", "pain_point", Severity::Serious),
        ("b", "pain_point", Severity::Mild),
    ];
    let expected =
        expected.map(|(id, rule, how)| (id.to_owned(), rule.to_owned(), Some(how)));
    assert_eq!(order, expected);
}

#[test]
fn of_findings_equally_bad_the_one_that_costs_most_comes_first() {
    let of = |low: u64| Some(counts(&[(1.0, low), (5.0, 200 - low)]));
    let analysis = once(&journey(FIVE), [None, of(150), of(160)]);
    let order: Vec<_> = analysis
        .findings
        .iter()
        .map(|it| (it.touchpoint.as_deref(), it.severity))
        .collect();
    let critical = Some(Severity::Critical);
    assert_eq!(order, [(Some("c"), critical), (Some("b"), critical)]);
}

#[test]
fn a_thin_wave_before_is_no_ground_to_speak_of_change() {
    let now =
        || wave([Some(counts(&[(2.0, 50), (4.0, 50)])), Some(counts(&[(4.0, 99)]))]);
    let thin = wave([Some(counts(&[(4.0, 20)])), Some(counts(&[(2.0, 9)]))]);
    let analysis = run(&journey(FIVE), &tally([("2024", thin), ("2025", now())]));
    let [low, few, ..] = analysis.touchpoints.as_slice() else {
        panic!("no touchpoints")
    };
    assert_eq!((low.change.as_ref(), few.change.as_ref()), (None, None));
    let why = "low base in 2024: fewer than 30 effective respondents";
    assert_eq!(reason(low, "change"), why);
    assert_eq!(reason(few, "change"), "withheld in 2024: n < 10");
    assert_eq!(reason(&analysis.touchpoints[2], "change"), "not asked in 2025");
}

/// The explanation of the first touchpoint.
fn explained(journey: &Journey, tally: &Tally) -> Explanation {
    explain(journey, &run(journey, tally), TouchpointIndex(0)).unwrap()
}

fn flag<'a>(explanation: &'a Explanation, name: &str) -> &'a Flag {
    explanation.flags.iter().find(|it| it.name == name).unwrap()
}

#[test]
fn the_target_that_explain_names_is_where_the_flag_turns() {
    let mut journey = journey(FIVE);
    // All others far over their targets; a at 71 points of 75 with four in five satisfied.
    let sample = || {
        let a = counts(&[(2.0, 10), (3.0, 40), (4.0, 120), (5.0, 30)]);
        let b = counts(&[(2.0, 20), (3.0, 50), (4.0, 120), (5.0, 30)]);
        tally([("2025", wave([Some(a), Some(b), Some(counts(&[(4.0, 90), (5.0, 90)]))]))])
    };
    let explanation = explained(&journey, &sample());
    let test = &flag(&explanation, "pain_point").tests[0];
    let (turns_at, family) = (test.flips[1].turns_at, test.family);
    assert_eq!((test.flips[1].what, family), ("target", 6));
    let mut holds = |target: f64| {
        journey.touchpoints[0].target = Some(target);
        flag(&explained(&journey, &sample()), "pain_point").tests[0].holds
    };
    assert!(holds(turns_at + 1e-6));
    assert!(!holds(turns_at - 1e-6));
}

#[test]
fn the_mean_that_explain_names_is_where_the_flag_turns() {
    let journey = journey(FIVE);
    let sample = |points: f64| {
        let a = moments(Some(200), 1.0 + points / 25.0, Some(1.1));
        let b = counts(&[(2.0, 20), (3.0, 50), (4.0, 120), (5.0, 30)]);
        tally([("2025", wave([Some(a), Some(b), None]))])
    };
    let explanation = explained(&journey, &sample(70.0));
    let flip = &flag(&explanation, "pain_point").tests[0].flips[0];
    assert_eq!(flip.what, "mean");
    let holds = |points: f64| {
        flag(&explained(&journey, &sample(points)), "pain_point").verdict
            == Verdict::Holds
    };
    assert!(holds(flip.turns_at - 1e-6));
    assert!(!holds(flip.turns_at + 1e-6));
}

#[test]
fn the_accepted_share_that_explain_names_is_where_the_flag_turns() {
    let mut journey = journey(FIVE);
    // 14 % dissatisfied; alone in its family but for its own mean.
    let sample = || tally([("2025", wave([Some(counts(&[(1.0, 28), (5.0, 172)]))]))]);
    let explanation = explained(&journey, &sample());
    let flip = &flag(&explanation, "pain_point").tests[1].flips[1];
    assert_eq!(flip.what, "share accepted here");
    let mut holds = |percent: f64| {
        journey.rules.max_dissatisfied = percent / 100.0;
        flag(&explained(&journey, &sample()), "pain_point").tests[1].holds
    };
    assert!(holds(flip.turns_at - 1e-6));
    assert!(!holds(flip.turns_at + 1e-6));
}

#[test]
fn the_change_that_explain_names_is_where_it_becomes_relevant() {
    let journey = journey(FIVE);
    let sample = |points: f64| {
        let a = |mean: f64| Some(moments(Some(300), mean, Some(1.0)));
        let b = |mean: f64| Some(moments(Some(200), mean, Some(0.9)));
        let now = 4.0 + points / 25.0;
        tally([("2024", wave([a(4.0), b(4.0)])), ("2025", wave([a(now), b(4.1)]))])
    };
    let explanation = explained(&journey, &sample(-3.0));
    let shown = flag(&explanation, "relevant_fall");
    assert_eq!(shown.verdict, Verdict::JustMisses);
    assert_eq!(shown.because.as_deref(), Some("no reliable change detected"));
    let turns_at = shown.tests[0].flips[0].turns_at;
    let verdict =
        |points| flag(&explained(&journey, &sample(points)), "relevant_fall").verdict;
    assert_eq!(verdict(turns_at - 1e-6), Verdict::Holds);
    assert_eq!(verdict(turns_at + 1e-6), Verdict::JustMisses);
}

#[test]
fn a_sure_change_too_small_to_matter_is_not_relevant() {
    let journey = journey(FIVE);
    let of = |mean: f64| wave([Some(moments(Some(1_000_000), mean, Some(1.0)))]);
    // One point of 25 per level, among a million: sure, and of no account.
    let of = |mean: f64| {
        let mut wave = of(mean);
        let overall = moments(Some(1_000_000), mean, Some(1.0));
        wave.questions.insert(Variable::Overall, overall);
        wave
    };
    let two = tally([("2024", of(4.0)), ("2025", of(4.04))]);
    let overall = run(&journey, &two).overall_change.unwrap();
    assert!(overall.p.unwrap() < 0.05 && !overall.relevant);
    let explanation = explained(&journey, &two);
    let shown = flag(&explanation, "relevant_rise");
    assert_eq!(shown.because.as_deref(), Some("no relevant change"));
    assert_eq!(shown.verdict, Verdict::JustMisses);
    let lines = explanation.lines().join("\n");
    assert!(lines.contains("would hold with a change of 2.00 points or more"), "{lines}");
}

#[test]
fn a_baseline_may_be_declined() {
    let sample = || wave([Some(counts(&[(2.0, 50), (4.0, 50)]))]);
    let two = tally([("2024", sample()), ("2025", sample())]);
    let options =
        AnalyseOptions { baseline: Baseline::Nothing, ..AnalyseOptions::default() };
    let graph = GraphFacts { unavoidable: vec!["a".to_owned()], ..GraphFacts::default() };
    let visits = [1.0, 1.25, 0.5];
    let analysis =
        analyse(&journey(FIVE), &two, &graph, Some(&visits), &options).unwrap();
    assert_eq!(analysis.baseline, None);
    assert!(analysis.notes.iter().any(|it| it.code == "TM308"));
    assert!(analysis.touchpoints[0].unavoidable && !analysis.touchpoints[1].unavoidable);
    assert_near(analysis.touchpoints[1].visits, 1.25);
}
