//! A segment that scores a touchpoint lower than all others do.

use crate::model::{Finding, SegmentResult, VersusRest};
use crate::stats::real;

use super::{Evidence, Facts, Rule, RuleDoc, finding, minus, probability, size, tests};

pub(super) struct SegmentGap;

const DOC: RuleDoc = RuleDoc {
    code: "TM209",
    id: "segment_gap",
    what: "A segment whose score of a touchpoint, or of the whole, is lower than that of all \
           other respondents: beyond chance, all values and touchpoints of the segment \
           variable taken as one family, and by the least effect that matters.",
    why: "The average hides that some customers fare worse here than others.",
    fix: "Find out what is different for them: the place, the time, or what was promised.",
};

impl Rule for SegmentGap {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        let lower =
            |it: &'_ &SegmentResult| it.differs().is_some_and(|it| it.difference < 0.0);
        let found = evidence.analysis.segments.iter().filter(lower);
        found.filter_map(|it| gap(evidence, it, it.differs()?)).collect()
    }
}

fn gap(
    evidence: &Evidence<'_>,
    result: &SegmentResult,
    versus: &VersusRest,
) -> Option<Finding> {
    let mut touchpoints = evidence.analysis.touchpoints.iter();
    let touchpoint = touchpoints.find(|it| it.id == result.touchpoint);
    let name = touchpoint
        .map_or_else(|| "Overall satisfaction".to_owned(), |it| evidence.name(it));
    let [low, high] = versus.points_ci;
    let family = evidence.segments_tested(&result.segment);
    let text = format!(
        "{name} scores {:.1} points lower in {} {} than among all others, at {:.1} ({}; q {}, \
         family of {}).",
        versus.points.abs(),
        result.segment,
        result.value,
        result.score.points?,
        minus(&format!("95 % CI of the difference {low:.1} to {high:.1}")),
        probability(versus.q),
        tests(family),
    );
    let facts = Facts::default()
        .word("segment", &result.segment)
        .word("value", &result.value)
        .word("subject", &result.touchpoint)
        .number("points", result.score.points)
        .interval("points", result.score.points_ci)
        .number("difference", Some(versus.difference))
        .number("points_change", Some(versus.points))
        .interval("points_change", Some(versus.points_ci))
        .number("df", Some(versus.df))
        .number("p", Some(versus.p))
        .number("q", Some(versus.q))
        .number("family_tests", Some(size(family)))
        .number("alpha", Some(evidence.journey.rules.alpha))
        .number("min_effect", Some(evidence.journey.rules.min_effect))
        .number("n", result.score.n.map(real))
        .number("n_eff", result.score.n_eff);
    Some(finding(&DOC, touchpoint.map(|it| it.id.clone()), text, facts))
}
