//! Silences that have nothing to silence.

use crate::diag::{Code, Diagnostic, Silence};

/// Codes of warnings about questionnaires, which `check` does not look for.
const OF_QUESTIONNAIRES: std::ops::RangeInclusive<&str> = "TM621"..="TM639";

/// Whether `code` is that of a warning about a questionnaire.
#[must_use]
pub fn is_of_questionnaire(code: Code) -> bool {
    OF_QUESTIONNAIRES.contains(&code.0)
}

/// That a silence accepts what does not come up.
#[must_use]
pub fn idle(silence: &Silence) -> Diagnostic {
    let about = silence.at.as_ref().map(|at| format!(" about `{at}`"));
    let message = format!(
        "there is no warning {}{} to silence",
        silence.code.0,
        about.unwrap_or_default()
    );
    Diagnostic::warning(Code::IDLE_SILENCE, silence.span, message)
        .hint("remove the entry; an error cannot be silenced")
}
