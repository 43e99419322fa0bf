//! A transition to another owner across which the score drops.

use crate::model::{Finding, HandOff, TouchpointResult};
use crate::stats::real;

use super::{Evidence, Facts, Rule, RuleDoc, finding, minus, probability, size};

pub(super) struct HandOffDrop;

const DOC: RuleDoc = RuleDoc {
    code: "TM210",
    id: "hand_off_drop",
    what: "A transition across which the owner changes and the score drops: beyond chance, all \
           hand-offs taken as one family, and by the least effect that matters, also among \
           those who rated both touchpoints where enough of them did. The same people rate \
           both, so that the error of the difference comes from replicate groups.",
    why: "What one department promised or knows does not reach the next one with the customer.",
    fix: "Let both owners walk through it together: what is handed over, who tells the \
          customer, and who answers for the first days.",
};

impl Rule for HandOffDrop {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        let least = evidence.journey.rules.min_effect;
        let drops = |it: &&HandOff| {
            let falls = it.relevant && it.difference.is_some_and(|it| it < 0.0);
            falls && it.among_both.is_none_or(|it| it <= -least)
        };
        let all = &evidence.analysis.graph.hand_off_scores;
        all.iter().filter(drops).filter_map(|it| drop_across(evidence, it, all)).collect()
    }
}

fn drop_across(
    evidence: &Evidence<'_>,
    hand_off: &HandOff,
    all: &[HandOff],
) -> Option<Finding> {
    let (before, after) =
        (result(evidence, &hand_off.from)?, result(evidence, &hand_off.to)?);
    let ([low, high], q) = (hand_off.ci?, hand_off.q?);
    let family = all.iter().filter(|it| it.q.is_some()).count();
    let both = hand_off.among_both.map_or_else(String::new, |it| {
        minus(&format!("; among those who rated both {it:+.1}"))
    });
    let text = format!(
        "The score drops by {:.1} points, from {:.1} to {:.1}, where {} ({}) hands over to {} \
         ({}) ({}; q {}, family of {family} tests{both}).",
        hand_off.difference?.abs(),
        before.score.points?,
        after.score.points?,
        evidence.name(before),
        hand_off.from_owner,
        evidence.name(after),
        hand_off.to_owner,
        minus(&format!("95 % CI of the difference {low:.1} to {high:.1}")),
        probability(q),
    );
    let facts = Facts::default()
        .word("from", &hand_off.from)
        .word("to", &hand_off.to)
        .word("from_owner", &hand_off.from_owner)
        .word("to_owner", &hand_off.to_owner)
        .number("points", after.score.points)
        .number("points_before", before.score.points)
        .number("points_change", hand_off.difference)
        .interval("points_change", hand_off.ci)
        .number("among_both", hand_off.among_both)
        .number("n_both", hand_off.n_both.map(real))
        .number("share", hand_off.share)
        .number("p", hand_off.p)
        .number("q", Some(q))
        .number("family_tests", Some(size(family)))
        .number("alpha", Some(evidence.journey.rules.alpha))
        .number("min_effect", Some(evidence.journey.rules.min_effect));
    Some(finding(&DOC, Some(hand_off.to.clone()), text, facts))
}

fn result<'a>(evidence: &Evidence<'a>, id: &str) -> Option<&'a TouchpointResult> {
    evidence.analysis.touchpoints.iter().find(|it| it.id == id)
}
