//! Scores against the benchmarks of the map (METHOD §10).

use crate::model::{
    Benchmark, BenchmarkKind, BenchmarkResult, BenchmarkScore, Estimate, Rules, Score,
};
use crate::stats::{Moments, adjust, student_quantile, student_upper, welch};
use crate::survey::tally::Variable;

use super::view::{View, untestable};

/// What kind of test it is.
const CONSTANT: &str = "benchmark without its own error";
/// Where the benchmark is a mean whose n and sd are known.
const TWO_SAMPLES: &str = "two samples";

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
        |(id, variable, score, theirs): (&str, Variable, &Score, BenchmarkScore)| {
            BenchmarkResult {
                benchmark: position,
                name: name.clone(),
                kind: benchmark.kind,
                touchpoint: id.to_owned(),
                ..compared(view, benchmark, (variable, score), theirs)
            }
        };
    let touchpoints = benchmark.scores.iter().filter_map(|(index, theirs)| {
        let id = view.journey.touchpoints.get(index.0)?.id.as_str();
        Some((id, Variable::Touchpoint(index.0), scores.get(index.0)?, *theirs))
    });
    let mut results: Vec<BenchmarkResult> = touchpoints.map(against).collect();
    judge(&mut results, &view.journey.rules);
    let overall = benchmark.overall.map(|theirs| {
        let mut result = against(("overall", Variable::Overall, overall, theirs));
        result.relevant = result.p.is_some_and(|p| p <= view.journey.rules.alpha)
            && matters(&result, &view.journey.rules);
        result
    });
    results.splice(0..0, overall);
    results
}

fn compared(
    view: &View<'_>,
    benchmark: &Benchmark,
    (variable, score): (Variable, &Score),
    theirs: BenchmarkScore,
) -> BenchmarkResult {
    let wave = view.waves.reported;
    let ruler = view.ruler(variable, wave);
    let result = BenchmarkResult {
        benchmark: 0,
        name: String::new(),
        kind: benchmark.kind,
        touchpoint: String::new(),
        points: theirs.points,
        difference: None,
        ci: None,
        df: None,
        p: None,
        q: None,
        relevant: false,
        test: CONSTANT.to_owned(),
        reason: None,
    };
    if let Some(why) = benchmark.refusal(ruler.scale(), view.journey.rules.rescale) {
        return BenchmarkResult {
            reason: Some(format!("not compared: {why}")),
            ..result
        };
    }
    let difference = score.points.map(|it| it - theirs.points);
    let reason = untestable(score, view.journey.rules.low_base, wave);
    let error = score.se.map(|se| se * ruler.points_per_unit()).filter(|se| *se > 0.0);
    let ours = error.zip(score.n_eff).zip(score.points).filter(|_| reason.is_none());
    let Some(((se, n_eff), points)) = ours else {
        let unknown = || "not tested: the mean has no error".to_owned();
        let reason = reason.or_else(|| Some(unknown()));
        return BenchmarkResult { difference, reason, ..result };
    };
    let sample = Estimate { value: points, variance: se * se, n_eff };
    match other_sample(benchmark.kind, theirs).and_then(|it| welch(it, sample)) {
        Some(test) => BenchmarkResult {
            difference,
            ci: Some(test.ci),
            df: Some(test.df),
            p: Some(test.p),
            test: TWO_SAMPLES.to_owned(),
            ..result
        },
        None => BenchmarkResult { difference, ..against_constant(result, sample) },
    }
}

/// The benchmark as a sample of its own: of means, where their n and sd are known.
fn other_sample(kind: BenchmarkKind, theirs: BenchmarkScore) -> Option<Estimate> {
    let of_means = matches!(kind, BenchmarkKind::Mean | BenchmarkKind::Competitor);
    let (n, sd) = theirs.n.zip(theirs.sd).filter(|_| of_means)?;
    Moments::of_aggregate(n, theirs.points, sd)?.estimate()
}

fn against_constant(result: BenchmarkResult, sample: Estimate) -> BenchmarkResult {
    let (difference, se) = (sample.value - result.points, sample.variance.sqrt());
    let df = (sample.n_eff - 1.0).max(1.0);
    let half = student_quantile(sample.n_eff) * se;
    BenchmarkResult {
        ci: Some([difference - half, difference + half]),
        df: Some(df),
        p: Some((2.0 * student_upper((difference / se).abs(), df)).min(1.0)),
        ..result
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
