//! Lane of the touchpoints: channel, code and name.

use super::Lane;
use super::columns::Columns;
use crate::diagram::glyph::Symbol;
use crate::diagram::scene::{Item, Label, Placed, Rect};
use crate::diagram::style::{BODY, CODE};
use crate::diagram::subject::{Mark, Subject};
use crate::diagram::text::{Lines, Measure, Weight, wrap};

/// Room for the icon.
const ICON: f64 = 19.0;
/// Room between two entries.
const GAP: f64 = 8.0;
/// A stage this wide lists its touchpoints in two columns.
const LIST: f64 = 165.0;

pub(super) fn lane(subject: &Subject, columns: &Columns, top: f64) -> Lane {
    let any_icon = subject.marks.iter().any(|mark| mark.channel.is_some());
    let icon = if any_icon { ICON } else { 2.0 };
    let mut items: Vec<Item> = Vec::new();
    let mut height: f64 = 0.0;
    for (stage, column) in subject.stages.iter().zip(&columns.stages) {
        let marks = subject.marks.get(stage.marks.clone()).unwrap_or_default();
        let (more, used) = list(marks, *column, icon, top);
        items.extend(more);
        height = height.max(used);
    }
    Lane { items, height }
}

/// In how many lists the `count` entries of a stage stand.
pub(super) fn fitting(column: Rect, count: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive number"
    )]
    let room = (column.w / LIST).floor() as usize;
    room.clamp(1, count.max(1))
}

/// The touchpoints of one stage, and the height they take.
fn list(marks: &[Mark], column: Rect, icon: f64, top: f64) -> (Vec<Item>, f64) {
    let lists = fitting(column, marks.len());
    let rows = marks.len().div_ceil(lists);
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let width = column.w / lists as f64;
    let mut items: Vec<Item> = Vec::new();
    let mut height: f64 = 0.0;
    for (at, part) in marks.chunks(rows.max(1)).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let x = column.x + width * at as f64;
        let mut y = top;
        for mark in part {
            y += entry(mark, Rect::new(x, y, width - 6.0, 0.0), icon, &mut items) + GAP;
        }
        height = height.max(y - top - GAP);
    }
    (items, height)
}

/// Icon, code and name; the code opens the first line, the second hangs below the code.
fn entry(mark: &Mark, space: Rect, icon: f64, items: &mut Vec<Item>) -> f64 {
    let baseline = space.y + 0.86 * BODY.size;
    if let Some(channel) = mark.channel {
        items.push(
            Placed {
                symbol: Symbol::Channel(channel),
                at: (space.x + 8.0, baseline - 3.8),
                scale: 0.9,
                class: "",
            }
            .into(),
        );
    }
    let x = space.x + icon;
    let code = Label::new((x, baseline), CODE, mark.code.as_str());
    let indent = code.rect().w + 4.0;
    let lines = name(mark, space.w - icon, indent);
    items.push(code.into());
    let mut y = baseline;
    let count = lines.lines.len();
    for (at, line) in lines.lines.into_iter().enumerate() {
        let start = if at == 0 { x + indent } else { x };
        let mut label = Label::new((start, y), BODY, line);
        label.whole = lines.cut.then(|| mark.name.clone());
        if !label.text.is_empty() {
            items.push(label.into());
        }
        y += BODY.line_height();
    }
    #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
    (count as f64 * BODY.line_height())
}

/// Two lines where they do, three where they must.
fn name(mark: &Mark, width: f64, indent: f64) -> Lines {
    let measure =
        Measure { size: BODY.size, weight: Weight::Regular, width, indent, lines: 2 };
    let lines = wrap(&mark.name, measure);
    if lines.cut { wrap(&mark.name, Measure { lines: 3, ..measure }) } else { lines }
}
