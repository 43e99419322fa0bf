//! What customers say beside their scores: expectations, importance, reasons, complaints.
//!
//! Drawn from a stream of its own, so that no score hangs on it.

#[path = "phrases.rs"]
mod phrases;

use super::customer::Customer;
use super::level::on_scale;
use super::plan::{Beside, SCALE};
use super::random::Dice;
use phrases::{Remark, TOPICS, Topic};

/// Touchpoints of which it is asked what was expected, and the mean answer. What a home that
/// never leaks was promised to be is far over all else.
const EXPECTED: [(&str, f64); 6] = [
    ("show_flat", 8.3),
    ("inspection", 8.2),
    ("leaks", 9.7),
    ("repair_on_time", 8.0),
    ("parking", 7.9),
    ("security", 8.4),
];

/// Touchpoints of which it is asked how important they are, and the mean answer.
const STATED: [(&str, f64); 10] = [
    ("progress", 6.4),
    ("inspection", 8.7),
    ("leaks", 9.3),
    ("repair_on_time", 9.0),
    ("gardens", 9.1),
    ("sound", 8.6),
    ("security", 8.8),
    ("cleaning", 9.0),
    ("fees", 8.2),
    ("complaint_resolve", 7.0),
];

/// What interviewers code of news from the site: numbers of factors, and how often the dissatisfied and
/// the satisfied name them.
const CODED: [(&str, f64, f64); 4] =
    [("23", 0.58, 0.06), ("14", 0.30, 0.10), ("35", 0.20, 0.05), ("13", 0.08, 0.08)];

/// What customers tick of leaks: ends of columns, and how often.
const TICKED: [(&str, f64, f64); 4] = [
    ("quality", 0.63, 0.07),
    ("repair", 0.30, 0.12),
    ("promise", 0.22, 0.04),
    ("other", 0.10, 0.06),
];

/// The columns, in their order.
pub(crate) fn header() -> Vec<String> {
    let expected = EXPECTED.iter().map(|(id, _)| format!("expected_{id}"));
    let stated = STATED.iter().map(|(id, _)| format!("importance_{id}"));
    let ticked = TICKED.iter().map(|(id, _, _)| format!("why_leaks_{id}"));
    let comments = TOPICS.iter().map(|it| format!("comment_{}", it.touchpoint));
    let complaints = ["problem", "complained", "resolved", "answer_days"];
    expected
        .chain(stated)
        .chain(["why_progress".to_owned()])
        .chain(ticked)
        .chain(comments)
        .chain(complaints.map(str::to_owned))
        .collect()
}

/// What somebody answered, by touchpoint; `overall` too.
pub(crate) type Answers<'a> = dyn Fn(&str) -> Option<u8> + 'a;

/// The cells of somebody.
pub(crate) fn cells(
    customer: &Customer,
    (wave, planted): (usize, Beside),
    answers: &Answers<'_>,
    dice: &mut Dice,
) -> Vec<String> {
    let mut cells = Vec::new();
    for (id, level) in EXPECTED {
        let level = if planted == Beside::Planted { level } else { 8.2 };
        let felt = on_scale(level + 0.8 * dice.normal(), SCALE);
        cells.push(answers(id).map_or_else(String::new, |_| felt.to_string()));
    }
    for (_, level) in STATED {
        let level = if planted == Beside::Planted { level } else { 8.4 };
        cells.push(on_scale(level + 0.9 * dice.normal(), SCALE).to_string());
    }
    cells.push(coded(answers("progress"), planted, dice));
    cells.extend(ticked(answers("leaks"), planted, dice));
    for topic in TOPICS {
        let answer = answers(topic.touchpoint);
        cells.push(comment(customer, (topic, wave, planted), answer, dice));
    }
    cells.extend(complaint(answers("overall"), planted, dice));
    cells
}

/// How often somebody who gave this answer names a cause; where nothing is planted, all do so
/// as often.
fn often(answer: u8, (low, high): (f64, f64), planted: Beside) -> f64 {
    match answer {
        _ if planted == Beside::Nothing => high,
        0..=3 => low,
        4..=7 => f64::midpoint(low, high) / 2.0,
        _ => high,
    }
}

fn coded(answer: Option<u8>, planted: Beside, dice: &mut Dice) -> String {
    let named: Vec<&str> = CODED
        .iter()
        .map(|(code, low, high)| (code, dice.uniform(), (*low, *high)))
        .filter(|(_, luck, often_so)| {
            answer.is_some_and(|it| *luck < often(it, *often_so, planted))
        })
        .map(|(code, _, _)| *code)
        .collect();
    let silent = dice.happens(0.04);
    match answer {
        Some(_) if !silent && named.is_empty() => "无".to_owned(),
        Some(_) if !silent => named.join(";"),
        _ => String::new(),
    }
}

fn ticked(answer: Option<u8>, planted: Beside, dice: &mut Dice) -> Vec<String> {
    let asked = dice.happens(0.95);
    let tick = |(_, low, high): &(&str, f64, f64)| {
        let luck = dice.uniform();
        let ticked = answer.is_some_and(|it| luck < often(it, (*low, *high), planted));
        match answer {
            Some(_) if asked => u8::from(ticked).to_string(),
            _ => String::new(),
        }
    };
    TICKED.iter().map(tick).collect()
}

/// What somebody writes; most write nothing.
fn comment(
    customer: &Customer,
    (topic, wave, planted): (&Topic, usize, Beside),
    answer: Option<u8>,
    dice: &mut Dice,
) -> String {
    let (luck, choice, words, personal) =
        (dice.uniform(), dice.uniform(), dice.uniform(), dice.uniform());
    let tongue = dice.pick(&[0.76, 0.12, 0.12]);
    let Some(answer) = answer.filter(|_| customer.same_answer.is_none()) else {
        return String::new();
    };
    let writes = match answer {
        _ if planted == Beside::Nothing => 0.3,
        0..=3 => 0.72,
        4..=7 => 0.22,
        _ => 0.24,
    };
    if luck >= writes {
        return String::new();
    }
    let remarks: &[Remark] = match answer {
        _ if planted == Beside::Nothing => topic.high,
        0..=3 => topic.low,
        4..=7 => topic.middle,
        _ => topic.high,
    };
    let mut left = choice;
    for remark in remarks {
        let share = remark.shares[wave];
        if left < share {
            return phrases::said(remark, tongue, words, personal);
        }
        left -= share;
    }
    String::new()
}

/// Whether there was a problem, a complaint, an end, and after how many days.
fn complaint(overall: Option<u8>, planted: Beside, dice: &mut Dice) -> Vec<String> {
    let lucks = [dice.uniform(), dice.uniform(), dice.uniform()];
    let wait = dice.below(9);
    let (problem, resolved, days) = match (planted, overall.unwrap_or(7)) {
        (Beside::Nothing, _) => (0.4, 0.55, 3 + wait),
        (Beside::Planted, 0..=5) => (0.78, 0.22, 6 + wait),
        (Beside::Planted, 6..=7) => (0.50, 0.52, 3 + wait),
        (Beside::Planted, _) => (0.30, 0.80, 1 + wait),
    };
    let problem = lucks[0] < problem;
    let complained = problem && lucks[1] < 0.31;
    let resolved = complained && lucks[2] < resolved;
    let yes_no = |asked: bool, it: bool| match (asked, it) {
        (false, _) => String::new(),
        (true, true) => "是".to_owned(),
        (true, false) => "否".to_owned(),
    };
    vec![
        yes_no(true, problem),
        yes_no(problem, complained),
        yes_no(complained, resolved),
        if complained { days.to_string() } else { String::new() },
    ]
}
