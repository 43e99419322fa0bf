//! A smooth curve through points that never overshoots them.
//!
//! Monotone cubic interpolation: F. N. Fritsch and R. E. Carlson, “Monotone piecewise cubic
//! interpolation”, SIAM Journal on Numerical Analysis 17(2), 1980. Between two points the
//! curve stays between their values: it cannot show a satisfaction that nobody stated.

use std::fmt::Write as _;

/// A curve through points of rising `x`.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    points: Vec<(f64, f64)>,
    slopes: Vec<f64>,
}

impl Curve {
    /// The curve through `points`, whose `x` rise.
    pub(super) fn through(points: Vec<(f64, f64)>) -> Self {
        let slopes = slopes(&points);
        Self { points, slopes }
    }

    /// The height at `x`; `None` beside the curve.
    pub(super) fn at(&self, x: f64) -> Option<f64> {
        let (at, pair) = self
            .points
            .windows(2)
            .enumerate()
            .find(|(_, it)| x >= it[0].0 && x <= it[1].0)?;
        let width = pair[1].0 - pair[0].0;
        let t = (x - pair[0].0) / width;
        let (t2, t3) = (t * t, t * t * t);
        Some(
            (2.0 * t3 - 3.0 * t2 + 1.0) * pair[0].1
                + (t3 - 2.0 * t2 + t) * width * self.slopes[at]
                + (3.0 * t2 - 2.0 * t3) * pair[1].1
                + (t3 - t2) * width * self.slopes[at + 1],
        )
    }

    /// The curve as path commands that begin with `M`.
    pub(super) fn path(&self) -> String {
        let mut pen = Pen::default();
        if let Some(first) = self.points.first() {
            pen.go('M', *first);
        }
        self.push_beziers(&mut pen);
        pen.d
    }

    /// The area between this curve and `lower`, which runs through the same `x`.
    pub(super) fn area(&self, lower: &Self) -> String {
        let mut pen = Pen::default();
        if let Some(first) = self.points.first() {
            pen.go('M', *first);
        }
        self.push_beziers(&mut pen);
        let back = Self {
            points: lower.points.iter().rev().copied().collect(),
            slopes: lower.slopes.iter().rev().copied().collect(),
        };
        if let Some(first) = back.points.first() {
            pen.go('L', *first);
        }
        back.push_beziers(&mut pen);
        pen.d.push('Z');
        pen.d
    }

    /// The Bézier form of a Hermite piece has its control points a third of the way.
    fn push_beziers(&self, pen: &mut Pen) {
        for (at, pair) in self.points.windows(2).enumerate() {
            let third = (pair[1].0 - pair[0].0) / 3.0;
            pen.curve([
                (pair[0].0 + third, pair[0].1 + third * self.slopes[at]),
                (pair[1].0 - third, pair[1].1 - third * self.slopes[at + 1]),
                pair[1],
            ]);
        }
    }
}

/// Path commands in tenths of a pixel, relative to where the last one ended: half as long as
/// absolute ones, and without any drift, because only whole tenths are added.
#[derive(Default)]
struct Pen {
    d: String,
    at: (f64, f64),
}

impl Pen {
    fn go(&mut self, command: char, to: (f64, f64)) {
        self.at = (tenths(to.0), tenths(to.1));
        let _ = write!(self.d, "{command}{} {}", self.at.0 / 10.0, self.at.1 / 10.0);
    }

    fn curve(&mut self, points: [(f64, f64); 3]) {
        let (x, y) = self.at;
        self.d.push('c');
        for (at, point) in points.into_iter().enumerate() {
            let (dx, dy) = (tenths(point.0) - x, tenths(point.1) - y);
            let gap = if at == 0 || dx < 0.0 { "" } else { " " };
            let between = if dy < 0.0 { "" } else { " " };
            let _ = write!(self.d, "{gap}{}{between}{}", dx / 10.0, dy / 10.0);
        }
        self.at = (tenths(points[2].0), tenths(points[2].1));
    }
}

fn tenths(pixels: f64) -> f64 {
    (pixels * 10.0).round()
}

fn slopes(points: &[(f64, f64)]) -> Vec<f64> {
    let secants: Vec<f64> =
        points.windows(2).map(|it| (it[1].1 - it[0].1) / (it[1].0 - it[0].0)).collect();
    let mut slopes = vec![0.0; points.len()];
    for at in 1..points.len().saturating_sub(1) {
        let (before, after) = (secants[at - 1], secants[at]);
        if before * after > 0.0 {
            slopes[at] = f64::midpoint(before, after);
        }
    }
    if let (Some(first), Some(last)) = (secants.first(), secants.last()) {
        slopes[0] = *first;
        if let Some(end) = slopes.last_mut() {
            *end = *last;
        }
    }
    for (at, secant) in secants.iter().enumerate() {
        if secant.abs() < f64::EPSILON {
            slopes[at] = 0.0;
            slopes[at + 1] = 0.0;
            continue;
        }
        let (a, b) = (slopes[at] / secant, slopes[at + 1] / secant);
        let length = a.hypot(b);
        if length > 3.0 {
            slopes[at] = 3.0 * a / length * secant;
            slopes[at + 1] = 3.0 * b / length * secant;
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::Curve;

    #[test]
    fn the_curve_stays_between_neighbouring_values() {
        let points =
            vec![(0.0, 10.0), (40.0, 12.0), (80.0, 90.0), (120.0, 89.0), (160.0, 0.0)];
        let curve = Curve::through(points.clone());
        for pair in points.windows(2) {
            let (low, high) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
            for step in 0..=40 {
                let x = pair[0].0 + f64::from(step);
                let y = curve.at(x).unwrap();
                assert!(y >= low - 1e-9 && y <= high + 1e-9, "{x} {y}");
            }
        }
    }

    #[test]
    fn a_path_ends_where_its_last_point_is() {
        let curve = Curve::through(vec![(0.04, 10.0), (9.0, 19.06), (18.0, 10.0)]);
        assert_eq!(curve.path(), "M0 10c3 3 6 9.1 9 9.1c3 0 6-6.1 9-9.1");
    }

    #[test]
    fn a_straight_line_stays_straight() {
        let curve = Curve::through(vec![(0.0, 0.0), (1.0, 2.0), (3.0, 6.0)]);
        assert!((curve.at(2.5).unwrap() - 5.0).abs() < 1e-12);
        assert_eq!(curve.at(4.0), None);
    }
}
