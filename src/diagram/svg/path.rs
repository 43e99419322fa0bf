//! Paths with rounded corners, and lengths.

use std::fmt::Write as _;

/// A path through `points` with corners of up to 10 px radius.
pub(super) fn rounded(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    let Some((first, rest)) = points.split_first() else { return d };
    let _ = write!(d, "M{} {}", Px(first.0), Px(first.1));
    for at in 0..rest.len() {
        let corner = rest[at];
        let Some(next) = rest.get(at + 1) else {
            let _ = write!(d, "L{} {}", Px(corner.0), Px(corner.1));
            break;
        };
        let before = points[at];
        let radius = 10.0_f64
            .min(distance(before, corner) / 2.0)
            .min(distance(corner, *next) / 2.0);
        let (enter, leave) =
            (toward(corner, before, radius), toward(corner, *next, radius));
        let _ = write!(
            d,
            "L{} {}Q{} {} {} {}",
            Px(enter.0),
            Px(enter.1),
            Px(corner.0),
            Px(corner.1),
            Px(leave.0),
            Px(leave.1)
        );
    }
    d
}

/// A path that leaves each of `points` level and arrives level at the next.
pub(super) fn smooth(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    let Some(first) = points.first() else { return d };
    let _ = write!(d, "M{} {}", Px(first.0), Px(first.1));
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if (from.1 - to.1).abs() < 0.05 {
            let _ = write!(d, "L{} {}", Px(to.0), Px(to.1));
            continue;
        }
        let middle = f64::midpoint(from.0, to.0);
        let _ = write!(
            d,
            "C{} {} {} {} {} {}",
            Px(middle),
            Px(from.1),
            Px(middle),
            Px(to.1),
            Px(to.0),
            Px(to.1)
        );
    }
    d
}

fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    (to.0 - from.0).hypot(to.1 - from.1)
}

fn toward(from: (f64, f64), to: (f64, f64), by: f64) -> (f64, f64) {
    let whole = distance(from, to).max(f64::EPSILON);
    (from.0 + (to.0 - from.0) * by / whole, from.1 + (to.1 - from.1) * by / whole)
}

/// A length, rounded to a tenth of a pixel.
pub(super) struct Px(pub(super) f64);

impl std::fmt::Display for Px {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rounded = (self.0 * 10.0).round() / 10.0;
        // Adding 0 turns −0 into 0.
        write!(formatter, "{}", rounded + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Px, rounded};

    #[test]
    fn lengths_have_a_tenth_at_most_and_no_minus_nought() {
        assert_eq!(Px(12.0).to_string(), "12");
        assert_eq!(Px(0.25).to_string(), "0.3");
        assert_eq!(Px(-0.04).to_string(), "0");
    }

    #[test]
    fn a_corner_is_rounded_by_half_its_shorter_side_at_most() {
        assert_eq!(
            rounded(&[(0.0, 0.0), (8.0, 0.0), (8.0, 40.0)]),
            "M0 0L4 0Q8 0 8 4L8 40"
        );
    }
}
