//! The respondents of a wave by the values of one segment variable.

use crate::model::{Journey, Wave};
use crate::stats::Histogram;
use crate::survey::tally::{Distribution, QuestionTally, SegmentTally, Variable};

use super::disclosure::{Cell, cells};
use super::score::answers;
use super::view::View;
use super::wave::find;

/// One segment variable in one wave.
pub(super) struct Partition<'a> {
    /// Its id.
    pub(super) segment: &'a str,
    /// Its values in the order they are shown, and who has them.
    pub(super) values: Vec<(&'a str, &'a SegmentTally)>,
}

impl<'a> Partition<'a> {
    /// Every segment variable of the map in `wave`.
    pub(super) fn all(view: &View<'a>, wave: &str) -> Vec<Self> {
        let Some(tally) = find(view.tally, wave) else { return Vec::new() };
        let plans = view.journey.survey.iter().flat_map(|it| &it.segments);
        plans
            .enumerate()
            .map(|(position, plan)| {
                let of_plan =
                    tally.segments.iter().filter(|((at, _), _)| *at == position);
                let mut values: Vec<(&str, &SegmentTally)> =
                    of_plan.map(|((_, value), it)| (value.as_str(), it)).collect();
                let place = |value: &str| {
                    plan.order.iter().position(|it| it == value).unwrap_or(usize::MAX)
                };
                values.sort_by(|(a, _), (b, _)| {
                    place(a).cmp(&place(b)).then_with(|| Wave::new(a).cmp(&Wave::new(b)))
                });
                Self { segment: &plan.id, values }
            })
            .collect()
    }

    /// What `variable` was answered by each value; `None` where it was not asked.
    pub(super) fn questions(&self, variable: Variable) -> Vec<Option<&'a QuestionTally>> {
        self.values.iter().map(|(_, it)| it.questions.get(&variable)).collect()
    }

    /// Whether the answers of each value to `variable` are shown.
    pub(super) fn shown(&self, variable: Variable, journey: &Journey) -> Vec<Cell> {
        let n = |it: Option<&QuestionTally>| it.and_then(answers).unwrap_or(0);
        let n: Vec<u64> = self.questions(variable).into_iter().map(n).collect();
        cells(&n, journey.rules.suppress_below)
    }
}

/// The answers by level; `None` where only aggregates are known.
pub(super) fn histogram(question: &QuestionTally) -> Option<&Histogram> {
    match &question.answers {
        Distribution::Histogram(histogram) => Some(histogram),
        Distribution::Moments { .. } => None,
    }
}
