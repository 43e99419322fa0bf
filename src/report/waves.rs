//! Scores over waves as the trend pictures need them.

mod chosen;
mod moved;

use crate::diagram::Standing;
use crate::diagram::trend::{Beside, Panel, Shift, Trend, WavePoint, Way};
use crate::model::{
    BenchmarkKind, BenchmarkResult, BenchmarkScore, Change, Score, TouchpointIndex,
    TrendPoint,
};

use super::context::Context;
use super::wording::change::{self, Verdict};
use super::{number, subject};

pub(super) use chosen::{chosen, worthy};
pub(super) use moved::movers;

/// The name of overall satisfaction among touchpoints.
pub(super) const OVERALL: &str = "overall";

/// The waves up to the one reported that have any score; no trend has fewer than two.
pub(super) fn waves<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let analysis = context.analysis;
    let scored = |wave: &str| {
        let here = |it: &&TrendPoint| it.wave == wave && it.score.points.is_some();
        wave == analysis.wave || analysis.trend.iter().any(|it| here(&it))
    };
    until_reported(context).filter(|it| scored(it)).collect()
}

/// The waves up to the one reported: what comes after it is not spoken of.
pub(super) fn until_reported<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let analysis = context.analysis;
    let until = analysis.waves.iter().position(|it| *it == analysis.wave);
    let count = until.map_or(analysis.waves.len(), |at| at + 1);
    analysis.waves.iter().take(count).map(String::as_str)
}

/// Panels and largest changes; `None` when there are fewer than two waves.
pub(super) fn trend(context: &Context<'_>) -> Option<Trend> {
    let waves = waves(context);
    if waves.len() < 2 {
        return None;
    }
    let touchpoints =
        chosen(context).into_iter().filter_map(|at| touchpoint(context, at));
    let panels: Vec<Panel> =
        overall(context).into_iter().chain(touchpoints).filter(has_score).collect();
    let movers = movers(context).unwrap_or_default();
    if panels.is_empty() && movers.is_empty() {
        return None;
    }
    Some(Trend { waves: waves.into_iter().map(str::to_owned).collect(), panels, movers })
}

fn has_score(panel: &Panel) -> bool {
    panel.points.iter().any(|it| it.standing.points().is_some())
}

/// Overall satisfaction over the waves; `None` when there are fewer than two.
pub(super) fn overall(context: &Context<'_>) -> Option<Panel> {
    let source = Source {
        id: OVERALL,
        now: Some(&context.analysis.overall),
        change: context.analysis.overall_change.as_ref(),
        target: context.journey.rules.target.points(),
    };
    panel(context, context.locale.word("summary.overall"), &source)
}

fn touchpoint(context: &Context<'_>, at: usize) -> Option<Panel> {
    let touchpoint = context.journey.touchpoints.get(at)?;
    let result = context.result(at);
    let source = Source {
        id: &touchpoint.id,
        now: result.map(|it| &it.score),
        change: result.and_then(|it| it.change.as_ref()),
        target: context.journey.target(touchpoint).points(),
    };
    panel(context, context.named(at), &source)
}

/// What a panel is made of.
struct Source<'a> {
    id: &'a str,
    now: Option<&'a Score>,
    change: Option<&'a Change>,
    target: Option<f64>,
}

fn panel(context: &Context<'_>, name: String, source: &Source<'_>) -> Option<Panel> {
    let waves = waves(context);
    if waves.len() < 2 {
        return None;
    }
    let points: Vec<WavePoint> =
        waves.iter().map(|wave| point(context, source, wave)).collect();
    let drawn = benchmark(context);
    let of_it =
        |it: &&BenchmarkResult| it.touchpoint == source.id && Some(it.benchmark) == drawn;
    let benchmark = context.analysis.benchmarks.iter().find(of_it).map(|it| it.points);
    let panel = Panel {
        shift: shift(context, source, &points),
        name,
        points,
        target: source.target,
        benchmark,
        beside: waves.iter().map(|wave| beside(context, source.id, wave)).collect(),
        description: String::new(),
    };
    let description = description(context, &panel, source.change);
    Some(Panel { description, ..panel })
}

/// Position in the map of the one benchmark that is named beside scores: a mean that has a
/// number for overall satisfaction, else the first that has, else the first.
pub(super) fn benchmark(context: &Context<'_>) -> Option<usize> {
    let refused = |it: &&BenchmarkResult| it.difference.is_none() && it.reason.is_some();
    let all = || context.analysis.benchmarks.iter().filter(|it| !refused(it));
    let mut wholes = all().filter(|it| it.touchpoint == OVERALL);
    let mean = wholes.clone().find(|it| it.kind == BenchmarkKind::Mean);
    mean.or_else(|| wholes.next()).or_else(|| all().next()).map(|it| it.benchmark)
}

/// The scores of others in a wave, as far as they may be compared.
fn beside(context: &Context<'_>, id: &str, wave: &str) -> Beside {
    let (journey, reported) = (context.journey, context.analysis.wave == wave);
    let survey = journey.survey.as_ref();
    let at = context.index(id);
    let scale = survey.and_then(|it| match at {
        Some(at) => it.questions.get(at),
        None => it.overall.as_ref(),
    });
    let scale = scale.map(|it| &it.scale);
    let mut beside = Beside::default();
    for it in &journey.benchmarks {
        // One of no wave is of all times; it is drawn where it is compared.
        let of_wave = it.wave.as_deref().map_or(reported, |it| it == wave);
        let refused =
            scale.is_some_and(|scale| it.refusal(scale, journey.rules.rescale).is_some());
        let score = it.score(at.map(TouchpointIndex)).filter(|_| of_wave && !refused);
        let Some(BenchmarkScore { points, .. }) = score else { continue };
        match it.kind {
            BenchmarkKind::Mean if beside.mean.is_none() => beside.mean = Some(points),
            BenchmarkKind::Mean => beside.marks.push(points),
            BenchmarkKind::Median | BenchmarkKind::P75 | BenchmarkKind::Best => {
                beside.marks.push(points);
            }
            BenchmarkKind::Competitor => beside.rivals.push(points),
        }
    }
    beside
}

/// The score of `id` in `wave`, and the version of its question.
pub(super) fn find<'a>(
    context: &Context<'a>,
    id: &str,
    wave: &str,
) -> Option<&'a TrendPoint> {
    context.analysis.trend.iter().find(|it| it.touchpoint == id && it.wave == wave)
}

fn point(context: &Context<'_>, source: &Source<'_>, wave: &str) -> WavePoint {
    let found = find(context, source.id, wave);
    let reported = source.now.filter(|_| wave == context.analysis.wave);
    let score = reported.or(found.map(|it| &it.score));
    let latest =
        || context.analysis.trend.iter().rev().find(|it| it.touchpoint == source.id);
    let version = found.or_else(latest).map_or(1, |it| it.question_version);
    WavePoint { standing: subject::standing(context, score, 1), version }
}

fn shift(context: &Context<'_>, source: &Source<'_>, points: &[WavePoint]) -> Shift {
    let locale = &context.locale;
    let Some(change) = source.change else {
        return Shift { text: uncompared(context, source, points), way: Way::Level };
    };
    let verdict = change::verdict(change, context.journey.rules.alpha);
    let way = match verdict {
        Verdict::Rise => Way::Up,
        Verdict::Fall => Way::Down,
        _ => Way::Level,
    };
    let key = format!("shift.{}", verdict.id());
    let by = number::change(change.points);
    Shift { text: locale.say(&key, &[("change", &by)]), way }
}

/// Why there is no change to show.
fn uncompared(
    context: &Context<'_>,
    source: &Source<'_>,
    points: &[WavePoint],
) -> String {
    let locale = &context.locale;
    if let Some(WavePoint { standing: Standing::Absent(why), .. }) = points.last() {
        return why.clone();
    }
    let before = context.analysis.baseline.as_deref();
    let before = before.map(|wave| (wave, find(context, source.id, wave)));
    match (before, points.last()) {
        (Some((_, Some(point))), Some(now)) if point.question_version != now.version => {
            locale.word("shift.question")
        }
        (Some((wave, point)), _) if point.is_none_or(|it| it.score.points.is_none()) => {
            locale.say("shift.missing", &[("wave", wave)])
        }
        _ => locale.word("shift.none"),
    }
}

/// Wave by wave, then change, target and benchmark.
fn description(context: &Context<'_>, panel: &Panel, change: Option<&Change>) -> String {
    let locale = &context.locale;
    let waves = waves(context);
    let mut parts: Vec<String> = waves
        .iter()
        .zip(&panel.points)
        .map(|(wave, point)| {
            let score = cell(context, &point.standing);
            locale.say("trend.value", &[("wave", wave), ("score", &score)])
        })
        .collect();
    parts.extend(change.map(|it| change::sentence(context, it)));
    if let Some(target) = panel.target {
        let target = number::plain(target);
        parts.push(locale.say("summary.target", &[("target", &target)]));
    }
    if let Some(points) = panel.benchmark {
        let points = number::plain(points);
        parts.push(locale.say("trend.benchmark", &[("score", &points)]));
    }
    parts.join(&locale.word("list.texts"))
}

/// A score with its interval, as tables print it.
pub(super) fn cell(context: &Context<'_>, standing: &Standing) -> String {
    let locale = &context.locale;
    match standing {
        Standing::Absent(why) => why.clone(),
        Standing::Scored { text, ci, low, .. } => {
            let ci = ci.map(number::interval);
            match (ci, low) {
                (None, None) => text.clone(),
                (Some(ci), None) => {
                    locale.say("trend.cell", &[("score", text), ("ci", &ci)])
                }
                (None, Some(low)) => {
                    locale.say("mark.low", &[("score", text), ("low", low)])
                }
                (Some(ci), Some(low)) => {
                    let gaps = [("score", &**text), ("ci", &*ci), ("low", &**low)];
                    locale.say("trend.cell.low", &gaps)
                }
            }
        }
    }
}
