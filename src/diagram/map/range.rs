//! Which points the satisfaction lane shows, and how high they stand.

use super::Layer;
use crate::diagram::subject::{Standing, Subject};

/// The points that an axis has room for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    low: f64,
    high: f64,
}

/// A linear axis of points, drawn upwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    extent: Extent,
    top: f64,
    height: f64,
}

impl Extent {
    /// Every score, interval and target of `subject` and of `layers`: what the reader chooses
    /// must not move the axis.
    pub(super) fn new(subject: &Subject, layers: &[Layer]) -> Self {
        let shared = subject.shared.iter().flat_map(|it| it.layers);
        Self::around(
            &values(subject, layers).into_iter().chain(shared).collect::<Vec<_>>(),
        )
    }

    /// Every score of `subject`, its stages and the target.
    pub(super) fn of_scores(subject: &Subject) -> Self {
        let marks = subject.marks.iter().map(|it| &it.standing);
        let all = marks.chain(subject.stages.iter().map(|it| &it.standing));
        let scores = all.filter_map(Standing::points);
        let shared = subject.shared.iter().flat_map(|it| it.scores);
        Self::around(
            &scores.chain([subject.target.0]).chain(shared).collect::<Vec<f64>>(),
        )
    }

    /// It never starts above 50, so that a difference looks the same in every report; it
    /// ends at 100 at most.
    fn around(values: &[f64]) -> Self {
        let least = values.iter().copied().fold(100.0, f64::min);
        let most = values.iter().copied().fold(0.0, f64::max);
        let low = ((least / 5.0).floor() * 5.0 - 2.0).clamp(-2.0, 50.0);
        let high = (most + 2.0).clamp(92.0, 102.0);
        Self { low, high }
    }

    /// An axis from `top` down.
    pub(super) fn axis(self, top: f64, height: f64) -> Axis {
        Axis { extent: self, top, height }
    }
}

fn values(subject: &Subject, layers: &[Layer]) -> Vec<f64> {
    let mut values = vec![subject.target.0];
    let all = subject.marks.iter().map(|mark| &mark.standing);
    for standing in all.chain(layers.iter().flat_map(|it| &it.standings)) {
        if let Standing::Scored { points, ci, .. } = standing {
            values.push(*points);
            values.extend(ci.iter().flatten());
        }
    }
    for mark in &subject.marks {
        values.extend(mark.baseline);
        values.extend(mark.own_target);
    }
    values
}

/// Lowest and highest of what the satisfaction lane shows.
#[must_use]
pub fn span(subject: &Subject, layers: &[Layer]) -> [f64; 2] {
    let values = values(subject, layers).into_iter();
    values.fold([100.0, 0.0], |[low, high], it| [it.min(low), it.max(high)])
}

impl Axis {
    /// Where `points` stand.
    pub(super) fn y(&self, points: f64) -> f64 {
        let Extent { low, high } = self.extent;
        self.top + self.height * (high - points) / (high - low)
    }

    /// Upper end of the axis.
    pub(super) fn top(&self) -> f64 {
        self.top
    }

    /// Lower end of the axis.
    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Multiples of 10 on the axis.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
        (0..=10)
            .map(|ten| f64::from(ten) * 10.0)
            .filter(|tick| (self.extent.low..=self.extent.high).contains(tick))
    }
}
