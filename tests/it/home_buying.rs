//! What was planted in the responses of `journeys/home-buying` is found again, by name, and
//! nothing that was not planted is called a pain point or a moment of truth.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use touchmap::model::{
    Analysis, AsymmetryClass, Label, PositionQuadrant, Role, SegmentResult, Severity,
    TouchpointResult,
};

use crate::shared::{root, text, touchmap};

/// The analysis as the command line writes it.
pub(crate) fn analysis() -> &'static Analysis {
    static ANALYSIS: OnceLock<Analysis> = OnceLock::new();
    ANALYSIS.get_or_init(|| {
        let output = touchmap(
            &root().join("journeys/home-buying"),
            &["score", "journey.yaml", "--format", "json"],
        );
        assert!(output.status.success(), "{}", text(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    })
}

fn planted() -> Vec<Value> {
    let path = root().join("journeys/home-buying/truth.json");
    let truth: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    truth["planted"].as_array().unwrap().clone()
}

fn of_kind(kind: &str) -> Vec<Value> {
    planted().into_iter().filter(|it| it["kind"] == kind).collect()
}

fn names(planted: &[Value]) -> BTreeSet<String> {
    planted.iter().map(|it| it["touchpoint"].as_str().unwrap().to_owned()).collect()
}

fn touchpoint(id: &str) -> &'static TouchpointResult {
    analysis().touchpoints.iter().find(|it| it.id == id).unwrap()
}

fn labelled(label: Label) -> BTreeSet<String> {
    let all = analysis().touchpoints.iter();
    all.filter(|it| it.labels.contains(&label)).map(|it| it.id.clone()).collect()
}

fn found_by(rule: &str) -> BTreeSet<String> {
    let of_rule = analysis().findings.iter().filter(|it| it.rule == rule);
    of_rule.filter_map(|it| it.touchpoint.clone()).collect()
}

#[test]
fn the_planted_pain_points_are_found_and_no_others() {
    let planted = of_kind("pain_point");
    assert_eq!(planted.len(), 6);
    assert_eq!(labelled(Label::PainPoint), names(&planted));
    assert_eq!(found_by("pain_point"), names(&planted));
    for it in &planted {
        let pain = touchpoint(it["touchpoint"].as_str().unwrap()).pain.as_ref().unwrap();
        let severity = match pain.severity.unwrap() {
            Severity::Mild => "pain_point, mild",
            Severity::Serious => "pain_point, serious",
            Severity::Critical => "pain_point, critical",
        };
        assert_eq!(it["expected"], severity);
    }
}

#[test]
fn the_planted_moments_of_truth_are_found_and_no_others() {
    let (all, niche) = (of_kind("moment_of_truth"), of_kind("niche_moment_of_truth"));
    assert_eq!((all.len(), niche.len()), (4, 1));
    assert_eq!(labelled(Label::MomentOfTruth), names(&all));
    assert_eq!(found_by("moment_of_truth"), names(&all));
    assert_eq!(labelled(Label::NicheMomentOfTruth), names(&niche));
    assert_eq!(found_by("niche_moment_of_truth"), names(&niche));
    for it in &all {
        let broken = it["expected"].as_str().unwrap().contains("broken");
        let role = touchpoint(it["touchpoint"].as_str().unwrap()).role;
        assert_eq!(role, Some(if broken { Role::Broken } else { Role::Protect }), "{it}");
    }
}

#[test]
fn the_planted_asymmetries_are_found() {
    let class = |id: &str| touchpoint(id).asymmetry.as_ref().unwrap().class;
    for it in of_kind("must_be") {
        assert_eq!(class(it["touchpoint"].as_str().unwrap()), AsymmetryClass::MustBe);
    }
    let delighters = of_kind("delighter");
    let expected = |label: &str| -> BTreeSet<String> {
        let of = delighters.iter().filter(|it| it["expected"] == label);
        of.map(|it| it["touchpoint"].as_str().unwrap().to_owned()).collect()
    };
    for (label, name) in
        [(Label::DelightPoint, "delight_point"), (Label::ItchPoint, "itch_point")]
    {
        assert_eq!(expected(name).len(), 1);
        assert_eq!(labelled(label), expected(name));
        assert_eq!(found_by(name), expected(name));
    }
}

#[test]
fn the_planted_changes_are_found_with_their_signs() {
    let planted = of_kind("change");
    assert_eq!(planted.len(), 3);
    for it in &planted {
        let change =
            touchpoint(it["touchpoint"].as_str().unwrap()).change.as_ref().unwrap();
        assert!(change.relevant && change.q.unwrap() <= 0.05, "{it}");
        assert!(change.points * it["points"].as_f64().unwrap() > 0.0, "{it}");
    }
    let relevant = analysis()
        .touchpoints
        .iter()
        .filter(|it| it.change.as_ref().is_some_and(|it| it.relevant));
    let relevant: BTreeSet<String> = relevant.map(|it| it.id.clone()).collect();
    let hidden = names(&of_kind("mix_hides_a_fall"));
    assert_eq!(relevant, &names(&planted) | &hidden);
}

fn segment(segment: &str, value: &str, touchpoint: &str) -> &'static SegmentResult {
    let mut all = analysis().segments.iter();
    all.find(|it| {
        it.segment == segment && it.value == value && it.touchpoint == touchpoint
    })
    .unwrap()
}

#[test]
fn the_planted_segments_are_lower_than_the_rest() {
    let planted = of_kind("segment_effect");
    assert_eq!(planted.len(), 3);
    for it in &planted {
        let (of, value) =
            (it["segment"][0].as_str().unwrap(), it["segment"][1].as_str().unwrap());
        let found = segment(of, value, it["touchpoint"].as_str().unwrap());
        let versus = found.vs_rest.as_ref().unwrap();
        assert!(versus.q <= 0.05 && versus.points < 0.0 && versus.relevant, "{it}");
        let [low, high] = versus.points_ci;
        let aimed = it["points"].as_f64().unwrap();
        assert!(low < aimed && aimed < high, "{aimed} is not in {low} to {high}");
    }
    assert_eq!(found_by("segment_gap"), names(&planted));
    // METHOD §5: nobody who awaits the keys has met a leak, which is not withheld.
    let awaiting = segment("phase", "准业主", "leaks");
    assert_eq!(awaiting.reason.as_deref(), Some("nobody answered in 2025"));
}

#[test]
fn the_values_of_a_segment_are_in_the_order_of_the_map() {
    let sizes = analysis().segment_sizes.iter();
    let phases: Vec<&str> =
        sizes.filter(|it| it.segment == "phase").map(|it| it.value.as_str()).collect();
    assert_eq!(phases, ["准业主", "磨合期", "稳定期", "老业主"]);
    for segment in ["city", "phase", "product", "project"] {
        let sizes = || analysis().segment_sizes.iter().filter(|it| it.segment == segment);
        assert_eq!(sizes().map(|it| it.n.unwrap()).sum::<u64>(), 1231);
        let shares: f64 = sizes().map(|it| it.share.unwrap()).sum();
        assert!((shares - 1.0).abs() < 1e-12);
    }
}

#[test]
fn the_model_says_what_it_rests_on() {
    let model = analysis().model.as_ref().unwrap();
    assert_eq!((model.k, model.groups, model.n), (25, 100, 1212));
    assert_eq!(Some(model.n), analysis().overall.n);
    assert!(model.r_squared_adjusted < model.r_squared && model.r_squared < 1.0);
    let share = |of: fn(&TouchpointResult) -> Option<f64>| -> f64 {
        analysis().touchpoints.iter().map(|it| of(it).unwrap()).sum()
    };
    let parts: [fn(&TouchpointResult) -> Option<f64>; 3] = [
        |it| it.importance.as_ref()?.share,
        |it| it.importance.as_ref()?.user_share,
        |it| it.importance.as_ref()?.johnson,
    ];
    for part in parts {
        assert!((share(part) - 1.0).abs() < 1e-9);
    }
    assert!(model.johnson_difference.unwrap() < 0.03);
    assert!(!analysis().notes.iter().any(|it| it.code == "TM317"));
}

#[test]
fn lifts_rank_what_is_under_target_and_nothing_else() {
    let gains =
        analysis().touchpoints.iter().filter_map(|it| Some((it, it.lift.as_ref()?)));
    let mut ranked: Vec<(usize, &str)> = Vec::new();
    for (result, lift) in gains {
        let under = result.score.points.unwrap() < result.target.unwrap();
        assert_eq!(lift.rank.is_some(), under, "{}", result.id);
        ranked.extend(lift.rank.map(|rank| (rank, result.id.as_str())));
        if let (Some(rank), Some([best, worst])) = (lift.rank, lift.rank_interval) {
            assert!(best <= rank && rank <= worst);
        }
    }
    ranked.sort_unstable();
    let ranks: Vec<usize> = ranked.iter().map(|(rank, _)| *rank).collect();
    assert_eq!(ranks, (1..=ranked.len()).collect::<Vec<_>>());
    // The two must-bes that fail most are worth most, and the sample cannot part them.
    let first: BTreeSet<&str> = ranked.iter().take(2).map(|(_, id)| *id).collect();
    assert_eq!(first, BTreeSet::from(["leaks", "repair_on_time"]));
    for id in first {
        let result = touchpoint(id);
        assert!(result.lift.as_ref().unwrap().tied_with_leader);
        let quadrant = result.position.as_ref().unwrap().quadrant;
        assert_eq!(quadrant, PositionQuadrant::Concentrate);
    }
}

#[test]
fn a_benchmark_is_a_constant_and_says_so() {
    let benchmark =
        |id: &str| analysis().benchmarks.iter().find(|it| it.touchpoint == id).unwrap();
    let leaks = benchmark("leaks");
    let score = &touchpoint("leaks").score;
    assert!((leaks.difference.unwrap() - (score.points.unwrap() - 69.0)).abs() < 1e-9);
    assert_eq!(leaks.test, "benchmark without its own error");
    assert!(leaks.relevant && leaks.q.is_some());
    assert_eq!(benchmark("overall").q, None);
    // Only the forum has a score of the fees, and it was scored otherwise.
    let fees = benchmark("fees");
    assert_eq!((fees.difference, fees.p), (None, None));
    assert!(fees.reason.as_ref().unwrap().contains("other scoring"));
    let of_two = analysis().benchmarks.iter().filter(|it| it.test == "two samples");
    assert_eq!(of_two.count(), 5);
}

#[test]
fn three_waves_make_no_line() {
    assert!(analysis().trend_lines.is_empty());
    assert_eq!(analysis().reasons["trend_lines"], "fewer than four waves");
}

#[test]
fn the_number_of_threads_does_not_show() {
    let run = |threads: &str| {
        let arguments =
            ["score", "journey.yaml", "--format", "json", "--threads", threads];
        touchmap(&root().join("journeys/home-buying"), &arguments).stdout
    };
    assert!(run("1") == run("3"), "another number of threads gives other bytes");
}

/// The inspection was aimed at 6 points more than in 2024, doors and windows at 5, and the
/// progress updates at no more: an engineer at every inspection and a look at every window
/// showed, photographs did not. What is to come is not judged.
#[test]
fn what_actions_did_is_found_and_nothing_else_is_claimed() {
    use touchmap::model::ActionOutcome::{AsExpected, NoReliableChange, TooEarly};
    let planted = of_kind("change");
    for (id, points) in [("inspection", 6.0), ("doors_windows", 5.0)] {
        let aimed = planted.iter().find(|it| it["touchpoint"] == id).unwrap();
        assert_eq!(aimed["points"].as_f64(), Some(points), "{aimed}");
    }
    let found: Vec<_> =
        analysis().actions.iter().map(|it| (it.id.as_str(), it.outcome)).collect();
    let expected = [
        ("inspection-walk", AsExpected),
        ("window-check", AsExpected),
        ("site-photos", NoReliableChange),
        ("repair-slots", TooEarly),
        ("ponding-test", TooEarly),
        ("answer-in-48h", TooEarly),
    ];
    assert_eq!(found, expected);
    // The change is the one that the report of the touchpoint tells.
    let touchpoints = ["inspection", "doors_windows", "progress"];
    for (action, id) in analysis().actions.iter().zip(touchpoints) {
        assert_eq!(action.change, touchpoint(id).change);
    }
}

/// Layouts are aimed at 3 points less for every product, and the best homes, whose owners like
/// them most, are half of all in place of a tenth: as a whole they rise. Nothing else is said to
/// be turned round.
#[test]
fn a_mix_that_hides_a_fall_is_told() {
    let [planted] = of_kind("mix_hides_a_fall").try_into().unwrap();
    let id = planted["touchpoint"].as_str().unwrap();
    let change = touchpoint(id).change.as_ref().unwrap();
    assert!(change.relevant && change.points > 2.0);
    let turned: Vec<_> = analysis()
        .mix
        .iter()
        .filter(|it| it.against && it.mix_points.abs() >= 2.0)
        .map(|it| (it.segment.as_str(), it.touchpoint.as_str()))
        .collect();
    assert_eq!(turned, [("product", id)]);
    let found =
        analysis().mix.iter().find(|it| it.touchpoint == id && it.against).unwrap();
    assert!((found.rate_points + found.mix_points - change.points).abs() < 1e-9);
    // The standard error of the change is about 0.8 points.
    assert!((found.rate_points - planted["points"].as_f64().unwrap()).abs() < 1.6);
    let notes: Vec<_> = analysis()
        .notes
        .iter()
        .filter(|it| it.code == "TM346")
        .map(|it| it.about.as_deref().unwrap())
        .collect();
    assert_eq!(notes, [id]);
    for (language, words) in [
        ("en", ["fell in every group by product", "With the mix held still"]),
        ("zh-Hans", ["每个客群都在下降", "若构成不变，应下降"]),
        ("zh-Hant", ["每個客群都在下降", "若構成不變，應下降"]),
    ] {
        let arguments = ["report", "journey.yaml", "-o", "-", "--language", language];
        let output = touchmap(&root().join("journeys/home-buying"), &arguments);
        let page = text(&output.stdout);
        for word in words {
            assert!(page.contains(word), "{language}: no {word}");
        }
    }
}
