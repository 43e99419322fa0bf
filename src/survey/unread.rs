//! Why a file is not read.

use std::io;

use crate::diag::{Code, Diagnostic};

use super::sighting::Site;
use super::text::{Malformed, Refusal};

/// The problem of a file whose bytes are not read as text.
pub(super) fn refused(refusal: Refusal, site: Site<'_>) -> Diagnostic {
    let name = site.name;
    match refusal {
        Refusal::Form(form) => Diagnostic::error(
            Code::UNKNOWN_FORMAT,
            site.span,
            format!("`{name}` is {form}, which this version cannot read"),
        )
        .hint("save it as CSV"),
        Refusal::Unreadable => Diagnostic::error(
            Code::UNREADABLE_TEXT,
            site.span,
            format!("`{name}` is no text in any encoding we know"),
        )
        .hint("save it as UTF-8"),
    }
}

/// The problem behind a failure to read text, if it is one of the text.
pub(super) fn malformed(error: &io::Error, site: Site<'_>) -> Option<Diagnostic> {
    let Malformed { offset, encoding } = error.get_ref()?.downcast_ref()?;
    let message = format!("`{}` begins as {encoding} and does not go on so", site.name);
    Some(
        Diagnostic::error(Code::UNREADABLE_TEXT, site.span, message)
            .note(format!("the bytes at offset {offset} are not {encoding}"))
            .hint("save it as UTF-8"),
    )
}
