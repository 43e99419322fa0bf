//! Customers who leave the journey unfinished, and where most of them do.

use crate::model::{Finding, Leaving};

use super::{Evidence, Facts, Rule, RuleDoc, finding};

pub(super) struct LeavingUnfinished;

const DOC: RuleDoc = RuleDoc {
    code: "TM213",
    id: "leaving",
    what: "Customers who leave the journey unfinished, as the shares of the map say: where all \
           shares out of a touchpoint are given and add up to less than 1, the rest leave.",
    why: "Those who leave answer no survey of the later touchpoints: what they met is not in \
          the scores.",
    fix: "Ask those who leave, there and then, and see with `touchmap whatif` what keeping \
          them would change.",
};

impl Rule for LeavingUnfinished {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        found(evidence).into_iter().collect()
    }
}

fn found(evidence: &Evidence<'_>) -> Option<Finding> {
    let graph = &evidence.analysis.graph;
    let completion = graph.completion?;
    // Of equal ones the first in the order of the map.
    let most: &Leaving = graph.leaving.iter().rev().max_by(|a, b| {
        a.customers.unwrap_or(0.0).total_cmp(&b.customers.unwrap_or(0.0))
    })?;
    let customers = most.customers.filter(|it| *it > 0.0)?;
    let result =
        evidence.analysis.touchpoints.iter().find(|it| it.id == most.touchpoint)?;
    let text = format!(
        "{:.0} % of the customers complete the journey; of the others most leave at {} \
         ({:.1} % of all customers, {:.0} % of the visits there).",
        100.0 * completion,
        evidence.name(result),
        100.0 * customers,
        100.0 * most.share,
    );
    let facts = Facts::default()
        .number("completion", Some(completion))
        .number("customers", Some(customers))
        .number("share", Some(most.share));
    Some(finding(&DOC, Some(most.touchpoint.clone()), text, facts))
}
