//! A loop that sends customers back to what already hurts.

use crate::model::{Finding, Label, Rework};

use super::{Evidence, Facts, Rule, RuleDoc, finding, size};

pub(super) struct ReworkLoop;

const DOC: RuleDoc = RuleDoc {
    code: "TM211",
    id: "rework",
    what: "A loop of the flow in which customers come to a pain point again. Its cost is the \
           expected number of repeated visits per customer, each taken as many points as an \
           answer lies under the target on average. It rests on the shares of the map, and on \
           customers of a second visit being as satisfied as others.",
    why: "Going round costs twice: the work is done again, and the customer waits again.",
    fix: "Find out why it was not right at the first visit, and see with `touchmap whatif MAP \
          --drop 'from->to'` what doing without would be worth.",
};

impl Rule for ReworkLoop {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        let all = &evidence.analysis.graph.rework;
        all.iter().filter_map(|it| found(evidence, it)).collect()
    }
}

fn found(evidence: &Evidence<'_>, rework: &Rework) -> Option<Finding> {
    let repeats = rework.repeat_visits.filter(|it| *it > 0.0)?;
    let hurts = evidence.analysis.touchpoints.iter().find(|it| {
        it.labels.contains(&Label::PainPoint) && rework.touchpoints.contains(&it.id)
    })?;
    let ways: Vec<String> = rework
        .returns
        .iter()
        .filter_map(|it| {
            let share = 100.0 * it.share?;
            Some(format!("{} -> {} {share:.0} %", it.from, it.to))
        })
        .collect();
    let cost = rework.cost.map_or_else(String::new, |cost| {
        format!(", which costs {cost:.1} points per customer under the targets")
    });
    let text = format!(
        "Customers come back to {}: {repeats:.2} repeated visits per customer in a loop of {} \
         ({}){cost}.",
        evidence.name(hurts),
        touchpoints(rework.touchpoints.len()),
        ways.join(", "),
    );
    let facts = Facts::default()
        .word("loop", &rework.touchpoints.join(" "))
        .number("repeat_visits", Some(repeats))
        .number("cost", rework.cost)
        .number("touchpoints", Some(size(rework.touchpoints.len())))
        .number("returns", Some(size(rework.returns.len())));
    Some(finding(&DOC, Some(hurts.id.clone()), text, facts))
}

fn touchpoints(count: usize) -> String {
    if count == 1 { "one touchpoint".to_owned() } else { format!("{count} touchpoints") }
}
