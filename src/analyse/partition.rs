//! The respondents of a wave by the values of one segment variable.

use crate::model::{Rules, Wave};
use crate::stats::Histogram;
use crate::survey::tally::{
    Beside, Distribution, QuestionTally, SegmentTally, Variable, WaveTally,
};

use super::disclosure::{Cell, cells, unlisted};
use super::score::answers;
use super::view::View;
use super::wave::find;

/// One segment variable in one wave.
pub(super) struct Partition<'a> {
    /// Its id.
    pub(super) segment: &'a str,
    /// Its values in the order they are shown, and who has them.
    pub(super) values: Vec<(&'a str, &'a SegmentTally)>,
    /// The whole wave, those without a value too.
    wave: &'a WaveTally,
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
                Self { segment: &plan.id, values, wave: tally }
            })
            .collect()
    }

    /// What `variable` was answered by each value; `None` where it was not asked.
    pub(super) fn questions(&self, variable: Variable) -> Vec<Option<&'a QuestionTally>> {
        self.values.iter().map(|(_, it)| it.questions.get(&variable)).collect()
    }

    /// Whether the answers of each value to `variable` are shown.
    pub(super) fn shown(&self, variable: Variable, rules: &Rules) -> Vec<Cell> {
        let (n, total) = self.answers(variable);
        cells(&n, total, rules.suppress_below)
    }

    /// Whether so few who answered `variable` have no value that nobody may know of them.
    pub(super) fn leaves_few(&self, variable: Variable, rules: &Rules) -> bool {
        let (n, total) = self.answers(variable);
        unlisted(&n, total, rules.suppress_below).is_some()
    }

    /// What was answered to `variable` by those without a value; `None` where answers are
    /// not known by level.
    pub(super) fn rest(&self, variable: Variable) -> Option<Histogram> {
        let whole = histogram(self.wave.questions.get(&variable)?)?.clone();
        let listed = self.questions(variable).into_iter().flatten();
        listed.map(histogram).try_fold(whole, |rest, of| Some(rest.without(of?)))
    }

    /// What each value counts beside the scores; `None` where nobody says it.
    pub(super) fn beside(&self, it: Beside) -> Vec<Option<&'a Histogram>> {
        self.values.iter().map(|(_, value)| value.beside.get(&it)).collect()
    }

    /// The same of the whole wave.
    pub(super) fn beside_whole(&self, it: Beside) -> Option<&'a Histogram> {
        self.wave.beside.get(&it)
    }

    /// Answers of each value to `variable`, and of the whole wave.
    fn answers(&self, variable: Variable) -> (Vec<u64>, Option<u64>) {
        let n = |it: Option<&QuestionTally>| it.and_then(answers).unwrap_or(0);
        let total = self.wave.questions.get(&variable).and_then(answers);
        (self.questions(variable).into_iter().map(n).collect(), total)
    }
}

/// The answers by level; `None` where only aggregates are known.
pub(super) fn histogram(question: &QuestionTally) -> Option<&Histogram> {
    match &question.answers {
        Distribution::Histogram(histogram) => Some(histogram),
        Distribution::Moments { .. } | Distribution::Withheld { .. } => None,
    }
}
