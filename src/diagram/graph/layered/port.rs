//! Where lines touch a node, and how high it must be for all of them.

use super::network::Network;
use super::order::Order;
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

/// The ports of `sketch`; `networks` are its parts with their order, and `paths` says for each
/// line which path of which part it is.
pub(super) fn ports(
    sketch: &Sketch,
    networks: &[(Network, Order)],
    paths: &[Option<(usize, usize)>],
) -> Ports {
    let nodes = sketch.columns.len();
    let mut sides: [Vec<Vec<User>>; 2] =
        std::array::from_fn(|_| (0..nodes).map(|_| Vec::new()).collect());
    for (at, line) in sketch.lines.iter().enumerate() {
        let wide = line.width + 3.0;
        let right = wide.max(PITCH).max(line.label.height);
        let next = |is_out: bool| {
            let (part, path) = (*paths.get(at)?)?;
            let (network, order) = networks.get(part)?;
            let path = network.paths.get(path)?;
            let item = if is_out { path.get(1) } else { path.iter().rev().nth(1) };
            item.and_then(|item| order.places.get(*item)).copied()
        };
        // Stubs, and what runs under everything, come below the rest.
        let mut add = |side: usize, node: usize, room: f64| {
            let next = next(side == 0).unwrap_or(usize::MAX);
            sides[side][node].push(User { line: at, next, room });
        };
        match line.run {
            Run::Between(arc) => {
                add(0, arc.left, right);
                add(1, arc.right, wide.max(PITCH));
            }
            Run::Out(node) => add(0, node, right),
            Run::In(node) => add(1, node, right),
            Run::Round(..) => {}
        }
    }
    let mut ports = Ports {
        out: vec![0.0; sketch.lines.len()],
        into: vec![0.0; sketch.lines.len()],
        heights: vec![NODE_HEIGHT; nodes],
    };
    for (side, users) in sides.into_iter().enumerate() {
        let offsets = if side == 0 { &mut ports.out } else { &mut ports.into };
        for (node, mut users) in users.into_iter().enumerate() {
            users.sort_by_key(|user| (user.next, user.line));
            let whole: f64 = users.iter().map(|user| user.room).sum();
            let height = &mut ports.heights[node];
            *height = height.max(whole + 2.0 * CORNER);
            let mut y = -whole / 2.0;
            for user in users {
                offsets[user.line] = y + user.room / 2.0;
                y += user.room;
            }
        }
    }
    ports
}
