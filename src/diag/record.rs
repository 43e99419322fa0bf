//! Diagnostics as other programs read them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Diagnostic, Severity, Sources, Span};

/// One problem in an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProblemRecord {
    /// Its stable code, such as `TM101`; `touchmap explain` tells of it.
    pub code: String,
    /// The name of the code, such as `unknown_key`.
    pub name: String,
    /// `error`: there is no result. `warning`: there is one, to be read with care.
    pub severity: SeverityWord,
    /// What is wrong.
    pub message: String,
    /// What was found at the place.
    pub label: Option<String>,
    /// Where it is wrong; `None` where that is no single place.
    pub place: Option<Place>,
    /// The id of the touchpoint, stage or action, or the column, that it is about.
    pub about: Option<String>,
    /// Another place that explains it, such as the first of two equal keys.
    pub related: Option<RelatedPlace>,
    /// What helps to understand it, such as what was expected.
    pub notes: Vec<String>,
    /// What can be done about it, best first.
    pub hints: Vec<String>,
}

/// Whether a result can still be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeverityWord {
    /// There is no result.
    Error,
    /// There is a result; read it with care.
    Warning,
}

/// A range of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// The file, as the command line or the map names it.
    pub path: String,
    /// Its first line; the first line of a file is 1.
    pub line: usize,
    /// Its first character; the first character of a line is 1.
    pub column: usize,
    /// Its last line.
    pub end_line: usize,
    /// One past its last character.
    pub end_column: usize,
}

/// A place, and what it has to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RelatedPlace {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// What stands there.
    pub label: String,
}

impl ProblemRecord {
    /// `diagnostic`, its places worked out.
    #[must_use]
    pub fn new(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let related = diagnostic.related.as_ref().and_then(|(span, label)| {
            Some(RelatedPlace { place: place(*span, sources)?, label: label.clone() })
        });
        Self {
            code: diagnostic.code.0.to_owned(),
            name: diagnostic.code.name().to_owned(),
            severity: match diagnostic.severity {
                Severity::Error => SeverityWord::Error,
                Severity::Warning => SeverityWord::Warning,
            },
            message: diagnostic.message.clone(),
            label: diagnostic.label.clone(),
            place: diagnostic.span.and_then(|span| place(span, sources)),
            about: diagnostic.about.clone(),
            related,
            notes: diagnostic.notes.clone(),
            hints: diagnostic.hints.clone(),
        }
    }

    /// Everything about it in one line.
    #[must_use]
    pub fn in_a_line(&self) -> String {
        let label = self.label.iter().map(|it| format!(" ({it})"));
        let notes = self.notes.iter().map(|it| format!("; {it}"));
        let hints = self.hints.iter().map(|it| format!("; help: {it}"));
        let rest: String = label.chain(notes).chain(hints).collect();
        format!("{}{rest}", self.message)
    }
}

fn place(span: Span, sources: &Sources) -> Option<Place> {
    let source = sources.get(span.source)?;
    let (line, column) = source.line_column(span.start);
    let (end_line, end_column) = source.line_column(span.end.max(span.start));
    Some(Place { path: source.path.clone(), line, column, end_line, end_column })
}
