//! Scores against the benchmarks of the map, which have no error of their own (METHOD §10).

use crate::model::{Benchmark, BenchmarkResult, Rules, Score};
use crate::stats::{adjust, student_quantile, student_upper};
use crate::survey::tally::Variable;

use super::view::{View, untestable};

/// What kind of test it is.
const CONSTANT: &str = "benchmark without its own error";

/// The benchmarks of the wave reported, and those of no wave; each is a family of its own,
/// but for overall satisfaction.
pub(super) fn results(
    view: &View<'_>,
    scores: &[Score],
    overall: &Score,
) -> Vec<BenchmarkResult> {
    let benchmarks = view.journey.benchmarks.iter().enumerate();
    let of_wave =
        |it: &Benchmark| it.wave.as_ref().is_none_or(|wave| wave == view.waves.reported);
    benchmarks
        .filter(|(_, it)| of_wave(it))
        .flat_map(|(position, it)| of_benchmark(view, (position, it), scores, overall))
        .collect()
}

fn of_benchmark(
    view: &View<'_>,
    (position, benchmark): (usize, &Benchmark),
    scores: &[Score],
    overall: &Score,
) -> Vec<BenchmarkResult> {
    let name = view.journey.text(&benchmark.name, &view.journey.language).to_owned();
    let against =
        |(id, variable, score, points): (&str, Variable, &Score, f64)| BenchmarkResult {
            benchmark: position,
            name: name.clone(),
            touchpoint: id.to_owned(),
            ..compared(view, variable, score, points)
        };
    let touchpoints = benchmark.scores.iter().filter_map(|(index, points)| {
        let id = view.journey.touchpoints.get(index.0)?.id.as_str();
        Some((id, Variable::Touchpoint(index.0), scores.get(index.0)?, *points))
    });
    let mut results: Vec<BenchmarkResult> = touchpoints.map(against).collect();
    judge(&mut results, &view.journey.rules);
    let overall = benchmark.overall.map(|points| {
        let mut result = against(("overall", Variable::Overall, overall, points));
        result.relevant = result.p.is_some_and(|p| p <= view.journey.rules.alpha)
            && matters(&result, &view.journey.rules);
        result
    });
    results.splice(0..0, overall);
    results
}

fn compared(
    view: &View<'_>,
    variable: Variable,
    score: &Score,
    points: f64,
) -> BenchmarkResult {
    let wave = view.waves.reported;
    let difference = score.points.map(|it| it - points);
    let scale = view.ruler(variable, wave).points_per_unit();
    let reason = untestable(score, view.journey.rules.low_base, wave);
    let error = score.se.map(|se| se * scale).filter(|se| *se > 0.0);
    let base = error.zip(score.n_eff).filter(|_| reason.is_none());
    let unknown = || "not tested: the mean has no error".to_owned();
    BenchmarkResult {
        benchmark: 0,
        name: String::new(),
        touchpoint: String::new(),
        points,
        difference,
        ci: base.zip(difference).map(|((se, n_eff), it)| {
            let half = student_quantile(n_eff) * se;
            [it - half, it + half]
        }),
        df: base.map(|(_, n_eff)| (n_eff - 1.0).max(1.0)),
        p: base.zip(difference).map(|((se, n_eff), it)| {
            (2.0 * student_upper((it / se).abs(), (n_eff - 1.0).max(1.0))).min(1.0)
        }),
        q: None,
        relevant: false,
        test: CONSTANT.to_owned(),
        reason: reason.or_else(|| base.is_none().then(unknown)),
    }
}

fn judge(results: &mut [BenchmarkResult], rules: &Rules) {
    let mut tested: Vec<&mut BenchmarkResult> =
        results.iter_mut().filter(|it| it.p.is_some()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|it| it.p).collect();
    for (result, q) in tested.iter_mut().zip(adjust(&p, rules.fdr)) {
        result.q = Some(q);
        result.relevant = q <= rules.alpha && matters(result, rules);
    }
}

fn matters(result: &BenchmarkResult, rules: &Rules) -> bool {
    result.difference.is_some_and(|it| it.abs() >= rules.min_effect)
}
