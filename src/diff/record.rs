//! What was found, as data.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Interval, Label};

/// Version of the written form.
pub const DIFF_SCHEMA: &str = "touchmap.diff/1";

/// Everything that differs.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DiffRecord {
    /// `touchmap.diff/1`.
    pub schema: String,
    /// The version of touchmap that wrote it.
    pub touchmap: String,
    /// What was before.
    pub old: DiffSide,
    /// What is now.
    pub new: DiffSide,
    /// Changes of the map; `None` where one side is no map.
    pub structure: Option<Vec<Structural>>,
    /// Changes of the scores; `None` where one side has none.
    pub scores: Option<ScoreDiff>,
}

/// One side of the comparison.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DiffSide {
    /// The file.
    pub file: String,
    /// Id of the journey.
    pub journey: String,
    /// The wave of its scores.
    pub wave: Option<String>,
}

/// What kind of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// A stage.
    Stage,
    /// A touchpoint.
    Touchpoint,
    /// A way from one touchpoint to another.
    Transition,
}

/// How it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another id, as `was:` in the new map says.
    Renamed,
    /// Several became one.
    Merged,
    /// One became several.
    Split,
    /// It has another name.
    Name,
    /// It is in another stage.
    Stage,
    /// Its touchpoints stand in another order.
    Order,
    /// Somebody else answers for it.
    Owner,
    /// It should reach other points.
    Target,
    /// The map calls it a moment of truth, or no more.
    Declared,
    /// Another share of customers goes this way.
    Share,
}

/// A change of the map.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Structural {
    /// What changed.
    pub thing: Thing,
    /// How.
    pub kind: Kind,
    /// Its id, that of the new map where it is there; of a transition `a -> b`.
    pub id: String,
    /// Its code, such as `5.2`; of a stage its number.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// What was before.
    pub from: Option<String>,
    /// What is now.
    pub to: Option<String>,
}

/// Changes of scores and flags.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ScoreDiff {
    /// Overall satisfaction.
    pub overall: Moved,
    /// Touchpoints that both sides have, in the order of the new one.
    pub touchpoints: Vec<Moved>,
    /// Flags gained and lost.
    pub flags: Vec<FlagChange>,
}

/// A score on both sides.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Moved {
    /// Id of the touchpoint, or `overall`.
    pub touchpoint: String,
    /// Its code.
    pub code: Option<String>,
    /// Its name, where a map tells it.
    pub name: Option<String>,
    /// Points before; `None` where there is no score that may be shown.
    pub old: Option<f64>,
    /// Points now.
    pub new: Option<f64>,
    /// Now less before, in points.
    pub points: Option<f64>,
    /// 95 % interval of that.
    pub ci: Option<Interval>,
    /// Two-sided p of no change.
    pub p: Option<f64>,
    /// The same, adjusted over all touchpoints; of `overall` none.
    pub q: Option<f64>,
    /// Whether the change is reliable and large enough to matter.
    pub relevant: bool,
    /// Why there is no difference, or no test of it.
    pub reason: Option<String>,
}

/// A flag that came or went.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FlagChange {
    /// Id of the touchpoint.
    pub touchpoint: String,
    /// Its code.
    pub code: String,
    /// Its name, where a map tells it.
    pub name: Option<String>,
    /// The flag.
    pub flag: Label,
    /// Whether it came.
    pub gained: bool,
    /// Why, in a sentence.
    pub reason: String,
}
