//! Lane of the customers reached: a bar and its share, the code below.

use super::Lane;
use super::columns::Columns;
use crate::diagram::scene::{Anchor, Form, Item, Label, Rect, shape};
use crate::diagram::style::{CODE, TICK};
use crate::diagram::subject::Subject;

/// Height of a bar that stands for everybody.
const FULL: f64 = 25.0;
/// Room for the share above the bars.
const SHARE: f64 = 16.0;

/// `None` when no reach is known.
pub(super) fn lane(subject: &Subject, columns: &Columns, top: f64) -> Option<Lane> {
    if subject.marks.iter().all(|mark| mark.reach.is_none()) {
        return None;
    }
    let floor = top + SHARE + FULL;
    let mut items: Vec<Item> = Vec::new();
    for (mark, x) in subject.marks.iter().zip(&columns.points) {
        let (height, text) = mark.reach.as_ref().map_or((0.0, "–"), |(share, text)| {
            ((FULL * share.clamp(0.0, 1.0)).max(1.0), text.as_str())
        });
        if mark.reach.is_some() {
            let bar = Rect::new(x - 9.0, floor - height, 18.0, height);
            items.push(shape("rb", Form::Rect(bar, 0.0)));
        }
        let at = (*x, floor - height - 4.0);
        items.push(Label::new(at, TICK, text).anchored(Anchor::Middle).into());
        let at = (*x, floor + 14.0);
        items.push(
            Label::new(at, CODE, mark.code.as_str()).anchored(Anchor::Middle).into(),
        );
    }
    Some(Lane { items, height: SHARE + FULL + 18.0 })
}
