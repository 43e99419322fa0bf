//! The section `actions`: who does what by when.

use crate::{
    diag::{Code, Diagnostic},
    model::{Action, Day},
};

use super::{
    decode::{Decoder, Fields},
    ids::{Ids, Named},
    yaml::Node,
};

/// Keys of an action.
const KEYS: &[&str] =
    &["id", "touchpoint", "name", "owner", "due", "status", "expected", "wave"];

/// Decodes the section `actions`.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    ids: &mut Ids,
) -> Vec<Action> {
    let Some(node) = fields.get("actions") else { return Vec::new() };
    let items = decoder.list(node, "`actions`");
    items.iter().filter_map(|item| action(decoder, item, ids)).collect()
}

fn action(decoder: &mut Decoder<'_>, node: &Node, ids: &mut Ids) -> Option<Action> {
    let fields = decoder.fields(node, "an action", KEYS)?;
    let found = decoder.required_id(&fields, "the action");
    if let Some((id, span)) = &found {
        ids.enter(decoder, (id, *span), Named::Action);
    }
    let (id, span) = found.unwrap_or_else(|| (String::new(), node.span));
    let touchpoint = fields.get("touchpoint").and_then(|node| {
        let id = decoder.string(node, "`touchpoint`")?;
        ids.touchpoint(decoder, id, node.span)
    });
    let limits = (-100.0, 100.0);
    Some(Action {
        touchpoint,
        name: decoder.required_text(&fields, "the action", "name", &id),
        owner: decoder.optional_text(&fields, "owner"),
        due: fields.get("due").and_then(|node| date(decoder, node)),
        status: decoder.optional_text(&fields, "status"),
        expected: fields
            .get("expected")
            .and_then(|node| decoder.number_in(node, "`expected`", limits)),
        wave: fields
            .get("wave")
            .and_then(|node| Some(decoder.string(node, "`wave`")?.trim().to_owned())),
        id,
        span,
    })
}

/// A day of the calendar, in its usual spelling.
fn date(decoder: &mut Decoder<'_>, node: &Node) -> Option<String> {
    let text = decoder.string(node, "`due`")?;
    if let Ok(date) = text.trim().parse::<Day>() {
        return Some(date.to_string());
    }
    let problem =
        Diagnostic::error(Code::BAD_DATE, node.span, format!("`{text}` is not a date"))
            .note("expected a day of the calendar, written as 2026-03-31");
    decoder.problems.push(problem);
    None
}
