//! A touchpoint that accounts for more of overall satisfaction than its fair share.

use crate::model::{Finding, Importance, Interval, Label, TouchpointResult};
use crate::stats::real;

use super::{Evidence, Facts, Rule, RuleDoc, finding, probability, size};

pub(super) struct MomentOfTruth;

const DOC: RuleDoc = RuleDoc {
    code: "TM202",
    id: "moment_of_truth",
    what: "A touchpoint with more than its fair share of derived importance: over 1/k beyond \
           chance, all touchpoints of the model taken as one family; at least \
           `min_importance_ratio` times 1/k; a positive link with overall satisfaction; and \
           100 effective respondents or more.",
    why: "What customers think of the whole hangs on it more than on others. Moment of truth \
          is a term of management (Normann, Carlzon); this rule is how it is measured here. \
          It is a link, which need not be a cause.",
    fix: "Keep it over its target before anything else is polished.",
};

impl Rule for MomentOfTruth {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        let of = |it: &Importance| Share {
            value: it.share,
            ci: it.ci,
            t: it.t,
            p: it.p,
            q: it.q,
        };
        truths(evidence, &DOC, (Label::MomentOfTruth, Whose::AllCustomers), of)
    }
}

/// Whose overall satisfaction a share is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    AllCustomers,
    Users,
}

/// A share of importance and its test against the fair share.
pub(super) struct Share {
    pub(super) value: Option<f64>,
    pub(super) ci: Option<Interval>,
    pub(super) t: Option<f64>,
    pub(super) p: Option<f64>,
    pub(super) q: Option<f64>,
}

/// A finding for each touchpoint with the label, the largest share first.
pub(super) fn truths(
    evidence: &Evidence<'_>,
    doc: &RuleDoc,
    (label, whose): (Label, Whose),
    of: impl Fn(&Importance) -> Share,
) -> Vec<Finding> {
    let mut found: Vec<(f64, Finding)> = evidence
        .analysis
        .touchpoints
        .iter()
        .filter(|it| it.labels.contains(&label))
        .filter_map(|it| {
            let share = of(it.importance.as_ref()?);
            let text = text(evidence, it, whose, &share)?;
            let facts = facts(evidence, it, &share, family(evidence, &of));
            Some((share.value?, finding(doc, Some(it.id.clone()), text, facts)))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// Tests of the family that the shares are judged in.
fn family(evidence: &Evidence<'_>, of: &impl Fn(&Importance) -> Share) -> usize {
    let all =
        evidence.analysis.touchpoints.iter().filter_map(|it| it.importance.as_ref());
    all.filter(|it| of(it).q.is_some()).count()
}

fn text(
    evidence: &Evidence<'_>,
    result: &TouchpointResult,
    whose: Whose,
    share: &Share,
) -> Option<String> {
    let model = evidence.analysis.model.as_ref()?;
    let (verdict, among) = match whose {
        Whose::AllCustomers => ("is a moment of truth", ""),
        Whose::Users => {
            ("is a moment of truth for the few who meet it", " among its users")
        }
    };
    let percent = |share: f64| 100.0 * share;
    let ci = share.ci.map_or_else(String::new, |[low, high]| {
        format!(" (95 % CI {:.1} to {:.1})", percent(low), percent(high))
    });
    let reach = result.reach.filter(|_| whose == Whose::Users);
    let reach =
        reach.map_or_else(String::new, |it| format!("; {:.0} % meet it", percent(it)));
    Some(format!(
        "{} {verdict}: {:.1} % of what is linked to overall satisfaction{among}{ci}, more \
         than the fair share of {:.1} % (q {}, {} touchpoints){reach}.",
        evidence.name(result),
        percent(share.value?),
        percent(model.fair_share),
        probability(share.q?),
        model.k,
    ))
}

fn facts(
    evidence: &Evidence<'_>,
    result: &TouchpointResult,
    share: &Share,
    family: usize,
) -> Facts {
    let (rules, model) = (&evidence.journey.rules, evidence.analysis.model.as_ref());
    let importance = result.importance.as_ref();
    let fair = model.map(|it| it.fair_share);
    Facts::default()
        .number("share", share.value)
        .interval("share", share.ci)
        .number("fair_share", fair)
        .number("least_share", fair.map(|it| it * rules.min_importance_ratio))
        .number("t", share.t)
        .number("df", model.map(|it| size(it.groups.saturating_sub(1))))
        .number("p", share.p)
        .number("q", share.q)
        .number("family_tests", Some(size(family)))
        .number("alpha", Some(rules.alpha))
        .number("r", importance.and_then(|it| it.r))
        .interval("r", importance.and_then(|it| it.r_ci))
        .number("reach", result.reach)
        .number("points", result.score.points)
        .interval("points", result.score.points_ci)
        .number("target", result.target)
        .number("n", result.score.n.map(real))
        .number("n_eff", result.score.n_eff)
        .number("n_model", model.map(|it| real(it.n)))
        .number("r_squared", model.map(|it| it.r_squared))
}
