//! Lane of the stages: chevrons with name, band and score.

use super::Lane;
use super::columns::Columns;
use crate::diagram::lines::{Space, block};
use crate::diagram::scene::{Anchor, Form, Item, Label, Placed, Rect, shape};
use crate::diagram::style::{HEAD, HEAD_NOTE, HEAD_SCORE};
use crate::diagram::subject::{StageMark, Standing, Subject};

/// Height of a chevron.
pub(super) const HEIGHT: f64 = 60.0;
/// How far its tip reaches.
const TIP: f64 = 6.5;

pub(super) fn lane(subject: &Subject, columns: &Columns) -> Lane {
    let items = subject
        .stages
        .iter()
        .zip(&columns.stages)
        .flat_map(|(stage, column)| chevron(stage, *column))
        .collect();
    Lane { items, height: HEIGHT }
}

fn chevron(stage: &StageMark, column: Rect) -> Vec<Item> {
    let (left, right) = (column.x, column.right() - 8.0);
    let notch = if stage.number == 1 {
        String::new()
    } else {
        format!("L{:.1} {:.1}", left + TIP, HEIGHT / 2.0)
    };
    let d = format!(
        "M{left:.1} 0H{right:.1}L{:.1} {:.1}L{right:.1} {HEIGHT:.1}H{left:.1}{notch}Z",
        right + TIP,
        HEIGHT / 2.0
    );
    let x = left + 14.0;
    let name = block(
        &stage.name,
        HEAD,
        Space { at: (x, 0.0), anchor: Anchor::Start, width: right - x - 2.0, lines: 2 },
    );
    // One line stands in the middle of the room that two lines fill.
    let name = block(
        &stage.name,
        HEAD,
        Space {
            at: (x, 6.0 + (2.0 * HEAD.line_height() - name.height) / 2.0),
            anchor: Anchor::Start,
            width: right - x - 2.0,
            lines: 2,
        },
    );
    let mut items = vec![shape("head", Form::Path(d))];
    items.extend(name.items);
    items.extend(score(&stage.standing, x));
    items
}

fn score(standing: &Standing, x: f64) -> Vec<Item> {
    let baseline = HEIGHT - 8.5;
    match (standing, standing.symbol()) {
        (Standing::Scored { text, .. }, Some(symbol)) => {
            let glyph = Placed {
                symbol,
                at: (x + 5.5, baseline - 4.6),
                scale: 0.8,
                class: "onh",
            };
            vec![
                glyph.into(),
                Label::new((x + 16.0, baseline), HEAD_SCORE, text.as_str()).into(),
            ]
        }
        (Standing::Absent(why), _) => {
            vec![Label::new((x, baseline), HEAD_NOTE, why.as_str()).into()]
        }
        (Standing::Scored { .. }, None) => Vec::new(),
    }
}
