//! What an analysis looks at: a journey, a tally, and the two waves chosen.

use crate::model::{Answers, Journey, Score, Status};
use crate::survey::tally::{Distribution, QuestionTally, Tally, Variable};

use super::question::{alike, asked};
use super::ruler::Ruler;
use super::score::{answers, score, withheld};
use super::wave::{Waves, find};

/// The journey and its answers, seen from one wave.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) journey: &'a Journey,
    pub(super) tally: &'a Tally,
    pub(super) waves: Waves<'a>,
}

impl<'a> View<'a> {
    /// What was answered to `variable` in `wave`; `None` when it was not asked.
    pub(super) fn question(
        &self,
        variable: Variable,
        wave: &str,
    ) -> Option<&'a QuestionTally> {
        find(self.tally, wave)?.questions.get(&variable)
    }

    /// How answers to `variable` in `wave` are read.
    pub(super) fn ruler(&self, variable: Variable, wave: &str) -> Ruler {
        if matches!(variable, Variable::Stage(_)) {
            return Ruler::points_themselves();
        }
        let question = asked(self.journey, self.tally, variable, wave);
        Ruler::new(question, self.journey.rules.rescale)
    }

    /// The score of `variable` in `wave`.
    pub(super) fn score(&self, variable: Variable, wave: &str) -> Score {
        let question = self.question(variable, wave);
        score(question, &self.ruler(variable, wave), &self.journey.rules)
    }

    /// Why `variable` cannot be compared between the two waves, if its question changed.
    pub(super) fn incomparable(&self, variable: Variable) -> Option<String> {
        let baseline = self.waves.baseline?;
        let one = asked(self.journey, self.tally, variable, baseline)?;
        let other = asked(self.journey, self.tally, variable, self.waves.reported)?;
        (!alike(one, other)).then(|| format!("the question changed since {baseline}"))
    }

    /// Version of the question in `wave`.
    pub(super) fn version(&self, variable: Variable, wave: &str) -> u64 {
        asked(self.journey, self.tally, variable, wave).map_or(1, |it| it.version)
    }

    /// Cells of `variable` by what they hold; withheld with the score.
    pub(super) fn answers(&self, variable: Variable) -> Option<Answers> {
        let question = self.question(variable, self.waves.reported)?;
        let valid = answers(question)?;
        let counted = matches!(question.answers, Distribution::Histogram(_));
        let shown = valid == 0 || withheld(Some(valid), &self.journey.rules).is_none();
        (counted && shown).then_some(Answers {
            valid,
            not_applicable: question.not_applicable.n,
            blank: question.blank.n,
            not_asked: question.not_asked.n,
        })
    }

    /// Weighted share, 0–1, of customers who meet the touchpoint (METHOD §1.4): those who
    /// rate it among those who rate it or say that it does not apply to them.
    pub(super) fn reach(&self, variable: Variable) -> Option<f64> {
        let question = self.question(variable, self.waves.reported)?;
        let Distribution::Histogram(histogram) = &question.answers else { return None };
        let (valid, absent) = (histogram.n(), question.not_applicable.n);
        let few = |n| withheld(Some(n), &self.journey.rules).is_some();
        // Nobody at all is a reach of 0, if enough people said that it does not apply.
        if few(valid + absent) || (valid > 0 && few(valid)) {
            return None;
        }
        let met: f64 = histogram.levels().iter().map(|at| at.w).sum();
        let all = met + question.not_applicable.w;
        (all > 0.0).then(|| met / all)
    }
}

/// Why a score cannot enter a test, if it cannot: `None` means that it can.
pub(super) fn untestable(score: &Score, low_base: f64, wave: &str) -> Option<String> {
    match score.status {
        Status::Unasked => Some(format!("not asked in {wave}")),
        Status::Unanswered => Some(format!("nobody answered in {wave}")),
        Status::Suppressed => {
            let why = score.reason.as_deref().unwrap_or("too few answers");
            Some(format!("withheld in {wave}: {why}"))
        }
        Status::Scored if is_low_base(score, low_base) => Some(format!(
            "low base in {wave}: fewer than {low_base} effective respondents"
        )),
        Status::Scored => None,
    }
}

/// Whether a shown score rests on too few effective respondents to be flagged or tested.
pub(super) fn is_low_base(score: &Score, low_base: f64) -> bool {
    let base = score.n_eff.or_else(|| score.n.map(crate::stats::real));
    score.status == Status::Scored && base.is_some_and(|n| n < low_base)
}

/// Whether a score is shown and rests on at least so many effective respondents.
pub(super) fn is_firm_enough(score: &Score, least: f64) -> bool {
    score.status == Status::Scored && score.n_eff.is_some_and(|n| n >= least)
}
