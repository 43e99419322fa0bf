//! How high everything stands.

use super::height::{Pulls, Room, heights};
use super::network::Item;
use super::pack::{Extent, pack};
use super::part::{Part, parts};
use super::port::{Ports, ports};
use super::sketch::{Run, Sketch};
use super::straight::{level, straighten};
use crate::diagram::graph::Engine;

/// Half the distance of two boxes.
const HALF_GAP: f64 = 8.0;
/// Half the distance of a line from what is above and below it.
const HALF_LANE: f64 = 4.0;
/// Height of a way round to the same touchpoint, with its words.
pub(super) const ROUND: f64 = 26.0;
/// Height of the word above a mark.
const WORD: f64 = 30.0;

/// The way of a line: columns from left to right, and its height in each.
pub(super) type Track = Vec<(usize, f64)>;

/// Heights of everything.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// By node: the height of its middle.
    pub(super) nodes: Vec<f64>,
    /// By line: its heights; `None` for one that is not in the network.
    pub(super) tracks: Vec<Option<Track>>,
    /// Where lines touch their nodes.
    pub(super) ports: Ports,
    /// Lower edge of everything; the upper one is 0.
    pub(super) floor: f64,
}

impl Places {
    pub(super) fn new(sketch: &Sketch, engine: Engine) -> Self {
        let parts = parts(sketch, engine);
        let touches = ports(sketch, &parts);
        let rooms = node_rooms(sketch, &touches);
        let stacks: Vec<Stack> =
            parts.iter().map(|part| stack(sketch, part, &rooms, &touches)).collect();
        let extents: Vec<Vec<Extent>> =
            stacks.iter().zip(&parts).map(|(it, part)| it.extents(part)).collect();
        let (moves, floor) = pack(&extents, sketch.width());
        let mut places = Self {
            nodes: vec![0.0; sketch.columns.len()],
            tracks: vec![None; sketch.lines.len()],
            ports: touches,
            floor,
        };
        for ((part, stack), by) in parts.iter().zip(&stacks).zip(moves) {
            places.keep(part, &stack.heights, by);
        }
        places
    }

    /// Keeps the heights of a part, moved down.
    fn keep(&mut self, part: &Part, heights: &[f64], by: f64) {
        for (node, height) in part.nodes.iter().zip(heights) {
            self.nodes[*node] = height + by;
        }
        for (path, line) in part.network.paths.iter().zip(&part.lines) {
            let mut track: Track = path
                .iter()
                .map(|item| (part.network.columns[*item], heights[*item] + by))
                .collect();
            if let [first, .., last] = track.as_mut_slice() {
                first.1 += self.ports.out[*line];
                last.1 += self.ports.into[*line];
                self.tracks[*line] = Some(track);
            }
        }
    }
}

/// A part on its own: by item its height and its room.
struct Stack {
    heights: Vec<f64>,
    rooms: Vec<Room>,
}

impl Stack {
    /// The edges of the part in each of its columns.
    fn extents(&self, part: &Part) -> Vec<Extent> {
        let columns = part.order.columns.iter().enumerate();
        columns
            .filter_map(|(column, items)| {
                let (first, last) = (*items.first()?, *items.last()?);
                Some(Extent {
                    column,
                    top: self.heights[first] - self.rooms[first].above,
                    bottom: self.heights[last] + self.rooms[last].below,
                })
            })
            .collect()
    }
}

fn stack(sketch: &Sketch, part: &Part, nodes: &[Room], ports: &Ports) -> Stack {
    let touches: Vec<(f64, f64)> =
        part.lines.iter().map(|it| (ports.out[*it], ports.into[*it])).collect();
    let room = |item: &Item| match item {
        Item::Node(at) => nodes[part.nodes[*at]],
        Item::Slot(path) => {
            let half = sketch.lines[part.lines[*path]].width / 2.0 + HALF_LANE;
            Room { above: half, below: half }
        }
    };
    let rooms: Vec<Room> = part.network.items.iter().map(room).collect();
    let pulls = Pulls::new(&part.network, &touches);
    let (network, order) = (&part.network, &part.order);
    let mut heights = heights(network, order, &rooms, &pulls);
    // Each may make room for the other.
    for _ in 0..2 {
        level(network, order, (&rooms, &pulls), &mut heights);
        straighten(network, order, (&rooms, &touches), &mut heights);
    }
    Stack { heights, rooms }
}

/// By node of the sketch: its room.
fn node_rooms(sketch: &Sketch, ports: &Ports) -> Vec<Room> {
    let room = |height: &f64| {
        let half = height / 2.0 + HALF_GAP;
        Room { above: half, below: half }
    };
    let mut rooms: Vec<Room> = ports.heights.iter().map(room).collect();
    for node in [sketch.start, sketch.end].into_iter().flatten() {
        rooms[node].above = rooms[node].above.max(WORD + 2.0 * HALF_GAP);
    }
    for line in &sketch.lines {
        if let Run::Round(node, _) = line.run {
            rooms[node].below += ROUND;
        }
    }
    rooms
}
