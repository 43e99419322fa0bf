//! A journey that is not kind: 60 touchpoints, long names, scores at both ends, stages of
//! one touchpoint and of fourteen, absences in a row.

use touchmap::model::{Flow, Label, Transition};

use super::Case;
use super::build::{Row, analysis, index, journey, span, two};

const SIZES: [usize; 11] = [1, 14, 6, 1, 8, 3, 10, 1, 9, 5, 2];
const LARGE: [usize; 6] = [30, 26, 1, 34, 4, 9];
const EN: &str = "Confirmation of the appointment by letters";
const ZH: &str = "工程质量整改进度与验收结果的书面告知及电话回访确认（含现场复核、影像留存和客户签字）后归档";
const WIDE: &str = "Donaudampfschifffahrtsgesellschaftskapitän";

pub(crate) fn stress() -> Case {
    unkind(&SIZES)
}

/// The same with more touchpoints than a picture can show one by one.
pub(crate) fn large() -> Case {
    unkind(&LARGE)
}

fn unkind(sizes: &[usize]) -> Case {
    let mut rows = Vec::new();
    for (stage, size) in sizes.iter().enumerate() {
        for _ in 0..*size {
            rows.push(row(stage, rows.len()));
        }
    }
    let stages = sizes
        .iter()
        .enumerate()
        .map(|(at, _)| match at % 3 {
            0 => two(
                "Before the move into the new home",
                "入住新居之前的各项准备工作与告知",
            ),
            1 => two(
                "Environment, planning & mobility",
                "环境规划与停车动线（含地下车库）",
            ),
            _ => two("Aftercare", "维保"),
        })
        .collect();
    let mut journey = journey(two("Stress", "极端"), stages, &rows);
    for (at, touchpoint) in journey.touchpoints.iter_mut().enumerate() {
        touchpoint.action = Some(two(EN, ZH));
        touchpoint.owner =
            Some(two(["Sales", "Engineering & construction"][at % 2], "工程部"));
        touchpoint.backstage = Some(two(WIDE, ZH));
        touchpoint.target = (at % 9 == 0).then_some(92.0);
    }
    journey.flow = Flow { transitions: flow(rows.len()), declared: true };
    let analysis = analysis(&journey, &rows);
    Case { journey, analysis }
}

fn row(stage: usize, at: usize) -> Row {
    let points = [0.0, 100.0, 69.96, 50.0, 89.99, 75.0, 3.2, 99.1][at % 8];
    let n = match at % 11 {
        4 => 0,
        5 => 7,
        6 => 1,
        7 => 22,
        _ => 400,
    };
    let labels: &[Label] = match at % 5 {
        0 => &[
            Label::PainPoint,
            Label::MomentOfTruth,
            Label::ItchPoint,
            Label::DelightPoint,
        ],
        1 => &[Label::DeclaredMomentOfTruth],
        _ => &[],
    };
    let en = [EN, WIDE, "Bill", "Keys & paperwork for the new apartment"][at % 4];
    let zh = [ZH, "收楼", "按揭与缴款办理", ZH][at % 4];
    let reach = if at % 7 == 3 { 0.0 } else { 0.61 };
    let (change, half) = (if at.is_multiple_of(2) { -3.0 } else { 2.0 }, 2.5);
    Row {
        stage,
        name: two(en, zh),
        channel: ["phone", "app", "carrier pigeon", "web", "mail", "chat"][at % 6],
        reach,
        n,
        points,
        half,
        change,
        relevant: at.is_multiple_of(6),
        labels: if n >= 30 { labels } else { &[] },
    }
}

/// A chain with everything that can go wrong: branches, skips over tiers, ways back, the
/// same touchpoint again, ways out, alternatives side by side.
fn flow(count: usize) -> Vec<Transition> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for at in 1..count {
        // Every eighth touchpoint stands beside the one before, not after it.
        if at % 8 == 3 {
            pairs.push((at - 2, at));
            pairs.push((at, (at + 1).min(count - 1)));
        } else {
            pairs.push((at - 1, at));
        }
    }
    pairs.extend([
        (2, 9),
        (3, 3),
        (5, 2),
        (20, 1),
        (0, 40),
        (40, 0),
        (30, 33),
        (33, 30),
        (59, 12),
        (12, 59),
        (25, 27),
        (26, 24),
        (50, 50),
        (44, 21),
    ]);
    pairs.sort_unstable();
    pairs.dedup();
    let mut flow: Vec<Transition> = pairs
        .into_iter()
        .enumerate()
        .map(|(at, (from, to))| Transition {
            from: index(from),
            to: index(to),
            share: (at % 3 != 0).then_some(0.3),
            label: (at % 4 == 0 || from >= to).then(|| {
                two("customers who ask for another appointment", "要求另约时间的客户")
            }),
            span: span(),
        })
        .collect();
    for from in [7, 22, 38, 59] {
        flow.push(Transition {
            from: index(from),
            to: touchmap::model::Node::End,
            share: Some(0.1),
            label: Some(two("give up", "放弃")),
            span: span(),
        });
    }
    flow.push(Transition {
        from: touchmap::model::Node::Start,
        to: index(0),
        share: None,
        label: None,
        span: span(),
    });
    flow
}
