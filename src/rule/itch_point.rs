//! A delighter that is under its target, and nothing is broken.

use crate::model::{Finding, Label};

use super::delight_point::delighters;
use super::{Evidence, Rule, RuleDoc};

pub(super) struct ItchPoint;

const DOC: RuleDoc = RuleDoc {
    code: "TM208",
    id: "itch_point",
    what: "A delighter (a high score earns more than a low one costs, beyond chance, all \
           touchpoints taken as one family) whose mean is under its target, and which is no \
           pain point.",
    why: "Nothing is broken, but a better score would be rewarded: a win waiting.",
    fix: "Ask what would turn a good visit into an excellent one.",
};

impl Rule for ItchPoint {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        delighters(evidence, Label::ItchPoint, &DOC, "is an itch point")
    }
}
