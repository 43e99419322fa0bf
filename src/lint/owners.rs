//! Who answers for what.

use crate::diag::{Code, Diagnostic};

use super::Subject;

/// Touchpoints without an owner. A map in which nobody owns anything does not speak of owners,
/// and is not asked to.
pub(super) fn without_owner(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let touchpoints = &subject.journey.touchpoints;
    if touchpoints.iter().all(|it| it.owner.is_none()) {
        return Vec::new();
    }
    let ownerless = touchpoints.iter().filter(|it| it.owner.is_none());
    ownerless
        .map(|it| {
            let message = format!("nobody answers for `{}`", it.id);
            Diagnostic::warning(Code::NO_OWNER, it.span, message)
                .about(&it.id)
                .hint("add `owner: …`")
        })
        .collect()
}
