//! The number that a rule is about, with its interval, or why there is none.

use crate::model::{
    Analysis, BenchmarkResult, Change, Interval, Score, ShareEstimate, Status,
    TouchpointResult,
};

use super::rule::{Limit, Measure};

/// A number and its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) value: f64,
    pub(super) interval: Option<Interval>,
}

type Found = Result<Value, String>;

/// A measure of overall satisfaction.
pub(super) fn of_overall(analysis: &Analysis, measure: Measure) -> Found {
    of_score(&analysis.overall, analysis.overall_change.as_ref(), analysis, measure)
}

/// A measure of the question whether customers would recommend.
pub(super) fn of_recommend(analysis: &Analysis, measure: Measure) -> Found {
    let it = &analysis.recommend;
    let value = match measure {
        Measure::Answers => count(it.n),
        Measure::Effective => alone(it.n_eff),
        _ if it.measure != "NPS" => {
            return Err(format!("it is a {}, and no NPS", it.measure));
        }
        _ => it.nps.map(|value| Value { value, interval: it.ci }),
    };
    value.ok_or_else(|| why(it.status, it.reason.as_deref()))
}

/// A measure of a touchpoint.
pub(super) fn of_touchpoint(
    analysis: &Analysis,
    it: &TouchpointResult,
    measure: Measure,
) -> Found {
    let reason =
        |key: &str| it.reasons.get(key).or_else(|| analysis.reasons.get(key)).cloned();
    match measure {
        Measure::Reach => alone(it.reach).ok_or_else(|| {
            reason("reach").unwrap_or_else(|| "the reach is not known".to_owned())
        }),
        Measure::Importance => {
            let own = it.importance.as_ref();
            let value =
                own.and_then(|own| Some(Value { value: own.share?, interval: own.ci }));
            value.ok_or_else(|| {
                let why = reason("importance").or_else(|| reason("model"));
                why.unwrap_or_else(|| "importance is not derived".to_owned())
            })
        }
        measure => of_score(&it.score, it.change.as_ref(), analysis, measure),
    }
}

fn of_score(
    score: &Score,
    change: Option<&Change>,
    analysis: &Analysis,
    measure: Measure,
) -> Found {
    let share = |it: &Option<ShareEstimate>| {
        it.as_ref().map(|it| Value { value: it.share, interval: Some(it.ci) })
    };
    let value = match measure {
        Measure::Points => {
            score.points.map(|value| Value { value, interval: score.points_ci })
        }
        Measure::Mean => score.mean.map(|value| Value { value, interval: score.ci }),
        Measure::Satisfied => share(&score.satisfied),
        Measure::Dissatisfied => share(&score.dissatisfied),
        Measure::Answers => count(score.n),
        Measure::Effective => alone(score.n_eff),
        Measure::Change => {
            return change
                .map(|it| Value { value: it.points, interval: it.points_ci })
                .ok_or_else(|| no_change(score, analysis));
        }
        Measure::Nps | Measure::Reach | Measure::Importance => None,
    };
    value.ok_or_else(|| why(score.status, score.reason.as_deref()))
}

/// Why nothing is said of a change.
pub(super) fn no_change(score: &Score, analysis: &Analysis) -> String {
    if score.status != Status::Scored {
        return why(score.status, score.reason.as_deref());
    }
    match &analysis.baseline {
        None => "there is no wave to compare with".to_owned(),
        Some(wave) => format!("it cannot be compared with {wave}"),
    }
}

/// What a touchpoint, or `overall`, is compared with.
pub(super) fn limit(
    analysis: &Analysis,
    limit: &Limit,
    touchpoint: Option<&TouchpointResult>,
) -> Result<f64, String> {
    let id = touchpoint.map_or("overall", |it| it.id.as_str());
    match limit {
        Limit::Number(number) => Ok(*number),
        Limit::Target => touchpoint
            .and_then(|it| it.target)
            .or(analysis.target)
            .ok_or_else(|| "there is no target".to_owned()),
        Limit::Baseline => {
            let Some(wave) = &analysis.baseline else {
                return Err("there is no wave to compare with".to_owned());
            };
            let mut points = analysis.trend.iter();
            let point = points.find(|it| it.touchpoint == id && it.wave == *wave);
            let points = point.and_then(|it| it.score.points);
            points.ok_or_else(|| format!("there is no score of {wave}"))
        }
        Limit::Benchmark(at) => benchmark(analysis, id, &|it| it.benchmark == *at),
        Limit::Kind(kind) => benchmark(analysis, id, &|it| it.kind == *kind),
    }
}

/// The points of the one benchmark of the wave that is meant.
fn benchmark(
    analysis: &Analysis,
    id: &str,
    meant: &dyn Fn(&BenchmarkResult) -> bool,
) -> Result<f64, String> {
    let mut found =
        analysis.benchmarks.iter().filter(|it| it.touchpoint == id && meant(it));
    let first = found.next().ok_or_else(|| {
        format!("the benchmark has no score of it in wave {}", analysis.wave)
    })?;
    if found.next().is_some() {
        return Err(format!("wave {} has several such benchmarks", analysis.wave));
    }
    match &first.reason {
        Some(reason) if first.difference.is_none() => Err(reason.clone()),
        _ => Ok(first.points),
    }
}

fn alone(value: Option<f64>) -> Option<Value> {
    value.map(|value| Value { value, interval: None })
}

#[expect(clippy::cast_precision_loss, reason = "answers are far fewer than 2⁵³")]
fn count(count: Option<u64>) -> Option<Value> {
    alone(count.map(|it| it as f64))
}

fn why(status: Status, reason: Option<&str>) -> String {
    let usual = match status {
        Status::Scored => "this measure cannot be had from these data",
        Status::Suppressed => "withheld: too few answers",
        Status::Unanswered => "nobody answered",
        Status::Unasked => "not asked in this wave",
    };
    reason.unwrap_or(usual).to_owned()
}
