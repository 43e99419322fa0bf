//! What was planted, for those who check whether a report finds it.

use serde::Serialize;

use super::generator::plan::{Plan, WAVES};

/// Changes whenever the same seed gives other answers.
const VERSION: u32 = 3;

/// The planted truth of one data set.
#[derive(Serialize)]
pub(crate) struct Truth {
    generator: &'static str,
    version: u32,
    seed: u64,
    planted: Vec<Planted>,
    /// Points that the answers were aimed at, by touchpoint and wave; `null` if not asked.
    points: Vec<Aim>,
}

/// One planted thing.
#[derive(Serialize)]
struct Planted {
    kind: &'static str,
    touchpoint: &'static str,
    /// Segment and value, for what holds in one segment only.
    #[serde(skip_serializing_if = "Option::is_none")]
    segment: Option<(&'static str, &'static str)>,
    wave: u16,
    /// Size in points, where it has one: the score, or the difference.
    points: Option<f64>,
    expected: &'static str,
}

/// The points a touchpoint was aimed at.
#[derive(Serialize)]
struct Aim {
    touchpoint: &'static str,
    waves: Vec<(u16, Option<f64>)>,
}

impl Truth {
    /// The truth of `plan` under `seed`; empty where nothing is planted.
    pub(crate) fn of(plan: &Plan, seed: u64) -> Self {
        let planted =
            if plan.segment_effects.is_empty() { Vec::new() } else { planted(plan) };
        let points = plan.touchpoints.iter().map(|it| {
            let waves = WAVES.iter().zip(it.points);
            let aim =
                |(&(year, _), points)| (year, (it.asked_since <= year).then_some(points));
            Aim { touchpoint: it.id, waves: waves.map(aim).collect() }
        });
        Self {
            generator: "home_buying_survey",
            version: VERSION,
            seed,
            planted,
            points: points.collect(),
        }
    }
}

/// Kind, touchpoint, and the label or test that should show it.
const LABELS: &[(&str, &str, &str)] = &[
    ("pain_point", "leaks", "pain_point, critical"),
    ("pain_point", "repair_on_time", "pain_point, critical"),
    ("pain_point", "follow_up", "pain_point, critical"),
    ("pain_point", "sound", "pain_point, serious"),
    ("pain_point", "fees", "pain_point, mild"),
    ("pain_point", "complaint_resolve", "pain_point, critical"),
    ("moment_of_truth", "inspection", "moment_of_truth"),
    ("moment_of_truth", "leaks", "moment_of_truth, broken_moment_of_truth"),
    ("moment_of_truth", "repair_on_time", "moment_of_truth, broken_moment_of_truth"),
    ("moment_of_truth", "security", "moment_of_truth"),
    ("niche_moment_of_truth", "complaint_resolve", "niche_moment_of_truth"),
    ("must_be", "leaks", "asymmetry.class must_be"),
    ("must_be", "repair_on_time", "asymmetry.class must_be"),
    ("delighter", "security", "delight_point"),
    ("delighter", "progress", "itch_point"),
];

/// Touchpoint, segment, value, and difference from all others in points.
const SEGMENTS: [(&str, (&str, &str), f64); 3] = [
    ("leaks", ("phase", "磨合期"), -8.0),
    ("parking", ("city", "武汉"), -8.0),
    ("layout_storage", ("product", "刚需"), -14.0),
];

/// What is planted beside the scores.
const BESIDE: &[(&str, &str, &str)] = &[
    ("cause", "progress", "slow_response"),
    ("cause", "leaks", "poor_product"),
    ("cause", "repair_on_time", "missed_deadline"),
    ("over_promised", "leaks", "over_promised, TM347"),
    ("hidden_need", "progress", "only_moves"),
    ("inside", "repair_on_time", "dispatch goes with it, spare_parts does not"),
];

/// The touchpoint that falls for every value of a segment, and rises as a whole.
const HIDDEN: &str = "layout_storage";

fn planted(plan: &Plan) -> Vec<Planted> {
    let wave = WAVES[2].0;
    let points = |id| plan.touchpoints.iter().find(|it| it.id == id).map(|it| it.points);
    let labels = LABELS.iter().map(|&(kind, touchpoint, expected)| {
        let points = points(touchpoint).map(|it| it[2]);
        Planted { kind, touchpoint, segment: None, wave, points, expected }
    });
    let changes = ["inspection", "doors_windows", "repair_on_time"].map(|touchpoint| {
        let points = points(touchpoint).map(|it| it[2] - it[1]);
        let expected = "change.relevant against 2024";
        Planted { kind: "change", touchpoint, segment: None, wave, points, expected }
    });
    let segments = SEGMENTS.iter().map(|&(touchpoint, segment, points)| Planted {
        kind: "segment_effect",
        touchpoint,
        segment: Some(segment),
        wave,
        points: Some(points),
        expected: "lower than the rest, q <= 0.05",
    });
    let hidden = Planted {
        kind: "mix_hides_a_fall",
        touchpoint: HIDDEN,
        segment: None,
        wave,
        points: points(HIDDEN).map(|it| it[2] - it[1]),
        expected: "falls for every product, rises as a whole",
    };
    let beside = BESIDE.iter().map(|&(kind, touchpoint, expected)| Planted {
        kind,
        touchpoint,
        segment: None,
        wave,
        points: None,
        expected,
    });
    labels.chain(changes).chain(segments).chain([hidden]).chain(beside).collect()
}
