//! The waves of a touchpoint, as a small picture and a table.

use minijinja::Value;
use serde::Serialize;

use crate::diagram::Standing;
use crate::diagram::wave_line::{WaveLine, WavePoint, wave_line};
use crate::model::TrendPoint;

use super::super::context::Context;
use super::super::table::{Head, Table};
use super::super::{number, subject};

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
    let ends = context.analysis.trend.iter().filter(|it| it.touchpoint != "overall");
    let ends = ends.filter_map(|it| {
        // What is withheld does not move the axis either.
        let Standing::Scored { points, ci, .. } =
            subject::standing(context, Some(&it.score), 1)
        else {
            return None;
        };
        Some(ci.unwrap_or([points, points]))
    });
    let marks = 0..context.subject.marks.len();
    let targets = marks.map(|at| [context.target_of(at); 2]);
    let start = [context.target(); 2];
    let [low, high] = ends
        .chain(targets)
        .fold(start, |[low, high], [from, to]| [low.min(from), high.max(to)]);
    let low = ((low - 1.0) / 10.0).floor().max(0.0) * 10.0;
    let high = ((high + 1.0) / 10.0).ceil().min(10.0) * 10.0;
    [low.min(90.0), high.max(low + 10.0)]
}

/// The waves of the touchpoint at `at`; `None` when fewer than two of them have a score.
pub(in super::super) fn trend(
    context: &Context<'_>,
    at: usize,
    range: [f64; 2],
) -> Option<TrendView> {
    let mark = context.subject.marks.get(at)?;
    let points = points(context, at);
    let scored: Vec<&(WavePoint, Option<&TrendPoint>)> =
        points.iter().filter(|(point, _)| point.standing.points().is_some()).collect();
    let (first, last) = (scored.first()?, scored.last()?);
    if scored.len() < 2 {
        return None;
    }
    let changed = scored.windows(2).any(|it| match it {
        [one, other] => one.0.version != other.0.version,
        _ => false,
    });
    let gaps = [("from", &*first.0.wave), ("to", &*last.0.wave)];
    let heading = context.locale.say("cards.trend", &gaps);
    let gaps = [("code", &*mark.code), ("name", &*mark.name)];
    let name = context.locale.say("touchpoint", &gaps);
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
        points: points.into_iter().map(|(point, _)| point).collect(),
    };
    Some(TrendView {
        heading,
        picture: context.picture(&wave_line(&line), &format!("w-{}", mark.code)),
        note: changed.then(|| context.locale.word("cards.trend.broken")),
        table,
    })
}

/// Every wave of the analysis, with the score of the touchpoint in it.
fn points<'a>(
    context: &Context<'a>,
    at: usize,
) -> Vec<(WavePoint, Option<&'a TrendPoint>)> {
    let id = context.journey.touchpoints.get(at).map(|it| it.id.as_str());
    let analysis = context.analysis;
    let own: Vec<&TrendPoint> =
        analysis.trend.iter().filter(|it| Some(it.touchpoint.as_str()) == id).collect();
    let waves = analysis.waves.iter();
    // What comes after the wave reported is not spoken of here.
    let until = waves.clone().position(|it| *it == analysis.wave);
    let waves = waves.take(until.map_or(usize::MAX, |at| at + 1));
    waves
        .map(|wave| {
            let found = own.iter().find(|it| it.wave == *wave).copied();
            let score = found.map(|it| &it.score);
            let point = WavePoint {
                wave: wave.clone(),
                version: found.map_or(1, |it| it.question_version),
                standing: subject::standing(context, score, 1),
            };
            (point, found)
        })
        .collect()
}

/// Wave by wave, in words.
fn described(
    context: &Context<'_>,
    points: &[(WavePoint, Option<&TrendPoint>)],
) -> String {
    let locale = &context.locale;
    let word = |(point, found): &(WavePoint, Option<&TrendPoint>)| {
        let (Standing::Scored { text, .. } | Standing::Absent(text)) = &point.standing;
        let shown = found.filter(|_| point.standing.points().is_some());
        let ci = shown.and_then(|it| it.score.points_ci).map(number::interval);
        let gaps = [
            ("wave", &*point.wave),
            ("score", &**text),
            ("ci", ci.as_deref().unwrap_or("–")),
        ];
        let key = if ci.is_some() { "cards.wave" } else { "cards.wave.bare" };
        locale.say(key, &gaps)
    };
    points.iter().map(word).collect::<Vec<_>>().join(&locale.word("list.texts"))
}

fn table(
    context: &Context<'_>,
    name: &str,
    points: &[(WavePoint, Option<&TrendPoint>)],
) -> Table {
    let locale = &context.locale;
    let none = || "–".to_owned();
    let rows = points.iter().map(|(point, found)| {
        let shown = found.filter(|_| point.standing.points().is_some());
        let score = shown.map(|it| &it.score);
        let text = match &point.standing {
            Standing::Scored { text, low: Some(low), .. } => {
                locale.say("mark.low", &[("score", text), ("low", low)])
            }
            Standing::Scored { text, .. } | Standing::Absent(text) => text.clone(),
        };
        vec![
            point.wave.clone(),
            score.and_then(|it| it.n).map_or_else(none, number::count),
            text,
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
