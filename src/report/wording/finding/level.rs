//! That nothing moved, where that was tested.

use crate::model::Change;

use super::super::super::context::Context;
use super::super::super::waves;
use super::super::trend;
use super::{Found, with_score};

/// No change is beyond chance, of the whole or of a touchpoint.
pub(super) fn level(context: &Context<'_>) -> impl Iterator<Item = Found> {
    let analysis = context.analysis;
    let tested = |it: &Change| it.p.is_some();
    let any =
        analysis.touchpoints.iter().any(|it| it.change.as_ref().is_some_and(tested));
    let wave = analysis.baseline.as_deref().filter(|_| any);
    let wave = wave.filter(|_| !trend::any_reliable(context));
    let found = wave.and_then(|wave| {
        let locale = &context.locale;
        let gaps = [("wave", wave)];
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
