//! What stands beside the scores: counted by hand in small surveys, planted in the home-buying
//! one, and absent where nobody says it.

use std::fs;
use std::path::{Path, PathBuf};

use touchmap::model::{Analysis, ExpectationSource, Need};

use crate::home_buying::analysis;
use crate::shared::{root, text, touchmap};

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn analysed(folder: &Path) -> Analysis {
    let output = touchmap(folder, &["score", "m.yaml", "--format", "json"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

const HEAD: &str = "id: m\nname: M\n\
    stages: [{id: s, name: S, touchpoints: [{id: a, name: A}, {id: b, name: B}]}]\n";

/// So many rows of each kind.
fn rows(header: &str, kinds: &[(usize, &str)]) -> String {
    let lines = kinds.iter().flat_map(|(count, row)| std::iter::repeat_n(*row, *count));
    let lines: Vec<&str> = std::iter::once(header).chain(lines).collect();
    lines.join("\n") + "\n"
}

#[test]
fn causes_are_shares_of_those_who_say_why() {
    // Dissatisfied: 40 say why, of whom 30 name 23 (slow response), 10 name 52, 5 both.
    // Satisfied: 50 say why, 5 name 23. Twenty more say nothing.
    let survey =
        "survey: {files: r.csv, wave: w, reasons: {a: {column: why, separators: '/'}}}\n";
    let rows = rows(
        "w,a,b,why",
        &[
            (25, "1,2,9,23"),
            (5, "1,2,9,23/52"),
            (5, "1,3,9,52"),
            (5, "1,3,9,red_tape"),
            (20, "1,1,9,"),
            (5, "1,9,9,Slow response"),
            (45, "1,10,9,没有没"),
        ],
    );
    let map = HEAD.to_owned()
        + &survey.replace("separators: '/'", "separators: '/', codes: {没有没: other}");
    let it = analysed(&folder("beside-causes", &[("m.yaml", &map), ("r.csv", &rows)]));
    let [result] = it.causes.as_slice() else { panic!("{:?}", it.causes) };
    assert_eq!(
        (result.said, result.dissatisfied, result.satisfied),
        (Some(90), Some(40), Some(50))
    );
    near(result.coded.unwrap(), 45.0 / 90.0);
    let slow = &result.causes[0];
    assert_eq!((slow.id.as_str(), slow.named), ("slow_response", 35));
    let share = slow.dissatisfied.as_ref().unwrap();
    near(share.share, 0.75);
    // Wilson's interval of 30 of 40, as statsmodels has it.
    assert!((share.ci[0] - 0.598_060).abs() < 1e-6, "{:?}", share.ci);
    assert!((share.ci[1] - 0.858_128).abs() < 1e-6, "{:?}", share.ci);
    near(slow.satisfied.as_ref().unwrap().share, 0.1);
    near(slow.difference.as_ref().unwrap().difference, 0.65);
    let ids: Vec<&str> = result.causes.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["slow_response", "no_cooperation", "red_tape"]);
    assert_eq!(result.main.as_deref(), Some("slow_response"));
    let groups: Vec<(&str, u64)> =
        result.groups.iter().map(|it| (it.id.as_str(), it.named)).collect();
    assert_eq!(groups, [("speed", 35), ("process", 5), ("consistency", 10)]);
}

#[test]
fn ticks_are_causes_and_blanks_are_not() {
    let survey = "survey: {files: r.csv, wave: w, reasons: {a: {columns: {privacy: p, \
        jargon: j, other: o}}}}\n";
    let rows = rows(
        "w,a,b,p,j,o",
        &[(30, "1,2,9,1,0,0"), (10, "1,2,9,0,1,1"), (7, "1,2,9,,,"), (20, "1,9,9,0,0,1")],
    );
    let map = HEAD.to_owned() + survey;
    let it = analysed(&folder("beside-ticks", &[("m.yaml", &map), ("r.csv", &rows)]));
    let result = &it.causes[0];
    assert_eq!(
        (result.said, result.dissatisfied, result.satisfied),
        (Some(60), Some(40), Some(20))
    );
    near(result.causes[0].dissatisfied.as_ref().unwrap().share, 0.75);
    near(result.coded.unwrap(), 40.0 / 60.0);
}

/// METHOD §12: 40 of 100 had a problem, 10 complained, so that 3 are silent for each; Wilson's
/// limits of 10 of 40 are 0.14187 and 0.40194 (statsmodels), which makes 1.48794 and 6.04865.
#[test]
fn silent_customers_follow_from_the_rate_of_complaints() {
    let survey = "survey: {files: r.csv, wave: w, overall: o, recommend: {column: n, scale: [0, \
        10]}, complaints: {problem: p, complained: c, resolved: r, days: d, within: 7}}\n";
    let rows = rows(
        "w,a,b,o,n,p,c,r,d",
        &[
            (60, "1,8,9,9,9,no,,,"),
            (30, "1,8,9,5,6,yes,no,,"),
            (3, "1,8,9,8,10,yes,yes,yes,7"),
            (2, "1,8,9,7,7,yes,yes,yes,8"),
            (5, "1,8,9,3,0,yes,yes,no,20"),
        ],
    );
    let map = HEAD.to_owned() + survey;
    let it =
        analysed(&folder("beside-complaints", &[("m.yaml", &map), ("r.csv", &rows)]));
    let result = it.complaints.unwrap();
    assert_eq!(result.n, Some(100));
    near(result.problem.as_ref().unwrap().share, 0.4);
    near(result.complained.as_ref().unwrap().share, 0.25);
    near(result.silent.unwrap(), 3.0);
    let [low, high] = result.silent_ci.unwrap().map(Option::unwrap);
    assert!((low - 1.487_935_910).abs() < 1e-6 && (high - 6.048_647_618).abs() < 1e-6);
    // Ten complaints are just enough to be told of; five resolved ones are not.
    near(result.resolved.as_ref().unwrap().share, 0.5);
    assert_eq!(result.in_time, None);
    let case = |name: &str| result.cases.iter().find(|it| it.case == name).unwrap();
    assert_eq!(case("no_problem").n, Some(60));
    near(case("no_problem").overall.mean.unwrap(), 9.0);
    near(case("silent").recommend.nps.unwrap(), -100.0);
    for few in ["resolved", "resolved_late", "unresolved"] {
        let it = case(few);
        assert!(it.n.is_none() && it.overall.mean.is_none(), "{few} is told");
    }
}

#[test]
fn expectations_have_three_states_whether_asked_or_declared() {
    let survey = "survey: {files: r.csv, wave: w, expectations: {a: e}, importance: {a: i, b: j}}\n\
        service_levels: {of: score, edges: [20, 40, 60, 80], loyalty: [A, B, C, D, E]}\n";
    // On 1–10, 9 is 88.9 points: nearest to 85 is 9 (88.9) and 8.65.
    let map =
        HEAD.replace("{id: b, name: B}", "{id: b, name: B, expectation: 89}") + survey;
    let rows = rows(
        "w,a,b,e,i,j",
        &[(10, "1,8,9,9,10,3"), (20, "1,9,8,9,9,4"), (10, "1,10,10,9,9,3")],
    );
    let it = analysed(&folder("beside-expected", &[("m.yaml", &map), ("r.csv", &rows)]));
    let asked = it.touchpoints[0].expectation.as_ref().unwrap();
    assert_eq!((asked.source, asked.n), (ExpectationSource::Asked, 40));
    near(asked.points, 100.0 * 8.0 / 9.0);
    near(asked.below.share, 0.25);
    near(asked.met.share, 0.5);
    near(asked.above.share, 0.25);
    let declared = it.touchpoints[1].expectation.as_ref().unwrap();
    assert_eq!(declared.source, ExpectationSource::Declared);
    near(declared.below.share, 0.5);
    near(declared.met.share, 0.25);
    near(declared.above.share, 0.25);
    let levels = it.touchpoints[1].service_levels.as_ref().unwrap();
    let shares: Vec<f64> = levels.iter().map(|it| it.share).collect();
    // 8 is 77.8 points, 9 88.9, 10 100.
    assert_eq!(shares.len(), 5);
    near(shares[3], 0.5);
    near(shares[4], 0.5);
    near(it.touchpoints[0].stated.as_ref().unwrap().points.unwrap(), 100.0 * 8.25 / 9.0);
    assert_eq!(
        it.touchpoints[0].stated.as_ref().unwrap().need,
        None,
        "no importance is derived"
    );
}

#[test]
fn a_codebook_of_the_map_replaces_ours_or_adds_to_it() {
    let book = "groups:\n  - id: lifts\n    name: Lifts\n    causes:\n      \
        - {id: lift_stuck, name: Lift stuck, keywords: [lift stuck]}\n";
    let survey = "causes: book.yaml\nsurvey: {files: r.csv, wave: w, comments: {a: c}}\n";
    let rows =
        rows("w,a,b,c", &[(20, "1,2,9,the lift stuck again"), (20, "1,2,9,排队太久")]);
    let map = HEAD.to_owned() + survey;
    let named = |book: &str, name: &str| -> Vec<String> {
        let files =
            [("m.yaml", map.as_str()), ("book.yaml", book), ("r.csv", rows.as_str())];
        let it = analysed(&folder(name, &files));
        it.causes[0].causes.iter().map(|it| it.id.clone()).collect()
    };
    assert_eq!(named(book, "beside-own-book"), ["lift_stuck"]);
    let extended = format!("extends: true\n{book}");
    let mut both = named(&extended, "beside-more-book");
    both.sort();
    assert_eq!(both, ["lift_stuck", "overload"]);
}

#[test]
fn what_is_planted_beside_the_scores_is_found() {
    let it = analysis();
    let causes = |id: &str| {
        let mut all = it.causes.iter();
        all.find(|it| it.touchpoint == id && it.segment.is_none() && it.wave == "2025")
            .unwrap()
    };
    for (touchpoint, main) in [
        ("repair_on_time", "missed_deadline"),
        ("leaks", "poor_product"),
        ("progress", "slow_response"),
    ] {
        assert_eq!(causes(touchpoint).main.as_deref(), Some(main), "{touchpoint}");
    }
    let promised: Vec<&str> = it
        .touchpoints
        .iter()
        .filter(|it| it.expectation.as_ref().is_some_and(|it| it.over_promised))
        .map(|it| it.id.as_str())
        .collect();
    assert_eq!(promised, ["leaks"]);
    let need = |id: &str| {
        let touchpoint = it.touchpoints.iter().find(|it| it.id == id).unwrap();
        touchpoint.stated.as_ref().unwrap().need
    };
    assert_eq!(need("gardens"), Some(Need::OnlySaid));
    assert_eq!(need("progress"), Some(Need::OnlyMoves));
    assert_eq!(need("leaks"), Some(Need::SaidAndMoves));
    let complaints = it.complaints.as_ref().unwrap();
    let rate = complaints.complained.as_ref().unwrap().ci;
    assert!(rate[0] < 0.31 && 0.31 < rate[1], "31 % complain: {rate:?}");
    let worth = |case: &str, than: &str| {
        let mut all = complaints.worth.iter();
        all.find(|it| it.case == case && it.than == than).unwrap()
    };
    let resolved = worth("resolved", "unresolved");
    assert!(resolved.q <= 0.05 && resolved.points > 5.0, "{resolved:?}");
    assert!(worth("silent", "no_problem").points < 0.0);
    let operation =
        it.operations.iter().find(|it| it.touchpoint == "repair_on_time").unwrap();
    assert_eq!((operation.better, operation.on_target), (Some(false), Some(false)));
    let inside = it.inside.as_ref().unwrap();
    let link = |id: &str| inside.links.iter().find(|it| it.internal == id).unwrap();
    assert!(link("dispatch").ci.unwrap()[0] > 0.0, "{:?}", link("dispatch"));
    let parts = link("spare_parts").ci.unwrap();
    assert!(parts[0] < 0.0 && parts[1] > 0.0, "{parts:?}");
    let dispatch =
        inside.analysis.touchpoints.iter().find(|it| it.id == "dispatch").unwrap();
    assert!(dispatch.change.as_ref().is_some_and(|it| it.relevant && it.points < 0.0));
}

#[test]
fn each_of_it_is_in_the_report_in_three_languages() {
    let output = touchmap(
        &root().join("journeys/home-buying"),
        &["report", "journey.yaml", "--language", "en,zh-Hans,zh-Hant", "-o", "-"],
    );
    let html = text(&output.stdout);
    for words in [
        "Missed deadline",
        "延误时限",
        "延誤時程",
        "Line of visibility",
        "Sending the fitters",
        "派工调度",
        "派工調度",
        "What it is worth",
        "解决问题的价值",
        "解決問題的價值",
        "A hidden need",
        "隐性需求",
        "隱性需求",
        "In their words",
        "客户原话",
        "顧客原話",
        "Days until it is repaired",
        "修复用时",
        "修復天數",
        "beyond hope",
        "意想不到",
        "One in 26 dissatisfied customers complains",
    ] {
        assert!(html.contains(words), "{words} is not in the report");
    }
    assert!(html.matches("<blockquote").count() >= 12, "quotes in each language");
}

#[test]
fn a_survey_with_none_of_it_loses_nothing() {
    let survey = "survey: {files: r.csv, wave: w}\n";
    let rows = rows("w,a,b", &[(40, "1,2,9"), (40, "1,9,8")]);
    let map = HEAD.to_owned() + survey;
    let folder = folder("beside-nothing", &[("m.yaml", &map), ("r.csv", &rows)]);
    let json = text(&touchmap(&folder, &["score", "m.yaml", "--format", "json"]).stdout);
    for key in [
        "causes",
        "quotes",
        "complaints",
        "operations",
        "inside",
        "expectation",
        "stated",
    ] {
        assert!(!json.contains(&format!("\"{key}\"")), "{key}");
    }
    let html = text(&touchmap(&folder, &["report", "m.yaml", "-o", "-"]).stdout);
    for section in ["why", "complaints", "inside"] {
        assert!(!html.contains(&format!("id=\"{section}\"")), "{section} is there");
    }
    for note in [
        "Nobody says why",
        "does not ask for problems and complaints",
        "has no touchpoints of the people inside",
    ] {
        assert!(html.contains(note), "the method does not say: {note}");
    }
}
