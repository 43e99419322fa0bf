//! Causes in words.

use crate::model::{CauseResult, CauseShare, CauseSource};

use super::super::context::Context;
use super::super::number;

/// What all customers of the wave reported say, touchpoint by touchpoint in the order of the
/// map.
pub(in super::super) fn reported<'a>(context: &Context<'a>) -> Vec<&'a CauseResult> {
    let analysis = context.analysis;
    let mut results: Vec<(usize, &CauseResult)> = analysis
        .causes
        .iter()
        .filter(|it| it.segment.is_none() && it.wave == analysis.wave)
        .filter_map(|it| Some((context.index(&it.touchpoint)?, it)))
        .collect();
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, it)| it).collect()
}

/// The same of one touchpoint.
pub(in super::super) fn of<'a>(
    context: &Context<'a>,
    id: &str,
) -> Option<&'a CauseResult> {
    reported(context).into_iter().find(|it| it.touchpoint == id)
}

/// The same of the wave compared with.
pub(in super::super) fn before<'a>(
    context: &Context<'a>,
    id: &str,
) -> Option<&'a CauseResult> {
    let wave = context.analysis.baseline.as_deref()?;
    let mut causes = context.analysis.causes.iter();
    causes.find(|it| it.segment.is_none() && it.wave == wave && it.touchpoint == id)
}

/// The cause that stands out.
pub(in super::super) fn main(result: &CauseResult) -> Option<&CauseShare> {
    let main = result.main.as_deref()?;
    result.causes.iter().find(|it| it.id == main)
}

/// The name of a cause; its id, where the analysis was made of another codebook.
pub(in super::super) fn name(context: &Context<'_>, id: &str) -> String {
    let cause = context.journey.causes.causes.iter().find(|it| it.id == id);
    cause.map_or_else(|| id.to_owned(), |it| context.text(&it.name).to_owned())
}

/// How many said why, and how much of it is coded.
pub(in super::super) fn coverage(
    context: &Context<'_>,
    result: &CauseResult,
) -> Option<String> {
    let said = number::count(result.said?);
    let coded = number::share(result.coded?);
    let denied = result.denied.unwrap_or(0);
    let key = match result.source {
        CauseSource::Comments if denied > 0 => "why.coverage.denied",
        CauseSource::Comments => "why.coverage.comments",
        CauseSource::Coded => "why.coverage.coded",
        CauseSource::Ticked => "why.coverage.ticked",
    };
    let denied = number::count(denied);
    let gaps = [("said", &*said), ("coded", &*coded), ("denied", &*denied)];
    Some(context.locale.say(key, &gaps))
}

/// Why there are no shares of the dissatisfied.
pub(in super::super) fn absent(context: &Context<'_>, result: &CauseResult) -> String {
    let least = number::count(context.journey.rules.suppress_below);
    let key = match result.dissatisfied {
        None => "why.few",
        Some(_) => "why.nothing",
    };
    context.locale.say(key, &[("least", &least)])
}
