//! Whether no touchpoint has a flag that it must not have.

use crate::model::{Analysis, Journey, Label, Severity, Status, TouchpointResult};

use super::{
    judge::{Judgement, case, changed},
    record::{Case, Outcome},
    rule::{Flag, Unwanted},
};

/// Whether none is flagged so.
pub(super) fn judged(
    unwanted: Unwanted,
    journey: &Journey,
    analysis: &Analysis,
) -> Judgement {
    if let Some(why) = unwanted.cannot_be_told(journey, analysis) {
        return Judgement::unknown(why);
    }
    let cases: Vec<Case> = analysis
        .touchpoints
        .iter()
        .filter(|it| !unwanted.at_moments || is_moment(it))
        .filter_map(|it| Some(case(it, unwanted.found(it)?)))
        .collect();
    let (outcome, said) = match cases.len() {
        0 => (Outcome::Passed, "there is none".to_owned()),
        1 => (Outcome::Failed, "there is one".to_owned()),
        count => (Outcome::Failed, format!("there are {count}")),
    };
    Judgement { outcome, said, cases }
}

impl Unwanted {
    /// Why nobody can say whether a touchpoint is flagged so.
    fn cannot_be_told(self, journey: &Journey, analysis: &Analysis) -> Option<String> {
        let touchpoints = &analysis.touchpoints;
        let untested = match self.flag {
            Flag::PainPoint | Flag::BrokenMoment => {
                touchpoints.iter().all(|it| it.pain.is_none())
            }
            Flag::RelevantFall => touchpoints.iter().all(|it| it.change.is_none()),
            Flag::LowBase => {
                touchpoints.iter().all(|it| it.score.status != Status::Scored)
            }
        };
        if untested {
            return Some(match (self.flag, &analysis.baseline) {
                (Flag::RelevantFall, None) => {
                    "there is no wave to compare with".to_owned()
                }
                _ => "no touchpoint was tested for it".to_owned(),
            });
        }
        let needs_moments = self.at_moments || self.flag == Flag::BrokenMoment;
        let declared = journey.touchpoints.iter().any(|it| it.moment_of_truth);
        if needs_moments && analysis.model.is_none() && !declared {
            let why = analysis
                .reasons
                .get("model")
                .map_or("importance is not derived", String::as_str);
            return Some(format!("no moment of truth is known: {why}"));
        }
        None
    }

    /// What makes a touchpoint one that must not be.
    fn found(self, it: &TouchpointResult) -> Option<String> {
        let points =
            || it.score.points.map_or("–".to_owned(), |it| format!("{it:.1} points"));
        match self.flag {
            Flag::PainPoint => {
                let severity = it.pain.as_ref().and_then(|pain| pain.severity);
                let is_one = it.labels.contains(&Label::PainPoint);
                // One of the share of dissatisfied alone may have no severity: it is at least mild.
                let bad = severity.unwrap_or(Severity::Mild) >= self.least;
                (is_one && bad).then(|| match severity {
                    Some(Severity::Critical) => format!("critical, {}", points()),
                    Some(Severity::Serious) => format!("serious, {}", points()),
                    _ => format!("mild, {}", points()),
                })
            }
            Flag::BrokenMoment => {
                it.labels.contains(&Label::BrokenMomentOfTruth).then(points)
            }
            Flag::RelevantFall => {
                let change = it.change.as_ref()?;
                (change.relevant && change.points < 0.0).then(|| changed(change))
            }
            Flag::LowBase => it.labels.contains(&Label::LowBase).then(|| {
                it.score.n_eff.map_or("–".to_owned(), |n| format!("effective n {n:.0}"))
            }),
        }
    }
}

fn is_moment(it: &TouchpointResult) -> bool {
    let moments =
        [Label::MomentOfTruth, Label::NicheMomentOfTruth, Label::DeclaredMomentOfTruth];
    moments.iter().any(|label| it.labels.contains(label))
}
