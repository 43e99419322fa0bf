//! `operations`, `assumptions` and `service_levels`: what stands beside the answers.

use crate::diag::{Code, Diagnostic};
use crate::model::{
    Assumption, Better, LevelsOf, Operation, Scale, ServiceLevels, TouchpointIndex,
};

use super::decode::{Decoder, Fields};
use super::ids::Ids;
use super::yaml::Node;

/// Keys of a measure.
const KEYS: &[&str] = &["touchpoint", "name", "unit", "better", "target", "values"];

/// Keys of an assumption.
const ASSUMPTION_KEYS: &[&str] = &["name", "source"];

/// Keys of the service levels.
const LEVEL_KEYS: &[&str] = &["of", "edges", "loyalty"];

/// Decodes the section `operations`.
pub(super) fn operations(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    ids: &Ids,
) -> Vec<Operation> {
    let Some(node) = fields.get("operations") else { return Vec::new() };
    let items = decoder.list(node, "`operations`");
    items.iter().filter_map(|item| operation(decoder, item, ids)).collect()
}

fn operation(decoder: &mut Decoder<'_>, node: &Node, ids: &Ids) -> Option<Operation> {
    let fields = decoder.fields(node, "a measure of operations", KEYS)?;
    let name = decoder.required_text(&fields, "the measure", "name", "");
    let touchpoint = touchpoint(decoder, &fields, ids);
    let better = match fields.get("better") {
        Some(node) => decoder.word(node, "`better`", &Better::WORDS),
        None => {
            decoder.missing(&fields, "the measure", "better");
            None
        }
    };
    let target = fields.get("target").and_then(|node| decoder.number(node, "`target`"));
    let values = values(decoder, &fields);
    Some(Operation {
        touchpoint: touchpoint?,
        name,
        unit: decoder.optional_text(&fields, "unit"),
        better: better?,
        target,
        values,
        span: node.span,
    })
}

fn touchpoint(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    ids: &Ids,
) -> Option<TouchpointIndex> {
    let Some(node) = fields.get("touchpoint") else {
        decoder.missing(fields, "the measure", "touchpoint");
        return None;
    };
    let id = decoder.string(node, "`touchpoint`")?;
    ids.touchpoint(decoder, id.trim(), node.span)
}

fn values(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Vec<(String, f64)> {
    let Some(node) = fields.get("values") else {
        decoder.missing(fields, "the measure", "values");
        return Vec::new();
    };
    let mut values = Vec::new();
    for (wave, value) in decoder.mapping(node, "`values`").unwrap_or_default() {
        if let Some(value) = decoder.number(value, "a value") {
            values.push((wave.text.trim().to_owned(), value));
        }
    }
    values
}

/// Decodes the section `assumptions`: each names who says so.
pub(super) fn assumptions(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
) -> Vec<Assumption> {
    let Some(node) = fields.get("assumptions") else { return Vec::new() };
    let mut assumptions = Vec::new();
    for item in decoder.list(node, "`assumptions`") {
        let Some(fields) = decoder.fields(item, "an assumption", ASSUMPTION_KEYS) else {
            continue;
        };
        let what = "the assumption";
        let name = decoder.required_text(&fields, what, "name", "");
        let source = decoder.required_text(&fields, what, "source", "");
        assumptions.push(Assumption { name, source });
    }
    assumptions
}

/// Decodes the section `service_levels`.
pub(super) fn service_levels(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
) -> Option<ServiceLevels> {
    let node = fields.get("service_levels")?;
    let fields = decoder.fields(node, "`service_levels`", LEVEL_KEYS)?;
    let of = fields.get("of");
    let of = of.and_then(|node| decoder.word(node, "`of`", &LevelsOf::WORDS));
    let of = of.unwrap_or(LevelsOf::Score);
    let Some(at) = fields.get("edges") else {
        decoder.missing(&fields, "`service_levels`", "edges");
        return None;
    };
    let limits = match of {
        LevelsOf::Score => (Scale::points().min(), Scale::points().max()),
        LevelsOf::Gap => (-100.0, 100.0),
    };
    let items = decoder.list(at, "`edges`");
    let edges = items.iter().filter_map(|it| decoder.number_in(it, "an edge", limits));
    let edges: Vec<f64> = edges.collect();
    let rising = edges.windows(2).all(|pair| pair[0] < pair[1]);
    let Some(edges) = <[f64; 4]>::try_from(edges).ok().filter(|_| rising) else {
        let problem = Diagnostic::error(
            Code::BAD_BANDS,
            at.span,
            "the edges of service levels are four numbers that rise",
        );
        decoder.problems.push(problem.note(
            "expected where basic, expected, hoped for and beyond hope begin, such as \
             `[40, 60, 80, 95]`",
        ));
        return None;
    };
    let loyalty = fields.get("loyalty").map(|node| {
        let items = decoder.list(node, "`loyalty`");
        let texts = items.iter().filter_map(|it| decoder.text(it, "what a level means"));
        let texts: Vec<_> = texts.collect();
        if texts.len() != 5 {
            let message = format!("`loyalty` has {} texts", texts.len());
            let problem = Diagnostic::error(Code::BAD_NUMBER, node.span, message);
            decoder.problems.push(problem.note("expected one for each of five levels"));
        }
        texts
    });
    Some(ServiceLevels { of, edges, loyalty: loyalty.unwrap_or_default() })
}
