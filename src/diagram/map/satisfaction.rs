//! Lane of satisfaction: the curve, how sure it is, and what stands out.

mod absent;
mod layers;

use super::columns::Columns;
use super::label::{Side, Stack, place};
use super::range::{Axis, Extent};
use super::{Lane, Layer, NAMES};
use crate::diagram::curve::Curve;
use crate::diagram::scene::{
    Anchor, Form, Group, Item, Label, Link, Placed, Rect, shape,
};
use crate::diagram::style::TICK;
use crate::diagram::subject::{Flag, Mark, Standing, Subject};
use layers::{curve, line, own_targets, runs};

/// Height of the axis.
const AXIS: f64 = 200.0;
/// Room for the name of the lane above the axis.
const NAME: f64 = 30.0;

/// What a layer shows.
struct Shown<'a> {
    layer: usize,
    standings: Vec<&'a Standing>,
    flags: Vec<&'a [Flag]>,
    labels: Vec<&'a str>,
}

impl<'a> Shown<'a> {
    /// All customers of the wave.
    fn all(subject: &'a Subject) -> Self {
        Self {
            layer: 0,
            standings: subject.marks.iter().map(|mark| &mark.standing).collect(),
            flags: subject.marks.iter().map(|mark| mark.flags.as_slice()).collect(),
            labels: subject.marks.iter().map(|mark| mark.label.as_str()).collect(),
        }
    }

    /// A segment or an earlier wave: flags belong to all customers of the wave.
    fn of((at, layer): (usize, &'a Layer)) -> Self {
        Self {
            layer: at + 1,
            standings: layer.standings.iter().collect(),
            flags: layer.standings.iter().map(|_| &[][..]).collect(),
            labels: layer.labels.iter().map(String::as_str).collect(),
        }
    }

    fn points(&self) -> impl Iterator<Item = Option<f64>> {
        self.standings.iter().map(|it| it.points())
    }
}

pub(super) fn lane(
    subject: &Subject,
    layers: &[Layer],
    columns: &Columns,
    (extent, top): (Extent, f64),
) -> Option<Lane> {
    if subject.marks.iter().all(|mark| mark.standing.points().is_none()) {
        return None;
    }
    let shown: Vec<Shown<'_>> = std::iter::once(Shown::all(subject))
        .chain(layers.iter().enumerate().map(Shown::of))
        .collect();
    let draft = extent.axis(0.0, AXIS);
    let (mut least, mut most) = (0.0_f64, AXIS);
    for shown in &shown {
        let (_, reach) = labels(shown, columns, draft);
        (least, most) = (least.min(reach.y), most.max(reach.bottom()));
    }
    // Values and flags beyond the axis make the lane higher; they are never cut off.
    let above = NAME.max(-least + 4.0);
    let below = (most - AXIS + 6.0).max(8.0);
    let axis = extent.axis(top + above, AXIS);
    let frame =
        Rect::new(NAMES - 4.0, top, columns.width - NAMES + 4.0, above + AXIS + below);
    let mut items = background(subject, axis, frame);
    let own = own_targets(subject, columns, axis);
    match shown.as_slice() {
        [all] => {
            items.extend(before(subject, columns, axis));
            items.extend(layer(subject, all, columns, axis));
            items.extend(own);
        }
        _ => {
            items.extend(own);
            items.extend(choices(subject, &shown, columns, axis));
        }
    }
    Some(Lane { items, height: frame.h })
}

/// The layers, of which one is shown, and two dotted lines to compare it with: the wave
/// before beside all customers, all customers beside the others.
fn choices(
    subject: &Subject,
    shown: &[Shown<'_>],
    columns: &Columns,
    axis: Axis,
) -> Vec<Item> {
    let group = |class: &str, at: Option<usize>, items: Vec<Item>| {
        Item::from(Group {
            class: class.to_owned(),
            layer: at,
            items,
            ..Group::default()
        })
    };
    let all = shown.iter().take(1).flat_map(Shown::points);
    let mut items = vec![
        group("was", None, before(subject, columns, axis)),
        group("ref", None, line("prev", all, columns, axis)),
    ];
    for shown in shown {
        items.push(group("", Some(shown.layer), layer(subject, shown, columns, axis)));
    }
    items
}

/// The wave before.
fn before(subject: &Subject, columns: &Columns, axis: Axis) -> Vec<Item> {
    line("prev", subject.marks.iter().map(|mark| mark.baseline), columns, axis)
}

fn layer(
    subject: &Subject,
    shown: &Shown<'_>,
    columns: &Columns,
    axis: Axis,
) -> Vec<Item> {
    let mut items = absent::slots(shown, columns, axis);
    items.extend(curve(shown, columns, axis));
    items.extend(points(subject, shown, columns, axis));
    items.extend(labels(shown, columns, axis).0);
    items
}

/// Zone of weak scores, grid, target, and their numbers.
pub(super) fn background(subject: &Subject, axis: Axis, frame: Rect) -> Vec<Item> {
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
fn points(
    subject: &Subject,
    shown: &Shown<'_>,
    columns: &Columns,
    axis: Axis,
) -> Vec<Item> {
    let scores = shown.standings.iter().zip(&shown.labels);
    let marks = subject.marks.iter().zip(scores).zip(&columns.points);
    let point = |((mark, (standing, label)), x): ((&Mark, (&&Standing, &&str)), &f64)| {
        let inner = match (standing.points(), standing.symbol()) {
            (Some(points), Some(symbol)) => {
                let at = (*x, axis.y(points));
                let hit = shape("hit", Form::Circle(at, 13.0));
                // A page holds many layers; only the first has room for a wider target.
                let hit = (shown.layer == 0).then_some(hit);
                hit.into_iter().chain([Placed::new(symbol, at).into()]).collect()
            }
            _ => vec![shape("hit", Form::Circle((*x, axis.bottom() - 16.0), 13.0))],
        };
        Item::from(Group {
            class: "pt".to_owned(),
            id: Some(mark.id.clone()),
            link: Some(Link {
                fragment: format!("tp-{}", mark.code),
                name: (**label).to_owned(),
            }),
            items: inner,
            ..Group::default()
        })
    };
    marks.map(point).collect()
}

/// Values and flags, and the box around all of them.
fn labels(shown: &Shown<'_>, columns: &Columns, axis: Axis) -> (Vec<Item>, Rect) {
    let heights: Vec<Option<f64>> =
        shown.points().map(|points| points.map(|it| axis.y(it))).collect();
    let mut stacks = Vec::new();
    let mut taken = absent::words(shown, columns, axis);
    for (at, (standing, flags)) in shown.standings.iter().zip(&shown.flags).enumerate() {
        let Standing::Scored { text, low, .. } = standing else { continue };
        let (Some(y), Some(x)) = (heights[at], columns.points.get(at)) else { continue };
        taken.push(
            Placed::new(crate::diagram::glyph::Symbol::Loop, (*x, y)).rect().grown(2.0),
        );
        stacks.push(Stack {
            at: (*x, y),
            value: text,
            low: low.as_deref(),
            flags,
            side: side(&heights, at),
        });
    }
    let curves: Vec<Curve> =
        runs(shown.points(), columns, axis).into_iter().map(Curve::through).collect();
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
