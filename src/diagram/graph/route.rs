//! The corners of every transition.

use super::label::{Mark, marks};
use super::layout::{Layout, Places};
use super::plan::{Kind, Side, Way};
use super::port::Port;

/// Length of an arrow head.
pub(super) const ARROW: f64 = 7.0;

/// How a line changes direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bend {
    /// At its corners, which are right angles.
    Corner,
    /// Between its points: from each it starts level, and arrives level at the next.
    Smooth,
}

/// What is drawn at the end of a line that no node is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tip {
    /// Nothing.
    Node,
    /// The mark where customers come in, at its beginning.
    In,
    /// The mark where they leave, at its end.
    Out,
}

/// A transition laid out.
#[derive(Clone, Debug)]
pub struct Route {
    /// Positions of the transitions in the subject: several when they go to, or come from,
    /// alternatives that stand side by side.
    pub links: Vec<usize>,
    /// What it is.
    pub kind: Kind,
    /// Corners from the first node to the tip of the arrow.
    pub points: Vec<(f64, f64)>,
    /// Width in pixels.
    pub width: f64,
    /// How it changes direction.
    pub bend: Bend,
    /// What is at its end where no node is.
    pub(super) tip: Tip,
    /// Its words, if it has any.
    pub(super) mark: Option<Mark>,
}

/// Every transition with its corners and the place of its label.
pub(super) fn routes(places: &Places<'_>, layout: &Layout) -> Vec<Route> {
    let mut routes: Vec<Route> = places
        .plans
        .iter()
        .enumerate()
        .map(|(at, plan)| Route {
            links: plan.links.clone(),
            kind: plan.kind,
            points: corners(places, at),
            width: line_width(plan.volume, plan.kind),
            bend: Bend::Corner,
            tip: Tip::Node,
            mark: None,
        })
        .collect();
    let marks = marks(places.plans, &routes, layout);
    for (route, mark) in routes.iter_mut().zip(marks) {
        route.mark = mark;
    }
    routes
}

/// 1.2 px, and 10.5 px more for a transition that every customer takes once or more often;
/// ways back stay thin enough for their dashes to be seen.
pub(super) fn line_width(volume: Option<f64>, kind: Kind) -> f64 {
    let width = volume.map_or(1.6, |volume| 1.2 + 10.5 * volume.clamp(0.0, 1.0));
    if kind == Kind::Back { width.min(3.0) } else { width }
}

fn corners(places: &Places<'_>, at: usize) -> Vec<(f64, f64)> {
    let (Some(plan), Some(ports)) = (places.plans.get(at), places.ports.get(at)) else {
        return Vec::new();
    };
    let touch = |cell: super::grid::Cell, port: Port| {
        let node = places.node(cell);
        let (x, y) = node.centre();
        // Start and end are smaller than what ports reckon with.
        let dx = port.along.clamp(-node.w / 2.0, node.w / 2.0);
        let dy = port.along.clamp(-node.h / 2.0, node.h / 2.0);
        match port.side {
            Side::Left => (node.x, y + dy),
            Side::Right => (node.right(), y + dy),
            Side::Bottom => (x + dx, node.bottom()),
        }
    };
    let from = touch(plan.from, ports.out);
    let (out, into) = places.across.vertical(at);
    let [first, second] = places.down.runs(at);
    let mut points = vec![from];
    if plan.way == Way::Out {
        let x = out.unwrap_or(from.0);
        points.push((x, from.1));
        points.push((x, first.unwrap_or(from.1) - 4.0));
        return tidy(points);
    }
    let to = touch(plan.to, ports.into);
    let leave = out.unwrap_or(from.0);
    let enter = into.unwrap_or(to.0);
    if let Way::Step { .. } = plan.way {
        points.extend([(leave, from.1), (leave, to.1)]);
    } else if let Some(run) = first {
        points.extend([(leave, from.1), (leave, run)]);
        if let (Some(margin), Some(second)) = (places.across.margin(at), second) {
            points.extend([(margin, run), (margin, second), (enter, second)]);
        } else {
            points.push((enter, run));
        }
        if plan.enters != Side::Bottom {
            points.push((enter, to.1));
        }
    }
    points.push(to);
    tidy(points)
}

/// Without corners that are none.
fn tidy(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let same = |one: f64, other: f64| (one - other).abs() < 0.01;
    let mut tidy: Vec<(f64, f64)> = Vec::new();
    for point in points {
        if let [.., before, last] = tidy.as_slice() {
            let in_line = (same(before.0, last.0) && same(last.0, point.0))
                || (same(before.1, last.1) && same(last.1, point.1));
            if in_line {
                tidy.pop();
            }
        }
        if tidy.last().is_none_or(|last| !same(last.0, point.0) || !same(last.1, point.1))
        {
            tidy.push(point);
        }
    }
    tidy
}
