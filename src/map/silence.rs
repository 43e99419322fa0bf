//! The section `silence`: warnings that are known and accepted, each with the reason.

use crate::diag::{CODES, Code, Diagnostic, Silence};

use super::{
    decode::{Decoder, Fields},
    yaml::Node,
};

/// Keys of an entry.
pub(super) const KEYS: &[&str] = &["code", "at", "reason"];

/// Decodes the section `silence`.
pub(super) fn decode(decoder: &mut Decoder<'_>, fields: &Fields<'_>) -> Vec<Silence> {
    let Some(node) = fields.get("silence") else { return Vec::new() };
    let items = decoder.list(node, "`silence`");
    items.iter().filter_map(|item| silence(decoder, item)).collect()
}

fn silence(decoder: &mut Decoder<'_>, node: &Node) -> Option<Silence> {
    let fields = decoder.fields(node, "a silence", KEYS)?;
    let code = match fields.get("code") {
        Some(node) => code(decoder, node).map(|code| (code, node.span)),
        None => {
            decoder.missing(&fields, "the silence", "code");
            None
        }
    };
    let at = fields.get("at").and_then(|node| decoder.string(node, "`at`"));
    // A warning that is accepted without a reason is one that nobody dares to take back.
    let reason = decoder.required_text(&fields, "the silence", "reason", "");
    let reason = reason.all().next().unwrap_or_default().to_owned();
    let (code, span) = code?;
    Some(Silence { code, at: at.map(|it| it.trim().to_owned()), reason, span })
}

fn code(decoder: &mut Decoder<'_>, node: &Node) -> Option<Code> {
    let text = decoder.string(node, "`code`")?.trim();
    let known = CODES.iter().find(|doc| doc.code.0 == text || doc.name == text);
    if known.is_none() {
        let message = format!("there is no code `{text}`");
        let codes = CODES.iter().flat_map(|doc| [doc.code.0, doc.name]);
        let problem = Diagnostic::error(Code::BAD_WORD, node.span, message)
            .note("expected the code of a warning, such as `TM601`")
            .did_you_mean(text, codes);
        decoder.problems.push(problem);
    }
    known.map(|doc| doc.code)
}
