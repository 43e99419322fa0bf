//! A line through waves: broken where a wave has no score, or asked another question.

use std::fmt::Write as _;

use super::WavePoint;
use super::scale::Scale;
use crate::diagram::scene::{Form, Item, shape};
use crate::diagram::subject::Standing;

/// A point that has a score: where it is, and its interval.
#[derive(Clone, Copy, Debug)]
struct Spot {
    x: f64,
    y: f64,
    ci: Option<[f64; 2]>,
}

/// Band, line and breaks from the back to the front; `xs` are the places of the waves.
pub(super) fn line(points: &[WavePoint], xs: &[f64], scale: Scale) -> Vec<Item> {
    let runs = runs(points, xs, scale);
    let bands = runs.iter().flat_map(|run| uncertainty(run));
    let mut items: Vec<Item> = bands.collect();
    for run in runs.iter().filter(|run| run.len() > 1) {
        items.push(shape("curve", Form::Path(path(run.iter().map(|it| (it.x, it.y))))));
    }
    items
}

/// Half-way between two waves of which the later asked another question.
pub(super) fn breaks(points: &[WavePoint], xs: &[f64]) -> Vec<f64> {
    let scored = points.iter().zip(xs).filter(|(it, _)| it.standing.points().is_some());
    let scored: Vec<_> = scored.collect();
    let pairs = scored.windows(2);
    pairs
        .filter(|pair| pair[0].0.version != pair[1].0.version)
        .map(|pair| f64::midpoint(*pair[0].1, *pair[1].1))
        .collect()
}

fn runs(points: &[WavePoint], xs: &[f64], scale: Scale) -> Vec<Vec<Spot>> {
    let mut runs: Vec<Vec<Spot>> = vec![Vec::new()];
    let mut version = None;
    for (point, x) in points.iter().zip(xs) {
        let Standing::Scored { points, ci, .. } = &point.standing else {
            runs.push(Vec::new());
            continue;
        };
        if version.is_some_and(|version| version != point.version) {
            runs.push(Vec::new());
        }
        version = Some(point.version);
        if let Some(run) = runs.last_mut() {
            let ci = ci.map(|ends| ends.map(|end| scale.y(end)));
            run.push(Spot { x: *x, y: scale.y(*points), ci });
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// A band where there are neighbours, a whisker where a point stands alone.
fn uncertainty(run: &[Spot]) -> Vec<Item> {
    let known: Option<Vec<_>> = run.iter().map(|it| Some((it.x, it.ci?))).collect();
    match known.as_deref() {
        Some([]) => Vec::new(),
        Some(spots @ [_, _, ..]) => {
            let upper = spots.iter().map(|(x, ci)| (*x, ci[1]));
            let lower = spots.iter().rev().map(|(x, ci)| (*x, ci[0]));
            let mut d = path(upper.chain(lower));
            d.push('Z');
            vec![shape("band", Form::Path(d))]
        }
        _ => run.iter().filter_map(whisker).collect(),
    }
}

fn whisker(spot: &Spot) -> Option<Item> {
    let [low, high] = spot.ci?;
    Some(shape("ci", Form::Line((spot.x, low), (spot.x, high))))
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut d = String::new();
    for (at, (x, y)) in points.enumerate() {
        let command = if at == 0 { 'M' } else { 'L' };
        let _ = write!(d, "{command}{x:.1} {y:.1}");
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::subject::Band;

    fn scored(version: u64) -> WavePoint {
        let standing = Standing::Scored {
            points: 70.0,
            ci: Some([68.0, 72.0]),
            text: "70".to_owned(),
            band: Band::Watch,
            low: None,
        };
        WavePoint { standing, version }
    }

    fn unasked() -> WavePoint {
        WavePoint { standing: Standing::Absent("not asked".to_owned()), version: 1 }
    }

    fn lengths(points: &[WavePoint]) -> Vec<usize> {
        let xs = [0.0, 1.0, 2.0, 3.0];
        let scale = Scale::around([60.0, 80.0].into_iter(), 0.0, 10.0);
        runs(points, &xs[..points.len()], scale).iter().map(Vec::len).collect()
    }

    #[test]
    fn a_line_breaks_where_a_wave_did_not_ask() {
        assert_eq!(lengths(&[scored(1), scored(1), unasked(), scored(1)]), [2, 1]);
    }

    #[test]
    fn a_line_breaks_where_the_question_changed() {
        let points = [scored(1), scored(1), scored(2), scored(2)];
        assert_eq!(lengths(&points), [2, 2]);
        assert!((breaks(&points, &[0.0, 1.0, 2.0, 3.0])[0] - 1.5).abs() < 1e-9);
        let gap = [scored(1), unasked(), scored(2)];
        assert_eq!(lengths(&gap), [1, 1]);
        assert!((breaks(&gap, &[0.0, 1.0, 2.0])[0] - 1.0).abs() < 1e-9);
    }
}
