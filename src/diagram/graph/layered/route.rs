//! The way of every line in pixels, with its words.

use super::across::{Across, DOT, LEAD, STUB, lead};
use super::network::Arc;
use super::places::{Places, ROUND};
use super::sketch::{Line, Run, Sketch};
use super::under::Under;
use crate::diagram::graph::label::Mark;
use crate::diagram::graph::layout::TERMINAL;
use crate::diagram::graph::plan::Kind;
use crate::diagram::graph::route::{Bend, Route, Tip};
use crate::diagram::scene::Rect;

/// Distance of two lines under everything.
pub(super) const UNDER: f64 = 6.0;

/// Everything that routes need to know of places.
pub(super) struct Ground<'a> {
    pub(super) sketch: &'a Sketch,
    pub(super) places: &'a Places,
    pub(super) across: &'a Across,
    pub(super) under: &'a Under,
    /// How far down everything is moved: the names of the stages stand above.
    pub(super) top: f64,
}

type Point = (f64, f64);

impl Ground<'_> {
    /// The box of a touchpoint.
    pub(super) fn node(&self, node: usize) -> Rect {
        let (left, right) = self.across.column(self.sketch.columns[node]);
        let height = self.places.ports.heights[node];
        Rect::new(left, self.middle(node) - height / 2.0, right - left, height)
    }

    /// Height of the middle of a node.
    pub(super) fn middle(&self, node: usize) -> f64 {
        self.top + self.places.nodes[node]
    }

    /// The way of line `at`.
    pub(super) fn route(&self, at: usize, line: &Line) -> Route {
        let (points, bend, tip) = match line.run {
            Run::Between(arc) => {
                let (mut points, bend) = self.between(at, arc);
                if line.kind == Kind::Back {
                    points.reverse();
                }
                (points, bend, Tip::Node)
            }
            Run::Out(node) => {
                let y = self.middle(node) + self.places.ports.out[at];
                let x = self.across.column(self.sketch.columns[node]).1;
                (vec![(x, y), (x + STUB, y)], Bend::Corner, Tip::Out)
            }
            Run::In(node) => {
                let y = self.middle(node) + self.places.ports.into[at];
                let x = self.across.column(self.sketch.columns[node]).0;
                (vec![(x - STUB, y), (x, y)], Bend::Corner, Tip::In)
            }
            Run::Round(node, nth) => (self.round(node, nth), Bend::Corner, Tip::Node),
        };
        let mark = (!line.label.lines.is_empty()).then(|| self.mark(at, line));
        Route {
            links: vec![line.link],
            kind: line.kind,
            points,
            width: line.width,
            bend,
            tip,
            mark,
        }
    }

    fn between(&self, at: usize, arc: Arc) -> (Vec<Point>, Bend) {
        let (from, to) = (self.sketch.columns[arc.left], self.sketch.columns[arc.right]);
        let begin = self.across.column(from).1;
        let end = self.across.column(to).0;
        let ports = &self.places.ports;
        let leave = self.middle(arc.left) + ports.out[at];
        let enter = self.middle(arc.right) + ports.into[at];
        let mut points = Vec::new();
        if self.sketch.is_mark(arc.left) {
            points.push((begin, self.middle(arc.left)));
            points.push((begin + super::across::FAN, leave));
        } else {
            points.push((begin, leave));
        }
        let mut bend = Bend::Smooth;
        if let Some(track) = &self.places.tracks[at] {
            for pair in track.windows(2) {
                let (left, right) = self.across.bend(pair[0].0);
                points.push((left, self.top + pair[0].1));
                points.push((right, self.top + pair[1].1));
            }
        } else if let Some([down, up, track]) = self.under.tracks[at] {
            let (down, up) = (self.across.down(from, down), self.across.up(to, up));
            #[expect(
                clippy::cast_precision_loss,
                reason = "one for each transition at most"
            )]
            let y = self.top + self.places.floor + UNDER * (track as f64 + 1.0);
            points.extend([(down, leave), (down, y), (up, y), (up, enter)]);
            bend = Bend::Corner;
        }
        if self.sketch.is_mark(arc.right) {
            points.push((end - super::across::FAN, enter));
            points.push((end, self.middle(arc.right)));
        } else {
            points.push((end, enter));
        }
        (tidy(points), bend)
    }

    fn round(&self, node: usize, nth: usize) -> Vec<Point> {
        let rect = self.node(node);
        let (left, right) = (rect.x + 6.0, rect.right() - 6.0);
        let y = self.foot(node, nth);
        vec![(right, rect.bottom()), (right, y), (left, y), (left, rect.bottom())]
    }

    /// Height of the `nth` way round a node.
    fn foot(&self, node: usize, nth: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "at most one for each transition")]
        let nth = nth as f64;
        self.node(node).bottom() + ROUND * (nth + 1.0) - 10.0
    }

    /// Beside the box, where all lines run level; under it for a way round.
    fn mark(&self, at: usize, line: &Line) -> Mark {
        let (width, height) = (line.label.width, line.label.height);
        let (rect, in_line) = match line.run {
            Run::Between(arc) => {
                let x = self.across.column(self.sketch.columns[arc.left]).1
                    + lead(self.sketch, arc.left, line.kind);
                let y = self.middle(arc.left) + self.places.ports.out[at];
                (Rect::new(x + LEAD - 2.0, y - height / 2.0, width + 4.0, height), true)
            }
            Run::Out(node) => {
                let x = self.across.column(self.sketch.columns[node]).1;
                let y = self.middle(node) + self.places.ports.out[at];
                let x = x + STUB + 2.0 * DOT + LEAD / 2.0;
                (Rect::new(x, y - height / 2.0, width, height), false)
            }
            Run::In(node) => {
                let x = self.across.column(self.sketch.columns[node]).0;
                let y = self.middle(node) + self.places.ports.into[at];
                let x = x - STUB - 2.0 * DOT - LEAD / 2.0 - width;
                (Rect::new(x, y - height / 2.0, width, height), false)
            }
            Run::Round(node, nth) => {
                let y = self.foot(node, nth);
                let x = self.node(node).centre().0 - width / 2.0 - 2.0;
                (Rect::new(x, y - height / 2.0, width + 4.0, height), true)
            }
        };
        Mark { shape: line.label.clone(), rect, in_line }
    }

    /// The middle of a mark.
    pub(super) fn terminal(&self, node: usize) -> Point {
        let left = self.across.column(self.sketch.columns[node]).0;
        (left + TERMINAL, self.middle(node))
    }
}

/// Without points between which nothing changes.
fn tidy(points: Vec<Point>) -> Vec<Point> {
    let level = |one: Point, other: Point| (one.1 - other.1).abs() < 0.05;
    let mut tidy: Vec<Point> = Vec::new();
    for point in points {
        if let [.., before, last] = tidy.as_slice()
            && level(*before, *last)
            && level(*last, point)
        {
            tidy.pop();
        }
        tidy.push(point);
    }
    tidy
}
