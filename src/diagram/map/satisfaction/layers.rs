//! The curve itself: its band of uncertainty, the wave before, the line.

use super::super::columns::Columns;
use super::super::range::Axis;
use crate::diagram::curve::Curve;
use crate::diagram::scene::{Form, Item, shape};
use crate::diagram::subject::{Mark, Standing, Subject};

/// Points of the curve in unbroken runs: where a value is missing, the curve breaks.
pub(super) fn runs(
    subject: &Subject,
    columns: &Columns,
    axis: Axis,
    value: impl Fn(&Mark) -> Option<f64>,
) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (mark, x) in subject.marks.iter().zip(&columns.points) {
        match (value(mark), runs.last_mut()) {
            (Some(points), Some(run)) => run.push((*x, axis.y(points))),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// From the back to the front.
pub(super) fn layers(subject: &Subject, columns: &Columns, axis: Axis) -> Vec<Item> {
    let bound = |end: usize| {
        runs(subject, columns, axis, move |mark| match &mark.standing {
            Standing::Scored { ci: Some(ci), .. } => ci.get(end).copied(),
            _ => None,
        })
    };
    let mut items: Vec<Item> = Vec::new();
    for (low, high) in bound(0).into_iter().zip(bound(1)) {
        items.push(uncertainty(low, high));
    }
    for run in runs(subject, columns, axis, |mark| mark.baseline) {
        if run.len() > 1 {
            items.push(shape("prev", Form::Path(Curve::through(run).path())));
        }
    }
    for run in runs(subject, columns, axis, |mark| mark.standing.points()) {
        if run.len() > 1 {
            items.push(shape("curve", Form::Path(Curve::through(run).path())));
        }
    }
    items.extend(own_targets(subject, columns, axis));
    items
}

/// A band where there are neighbours, a whisker where a point stands alone.
fn uncertainty(low: Vec<(f64, f64)>, high: Vec<(f64, f64)>) -> Item {
    match (low.as_slice(), high.as_slice()) {
        ([low], [high]) => shape("ci", Form::Line(*low, *high)),
        _ => shape("band", Form::Path(Curve::through(high).area(&Curve::through(low)))),
    }
}

fn own_targets<'a>(
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
