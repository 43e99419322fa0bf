//! What may be said of groups of customers.

use crate::model::{SegmentResult, VersusRest};

use super::super::context::Context;
use super::super::number;
use super::super::waves::OVERALL;

/// Scores of groups that differ from all others, beyond chance and by enough, the largest
/// difference first.
pub(in super::super) fn differing<'a>(
    context: &Context<'a>,
) -> Vec<(&'a SegmentResult, &'a VersusRest)> {
    let results = context.analysis.segments.iter();
    let mut found: Vec<_> = results.filter_map(|it| Some((it, it.differs()?))).collect();
    found.sort_by(|one, other| other.1.points.abs().total_cmp(&one.1.points.abs()));
    found
}

/// The largest reliable gap, or that there is none.
pub(in super::super) fn title(context: &Context<'_>) -> String {
    let locale = &context.locale;
    let found = differing(context);
    let Some((result, versus)) = found.first() else {
        let tested = context.analysis.segments.iter().any(|it| it.vs_rest.is_some());
        let key = if tested { "segments.title.none" } else { "segments.title.untested" };
        return locale.word(key);
    };
    let way = if versus.points < 0.0 { "worse" } else { "better" };
    let points = number::fixed(versus.points.abs(), 1);
    if result.touchpoint == OVERALL {
        let gaps = [("value", &*result.value), ("points", &*points)];
        return locale.say(&format!("segments.title.overall.{way}"), &gaps);
    }
    let at = context.index(&result.touchpoint);
    let (code, name) = at.map(|at| context.name(at)).unwrap_or_default();
    let gaps = [
        ("value", &*result.value),
        ("points", &*points),
        ("code", &*code),
        ("name", &*name),
    ];
    locale.say(&format!("segments.title.{way}"), &gaps)
}
