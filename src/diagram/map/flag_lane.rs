//! Lane of the flags: what stands out, by code, with a few words.

use super::Lane;
use super::columns::Columns;
use super::touchpoint_lane::fitting;
use crate::diagram::glyph::Symbol;
use crate::diagram::lines::{Space, block};
use crate::diagram::scene::{Anchor, Item, Label, Placed, Rect};
use crate::diagram::style::{BODY, CODE, QUIET};
use crate::diagram::subject::{Mark, Subject};

/// Distance of two flags.
const PITCH: f64 = 18.0;

/// `None` when nothing is flagged.
pub(super) fn lane(subject: &Subject, columns: &Columns, top: f64) -> Option<Lane> {
    let mut items: Vec<Item> = Vec::new();
    let mut height: f64 = 0.0;
    for (stage, column) in subject.stages.iter().zip(&columns.stages) {
        let marks = subject.marks.get(stage.marks.clone()).unwrap_or_default();
        let flagged: Vec<&Mark> =
            marks.iter().filter(|mark| !mark.flags.is_empty()).collect();
        height = height.max(list(&flagged, *column, top, &mut items));
    }
    (!items.is_empty()).then_some(Lane { items, height })
}

/// The flagged touchpoints of a stage in as many columns as it has room
/// for; how high they are.
fn list(flagged: &[&Mark], column: Rect, top: f64, items: &mut Vec<Item>) -> f64 {
    let lists = fitting(column, flagged.len());
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let width = column.w / lists as f64;
    let mut height: f64 = 0.0;
    for (at, part) in flagged.chunks(flagged.len().div_ceil(lists).max(1)).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let x = column.x + width * at as f64;
        let mut y = top;
        for mark in part {
            y += entry(mark, Rect::new(x, y, width - 8.0, 0.0), items) + 6.0;
        }
        height = height.max(y - top - 6.0);
    }
    height
}

fn entry(mark: &Mark, space: Rect, items: &mut Vec<Item>) -> f64 {
    let mut x = space.x + 9.0;
    for flag in &mark.flags {
        items.push(
            Placed {
                symbol: Symbol::Flag(*flag),
                at: (x, space.y + 8.0),
                scale: 0.85,
                class: "",
            }
            .into(),
        );
        x += PITCH;
    }
    items.push(Label::new((x - 4.0, space.y + 12.0), CODE, mark.code.as_str()).into());
    let mut y = space.y + 17.0;
    let cause = mark.cause.as_ref().map(|it| (it, QUIET));
    for (words, style) in
        mark.remark.as_ref().map(|it| (it, BODY)).into_iter().chain(cause)
    {
        let text = block(
            words,
            style,
            Space {
                at: (space.x + 2.0, y + 2.0),
                anchor: Anchor::Start,
                width: space.w - 4.0,
                lines: 3,
            },
        );
        items.extend(text.items);
        y += 2.0 + text.height;
    }
    y - space.y
}
