//! Across: where columns begin, and what lies between two of them.
//!
//! From the left: a lane in which every line runs level beside its box and has its words;
//! tracks for what goes down under everything; the bend in which lines change height;
//! tracks for what comes up again; and a lane for arrow heads and for ways in.

use super::sketch::{Run, Sketch};
use crate::diagram::graph::NODE_WIDTH;
use crate::diagram::graph::layout::TERMINAL;
use crate::diagram::graph::plan::Kind;
use crate::diagram::graph::route::ARROW;

/// Left of words, and right of them.
pub(super) const LEAD: f64 = 6.0;
/// Length of a way in or out that leads to nothing drawn.
pub(super) const STUB: f64 = 18.0;
/// Radius of the mark at the end of such a way.
pub(in super::super) const DOT: f64 = 4.0;
/// From a mark to where its lines run level.
pub(super) const FAN: f64 = 26.0;
/// Distance of two tracks.
pub(super) const TRACK: f64 = 5.0;

/// What lies right of one column.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Gap {
    /// Width of the lane for words.
    words: f64,
    /// Tracks downwards.
    down: f64,
    /// Largest change of height in the bend.
    bend: f64,
    /// Tracks upwards.
    up: f64,
    /// Width of the lane for arrow heads.
    heads: f64,
}

/// Horizontal places; gap 0 lies left of column 0, gap `c + 1` right of column `c`.
#[derive(Clone, Debug)]
pub(super) struct Across {
    /// Width of everything.
    pub(super) width: f64,
    /// By column: its left and right edge.
    columns: Vec<(f64, f64)>,
    /// By gap: where the tracks downwards begin, the bend begins and ends.
    bends: Vec<[f64; 3]>,
}

impl Across {
    /// `drops` holds by gap the largest change of height in it; `tracks` the numbers of lines
    /// that go down and up.
    pub(super) fn new(sketch: &Sketch, drops: &[f64], tracks: &[(usize, usize)]) -> Self {
        let mut gaps = vec![Gap::default(); sketch.width() + 1];
        for (gap, drop) in gaps.iter_mut().zip(drops) {
            gap.bend = *drop;
        }
        for (gap, (down, up)) in gaps.iter_mut().zip(tracks) {
            gap.down = tracks_width(*down);
            gap.up = tracks_width(*up);
        }
        for line in &sketch.lines {
            let words = if line.label.lines.is_empty() { 0.0 } else { line.label.width };
            match line.run {
                Run::Between(arc) => {
                    let own = lead(sketch, arc.left, line.kind) + words + 2.0 * LEAD;
                    let lane = &mut gaps[sketch.columns[arc.left] + 1].words;
                    *lane = lane.max(own);
                    let head =
                        if sketch.is_mark(arc.right) { FAN + LEAD } else { 2.0 * ARROW };
                    let heads = &mut gaps[sketch.columns[arc.right]].heads;
                    *heads = heads.max(head);
                }
                Run::Out(node) => {
                    let lane = &mut gaps[sketch.columns[node] + 1].words;
                    *lane = lane.max(STUB + 2.0 * DOT + words + 2.0 * LEAD);
                }
                Run::In(node) => {
                    let lane = &mut gaps[sketch.columns[node]].heads;
                    *lane = lane.max(STUB + 2.0 * DOT + words + 2.0 * LEAD);
                }
                Run::Round(..) => {}
            }
        }
        Self::placed(sketch, &gaps)
    }

    fn placed(sketch: &Sketch, gaps: &[Gap]) -> Self {
        let mut across = Self { width: 0.0, columns: Vec::new(), bends: Vec::new() };
        let mark = |column: usize| {
            let marks = [sketch.start, sketch.end].into_iter().flatten();
            marks.into_iter().any(|node| sketch.columns[node] == column)
        };
        let mut x = 0.0;
        for (at, gap) in gaps.iter().enumerate() {
            let outer = at == 0 || at + 1 == gaps.len();
            // Level lines need no bend; steep ones need more than flat ones.
            let bend = match gap.bend {
                _ if outer => 2.0,
                drop if drop < 0.05 => 4.0,
                drop => (20.0 + 0.3 * drop).min(150.0),
            };
            let down = x + gap.words.max(if outer { LEAD } else { 2.0 * LEAD });
            let begin = down + gap.down;
            let end = begin + bend;
            across.bends.push([down, begin, end]);
            x = end + gap.up + gap.heads.max(LEAD);
            if at + 1 < gaps.len() {
                let width = if mark(at) { 2.0 * TERMINAL } else { NODE_WIDTH };
                across.columns.push((x, x + width));
                x += width;
            }
        }
        across.width = x.ceil();
        across
    }

    /// Left and right edge of a column.
    pub(super) fn column(&self, column: usize) -> (f64, f64) {
        self.columns.get(column).copied().unwrap_or_default()
    }

    /// Where the lines right of column `column` begin to change height, and where they end.
    pub(super) fn bend(&self, column: usize) -> (f64, f64) {
        let [_, begin, end] = self.bends.get(column + 1).copied().unwrap_or_default();
        (begin, end)
    }

    /// The track `at` for lines that go down right of `column`.
    pub(super) fn down(&self, column: usize, at: usize) -> f64 {
        self.bends.get(column + 1).map_or(0.0, |it| it[0]) + track(at)
    }

    /// The track `at` for lines that come up left of `column`.
    pub(super) fn up(&self, column: usize, at: usize) -> f64 {
        self.bends.get(column).map_or(0.0, |it| it[2]) + track(at)
    }
}

/// What comes before the words of a line that leaves `node`.
pub(super) fn lead(sketch: &Sketch, node: usize, kind: Kind) -> f64 {
    let fan = if sketch.is_mark(node) { FAN } else { 0.0 };
    let head = if kind == Kind::Back { ARROW } else { 0.0 };
    fan + head
}

fn tracks_width(tracks: usize) -> f64 {
    if tracks == 0 { 0.0 } else { track(tracks) }
}

#[expect(clippy::cast_precision_loss, reason = "at most one for each transition")]
fn track(at: usize) -> f64 {
    (at as f64 + 0.5) * TRACK
}
