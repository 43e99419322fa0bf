//! Stages and their touchpoints.

use crate::{
    diag::{Code, Diagnostic},
    model::{Stage, StageIndex, Touchpoint, TouchpointIndex},
};

use super::{
    decode::{Decoder, Fields},
    ids::{Ids, Named},
    inside::Internal,
    yaml::Node,
};

/// Keys of a stage.
const STAGE_KEYS: &[&str] = &["id", "name", "touchpoints"];

/// Keys of a touchpoint.
const TOUCHPOINT_KEYS: &[&str] = &[
    "id",
    "name",
    "channel",
    "owner",
    "action",
    "backstage",
    "question",
    "moment_of_truth",
    "target",
    "expectation",
    "scores",
    "was",
    "audience",
    "supports",
];

/// Who meets a touchpoint.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Audience {
    Customer,
    Internal,
}

impl Audience {
    /// Both, as maps write them.
    const WORDS: [(&'static str, Self); 2] =
        [("customer", Self::Customer), ("internal", Self::Internal)];
}

/// What the section `stages` holds.
#[derive(Default)]
pub(super) struct Parts<'n> {
    pub(super) stages: Vec<Stage>,
    pub(super) touchpoints: Vec<Touchpoint>,
    /// Touchpoints of the people inside.
    pub(super) internal: Vec<Internal<'n>>,
    /// Inline scores by touchpoint position: they wait for the scales of the survey.
    pub(super) scores: Vec<(usize, &'n Node)>,
}

/// Decodes the section `stages`.
pub(super) fn decode<'n>(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'n>,
    ids: &mut Ids,
) -> Parts<'n> {
    let mut parts = Parts::default();
    let Some(node) = fields.get("stages") else {
        decoder.missing(fields, "the map", "stages");
        return parts;
    };
    for item in decoder.list(node, "`stages`") {
        stage(decoder, item, ids, &mut parts);
    }
    if parts.touchpoints.is_empty() && !decoder.problems.has_errors() {
        decoder.error(Code::EMPTY_MAP, node, "the map has no touchpoint");
    }
    parts
}

fn stage<'n>(
    decoder: &mut Decoder<'_>,
    node: &'n Node,
    ids: &mut Ids,
    parts: &mut Parts<'n>,
) {
    let Some(fields) = decoder.fields(node, "a stage", STAGE_KEYS) else { return };
    let index = StageIndex(parts.stages.len());
    let found = decoder.required_id(&fields, "the stage");
    let (id, span) = found.unwrap_or_else(|| (String::new(), node.span));
    if !id.is_empty() {
        ids.enter(decoder, (&id, span), Named::Stage);
    }
    let what =
        if id.is_empty() { "the stage".to_owned() } else { format!("the stage `{id}`") };
    let name = decoder.required_text(&fields, &what, "name", &id);
    let first = parts.touchpoints.len();
    if let Some(list) = fields.get("touchpoints") {
        for item in decoder.list(list, "`touchpoints`") {
            touchpoint(decoder, item, ids, (index, first), parts);
        }
    }
    if parts.touchpoints.len() == first
        && !fields.get("touchpoints").is_some_and(has_items)
    {
        let message = format!("{what} has no touchpoints");
        decoder
            .problems
            .push(Diagnostic::warning(Code::EMPTY_STAGE, span, message).about(&id));
    }
    let touchpoints = first..parts.touchpoints.len();
    parts.stages.push(Stage { id, name, touchpoints, span });
}

fn has_items(node: &Node) -> bool {
    !matches!(&node.value, super::yaml::Value::List(items) if items.is_empty())
}

fn touchpoint<'n>(
    decoder: &mut Decoder<'_>,
    node: &'n Node,
    ids: &mut Ids,
    (stage, first): (StageIndex, usize),
    parts: &mut Parts<'n>,
) {
    let Some(fields) = decoder.fields(node, "a touchpoint", TOUCHPOINT_KEYS) else {
        return;
    };
    let index = parts.touchpoints.len();
    let found = decoder.required_id(&fields, "the touchpoint");
    let (id, span) = found.unwrap_or_else(|| (String::new(), node.span));
    let audience = audience(decoder, &fields);
    let internal = audience == Audience::Internal;
    if !id.is_empty() {
        let named = match audience {
            Audience::Customer => Named::Touchpoint(TouchpointIndex(index)),
            Audience::Internal => Named::Internal,
        };
        ids.enter(decoder, (&id, span), named);
    }
    let what = if id.is_empty() {
        "the touchpoint".to_owned()
    } else {
        format!("the touchpoint `{id}`")
    };
    let name = decoder.required_text(&fields, &what, "name", &id);
    if let Some(scores) = fields.get("scores").filter(|_| !internal) {
        parts.scores.push((index, scores));
    }
    let moment_of_truth = fields
        .get("moment_of_truth")
        .is_some_and(|node| decoder.truth(node, "`moment_of_truth`"));
    let mut points = |key: &str| {
        let node = fields.get(key)?;
        decoder.number_in(node, &format!("`{key}`"), (0.0, 100.0))
    };
    let (target, expectation) = (points("target"), points("expectation"));
    let was = earlier_ids(decoder, &fields);
    let inside = parts.internal.iter().filter(|it| it.stage == stage.0).count();
    let code = if internal { letters(inside) } else { (index - first + 1).to_string() };
    let code = format!("{}.{code}", stage.0 + 1);
    let supports = supports(decoder, &fields, audience);
    let touchpoint = Touchpoint {
        was,
        name,
        channel: decoder.optional_text(&fields, "channel"),
        owner: decoder.optional_text(&fields, "owner"),
        action: decoder.optional_text(&fields, "action"),
        backstage: decoder.optional_text(&fields, "backstage"),
        question: decoder.optional_text(&fields, "question"),
        moment_of_truth,
        target,
        expectation,
        scores: Vec::new(),
        id,
        code,
        stage,
        span,
    };
    if internal {
        parts.internal.push(Internal { touchpoint, stage: stage.0, supports });
    } else {
        parts.touchpoints.push(touchpoint);
    }
}

/// Who meets the touchpoint.
fn audience(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Audience {
    let node = fields.get("audience");
    let word = node.and_then(|it| decoder.word(it, "`audience`", &Audience::WORDS));
    word.unwrap_or(Audience::Customer)
}

/// What it supports, which only an internal touchpoint does.
fn supports<'n>(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'n>,
    audience: Audience,
) -> Option<&'n Node> {
    let node = fields.get("supports")?;
    if audience == Audience::Customer {
        let message = "only an internal touchpoint supports others";
        let problem = Diagnostic::error(Code::UNKNOWN_KEY, node.span, message);
        decoder.problems.push(problem.hint("add `audience: internal`"));
    }
    Some(node)
}

/// Ids that it had in earlier maps.
fn earlier_ids(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Vec<String> {
    let was = fields.get("was").map(Decoder::one_or_more).unwrap_or_default();
    let was = was.iter().filter_map(|it| decoder.string(it, "an earlier id"));
    was.map(|it| it.trim().to_owned()).collect()
}

/// `a`, `b` … `z`, `aa`: what internal touchpoints are numbered with.
fn letters(number: usize) -> String {
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]);
    match (number / 26).checked_sub(1) {
        None => letter.to_string(),
        Some(more) => letters(more) + &letter.to_string(),
    }
}
