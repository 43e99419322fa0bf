//! The way through the journey with the lowest scores, against the best and the usual one.

use crate::model::{Finding, JourneyPath};

use super::{Evidence, Facts, Rule, RuleDoc, finding, size};

pub(super) struct WorstPath;

const DOC: RuleDoc = RuleDoc {
    code: "TM212",
    id: "worst_path",
    what: "The way from the start to the end, without going back, whose touchpoints have the \
           lowest mean score, beside the best one and the one that most customers take exactly \
           so. A description of the map and its scores: nothing is tested.",
    why: "An average over touchpoints is the journey of nobody; these are journeys that \
          somebody can have.",
    fix: "Walk the worst way yourself. Where it parts from the best one is where a customer's \
          luck is decided.",
};

impl Rule for WorstPath {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        found(evidence).into_iter().collect()
    }
}

fn found(evidence: &Evidence<'_>) -> Option<Finding> {
    let paths = &evidence.analysis.graph.paths;
    let (best, worst) = (paths.best.as_ref()?, paths.worst.as_ref()?);
    if best.touchpoints == worst.touchpoints {
        return None;
    }
    let low = worst.low.as_ref()?;
    let lowest =
        evidence.analysis.touchpoints.iter().find(|it| it.id == low.touchpoint)?;
    let usual = paths.most_travelled.as_ref().filter(|it| it.mean.is_some());
    let usual_text = usual.map_or_else(String::new, |it| {
        format!(", on the most travelled one {}{}", mean(it), taken(it))
    });
    let text = format!(
        "The worst way through the journey has a mean of {} points over {} touchpoints{}, with \
         its low of {:.1} at {}; on the best way it is {}{}{usual_text}.",
        mean(worst),
        worst.scored,
        taken(worst),
        low.points,
        evidence.name(lowest),
        mean(best),
        taken(best),
    );
    let facts = Facts::default()
        .word("path", &worst.touchpoints.join(" "))
        .number("mean", worst.mean)
        .number("low", Some(low.points))
        .number("peak", worst.peak.as_ref().map(|it| it.points))
        .number("end", worst.end.as_ref().map(|it| it.points))
        .number("scored", Some(size(worst.scored)))
        .number("share", worst.share)
        .number("best_mean", best.mean)
        .number("best_share", best.share)
        .number("most_travelled_mean", usual.and_then(|it| it.mean))
        .number("most_travelled_share", usual.and_then(|it| it.share));
    Some(finding(&DOC, None, text, facts))
}

fn mean(path: &JourneyPath) -> String {
    path.mean.map_or_else(|| "–".to_owned(), |mean| format!("{mean:.1}"))
}

/// ` (taken by 3.1 % of the customers)`, or nothing.
fn taken(path: &JourneyPath) -> String {
    path.share.map_or_else(String::new, |share| {
        let percent = 100.0 * share;
        let shown =
            if percent < 0.1 { "< 0.1".to_owned() } else { format!("{percent:.1}") };
        format!(" (taken by {shown} % of the customers)")
    })
}
