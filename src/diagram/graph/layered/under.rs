//! Lines too long to run between the touchpoints: they run under everything.

use super::network::Arc;
use crate::diagram::graph::channel::{count, tracks};

/// Lines that run under everything.
#[derive(Clone, Debug, Default)]
pub(super) struct Under {
    /// By line: its track down, its track up, and its track under everything.
    pub(super) tracks: Vec<Option<[usize; 3]>>,
    /// By gap, 0 lying left of column 0: how many go down and how many come up.
    pub(super) gaps: Vec<(usize, usize)>,
    /// How many tracks there are under everything.
    pub(super) depth: usize,
}

impl Under {
    /// The tracks of `arcs`, pairs of a line and where it goes, among `lines` lines.
    pub(super) fn new(
        (lines, columns): (usize, &[usize]),
        arcs: &[(usize, Arc)],
    ) -> Self {
        let width = columns.iter().max().map_or(0, |last| last + 1);
        let mut under =
            Self { tracks: vec![None; lines], gaps: vec![(0, 0); width + 1], depth: 0 };
        #[expect(clippy::cast_precision_loss, reason = "columns are far below 2^52")]
        let intervals: Vec<(f64, f64)> = arcs
            .iter()
            .map(|(_, arc)| (columns[arc.left] as f64, columns[arc.right] as f64 - 1.0))
            .collect();
        let found = tracks(&intervals, 0.5);
        under.depth = count(&found);
        for ((line, arc), track) in arcs.iter().zip(found) {
            let down = &mut under.gaps[columns[arc.left] + 1].0;
            *down += 1;
            let down = *down - 1;
            let up = &mut under.gaps[columns[arc.right]].1;
            *up += 1;
            under.tracks[*line] = Some([down, *up - 1, track]);
        }
        under
    }
}
