//! The sentence at the top of the report.

use crate::diagram::Flag;
use crate::model::Status;

use super::super::context::Context;
use super::super::number;
use super::trend;

/// Where the overall score stands, as its interval shows it.
fn overall(context: &Context<'_>) -> &'static str {
    let overall = &context.analysis.overall;
    // What touchpoints reach on average is no target for satisfaction as a whole.
    let Some(target) = context.journey.rules.target.points() else { return "none" };
    match (overall.status, overall.points_ci) {
        (Status::Scored, Some([low, _])) if low >= target => "over",
        (Status::Scored, Some([_, high])) if high < target => "under",
        (Status::Scored, Some(_)) => "near",
        _ => "none",
    }
}

/// The gravest pain point; findings come worst first.
pub(super) fn gravest(context: &Context<'_>) -> Option<usize> {
    let is_pain = |at: &usize| {
        context
            .subject
            .marks
            .get(*at)
            .is_some_and(|mark| mark.flags.contains(&Flag::Pain))
    };
    let found =
        context.analysis.findings.iter().filter_map(|it| it.touchpoint.as_deref());
    let mut ranked = found.filter_map(|id| context.index(id)).filter(is_pain);
    ranked.next().or_else(|| (0..context.subject.marks.len()).find(is_pain))
}

/// Whether any touchpoint was tested for pain: else nothing may be said of it.
pub(in super::super) fn tested(context: &Context<'_>) -> bool {
    let mut pains = context.analysis.touchpoints.iter().filter_map(|it| it.pain.as_ref());
    pains.any(|it| it.p_mean.or(it.p_dissatisfied).is_some())
}

/// That nothing stands out, as far as that was tested.
pub(in super::super) fn nothing(context: &Context<'_>) -> String {
    let key = match (tested(context), trend::any_tested(context)) {
        (true, true) => "summary.nothing",
        (true, false) => "summary.nothing.pain",
        (false, true) => "summary.nothing.change",
        (false, false) => "summary.untested",
    };
    context.locale.word(key)
}

/// How many touchpoints carry `flag`.
pub(super) fn flagged(context: &Context<'_>, flag: Flag) -> usize {
    context.subject.marks.iter().filter(|mark| mark.flags.contains(&flag)).count()
}

/// Level and pain points in one sentence, both only where they were tested.
pub(in super::super) fn headline(context: &Context<'_>) -> String {
    let overall = overall(context);
    let pains = flagged(context, Flag::Pain);
    let Some(gravest) = gravest(context) else {
        let key = if tested(context) { "well" } else { "untested" };
        return context.locale.word(&format!("headline.{overall}.{key}"));
    };
    let (_, name) = context.name(gravest);
    let n = number::count_of(pains);
    let gaps = [("name", name.as_str()), ("n", n.as_str())];
    // Every language of ours tells one pain point from several: the sentence is another.
    let key = if pains == 1 { "single" } else { "several" };
    context.locale.say(&format!("headline.{overall}.{key}"), &gaps)
}
