//! Importance against score: what to fix first, what to protect.
//!
//! The lines are the target and the fair share 1/k, never the means of the points: a cross
//! in the middle of the points would always find problems (METHOD §11.2).

mod block;
mod draw;
mod place;
mod plane;

use super::scene::Scene;
use super::subject::{Flag, Standing};

/// Touchpoints by score and importance.
#[derive(Clone, Debug)]
pub struct Drivers {
    /// The touchpoints that have both, in the order of the map.
    pub points: Vec<Driver>,
    /// The target that most share, in points.
    pub target: f64,
    /// The share of importance that each would have if all were alike, in percent.
    pub fair: f64,
    /// Points that the axis has room for whatever it shows itself.
    pub shared: Option<[f64; 2]>,
    /// Fixed words.
    pub words: DriverWords,
}

/// A touchpoint by score and importance.
#[derive(Clone, Debug)]
pub struct Driver {
    /// Its id.
    pub id: String,
    /// Its code, such as `5.2`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its score.
    pub standing: Standing,
    /// Its derived importance, in percent.
    pub importance: f64,
    /// The interval of that, in percent.
    pub importance_ci: Option<[f64; 2]>,
    /// Points it should reach, where that is not the target that most share.
    pub own_target: Option<f64>,
    /// Its flags, in the order they are shown.
    pub flags: Vec<Flag>,
    /// How surely it is in its quarter.
    pub standing_in_quarter: Certainty,
    /// What is written beside it.
    pub label: Naming,
    /// Everything that is known of it, in words.
    pub words: String,
}

/// How surely a touchpoint is in its quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// No interval of its crosses a line.
    Certain,
    /// One does.
    Borderline,
}

/// What is written beside a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Code and name.
    Full,
    /// The code.
    Code,
    /// Nothing: there are too many points; the name is that of the link.
    None,
}

/// Words of the plane, in the language of the reader.
#[derive(Clone, Debug, Default)]
pub struct DriverWords {
    /// Name of the level axis.
    pub score: String,
    /// Name of the upright axis.
    pub importance: String,
    /// The target line.
    pub target: String,
    /// The line of the fair share.
    pub fair: String,
    /// Important and under target.
    pub fix: String,
    /// Important and at target.
    pub protect: String,
    /// Less important and under target.
    pub cheap: String,
    /// Less important and at target.
    pub maintain: String,
}

/// How large the plane is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// This wide, with names.
    Wide(f64),
    /// 360 by 400 pixels with codes only, for a phone.
    Compact,
}

/// The plane of `drivers`.
///
/// `title` and `description` are what a reader who cannot see the picture is told.
#[must_use]
pub fn drivers(drivers: &Drivers, size: Size, title: &str, description: &str) -> Scene {
    let plane = plane::Plane::new(drivers, size);
    Scene {
        origin: (0.0, 0.0),
        width: plane.width,
        height: plane.height,
        title: title.to_owned(),
        description: description.to_owned(),
        items: draw::items(drivers, &plane),
    }
}
