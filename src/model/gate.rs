//! What a wave must hold, as somebody wrote it.

use crate::diag::Span;

/// A rule in words, such as `overall.points >= 75`.
#[derive(Clone, Debug, PartialEq)]
pub struct GateLine {
    /// The words, trimmed.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}
