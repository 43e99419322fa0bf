//! Every part of the network ordered and placed.

use super::height::{Pulls, Room, heights};
use super::network::{Arc, Item, Network};
use super::order::Order;
use super::pack::{Extent, pack};
use super::port::{Ports, ports};
use super::search::search;
use super::sketch::{Run, Sketch};
use super::straight::{level, straighten};
use super::work::Work;

/// Most slots of a graph; what would need more runs under everything.
const SLOTS: usize = 40_000;
/// Half the distance of two boxes.
const HALF_GAP: f64 = 8.0;
/// Half the distance of a line from what is above and below it.
const HALF_LANE: f64 = 4.0;
/// Height of a way round to the same touchpoint, with its words.
pub(super) const ROUND: f64 = 26.0;
/// Height of the word above a mark.
const WORD: f64 = 30.0;

/// What a line is within its part.
#[derive(Clone, Debug)]
pub(super) struct Track {
    /// Columns from left to right, and the height in each.
    pub(super) heights: Vec<(usize, f64)>,
}

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

/// A part: its nodes, and its lines with their arcs.
struct Part {
    nodes: Vec<usize>,
    arcs: Vec<(usize, Arc)>,
}

impl Places {
    pub(super) fn new(sketch: &Sketch) -> Self {
        let parts = parts(sketch);
        let mut paths = vec![None; sketch.lines.len()];
        let mut networks = Vec::new();
        let slots = SLOTS / parts.len().max(1);
        for (at, part) in parts.iter().enumerate() {
            let (network, arcs) =
                network(sketch, part, SLOTS.min(slots.max(20 * part.nodes.len())));
            for (path, line) in arcs.into_iter().enumerate() {
                paths[line] = (!network.paths[path].is_empty()).then_some((at, path));
            }
            let work = Work::share(part.nodes.len(), sketch.columns.len());
            let order = search(&network, work);
            networks.push((network, order));
        }
        let ports = ports(sketch, &networks, &paths);
        let rooms = node_rooms(sketch, &ports);
        let mut places = Self {
            nodes: vec![0.0; sketch.columns.len()],
            tracks: vec![None; sketch.lines.len()],
            ports,
            floor: 0.0,
        };
        let mut by_path: Vec<Vec<usize>> =
            networks.iter().map(|it| vec![0; it.0.paths.len()]).collect();
        for (line, found) in paths.iter().enumerate() {
            if let Some((part, path)) = found {
                by_path[*part][*path] = line;
            }
        }
        let mut placed = Vec::new();
        let mut extents = Vec::new();
        for ((part, (network, order)), lines) in parts.iter().zip(&networks).zip(&by_path)
        {
            let (heights, rooms) =
                places.part(sketch, (part, &rooms), (network, order), lines);
            extents.push(extent(order, &heights, &rooms));
            placed.push(heights);
        }
        let columns = sketch.columns.iter().max().map_or(0, |last| last + 1);
        let (moves, floor) = pack(&extents, columns);
        places.floor = floor;
        for (at, ((part, (network, _)), heights)) in
            parts.iter().zip(&networks).zip(&placed).enumerate()
        {
            places.keep(part, network, (heights, moves[at]), &by_path[at]);
        }
        places
    }

    fn part(
        &self,
        sketch: &Sketch,
        (part, node_rooms): (&Part, &[Room]),
        (network, order): (&Network, &Order),
        lines: &[usize],
    ) -> (Vec<f64>, Vec<Room>) {
        let ports: Vec<(f64, f64)> =
            lines.iter().map(|it| (self.ports.out[*it], self.ports.into[*it])).collect();
        let rooms: Vec<Room> = network
            .items
            .iter()
            .map(|item| match item {
                Item::Node(at) => node_rooms[part.nodes[*at]],
                Item::Slot(path) => {
                    let half = sketch.lines[lines[*path]].width / 2.0 + HALF_LANE;
                    Room { above: half, below: half }
                }
            })
            .collect();
        let pulls = Pulls::new(network, &ports);
        let mut heights = heights(network, order, &rooms, &pulls);
        // Each may make room for the other.
        for _ in 0..2 {
            level(network, order, (&rooms, &pulls), &mut heights);
            straighten(network, order, (&rooms, &ports), &mut heights);
        }
        (heights, rooms)
    }

    fn keep(
        &mut self,
        part: &Part,
        network: &Network,
        (heights, by): (&[f64], f64),
        lines: &[usize],
    ) {
        for (at, node) in part.nodes.iter().enumerate() {
            self.nodes[*node] = heights[at] + by;
        }
        for (path, line) in network.paths.iter().zip(lines) {
            let [first, slots @ .., last] = path.as_slice() else { continue };
            let mut track = vec![(
                network.columns[*first],
                heights[*first] + by + self.ports.out[*line],
            )];
            track
                .extend(slots.iter().map(|it| (network.columns[*it], heights[*it] + by)));
            track.push((
                network.columns[*last],
                heights[*last] + by + self.ports.into[*line],
            ));
            self.tracks[*line] = Some(Track { heights: track });
        }
    }
}

/// The nodes by what joins them; the largest part first.
fn parts(sketch: &Sketch) -> Vec<Part> {
    let arcs = sketch.arcs();
    let mut whole: Vec<usize> = (0..sketch.columns.len()).collect();
    for (_, arc) in &arcs {
        let (one, other) = (root(&mut whole, arc.left), root(&mut whole, arc.right));
        whole[one.max(other)] = one.min(other);
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut number = vec![usize::MAX; sketch.columns.len()];
    for node in 0..sketch.columns.len() {
        let root = root(&mut whole, node);
        if number[root] == usize::MAX {
            number[root] = parts.len();
            parts.push(Part { nodes: Vec::new(), arcs: Vec::new() });
        }
        parts[number[root]].nodes.push(node);
    }
    for (line, arc) in arcs {
        let at = number[root(&mut whole, arc.left)];
        parts[at].arcs.push((line, arc));
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.nodes.len()));
    parts
}

/// The node that stands for all that are joined to `node`, paths being halved on the way.
fn root(whole: &mut [usize], mut node: usize) -> usize {
    while whole[node] != node {
        whole[node] = whole[whole[node]];
        node = whole[node];
    }
    node
}

/// The network of a part, and by path its line.
fn network(sketch: &Sketch, part: &Part, slots: usize) -> (Network, Vec<usize>) {
    let mut within = std::collections::BTreeMap::new();
    for (at, node) in part.nodes.iter().enumerate() {
        within.insert(*node, at);
    }
    let columns: Vec<usize> =
        part.nodes.iter().map(|node| sketch.columns[*node]).collect();
    let mut arcs = Vec::new();
    let mut lines = Vec::new();
    for (line, arc) in &part.arcs {
        if let (Some(left), Some(right)) = (within.get(&arc.left), within.get(&arc.right))
        {
            arcs.push(Arc { left: *left, right: *right });
            lines.push(*line);
        }
    }
    (Network::new(&columns, &arcs, slots), lines)
}

fn node_rooms(sketch: &Sketch, ports: &Ports) -> Vec<Room> {
    let mut rooms: Vec<Room> = ports
        .heights
        .iter()
        .map(|height| {
            let half = height / 2.0 + HALF_GAP;
            Room { above: half, below: half }
        })
        .collect();
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

/// The edges of a part in each of its columns.
fn extent(order: &Order, heights: &[f64], rooms: &[Room]) -> Vec<Extent> {
    let ends = order.columns.iter().enumerate();
    ends.filter_map(|(column, items)| {
        let (first, last) = (*items.first()?, *items.last()?);
        Some(Extent {
            column,
            top: heights[first] - rooms[first].above,
            bottom: heights[last] + rooms[last].below,
        })
    })
    .collect()
}
