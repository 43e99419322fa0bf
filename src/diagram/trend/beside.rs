//! The scores of others, beside the line of a score.

use super::scale::Scale;
use crate::diagram::scene::{Form, Item, shape};

/// The scores of others in a wave, in points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// The mean of the industry.
    pub mean: Option<f64>,
    /// What divides it: median, upper quartile, best.
    pub marks: Vec<f64>,
    /// Competitors.
    pub rivals: Vec<f64>,
}

/// How far marks reach to the left of a wave, and to the right.
const REACH: (f64, f64) = (13.0, 9.0);
/// Half the size of the cross of a competitor.
const CROSS: f64 = 3.0;

impl Beside {
    /// Every number of it.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        self.mean.iter().chain(&self.marks).chain(&self.rivals).copied()
    }

    /// The band over the divided industry: from the least of its marks to the greatest.
    fn band(&self) -> Option<[f64; 2]> {
        let least = self.marks.iter().copied().reduce(f64::min)?;
        let greatest = self.marks.iter().copied().reduce(f64::max)?;
        (self.marks.len() > 1).then_some([least, greatest])
    }

    /// What lies under the line at `x`.
    pub(super) fn under(&self, x: f64, scale: Scale) -> Vec<Item> {
        let (left, right) = (x - REACH.0, x + REACH.1);
        let band = self.band().map(|[least, greatest]| {
            let (top, bottom) = (scale.y(greatest), scale.y(least));
            let d = format!("M{left:.1} {top:.1}H{right:.1}V{bottom:.1}H{left:.1}Z");
            shape("bb", Form::Path(d))
        });
        let mark = |points: &f64| {
            let y = scale.y(*points);
            shape("bt", Form::Line((left, y), (right, y)))
        };
        band.into_iter().chain(self.marks.iter().map(mark)).collect()
    }

    /// What lies over it.
    pub(super) fn over(&self, x: f64, scale: Scale) -> Vec<Item> {
        let mean = self.mean.map(|points| {
            let y = scale.y(points);
            shape("bm", Form::Line((x - REACH.0, y), (x + REACH.1, y)))
        });
        let rival = |points: &f64| {
            let (x, y, half) = (x - REACH.0 + CROSS, scale.y(*points), CROSS);
            let [left, right] = [x - half, x + half];
            let [top, bottom] = [y - half, y + half];
            let d = format!(
                "M{left:.1} {top:.1}L{right:.1} {bottom:.1}M{left:.1} {bottom:.1}L{right:.1} {top:.1}"
            );
            shape("rv", Form::Path(d))
        };
        mean.into_iter().chain(self.rivals.iter().map(rival)).collect()
    }
}
