//! Which respondents count: those of the segments asked for.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::SurveyPlan;

/// Values that a message lists.
const LISTED: usize = 20;

/// The segments asked for. Several values of one segment are alternatives; of several
/// segments, all must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Restriction(BTreeMap<usize, BTreeSet<String>>);

impl Restriction {
    /// The restriction to these (segment, value) pairs; a segment that the map does not
    /// have is a problem.
    pub(super) fn new(
        pairs: &[(String, String)],
        plan: &SurveyPlan,
        problems: &mut Diagnostics,
    ) -> Self {
        let mut restriction = Self::default();
        for (id, value) in pairs {
            let id = id.trim();
            match plan.segments.iter().position(|segment| segment.id == id) {
                Some(segment) => {
                    let values = restriction.0.entry(segment).or_default();
                    values.insert(value.trim().to_owned());
                }
                None => problems.push(unknown_segment(id, plan)),
            }
        }
        restriction
    }

    /// Whether a respondent counts whose value of each segment `value` tells.
    pub(super) fn admits<'a>(&self, value: impl Fn(usize) -> Option<&'a str>) -> bool {
        self.0.iter().all(|(segment, allowed)| {
            value(*segment).is_some_and(|value| allowed.contains(value))
        })
    }

    /// Whether everybody counts.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The one value of the one segment asked for, if it is no more than that.
    pub(super) fn only(&self) -> Option<(usize, &str)> {
        let mut pairs = self.0.iter().flat_map(|(segment, values)| {
            values.iter().map(|it| (*segment, it.as_str()))
        });
        let first = pairs.next()?;
        pairs.next().is_none().then_some(first)
    }

    /// Reports values that no row has; `seen` are those of each segment.
    pub(super) fn report(
        &self,
        plan: &SurveyPlan,
        seen: &BTreeMap<usize, BTreeSet<String>>,
        problems: &mut Diagnostics,
    ) {
        let nothing = BTreeSet::new();
        for (segment, values) in &self.0 {
            let id = plan.segments.get(*segment).map_or("", |it| it.id.as_str());
            let seen = seen.get(segment).unwrap_or(&nothing);
            for value in values.difference(seen) {
                problems.push(unknown_value(id, value, seen));
            }
        }
    }
}

/// That the map has no such segment.
pub(super) fn unknown_segment(id: &str, plan: &SurveyPlan) -> Diagnostic {
    let known: Vec<_> = plan.segments.iter().map(|it| it.id.as_str()).collect();
    let note = if known.is_empty() {
        "the survey has no segments".to_owned()
    } else {
        format!("the survey has the segments {}", quoted(&known))
    };
    Diagnostic::error(Code::UNKNOWN_SEGMENT, None, format!("no segment is named `{id}`"))
        .note(note)
        .did_you_mean(id, known)
}

fn unknown_value(id: &str, value: &str, seen: &BTreeSet<String>) -> Diagnostic {
    let known: Vec<_> = seen.iter().map(String::as_str).collect();
    let note = match known.get(..LISTED) {
        _ if known.is_empty() => format!("no row has a value of `{id}`"),
        Some(first) if first.len() < known.len() => {
            format!("values seen: {} and {} more", quoted(first), known.len() - LISTED)
        }
        _ => format!("values seen: {}", quoted(&known)),
    };
    let message = format!("no row has `{value}` as its `{id}`");
    Diagnostic::error(Code::UNKNOWN_SEGMENT, None, message)
        .note(note)
        .did_you_mean(value, known)
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, SegmentPlan};

    fn plan() -> SurveyPlan {
        let segment = |id: &str| SegmentPlan {
            id: id.to_owned(),
            column: Column::named(id),
            order: Vec::new(),
            phases: None,
            span: None,
        };
        let mut plan = SurveyPlan::by_ids([]);
        plan.segments = vec![segment("city"), segment("phase")];
        plan
    }

    fn restriction(pairs: &[(&str, &str)], problems: &mut Diagnostics) -> Restriction {
        let pairs: Vec<_> =
            pairs.iter().map(|(id, it)| ((*id).to_owned(), (*it).to_owned())).collect();
        Restriction::new(&pairs, &plan(), problems)
    }

    #[test]
    fn values_of_one_segment_are_alternatives_and_segments_must_all_hold() {
        let mut problems = Diagnostics::default();
        let pairs = [("city", "成都"), ("city", "北京"), ("phase", "new")];
        let it = restriction(&pairs, &mut problems);
        let admits = |city, phase| it.admits(|at| [Some(city), phase][at]);
        assert!(admits("成都", Some("new")) && admits("北京", Some("new")));
        assert!(!admits("上海", Some("new")));
        assert!(!admits("成都", Some("old")) && !admits("成都", None));
        assert!(problems.into_sorted().is_empty());
    }

    #[test]
    fn an_unknown_segment_is_told_the_nearest() {
        let mut problems = Diagnostics::default();
        restriction(&[("ciyt", "x")], &mut problems);
        let problems = problems.into_sorted();
        assert_eq!(problems[0].code, Code::UNKNOWN_SEGMENT);
        assert_eq!(problems[0].hints, ["did you mean `city`?"]);
    }

    #[test]
    fn a_value_that_nobody_has_is_told_twenty_that_somebody_has() {
        let mut problems = Diagnostics::default();
        let it = restriction(&[("city", "Z")], &mut problems);
        let seen = (10..35).map(|number| format!("c{number}")).collect();
        it.report(&plan(), &BTreeMap::from([(0, seen)]), &mut problems);
        let problems = problems.into_sorted();
        assert_eq!(problems[0].code, Code::UNKNOWN_SEGMENT);
        assert!(problems[0].notes[0].ends_with("`c29` and 5 more"));
    }
}
