//! A score that rose since the baseline, beyond chance and by enough to matter.

use crate::model::Finding;

use super::{Evidence, Rule, RuleDoc, changed};

pub(super) struct RelevantRise;

const DOC: RuleDoc = RuleDoc {
    code: "TM205",
    id: "relevant_rise",
    what: "A score higher than in the baseline wave: the difference is beyond chance, all \
           touchpoints of the two waves taken as one family, and it reaches the least effect \
           that matters. Overall satisfaction and recommendation are tested on their own.",
    why: "Something was done right, and is worth keeping.",
    fix: "Find out what it was, and whether it can be done elsewhere.",
};

impl Rule for RelevantRise {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        let changes = evidence.relevant_changes();
        let risen = changes.iter().filter(|it| it.change.difference > 0.0);
        risen.map(|it| changed(&DOC, "rose", evidence, it)).collect()
    }
}
