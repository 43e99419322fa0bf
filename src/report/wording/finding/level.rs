//! That nothing moved, where that was tested.

use super::super::super::context::Context;
use super::super::super::{number, waves};
use super::super::trend;
use super::{Found, with_score};

/// No change of the whole or of a touchpoint is reliable and relevant, where both were
/// tested.
pub(super) fn level(context: &Context<'_>) -> impl Iterator<Item = Found> {
    let analysis = context.analysis;
    let whole = analysis.overall_change.as_ref().is_some_and(|it| it.p.is_some());
    let tested = whole && trend::any_tested(context);
    let wave = analysis.baseline.as_deref().filter(|_| tested);
    let wave = wave.filter(|_| !trend::any_reliable(context));
    let found = wave.and_then(|wave| {
        let locale = &context.locale;
        let margin = number::plain(context.journey.rules.min_effect);
        let gaps = [("wave", wave), ("margin", &*margin)];
        let words = (
            locale.say("finding.level", &gaps),
            locale.say("finding.level.evidence", &gaps),
        );
        let section = if waves::trend(context).is_some() { "trend" } else { "map" };
        let name = locale.word(&format!("{section}.nav"));
        let see = locale.say("finding.level.see", &[("section", &name)]);
        let link = (section.to_owned(), see);
        Some((None, with_score(context, Some(&analysis.overall), words, link)?))
    });
    found.into_iter()
}
