//! The section `benchmarks`: scores of others, in points.

use crate::model::Benchmark;

use super::{
    decode::{Decoder, Fields},
    ids::Ids,
    yaml::Node,
};

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
    let fields =
        decoder.fields(node, "a benchmark", &["name", "wave", "source", "scores"])?;
    let mut benchmark = Benchmark {
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
        let points = decoder.number_in(value, "a benchmark score", (0.0, 100.0));
        if key.text == "overall" {
            benchmark.overall = points;
        } else if let Some(index) = ids.touchpoint(decoder, &key.text, key.span) {
            benchmark.scores.extend(points.map(|points| (index, points)));
        }
    }
    Some(benchmark)
}
