//! Lane of the people inside: their touchpoints with their scores, and lines to the touchpoints
//! of customers that they support.

use super::Lane;
use super::columns::Columns;
use crate::diagram::lines::{Space, block};
use crate::diagram::scene::{Anchor, Form, Item, Label, Placed, Rect, shape};
use crate::diagram::style::{CODE, QUIET};
use crate::diagram::subject::{InsideMark, Standing, Subject};

/// Room above the entries, for the lines that lead up from them.
const ROOM: f64 = 14.0;

/// `None` where the map has no such touchpoints. `visibility` is the height of the line that
/// they stand behind.
pub(super) fn lane(
    subject: &Subject,
    columns: &Columns,
    (top, visibility): (f64, f64),
) -> Option<Lane> {
    let (mut items, mut lines): (Vec<Item>, Vec<Item>) = (Vec::new(), Vec::new());
    let mut height: f64 = 0.0;
    for (stage, column) in columns.stages.iter().enumerate() {
        let own: Vec<&InsideMark> =
            subject.inside.iter().filter(|it| it.stage == stage).collect();
        let mut y = top + ROOM;
        let spine = column.x + 5.0;
        let mut last = y;
        for mark in &own {
            last = y + 8.0;
            let space = Rect::new(column.x + 12.0, y, column.w - 20.0, 0.0);
            lines.push(line((spine, last), (spine + 6.0, last)));
            y += entry(subject, mark, space, &mut items) + 6.0;
        }
        let supported = own.iter().flat_map(|it| &it.supports);
        let ends: Vec<f64> =
            supported.filter_map(|at| columns.points.get(*at).copied()).collect();
        if own.is_empty() {
            continue;
        }
        if !ends.is_empty() {
            lines.extend(leads(spine, (top + 4.0, last), &ends, visibility));
        }
        height = height.max(y - top - 6.0);
    }
    if items.is_empty() {
        return None;
    }
    lines.append(&mut items);
    Some(Lane { items: lines, height })
}

/// From a spine at `x` up to the line of visibility, below each point that is supported.
fn leads(x: f64, (knee, last): (f64, f64), ends: &[f64], visibility: f64) -> Vec<Item> {
    let left = ends.iter().copied().fold(x, f64::min);
    let right = ends.iter().copied().fold(x, f64::max);
    let mut lines = vec![line((x, knee), (x, last)), line((left, knee), (right, knee))];
    let mut known: Vec<f64> = Vec::new();
    for end in ends {
        if known.iter().any(|it| (it - end).abs() < 0.5) {
            continue;
        }
        known.push(*end);
        lines.push(line((*end, visibility), (*end, knee)));
        lines.push(shape("supend", Form::Circle((*end, visibility), 2.6)));
    }
    lines
}

fn line(from: (f64, f64), to: (f64, f64)) -> Item {
    shape("sup", Form::Line(from, to))
}

fn entry(
    subject: &Subject,
    mark: &InsideMark,
    space: Rect,
    items: &mut Vec<Item>,
) -> f64 {
    let mut x = space.x + 2.0;
    if let Some(symbol) = mark.standing.symbol() {
        let at = (x + 6.0, space.y + 8.0);
        items.push(Placed { symbol, at, scale: 0.8, class: "" }.into());
        x += 17.0;
    }
    let score = match &mark.standing {
        Standing::Scored { text, .. } => text,
        Standing::Absent(why) => why,
    };
    let codes = mark.supports.iter().filter_map(|at| subject.marks.get(*at));
    let codes: Vec<&str> = codes.map(|it| it.code.as_str()).collect();
    let leads = if codes.is_empty() {
        String::new()
    } else {
        format!(" → {}", codes.join(", "))
    };
    let head = format!("{} {score}{leads}", mark.code);
    items.push(Label::new((x, space.y + 12.0), CODE, head).into());
    let name = block(
        &mark.name,
        QUIET,
        Space {
            at: (space.x, space.y + 18.0),
            anchor: Anchor::Start,
            width: space.w,
            lines: 3,
        },
    );
    let height = name.height;
    items.extend(name.items);
    18.0 + height
}
