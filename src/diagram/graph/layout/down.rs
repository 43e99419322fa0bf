//! Down: where tiers begin, and where lines go left and right under them.

use super::super::NODE_WIDTH;
use super::super::channel::{count, nested};
use super::super::grid::{Cell, Grid, stage_top};
use super::super::label::{Room, shape};
use super::super::plan::{Kind, Plan, Way};
use super::super::port::Ports;
use super::{Across, TERMINAL};
use crate::diagram::style::STAGE;

/// Distance of two lines under a tier: a label fits between.
const TRACK: f64 = 23.0;

/// Vertical places.
#[derive(Clone, Debug)]
pub(in super::super) struct Down {
    /// Height of the whole graph.
    pub(super) height: f64,
    middles: Vec<f64>,
    /// By plan: the height of its runs under tiers, at most two.
    runs: Vec<[Option<f64>; 2]>,
}

/// A run under a tier.
struct Run {
    plan: usize,
    nth: usize,
    tier: usize,
    /// Branches next to the tier, then ways back, then what leads to other tiers.
    layer: usize,
    interval: (f64, f64),
}

impl Down {
    pub(super) fn new(
        (grid, plans, ports): (&Grid, &[Plan], &[Ports]),
        across: &Across,
        names: &[(f64, usize)],
    ) -> Self {
        let runs = runs((grid, plans, ports), across);
        let (tracks, heights) = assign(&runs, grid.columns.len());
        let mut middles = Vec::new();
        let mut floors = Vec::new();
        let mut y = 0.0;
        for (tier, channel) in heights.iter().enumerate() {
            let above = above(grid, tier, names);
            let rows = grid.stages.iter().filter(|it| it.tier == tier).map(|it| it.rows);
            let half = -stage_top(rows.max().unwrap_or(1));
            middles.push(y + above);
            floors.push(y + above + half);
            y += above + half + channel;
        }
        let mut down = Self {
            height: (y + 6.0).ceil(),
            middles,
            runs: vec![[None, None]; plans.len()],
        };
        for (run, track) in runs.iter().zip(tracks) {
            #[expect(clippy::cast_precision_loss, reason = "a handful of tracks")]
            let track = track as f64;
            down.runs[run.plan][run.nth] = Some(floors[run.tier] + 20.0 + TRACK * track);
        }
        down
    }

    /// Height of the middle of a tier.
    pub(in super::super) fn middle(&self, tier: usize) -> f64 {
        self.middles.get(tier).copied().unwrap_or_default()
    }

    /// Heights of the runs of plan `at`.
    pub(in super::super) fn runs(&self, at: usize) -> [Option<f64>; 2] {
        self.runs.get(at).copied().unwrap_or_default()
    }
}

/// From the upper end of a tier to its middle: the highest stage with its name.
fn above(grid: &Grid, tier: usize, names: &[(f64, usize)]) -> f64 {
    let stages = grid.stages.iter().zip(names).filter(|(it, _)| it.tier == tier);
    #[expect(clippy::cast_precision_loss, reason = "one or two lines")]
    let heights = stages.map(|(it, (_, lines))| {
        -stage_top(it.rows) + *lines as f64 * STAGE.line_height() + 12.0
    });
    heights.fold(0.0, f64::max)
}

/// By run its track, and by tier the height of its channel.
fn assign(runs: &[Run], tiers: usize) -> (Vec<usize>, Vec<f64>) {
    let mut tracks = vec![0; runs.len()];
    let mut heights = Vec::new();
    for tier in 0..tiers {
        let mut base = 0;
        for layer in 0..3 {
            let here: Vec<usize> = (0..runs.len())
                .filter(|at| runs[*at].tier == tier && runs[*at].layer == layer)
                .collect();
            let intervals: Vec<_> = here.iter().map(|at| runs[*at].interval).collect();
            let found = nested(&intervals, 16.0);
            for (at, track) in here.iter().zip(&found) {
                tracks[*at] = base + track;
            }
            base += count(&found);
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of tracks")]
        let tracks = base as f64;
        heights.push(if base == 0 { 14.0 } else { 22.0 + TRACK * tracks });
    }
    (tracks, heights)
}

fn runs((grid, plans, ports): (&Grid, &[Plan], &[Ports]), across: &Across) -> Vec<Run> {
    let mut runs = Vec::new();
    for (at, plan) in plans.iter().enumerate() {
        let Some(ports) = ports.get(at) else { continue };
        let (out, into) = across.vertical(at);
        let from =
            out.unwrap_or_else(|| middle(grid, across, plan.from) + ports.out.level());
        let to =
            into.unwrap_or_else(|| middle(grid, across, plan.to) + ports.into.level());
        let half = shape(&plan.label, plan.kind, Room::Run).width / 2.0 + 4.0;
        let mut add = |nth: usize,
                       tier: usize,
                       (one, other): (f64, f64),
                       labelled: bool| {
            let half = if labelled { half } else { 0.0 };
            let centre = f64::midpoint(one, other);
            let interval =
                (one.min(other).min(centre - half), one.max(other).max(centre + half));
            runs.push(Run { plan: at, nth, tier, layer: layer(plan), interval });
        };
        match (plan.way, across.margin(at)) {
            (Way::Straight | Way::Step { .. }, _) => {}
            // The words stand at the right of the way out.
            (Way::Out, _) => add(0, plan.from.tier, (from, from + 2.0 * half), false),
            (Way::Under, _) => add(0, plan.from.tier, (from, to), true),
            (Way::Across, None) => {
                add(0, plan.from.tier.min(plan.to.tier), (from, to), true);
            }
            (Way::Across, Some(margin)) => {
                let down = plan.from.tier < plan.to.tier;
                let (first, second) = if down {
                    (plan.from.tier, plan.to.tier - 1)
                } else {
                    (plan.from.tier - 1, plan.to.tier)
                };
                add(0, first, (from, margin), true);
                add(1, second, (margin, to), false);
            }
        }
    }
    runs
}

fn layer(plan: &Plan) -> usize {
    match (plan.way, plan.kind) {
        (Way::Across, _) => 2,
        (_, Kind::Back) => 1,
        _ => 0,
    }
}

fn middle(grid: &Grid, across: &Across, cell: Cell) -> f64 {
    let terminal = Some(cell) == grid.start || Some(cell) == grid.end;
    let half = if terminal { TERMINAL } else { NODE_WIDTH / 2.0 };
    across.column(cell.tier, cell.column) + half
}
