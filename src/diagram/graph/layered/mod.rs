//! The layout for journeys whose lines the channels cannot hold apart: every transition has
//! a slot of its own in each column that it passes, so that it meets no box, and the order
//! of every column is searched for few crossings.
//!
//! K. Sugiyama, S. Tagawa and M. Toda, “Methods for visual understanding of hierarchical
//! system structures”, 1981, with the stages as columns. `sketch` says what runs where,
//! `rank` divides stages into columns, `network` adds the slots, `search` orders the columns
//! with `sweep`, `sift` and `crossing`; `height` and `straight` place them, `part` and `pack` put
//! what nothing joins below one another, `across` makes room between columns, `under` leads what is too long
//! round everything, `route` draws the lines. The picture is as wide as its columns are:
//! stages do not wrap here, because lines between tiers would cross all the others.

mod across;
mod crossing;
mod height;
mod layout_rs;
mod network;
mod order;
mod pack;
mod part;
mod places;
mod pool;
mod port;
mod rank;
mod route;
mod search;
mod sift;
mod sketch;
mod stages;
mod straight;
mod sweep;
mod under;
mod work;

pub(super) use across::DOT;

use super::Engine;
use super::layout::Layout;
use crate::diagram::subject::Subject;

/// Room around everything.
const MARGIN: f64 = 8.0;

/// The layout of `subject`, its columns in the order that `engine` finds.
pub(super) fn lay_out(subject: &Subject, engine: Engine) -> Layout {
    let sketch = sketch::Sketch::new(subject);
    let places = places::Places::new(&sketch, engine);
    let outside: Vec<_> = sketch
        .arcs()
        .into_iter()
        .filter(|(at, _)| places.tracks[*at].is_none())
        .collect();
    let under = under::Under::new((sketch.lines.len(), &sketch.columns), &outside);
    let drops = drops(&sketch, &places);
    let across = across::Across::new(&sketch, &drops, &under.gaps);
    let names = stages::names(subject, &sketch, &across);
    let top = names.height + MARGIN;
    let ground = route::Ground {
        sketch: &sketch,
        places: &places,
        across: &across,
        under: &under,
        top,
    };
    #[expect(clippy::cast_precision_loss, reason = "one for each transition at most")]
    let depth = under.depth as f64 * route::UNDER;
    Layout {
        width: across.width,
        height: (top + places.floor + depth + 2.0 * MARGIN).ceil(),
        nodes: (0..sketch.touchpoints).map(|at| ground.node(at)).collect(),
        stages: names.boxes(top, places.floor),
        start: sketch.start.map(|at| ground.terminal(at)),
        end: sketch.end.map(|at| ground.terminal(at)),
        routes: sketch
            .lines
            .iter()
            .enumerate()
            .map(|(at, line)| ground.route(at, line))
            .collect(),
    }
}

/// By gap, 0 lying left of column 0: the largest change of height of any line in it.
fn drops(sketch: &sketch::Sketch, places: &places::Places) -> Vec<f64> {
    let mut drops = vec![0.0_f64; sketch.width() + 1];
    for track in places.tracks.iter().flatten() {
        for pair in track.windows(2) {
            let drop = &mut drops[pair[0].0 + 1];
            *drop = drop.max((pair[0].1 - pair[1].1).abs());
        }
    }
    drops
}
