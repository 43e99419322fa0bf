//! Where lines touch a node, and how high it must be for all of them.

use super::part::Part;
use super::sketch::{Run, Sketch};
use crate::diagram::graph::NODE_HEIGHT;

/// Least distance of two lines beside a node.
const PITCH: f64 = 10.0;
/// Room between the outermost line and the corner of a node.
const CORNER: f64 = 9.0;

/// Where every line touches.
#[derive(Clone, Debug)]
pub(super) struct Ports {
    /// By line: from the middle of the node it leaves to the right, downwards.
    pub(super) out: Vec<f64>,
    /// By line: likewise at the node it enters from the left.
    pub(super) into: Vec<f64>,
    /// By node: its height.
    pub(super) heights: Vec<f64>,
}

/// One line at one side of a node.
struct User {
    line: usize,
    /// Place of what is next along the line: ports lie in this order.
    next: usize,
    room: f64,
}

/// By line of the sketch: its path in its part, if it is in the network.
fn paths<'a>(sketch: &Sketch, parts: &'a [Part]) -> Vec<Option<(&'a Part, &'a [usize])>> {
    let mut paths = vec![None; sketch.lines.len()];
    for part in parts {
        for (path, line) in part.network.paths.iter().zip(&part.lines) {
            paths[*line] = (!path.is_empty()).then_some((part, path.as_slice()));
        }
    }
    paths
}

/// By side, right and left, and by node: the lines that touch it.
type Sides = [Vec<Vec<User>>; 2];

fn sides(sketch: &Sketch, parts: &[Part]) -> Sides {
    let paths = paths(sketch, parts);
    let nodes = sketch.columns.len();
    let mut sides: Sides =
        std::array::from_fn(|_| (0..nodes).map(|_| Vec::new()).collect());
    for (at, line) in sketch.lines.iter().enumerate() {
        let next = |side: usize| {
            let (part, path) = (*paths.get(at)?)?;
            let item = if side == 0 { path.get(1) } else { path.iter().rev().nth(1) };
            item.and_then(|item| part.order.places.get(*item)).copied()
        };
        // Stubs, and what runs under everything, come below the rest.
        let mut add = |side: usize, node: usize, room: f64| {
            let next = next(side).unwrap_or(usize::MAX);
            sides[side][node].push(User { line: at, next, room });
        };
        let wide = PITCH.max(line.width + 3.0);
        let worded = wide.max(line.label.height);
        match line.run {
            Run::Between(arc) => {
                add(0, arc.left, worded);
                add(1, arc.right, wide);
            }
            Run::Out(node) => add(0, node, worded),
            Run::In(node) => add(1, node, worded),
            Run::Round(..) => {}
        }
    }
    sides
}

/// The ports of `sketch`, of which `split` are the parts.
pub(super) fn ports(sketch: &Sketch, split: &[Part]) -> Ports {
    let mut found = Ports {
        out: vec![0.0; sketch.lines.len()],
        into: vec![0.0; sketch.lines.len()],
        heights: vec![NODE_HEIGHT; sketch.columns.len()],
    };
    for (side, users) in sides(sketch, split).into_iter().enumerate() {
        let offsets = if side == 0 { &mut found.out } else { &mut found.into };
        for (node, mut users) in users.into_iter().enumerate() {
            users.sort_by_key(|user| (user.next, user.line));
            let whole: f64 = users.iter().map(|user| user.room).sum();
            let height = &mut found.heights[node];
            *height = height.max(whole + 2.0 * CORNER);
            let mut y = -whole / 2.0;
            for user in users {
                offsets[user.line] = y + user.room / 2.0;
                y += user.room;
            }
        }
    }
    found
}
