//! A touchpoint that matters much to the few who meet it.

use crate::model::{Finding, Importance, Label};

use super::moment_of_truth::{Share, Whose, truths};
use super::{Evidence, Rule, RuleDoc};

pub(super) struct NicheMomentOfTruth;

const DOC: RuleDoc = RuleDoc {
    code: "TM206",
    id: "niche_moment_of_truth",
    what: "A touchpoint that fewer than half of the customers meet and that is no moment of \
           truth for all of them, but has more than its fair share of importance among those \
           who use it, by the same test in a family of its own.",
    why: "Over the whole customer base it weighs little, because few meet it; for those few \
          it weighs much.",
    fix: "Look at it for the customers concerned; averages over everybody hide it.",
};

impl Rule for NicheMomentOfTruth {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        let of = |it: &Importance| Share {
            value: it.user_share,
            ci: it.user_ci,
            t: it.user_t,
            p: it.user_p,
            q: it.user_q,
        };
        truths(evidence, &DOC, (Label::NicheMomentOfTruth, Whose::Users), of)
    }
}
