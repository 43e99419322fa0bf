//! What is wrong with an input, where, and what to do next.
//!
//! Stages push [`Diagnostic`]s and never print; only the command line renders them.

mod code;
mod github;
mod nearest;
mod record;
mod render;
mod sarif;
mod silence;
mod source;

pub use code::{CODES, Code, CodeDoc};
pub use github::annotation;
pub use nearest::nearest;
pub use record::{Place, ProblemRecord, RelatedPlace, SeverityWord};
pub use render::{Style, render};
pub use sarif::sarif;
pub use silence::{Silence, Sorted};
pub use source::{Source, SourceId, Sources, Span};

/// Whether a result can still be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// There is a result; read it with care.
    Warning,
    /// There is no result.
    Error,
}

/// One problem in an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What tests and `explain` look up; the wording may change, this may not.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The bytes at fault; `None` when the problem lies outside any text we hold.
    pub span: Option<Span>,
    /// The id of the touchpoint, stage or action, or the column, that it is about, for those
    /// who accept it (`silence:`); `None` where it is about no single one.
    pub about: Option<String>,
    /// What is wrong: lower case, no full stop, user text in backticks.
    pub message: String,
    /// A few words under the caret: what was found there.
    pub label: Option<String>,
    /// Another place that explains this one, such as the first of two equal keys.
    pub related: Option<(Span, String)>,
    /// Facts that help to understand it, such as what was expected.
    pub notes: Vec<String>,
    /// What the user can do about it, best first.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// A problem that leaves no result.
    pub fn error(
        code: Code,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            span: span.into(),
            about: None,
            message: message.into(),
            label: None,
            related: None,
            notes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// A problem that leaves a result to be read with care.
    pub fn warning(
        code: Code,
        span: impl Into<Option<Span>>,
        message: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// Says in a few words, under the caret, what was found there.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Names the touchpoint, stage, action or column that it is about.
    #[must_use]
    pub fn about(mut self, id: impl Into<String>) -> Self {
        self.about = Some(id.into());
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related = Some((span, label.into()));
        self
    }

    /// Adds one fact, such as what was expected.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds one thing the user can do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds “did you mean …?” when `found` is close to one of `known`.
    #[must_use]
    pub fn did_you_mean<'a>(
        self,
        found: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        match nearest(found, known) {
            Some(word) => self.hint(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

/// Most problems that one run keeps: a file made of nothing else must not fill the memory.
const MOST_KEPT: usize = 10_000;

/// Gathers problems, so that one run reports all of them (the first 10,000, to be exact).
#[derive(Debug, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    errors: bool,
    silences: Vec<Silence>,
}

impl Diagnostics {
    /// Records one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors |= diagnostic.severity == Severity::Error;
        if self.kept.len() < MOST_KEPT {
            self.kept.push(diagnostic);
        }
    }

    /// Records many problems.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
    }

    /// How many are kept so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.kept.len()
    }

    /// Whether anything recorded so far leaves no result.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors
    }

    /// Accepts warnings of these kinds, whether they come before or after.
    pub fn silence(&mut self, silences: impl IntoIterator<Item = Silence>) {
        self.silences.extend(silences);
    }

    /// Everything kept that is not accepted, in source order; problems without a place come
    /// last.
    #[must_use]
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        self.sorted().problems
    }

    /// Everything kept, what is accepted apart.
    #[must_use]
    pub fn sorted(mut self) -> Sorted {
        self.kept.sort_by_key(|it| (it.span.is_none(), it.span, it.code));
        Sorted::new(self.kept, self.silences)
    }
}
