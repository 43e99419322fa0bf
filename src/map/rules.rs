//! The section `rules`: thresholds.

use crate::{
    diag::{Code, Diagnostic},
    model::{Fdr, Rescale, Rules, Target},
};

use super::{
    decode::{Decoder, Fields},
    gate,
    yaml::{Node, Value},
};

/// Keys of the section.
const KEYS: &[&str] = &[
    "target",
    "bands",
    "min_effect",
    "alpha",
    "suppress_below",
    "low_base",
    "max_dissatisfied",
    "severity",
    "min_importance_ratio",
    "rescale",
    "fdr",
    "gate",
];

/// The least number of answers that may be shown: below it respondents can be recognised.
const LEAST_SUPPRESSION: u64 = 5;

/// Decodes the section `rules`; what it leaves out keeps its default.
pub(super) fn decode(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Rules {
    let mut rules = Rules::default();
    let Some(node) = fields.get("rules") else { return rules };
    let Some(fields) = decoder.fields(node, "`rules`", KEYS) else { return rules };
    let points = (0.0, 100.0);
    if let Some(node) = fields.get("target") {
        rules.target = target(decoder, node).unwrap_or(rules.target);
    }
    number(decoder, &fields, "min_effect", points, &mut rules.min_effect);
    number(decoder, &fields, "alpha", (1e-6, 0.5), &mut rules.alpha);
    number(decoder, &fields, "low_base", (1.0, 1e6), &mut rules.low_base);
    number(
        decoder,
        &fields,
        "max_dissatisfied",
        (0.001, 0.999),
        &mut rules.max_dissatisfied,
    );
    number(
        decoder,
        &fields,
        "min_importance_ratio",
        points,
        &mut rules.min_importance_ratio,
    );
    if let Some(bands) =
        fields.get("bands").and_then(|node| rising(decoder, node, "`bands`"))
    {
        rules.bands = bands;
    }
    if let Some(edges) =
        fields.get("severity").and_then(|node| rising(decoder, node, "`severity`"))
    {
        rules.severity = edges;
    }
    if let Some(node) = fields.get("suppress_below") {
        rules.suppress_below = suppression(decoder, node).unwrap_or(rules.suppress_below);
    }
    let rescales = [("minmax", Rescale::MinMax), ("proportional", Rescale::Proportional)];
    if let Some(node) = fields.get("rescale") {
        rules.rescale =
            decoder.word(node, "`rescale`", &rescales).unwrap_or(rules.rescale);
    }
    let fdrs = [("bh", Fdr::BenjaminiHochberg), ("by", Fdr::BenjaminiYekutieli)];
    if let Some(node) = fields.get("fdr") {
        rules.fdr = decoder.word(node, "`fdr`", &fdrs).unwrap_or(rules.fdr);
    }
    if let Some(node) = fields.get("gate") {
        rules.gate = gate::decode(decoder, node);
    }
    rules
}

/// Points, or the word `relative`.
fn target(decoder: &mut Decoder<'_>, node: &Node) -> Option<Target> {
    let text = node.scalar().map(str::trim).unwrap_or_default();
    if text == "relative" {
        return Some(Target::Relative);
    }
    if text.starts_with(char::is_alphabetic) {
        decoder.wrong_type(node, "`target`", "a number from 0 to 100, or `relative`");
        return None;
    }
    decoder.number_in(node, "`target`", (0.0, 100.0)).map(Target::Points)
}

fn number(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    key: &str,
    range: (f64, f64),
    into: &mut f64,
) {
    let found = fields
        .get(key)
        .and_then(|node| decoder.number_in(node, &format!("`{key}`"), range));
    if let Some(number) = found {
        *into = number;
    }
}

fn suppression(decoder: &mut Decoder<'_>, node: &Node) -> Option<u64> {
    let count = decoder.count(node, "`suppress_below`")?;
    if count >= LEAST_SUPPRESSION {
        return Some(count);
    }
    let message =
        format!("`suppress_below` is {count}; expected at least {LEAST_SUPPRESSION}");
    let problem = Diagnostic::error(Code::BAD_NUMBER, node.span, message)
        .note("with fewer answers people can be recognised by what they said");
    decoder.problems.push(problem);
    None
}

/// `N` points that rise.
fn rising<const N: usize>(
    decoder: &mut Decoder<'_>,
    node: &Node,
    what: &str,
) -> Option<[f64; N]> {
    let Value::List(items) = &node.value else {
        decoder.wrong_type(node, what, &format!("a list of {N} numbers"));
        return None;
    };
    let numbers: Vec<f64> = items
        .iter()
        .filter_map(|item| decoder.number(item, &format!("an edge of {what}")))
        .collect();
    let fits = numbers.windows(2).all(|pair| pair[0] < pair[1])
        && numbers.iter().all(|edge| (0.0..=100.0).contains(edge));
    let edges = <[f64; N]>::try_from(numbers).ok().filter(|_| fits);
    if edges.is_none() {
        let message = format!("{what} must be {N} numbers from 0 to 100 that rise");
        decoder.error(Code::BAD_BANDS, node, message);
    }
    edges
}
