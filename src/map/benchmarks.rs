//! The section `benchmarks`: scores of others, in points.

use crate::diag::{Code, Diagnostic};
use crate::model::{Benchmark, BenchmarkKind, BenchmarkScore, Rescale};

use super::{
    decode::{Decoder, Fields},
    ids::Ids,
    yaml::{Node, Value},
};

/// Keys of a benchmark.
const KEYS: &[&str] = &["name", "kind", "wave", "source", "scoring", "scale", "scores"];

/// Decodes the section `benchmarks`.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    ids: &Ids,
) -> Vec<Benchmark> {
    let Some(node) = fields.get("benchmarks") else { return Vec::new() };
    let items = decoder.list(node, "`benchmarks`");
    items.iter().filter_map(|item| benchmark(decoder, item, ids)).collect()
}

fn benchmark(decoder: &mut Decoder<'_>, node: &Node, ids: &Ids) -> Option<Benchmark> {
    let fields = decoder.fields(node, "a benchmark", KEYS)?;
    let scorings = [("minmax", Rescale::MinMax), ("proportional", Rescale::Proportional)];
    let scoring = fields.get("scoring");
    let kind = fields.get("kind");
    let mut benchmark = Benchmark {
        kind: kind
            .and_then(|node| decoder.word(node, "`kind`", &BenchmarkKind::ALL))
            .unwrap_or_default(),
        scoring: scoring.and_then(|node| decoder.word(node, "`scoring`", &scorings)),
        scale: fields.get("scale").and_then(|node| ends(decoder, node)),
        name: decoder.required_text(&fields, "the benchmark", "name", ""),
        wave: fields
            .get("wave")
            .and_then(|node| decoder.string(node, "`wave`"))
            .map(|wave| wave.trim().to_owned()),
        source: decoder.optional_text(&fields, "source"),
        overall: None,
        scores: Vec::new(),
    };
    let Some(scores) = fields.get("scores") else {
        decoder.missing(&fields, "the benchmark", "scores");
        return Some(benchmark);
    };
    for (key, value) in decoder.mapping(scores, "`scores`").unwrap_or_default() {
        let score = score(decoder, value);
        if key.text == "overall" {
            benchmark.overall = score;
        } else if let Some(index) = ids.touchpoint(decoder, &key.text, key.span) {
            benchmark.scores.extend(score.map(|score| (index, score)));
        }
    }
    Some(benchmark)
}

/// Points, or points with the n and sd of the answers that they are of.
fn score(decoder: &mut Decoder<'_>, node: &Node) -> Option<BenchmarkScore> {
    let points = |decoder: &mut Decoder<'_>, node: &Node| {
        decoder.number_in(node, "a benchmark score", (0.0, 100.0))
    };
    let Value::Mapping(_) = node.value else {
        let points = points(decoder, node)?;
        return Some(BenchmarkScore { points, n: None, sd: None });
    };
    let fields = decoder.fields(node, "a benchmark score", &["points", "n", "sd"])?;
    let n = fields.get("n").and_then(|node| decoder.count(node, "`n`"));
    let sd = fields.get("sd");
    let sd = sd.and_then(|node| decoder.number_in(node, "`sd`", (0.0, 100.0)));
    let Some(at) = fields.get("points") else {
        decoder.missing(&fields, "the benchmark score", "points");
        return None;
    };
    Some(BenchmarkScore { points: points(decoder, at)?, n, sd })
}

/// The least and the greatest answer of a scale.
fn ends(decoder: &mut Decoder<'_>, node: &Node) -> Option<[f64; 2]> {
    let items = decoder.list(node, "`scale`");
    let [least, greatest] = items else {
        let problem = Diagnostic::error(
            Code::BAD_SCALE,
            node.span,
            "the scale of a benchmark needs two ends",
        );
        decoder.problems.push(problem.note("expected two numbers, such as `[1, 5]`"));
        return None;
    };
    let ends = [
        decoder.number(least, "an end of the scale")?,
        decoder.number(greatest, "an end of the scale")?,
    ];
    Some(ends)
}
