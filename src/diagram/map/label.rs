//! Where the value and the flags of a point go: beside the curve, over nothing else.

use crate::diagram::curve::Curve;
use crate::diagram::glyph::Symbol;
use crate::diagram::scene::{Anchor, Item, Label, Placed, Rect};
use crate::diagram::style::{HALO, VALUE};
use crate::diagram::subject::Flag;
use crate::diagram::text;

/// Distance of two flags.
const PITCH: f64 = 18.0;

/// What stands beside a point: value, words on its base, flags; in this order away from it.
#[derive(Clone, Debug)]
pub(super) struct Stack<'a> {
    /// Where the point is.
    pub(super) at: (f64, f64),
    /// The value.
    pub(super) value: &'a str,
    /// Words on a low base.
    pub(super) low: Option<&'a str>,
    /// The flags.
    pub(super) flags: &'a [Flag],
    /// Where there is more room, judging by its neighbours.
    pub(super) side: Side,
}

/// Above or below a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Above => Self::Below,
            Self::Below => Self::Above,
        }
    }
}

impl Stack<'_> {
    fn size(&self) -> (f64, f64) {
        #[expect(clippy::cast_precision_loss, reason = "at most four flags")]
        let flags = PITCH * self.flags.len() as f64;
        let value = text::width(self.value, VALUE.size, VALUE.weight);
        let low = self.low.map_or(0.0, |low| text::width(low, HALO.size, HALO.weight));
        let mut height = 15.0;
        if self.low.is_some() {
            height += 13.0;
        }
        if !self.flags.is_empty() {
            height += 19.0;
        }
        (value.max(flags).max(low) + 2.0, height)
    }

    /// The box of this size that it fills at `side`, `distance` beyond the glyph of the point.
    fn rect(&self, (w, h): (f64, f64), side: Side, distance: f64) -> Rect {
        let y = match side {
            Side::Above => self.at.1 - 9.0 - distance - h,
            Side::Below => self.at.1 + 9.0 + distance,
        };
        Rect::new(self.at.0 - w / 2.0, y, w, h)
    }

    /// Its items within `rect`.
    pub(super) fn items(&self, rect: Rect, side: Side) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut offset = 0.0;
        let x = self.at.0;
        let mut place = |height: f64| {
            let upper = match side {
                Side::Below => rect.y + offset,
                Side::Above => rect.bottom() - offset - height,
            };
            offset += height;
            upper
        };
        let y = place(15.0);
        items.push(
            Label::new((x, y + 12.0), VALUE, self.value).anchored(Anchor::Middle).into(),
        );
        if let Some(low) = self.low {
            let y = place(13.0);
            items.push(
                Label::new((x, y + 10.0), HALO, low).anchored(Anchor::Middle).into(),
            );
        }
        if !self.flags.is_empty() {
            let y = place(19.0) + 9.5;
            #[expect(clippy::cast_precision_loss, reason = "at most four flags")]
            let first = x - PITCH * (self.flags.len() as f64 - 1.0) / 2.0;
            for (at, flag) in self.flags.iter().enumerate() {
                #[expect(clippy::cast_precision_loss, reason = "at most four flags")]
                let at = (first + PITCH * at as f64, y);
                items.push(
                    Placed { symbol: Symbol::Flag(*flag), at, scale: 0.9, class: "" }
                        .into(),
                );
            }
        }
        items
    }
}

/// Places every stack: first those with the most to show, each where it disturbs least.
///
/// Two stacks never overlap, nor does a stack cover a point: distance is added until it
/// is so.
pub(super) fn place(
    stacks: &[Stack<'_>],
    taken: &[Rect],
    curves: &[Curve],
) -> Vec<(Rect, Side)> {
    let mut order: Vec<usize> = (0..stacks.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(stacks[*at].flags.len()));
    let mut placed: Vec<Option<(Rect, Side)>> = vec![None; stacks.len()];
    let mut taken: Vec<Rect> = taken.to_vec();
    for at in order {
        let stack = &stacks[at];
        let heights = heights(stack, curves);
        let best = candidates(stack)
            .filter(|(rect, ..)| !taken.iter().any(|other| other.overlaps(rect)))
            .map(|(rect, side, cost)| (rect, side, cost + crossing(rect, &heights)))
            .min_by(|one, other| one.2.total_cmp(&other.2));
        // Far enough away there is always room, because candidates go on without end.
        let (rect, side) = best.map_or_else(
            || (stack.rect(stack.size(), stack.side, 0.0), stack.side),
            |(rect, side, _)| (rect, side),
        );
        taken.push(rect);
        placed[at] = Some((rect, side));
    }
    placed.into_iter().flatten().collect()
}

fn candidates<'a>(stack: &'a Stack<'_>) -> impl Iterator<Item = (Rect, Side, f64)> + 'a {
    let size = stack.size();
    (0..60).flat_map(move |step| {
        let distance = f64::from(step) * 5.0;
        [(stack.side, 0.0), (stack.side.other(), 9.0)]
            .map(|(side, cost)| (stack.rect(size, side, distance), side, cost + distance))
    })
}

/// Heights of the curves at places across a stack, which are the same wherever it goes: a stack
/// moves up and down only.
fn heights(stack: &Stack<'_>, curves: &[Curve]) -> Vec<Vec<f64>> {
    let (width, _) = stack.size();
    let steps = 6;
    let x = |step| stack.at.0 + width * (f64::from(step) / f64::from(steps) - 0.5);
    let at = |step| curves.iter().filter_map(|curve| curve.at(x(step))).collect();
    (0..=steps).map(at).collect()
}

/// How much of the curves runs behind `rect`: the halo of the text would cut it.
fn crossing(rect: Rect, heights: &[Vec<f64>]) -> f64 {
    let behind = |y: &f64| *y > rect.y - 2.0 && *y < rect.bottom() + 2.0;
    let hits = heights.iter().filter(|at| at.iter().any(behind));
    #[expect(clippy::cast_precision_loss, reason = "at most seven")]
    (hits.count() as f64 * 5.0)
}
