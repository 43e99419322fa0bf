//! Stages and their touchpoints.

use crate::{
    diag::{Code, Diagnostic},
    model::{Stage, StageIndex, Touchpoint, TouchpointIndex},
};

use super::{
    decode::{Decoder, Fields},
    ids::{Ids, Named},
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
    "scores",
    "was",
];

/// What the section `stages` holds.
#[derive(Default)]
pub(super) struct Parts<'n> {
    pub(super) stages: Vec<Stage>,
    pub(super) touchpoints: Vec<Touchpoint>,
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
        for (order, item) in decoder.list(list, "`touchpoints`").iter().enumerate() {
            let code = format!("{}.{}", index.0 + 1, order + 1);
            touchpoint(decoder, item, ids, (index, code), parts);
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
    (stage, code): (StageIndex, String),
    parts: &mut Parts<'n>,
) {
    let Some(fields) = decoder.fields(node, "a touchpoint", TOUCHPOINT_KEYS) else {
        return;
    };
    let index = parts.touchpoints.len();
    let found = decoder.required_id(&fields, "the touchpoint");
    let (id, span) = found.unwrap_or_else(|| (String::new(), node.span));
    if !id.is_empty() {
        ids.enter(decoder, (&id, span), Named::Touchpoint(TouchpointIndex(index)));
    }
    let what = if id.is_empty() {
        "the touchpoint".to_owned()
    } else {
        format!("the touchpoint `{id}`")
    };
    let name = decoder.required_text(&fields, &what, "name", &id);
    if let Some(scores) = fields.get("scores") {
        parts.scores.push((index, scores));
    }
    let moment_of_truth = fields
        .get("moment_of_truth")
        .is_some_and(|node| decoder.truth(node, "`moment_of_truth`"));
    let target = fields
        .get("target")
        .and_then(|node| decoder.number_in(node, "`target`", (0.0, 100.0)));
    let was = fields.get("was").map(Decoder::one_or_more).unwrap_or_default();
    let was = was.iter().filter_map(|it| decoder.string(it, "an earlier id"));
    let was = was.map(|it| it.trim().to_owned()).collect();
    parts.touchpoints.push(Touchpoint {
        was,
        name,
        channel: decoder.optional_text(&fields, "channel"),
        owner: decoder.optional_text(&fields, "owner"),
        action: decoder.optional_text(&fields, "action"),
        backstage: decoder.optional_text(&fields, "backstage"),
        question: decoder.optional_text(&fields, "question"),
        moment_of_truth,
        target,
        scores: Vec::new(),
        id,
        code,
        stage,
        span,
    });
}
