//! `survey.population`: how many customers there are, of whom some were asked.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diag::{Code, Diagnostic, Span},
    model::{
        Headcount, PopulationPlan, SegmentPlan, SegmentPopulation, Wave, WeightKind,
    },
};

use super::{
    decode::{Decoder, Fields, listed},
    yaml::{Key, Node, Value},
};

/// Keys of the section.
const KEYS: &[&str] = &["total", "segments", "rake", "finite"];
/// Counts of the same customers may differ by one in so many.
const ROUNDING: u64 = 200;

/// Decodes `population` of a survey with these segments.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    segments: &[SegmentPlan],
    weights: WeightKind,
) -> Option<PopulationPlan> {
    let node = fields.get("population")?;
    let before = decoder.problems.count();
    let fields = decoder.fields(node, "`population`", KEYS)?;
    let total = fields.get("total").and_then(|it| headcount(decoder, it, "`total`"));
    let counts = fields.get("segments").map(|it| by_segment(decoder, it, segments));
    let counts = counts.unwrap_or_default();
    let rake = fields
        .get("rake")
        .map(|it| raked(decoder, it, segments, &counts))
        .unwrap_or_default();
    if let (Some(at), WeightKind::Frequency, false) =
        (fields.get("rake"), weights, rake.is_empty())
    {
        let message = "`rake` needs sampling weights, and the survey has frequencies";
        decoder.error(Code::BAD_WORD, at, message);
    }
    let finite = fields.get("finite").is_some_and(|it| decoder.truth(it, "`finite`"));
    let plan =
        PopulationPlan { total, segments: counts, rake, finite, span: Some(node.span) };
    if finite && plan.total.is_none() && plan.segments.is_empty() {
        decoder.missing(&fields, "`population`", "total");
    }
    // Counts that were not understood are no sums to compare.
    if decoder.problems.count() == before {
        contradictions(decoder, &plan, segments, node);
    }
    Some(plan)
}

/// A number of customers, or one for each of some waves.
fn headcount(decoder: &mut Decoder<'_>, node: &Node, what: &str) -> Option<Headcount> {
    let Value::Mapping(entries) = &node.value else {
        return customers(decoder, node, what).map(Headcount::Every);
    };
    let mut counts = BTreeMap::new();
    for (key, value) in entries {
        let count = customers(decoder, value, what);
        if let (Some(wave), Some(count)) = (Wave::new(&key.text), count) {
            counts.insert(wave, count);
        }
    }
    (!counts.is_empty()).then_some(Headcount::ByWave(counts))
}

fn customers(decoder: &mut Decoder<'_>, node: &Node, what: &str) -> Option<u64> {
    let count = decoder.count(node, what)?;
    if count == 0 {
        let message = format!("{what} counts nobody");
        let problem = Diagnostic::error(Code::BAD_NUMBER, node.span, message)
            .note("expected 1 customer or more; leave out what there is none of");
        decoder.problems.push(problem);
        return None;
    }
    Some(count)
}

fn by_segment(
    decoder: &mut Decoder<'_>,
    node: &Node,
    segments: &[SegmentPlan],
) -> Vec<SegmentPopulation> {
    let entries = decoder.mapping(node, "`segments` of `population`").unwrap_or_default();
    let mut counts = Vec::new();
    for (key, value) in entries {
        let Some(segment) = position(decoder, (&key.text, key), segments) else {
            continue;
        };
        let what = format!("the customers by `{}`", key.text);
        let values = decoder.mapping(value, &what).unwrap_or_default();
        let values = values.iter().filter_map(|(name, node)| {
            let what = format!("`{}` of `{}`", name.text.trim(), key.text);
            Some((name.text.trim().to_owned(), headcount(decoder, node, &what)?))
        });
        counts.push(SegmentPopulation { segment, values: values.collect() });
    }
    counts
}

fn position(
    decoder: &mut Decoder<'_>,
    (id, at): (&str, &Key),
    segments: &[SegmentPlan],
) -> Option<usize> {
    let found = segments.iter().position(|it| it.id == id);
    if found.is_none() {
        decoder.problems.push(unknown((id, at.span), segments));
    }
    found
}

/// That the survey has no such segment.
fn unknown((id, span): (&str, Span), segments: &[SegmentPlan]) -> Diagnostic {
    let ids = segments.iter().map(|it| it.id.as_str());
    let message = format!("the survey has no segment `{id}`");
    let problem = Diagnostic::error(Code::UNKNOWN_REFERENCE, span, message);
    let problem = match segments {
        [] => problem.note("`survey.segments` names none"),
        _ => problem.note(format!("expected {}", listed(ids.clone()))),
    };
    problem.did_you_mean(id, ids)
}

/// The segments that weights are raked to: those whose customers are counted.
fn raked(
    decoder: &mut Decoder<'_>,
    node: &Node,
    segments: &[SegmentPlan],
    counts: &[SegmentPopulation],
) -> Vec<usize> {
    let mut raked = Vec::new();
    for item in Decoder::one_or_more(node) {
        let Some(id) = decoder.string(item, "`rake`").map(str::trim) else { continue };
        let Some(segment) = segments.iter().position(|it| it.id == id) else {
            decoder.problems.push(unknown((id, item.span), segments));
            continue;
        };
        if !counts.iter().any(|it| it.segment == segment) {
            let message =
                format!("`population` does not say how many customers each `{id}` has");
            let problem = Diagnostic::error(Code::MISSING_KEY, item.span, message).hint(
                format!("add them under `segments:`, as `{id}: {{value: 1200, …}}`"),
            );
            decoder.problems.push(problem);
        } else if !raked.contains(&segment) {
            raked.push(segment);
        }
    }
    raked
}

/// Says where the same customers are counted as different numbers.
fn contradictions(
    decoder: &mut Decoder<'_>,
    plan: &PopulationPlan,
    segments: &[SegmentPlan],
    node: &Node,
) {
    for wave in waves(plan) {
        let of = |it: &Headcount| match (it, &wave) {
            (Headcount::Every(count), _) => Some(*count),
            (by_wave, Some(wave)) => by_wave.of(wave),
            (_, None) => None,
        };
        let told = plan.total.as_ref().and_then(of);
        let told = told.map(|count| ("`total`".to_owned(), count));
        let sums = plan.segments.iter().filter_map(|it| {
            let counts: Option<Vec<u64>> =
                it.values.iter().map(|(_, count)| of(count)).collect();
            let sum = counts?.iter().sum();
            Some((format!("`{}`", segments.get(it.segment)?.id), sum))
        });
        let counts: Vec<(String, u64)> = told.into_iter().chain(sums).collect();
        let (least, most) =
            (counts.iter().min_by_key(|it| it.1), counts.iter().max_by_key(|it| it.1));
        let Some(((less, least), (more, most))) = least.zip(most) else { continue };
        if most - least > least / ROUNDING {
            let when = wave.map(|it| format!(", in wave `{it}`")).unwrap_or_default();
            let message = format!(
                "`population` has {most} customers by {more}, and {least} by {less}{when}"
            );
            let problem = Diagnostic::error(Code::BAD_NUMBER, node.span, message)
                .note("expected the same customers, counted in several ways");
            decoder.problems.push(problem);
            return;
        }
    }
}

/// Every wave that counts are given for; `None` where they are the same in all.
fn waves(plan: &PopulationPlan) -> Vec<Option<Wave>> {
    let of_segments = plan.segments.iter().flat_map(|it| &it.values).map(|(_, it)| it);
    let named = |it: &Headcount| match it {
        Headcount::Every(_) => Vec::new(),
        Headcount::ByWave(counts) => counts.keys().cloned().collect(),
    };
    let waves: BTreeSet<_> =
        plan.total.iter().chain(of_segments).flat_map(named).collect();
    if waves.is_empty() { vec![None] } else { waves.into_iter().map(Some).collect() }
}
