//! Where scores and importances are on the plane.

use super::{Drivers, Size};
use crate::diagram::scene::Rect;
use crate::diagram::style::QUARTER;
use crate::diagram::text::width;

/// Height of the strips above and below all points, which hold the names of the quarters.
const STRIP: f64 = 24.0;

/// The two axes, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    /// Width of the picture.
    pub(super) width: f64,
    /// Height of the picture.
    pub(super) height: f64,
    /// The plane without its axes.
    pub(super) frame: Rect,
    /// Whether there is room for names.
    pub(super) size: Size,
    score: [f64; 2],
    most: f64,
}

impl Plane {
    /// Axes that hold every point with its intervals, and both lines.
    pub(super) fn new(drivers: &Drivers, size: Size) -> Self {
        let (width, height) = match size {
            Size::Wide(width) => (width, (0.68 * width).clamp(400.0, 620.0).round()),
            Size::Compact => (360.0, 400.0),
        };
        let frame = Rect::new(30.0, 24.0, width - 40.0, height - 72.0);
        let highest = drivers.points.iter().map(|it| {
            it.importance_ci.map_or(it.importance, |[_, high]| high.max(it.importance))
        });
        let most = highest.fold(drivers.fair * 1.5, f64::max);
        Self { width, height, frame, size, score: range(drivers, frame.w), most }
    }

    /// Where a score in points is.
    pub(super) fn x(&self, points: f64) -> f64 {
        let [low, high] = self.score;
        self.frame.x + self.frame.w * (points - low) / (high - low)
    }

    /// Where an importance in percent is.
    pub(super) fn y(&self, percent: f64) -> f64 {
        let bottom = self.frame.bottom() - STRIP;
        bottom - (self.frame.h - 2.0 * STRIP) * percent / self.most
    }

    /// Round scores on the level axis.
    pub(super) fn score_ticks(&self) -> Vec<f64> {
        let [low, high] = self.score;
        multiples(if high - low > 30.0 { 10.0 } else { 5.0 }, low, high.min(100.0))
    }

    /// Round percentages on the upright axis.
    pub(super) fn importance_ticks(&self) -> Vec<f64> {
        let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
        let step = steps.into_iter().find(|step| self.most / step <= 6.5);
        multiples(step.unwrap_or(50.0), 0.0, self.most)
    }
}

fn multiples(step: f64, low: f64, high: f64) -> Vec<f64> {
    let first = (low / step).ceil();
    (0..200)
        .map(|at| (first + f64::from(at)) * step)
        .take_while(|tick| *tick <= high + 1e-9)
        .collect()
}

/// Scores from the least to the greatest limit of an interval, with room for the names of
/// the quarters on both sides of the target.
fn range(drivers: &Drivers, wide: f64) -> [f64; 2] {
    let target = drivers.target;
    let (mut low, mut high) = (target - 6.0, target + 4.0);
    for point in &drivers.points {
        let Some(points) = point.standing.points() else { continue };
        let [from, to] = point.standing.ci().unwrap_or([points, points]);
        low = low.min(from).min(points).min(point.own_target.unwrap_or(points));
        high = high.max(to).max(points).max(point.own_target.unwrap_or(points));
    }
    if let Some([from, to]) = drivers.shared {
        (low, high) = (low.min(from), high.max(to));
    }
    (low, high) = (low - 2.0, high + 2.0);
    let share = |one: &str, other: &str| {
        let name = |text: &str| width(text, QUARTER.size, QUARTER.weight) + 24.0;
        (name(one).max(name(other)) / wide).min(0.45)
    };
    let words = &drivers.words;
    let left = share(&words.fix, &words.cheap);
    let right = share(&words.protect, &words.maintain);
    // What one side gains the other loses, but less each time.
    for _ in 0..8 {
        low = low.min(target - left * (high - low));
        high = high.max(target + right * (high - low)).min(102.0);
    }
    [low.max(-2.0), high]
}
