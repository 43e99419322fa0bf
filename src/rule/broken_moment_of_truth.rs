//! A moment of truth that is a pain point.

use crate::model::{Finding, Label};

use super::pain_point::pains;
use super::{Evidence, Rule, RuleDoc};

pub(super) struct BrokenMomentOfTruth;

const DOC: RuleDoc = RuleDoc {
    code: "TM203",
    id: "broken_moment_of_truth",
    what: "A touchpoint that is a moment of truth, declared in the map or derived from the \
           answers, and a pain point as well.",
    why: "Customers are let down just where their judgement of the whole is made.",
    fix: "Mend this one first.",
};

impl Rule for BrokenMomentOfTruth {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        pains(evidence, Label::BrokenMomentOfTruth, &DOC, "is a broken moment of truth")
    }
}
