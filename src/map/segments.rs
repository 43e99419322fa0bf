//! The groups of a survey: values in a column, or phases counted from a date (`since:` in place of
//! `column:`).

use crate::{
    diag::{Code, Diagnostic, Span},
    model::{Column, Day, PhaseDay, PhasePlan, SegmentPlan},
};

use super::{
    decode::{Decoder, Fields},
    question,
    yaml::{Key, Node, Value},
};

/// Keys of a segment of phases.
const PHASES: &[&str] = &["since", "on", "before", "months", "after"];

/// Decodes `segments`; `date` is the column of the day on which respondents answered.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    date: Option<&Column>,
) -> Vec<SegmentPlan> {
    let Some(node) = fields.get("segments") else { return Vec::new() };
    let entries = decoder.mapping(node, "`segments`").unwrap_or_default();
    let segment = |(key, value)| segment(decoder, key, value, date);
    entries.iter().map(|(key, value)| (key, value)).filter_map(segment).collect()
}

/// Whether a mapping has a key.
fn has(node: &Node, key: &str) -> bool {
    match &node.value {
        Value::Mapping(entries) => entries.iter().any(|(it, _)| it.text == key),
        _ => false,
    }
}

fn segment(
    decoder: &mut Decoder<'_>,
    key: &Key,
    node: &Node,
    date: Option<&Column>,
) -> Option<SegmentPlan> {
    let id = key.text.clone();
    let Value::Mapping(_) = node.value else {
        let column = question::column(decoder, node, "the column of the segment")?;
        let (order, span) = (Vec::new(), Some(key.span));
        return Some(SegmentPlan { id, column, order, phases: None, span });
    };
    if has(node, "since") {
        return of_phases(decoder, (&id, key.span), node, date);
    }
    let fields = decoder.fields(node, "a segment", &["column", "order"])?;
    let column = fields.get("column");
    let column = column.and_then(|it| question::column(decoder, it, "`column`"));
    let Some(column) = column else {
        if fields.get("column").is_none() {
            decoder.missing(&fields, &format!("the segment `{id}`"), "column");
        }
        return None;
    };
    let order =
        fields.get("order").map(|node| decoder.list(node, "`order`")).unwrap_or_default();
    let order =
        order.iter().filter_map(|item| decoder.string(item, "a value of the segment"));
    let order = order.map(str::to_owned).collect();
    Some(SegmentPlan { id, column, order, phases: None, span: Some(key.span) })
}

/// A segment of phases; `date` is the column of the day on which respondents answered.
fn of_phases(
    decoder: &mut Decoder<'_>,
    (id, span): (&str, Span),
    node: &Node,
    date: Option<&Column>,
) -> Option<SegmentPlan> {
    let fields = decoder.fields(node, "a segment of phases", PHASES)?;
    let what = format!("the segment `{id}`");
    let column =
        question::column(decoder, fields.get("since")?, "the column of the day")?;
    let before = name(decoder, &fields, (&what, "before"));
    let after = name(decoder, &fields, (&what, "after"));
    let months = months(decoder, &fields, &what);
    let on = day(decoder, &fields, (&what, node.span), date);
    let phases = PhasePlan { on: on?, before: before?, months: months?, after: after? };
    let order = phases.order();
    let mut known: Vec<&String> = Vec::new();
    for name in &order {
        if known.contains(&name) {
            let message = format!("{what} has the phase `{name}` twice");
            decoder.problems.push(Diagnostic::error(Code::BAD_WORD, span, message));
            return None;
        }
        known.push(name);
    }
    let id = id.to_owned();
    Some(SegmentPlan { id, column, order, phases: Some(phases), span: Some(span) })
}

fn name(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    (what, key): (&str, &str),
) -> Option<String> {
    let Some(node) = fields.get(key) else {
        decoder.missing(fields, what, key);
        return None;
    };
    Some(decoder.string(node, &format!("`{key}`"))?.trim().to_owned())
}

/// Phases and the months that they end after, which rise.
fn months(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    what: &str,
) -> Option<Vec<(String, u32)>> {
    let Some(node) = fields.get("months") else {
        decoder.missing(fields, what, "months");
        return None;
    };
    let mut months: Vec<(String, u32)> = Vec::new();
    for (key, value) in decoder.mapping(node, "`months`")? {
        let count = decoder.count(value, "the end of a phase, in months")?;
        let end = u32::try_from(count).unwrap_or(u32::MAX);
        if months.last().is_some_and(|(_, before)| *before >= end) || end == 0 {
            let problem = Diagnostic::error(
                Code::BAD_NUMBER,
                value.span,
                format!("the phase `{}` ends before it begins", key.text),
            );
            let problem =
                problem.note("expected whole months that rise from phase to phase");
            decoder.problems.push(problem);
            return None;
        }
        months.push((key.text.clone(), end));
    }
    Some(months)
}

/// The day that phases are counted up to: a column, a day, or that of the answers.
fn day(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    (what, span): (&str, Span),
    date: Option<&Column>,
) -> Option<PhaseDay> {
    if let Some(node) = fields.get("on") {
        let column = question::column(decoder, node, "`on`")?;
        let day = column.names.first().and_then(|it| it.parse::<Day>().ok());
        return Some(day.map_or(PhaseDay::Column(column), PhaseDay::Day));
    }
    let Some(date) = date else {
        let message = format!("{what} has no day to count its phases up to");
        let problem = Diagnostic::error(Code::MISSING_KEY, span, message)
            .hint("add `on:` with a column or a day such as 2025-06-30, or `date:` to the survey");
        decoder.problems.push(problem);
        return None;
    };
    Some(PhaseDay::Column(date.clone()))
}
