//! Scores along the journey, a panel for each group of customers: its line over those of the
//! other groups.

use std::fmt::Write as _;

use super::lines::{Space, block};
use super::scene::{Anchor, Form, Item, Label, Scene, shape};
use super::style::{PANEL, QUIET, TICK};
use super::text;

/// Groups of customers and their scores.
#[derive(Clone, Debug, Default)]
pub struct Curves {
    /// The first touchpoint of each stage, and what the axis calls the stage.
    pub stages: Vec<(usize, String)>,
    /// The groups.
    pub curves: Vec<Curve>,
    /// Points that touchpoints should reach.
    pub target: Option<f64>,
}

/// A group of customers.
#[derive(Clone, Debug)]
pub struct Curve {
    /// What it is called.
    pub name: String,
    /// How many there are, in words.
    pub n: String,
    /// Points of each touchpoint; `None` where there are none to show.
    pub points: Vec<Option<f64>>,
    /// Touchpoints that differ reliably from all other customers, and whether they are better.
    pub marks: Vec<(usize, bool)>,
    /// What it shows, in words.
    pub description: String,
}

/// Room for the name.
const HEAD: f64 = 34.0;
/// Height of the scale.
const SCALE: f64 = 120.0;
/// Room for the numbers of the scale.
const LEFT: f64 = 30.0;
/// Room on the right, and under the scale.
const RIGHT: f64 = 10.0;
const FOOT: f64 = 24.0;

/// A scene per group, all of one size and on one scale.
#[must_use]
pub fn curves(curves: &Curves, width: f64) -> Vec<Scene> {
    let frame = Frame::new(curves, width);
    let scene = |at: usize, curve: &Curve| Scene {
        origin: (0.0, 0.0),
        width,
        height: HEAD + SCALE + FOOT,
        title: curve.name.clone(),
        description: curve.description.clone(),
        items: frame.panel(at, curve),
    };
    curves.curves.iter().enumerate().map(|(at, it)| scene(at, it)).collect()
}

/// What all panels have in common.
struct Frame<'a> {
    curves: &'a Curves,
    width: f64,
    low: f64,
    high: f64,
    touchpoints: usize,
}

impl<'a> Frame<'a> {
    fn new(curves: &'a Curves, width: f64) -> Self {
        let points = || curves.curves.iter().flat_map(|it| &it.points).flatten();
        let all = || points().copied().chain(curves.target);
        let (least, most) = (all().fold(100.0, f64::min), all().fold(0.0, f64::max));
        let low = ((least - 1.0) / 10.0).floor().clamp(0.0, 8.0) * 10.0;
        let high = ((most + 1.0) / 10.0).ceil().clamp(2.0, 10.0) * 10.0;
        let touchpoints =
            curves.curves.iter().map(|it| it.points.len()).max().unwrap_or_default();
        Self { curves, width, low, high: high.max(low + 20.0), touchpoints }
    }

    fn y(&self, points: f64) -> f64 {
        HEAD + SCALE * (self.high - points) / (self.high - self.low)
    }

    #[expect(clippy::cast_precision_loss, reason = "touchpoints are few")]
    fn x(&self, at: usize) -> f64 {
        let room = self.width - LEFT - RIGHT - 16.0;
        let steps = self.touchpoints.saturating_sub(1).max(1) as f64;
        LEFT + 8.0 + room * at as f64 / steps
    }

    fn panel(&self, own: usize, curve: &Curve) -> Vec<Item> {
        let mut items = vec![shape("rule", Form::Line((0.0, 0.5), (self.width, 0.5)))];
        items.extend(self.head(curve));
        items.extend(self.ground());
        let others = self.curves.curves.iter().enumerate().filter(|(at, _)| *at != own);
        items.extend(others.filter_map(|(_, it)| self.line(it, "cvo")));
        items.extend(self.line(curve, "curve"));
        items.extend(self.dots(curve));
        items
    }

    /// The name, and how many they are.
    fn head(&self, curve: &Curve) -> Vec<Item> {
        let wide = text::width(&curve.n, QUIET.size, QUIET.weight);
        let width = (self.width - wide - 12.0).max(60.0);
        let space = Space { at: (0.0, 7.0), anchor: Anchor::Start, width, lines: 1 };
        let mut items = block(&curve.name, PANEL, space).items;
        let n = Label::new((self.width, 17.0), QUIET, &*curve.n).anchored(Anchor::End);
        items.push(n.into());
        items
    }

    /// Grid, target, and stages.
    fn ground(&self) -> Vec<Item> {
        let (left, right) = (LEFT, self.width - RIGHT);
        let mut items: Vec<Item> = Vec::new();
        let tens = (0..=10).map(|ten| f64::from(ten) * 10.0);
        for tick in tens.filter(|it| (self.low..=self.high).contains(it)) {
            let y = self.y(tick);
            items.push(shape("grid", Form::Line((left, y), (right, y))));
            let label = Label::new((left - 6.0, y + 4.0), TICK, format!("{tick}"));
            items.push(label.anchored(Anchor::End).into());
        }
        if let Some(y) = self.curves.target.map(|it| self.y(it)) {
            items.push(shape("tgt", Form::Line((left, y), (right, y))));
        }
        let mut free = left;
        for (first, name) in &self.curves.stages {
            let x = self.x(*first);
            if *first > 0 {
                let between = f64::midpoint(self.x(first - 1), x);
                let line = ((between, HEAD), (between, HEAD + SCALE));
                items.push(shape("sep", Form::Line(line.0, line.1)));
            }
            let half = text::width(name, TICK.size, TICK.weight) / 2.0;
            // A stage whose number would touch that before it goes without.
            if x - half >= free {
                let label = Label::new((x, HEAD + SCALE + 16.0), TICK, &**name);
                items.push(label.anchored(Anchor::Middle).into());
                free = x + half + 6.0;
            }
        }
        items
    }

    /// The line, broken where there is no score.
    fn line(&self, curve: &Curve, class: &'static str) -> Option<Item> {
        let mut path = String::new();
        let mut open = false;
        for (at, points) in curve.points.iter().enumerate() {
            if let Some(points) = points {
                let command = if open { 'L' } else { 'M' };
                let _ = write!(path, "{command}{:.1} {:.1}", self.x(at), self.y(*points));
            }
            open = points.is_some();
        }
        path.contains('L').then(|| shape(class, Form::Path(path)))
    }

    /// A dot per touchpoint; an arrow where it differs.
    fn dots(&self, curve: &Curve) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for (at, points) in curve.points.iter().enumerate() {
            let Some(points) = points else { continue };
            let (x, y) = (self.x(at), self.y(*points));
            items.push(shape("wp", Form::Circle((x, y), 2.2)));
            let mark = curve.marks.iter().find(|(marked, _)| *marked == at);
            if let Some((_, better)) = mark {
                let (base, tip) =
                    if *better { (y - 6.0, y - 13.0) } else { (y + 6.0, y + 13.0) };
                let (left, right) = (x - 4.5, x + 4.5);
                let d = format!("M{left:.1} {base:.1}H{right:.1}L{x:.1} {tip:.1}Z");
                items.push(shape("ar", Form::Path(d)));
            }
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(name: &str, points: &[Option<f64>]) -> Curve {
        Curve {
            name: name.to_owned(),
            n: "n = 40".to_owned(),
            points: points.to_vec(),
            marks: vec![(0, true)],
            description: String::new(),
        }
    }

    #[test]
    fn each_panel_has_its_own_line_over_all_others() {
        let all = Curves {
            stages: vec![(0, "1".to_owned()), (2, "2".to_owned())],
            curves: vec![
                group("A", &[Some(70.0), Some(80.0), None, Some(60.0)]),
                group("B", &[Some(75.0), Some(82.0), Some(66.0), Some(64.0)]),
                group("C", &[None, Some(81.0), None, None]),
            ],
            target: Some(75.0),
        };
        let scenes = curves(&all, 300.0);
        let count = |scene: &Scene, class: &str| {
            let drawn = scene.items.iter().filter(|it| match it {
                Item::Shape(it) => it.class == class,
                _ => false,
            });
            drawn.count()
        };
        assert_eq!(scenes.len(), 3);
        // A single score between gaps is a dot, and no line.
        let lines: Vec<_> =
            scenes.iter().map(|it| (count(it, "curve"), count(it, "cvo"))).collect();
        assert_eq!(lines, [(1, 1), (1, 1), (0, 2)]);
        let dots: Vec<_> = scenes.iter().map(|it| count(it, "wp")).collect();
        assert_eq!(dots, [3, 4, 1]);
        for scene in &scenes {
            assert_eq!(scene.fault(), None, "{}", scene.title);
        }
    }
}
