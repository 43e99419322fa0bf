//! The model of overall satisfaction that importance and lift rest on (METHOD §7).

use std::borrow::Cow;
use std::num::NonZeroUsize;

use crate::model::{Decomposition, DriverModel, Interval, LeftOut as Left, UserModel};
use crate::rule::minus;
use crate::stats::{
    Admission, Comoments, Importance, LeftOut, Link, Moments, NoCorrelation, NoModel, Z,
    admit, candidates, correlation_interval, explains, johnson, real, sign_guard,
    student_upper_quantile,
};
use crate::survey::tally::{Distribution, DriverTally, Variable};

use super::view::View;
use super::wave::find;

/// Respondents with an overall answer, as far as a model of it could be made of them.
pub(super) struct Base<'a> {
    pub(super) tally: &'a DriverTally,
    pub(super) total: Comoments,
    /// Their effective number.
    pub(super) n_eff: f64,
    /// Whether overall satisfaction has only two answers.
    dichotomous: bool,
}

/// The model, with the uncertainty of whatever is made of it.
pub(super) struct Drivers {
    /// Positions of the touchpoints in the model, rising.
    pub(super) kept: Vec<usize>,
    pub(super) population: Importance,
    pub(super) users: Result<Importance, String>,
    /// Correlations with overall satisfaction.
    pub(super) links: Vec<Correlated>,
    /// Those among users; empty without a model of users.
    pub(super) user_links: Vec<Correlated>,
    /// Johnson's relative weights, as shares.
    pub(super) johnson: Option<Vec<f64>>,
    /// The upper quantile of Student's t that intervals are made with.
    pub(super) quantile: f64,
    adjusted: f64,
}

/// A correlation with overall satisfaction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Correlated {
    pub(super) r: f64,
    pub(super) ci: Option<Interval>,
    pub(super) link: Link,
}

impl Correlated {
    /// `r` among `n` effective respondents.
    pub(super) fn new(r: f64, n: f64) -> Self {
        let ci = correlation_interval(r, n, Z);
        let link = ci.map_or(Link::NotPositive, |ci| sign_guard(r, ci));
        Self { r, ci, link }
    }
}

/// The respondents of the wave reported who gave an overall answer.
///
/// # Errors
/// When there are none, why.
pub(super) fn base<'a>(view: &View<'a>) -> Result<Base<'a>, String> {
    let wave = find(view.tally, view.waves.reported).ok_or("there is no such wave")?;
    if wave.rows.is_none() {
        return Err("needs the rows of respondents".to_owned());
    }
    let overall = wave.questions.get(&Variable::Overall);
    let Some((tally, overall)) = wave.drivers.as_ref().zip(overall) else {
        return Err("overall satisfaction was not asked of the respondents".to_owned());
    };
    let Distribution::Histogram(histogram) = &overall.answers else {
        return Err("overall satisfaction is known from aggregates only".to_owned());
    };
    let moments = Moments::of(histogram, |x| x);
    let total = tally.comoments.total();
    let (Some(moments), Some(total)) = (moments, total) else {
        return Err("nobody gave an overall answer".to_owned());
    };
    let dichotomous = histogram.levels().len() == 2;
    Ok(Base { tally, total, n_eff: moments.n_eff(), dichotomous })
}

impl Base<'_> {
    /// Effective number of `n` of them.
    pub(super) fn effective(&self, n: u64) -> f64 {
        self.n_eff * real(n) / real(self.total.n(0, 0)).max(1.0)
    }

    /// Which touchpoints pass the gate.
    ///
    /// # Errors
    /// When there is no model, why.
    pub(super) fn admission(&self) -> Result<Admission, String> {
        admit(self.total.n(0, 0), &candidates(&self.total)).map_err(no_model)
    }

    /// The model of the touchpoints that passed.
    ///
    /// # Errors
    /// When there is none, why.
    pub(super) fn drivers(
        &self,
        admission: &Admission,
        threads: NonZeroUsize,
    ) -> Result<Drivers, String> {
        let kept = admission.kept.clone();
        let sums = if kept.len() + 1 == self.total.variables() {
            Cow::Borrowed(&self.tally.comoments)
        } else {
            Cow::Owned(self.tally.comoments.map(|group| group.keep(&kept)))
        };
        let (population, users) = Importance::by_both(&sums, threads);
        let population = population.map_err(no_correlation)?;
        let whole = population.whole();
        let r_squared = whole.lmg.r_squared();
        let adjusted =
            explains(r_squared, self.total.n(0, 0), kept.len()).map_err(no_model)?;
        let of_all = |r: &f64| Correlated::new(*r, self.n_eff);
        let links = whole.correlation.outcome().iter().map(of_all).collect();
        let users = users.map_err(no_correlation);
        let of_users = |(place, r): (usize, &f64)| {
            Correlated::new(*r, self.effective(whole.marginals.n(place)))
        };
        let user_links = users.as_ref().map_or_else(
            |_| Vec::new(),
            |it| {
                it.whole()
                    .correlation
                    .outcome()
                    .iter()
                    .enumerate()
                    .map(of_users)
                    .collect()
            },
        );
        let shares =
            |parts: Vec<f64>| parts.into_iter().map(|it| it / r_squared).collect();
        Ok(Drivers {
            links,
            user_links,
            johnson: johnson(&whole.correlation).map(shares),
            quantile: student_upper_quantile(0.025, degrees(&population)),
            adjusted,
            kept,
            users,
            population,
        })
    }
}

/// Degrees of freedom of the standard errors.
pub(super) fn degrees(importance: &Importance) -> f64 {
    real(importance.df() as u64).max(1.0)
}

impl Drivers {
    /// What the analysis tells of the model.
    pub(super) fn model(
        &self,
        view: &View<'_>,
        base: &Base<'_>,
        admission: &Admission,
    ) -> DriverModel {
        let id = |at: usize| {
            view.journey.touchpoints.get(at).map(|it| it.id.clone()).unwrap_or_default()
        };
        let left = |(at, why): &(usize, LeftOut)| Left {
            touchpoint: id(*at),
            reason: left_out(*why).to_owned(),
        };
        let lmg = &self.population.whole().lmg;
        let errors = lmg.monte_carlo_error();
        let largest = |errors: &[f64]| errors.iter().copied().fold(0.0, f64::max);
        DriverModel {
            n: base.total.n(0, 0),
            n_eff: base.n_eff,
            k: self.kept.len(),
            fair_share: 1.0 / real(self.kept.len() as u64),
            touchpoints: self.kept.iter().map(|at| id(*at)).collect(),
            left_out: admission.left_out.iter().map(left).collect(),
            r_squared: lmg.r_squared(),
            r_squared_adjusted: self.adjusted,
            decomposition: match errors {
                None => Decomposition::Exact,
                Some(_) => Decomposition::Sampled,
            },
            monte_carlo_error: errors.map(|it| largest(it) / lmg.r_squared()),
            groups: self.population.df() + 1,
            johnson_difference: self.johnson_difference(),
            dichotomous: base.dichotomous,
            users: self.users.as_ref().ok().map(user_model),
            users_reason: self.users.as_ref().err().cloned(),
        }
    }

    fn johnson_difference(&self) -> Option<f64> {
        let shares = self.population.whole().lmg.shares()?;
        let pairs = shares.iter().zip(self.johnson.as_ref()?);
        Some(pairs.map(|(share, johnson)| (share - johnson).abs()).fold(0.0, f64::max))
    }
}

fn user_model(users: &Importance) -> UserModel {
    let repair = users.repair();
    UserModel {
        r_squared: users.whole().lmg.r_squared(),
        smallest_eigenvalue: repair.map_or(0.0, |it| it.smallest_eigenvalue),
        repair: repair.map_or(0.0, |it| it.change),
    }
}

/// Why a touchpoint is outside the model.
pub(super) fn left_out(why: LeftOut) -> &'static str {
    match why {
        LeftOut::FewUsers(_) => "fewer than 100 respondents rated both it and the whole",
        LeftOut::Constant => "everybody gave it the same answer",
    }
}

fn no_model(why: NoModel) -> String {
    match why {
        NoModel::NoDrivers => {
            "no touchpoint was rated by 100 respondents with an overall answer".to_owned()
        }
        NoModel::FewRows { needed, .. } => {
            format!("fewer than {needed} respondents with an overall answer")
        }
        NoModel::LittleExplained(adjusted) => format!(
            "the touchpoints explain too little of overall satisfaction: adjusted R² {}, \
             under 0.10",
            minus(&format!("{adjusted:.2}"))
        ),
    }
}

fn no_correlation(why: NoCorrelation) -> String {
    match why {
        NoCorrelation::Constant(0) => "all overall answers are the same".to_owned(),
        NoCorrelation::Constant(_) => {
            "the answers to a touchpoint do not vary among those who also rated another"
                .to_owned()
        }
        NoCorrelation::NoPair(..) => {
            "two touchpoints were never rated by the same respondent".to_owned()
        }
        NoCorrelation::Contradictory(smallest) => format!(
            "the correlations of pairs contradict one another: smallest eigenvalue {}",
            minus(&format!("{smallest:.2}"))
        ),
    }
}
