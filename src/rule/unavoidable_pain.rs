//! Pain points that no complete journey avoids.

use crate::model::{Finding, Label, TouchpointResult};

use super::{Evidence, Facts, Rule, RuleDoc, finding, size};

pub(super) struct UnavoidablePain;

const DOC: RuleDoc = RuleDoc {
    code: "TM214",
    id: "unavoidable_pain",
    what: "Pain points that every complete journey passes, in a flow that leaves customers a \
           choice elsewhere.",
    why: "Nobody can go round them: what is mended here is mended for every customer.",
    fix: "Begin with these, or open a way round them.",
};

impl Rule for UnavoidablePain {
    fn doc(&self) -> &'static RuleDoc {
        &DOC
    }

    fn check(&self, evidence: &Evidence<'_>) -> Vec<Finding> {
        found(evidence).into_iter().collect()
    }
}

fn found(evidence: &Evidence<'_>) -> Option<Finding> {
    let all = &evidence.analysis.touchpoints;
    let is_pain = |it: &&TouchpointResult| it.labels.contains(&Label::PainPoint);
    let hurts: Vec<&TouchpointResult> =
        all.iter().filter(|it| it.unavoidable).filter(is_pain).collect();
    if hurts.is_empty() || all.iter().all(|it| it.unavoidable) {
        return None;
    }
    let names: Vec<String> = hurts.iter().map(|it| evidence.name(it)).collect();
    let (verb, noun) = if hurts.len() == 1 { ("is", "") } else { ("are", "s") };
    let text = format!(
        "No complete journey avoids {}, which {verb} {}pain point{noun}.",
        names.join(", "),
        if hurts.len() == 1 { "a " } else { "" },
    );
    let ids: Vec<&str> = hurts.iter().map(|it| it.id.as_str()).collect();
    let unavoidable = all.iter().filter(|it| it.unavoidable).count();
    let facts = Facts::default()
        .word("touchpoints", &ids.join(" "))
        .number("pain_points", Some(size(hurts.len())))
        .number("unavoidable", Some(size(unavoidable)));
    Some(finding(&DOC, None, text, facts))
}
