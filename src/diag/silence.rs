//! Warnings that the map's people know and accept.

use super::{Code, Diagnostic, Severity, Span};

/// A warning that is accepted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The kind of warning.
    pub code: Code,
    /// What it must be about, as the diagnostic names it; `None` is everything.
    pub at: Option<String>,
    /// Why it is accepted.
    pub reason: String,
    /// Where the map says so.
    pub span: Span,
}

impl Silence {
    /// Whether this accepts `diagnostic`. An error cannot be accepted.
    #[must_use]
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity == Severity::Warning
            && diagnostic.code == self.code
            && (self.at.is_none() || self.at == diagnostic.about)
    }
}

/// What a run found, apart: what is to be mended, and what is accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// What is not accepted, in source order.
    pub problems: Vec<Diagnostic>,
    /// What is accepted, in source order, each with the reason.
    pub silenced: Vec<(Diagnostic, String)>,
    /// Silences that had nothing to accept.
    pub idle: Vec<Silence>,
}

impl Sorted {
    /// Whether anything that is left leaves no result.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|it| it.severity == Severity::Error)
    }

    /// Takes `kept`, which is in source order, apart.
    pub(super) fn new(kept: Vec<Diagnostic>, silences: Vec<Silence>) -> Self {
        let mut sorted = Self::default();
        let mut used = vec![false; silences.len()];
        for diagnostic in kept {
            match silences.iter().position(|it| it.covers(&diagnostic)) {
                Some(at) => {
                    used[at] = true;
                    sorted.silenced.push((diagnostic, silences[at].reason.clone()));
                }
                None => sorted.problems.push(diagnostic),
            }
        }
        let idle = silences.into_iter().zip(used).filter(|(_, used)| !used);
        sorted.idle = idle.map(|(silence, _)| silence).collect();
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostics, Sources};

    #[test]
    fn a_silence_accepts_warnings_of_its_code_and_place_only() {
        let source = Sources::default().add("map.yaml", "id: x");
        let span = Span { source, start: 0, end: 2 };
        let silence = |code, at: Option<&str>| Silence {
            code,
            at: at.map(str::to_owned),
            reason: "known".to_owned(),
            span,
        };
        let mut found = Diagnostics::default();
        found.push(Diagnostic::warning(Code::EMPTY_STAGE, span, "a").about("sales"));
        found.push(Diagnostic::warning(Code::EMPTY_STAGE, span, "b").about("signing"));
        found.push(Diagnostic::error(Code::TRAP, span, "c").about("sales"));
        found.silence([
            silence(Code::EMPTY_STAGE, Some("sales")),
            silence(Code::TRAP, None),
        ]);
        assert!(found.has_errors());
        let sorted = found.sorted();
        let messages = |it: &[Diagnostic]| {
            it.iter().map(|it| it.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(messages(&sorted.problems), ["c", "b"].map(str::to_owned).to_vec());
        assert_eq!(sorted.silenced.len(), 1);
        assert_eq!(sorted.idle, [silence(Code::TRAP, None)]);
    }
}
