//! Across: where columns begin, and where lines go up and down between them.

use std::collections::BTreeMap;

use super::super::NODE_WIDTH;
use super::super::channel::{count, tracks};
use super::super::grid::{Cell, Grid};
use super::super::label::{Room, shape};
use super::super::plan::{Plan, Side, Way};
use super::TERMINAL;

/// Distance of two lines in a gap.
const TRACK: f64 = 11.0;
/// A gap in which nothing goes up or down.
const GAP: f64 = 28.0;
/// Beyond every node of a tier.
const FAR: f64 = 1e6;

/// A gap: of this tier, left of this column.
type Gap = (usize, usize);

/// Horizontal places.
#[derive(Clone, Debug)]
pub(in super::super) struct Across {
    /// Width of the whole graph.
    pub(super) width: f64,
    /// By tier: the left edge of its columns.
    columns: Vec<Vec<f64>>,
    /// By plan: where it goes up or down after leaving, and before entering.
    verticals: Vec<(Option<f64>, Option<f64>)>,
    /// By plan: where it passes by a tier.
    margins: Vec<Option<f64>>,
    /// Gaps through which something comes down from the tier above.
    from_above: Vec<Gap>,
}

/// A line in a gap.
struct Use {
    plan: usize,
    is_out: bool,
    interval: (f64, f64),
}

impl Across {
    pub(super) fn new(grid: &Grid, plans: &[Plan]) -> Self {
        let uses = uses(plans);
        let margin = margin(plans);
        let mut gaps: BTreeMap<Gap, (Vec<usize>, f64)> = BTreeMap::new();
        for (gap, uses) in &uses {
            let intervals: Vec<_> = uses.iter().map(|it| it.interval).collect();
            gaps.entry(*gap).or_default().0 = tracks(&intervals, 4.0);
        }
        for plan in plans {
            let gap = match plan.way {
                Way::Straight if plan.to.column == plan.from.column + 1 => plan.to.column,
                Way::Step { gap } => gap,
                _ => continue,
            };
            let need = &mut gaps.entry((plan.from.tier, gap)).or_default().1;
            *need = need.max(shape(&plan.label, plan.kind, Room::Gap).width);
        }
        let left = margin_width(&margin);
        let (columns, starts, width) = columns(grid, &gaps, left);
        let mut found = Self {
            width,
            columns,
            verticals: vec![(None, None); plans.len()],
            margins: margin
                .iter()
                .map(|track| track.map(|track| 8.0 + at(track, TRACK)))
                .collect(),
            from_above: Vec::new(),
        };
        found.place_tracks(&uses, &gaps, &starts);
        found
    }

    fn place_tracks(
        &mut self,
        uses: &BTreeMap<Gap, Vec<Use>>,
        gaps: &BTreeMap<Gap, (Vec<usize>, f64)>,
        starts: &BTreeMap<Gap, f64>,
    ) {
        for (gap, uses) in uses {
            let Some((tracks, _)) = gaps.get(gap) else { continue };
            let start = starts.get(gap).copied().unwrap_or_default();
            for (it, track) in uses.iter().zip(tracks) {
                let x = start + 10.0 + at(*track, TRACK);
                let vertical = &mut self.verticals[it.plan];
                if it.is_out {
                    vertical.0 = Some(x);
                } else {
                    vertical.1 = Some(x);
                }
                if it.interval.0 <= -FAR {
                    self.from_above.push(*gap);
                }
            }
        }
    }

    /// Left edge of a column.
    pub(in super::super) fn column(&self, tier: usize, column: usize) -> f64 {
        self.columns.get(tier).and_then(|it| it.get(column)).copied().unwrap_or_default()
    }

    /// Where plan `at` goes up or down after leaving, and before entering.
    pub(in super::super) fn vertical(&self, at: usize) -> (Option<f64>, Option<f64>) {
        self.verticals.get(at).copied().unwrap_or_default()
    }

    /// Where plan `at` passes by a tier, if it does.
    pub(in super::super) fn margin(&self, at: usize) -> Option<f64> {
        self.margins.get(at).copied().flatten()
    }

    /// Whether nothing comes down from above between these columns.
    pub(super) fn free_from_above(
        &self,
        tier: usize,
        columns: std::ops::Range<usize>,
    ) -> bool {
        let inner = columns.start + 1..columns.end;
        !self.from_above.iter().any(|(at, gap)| *at == tier && inner.contains(gap))
    }
}

fn at(track: usize, pitch: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a handful of tracks")]
    let track = track as f64;
    track * pitch
}

/// The lines in each gap.
fn uses(plans: &[Plan]) -> BTreeMap<Gap, Vec<Use>> {
    let mut uses: BTreeMap<Gap, Vec<Use>> = BTreeMap::new();
    for (at, plan) in plans.iter().enumerate() {
        let mut add = |cell: Cell, gap: usize, is_out: bool, end: f64| {
            let y = cell.offset();
            let interval = (y.min(end), y.max(end));
            uses.entry((cell.tier, gap)).or_default().push(Use {
                plan: at,
                is_out,
                interval,
            });
        };
        match plan.way {
            Way::Straight => {}
            Way::Step { gap } => add(plan.from, gap, true, plan.to.offset()),
            Way::Under | Way::Out | Way::Across => {
                let up = plan.from.tier > plan.to.tier;
                if plan.leaves == Side::Right {
                    add(plan.from, plan.gap_out(), true, if up { -FAR } else { FAR });
                }
                if plan.enters == Side::Left && plan.way != Way::Out {
                    let down = plan.from.tier < plan.to.tier;
                    add(plan.to, plan.gap_in(), false, if down { -FAR } else { FAR });
                }
            }
        }
    }
    uses
}

/// By plan: its track left of all tiers, when it passes by one.
fn margin(plans: &[Plan]) -> Vec<Option<usize>> {
    let passes = |plan: &Plan| plan.from.tier.abs_diff(plan.to.tier) > 1;
    let passing: Vec<usize> = (0..plans.len()).filter(|at| passes(&plans[*at])).collect();
    #[expect(clippy::cast_precision_loss, reason = "a handful of tiers")]
    let intervals: Vec<(f64, f64)> = passing
        .iter()
        .map(|at| {
            let (one, other) = (plans[*at].from.tier, plans[*at].to.tier);
            (one.min(other) as f64, one.max(other) as f64)
        })
        .collect();
    let mut margin = vec![None; plans.len()];
    for (at, track) in passing.into_iter().zip(tracks(&intervals, 0.1)) {
        margin[at] = Some(track);
    }
    margin
}

fn margin_width(margin: &[Option<usize>]) -> f64 {
    margin.iter().flatten().max().map_or(0.0, |last| 16.0 + at(*last + 1, TRACK))
}

type Columns = (Vec<Vec<f64>>, BTreeMap<Gap, f64>, f64);

/// Left edges of columns and of gaps, and the width of all.
fn columns(grid: &Grid, gaps: &BTreeMap<Gap, (Vec<usize>, f64)>, left: f64) -> Columns {
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let mut starts = BTreeMap::new();
    let mut width: f64 = 0.0;
    let leads: Vec<f64> =
        (0..grid.columns.len()).map(|tier| lead(grid, gaps, tier)).collect();
    let lead = leads.iter().copied().fold(0.0, f64::max);
    for (tier, count) in grid.columns.iter().enumerate() {
        let mut x = left + lead - leads[tier];
        let mut edges = Vec::new();
        for column in 0..*count {
            starts.insert((tier, column), x);
            x += gap_width(gaps, tier, column, *count);
            edges.push(x);
            x += column_width(grid, tier, column);
        }
        starts.insert((tier, *count), x);
        x += gap_width(gaps, tier, *count, *count);
        width = width.max(x);
        columns.push(edges);
    }
    (columns, starts, width.ceil())
}

/// Room left of the first stage of a tier.
fn lead(grid: &Grid, gaps: &BTreeMap<Gap, (Vec<usize>, f64)>, tier: usize) -> f64 {
    let count = grid.columns[tier];
    let first = gap_width(gaps, tier, 0, count);
    if tier == 0 && grid.start.is_some() {
        first + 2.0 * TERMINAL + gap_width(gaps, tier, 1, count)
    } else {
        first
    }
}

fn column_width(grid: &Grid, tier: usize, column: usize) -> f64 {
    let is = |cell: Option<Cell>| {
        cell.is_some_and(|it| it.tier == tier && it.column == column)
    };
    if is(grid.start) || is(grid.end) { 2.0 * TERMINAL } else { NODE_WIDTH }
}

fn gap_width(
    gaps: &BTreeMap<Gap, (Vec<usize>, f64)>,
    tier: usize,
    gap: usize,
    columns: usize,
) -> f64 {
    let (tracks, label) =
        gaps.get(&(tier, gap)).map_or((0, 0.0), |it| (count(&it.0), it.1));
    let outer = gap == 0 || gap == columns;
    match (outer, tracks) {
        (true, 0) => 8.0,
        (true, _) => 10.0 + at(tracks, TRACK) + 10.0,
        (false, 0) => GAP.max(label + 8.0),
        (false, _) => 10.0 + at(tracks, TRACK) + (label + 8.0).max(12.0),
    }
}
