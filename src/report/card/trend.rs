//! The waves of a touchpoint, as a small picture and a table.

use minijinja::Value;
use serde::Serialize;

use crate::diagram::trend::{WaveLine, WavePoint, wave_line};
use crate::model::{Score, TrendPoint};

use super::super::context::Context;
use super::super::table::{Head, Table};
use super::super::waves::{OVERALL, find, until_reported};
use super::super::{number, subject};
use super::extent;

/// The waves of a touchpoint.
#[derive(Serialize)]
pub(in super::super) struct TrendView {
    heading: String,
    picture: Value,
    /// What a reader must know of the line.
    note: Option<String>,
    table: Table,
}

/// The axis that all cards share: it holds every interval and every target, in tens.
pub(in super::super) fn range(context: &Context<'_>) -> [f64; 2] {
    let [low, high] = span(context);
    let shared = context.subject.shared.map_or([low, high], |it| it.waves);
    let (low, high) = (low.min(shared[0]), high.max(shared[1]));
    let low = ((low - 1.0) / 10.0).floor().max(0.0) * 10.0;
    let high = ((high + 1.0) / 10.0).ceil().min(10.0) * 10.0;
    [low.min(90.0), high.max(low + 10.0)]
}

/// Lowest and highest of all intervals and targets.
pub(in super::super) fn span(context: &Context<'_>) -> [f64; 2] {
    let scores = context.analysis.trend.iter().filter(|it| it.touchpoint != OVERALL);
    extent(context, scores.map(|it| &it.score))
}

/// The waves of the touchpoint at `at`; `None` when fewer than two of them have a score.
pub(in super::super) fn trend(
    context: &Context<'_>,
    at: usize,
    range: [f64; 2],
) -> Option<TrendView> {
    let mark = context.subject.marks.get(at)?;
    let points = points(context, at);
    let scored: Vec<&Wave<'_>> =
        points.iter().filter(|it| it.point.standing.points().is_some()).collect();
    let (first, last) = (scored.first()?, scored.last()?);
    if scored.len() < 2 {
        return None;
    }
    let changed = scored.windows(2).any(|it| match it {
        [one, other] => one.point.version != other.point.version,
        _ => false,
    });
    let gaps = [("from", first.name), ("to", last.name)];
    let heading = context.locale.say("cards.trend", &gaps);
    let name = context.named(at);
    let target = context.target_of(at);
    let gaps = [("target", &*number::plain(target))];
    let table = table(context, &name, &points);
    let line = WaveLine {
        range,
        target: (target, context.say_of_target(at, "summary.target", &gaps)),
        title: context
            .locale
            .say("cards.trend.title", &[("name", &name), ("heading", &heading)]),
        description: described(context, &points),
        waves: points.iter().map(|it| it.name.to_owned()).collect(),
        points: points.into_iter().map(|it| it.point).collect(),
    };
    Some(TrendView {
        heading,
        picture: context.picture(&wave_line(&line), &format!("w-{}", mark.code)),
        note: changed.then(|| context.locale.word("cards.trend.broken")),
        table,
    })
}

/// A wave of a touchpoint.
struct Wave<'a> {
    name: &'a str,
    point: WavePoint,
    found: Option<&'a TrendPoint>,
}

impl Wave<'_> {
    /// Its score, where that is shown.
    fn shown(&self) -> Option<&Score> {
        self.found.filter(|_| self.point.standing.points().is_some()).map(|it| &it.score)
    }
}

/// Every wave of the analysis up to the one reported, with the score of the touchpoint in it.
fn points<'a>(context: &Context<'a>, at: usize) -> Vec<Wave<'a>> {
    let id = context.journey.touchpoints.get(at).map_or("", |it| it.id.as_str());
    let wave = |name: &'a str| {
        let found = find(context, id, name);
        let standing = subject::standing(context, found.map(|it| &it.score), 1);
        let version = found.map_or(1, |it| it.question_version);
        Wave { name, point: WavePoint { standing, version }, found }
    };
    until_reported(context).map(wave).collect()
}

/// Wave by wave, in words.
fn described(context: &Context<'_>, points: &[Wave<'_>]) -> String {
    let locale = &context.locale;
    let word = |wave: &Wave<'_>| {
        let text = subject::printed(&wave.point.standing);
        let ci = wave.shown().and_then(|it| it.points_ci).map(number::interval);
        let gaps =
            [("wave", wave.name), ("score", text), ("ci", ci.as_deref().unwrap_or("–"))];
        let key = if ci.is_some() { "cards.wave" } else { "cards.wave.bare" };
        locale.say(key, &gaps)
    };
    points.iter().map(word).collect::<Vec<_>>().join(&locale.word("list.texts"))
}

fn table(context: &Context<'_>, name: &str, points: &[Wave<'_>]) -> Table {
    let locale = &context.locale;
    let none = || "–".to_owned();
    let rows = points.iter().map(|wave| {
        let score = wave.shown();
        vec![
            wave.name.to_owned(),
            score.and_then(|it| it.n).map_or_else(none, number::count),
            subject::with_base(context, &wave.point.standing),
            score.and_then(|it| it.points_ci).map_or_else(none, number::interval),
        ]
    });
    Table {
        caption: name.to_owned(),
        head: vec![
            Head::words(locale.word("fact.wave")),
            Head::numbers(locale.word("col.n")),
            Head::numbers(locale.word("col.score")),
            Head::numbers(locale.word("col.ci")),
        ],
        rows: rows.collect(),
    }
}
