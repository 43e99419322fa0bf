//! A score in the idiom of its scale: a mean, satisfied customers, smileys, stars, or an NPS.

use std::fmt::Write as _;

use minijinja::Value;
use serde::Serialize;

use crate::model::{Measure, Question, Scale, Score};
use crate::stats::nps_shares;

use super::super::context::Context;
use super::super::number;
use super::super::stacked::stacked;

/// A score, drawn and in words.
#[derive(Serialize)]
pub(in super::super) struct MeasureView {
    picture: Value,
    words: Vec<String>,
}

/// A star of a circle of radius 9 around the origin.
const STAR: &str = "M0-9 2.6-2.9 9.2-2.9 4.2 1.6 6 8 0 4.3-6 8-4.2 1.6-9.2-2.9-2.6-2.9Z";
/// Mouths of an unhappy, a plain and a happy face.
const MOUTHS: [&str; 3] = ["M-4 5Q0 1 4 5", "M-4 4H4", "M-4 2Q0 7 4 2"];
/// Room of a star, or of a person.
const PITCH: f64 = 22.0;

/// The score of the touchpoint at `at` in the idiom of its question; `None` where the answers
/// are not known by level.
pub(in super::super) fn measure(context: &Context<'_>, at: usize) -> Option<MeasureView> {
    let score = &context.result(at)?.score;
    let question = context.journey.survey.as_ref()?.questions.get(at)?;
    if !score.is_shown() {
        return None;
    }
    match question.measured_as() {
        Measure::Mean => mean(context, score, &question.scale),
        Measure::Satisfied => satisfied(context, score),
        Measure::Smileys => smileys(context, score, question),
        Measure::Stars => stars(context, score, &question.scale),
        Measure::Nps => nps(context, score),
    }
}

/// `Mean 6.3 (6.1–6.5) of 10`.
fn mean_words(context: &Context<'_>, score: &Score, scale: &Scale) -> Option<String> {
    let mean = number::fixed(score.mean?, 2);
    let ci = score.ci.map_or_else(
        || "–".to_owned(),
        |[low, high]| number::between(&number::fixed(low, 2), &number::fixed(high, 2)),
    );
    let (least, most) = (number::plain(scale.min()), number::plain(scale.max()));
    let gaps = [("mean", &*mean), ("ci", &*ci), ("least", &*least), ("most", &*most)];
    Some(context.locale.say("measure.mean", &gaps))
}

/// A bar from the least to the greatest answer.
fn mean(context: &Context<'_>, score: &Score, scale: &Scale) -> Option<MeasureView> {
    let words = vec![mean_words(context, score, scale)?];
    let percent = scale.minmax_points(score.mean?);
    let mut svg = String::from(r#"<svg class="ms" aria-hidden="true">"#);
    let _ = write!(
        svg,
        r#"<rect class="m0" width="100%" y="4" height="8"/><rect class="m1" width="{percent:.1}%" y="4" height="8"/>"#
    );
    let steps = scale.width();
    if (2.0..=10.0).contains(&steps) {
        let mut step = 1.0;
        while step < steps - 0.5 {
            let x = 100.0 * step / steps;
            let _ = write!(
                svg,
                r#"<line class="mt" x1="{x:.1}%" x2="{x:.1}%" y1="4" y2="12"/>"#
            );
            step += 1.0;
        }
    }
    svg.push_str("</svg>");
    Some(MeasureView { picture: Value::from_safe_string(svg), words })
}

/// Ten people, as many of them filled as are satisfied.
fn satisfied(context: &Context<'_>, score: &Score) -> Option<MeasureView> {
    let share = score.satisfied.as_ref()?;
    let person = |x: f64, class: &str| {
        format!(
            r#"<g class="{class}" transform="translate({x} 11)"><circle cy="-5" r="3.4"/><path d="M-6 8a6 7 0 0 1 12 0Z"/></g>"#
        )
    };
    let people = row(10, &person, share.share);
    let gaps = [
        ("share", &*number::percent(share.share)),
        ("ci", &*number::percent_interval(share.ci)),
    ];
    let words = vec![context.locale.say("measure.satisfied", &gaps)];
    Some(MeasureView { picture: people, words })
}

/// A row of so many, filled from the left as far as `share` goes.
fn row(count: u32, one: &dyn Fn(f64, &str) -> String, share: f64) -> Value {
    let places: Vec<f64> = (0..count).map(|at| PITCH * (f64::from(at) + 0.5)).collect();
    let all = |class: &str| -> String { places.iter().map(|x| one(*x, class)).collect() };
    let width = PITCH * f64::from(count);
    let svg = format!(
        r#"<svg class="mr" viewBox="0 0 {width} 22" aria-hidden="true">{}<svg width="{:.1}" height="22">{}</svg></svg>"#,
        all("m0"),
        width * share.clamp(0.0, 1.0),
        all("m1")
    );
    Value::from_safe_string(svg)
}

/// As many stars as the scale has answers, filled up to the mean.
fn stars(context: &Context<'_>, score: &Score, scale: &Scale) -> Option<MeasureView> {
    let star = |x: f64, class: &str| {
        format!(r#"<path class="{class}" transform="translate({x} 11)" d="{STAR}"/>"#)
    };
    let count = (1..=10).find(|it| (f64::from(*it) - scale.max()).abs() < 0.5)?;
    let share = score.mean? / scale.max();
    let words = vec![mean_words(context, score, scale)?];
    Some(MeasureView { picture: row(count, &star, share), words })
}

/// A face for each third of the scale, with its share, and what is left of the happy without the
/// unhappy.
fn smileys(
    context: &Context<'_>,
    score: &Score,
    question: &Question,
) -> Option<MeasureView> {
    let shares = score.shares.as_ref()?;
    let mut sums = [0.0; 3];
    for (level, share) in shares {
        let class = match question.class(level.0) {
            -1 => 0,
            0 => 1,
            _ => 2,
        };
        sums[class] += share;
    }
    let mut svg =
        String::from(r#"<svg class="mf" viewBox="0 0 200 26" aria-hidden="true">"#);
    for (at, (mouth, share)) in (0_u32..).zip(MOUTHS.iter().zip(sums)) {
        let x = 14.0 + 66.0 * f64::from(at);
        let _ = write!(
            svg,
            r#"<g class="f{at}" transform="translate({x} 13)"><circle r="10"/><circle class="e" cx="-3.5" cy="-3" r="1.3"/><circle class="e" cx="3.5" cy="-3" r="1.3"/><path d="{mouth}"/></g><text x="{}" y="17.5">{}</text>"#,
            x + 15.0,
            number::share(share)
        );
    }
    svg.push_str("</svg>");
    let net = number::signed(100.0 * (sums[2] - sums[0]), 0);
    let words = vec![context.locale.say("measure.smileys", &[("net", &net)])];
    Some(MeasureView { picture: Value::from_safe_string(svg), words })
}

/// Detractors, passives and promoters of a touchpoint that is asked for on 0–10.
fn nps(context: &Context<'_>, score: &Score) -> Option<MeasureView> {
    let levels = score.shares.as_ref()?.iter().map(|(level, share)| (level.0, *share));
    let [detractors, passives, promoters] = nps_shares(levels);
    let net = number::signed(100.0 * (promoters - detractors), 0);
    let gaps = [
        ("nps", &*net),
        ("promoters", &*number::share(promoters)),
        ("detractors", &*number::share(detractors)),
    ];
    let words = vec![context.locale.say("measure.nps", &gaps)];
    let picture = stacked(&[detractors, passives, promoters]);
    Some(MeasureView { picture: Value::from_safe_string(picture), words })
}
