//! Hand-offs, tested with the error of two scores that the same people give.

use touchmap::{
    analyse::{AnalyseOptions, analyse},
    diag::Diagnostics,
    graph::{JourneyGraph, measure},
    model::{Analysis, Journey},
    stats::student_upper,
    survey::{ResponseInput, TallyOptions, count, sum_up},
};

use super::responses::{file, read, read_well};
use crate::shared::read_journey;

fn journey() -> Journey {
    read_journey(
        "id: j\nname: J\nstages:\n  - id: s\n    name: S\n    touchpoints:\n      \
         - {id: a, name: A, owner: x}\n      - {id: b, name: B, owner: y}\n      \
         - {id: c, name: C, owner: y}\n      - {id: d, name: D, owner: x}\n\
         flow:\n  - a -> b -> c -> d\n  - {from: c, to: b, share: 0.25}\n\
         survey:\n  files: [{path: r.csv, wave: 2025}]\n  scale: [1, 5]\n  overall: o\n  \
         replicate_group: g\n  missing: {\"6\": not_applicable}\n",
    )
}

/// Sixty respondents in ten groups. b is what a is less one or two, so that the two go
/// together; the last six did not meet a; d is like c.
fn rows() -> Vec<[i32; 6]> {
    (0..60)
        .map(|at| {
            let a = 3 + (at * 7) % 3;
            let b = a - 1 - i32::from(at % 4 == 0);
            let c = 2 + (at * 5) % 4;
            [at % 10, if at < 54 { a } else { 6 }, b, c, c, i32::midpoint(a, c)]
        })
        .collect()
}

fn analysed(journey: &Journey, rows: &[[i32; 6]]) -> Analysis {
    let mut csv = "g,a,b,c,d,o\n".to_owned();
    for row in rows {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        csv += &(cells.join(",") + "\n");
    }
    let tally = read_well(journey, &csv);
    let measures = measure(journey, &JourneyGraph::new(journey));
    let visits = measures.visits.as_deref();
    analyse(journey, &tally, &measures.facts, visits, &AnalyseOptions::default()).unwrap()
}

/// Points of the mean of a column, over rows that answered it, and another one if asked.
fn points(rows: &[[i32; 6]], column: usize, both: usize) -> f64 {
    let valid: Vec<f64> = rows
        .iter()
        .filter(|row| row[column] <= 5 && row[both] <= 5)
        .map(|row| f64::from(row[column]))
        .collect();
    25.0 * (valid.iter().sum::<f64>() / valid.len() as f64 - 1.0)
}

#[test]
fn the_error_is_that_of_leaving_out_groups_of_people() {
    let (journey, rows) = (journey(), rows());
    let analysis = analysed(&journey, &rows);
    let ab = &analysis.graph.hand_off_scores[0];
    assert_eq!((ab.from.as_str(), ab.to.as_str()), ("a", "b"));
    assert_eq!((ab.from_owner.as_str(), ab.to_owner.as_str()), ("x", "y"));
    let difference = |rows: &[[i32; 6]]| points(rows, 2, 2) - points(rows, 1, 1);
    let replicates: Vec<f64> = (0..10)
        .map(|group| {
            let rest: Vec<_> =
                rows.iter().filter(|row| row[0] != group).copied().collect();
            difference(&rest)
        })
        .collect();
    let mean = replicates.iter().sum::<f64>() / 10.0;
    let squares: f64 = replicates.iter().map(|it| (it - mean).powi(2)).sum();
    let se = (0.9 * squares).sqrt();
    assert!((ab.difference.unwrap() - difference(&rows)).abs() < 1e-9);
    assert!((ab.se.unwrap() - se).abs() < 1e-9, "{:?} {se}", ab.se);
    assert_eq!(ab.df, Some(9));
    let p = 2.0 * student_upper((difference(&rows) / se).abs(), 9.0);
    assert!((ab.p.unwrap() - p).abs() < 1e-12);
    assert!(ab.relevant);
    // The family is the one test that could be made.
    assert!((ab.q.unwrap() - ab.p.unwrap()).abs() < 1e-15);
    let found: Vec<&str> = analysis.findings.iter().map(|it| it.code.as_str()).collect();
    assert!(found.contains(&"TM210"), "{found:?}");
}

#[test]
fn what_would_tell_of_a_few_or_has_no_spread_is_left_out_with_its_reason() {
    let analysis = analysed(&journey(), &rows());
    let [ab, cd] = &analysis.graph.hand_off_scores[..] else { panic!() };
    // Six met b and not a: too few to tell the scores of those who rated both apart.
    assert_eq!((ab.among_both, ab.n_both), (None, None));
    assert!(
        ab.reasons["among_both"].contains("too few rated only one"),
        "{:?}",
        ab.reasons
    );
    // d is c: no difference, no spread, no test.
    assert!(cd.difference.unwrap().abs() < 1e-9);
    assert_eq!(cd.q, None);
    assert!(cd.reasons["p"].contains("no spread"), "{:?}", cd.reasons);
    assert!((cd.share.unwrap() - 0.75).abs() < 1e-12);
}

#[test]
fn all_who_rated_both_are_compared_with_themselves() {
    let journey = journey();
    let rows: Vec<[i32; 6]> = rows().into_iter().filter(|row| row[1] <= 5).collect();
    let analysis = analysed(&journey, &rows);
    let ab = &analysis.graph.hand_off_scores[0];
    assert_eq!(ab.n_both, Some(54));
    let both = points(&rows, 2, 1) - points(&rows, 1, 2);
    assert!((ab.among_both.unwrap() - both).abs() < 1e-9);
}

#[test]
fn independent_samples_would_be_less_sure_of_scores_that_go_together() {
    let analysis = analysed(&journey(), &rows());
    let ab = &analysis.graph.hand_off_scores[0];
    let se = |at: usize| 25.0 * analysis.touchpoints[at].score.se.unwrap();
    let independent = se(0).hypot(se(1));
    assert!(ab.se.unwrap() < 0.7 * independent, "{:?} {independent}", ab.se);
}

#[test]
fn without_rows_a_hand_off_has_no_test_and_says_so() {
    let journey = read_journey(
        "id: j\nname: J\nstages:\n  - id: s\n    name: S\n    touchpoints:\n      \
         - {id: a, name: A, owner: x, scores: {2025: {mean: 8, n: 400, sd: 1}}}\n      \
         - {id: b, name: B, owner: y, scores: {2025: {mean: 5, n: 400, sd: 1}}}\n",
    );
    let tally = read(&journey, &[], &TallyOptions::default()).0.unwrap();
    let facts = measure(&journey, &JourneyGraph::new(&journey)).facts;
    let analysis =
        analyse(&journey, &tally, &facts, None, &AnalyseOptions::default()).unwrap();
    let [ab] = &analysis.graph.hand_off_scores[..] else { panic!() };
    assert!((ab.difference.unwrap() + 300.0 / 9.0).abs() < 1e-9);
    assert_eq!((ab.p, ab.relevant), (None, false));
    assert!(ab.reasons["p"].starts_with("cannot be tested"), "{:?}", ab.reasons);
    assert!(!analysis.findings.iter().any(|it| it.code == "TM210"));
}

/// c returns to b with 0.25: b and c are visited 4/3 times, a third of a time again each.
/// The cost is a third of the mean shortfall of both.
#[test]
fn rework_costs_the_shortfall_of_every_repeated_visit() {
    let (journey, rows) = (journey(), rows());
    let analysis = analysed(&journey, &rows);
    let [rework] = &analysis.graph.rework[..] else { panic!() };
    let repeats = rework.repeats.as_ref().unwrap();
    assert!(repeats.iter().all(|it| (it - 1.0 / 3.0).abs() < 1e-12), "{repeats:?}");
    let shortfall = |column: usize| {
        let under = |row: &[i32; 6]| (75.0 - 25.0 * f64::from(row[column] - 1)).max(0.0);
        rows.iter().map(under).sum::<f64>() / rows.len() as f64
    };
    let cost = (shortfall(2) + shortfall(3)) / 3.0;
    assert!((rework.cost.unwrap() - cost).abs() < 1e-9, "{:?} {cost}", rework.cost);
    let finding = analysis.findings.iter().find(|it| it.code == "TM211").unwrap();
    assert_eq!(finding.touchpoint.as_deref(), Some("b"));
}

#[test]
fn paths_tell_their_scores_peak_and_end() {
    let (journey, rows) = (journey(), rows());
    let analysis = analysed(&journey, &rows);
    let path = analysis.graph.paths.most_travelled.as_ref().unwrap();
    assert_eq!(path.touchpoints, ["a", "b", "c", "d"]);
    assert!((path.share.unwrap() - 0.75).abs() < 1e-12);
    let means: Vec<f64> = (1..=4).map(|column| points(&rows, column, column)).collect();
    assert!((path.mean.unwrap() - means.iter().sum::<f64>() / 4.0).abs() < 1e-9);
    assert_eq!(path.peak.as_ref().unwrap().touchpoint, "a");
    assert_eq!(path.low.as_ref().unwrap().touchpoint, "b");
    assert_eq!(path.end.as_ref().unwrap().touchpoint, "d");
    assert_eq!(analysis.graph.paths.best.as_ref().unwrap().touchpoints, path.touchpoints);
}

/// Half of those at a go on to b, half of those at b go back, and all others leave: every
/// share is known, and no way leads to the end.
#[test]
fn where_nobody_completes_no_share_is_said_to_be_open() {
    let reason = |flow: &str| {
        let journey = read_journey(&format!(
            "id: j\nname: J\nstages:\n  - id: s\n    name: S\n    touchpoints:\n      \
             - {{id: a, name: A}}\n      - {{id: b, name: B}}\nflow:\n{flow}\
             survey:\n  files: [{{path: r.csv, wave: 2025}}]\n  scale: [1, 5]\n  overall: o\n"
        ));
        let analysis = analysed(&journey, &rows()[..54]);
        assert_eq!(analysis.graph.paths.most_travelled, None);
        analysis.graph.paths.reasons["most_travelled"].clone()
    };
    let back = "  - {from: start, to: a}\n  - {from: a, to: b, share: 0.5}\n  \
                - {from: b, to: a, share: 0.5}\n";
    assert_eq!(reason(back), "nobody completes the journey");
    let open = "  - a -> b\n  - a -> end\n";
    assert_eq!(reason(open), "the flow leaves shares open");
}

/// 300 rated everything. Of 30 without an overall answer, whom a suppressed tally leaves out
/// of its joint sums, four rated a and nobody b: the scores still tell of them.
#[test]
fn those_in_no_joint_sums_are_not_told_of_by_those_who_rated_both() {
    let journey = journey();
    let mut csv = "g,a,b,c,d,o\n".to_owned();
    for at in 0..330 {
        let (a, b) = (2 + (at * 7) % 3, 1 + (at * 3) % 4);
        let answers = match at {
            0..300 => format!("{a},{b},{a},{b},{a}"),
            300..304 => format!("{a},6,6,6,6"),
            _ => format!("6,6,{a},6,6"),
        };
        csv.extend([&(at % 10).to_string(), ",", &answers, "\n"]);
    }
    let tallied = |below: Option<u64>| {
        let file = file("r.csv", Some("2025"));
        let bytes: Box<dyn std::io::Read + Send> =
            Box::new(std::io::Cursor::new(csv.clone()));
        let inputs = vec![ResponseInput { name: "r.csv", file: &file, bytes }];
        let mut problems = Diagnostics::default();
        let options = TallyOptions::default();
        let mut counted =
            count(&journey, inputs, &options, &mut problems).unwrap().unwrap();
        if let Some(below) = below {
            counted.suppress(below);
        }
        let tally = sum_up(&journey, counted, &mut problems).unwrap();
        assert_eq!(problems.into_sorted(), []);
        let measures = measure(&journey, &JourneyGraph::new(&journey));
        let visits = measures.visits.as_deref();
        analyse(&journey, &tally, &measures.facts, visits, &AnalyseOptions::default())
            .unwrap()
    };
    for below in [None, Some(10)] {
        let analysis = tallied(below);
        assert_eq!(analysis.touchpoints[0].score.n, Some(304));
        let ab = &analysis.graph.hand_off_scores[0];
        assert!(ab.difference.is_some() && ab.p.is_some(), "{:?}", ab.reasons);
        assert_eq!((ab.among_both, ab.n_both), (None, None), "{below:?}");
        assert!(ab.reasons["among_both"].contains("too few rated only one"));
    }
}
