//! Words on transitions: beside the line or in it, over no box and no other word.

use super::layout::Layout;
use super::plan::{Kind, Plan, Way};
use super::route::Route;
use crate::diagram::scene::Rect;
use crate::diagram::style::{EDGE, LOOP, TextStyle};
use crate::diagram::text::{Measure, width, wrap};

/// What it costs that a label meets a box or a word; a line costs less.
const COVERED: usize = 1000;
/// Room left of a way back for its sign.
const SIGN: f64 = 15.0;

/// Where a label may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    /// Above a line between two columns.
    Gap,
    /// In a line that runs under a tier.
    Run,
    /// In a line beside the box that it leaves.
    Lane,
    /// In a line round the foot of its box.
    Foot,
}

/// A label broken into lines.
#[derive(Clone, Debug)]
pub(super) struct LabelShape {
    /// Its lines.
    pub(super) lines: Vec<String>,
    /// Whether words were left out.
    pub(super) cut: bool,
    /// Width of the widest line, sign included.
    pub(super) width: f64,
    /// Height of all lines.
    pub(super) height: f64,
}

/// A label at its place.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    /// The label.
    pub(super) shape: LabelShape,
    /// The box it fills.
    pub(super) rect: Rect,
    /// Whether it stands in its line, which is then interrupted.
    pub(super) in_line: bool,
}

/// How a label of `kind` is set.
pub(super) fn style(kind: Kind) -> TextStyle {
    if kind == Kind::Back { LOOP } else { EDGE }
}

/// `text` in lines that suit `room`.
pub(super) fn shape(text: &str, kind: Kind, room: Room) -> LabelShape {
    if text.is_empty() {
        return LabelShape { lines: Vec::new(), cut: false, width: 0.0, height: 0.0 };
    }
    let style = style(kind);
    let (wide, lines) = match room {
        Room::Gap => (78.0, 3),
        Room::Run => (230.0, 1),
        Room::Lane => (120.0, 1),
        // With the sign of a way back it is as wide as the room under a box.
        Room::Foot => (62.0, 1),
    };
    let measure = Measure {
        size: style.size,
        weight: style.weight,
        width: wide,
        indent: 0.0,
        lines,
    };
    let wrapped = wrap(text, measure);
    let widest = wrapped
        .lines
        .iter()
        .map(|line| width(line, style.size, style.weight))
        .fold(0.0, f64::max);
    let sign = if kind == Kind::Back { SIGN } else { 0.0 };
    #[expect(clippy::cast_precision_loss, reason = "at most three lines")]
    let height = wrapped.lines.len() as f64 * style.line_height() + 2.0;
    LabelShape { lines: wrapped.lines, cut: wrapped.cut, width: widest + sign, height }
}

/// By route: its label at its place; `None` where there are no words.
pub(super) fn marks(
    plans: &[Plan],
    routes: &[Route],
    layout: &Layout,
) -> Vec<Option<Mark>> {
    let mut taken = layout.taken();
    let mut marks = Vec::new();
    for (at, (plan, route)) in plans.iter().zip(routes).enumerate() {
        let room = match plan.way {
            Way::Straight if plan.to.column > plan.from.column + 1 => Room::Run,
            Way::Straight | Way::Step { .. } => Room::Gap,
            Way::Under | Way::Out | Way::Across => Room::Run,
        };
        let shape = shape(&plan.label, plan.kind, room);
        if shape.lines.is_empty() {
            marks.push(None);
            continue;
        }
        let others: Vec<&Route> = routes
            .iter()
            .enumerate()
            .filter(|(it, _)| *it != at)
            .map(|(_, it)| it)
            .collect();
        let mark = best(plan, route, shape, (&taken, &others, layout.width));
        taken.push(mark.rect);
        marks.push(Some(mark));
    }
    marks
}

/// The candidate that meets no box and no word, and as few lines as can be.
fn best(
    plan: &Plan,
    route: &Route,
    shape: LabelShape,
    around: (&[Rect], &[&Route], f64),
) -> Mark {
    let in_line = !matches!(plan.way, Way::Out) && is_run(plan);
    let candidates = match plan.way {
        Way::Out => under(route, &shape),
        _ if in_line => along(route, &shape),
        _ => beside(route, &shape),
    };
    let cost = |rect: &Rect| {
        let boxes = around.0.iter().filter(|other| other.overlaps(rect)).count();
        let lines = around.1.iter().filter(|other| meets(other, rect)).count();
        let outside = usize::from(rect.x < 0.0 || rect.right() > around.2);
        COVERED * (boxes + outside) + 10 * lines
    };
    // The first of equally good candidates wins: they come in order of preference.
    let rect = candidates.into_iter().min_by_key(cost).unwrap_or_default();
    if cost(&rect) < COVERED {
        return Mark { shape, rect, in_line };
    }
    let elsewhere = upright(route, &shape).into_iter().min_by_key(cost);
    match elsewhere.filter(|it| cost(it) < COVERED) {
        Some(rect) => Mark { shape, rect, in_line: false },
        None => Mark { shape, rect, in_line },
    }
}

fn is_run(plan: &Plan) -> bool {
    match plan.way {
        Way::Straight => plan.to.column > plan.from.column + 1,
        Way::Step { .. } => false,
        Way::Under | Way::Out | Way::Across => true,
    }
}

/// Along the longest level part, from its middle outwards.
fn along(route: &Route, shape: &LabelShape) -> Vec<Rect> {
    let Some((from, to)) = longest_level(route) else { return under(route, shape) };
    let (left, right) = (from.0.min(to.0), from.0.max(to.0));
    let middle = f64::midpoint(left, right);
    let reach = ((right - left - shape.width) / 2.0 - 12.0).max(0.0);
    (0..24)
        .flat_map(|step| [f64::from(step), -f64::from(step)])
        .map(|step| {
            let x = middle + (step * 14.0).clamp(-reach, reach);
            Rect::new(
                x - shape.width / 2.0 - 4.0,
                from.1 - shape.height / 2.0,
                shape.width + 8.0,
                shape.height,
            )
        })
        .collect()
}

/// Above the last level part, then below it, then above the first.
fn beside(route: &Route, shape: &LabelShape) -> Vec<Rect> {
    let half = route.width / 2.0 + 2.0;
    let levels: Vec<_> = route
        .points
        .windows(2)
        .filter(|pair| (pair[0].1 - pair[1].1).abs() < 0.01)
        .map(|pair| (f64::midpoint(pair[0].0, pair[1].0), pair[1].1))
        .collect();
    levels
        .iter()
        .rev()
        .flat_map(|(x, y)| {
            [y - half - shape.height, y + half].map(|top| {
                Rect::new(x - shape.width / 2.0, top, shape.width, shape.height)
            })
        })
        .collect()
}

/// Beside the parts that go up or down, on their right and on their left.
fn upright(route: &Route, shape: &LabelShape) -> Vec<Rect> {
    let half = route.width / 2.0 + 3.0;
    let pairs = route.points.windows(2);
    let upright = pairs.filter(|pair| (pair[0].0 - pair[1].0).abs() < 0.01);
    upright
        .flat_map(|pair| {
            let (top, bottom) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
            let sides = [pair[0].0 + half, pair[0].0 - half - shape.width];
            (1..24).flat_map(move |step| {
                let y = top + (bottom - top) * f64::from(step) / 24.0;
                sides.map(|x| {
                    Rect::new(x, y - shape.height / 2.0, shape.width, shape.height)
                })
            })
        })
        .collect()
}

/// Under the end of a way out: to its right, to its left.
fn under(route: &Route, shape: &LabelShape) -> Vec<Rect> {
    let Some(end) = route.points.last() else { return Vec::new() };
    let at = |x: f64| Rect::new(x, end.1 + 2.0, shape.width, shape.height);
    vec![at(end.0 - 8.0), at(end.0 + 8.0 - shape.width), at(end.0 - shape.width / 2.0)]
}

fn longest_level(route: &Route) -> Option<((f64, f64), (f64, f64))> {
    route
        .points
        .windows(2)
        .filter(|pair| (pair[0].1 - pair[1].1).abs() < 0.01)
        .map(|pair| (pair[0], pair[1]))
        .max_by(|one, other| {
            (one.0.0 - one.1.0).abs().total_cmp(&(other.0.0 - other.1.0).abs())
        })
}

fn meets(route: &Route, rect: &Rect) -> bool {
    let half = route.width / 2.0 + 1.0;
    route.points.windows(2).any(|pair| {
        let (from, to) = (pair[0], pair[1]);
        let line = Rect::new(
            from.0.min(to.0) - half,
            from.1.min(to.1) - half,
            (from.0 - to.0).abs() + 2.0 * half,
            (from.1 - to.1).abs() + 2.0 * half,
        );
        line.overlaps(rect)
    })
}
