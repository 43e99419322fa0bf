//! The curve itself: its band of uncertainty, the wave before, the line.

use super::super::columns::Columns;
use super::super::range::Axis;
use super::Shown;
use crate::diagram::curve::Curve;
use crate::diagram::scene::{Form, Item, shape};
use crate::diagram::subject::Subject;

/// Points of a curve in unbroken runs: where a value is missing, the curve breaks.
pub(super) fn runs(
    values: impl Iterator<Item = Option<f64>>,
    columns: &Columns,
    axis: Axis,
) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (value, x) in values.zip(&columns.points) {
        match (value, runs.last_mut()) {
            (Some(points), Some(run)) => run.push((*x, axis.y(points))),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// The curve and its uncertainty, from the back to the front.
pub(super) fn curve(shown: &Shown<'_>, columns: &Columns, axis: Axis) -> Vec<Item> {
    let bound = |end: usize| {
        let limit = shown.standings.iter().map(|it| it.ci().map(|ci| ci[end]));
        runs(limit, columns, axis)
    };
    let bands = bound(0).into_iter().zip(bound(1));
    let mut items: Vec<Item> = bands.map(|(low, high)| uncertainty(low, high)).collect();
    items.extend(line(
        "curve",
        shown.standings.iter().map(|it| it.points()),
        columns,
        axis,
    ));
    items
}

/// A line through `values`.
pub(super) fn line(
    class: &'static str,
    values: impl Iterator<Item = Option<f64>>,
    columns: &Columns,
    axis: Axis,
) -> Vec<Item> {
    let runs = runs(values, columns, axis).into_iter().filter(|run| run.len() > 1);
    runs.map(|run| shape(class, Form::Path(Curve::through(run).path()))).collect()
}

/// A band where there are neighbours, a whisker where a point stands alone.
fn uncertainty(low: Vec<(f64, f64)>, high: Vec<(f64, f64)>) -> Item {
    match (low.as_slice(), high.as_slice()) {
        ([low], [high]) => shape("ci", Form::Line(*low, *high)),
        _ => shape("band", Form::Path(Curve::through(high).area(&Curve::through(low)))),
    }
}

/// Targets of touchpoints that have their own.
pub(super) fn own_targets<'a>(
    subject: &'a Subject,
    columns: &'a Columns,
    axis: Axis,
) -> impl Iterator<Item = Item> + 'a {
    let places = columns.points.iter().zip(&columns.slots);
    subject.marks.iter().zip(places).filter_map(move |(mark, (x, slot))| {
        let y = axis.y(mark.own_target?);
        let half = slot.min(44.0) / 2.0 - 2.0;
        Some(shape("tgt", Form::Line((x - half, y), (x + half, y))))
    })
}
