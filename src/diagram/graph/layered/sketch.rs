//! What is laid out: touchpoints in columns, and how each transition runs between them.

use super::network::Arc;
use super::rank;
use crate::diagram::graph::label::{LabelShape, Room, shape};
use crate::diagram::graph::plan::Kind;
use crate::diagram::graph::route::line_width;
use crate::diagram::subject::{Place, Subject, Transit};

/// How a transition runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// Between two nodes, drawn from the left to the right one.
    Between(Arc),
    /// From a node back to itself, the second number counting those of a node.
    Round(usize, usize),
    /// Into a node, from nowhere drawn.
    In(usize),
    /// Out of a node, to nowhere drawn.
    Out(usize),
}

/// A transition with its run.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Position of the transition in the subject.
    pub(super) link: usize,
    /// How it runs.
    pub(super) run: Run,
    /// What it is.
    pub(super) kind: Kind,
    /// Its words.
    pub(super) label: LabelShape,
    /// Width in pixels.
    pub(super) width: f64,
}

/// Everything, without places.
#[derive(Clone, Debug)]
pub(super) struct Sketch {
    /// By node: its column. Touchpoints come first, then start and end where drawn.
    pub(super) columns: Vec<usize>,
    /// How many of the nodes are touchpoints.
    pub(super) touchpoints: usize,
    /// The node at which customers come in.
    pub(super) start: Option<usize>,
    /// The node at which they leave.
    pub(super) end: Option<usize>,
    /// The transitions whose touchpoints there are.
    pub(super) lines: Vec<Line>,
}

impl Sketch {
    pub(super) fn new(subject: &Subject) -> Self {
        let stages = stages(subject);
        let touchpoints = stages.len();
        let inner = |link: &Transit| match (link.from, link.to) {
            (Place::At(from), Place::At(to)) if from != to => {
                Some((from.min(to), from.max(to)))
            }
            _ => None,
        };
        let pairs: Vec<(usize, usize)> = subject
            .links
            .iter()
            .filter_map(inner)
            .filter(|(_, later)| *later < touchpoints)
            .collect();
        let mut columns = rank::columns(&stages, &pairs);
        // Where customers come into the first stage and leave the last one, a line to the
        // mark is short; elsewhere it would run through all the rest.
        let outer = |stage: Option<&usize>, place: Place| {
            subject.links.iter().any(|link| match (link.from, link.to) {
                (from, Place::At(at)) if from == place => stages.get(at) == stage,
                (Place::At(at), to) if to == place => stages.get(at) == stage,
                _ => false,
            })
        };
        let (first, last) = (stages.first(), stages.last());
        let has_start = outer(first, Place::Start) && first.is_some();
        let has_end = outer(last, Place::End) && last.is_some();
        if has_start {
            for column in &mut columns {
                *column += 1;
            }
        }
        let right = columns.iter().max().map_or(0, |last| last + 1);
        columns.extend(has_start.then_some(0));
        columns.extend(has_end.then_some(right));
        let start = has_start.then_some(touchpoints);
        let end = has_end.then_some(touchpoints + usize::from(has_start));
        let mut sketch = Self { columns, touchpoints, start, end, lines: Vec::new() };
        let mut lines: Vec<Line> = subject
            .links
            .iter()
            .enumerate()
            .filter_map(|(at, link)| line(&sketch, (first, last), &stages, (at, link)))
            .collect();
        let mut rounds = vec![0; touchpoints];
        for line in &mut lines {
            if let Run::Round(node, nth) = &mut line.run {
                *nth = rounds[*node];
                rounds[*node] += 1;
            }
        }
        sketch.lines = lines;
        sketch
    }

    /// The transitions between two nodes, with their positions among the lines.
    pub(super) fn arcs(&self) -> Vec<(usize, Arc)> {
        let arc = |(at, line): (usize, &Line)| match line.run {
            Run::Between(arc) => Some((at, arc)),
            Run::Round(..) | Run::In(_) | Run::Out(_) => None,
        };
        self.lines.iter().enumerate().filter_map(arc).collect()
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.columns.iter().max().map_or(0, |last| last + 1)
    }

    /// Whether `node` is a mark rather than a touchpoint.
    pub(super) fn is_mark(&self, node: usize) -> bool {
        node >= self.touchpoints
    }
}

/// By touchpoint: its stage, counting those that have touchpoints.
fn stages(subject: &Subject) -> Vec<usize> {
    let filled = subject.stages.iter().filter(|stage| !stage.marks.is_empty());
    filled
        .enumerate()
        .flat_map(|(at, stage)| stage.marks.clone().map(move |_| at))
        .take(subject.marks.len())
        .collect()
}

fn line(
    sketch: &Sketch,
    (first, last): (Option<&usize>, Option<&usize>),
    stages: &[usize],
    (at, link): (usize, &Transit),
) -> Option<Line> {
    let is = |at: usize| at < sketch.touchpoints;
    let run = match (link.from, link.to) {
        (Place::At(from), Place::At(to)) if is(from) && is(to) => {
            if from == to {
                Run::Round(from, 0)
            } else {
                Run::Between(Arc { left: from.min(to), right: from.max(to) })
            }
        }
        (Place::Start, Place::At(to)) if is(to) => match sketch.start {
            Some(left) if stages.get(to) == first => {
                Run::Between(Arc { left, right: to })
            }
            _ => Run::In(to),
        },
        (Place::At(from), Place::End) if is(from) => match sketch.end {
            Some(right) if stages.get(from) == last => {
                Run::Between(Arc { left: from, right })
            }
            _ => Run::Out(from),
        },
        (Place::Start, Place::End) => {
            Run::Between(Arc { left: sketch.start?, right: sketch.end? })
        }
        _ => return None,
    };
    let kind = match (link.from, link.to, run) {
        (Place::At(from), Place::At(to), _) if from >= to => Kind::Back,
        (.., Run::Out(_)) => Kind::Exit,
        _ => Kind::Forward,
    };
    let room = if matches!(run, Run::Round(..)) { Room::Foot } else { Room::Lane };
    let label = shape(&link.label, kind, room);
    Some(Line { link: at, run, kind, label, width: line_width(link.volume, kind) })
}
