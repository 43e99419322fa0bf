//! A delighter that is at its target or over it.

use crate::model::{Asymmetry, Finding, Label, TouchpointResult};
use crate::stats::real;

use super::{Evidence, Facts, Rule, RuleDoc, between, finding, minus};

pub(super) struct DelightPoint;

const DOC: RuleDoc = RuleDoc {
    code: "TM207",
    id: "delight_point",
    what: "A delighter (a high score earns more than a low one costs, beyond chance, all \
           touchpoints taken as one family) whose mean is at its target or over it.",
    why: "Customers reward what is done well here, and it is done well.",
    fix: "Keep it, show it, and tell others how it is done.",
};

impl Rule for DelightPoint {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        delighters(evidence, Label::DelightPoint, &DOC, "is a delight point")
    }
}

/// A finding for each delighter with `label`, in the order of the map.
pub(super) fn delighters(
    evidence: &Evidence<'_>,
    label: Label,
    doc: &RuleDoc,
    verdict: &str,
) -> Vec<Finding> {
    let labelled =
        evidence.analysis.touchpoints.iter().filter(|it| it.labels.contains(&label));
    labelled
        .filter_map(|result| {
            let asymmetry = result.asymmetry.as_ref()?;
            let text = format!(
                "{} {verdict}: {:.1} points{}, target {}; a high score is worth {} of the \
                 overall answer, a low one {}.",
                evidence.name(result),
                result.score.points?,
                between(result.score.points_ci),
                result.target.map(|it| format!("{it:.1}"))?,
                signed(asymmetry.reward),
                signed(asymmetry.penalty),
            );
            Some(finding(doc, Some(result.id.clone()), text, facts(result, asymmetry)))
        })
        .collect()
}

fn facts(result: &TouchpointResult, asymmetry: &Asymmetry) -> Facts {
    Facts::default()
        .number("target", result.target)
        .number("points", result.score.points)
        .interval("points", result.score.points_ci)
        .number("penalty", Some(asymmetry.penalty))
        .interval("penalty", Some(asymmetry.penalty_ci))
        .number("reward", Some(asymmetry.reward))
        .interval("reward", Some(asymmetry.reward_ci))
        .number("contrast", Some(asymmetry.contrast))
        .interval("contrast", Some(asymmetry.contrast_ci))
        .number("p", Some(asymmetry.p))
        .number("q", Some(asymmetry.q))
        .number("riocs", Some(asymmetry.riocs))
        .number("ia", asymmetry.ia)
        .number("n", result.score.n.map(real))
        .number("n_eff", result.score.n_eff)
}

/// `+0.84`, or `−0.21`.
fn signed(number: f64) -> String {
    minus(&format!("{number:+.2}"))
}
