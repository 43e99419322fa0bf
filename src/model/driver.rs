//! What moves overall satisfaction: the model that importance rests on, and what follows from
//! it for each touchpoint (METHOD §7–§9, §11).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Interval;

/// What derived importance rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriverModel {
    /// Respondents with a valid overall answer, unweighted.
    pub n: u64,
    /// Their effective number (Kish).
    pub n_eff: f64,
    /// Touchpoints in the model.
    pub k: usize,
    /// The share of importance that each would have if all were alike, 1/k.
    pub fair_share: f64,
    /// Ids of the touchpoints in the model, in the order of the map.
    pub touchpoints: Vec<String>,
    /// Touchpoints that the gate kept out, and why.
    pub left_out: Vec<LeftOut>,
    /// Share, 0–1, of the variance of overall satisfaction that the touchpoints explain.
    pub r_squared: f64,
    /// The same, less what as many touchpoints without any link would explain.
    pub r_squared_adjusted: f64,
    /// How R² was divided: `exact` over all subsets of touchpoints, or `sampled` orders.
    pub decomposition: Decomposition,
    /// Largest Monte-Carlo standard error of a share; `None` where all subsets were counted.
    pub monte_carlo_error: Option<f64>,
    /// Replicate groups that the standard errors rest on.
    pub groups: usize,
    /// Largest difference, 0–1, between a share and Johnson's relative weight; `None` when
    /// touchpoints determine one another.
    pub johnson_difference: Option<f64>,
    /// Whether overall satisfaction has only two answers: the model is then one of a
    /// probability that is linear in the scores.
    pub dichotomous: bool,
    /// The model of those who use a touchpoint.
    pub users: Option<UserModel>,
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users_reason: Option<String>,
}

/// Pairwise correlations among those who rated both of two touchpoints.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserModel {
    /// Share, 0–1, of the variance that the touchpoints explain.
    pub r_squared: f64,
    /// Smallest eigenvalue of the correlations before repair.
    pub smallest_eigenvalue: f64,
    /// Relative change by the repair; 0 where none was needed.
    pub repair: f64,
}

/// A touchpoint that the gate kept out of the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// Its id.
    pub touchpoint: String,
    /// Why.
    pub reason: String,
}

/// How R² was divided among the touchpoints.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Decomposition {
    /// Over all subsets of touchpoints.
    #[default]
    Exact,
    /// Over a fixed sample of orders of the touchpoints.
    Sampled,
}

/// How much of overall satisfaction a touchpoint accounts for (METHOD §7).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Importance {
    /// Share of R², 0–1, over the whole customer base; `None` outside the model.
    pub share: Option<f64>,
    /// Its standard error, by delete-a-group jackknife.
    pub se: Option<f64>,
    /// Its 95 % interval, within 0–1.
    pub ci: Option<Interval>,
    /// Student's t of “more than the fair share 1/k”, one-sided.
    pub t: Option<f64>,
    /// Its p value.
    pub p: Option<f64>,
    /// p adjusted over all touchpoints of the model.
    pub q: Option<f64>,
    /// Share of R² among those who use the touchpoint; `None` without such a model.
    pub user_share: Option<f64>,
    /// Its standard error.
    pub user_se: Option<f64>,
    /// Its 95 % interval, within 0–1.
    pub user_ci: Option<Interval>,
    /// Student's t of “more than the fair share”, among users.
    pub user_t: Option<f64>,
    /// Its p value.
    pub user_p: Option<f64>,
    /// p adjusted over all touchpoints of the model of users: a family of its own.
    pub user_q: Option<f64>,
    /// Correlation with overall satisfaction among those who rated both.
    pub user_r: Option<f64>,
    /// Whether it is positive among users, beyond chance.
    pub user_link: Option<DriverLink>,
    /// Johnson's relative weight as a share of R²: a cross-check.
    pub johnson: Option<f64>,
    /// Correlation with overall satisfaction, −1 to 1: of the whole base in the model, of
    /// those who rated both outside of it.
    pub r: Option<f64>,
    /// Its 95 % interval, by Fisher's z.
    pub r_ci: Option<Interval>,
    /// Whether a better score goes with a better overall answer.
    pub link: Option<DriverLink>,
    /// Place by share, 1 being the largest, among those with a positive link.
    pub rank: Option<usize>,
}

/// Which way a touchpoint points (METHOD §7.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DriverLink {
    /// The better the score, the better the overall answer, beyond chance.
    Positive,
    /// None beyond chance, or a negative one: never a driver, whatever its share.
    NotPositive,
}

/// What a low score costs and a high one earns (METHOD §9), in native units of the overall
/// answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asymmetry {
    /// Change of the overall answer at a low score, against a middle one; under 0 it costs.
    pub penalty: f64,
    /// Its standard error.
    pub penalty_se: f64,
    /// Its 95 % interval.
    pub penalty_ci: Interval,
    /// Change of the overall answer at a high score; over 0 it earns.
    pub reward: f64,
    /// Its standard error.
    pub reward_se: f64,
    /// Its 95 % interval.
    pub reward_ci: Interval,
    /// Reward plus penalty: under 0 when failing costs more than shining earns.
    pub contrast: f64,
    /// Its standard error.
    pub contrast_se: f64,
    /// Its 95 % interval.
    pub contrast_ci: Interval,
    /// Two-sided p value of “a low score costs as much as a high one earns” (Student's t).
    pub p: f64,
    /// p adjusted over all touchpoints that have an asymmetry.
    pub q: f64,
    /// Kano's class by the three intervals, each touchpoint by itself; delight and itch points
    /// need `q` as well.
    pub class: AsymmetryClass,
    /// Range of impact on the overall answer, 0 or more (Mikulić & Prebežac 2008).
    pub riocs: f64,
    /// Impact asymmetry, −1 to 1; never to be shown without `contrast_ci`.
    pub ia: Option<f64>,
}

/// Kano's class of a touchpoint.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AsymmetryClass {
    /// Failing costs, shining does not make up for it.
    MustBe,
    /// Costs and earns alike.
    OneDimensional,
    /// Shining earns more than failing costs.
    Delighter,
    /// Indifferent, or not to be told from this sample.
    #[default]
    Undetermined,
}

/// What overall satisfaction would gain (METHOD §11.1): an association, which holds if it is
/// causal and the other touchpoints stay as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lift {
    /// Gain of overall satisfaction, in points, when the touchpoint comes up to its target;
    /// 0 at the target and over it, or without a positive link.
    pub overall_points: f64,
    /// Its standard error; `None` where it cannot be had.
    pub se: Option<f64>,
    /// Its 95 % interval, at least 0.
    pub ci: Option<Interval>,
    /// Place by gain, 1 being the largest; `None` without a gain.
    pub rank: Option<usize>,
    /// Best and worst place within one standard error.
    pub rank_interval: Option<[usize; 2]>,
    /// Whether the sample cannot tell the gain from the largest one.
    pub tied_with_leader: bool,
    /// Change of the overall answer by one unit of the score among users, net of the other
    /// touchpoints, native units (Lipovetsky & Conklin 2001).
    pub slope: f64,
    /// Its standard error.
    pub slope_se: Option<f64>,
    /// The ordinary partial slope: shows how much hangs on the model.
    pub partial_slope: Option<f64>,
    /// Gain of overall satisfaction, in points, when nobody scores low any more; `None` where
    /// there is no `asymmetry`.
    pub fix_failures: Option<f64>,
}

/// Where a touchpoint is on the importance–performance plane (METHOD §11.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Its quarter; the lines are the fair share 1/k and the target.
    pub quadrant: PositionQuadrant,
    /// How surely it is there, 0–1.
    pub probability: Option<f64>,
    /// Whether an interval of its crosses a line.
    pub borderline: bool,
}

/// A quarter of the importance–performance plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PositionQuadrant {
    /// More than its fair share of importance, under its target.
    Concentrate,
    /// More than its fair share, at its target or over.
    KeepUp,
    /// Less than its fair share, under its target.
    LowPriority,
    /// Less than its fair share, at its target or over.
    PossibleOverkill,
}

/// What to do with a touchpoint, in a word (METHOD §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A moment of truth that is a pain point: mend it first.
    Broken,
    /// A moment of truth at its target or over.
    Protect,
    /// A pain point that is no moment of truth.
    RepairLater,
    /// Everything else.
    Maintain,
}
