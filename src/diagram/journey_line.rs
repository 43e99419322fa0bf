//! The journey at a glance: one point per stage, with its interval.

use super::curve::Curve;
use super::lines::{Block, Space, block};
use super::scene::{Anchor, Form, Item, Label, Placed, Scene, shape};
use super::style::{HALO, STAGE, TICK, VALUE};
use super::subject::{StageMark, Standing, Subject};

/// Room for the numbers of the axis.
const LEFT: f64 = 76.0;
/// Upper edge of the axis: a value fits above it.
const TOP: f64 = 26.0;
/// Height of the axis.
const AXIS: f64 = 112.0;
/// Room below the axis, for a value.
const BELOW: f64 = 24.0;

/// The stage line of `subject`, `width` pixels wide; a stage without a score says why.
#[must_use]
pub fn journey_line(
    subject: &Subject,
    width: f64,
    title: &str,
    description: &str,
) -> Scene {
    let scale = Scale::new(subject, width);
    let mut items = scale.background(subject);
    items.extend(line(subject, &scale));
    for (at, stage) in subject.stages.iter().enumerate() {
        items.extend(point(subject, &scale, (at, stage)));
    }
    let names: Vec<Block> =
        (0..subject.stages.len()).map(|at| scale.name(subject, at)).collect();
    let tallest = names.iter().fold(0.0, |tallest: f64, name| tallest.max(name.height));
    items.extend(names.into_iter().flat_map(|name| name.items));
    Scene {
        origin: (0.0, 0.0),
        width,
        height: (TOP + AXIS + BELOW + 6.0 + tallest + 4.0).ceil(),
        title: title.to_owned(),
        description: description.to_owned(),
        items,
    }
}

struct Scale {
    low: f64,
    high: f64,
    slot: f64,
    width: f64,
}

impl Scale {
    fn new(subject: &Subject, width: f64) -> Self {
        let mut low = subject.target.0;
        let mut high = subject.target.0;
        for stage in &subject.stages {
            if let Standing::Scored { points, ci, .. } = &stage.standing {
                let [from, to] = ci.unwrap_or([*points, *points]);
                low = low.min(from);
                high = high.max(to);
            }
        }
        if let Some(shared) = subject.shared {
            low = low.min(shared.scores[0]);
            high = high.max(shared.scores[1]);
        }
        #[expect(clippy::cast_precision_loss, reason = "a journey has few stages")]
        let count = subject.stages.len().max(1) as f64;
        Self {
            low: ((low / 10.0).floor() * 10.0).min(60.0) - 1.0,
            high: (high + 2.0).clamp(91.0, 101.0),
            slot: (width - LEFT) / count,
            width,
        }
    }

    fn x(&self, at: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a journey has few stages")]
        let at = at as f64;
        LEFT + self.slot * (at + 0.5)
    }

    fn y(&self, points: f64) -> f64 {
        TOP + AXIS * (self.high - points) / (self.high - self.low)
    }

    fn background(&self, subject: &Subject) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let floor = TOP + AXIS + BELOW;
        let zone = self.y(subject.bands.lowest());
        if zone < floor {
            let rect = super::Rect::new(LEFT, zone, self.width - LEFT, floor - zone);
            items.push(shape("zone", Form::Rect(rect, 0.0)));
        }
        let (target, text) = &subject.target;
        let target_y = self.y(*target);
        for tick in (0..=10).map(|ten| f64::from(ten) * 10.0) {
            let y = self.y(tick);
            if tick < self.low || tick > self.high {
                continue;
            }
            items.push(shape("grid", Form::Line((LEFT, y), (self.width, y))));
            if (y - target_y).abs() > 13.0 {
                items.push(tick_label(y, format!("{tick}")));
            }
        }
        items.push(shape("tgt", Form::Line((LEFT, target_y), (self.width, target_y))));
        items.push(tick_label(target_y, format!("{} {text}", subject.words.target)));
        items
    }

    fn name(&self, subject: &Subject, at: usize) -> Block {
        let text = subject
            .stages
            .get(at)
            .map_or_else(String::new, |stage| format!("{} {}", stage.number, stage.name));
        block(
            &text,
            STAGE,
            Space {
                at: (self.x(at), TOP + AXIS + BELOW + 6.0),
                anchor: Anchor::Middle,
                width: self.slot - 8.0,
                lines: 3,
            },
        )
    }
}

fn tick_label(y: f64, text: String) -> Item {
    Label::new((LEFT - 8.0, y + 4.0), TICK, text).anchored(Anchor::End).into()
}

/// The curve, broken where a stage has no score.
fn line(subject: &Subject, scale: &Scale) -> Vec<Item> {
    let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (at, stage) in subject.stages.iter().enumerate() {
        match (stage.standing.points(), runs.last_mut()) {
            (Some(points), Some(run)) => run.push((scale.x(at), scale.y(points))),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| run.len() > 1);
    runs.into_iter()
        .map(|run| shape("curve", Form::Path(Curve::through(run).path())))
        .collect()
}

fn point(
    subject: &Subject,
    scale: &Scale,
    (at, stage): (usize, &StageMark),
) -> Vec<Item> {
    let x = scale.x(at);
    let (text, ci, points) = match &stage.standing {
        Standing::Absent(why) => {
            let at = (x, TOP + AXIS + BELOW - 8.0);
            return vec![
                Label::new(at, HALO, why.as_str()).anchored(Anchor::Middle).into(),
            ];
        }
        Standing::Scored { text, ci, points, .. } => (text, ci, *points),
    };
    let mut items: Vec<Item> = Vec::new();
    let [low, high] = ci.unwrap_or([points, points]);
    items.push(shape("ci", Form::Line((x, scale.y(low)), (x, scale.y(high)))));
    if let Some(symbol) = stage.standing.symbol() {
        items.push(Placed::new(symbol, (x, scale.y(points))).into());
    }
    let neighbours = [at.checked_sub(1), Some(at + 1)];
    let around: Vec<f64> = neighbours
        .into_iter()
        .filter_map(|at| subject.stages.get(at?)?.standing.points())
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "at most two")]
    let mean = around.iter().sum::<f64>() / around.len().max(1) as f64;
    let y = if around.is_empty() || points >= mean {
        scale.y(high.max(points)).min(scale.y(points) - 8.0) - 6.0
    } else {
        scale.y(low.min(points)).max(scale.y(points) + 8.0) + 15.0
    };
    items.push(Label::new((x, y), VALUE, text.as_str()).anchored(Anchor::Middle).into());
    items
}
