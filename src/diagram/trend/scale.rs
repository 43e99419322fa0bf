//! The scale that all panels share.

use super::{Beside, Panel, WavePoint};
use crate::diagram::subject::Standing;

/// Points, 0–100, to pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    top: f64,
    height: f64,
}

impl Scale {
    /// A scale from `top` down over `height` pixels that holds every interval, target and
    /// benchmark of `panels`; its ends are fives.
    pub(super) fn of(panels: &[Panel], top: f64, height: f64) -> Self {
        let values = panels.iter().flat_map(|panel| {
            let points = panel.points.iter().flat_map(values);
            let others = panel.beside.iter().flat_map(Beside::values);
            points.chain(panel.target).chain(others)
        });
        Self::around(values, top, height)
    }

    /// A scale whose ends are fives and that holds `values`; at least 20 points long.
    pub(super) fn around(
        values: impl Iterator<Item = f64>,
        top: f64,
        height: f64,
    ) -> Self {
        let [low, high] = extent(values);
        let mut low = ((low - 1.0) / 5.0).floor().clamp(0.0, 16.0) * 5.0;
        let high = ((high + 1.0) / 5.0).ceil().clamp(4.0, 20.0) * 5.0;
        if high - low < 20.0 {
            low = high - 20.0;
        }
        Self { low, high, top, height }
    }

    /// A scale that holds `values` and little more; at least 10 points long.
    pub(super) fn tight(
        values: impl Iterator<Item = f64>,
        top: f64,
        height: f64,
    ) -> Self {
        let [low, high] = extent(values);
        let more = (10.0 - (high - low)).max(1.0) / 2.0;
        Self { low: low - more, high: high + more, top, height }
    }

    /// A scale with these ends.
    pub(super) fn between([low, high]: [f64; 2], top: f64, height: f64) -> Self {
        Self { low, high, top, height }
    }

    /// Where `points` stand.
    pub(super) fn y(self, points: f64) -> f64 {
        self.top + self.height * (self.high - points) / (self.high - self.low)
    }

    /// Where `points` stand on an axis from `left` to the right, `width` long.
    pub(super) fn x(self, points: f64, left: f64, width: f64) -> f64 {
        left + width * (points - self.low) / (self.high - self.low)
    }

    /// Tens, or twenties on a long scale, from the top.
    pub(super) fn ticks(self) -> Vec<f64> {
        let every = if self.high - self.low > 50.0 { 20.0 } else { 10.0 };
        let tens = (0..=10).rev().map(|ten| f64::from(ten) * 10.0);
        tens.filter(|it| *it >= self.low && *it <= self.high)
            .filter(|it| (it / every).fract().abs() < 1e-9)
            .collect()
    }
}

/// The least and the largest of `values`; the whole scale without any.
fn extent(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values
        .fold(None, |ends, value| {
            let [low, high] = ends.unwrap_or([value; 2]);
            Some([value.min(low), value.max(high)])
        })
        .unwrap_or([0.0, 100.0])
}

/// Everything of a point that must be on the scale.
pub(super) fn values(point: &WavePoint) -> Vec<f64> {
    match &point.standing {
        Standing::Scored { points, ci, .. } => {
            let [low, high] = ci.unwrap_or([*points, *points]);
            vec![low, *points, high]
        }
        Standing::Absent(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_fives_beyond_every_value() {
        let scale = Scale::around([56.2, 83.0].into_iter(), 0.0, 100.0);
        // From 55 to 85.
        assert_eq!(scale.ticks(), [80.0, 70.0, 60.0]);
        assert!((scale.y(70.0) - 50.0).abs() < 1e-9);
        assert!((scale.x(70.0, 10.0, 60.0) - 40.0).abs() < 1e-9);
    }

    #[test]
    fn a_scale_never_leaves_nought_to_a_hundred_nor_is_shorter_than_two_tens() {
        let ends = |values: &[f64]| {
            let scale = Scale::around(values.iter().copied(), 0.0, 1.0);
            [scale.low, scale.high].map(f64::to_bits)
        };
        assert_eq!(ends(&[0.0, 100.0]), [0.0, 100.0].map(f64::to_bits));
        assert_eq!(ends(&[99.0]), [80.0, 100.0].map(f64::to_bits));
        assert_eq!(ends(&[3.0]), [0.0, 20.0].map(f64::to_bits));
        assert_eq!(ends(&[75.0]), [60.0, 80.0].map(f64::to_bits));
        assert_eq!(ends(&[61.0, 92.4]), [60.0, 95.0].map(f64::to_bits));
        assert_eq!(ends(&[]), [0.0, 100.0].map(f64::to_bits));
    }
}
