//! What an analysis looks at: a journey, a tally, and the two waves chosen.

use std::collections::BTreeMap;

use crate::model::{Answers, Journey, Score, Status, Wave};
use crate::stats::real;
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
    pub(super) domain: Domain<'a>,
}

/// Of whom the respondents are a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Domain<'a> {
    /// Of customers without number: those of other years too.
    Unlimited,
    /// Of the population of a wave.
    Everybody,
    /// Of those who have a value of a segment, by position.
    Value(usize, &'a str),
}

impl<'a> Domain<'a> {
    /// That of a tally restricted to values of segments.
    pub(super) fn of(
        journey: &'a Journey,
        restricted: &'a BTreeMap<String, String>,
    ) -> Self {
        let survey = journey.survey.as_ref();
        if !survey.and_then(|it| it.population.as_ref()).is_some_and(|it| it.finite) {
            return Self::Unlimited;
        }
        let mut pairs = restricted.iter();
        match (pairs.next(), pairs.next()) {
            (None, _) => Self::Everybody,
            (Some((segment, value)), None) => {
                let mut segments = survey.into_iter().flat_map(|it| &it.segments);
                let position = segments.position(|it| it.id == *segment);
                position.map_or(Self::Unlimited, |it| Self::Value(it, value))
            }
            _ => Self::Unlimited,
        }
    }
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
        let rules = &self.journey.rules;
        score(question, &self.ruler(variable, wave), rules, self.left(wave))
    }

    /// The same respondents, as a sample of customers without number. Comparisons ask whether
    /// what customers meet has changed, not only these customers (W. G. Cochran, *Sampling
    /// Techniques*, 1977, §2.14).
    pub(super) fn unlimited(&self) -> Self {
        Self { domain: Domain::Unlimited, ..*self }
    }

    /// Share, 0–1, of the population of `wave` who did not answer; 1 where it is not counted.
    pub(super) fn left(&self, wave: &str) -> f64 {
        let used = find(self.tally, wave).and_then(|it| it.rows).map(|it| it.used);
        self.left_of(self.domain, used, wave)
    }

    /// The same of `used` respondents of a domain.
    pub(super) fn left_of(
        &self,
        domain: Domain<'_>,
        used: Option<u64>,
        wave: &str,
    ) -> f64 {
        let population =
            self.journey.survey.as_ref().and_then(|it| it.population.as_ref());
        let of_wave = population.zip(Wave::new(wave));
        let all = of_wave.and_then(|(population, wave)| match domain {
            Domain::Unlimited => None,
            Domain::Everybody => population.total(&wave),
            Domain::Value(segment, value) => {
                population.segment(segment)?.of_value(value, &wave)
            }
        });
        match used.zip(all) {
            // More respondents than customers: one of the numbers is wrong, which is told.
            Some((used, all)) if used <= all => 1.0 - real(used) / real(all),
            _ => 1.0,
        }
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
