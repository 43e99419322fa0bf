//! Claims about importance and what follows from it, from rows to the analysis.

use std::fmt::Write as _;

use touchmap::analyse::{AnalyseOptions, Verdict, analyse, explain};
use touchmap::model::{
    Analysis, DriverLink, GraphFacts, Journey, Label, MissingClass, Role, Target,
    TouchpointIndex, TouchpointResult, WeightKind,
};

use super::responses::{codes, column, declare_missing, journey, plan, read_well};

/// Respondents of the made-up survey.
const ROWS: usize = 600;

/// A stream of numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % n
    }
}

/// Answers from 1 to 10 of one respondent: overall, then the touchpoints; `None` where the
/// touchpoint was not met.
type Row = (u64, Vec<Option<u64>>);

/// `a` moves overall satisfaction much, `b` a little, `c` not at all, and `d` is met by one in
/// three.
fn rows() -> Vec<Row> {
    let mut numbers = Numbers(7);
    let mut row = || {
        let scores: Vec<u64> = (0..4).map(|_| 1 + numbers.below(10)).collect();
        let met = numbers.below(3) == 0;
        let sum = 6 * scores[0] + 2 * scores[1] + if met { 3 * scores[3] } else { 15 };
        let overall = ((sum + numbers.below(20)) / 12).clamp(1, 10);
        let scores = scores.into_iter().enumerate();
        let scores = scores.map(|(at, it)| (at < 3 || met).then_some(it)).collect();
        (overall, scores)
    };
    (0..ROWS).map(|_| row()).collect()
}

fn csv(ids: &[&str], rows: &[Row], cell: impl Fn(Option<u64>) -> String) -> String {
    let mut text = format!("overall,w,{}\n", ids.join(","));
    for (at, (overall, scores)) in rows.iter().enumerate() {
        let scores: Vec<String> = scores.iter().map(|it| cell(*it)).collect();
        writeln!(text, "{},{},{}", cell(Some(*overall)), 1 + at % 3, scores.join(","))
            .unwrap();
    }
    text
}

fn plain(score: Option<u64>) -> String {
    score.map_or_else(|| "98".to_owned(), |score| score.to_string())
}

fn planned(ids: &[&str]) -> Journey {
    let mut journey = journey(&[ids], 1.0, 10.0);
    declare_missing(&mut journey, &codes(&[("98", MissingClass::NotApplicable)]));
    journey
}

fn analysed(journey: &Journey, text: &str) -> Analysis {
    let tally = read_well(journey, text);
    let options = AnalyseOptions::default();
    analyse(journey, &tally, &GraphFacts::default(), None, &options).unwrap()
}

const IDS: [&str; 4] = ["a", "b", "c", "d"];

fn usual() -> Analysis {
    analysed(&planned(&IDS), &csv(&IDS, &rows(), plain))
}

fn of<'a>(analysis: &'a Analysis, id: &str) -> &'a TouchpointResult {
    analysis.touchpoints.iter().find(|it| it.id == id).unwrap()
}

fn share(analysis: &Analysis, id: &str) -> f64 {
    of(analysis, id).importance.as_ref().unwrap().share.unwrap()
}

#[track_caller]
fn near(actual: f64, expected: f64, within: f64) {
    assert!((actual - expected).abs() <= within, "{actual} is not {expected}");
}

#[test]
fn what_moves_the_whole_is_a_moment_of_truth_and_noise_is_none() {
    let analysis = usual();
    assert!(of(&analysis, "a").labels.contains(&Label::MomentOfTruth));
    assert!(share(&analysis, "a") > 0.6 && share(&analysis, "c") < 0.02);
    let noise = of(&analysis, "c");
    let importance = noise.importance.as_ref().unwrap();
    assert_eq!((importance.link, importance.rank), (Some(DriverLink::NotPositive), None));
    // What is no driver promises nothing, however far it is under its target.
    let lift = noise.lift.as_ref().unwrap();
    assert!(lift.overall_points.abs() < 1e-12 && lift.rank.is_none());
    assert!(noise.labels.contains(&Label::PainPoint));
    assert_eq!(noise.role, Some(Role::RepairLater));
    assert_eq!(of(&analysis, "a").role, Some(Role::Broken));
}

#[test]
fn the_order_of_touchpoints_does_not_show() {
    let turned = ["d", "c", "b", "a"];
    let rows: Vec<Row> = rows()
        .into_iter()
        .map(|(overall, mut scores)| {
            scores.reverse();
            (overall, scores)
        })
        .collect();
    let other = analysed(&planned(&turned), &csv(&turned, &rows, plain));
    let analysis = usual();
    for id in IDS {
        let [one, other] = [&analysis, &other].map(|it| of(it, id));
        let [a, b] = [one, other].map(|it| it.importance.as_ref().unwrap());
        near(a.share.unwrap(), b.share.unwrap(), 1e-9);
        near(a.se.unwrap(), b.se.unwrap(), 1e-9);
        near(a.user_share.unwrap(), b.user_share.unwrap(), 1e-9);
        let [a, b] = [one, other].map(|it| it.lift.as_ref().unwrap().overall_points);
        near(a, b, 1e-9);
        assert_eq!(one.labels, other.labels);
    }
}

#[test]
fn the_scale_of_weights_does_not_show() {
    let weigh = |factor: &str| {
        let mut journey = planned(&IDS);
        plan(&mut journey).weight = Some(column(&["w"]));
        plan(&mut journey).weight_kind = WeightKind::Sampling;
        let text = csv(&IDS, &rows(), plain);
        let text: String = text
            .lines()
            .enumerate()
            .map(|(at, line)| {
                let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
                if at > 0 {
                    cells[1] += factor;
                }
                cells.join(",") + "\n"
            })
            .collect();
        analysed(&journey, &text)
    };
    // 1, 2, 3 and 1000, 2000, 3000.
    let (one, thousand) = (weigh(""), weigh("000"));
    assert_eq!(one.model.as_ref().unwrap().k, 4);
    for id in IDS {
        near(share(&one, id), share(&thousand, id), 1e-9);
        let se = |it| of(it, id).importance.as_ref().unwrap().se.unwrap();
        near(se(&one), se(&thousand), 1e-9);
        let n_eff = |it| of(it, id).score.n_eff.unwrap();
        near(n_eff(&one), n_eff(&thousand), 1e-6);
    }
}

#[test]
fn a_scale_turned_round_has_the_same_importance() {
    let turned = |score: Option<u64>| plain(score.map(|it| 11 - it));
    let (one, other) = (usual(), analysed(&planned(&IDS), &csv(&IDS, &rows(), turned)));
    for id in IDS {
        near(share(&one, id), share(&other, id), 1e-9);
        let points = |it| of(it, id).score.points.unwrap();
        near(points(&one), 100.0 - points(&other), 1e-9);
        // What a low score cost, a high one earns.
        let of = |it| of(it, id).asymmetry.clone();
        assert_eq!(of(&one).is_some(), of(&other).is_some());
    }
}

#[test]
fn a_touchpoint_of_noise_takes_next_to_nothing() {
    let five = ["a", "b", "c", "d", "noise"];
    let mut numbers = Numbers(99);
    let rows: Vec<Row> = rows()
        .into_iter()
        .map(|(overall, mut scores)| {
            scores.push(Some(1 + numbers.below(10)));
            (overall, scores)
        })
        .collect();
    let (one, other) = (usual(), analysed(&planned(&five), &csv(&five, &rows, plain)));
    assert!(share(&other, "noise") < 0.01);
    for id in IDS {
        near(share(&one, id), share(&other, id), 0.01);
    }
    assert!(!of(&other, "noise").labels.contains(&Label::MomentOfTruth));
}

#[test]
fn another_code_for_the_same_absence_says_the_same() {
    let mut journey = journey(&[&IDS], 1.0, 10.0);
    declare_missing(&mut journey, &codes(&[("n/a", MissingClass::NotApplicable)]));
    let absent = |score: Option<u64>| {
        score.map_or_else(|| "N/A".to_owned(), |score| score.to_string())
    };
    let other = analysed(&journey, &csv(&IDS, &rows(), absent));
    assert_eq!(usual(), other);
}

#[test]
fn without_an_overall_question_there_is_a_reason() {
    let mut journey = planned(&IDS);
    plan(&mut journey).overall = None;
    let analysis = analysed(&journey, &csv(&IDS, &rows(), plain));
    let reason = "overall satisfaction was not asked of the respondents";
    assert_eq!(analysis.model, None);
    assert_eq!(analysis.reasons["model"], reason);
    for result in &analysis.touchpoints {
        assert_eq!((&result.importance, &result.lift), (&None, &None));
        assert_eq!(result.reasons["importance"], reason);
        assert_eq!(result.reasons["asymmetry"], reason);
    }
    // Nobody asked, so nobody need be told.
    assert!(!analysis.notes.iter().any(|it| it.code == "TM318"));
}

#[test]
fn a_hundred_respondents_are_needed_and_ten_for_each_touchpoint() {
    let few: Vec<Row> = rows().into_iter().take(99).collect();
    let analysis = analysed(&planned(&IDS), &csv(&IDS, &few, plain));
    assert_eq!(analysis.model, None);
    assert_eq!(
        analysis.reasons["model"],
        "no touchpoint was rated by 100 respondents with an overall answer"
    );
    // The correlation alone can still be told, with its interval.
    let importance = of(&analysis, "a").importance.as_ref().unwrap();
    assert_eq!((importance.share, importance.rank), (None, None));
    let [low, high] = importance.r_ci.unwrap();
    assert!(low < importance.r.unwrap() && importance.r.unwrap() < high);
    assert!(analysis.notes.iter().any(|it| it.code == "TM318"));
    assert!(!of(&analysis, "a").labels.contains(&Label::MomentOfTruth));
}

#[test]
fn a_touchpoint_of_few_users_is_left_out_by_name_and_the_others_are_not() {
    let mut rows = rows();
    for (_, scores) in rows.iter_mut().skip(200) {
        scores[3] = None;
    }
    let analysis = analysed(&planned(&IDS), &csv(&IDS, &rows, plain));
    let model = analysis.model.as_ref().unwrap();
    assert_eq!(model.touchpoints, ["a", "b", "c"]);
    assert_eq!(model.left_out[0].touchpoint, "d");
    let d = of(&analysis, "d");
    assert_eq!(d.reasons["importance"], model.left_out[0].reason);
    assert_eq!(d.importance.as_ref().unwrap().share, None);
    assert!(d.importance.as_ref().unwrap().r.is_some() && d.lift.is_none());
    let note = analysis.notes.iter().find(|it| it.code == "TM319").unwrap();
    assert_eq!(note.about.as_deref(), Some("d"));
}

#[test]
fn answers_that_say_nothing_of_the_whole_make_no_model() {
    let mut numbers = Numbers(3);
    let rows: Vec<Row> =
        rows().into_iter().map(|(_, scores)| (1 + numbers.below(10), scores)).collect();
    let analysis = analysed(&planned(&IDS), &csv(&IDS, &rows, plain));
    assert_eq!(analysis.model, None);
    assert!(analysis.reasons["model"].contains("explain too little"));
    assert!(analysis.findings.iter().all(|it| it.rule != "moment_of_truth"));
}

#[test]
fn a_test_holds_when_its_p_is_at_most_the_largest_that_passes() {
    let (journey, analysis) = (planned(&IDS), usual());
    let mut tests = 0;
    for at in 0..IDS.len() {
        let explanation = explain(&journey, &analysis, TouchpointIndex(at)).unwrap();
        for flag in &explanation.flags {
            for test in flag.tests.iter().filter(|it| it.what != "reward plus penalty") {
                assert_eq!(test.holds, test.p <= test.largest_p, "{}", flag.name);
                tests += 1;
            }
        }
        let truth = explanation.flags.iter().find(|it| it.name == "moment_of_truth");
        let holds = truth.unwrap().verdict == Verdict::Holds;
        let label = analysis.touchpoints[at].labels.contains(&Label::MomentOfTruth);
        assert_eq!(holds, label);
        let flip = &truth.unwrap().tests[0].flips[0];
        assert_eq!(holds, flip.is >= flip.turns_at || !holds && flip.is > flip.turns_at);
    }
    assert!(tests >= 12);
}

#[test]
fn a_relative_target_is_the_mean_of_the_other_touchpoints() {
    let mut journey = planned(&IDS);
    journey.rules.target = Target::Relative;
    journey.touchpoints[1].target = Some(30.0);
    let mut rows = rows();
    for (_, scores) in &mut rows {
        scores[2] = scores[2].map(|it| it.div_ceil(2));
    }
    let analysis = analysed(&journey, &csv(&IDS, &rows, plain));
    let points = |id: &str| of(&analysis, id).score.points.unwrap();
    // c scores half of what the others do: surely under their mean, and the only one.
    let pain = of(&analysis, "c").pain.as_ref().unwrap();
    let others = (points("a") + points("b") + points("d")) / 3.0;
    near(pain.target, others, 1e-9);
    let relative = pain.relative.as_ref().unwrap();
    near(relative.difference, points("c") - others, 1e-9);
    assert_eq!((relative.others, relative.df), (3, 99));
    assert!(pain.q_mean.unwrap() < 0.001 && pain.severity.is_some());
    near(pain.guaranteed_gap, -relative.ci[1], 1e-12);
    assert!(of(&analysis, "a").pain.as_ref().unwrap().p_mean.unwrap() > 0.5);
    // A target of its own still counts.
    let own = of(&analysis, "b").pain.as_ref().unwrap();
    assert_eq!(own.relative, None);
    near(own.target, 30.0, 1e-12);
    let all: f64 = IDS.iter().map(|id| points(id)).sum::<f64>() / 4.0;
    near(analysis.target.unwrap(), all, 1e-9);
}

#[test]
fn answers_of_the_same_people_are_not_independent() {
    // Everybody answers alike to everything, with a little noise: means vary together, and
    // their difference is far surer than independent samples would have it.
    let mut numbers = Numbers(5);
    let rows: Vec<Row> = (0..ROWS)
        .map(|_| {
            let mood = 2 + numbers.below(8);
            (mood, (0..4).map(|_| Some(mood + numbers.below(2))).collect())
        })
        .collect();
    let mut journey = planned(&IDS);
    journey.rules.target = Target::Relative;
    let analysis = analysed(&journey, &csv(&IDS, &rows, plain));
    let result = of(&analysis, "a");
    let relative = result.pain.as_ref().unwrap().relative.clone().unwrap();
    // d = a − (b + c + d)/3 of coins of variance 1/4: (1 + 1/3)/4/600, times (100/9)².
    let expected = ((1.0 + 1.0 / 3.0) / 4.0 / 600.0_f64).sqrt() * 100.0 / 9.0;
    near(relative.se / expected, 1.0, 0.2);
    assert!(relative.se < 0.25 * result.score.se.unwrap() * 100.0 / 9.0);
}
