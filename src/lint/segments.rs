//! Segments whose values the map lists.

use std::collections::BTreeSet;

use crate::diag::{Code, Diagnostic};

use super::Subject;

/// Values in `order:` of a segment that nobody in any wave has.
pub(super) fn unseen(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (Some(tally), Some(plan)) = (subject.tally, &subject.journey.survey) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (at, segment) in plan.segments.iter().enumerate() {
        let keys = tally.waves.values().flat_map(|it| it.segments.keys());
        let seen: BTreeSet<&str> = keys
            .filter(|(index, _)| *index == at)
            .map(|(_, value)| value.as_str())
            .collect();
        if seen.is_empty() {
            continue;
        }
        for value in segment.order.iter().filter(|it| !seen.contains(it.as_str())) {
            let message =
                format!("nobody has the value `{value}` of the segment `{}`", segment.id);
            let problem = Diagnostic::warning(Code::UNSEEN_VALUE, segment.span, message)
                .about(&segment.id);
            found.push(problem.did_you_mean(value, seen.iter().copied()));
        }
    }
    found
}
