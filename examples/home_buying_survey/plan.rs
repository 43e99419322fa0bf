//! What the answers are to look like: the truth that a report should find again.

/// Waves, and how many people answer in each.
pub(crate) const WAVES: [(u16, u32); 3] = [(2023, 1_198), (2024, 1_214), (2025, 1_231)];

/// Least and greatest answer to a question about a touchpoint.
pub(crate) const SCALE: (u8, u8) = (1, 10);

/// How a touchpoint moves the overall answer, in overall answers per answer.
#[derive(Clone, Copy)]
pub(crate) enum Link {
    /// Every step counts the same.
    Steady(f64),
    /// So much more for a high answer (9, 10), as much less for a low one (1 to 4). A steady
    /// link would not do where nothing is to be found: low answers lie further from the
    /// middle than high ones, and look as if they cost more.
    Even(f64),
    /// Only failures count: the slope under the knee; over it, nothing (must-be).
    UpTo { knee: f64, slope: f64 },
    /// Only excellence counts: the slope over the knee; under it, nothing (delighter).
    From { knee: f64, slope: f64 },
}

impl Link {
    /// What `answer` adds to the overall answer.
    pub(crate) fn effect(self, answer: f64) -> f64 {
        match self {
            Self::Steady(slope) => slope * answer,
            Self::Even(step) if answer > 8.0 => step,
            Self::Even(step) if answer < 5.0 => -step,
            Self::Even(_) => 0.0,
            Self::UpTo { knee, slope } => -slope * (knee - answer).max(0.0),
            Self::From { knee, slope } => slope * (answer - knee).max(0.0),
        }
    }
}

/// A touchpoint and how its answers are spread.
pub(crate) struct Touchpoint {
    pub(crate) id: &'static str,
    /// Weighted mean by wave, in points, of customers with the homes of the first wave.
    pub(crate) points: [f64; 3],
    /// Standard deviation, in answers, of what is neither mood nor incident.
    pub(crate) spread: f64,
    /// Share of the visits that go badly wrong.
    pub(crate) incidents: f64,
    pub(crate) link: Link,
    /// First year of the question.
    pub(crate) asked_since: u16,
}

/// Customers of one segment value score a touchpoint differently from the rest.
pub(crate) struct SegmentEffect {
    pub(crate) touchpoint: &'static str,
    /// A city, a phase or a product.
    pub(crate) value: &'static str,
    /// Difference from all others, in answers, before the scale cuts it off.
    pub(crate) shift: f64,
}

/// Who meets which touchpoint.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visits {
    /// Those whose way through the flow leads there.
    ByFlow,
    /// Everyone meets everything: reach must not make importance unequal.
    Everyone,
}

/// Whether something is to be found in what stands beside the scores.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Causes, expectations, complaints and the people inside have a truth of their own.
    Planted,
    /// None of them has anything to do with how satisfied somebody is.
    Nothing,
}

/// All that is planted.
pub(crate) struct Plan {
    pub(crate) touchpoints: Vec<Touchpoint>,
    pub(crate) segment_effects: Vec<SegmentEffect>,
    /// Shares of the products by wave.
    pub(crate) products: [[f64; 3]; 3],
    pub(crate) visits: Visits,
    pub(crate) beside: Beside,
    /// Share of the people who tick the same answer all the way down.
    pub(crate) straight_liners: f64,
    /// What a person's mood adds to the overall answer, per standard deviation.
    pub(crate) mood: f64,
    /// Weighted mean of the overall answer in 2024, in points.
    pub(crate) overall: f64,
}

/// The touchpoints in the order of the map: id, points of 2025, spread.
const BASE: [(&str, f64, f64); 25] = [
    ("hotline", 84.0, 1.3),
    ("reception", 83.5, 1.3),
    ("show_flat", 87.0, 1.3),
    ("contract", 84.5, 1.3),
    ("mortgage", 83.5, 1.4),
    ("progress", 78.2, 2.2),
    ("handover_notice", 87.0, 1.3),
    ("inspection", 86.5, 1.6),
    ("keys", 88.0, 1.2),
    ("finishes", 83.5, 1.5),
    ("doors_windows", 84.5, 1.4),
    ("leaks", 63.0, 2.1),
    ("report_defect", 84.0, 1.5),
    ("repair_on_time", 58.0, 1.8),
    ("follow_up", 65.0, 1.7),
    ("gardens", 89.0, 1.2),
    ("parking", 84.5, 1.6),
    ("play_areas", 85.0, 1.4),
    ("layout_storage", 78.0, 1.3),
    ("sound", 70.0, 1.5),
    ("security", 89.0, 1.4),
    ("cleaning", 87.0, 1.3),
    ("fees", 75.0, 1.5),
    ("complaint_raise", 77.0, 1.6),
    ("complaint_resolve", 52.0, 1.8),
];

/// The flow of the map with every share written out: from, to, share.
pub(crate) const WAYS: &[(&str, &str, f64)] = &[
    ("start", "hotline", 0.72),
    ("start", "reception", 0.28),
    ("hotline", "reception", 1.0),
    ("reception", "contract", 0.04),
    ("reception", "show_flat", 0.96),
    ("show_flat", "contract", 1.0),
    ("contract", "progress", 0.16),
    ("contract", "mortgage", 0.84),
    ("mortgage", "handover_notice", 0.06),
    ("mortgage", "progress", 0.94),
    ("progress", "end", 0.23),
    ("progress", "handover_notice", 0.77),
    ("handover_notice", "keys", 0.03),
    ("handover_notice", "inspection", 0.97),
    ("inspection", "keys", 1.0),
    ("keys", "finishes", 1.0),
    ("finishes", "doors_windows", 1.0),
    ("doors_windows", "leaks", 1.0),
    ("leaks", "gardens", 0.35),
    ("leaks", "report_defect", 0.65),
    ("report_defect", "repair_on_time", 1.0),
    ("repair_on_time", "repair_on_time", 0.14),
    ("repair_on_time", "gardens", 0.08),
    ("repair_on_time", "complaint_raise", 0.10),
    ("repair_on_time", "follow_up", 0.68),
    ("follow_up", "report_defect", 0.15),
    ("follow_up", "gardens", 0.85),
    ("gardens", "play_areas", 0.05),
    ("gardens", "parking", 0.95),
    ("parking", "layout_storage", 0.21),
    ("parking", "play_areas", 0.79),
    ("play_areas", "layout_storage", 1.0),
    ("layout_storage", "sound", 1.0),
    ("sound", "security", 1.0),
    ("security", "cleaning", 1.0),
    ("cleaning", "fees", 1.0),
    ("fees", "complaint_raise", 0.10),
    ("fees", "end", 0.90),
    ("complaint_raise", "end", 0.06),
    ("complaint_raise", "complaint_resolve", 0.94),
    ("complaint_resolve", "report_defect", 0.40),
    ("complaint_resolve", "end", 0.60),
];

/// How the touchpoints move the overall answer; the others hardly do.
fn planted_link(id: &str) -> Link {
    match id {
        "leaks" => Link::UpTo { knee: 6.0, slope: 0.62 },
        "security" => Link::From { knee: 8.0, slope: 0.86 },
        "progress" => Link::From { knee: 8.0, slope: 0.34 },
        "repair_on_time" => Link::UpTo { knee: 7.0, slope: 0.48 },
        "inspection" => Link::Steady(0.33),
        "complaint_resolve" => Link::Steady(0.35),
        _ => Link::Steady(0.02),
    }
}

/// Points of the three waves: the same in all but where a change is planted.
fn planted_points(id: &str, last: f64) -> [f64; 3] {
    match id {
        "repair_on_time" => [last + 6.5, last + 6.5, last],
        "inspection" => [last - 6.0, last - 6.0, last],
        "doors_windows" => [last - 5.0, last - 5.0, last],
        // Every product falls; the best homes, which are liked most, are sold much more.
        "layout_storage" => [last + 3.0, last + 3.0, last],
        _ => [last; 3],
    }
}

/// How often a visit goes badly wrong: even a touchpoint of 90 points has its angry few.
fn planted_incidents(id: &str) -> f64 {
    match id {
        // Enough low answers to tell what a failure costs, beside what excellence brings.
        "security" => 0.14,
        "progress" => 0.09,
        _ => 0.03,
    }
}

/// First year of the question.
fn asked_since(id: &str) -> u16 {
    if id == "fees" { 2024 } else { 2023 }
}

impl Plan {
    /// Pain points, moments of truth, a must-be, two delighters, three changes, two segments, and
    /// a mix that hides a fall.
    pub(crate) fn planted() -> Self {
        let touchpoints = BASE.map(|(id, points, spread)| Touchpoint {
            id,
            points: planted_points(id, points),
            spread,
            incidents: planted_incidents(id),
            link: planted_link(id),
            asked_since: asked_since(id),
        });
        Self {
            touchpoints: touchpoints.into(),
            segment_effects: vec![
                SegmentEffect { touchpoint: "leaks", value: "磨合期", shift: -0.85 },
                SegmentEffect { touchpoint: "parking", value: "武汉", shift: -1.05 },
                SegmentEffect {
                    touchpoint: "layout_storage",
                    value: "刚需",
                    shift: -0.9,
                },
                SegmentEffect {
                    touchpoint: "layout_storage", value: "高端", shift: 0.9
                },
            ],
            products: [[0.6, 0.3, 0.1], [0.6, 0.3, 0.1], [0.2, 0.3, 0.5]],
            visits: Visits::ByFlow,
            beside: Beside::Planted,
            straight_liners: 0.04,
            mood: 0.15,
            overall: 73.0,
        }
    }

    /// Nothing to find: all well over target, equally important, the same everywhere.
    pub(crate) fn nothing() -> Self {
        let touchpoints = BASE.map(|(id, _, _)| Touchpoint {
            id,
            points: [86.0; 3],
            spread: 1.4,
            incidents: 0.05,
            link: Link::Even(0.25),
            asked_since: asked_since(id),
        });
        Self {
            touchpoints: touchpoints.into(),
            segment_effects: Vec::new(),
            products: [[0.45, 0.35, 0.2]; 3],
            visits: Visits::Everyone,
            beside: Beside::Nothing,
            // They give the same high answer to everything at once, overall included, which
            // no sum of effects can: high answers would seem to be worth less than they are.
            straight_liners: 0.0,
            // Mood lifts answers to 9 and 10; the low ones are mostly incidents, whatever the
            // mood: it would make high answers seem to be worth more than they are.
            mood: 0.0,
            // In the middle of the scale, whose upper end would cut off what high answers add.
            overall: 70.0,
        }
    }
}
