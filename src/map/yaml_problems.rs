//! What can be wrong with a file before it is looked at as a map.

use serde_saphyr::granit_parser::ErrorKind;

use crate::diag::{Code, Diagnostic, Span};

use super::{limits, yaml::Key};

pub(super) fn not_utf8(name: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let line = bytes[..at].split(|byte| *byte == b'\n').count();
    let message =
        format!("`{name}` is not UTF-8: line {line} has a byte that no text has");
    Diagnostic::error(Code::NOT_UTF8, None, message).hint("save the file as UTF-8")
}

pub(super) fn duplicate(key: &Key, first: Span) -> Diagnostic {
    let message = format!("the key `{}` stands here a second time", key.text);
    Diagnostic::error(Code::DUPLICATE_KEY, key.span, message)
        .label("second")
        .related(first, "first")
        .hint("keep one of the two")
}

/// What the parser could not read, with the usual cause of it.
pub(super) fn syntax(kind: &ErrorKind, span: Span, info: &str) -> Diagnostic {
    let hint = match kind {
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::MappingValueNotAllowed => {
            "a text with a colon and a blank in it needs quotes; a key needs both behind it"
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation => "indent with blanks, not with tabs",
        ErrorKind::UnclosedQuotedScalar => {
            "a quote that opens before this place is not closed"
        }
        _ => {
            "look at the quotes, brackets and indents at this place and in the line before it"
        }
    };
    let message = format!("this is not YAML: {info}");
    Diagnostic::error(Code::YAML_SYNTAX, span, message).hint(hint)
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message =
        format!("lists and mappings are nested more than {} deep here", limits::DEPTH);
    Diagnostic::error(Code::TOO_LARGE, span, message)
}

pub(super) fn too_many(span: Span) -> Diagnostic {
    let message =
        format!("the map has more than {} values, aliases written out", limits::NODES);
    Diagnostic::error(Code::TOO_LARGE, span, message)
        .hint("write a part that repeats once, or split the map")
}
