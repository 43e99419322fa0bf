//! The largest changes: from a ring to an arrowhead.

use super::scale::Scale;
use crate::diagram::lines::{Block, Space, block};
use crate::diagram::scene::{Anchor, Form, Group, Item, Label, Link, Rect, Scene, shape};
use crate::diagram::style::{BODY, CODE, LANE, QUIET, TICK};
use crate::diagram::text;

/// The largest changes.
#[derive(Clone, Debug, Default)]
pub struct Movers {
    /// What stands above them.
    pub title: String,
    /// For those who cannot see them.
    pub description: String,
    /// Head of the falls, and the falls, the largest first.
    pub down: (String, Vec<Mover>),
    /// Head of the rises, and the rises, the largest first.
    pub up: (String, Vec<Mover>),
    /// The target that most share.
    pub target: Option<f64>,
}

/// A change of one touchpoint.
#[derive(Clone, Debug)]
pub struct Mover {
    /// Code of the touchpoint.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Points in the wave compared with, and now.
    pub points: [f64; 2],
    /// The change as printed.
    pub change: String,
    /// Whether it is beyond chance and relevant.
    pub sure: bool,
    /// Everything that is shown of it, in words.
    pub label: String,
}

impl Movers {
    /// Whether nothing went up or down.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.down.1.is_empty() && self.up.1.is_empty()
    }
}

/// Space between the two columns.
const GUTTER: f64 = 44.0;
/// From this width on the columns stand side by side.
const TWO: f64 = 700.0;
/// Room for the change.
const CHANGE: f64 = 52.0;
/// Height of the head of a column.
const HEAD: f64 = 30.0;

/// The largest changes, falls beside rises where there is room, else above them.
#[must_use]
pub fn movers(movers: &Movers, width: f64) -> Scene {
    let (items, height) = at(movers, width, 0.0);
    Scene {
        origin: (0.0, 0.0),
        width,
        height,
        title: movers.title.clone(),
        description: movers.description.clone(),
        items,
    }
}

/// The same with their upper edge at `top`, and their height.
pub(super) fn at(movers: &Movers, width: f64, top: f64) -> (Vec<Item>, f64) {
    let columns = [&movers.down, &movers.up];
    let all = columns.iter().flat_map(|(_, rows)| rows.iter().flat_map(|it| it.points));
    let scale = Scale::around(all.chain(movers.target), 0.0, 1.0);
    let codes = columns.iter().flat_map(|(_, rows)| rows.iter());
    let codes = codes.map(|it| text::width(&it.code, CODE.size, CODE.weight));
    let two = width >= TWO;
    let wide = if two { (width - GUTTER) / 2.0 } else { width };
    let mut items: Vec<Item> = Vec::new();
    let mut frame = Frame {
        scale,
        corner: (0.0, top),
        width: wide,
        narrow: wide < 480.0,
        target: movers.target,
        codes: codes.fold(0.0, f64::max) + 7.0,
    };
    let mut bottom = top;
    for (head, rows) in columns {
        if rows.is_empty() {
            continue;
        }
        let (column, end) = frame.column(head, rows);
        items.extend(column);
        bottom = bottom.max(end);
        if two {
            frame.corner.0 += wide + GUTTER;
        } else {
            frame.corner.1 = bottom + 18.0;
        }
    }
    (items, (bottom - top).ceil())
}

struct Frame {
    scale: Scale,
    /// Upper left corner of the column.
    corner: (f64, f64),
    /// Width of the column.
    width: f64,
    /// Whether names stand above their arrows and not before them.
    narrow: bool,
    target: Option<f64>,
    /// Room for the longest code.
    codes: f64,
}

impl Frame {
    /// Room before the axis.
    fn before(&self) -> f64 {
        if self.narrow { 16.0 } else { 232.0 }
    }

    fn x(&self, points: f64) -> f64 {
        let before = self.before();
        let length = self.width - CHANGE - 18.0 - before;
        self.scale.x(points, self.corner.0 + before, length)
    }

    fn name(&self, mover: &Mover, y: f64) -> Block {
        let width = if self.narrow { self.width } else { self.before() - 24.0 };
        let (width, at) = (width - self.codes, (self.corner.0 + self.codes, y));
        block(&mover.name, BODY, Space { at, anchor: Anchor::Start, width, lines: 2 })
    }

    /// The items of a column, and its lower edge.
    fn column(&self, head: &str, rows: &[Mover]) -> (Vec<Item>, f64) {
        let (x, top) = self.corner;
        let space = Space {
            at: (x, top + 2.0),
            anchor: Anchor::Start,
            width: self.width,
            lines: 1,
        };
        let mut items = block(head, LANE, space).items;
        let mut marks: Vec<Item> = Vec::new();
        let mut y = top + HEAD;
        for mover in rows {
            let tall = self.name(mover, 0.0).height;
            let (height, names, middle) = if self.narrow {
                (tall + 26.0, y + 4.0, y + tall + 14.0)
            } else {
                let height = (tall + 10.0).max(30.0);
                (height, y + (height - tall) / 2.0, y + height / 2.0)
            };
            items.extend(self.name(mover, names).items);
            let code = (x, names + 0.86 * BODY.size);
            items.push(Label::new(code, CODE, mover.code.as_str()).into());
            let style = if mover.sure { CODE } else { QUIET };
            let at = (x + self.width, middle + 4.0);
            let change = Label::new(at, style, mover.change.as_str());
            items.push(change.anchored(Anchor::End).into());
            let row = Rect::new(x, y, self.width, height);
            marks.push(self.mark(mover, row, middle));
            y += height;
        }
        let mut all = self.background(y);
        all.extend(items);
        all.extend(marks);
        (all, y + 20.0)
    }

    fn background(&self, bottom: f64) -> Vec<Item> {
        let top = self.corner.1 + HEAD - 4.0;
        let mut items: Vec<Item> = Vec::new();
        for tick in self.scale.ticks() {
            let x = self.x(tick);
            items.push(shape("grid", Form::Line((x, top), (x, bottom))));
            let label = Label::new((x, bottom + 14.0), TICK, format!("{tick}"));
            items.push(label.anchored(Anchor::Middle).into());
        }
        let target = self.target.map(|it| self.x(it));
        items.extend(target.map(|x| shape("tgt", Form::Line((x, top), (x, bottom)))));
        items
    }

    /// A ring where it was, an arrowhead where it is: filled when that is sure.
    fn mark(&self, mover: &Mover, row: Rect, y: f64) -> Item {
        let [from, to] = mover.points.map(|points| self.x(points));
        let way = if to < from { -1.0 } else { 1.0 };
        let base = to - way * 9.0;
        let head = format!("M{to:.1} {y:.1}L{base:.1} {:.1}V{:.1}Z", y - 5.0, y + 5.0);
        let mut items = vec![shape("hit", Form::Rect(row, 4.0))];
        if (base - from) * way > 4.0 {
            let start = from + way * 4.0;
            items.push(shape("mv", Form::Line((start, y), (base, y))));
        }
        items.push(shape("wp old", Form::Circle((from, y), 4.0)));
        items.push(shape(if mover.sure { "mh" } else { "mh low" }, Form::Path(head)));
        Group {
            class: "pt".to_owned(),
            link: Some(Link {
                fragment: format!("tp-{}", mover.code),
                name: mover.label.clone(),
            }),
            items,
            ..Group::default()
        }
        .into()
    }
}
