//! A score that fell since the baseline, beyond chance and by enough to matter.

use crate::model::Finding;

use super::{Evidence, Rule, RuleDoc, changed};

pub(super) struct RelevantFall;

const DOC: RuleDoc = RuleDoc {
    code: "TM204",
    id: "relevant_fall",
    what: "A score lower than in the baseline wave: the difference is beyond chance, all \
           touchpoints of the two waves taken as one family, and it reaches the least effect \
           that matters. Overall satisfaction and recommendation are tested on their own.",
    why: "What customers were content with is getting worse.",
    fix: "Find out what changed between the two waves: the service, the customers, or the \
          questionnaire.",
};

impl Rule for RelevantFall {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        let changes = evidence.relevant_changes();
        let fallen = changes.iter().filter(|it| it.change.difference < 0.0);
        fallen.map(|it| changed(&DOC, "fell", evidence, it)).collect()
    }
}
