//! Lane of operations: what is measured at touchpoints, beside what customers say.

use super::Lane;
use super::columns::Columns;
use crate::diagram::glyph::Symbol;
use crate::diagram::lines::{Space, block};
use crate::diagram::scene::{Anchor, Item, Label, Placed, Rect};
use crate::diagram::style::{CODE, QUIET};
use crate::diagram::subject::{Band, Measured, Subject};

/// `None` where nothing is measured.
pub(super) fn lane(subject: &Subject, columns: &Columns, top: f64) -> Option<Lane> {
    let mut items: Vec<Item> = Vec::new();
    let mut height: f64 = 0.0;
    for (stage, column) in subject.stages.iter().zip(&columns.stages) {
        let marks = subject.marks.get(stage.marks.clone()).unwrap_or_default();
        let mut y = top;
        for mark in marks {
            for it in &mark.operations {
                y += entry(
                    (&mark.code, it),
                    Rect::new(column.x, y, column.w - 8.0, 0.0),
                    &mut items,
                );
                y += 5.0;
            }
        }
        height = height.max(y - top - 5.0);
    }
    (!items.is_empty()).then_some(Lane { items, height })
}

fn entry((code, it): (&str, &Measured), space: Rect, items: &mut Vec<Item>) -> f64 {
    let mut x = space.x + 2.0;
    if let Some(on_target) = it.on_target {
        let band = if on_target { Band::Solid } else { Band::Weak };
        let at = (x + 6.0, space.y + 8.0);
        items.push(
            Placed { symbol: Symbol::Band(band), at, scale: 0.7, class: "" }.into(),
        );
        x += 16.0;
    }
    let value = format!("{code} {}", it.value);
    items.push(Label::new((x, space.y + 12.0), CODE, value).into());
    let name = block(
        &it.name,
        QUIET,
        Space {
            at: (space.x + 2.0, space.y + 17.0),
            anchor: Anchor::Start,
            width: space.w - 4.0,
            lines: 3,
        },
    );
    let height = name.height;
    items.extend(name.items);
    17.0 + height
}
