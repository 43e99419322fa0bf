//! Points beside one another where they would overlap.

use std::cmp::Ordering;

/// Half the side of a glyph, in pixels.
pub(super) const RADIUS: f64 = 3.6;
/// Distance of two centres that do not touch, the outlines included.
const APART: f64 = 2.0 * RADIUS + 1.6;
/// Step of the places that are tried.
const STEP: f64 = APART / 4.0;

/// Offsets from the middle, by position, of points at these heights; none is further out than
/// `half`, and where that leaves no room of their own, points overlap as little as they can.
///
/// The highest point comes first, each as near to the middle as those before leave room.
pub(super) fn swarm(heights: &[f64], half: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|one, other| {
        heights[*one].total_cmp(&heights[*other]).then(one.cmp(other))
    });
    let mut offsets = vec![0.0; heights.len()];
    let mut placed: Vec<(f64, f64)> = Vec::new();
    for at in order {
        let y = heights[at];
        let near = placed.iter().rev().filter(|it| y - it.1 < APART);
        let near: Vec<(f64, f64)> = near.copied().collect();
        offsets[at] = free((y, half), &near);
        placed.push((offsets[at], y));
    }
    offsets
}

/// The place nearest to the middle that is free; else the one with the most room.
fn free((y, half): (f64, f64), near: &[(f64, f64)]) -> f64 {
    let gap = |x: f64| {
        let distance = |it: &(f64, f64)| (it.0 - x).hypot(it.1 - y);
        near.iter().map(distance).fold(APART, f64::min)
    };
    let places = places(half);
    let free = places.iter().copied().find(|x| gap(*x) >= APART);
    free.unwrap_or_else(|| {
        let by_gap = |one: &&f64, other: &&f64| -> Ordering {
            gap(**one).total_cmp(&gap(**other))
        };
        places.iter().rev().max_by(by_gap).copied().unwrap_or_default()
    })
}

/// From the middle outwards, right before left.
fn places(half: f64) -> Vec<f64> {
    let steps = std::iter::successors(Some(STEP), |x| Some(x + STEP));
    let sides = steps.take_while(|x| *x <= half).flat_map(|x| [x, -x]);
    std::iter::once(0.0).chain(sides).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_far_apart_stand_in_the_middle() {
        assert_eq!(swarm(&[10.0, 40.0, 25.0], 50.0), [0.0, 0.0, 0.0]);
    }

    #[test]
    fn points_at_one_height_stand_beside_one_another() {
        let offsets = swarm(&[10.0; 5], 50.0);
        assert!((offsets[0]).abs() < f64::EPSILON);
        for (at, one) in offsets.iter().enumerate() {
            for other in &offsets[..at] {
                assert!((one - other).abs() >= APART - 1e-9, "{offsets:?}");
            }
        }
    }

    #[test]
    fn a_narrow_column_holds_every_point() {
        let offsets = swarm(&[10.0; 30], 12.0);
        assert!(offsets.iter().all(|x| x.abs() <= 12.0), "{offsets:?}");
    }
}
