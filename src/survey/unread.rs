//! Why a file is not read, or not to its end.

use std::io;

use crate::diag::{Code, Diagnostic};

use super::sighting::{Place, Site};

/// Bytes that one record may have: a quote that is never closed, or a line without an end,
/// must not fill the memory.
pub(super) const RECORD: usize = 16 << 20;
/// Columns that a table may have; a spreadsheet has 16,384.
pub(super) const COLUMNS: usize = 200_000;

/// Why bytes are not read as a table at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The file is of this form, which is not read, and what to do with it.
    Form(&'static str, &'static str),
    /// No encoding we know reads it.
    Unreadable,
}

/// What stops the reading of a file: its own content, not the machine it lies on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// Bytes, at this offset, that are not text of the encoding that the file began in.
    #[error("the bytes at offset {offset} are not {encoding}")]
    Malformed {
        /// Bytes before the fault.
        offset: u64,
        /// The encoding.
        encoding: &'static str,
    },
    /// What was packed so ends before its end.
    #[error("cut off ({0})")]
    CutOff(&'static str),
    /// What was packed so was changed.
    #[error("damaged ({0})")]
    Damaged(&'static str),
    /// So much came out of so little that no survey is in it.
    #[error("unpacks to more than {megabytes} MiB")]
    Swells {
        /// What had come out.
        megabytes: u64,
    },
    /// A sheet of so many cells, most of them empty or repeated.
    #[cfg(feature = "xlsx")]
    #[error("a sheet of {cells} cells")]
    Sparse {
        /// How many.
        cells: u64,
    },
    /// A record longer than [`RECORD`].
    #[error("a record of more than {} MiB", RECORD >> 20)]
    Endless,
    /// A header of more than [`COLUMNS`] columns.
    #[error("more than {COLUMNS} columns")]
    TooWide,
    /// What stands there is not what the file began as.
    #[error("{0}")]
    Broken(String),
}

impl Fault {
    /// The fault behind a failure to read, if it is one of the file's content.
    pub(super) fn of(error: &io::Error) -> Option<&Self> {
        let inner = error.get_ref()?;
        let stopped = inner.downcast_ref::<Stopped>();
        stopped.map(|it| &it.fault).or_else(|| inner.downcast_ref())
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

/// A fault, and the row it was met in.
#[derive(Debug, thiserror::Error)]
#[error("{fault}")]
struct Stopped {
    fault: Fault,
    place: Place,
}

/// `error` with the row in which it was met, if it is a fault of the file's content.
pub(super) fn in_row(error: io::Error, place: Place) -> io::Error {
    match Fault::of(&error) {
        Some(fault) => {
            let fault = fault.clone();
            io::Error::new(io::ErrorKind::InvalidData, Stopped { fault, place })
        }
        None => error,
    }
}

/// The problem of a file whose bytes are not read as a table.
pub(super) fn refused(refusal: Refusal, site: Site<'_>) -> Diagnostic {
    let name = site.name;
    match refusal {
        Refusal::Form(form, remedy) => Diagnostic::error(
            Code::UNKNOWN_FORMAT,
            site.span,
            format!("`{name}` is {form}, which this version cannot read"),
        )
        .hint(remedy),
        Refusal::Unreadable => Diagnostic::error(
            Code::UNREADABLE_TEXT,
            site.span,
            format!("`{name}` is no text in any encoding we know"),
        )
        .hint("save it as UTF-8"),
    }
}

/// The problem behind a failure to read, if it is one of the file's content.
pub(super) fn stopped(error: &io::Error, site: Site<'_>) -> Option<Diagnostic> {
    let fault = Fault::of(error)?;
    let stopped = error.get_ref().and_then(|inner| inner.downcast_ref::<Stopped>());
    let place = stopped.map(|it| match it.place {
        Place { row: 0, .. } => "in the header".to_owned(),
        Place { row, line } => format!("in row {row} (line {line})"),
    });
    let problem = problem(fault, site);
    Some(match place {
        Some(place) => problem.note(format!("the reading stopped {place}")),
        None => problem,
    })
}

fn problem(fault: &Fault, site: Site<'_>) -> Diagnostic {
    let (name, span) = (site.name, site.span);
    let error = |code, message: String| Diagnostic::error(code, span, message);
    match fault {
        Fault::Malformed { offset, encoding } => error(
            Code::UNREADABLE_TEXT,
            format!("`{name}` begins as {encoding} and does not go on so"),
        )
        .note(format!("the bytes at offset {offset} are not {encoding}"))
        .hint("save it as UTF-8"),
        Fault::CutOff(form) => error(
            Code::DAMAGED_FILE,
            format!("`{name}` ends in the middle: not all of its {form} is there"),
        )
        .hint("copy or export it again, to its end"),
        Fault::Damaged(form) => error(
            Code::DAMAGED_FILE,
            format!("`{name}` is damaged: what it holds is no sound {form}"),
        )
        .hint("copy or export it again"),
        Fault::Swells { megabytes } => error(
            Code::TOO_LARGE_TO_READ,
            format!("`{name}` unpacks to over {megabytes} MiB, more than a survey of its size can hold"),
        )
        .hint("if it is a survey after all, unpack it first, or save it as CSV"),
        #[cfg(feature = "xlsx")]
        Fault::Sparse { cells } => error(
            Code::TOO_LARGE_TO_READ,
            format!("`{name}` has a sheet of {cells} cells, empty and repeated ones included"),
        )
        .hint("delete what lies outside the table, or save the sheet as CSV"),
        Fault::Endless => error(
            Code::TOO_LARGE_TO_READ,
            format!("`{name}` has a row of more than {} MiB", RECORD >> 20),
        )
        .hint("a quote that is never closed, or lines that do not end, are the usual cause"),
        Fault::TooWide => error(
            Code::TOO_LARGE_TO_READ,
            format!("`{name}` has more than {COLUMNS} columns"),
        )
        .hint("lines that do not end are the usual cause"),
        Fault::Broken(what) => {
            error(Code::DAMAGED_FILE, format!("`{name}` cannot be read on: {what}"))
                .hint("export it again, or mend the place")
        }
    }
}
