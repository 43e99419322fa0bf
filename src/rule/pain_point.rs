//! A touchpoint under its target, or with too many dissatisfied customers, beyond chance.

use crate::model::{Finding, Label, Pain, TouchpointResult};
use crate::stats::real;

use super::{Evidence, Facts, Rule, RuleDoc, between, finding, probability, size, tests};

pub(super) struct PainPoint;

const DOC: RuleDoc = RuleDoc {
    code: "TM201",
    id: "pain_point",
    what: "A touchpoint whose mean lies under its target by more than the least effect that \
           matters, or where more customers are dissatisfied than is accepted; either beyond \
           chance, all such tests of the wave taken as one family.",
    why: "Customers are let down here, and that is not an accident of who was asked.",
    fix: "Read what the dissatisfied say, give the touchpoint an owner, and follow the score \
          of the next wave. Points lost per customer tell which one to begin with.",
};

impl Rule for PainPoint {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        pains(evidence, Label::PainPoint, &DOC, "is a pain point")
    }
}

/// A finding for each touchpoint with `label`, with the evidence of its pain.
pub(super) fn pains(
    evidence: &Evidence<'_>,
    label: Label,
    doc: &RuleDoc,
    verdict: &str,
) -> Vec<Finding> {
    let labelled =
        evidence.analysis.touchpoints.iter().filter(|it| it.labels.contains(&label));
    labelled
        .filter_map(|result| {
            let pain = result.pain.as_ref()?;
            let text = format!(
                "{} {verdict}: {}.",
                evidence.name(result),
                grounds(evidence, result, pain).join("; ")
            );
            let id = Some(result.id.clone());
            let text = match cause(evidence, result) {
                Some((name, share)) => format!(
                    "{text} Of the dissatisfied who say why, {:.0} % name `{name}`.",
                    100.0 * share
                ),
                None => text,
            };
            let finding = finding(doc, id, text, facts(evidence, result, pain));
            Some(Finding { severity: pain.severity, ..finding })
        })
        .collect()
}

/// The tests that hold, in words.
fn grounds(
    evidence: &Evidence<'_>,
    result: &TouchpointResult,
    pain: &Pain,
) -> Vec<String> {
    let rules = &evidence.journey.rules;
    let family = tests(family(evidence));
    let holds = |q: Option<f64>| q.filter(|q| *q <= rules.alpha);
    let mean = holds(pain.q_mean).zip(result.score.points).map(|(q, points)| {
        let target = match &pain.relative {
            None => format!("the target of {}", pain.target),
            Some(it) => {
                format!(
                    "the mean of the {} other touchpoints, {:.1}",
                    it.others, pain.target
                )
            }
        };
        format!(
            "{points:.1} points{}, more than {} under {target} (q {}, family of {family})",
            between(result.score.points_ci),
            rules.min_effect,
            probability(q)
        )
    });
    let dissatisfied = result.score.dissatisfied.as_ref();
    let share = holds(pain.q_dissatisfied).zip(dissatisfied).map(|(q, share)| {
        format!(
            "{:.1} % are dissatisfied{}, more than the {} % that is accepted (q {}, family \
             of {family})",
            100.0 * share.share,
            between(Some(share.ci.map(|limit| 100.0 * limit))),
            100.0 * rules.max_dissatisfied,
            probability(q)
        )
    });
    [mean, share].into_iter().flatten().collect()
}

/// The cause that stands out among the dissatisfied, and their share.
fn cause<'e>(
    evidence: &'e Evidence<'_>,
    result: &TouchpointResult,
) -> Option<(&'e str, f64)> {
    let analysis = evidence.analysis;
    let mut all = analysis.causes.iter().filter(|it| it.segment.is_none());
    let of = all.find(|it| it.touchpoint == result.id && it.wave == analysis.wave)?;
    let main = of.main.as_deref()?;
    let share = of.causes.iter().find(|it| it.id == main)?.dissatisfied.as_ref()?;
    let cause = evidence.journey.causes.causes.iter().find(|it| it.id == main)?;
    let name = evidence.journey.text(&cause.name, &evidence.journey.language);
    Some((name, share.share))
}

fn facts(evidence: &Evidence<'_>, result: &TouchpointResult, pain: &Pain) -> Facts {
    let rules = &evidence.journey.rules;
    let score = &result.score;
    let dissatisfied = score.dissatisfied.as_ref();
    Facts::default()
        .number("target", Some(pain.target))
        .number("relative", pain.relative.as_ref().map(|it| it.difference))
        .interval("relative", pain.relative.as_ref().map(|it| it.ci))
        .number("points", score.points)
        .interval("points", score.points_ci)
        .number("n", score.n.map(real))
        .number("n_eff", score.n_eff)
        .number("reach", result.reach)
        .number("p_mean", pain.p_mean)
        .number("q_mean", pain.q_mean)
        .number("dissatisfied", dissatisfied.map(|it| it.share))
        .interval("dissatisfied", dissatisfied.map(|it| it.ci))
        .number("p_dissatisfied", pain.p_dissatisfied)
        .number("q_dissatisfied", pain.q_dissatisfied)
        .number("family_tests", Some(size(family(evidence))))
        .number("guaranteed_gap", Some(pain.guaranteed_gap))
        .number("shortfall", pain.shortfall)
        .number("cause_share", cause(evidence, result).map(|(_, share)| share))
        .number("alpha", Some(rules.alpha))
        .number("min_effect", Some(rules.min_effect))
        .number("max_dissatisfied", Some(rules.max_dissatisfied))
}

/// Tests of means and of shares in the family.
fn family(evidence: &Evidence<'_>) -> usize {
    let pains = evidence.analysis.touchpoints.iter().filter_map(|it| it.pain.as_ref());
    pains.flat_map(|it| [it.q_mean, it.q_dissatisfied]).flatten().count()
}
