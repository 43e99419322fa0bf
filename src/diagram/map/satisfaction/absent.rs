//! Places on the curve without a value: hatched, with the reason in words, no position.

use super::super::columns::Columns;
use super::super::range::Axis;
use super::Shown;
use crate::diagram::lines::{Block, Space, block};
use crate::diagram::scene::{Anchor, Form, Item, Rect, shape};
use crate::diagram::style::HALO;
use crate::diagram::subject::Standing;

/// Hatched slots and their words.
pub(super) fn slots(shown: &Shown<'_>, columns: &Columns, axis: Axis) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (rect, words) in absent(shown, columns, axis) {
        items.push(shape("gap", Form::Rect(rect, 0.0)));
        items.extend(words.items);
    }
    items
}

/// Where the words stand, so that no value is put there.
pub(super) fn words(shown: &Shown<'_>, columns: &Columns, axis: Axis) -> Vec<Rect> {
    absent(shown, columns, axis)
        .map(|(slot, words)| {
            Rect::new(
                slot.x,
                slot.bottom() - words.height - 8.0,
                slot.w,
                words.height + 8.0,
            )
        })
        .collect()
}

fn absent<'a>(
    shown: &'a Shown<'_>,
    columns: &'a Columns,
    axis: Axis,
) -> impl Iterator<Item = (Rect, Block)> + 'a {
    let places = columns.points.iter().zip(&columns.slots);
    shown.standings.iter().zip(places).filter_map(move |(standing, (x, slot))| {
        let Standing::Absent(why) = standing else { return None };
        let width = slot.min(64.0) - 4.0;
        let rect =
            Rect::new(x - width / 2.0, axis.top(), width, axis.bottom() - axis.top());
        let set = |y: f64| {
            let space = Space {
                at: (*x, y),
                anchor: Anchor::Middle,
                width: width - 2.0,
                lines: 3,
            };
            block(why, HALO, space)
        };
        let height = set(0.0).height;
        Some((rect, set(axis.bottom() - height - 4.0)))
    })
}
