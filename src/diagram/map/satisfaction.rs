//! Lane of satisfaction: the curve, how sure it is, and what stands out.

mod absent;
mod layers;

use super::columns::Columns;
use super::label::{Side, Stack, place};
use super::range::Axis;
use super::{Lane, NAMES};
use crate::diagram::curve::Curve;
use crate::diagram::scene::{
    Anchor, Form, Group, Item, Label, Link, Placed, Rect, shape,
};
use crate::diagram::style::TICK;
use crate::diagram::subject::{Standing, Subject};

/// Height of the axis.
const AXIS: f64 = 200.0;
/// Room for the name of the lane above the axis.
const NAME: f64 = 30.0;

pub(super) fn lane(subject: &Subject, columns: &Columns, top: f64) -> Option<Lane> {
    if subject.marks.iter().all(|mark| mark.standing.points().is_none()) {
        return None;
    }
    let draft = Axis::new(subject, 0.0, AXIS);
    let (_, extent) = labels(subject, columns, draft);
    // Values and flags beyond the axis make the lane higher; they are never cut off.
    let above = NAME.max(-extent.y + 4.0);
    let below = (extent.bottom() - AXIS + 6.0).max(8.0);
    let axis = Axis::new(subject, top + above, AXIS);
    let frame =
        Rect::new(NAMES - 4.0, top, columns.width - NAMES + 4.0, above + AXIS + below);
    let mut items = background(subject, axis, frame);
    items.extend(absent::slots(subject, columns, axis));
    items.extend(layers::layers(subject, columns, axis));
    items.extend(points(subject, columns, axis));
    items.extend(labels(subject, columns, axis).0);
    Some(Lane { items, height: frame.h })
}

/// Zone of weak scores, grid, target, and their numbers.
fn background(subject: &Subject, axis: Axis, frame: Rect) -> Vec<Item> {
    let zone = axis.y(subject.bands.lowest());
    let mut items: Vec<Item> = Vec::new();
    if zone < frame.bottom() {
        let rect = Rect::new(frame.x, zone, frame.w, frame.bottom() - zone);
        items.push(shape("zone", Form::Rect(rect, 0.0)));
    }
    let (target, target_text) = &subject.target;
    let target_y = axis.y(*target);
    for tick in axis.ticks() {
        let y = axis.y(tick);
        items.push(shape("grid", Form::Line((frame.x, y), (frame.right(), y))));
        if (y - target_y).abs() > 13.0 {
            items.push(tick_label(y, format!("{tick}")).into());
        }
    }
    items.push(shape("tgt", Form::Line((frame.x, target_y), (frame.right(), target_y))));
    items.push(
        tick_label(target_y, format!("{} {target_text}", subject.words.target)).into(),
    );
    items
}

fn tick_label(y: f64, text: String) -> Label {
    Label::new((NAMES - 10.0, y + 4.0), TICK, text).anchored(Anchor::End)
}

/// The glyphs, each a link that says everything about its touchpoint.
fn points(subject: &Subject, columns: &Columns, axis: Axis) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (mark, x) in subject.marks.iter().zip(&columns.points) {
        let inner = match (mark.standing.points(), mark.standing.symbol()) {
            (Some(points), Some(symbol)) => {
                let at = (*x, axis.y(points));
                vec![shape("hit", Form::Circle(at, 13.0)), Placed::new(symbol, at).into()]
            }
            _ => vec![shape("hit", Form::Circle((*x, axis.bottom() - 16.0), 13.0))],
        };
        items.push(
            Group {
                class: "pt".to_owned(),
                link: Some(Link {
                    fragment: format!("tp-{}", mark.code),
                    name: mark.label.clone(),
                }),
                items: inner,
            }
            .into(),
        );
    }
    items
}

/// Values and flags, and the box around all of them.
fn labels(subject: &Subject, columns: &Columns, axis: Axis) -> (Vec<Item>, Rect) {
    let heights: Vec<Option<f64>> = subject
        .marks
        .iter()
        .map(|mark| mark.standing.points().map(|it| axis.y(it)))
        .collect();
    let mut stacks = Vec::new();
    let mut taken = absent::words(subject, columns, axis);
    for (at, mark) in subject.marks.iter().enumerate() {
        let Standing::Scored { text, low, .. } = &mark.standing else { continue };
        let (Some(y), Some(x)) = (heights[at], columns.points.get(at)) else { continue };
        taken.push(
            Placed::new(crate::diagram::glyph::Symbol::Loop, (*x, y)).rect().grown(2.0),
        );
        stacks.push(Stack {
            at: (*x, y),
            value: text,
            low: low.as_deref(),
            flags: &mark.flags,
            side: side(&heights, at),
        });
    }
    let curves: Vec<Curve> =
        layers::runs(subject, columns, axis, |mark| mark.standing.points())
            .into_iter()
            .map(Curve::through)
            .collect();
    let places = place(&stacks, &taken, &curves);
    let extent = extent(&places, axis);
    let items = stacks
        .iter()
        .zip(&places)
        .flat_map(|(stack, (rect, side))| stack.items(*rect, *side))
        .collect();
    (items, extent)
}

fn extent(places: &[(Rect, Side)], axis: Axis) -> Rect {
    let (mut top, mut bottom) = (axis.top(), axis.bottom());
    for (rect, _) in places {
        top = top.min(rect.y);
        bottom = bottom.max(rect.bottom());
    }
    Rect::new(0.0, top, 0.0, bottom - top)
}

/// Above a point that is higher than its neighbours on average, else below.
fn side(heights: &[Option<f64>], at: usize) -> Side {
    let before = at.checked_sub(1).and_then(|at| heights[at]);
    let after = heights.get(at + 1).copied().flatten();
    let Some(own) = heights[at] else { return Side::Above };
    let around = match (before, after) {
        (Some(one), Some(other)) => f64::midpoint(one, other),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return Side::Above,
    };
    // `y` grows downwards.
    if own <= around { Side::Above } else { Side::Below }
}
