//! A journey in the size of a stamp, to lie beside others like it: the scores of all
//! touchpoints as a line, the worst ones named.

use super::Symbol;
use super::curve::Curve;
use super::scene::{Anchor, Form, Item, Label, Placed, Rect, Scene, shape};
use super::style::{TICK, VALUE};
use super::subject::{Flag, Mark, Subject};

/// Room for the numbers of the axis.
const LEFT: f64 = 26.0;
/// Room at the right, for half a flag.
const RIGHT: f64 = 8.0;
/// Upper end of the axis.
const TOP: f64 = 12.0;
/// Height of the axis.
const AXIS: f64 = 96.0;
/// Height of the whole: stage numbers stand below the axis.
const HEIGHT: f64 = 138.0;
/// Touchpoints that are named at most.
const NAMED: usize = 5;

/// The scores of `subject`, and as a dotted line those of `others`, by touchpoint.
///
/// The axis is the one that the subject shares with others.
#[must_use]
pub fn small_map(
    subject: &Subject,
    others: &[Option<f64>],
    width: f64,
    title: &str,
    description: &str,
) -> Scene {
    let frame = Frame::new(subject, width);
    let mut items = frame.background(subject);
    items.extend(frame.line("prev", others.iter().copied()));
    let scores = subject.marks.iter().map(|it| it.standing.points());
    items.extend(frame.line("curve", scores));
    items.extend(frame.pains(subject));
    Scene {
        origin: (0.0, 0.0),
        width,
        height: HEIGHT,
        title: title.to_owned(),
        description: description.to_owned(),
        items,
    }
}

struct Frame {
    low: f64,
    high: f64,
    width: f64,
    slot: f64,
}

impl Frame {
    fn new(subject: &Subject, width: f64) -> Self {
        let own = subject.marks.iter().filter_map(|it| it.standing.points());
        let values = own.chain(subject.shared.iter().flat_map(|it| it.scores));
        let start = [subject.target.0, subject.target.0];
        let [low, high] =
            values.fold(start, |[low, high], it| [it.min(low), it.max(high)]);
        #[expect(clippy::cast_precision_loss, reason = "touchpoints are few")]
        let count = subject.marks.len().max(1) as f64;
        Self {
            low: ((low / 10.0).floor() * 10.0).min(50.0) - 2.0,
            high: (high + 2.0).clamp(92.0, 102.0),
            width,
            slot: (width - LEFT - RIGHT) / count,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "touchpoints are few")]
    fn x(&self, at: usize) -> f64 {
        LEFT + self.slot * (at as f64 + 0.5)
    }

    fn y(&self, points: f64) -> f64 {
        TOP + AXIS * (self.high - points) / (self.high - self.low)
    }

    /// The zone of weak scores, the target, and where stages begin.
    fn background(&self, subject: &Subject) -> Vec<Item> {
        let (floor, mut items) = (TOP + AXIS, Vec::new());
        let zone = self.y(subject.bands.lowest());
        if zone < floor {
            let rect = Rect::new(LEFT, zone, self.width - LEFT, floor - zone);
            items.push(shape("zone", Form::Rect(rect, 0.0)));
        }
        let target = self.y(subject.target.0);
        for tick in [0.0, 25.0, 50.0, 75.0, 100.0] {
            let y = self.y(tick);
            if tick < self.low || tick > self.high {
                continue;
            }
            items.push(shape("grid", Form::Line((LEFT, y), (self.width, y))));
            if (y - target).abs() > 11.0 {
                items.push(number(y, format!("{tick}")));
            }
        }
        items.push(shape("tgt", Form::Line((LEFT, target), (self.width, target))));
        items.push(number(target, subject.target.1.clone()));
        for stage in &subject.stages {
            let (from, to) = (self.edge(stage.marks.start), self.edge(stage.marks.end));
            if stage.marks.start > 0 {
                items.push(shape("grid", Form::Line((from, TOP), (from, floor + 14.0))));
            }
            let number = Label::new(
                (f64::midpoint(from, to), floor + 26.0),
                TICK,
                stage.number.to_string(),
            );
            items.push(number.anchored(Anchor::Middle).into());
        }
        items
    }

    fn edge(&self, at: usize) -> f64 {
        self.x(at) - self.slot / 2.0
    }

    /// A curve, broken where there is no score.
    fn line(
        &self,
        class: &'static str,
        points: impl Iterator<Item = Option<f64>>,
    ) -> Vec<Item> {
        let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
        for (at, points) in points.enumerate() {
            match (points, runs.last_mut()) {
                (Some(points), Some(run)) => run.push((self.x(at), self.y(points))),
                _ => runs.push(Vec::new()),
            }
        }
        let path = |run: Vec<(f64, f64)>| match run.as_slice() {
            [] => None,
            // A score between two that are not there.
            [(x, y)] => Some(format!("M{:.1} {y:.1}h4", x - 2.0)),
            _ => Some(Curve::through(run).path()),
        };
        let paths = runs.into_iter().filter_map(path);
        paths.map(|path| shape(class, Form::Path(path))).collect()
    }

    /// Pain points, the worst of them with their codes, where there is room.
    fn pains(&self, subject: &Subject) -> Vec<Item> {
        let is_pain = |mark: &Mark| mark.flags.contains(&Flag::Pain);
        let all = subject.marks.iter().enumerate().filter(|(_, it)| is_pain(it));
        let mut pains: Vec<(usize, f64, &Mark)> = all
            .filter_map(|(at, mark)| Some((at, mark.standing.points()?, mark)))
            .collect();
        pains.sort_by(|one, other| one.1.total_cmp(&other.1));
        let mut items: Vec<Item> = Vec::new();
        let mut taken: Vec<Rect> = Vec::new();
        for (at, points, _) in &pains {
            let place = (self.x(*at), self.y(*points));
            taken.push(Rect::new(place.0 - 8.0, place.1 - 8.0, 16.0, 16.0));
            items.push(Placed::new(Symbol::Flag(Flag::Pain), place).into());
        }
        for (at, points, mark) in pains.iter().take(NAMED) {
            let (x, y) = (self.x(*at), self.y(*points));
            // Below the flag, or above it where that is taken; never beyond the edge.
            let places = [y + 21.0, y - 12.0];
            let label = |y: f64| {
                let label = Label::new((x, y), VALUE, mark.code.as_str());
                let mut label = label.anchored(Anchor::Middle);
                label.at.0 -= (label.rect().right() - self.width).max(0.0);
                label
            };
            let free = |label: &Label| {
                let rect = label.rect();
                let inside = rect.x >= LEFT
                    && rect.right() <= self.width
                    && rect.y >= 0.0
                    && rect.bottom() <= TOP + AXIS + 14.0;
                inside && !taken.iter().any(|it| it.overlaps(&rect))
            };
            let found = places.into_iter().map(label).find(free);
            if let Some(label) = found {
                taken.push(label.rect());
                items.push(label.into());
            }
        }
        items
    }
}

/// A number of the axis.
fn number(y: f64, text: String) -> Item {
    Label::new((LEFT - 5.0, y + 4.0), TICK, text).anchored(Anchor::End).into()
}
