//! The touchpoint graph: stages as columns, transitions as right-angled lines around the
//! boxes.
//!
//! Four steps, each a file: `grid` gives every touchpoint a tier, a column and a row;
//! `plan` decides which way every transition goes and in which channel; `layout` turns
//! that into pixels; `draw` makes the scene. A channel lies between two columns or under
//! a tier and holds no box, so no transition can run through one.
//!
//! Where that tangles (`tangle`), `layered` lays the journey out instead: smooth lines in
//! slots of their own, in one tier that is as wide as it must be.

mod bundle;
mod channel;
mod draw;
mod grid;
mod label;
mod layered;
mod layout;
mod plan;
mod port;
mod route;
mod tangle;

pub use layout::{Layout, StageBox};
pub use plan::Kind;
pub use route::{Bend, Route};

use super::scene::Scene;
use super::subject::Subject;

/// Width of a node.
pub(super) const NODE_WIDTH: f64 = 104.0;
/// Height of a node.
pub(super) const NODE_HEIGHT: f64 = 58.0;

/// What orders the touchpoints of a graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Ours: stages in tiers, and where that tangles, in one tier of layers.
    #[default]
    Stages,
    /// The crate layout-rs orders the layers; the rest is ours. It takes a second for a few
    /// hundred touchpoints and minutes for thousands: see [`LAYOUT_RS_MOST`].
    LayoutRs,
}

/// Touchpoints that [`Engine::LayoutRs`] orders in reasonable time.
pub const LAYOUT_RS_MOST: usize = 200;

/// How a graph is to be laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrangement {
    /// Greatest width of a tier in pixels, where stages allow it; a journey too tangled for
    /// tiers is one tier of any width.
    pub width: f64,
    /// What orders the touchpoints.
    pub engine: Engine,
}

/// The graph of `subject`.
///
/// `title` and `description` are what a reader who cannot see the picture is told.
#[must_use]
pub fn graph(
    subject: &Subject,
    arrangement: Arrangement,
    title: &str,
    description: &str,
) -> Scene {
    let layout = layout(subject, arrangement);
    Scene {
        origin: (0.0, 0.0),
        width: layout.width,
        height: layout.height,
        title: title.to_owned(),
        description: description.to_owned(),
        items: draw::items(subject, &layout),
    }
}

/// Where the nodes and transitions of `subject` go.
#[must_use]
pub fn layout(subject: &Subject, arrangement: Arrangement) -> Layout {
    let engine = arrangement.engine;
    if engine == Engine::Stages && tangle::may_suit(subject) {
        let grid = grid::Grid::new(subject, arrangement.width);
        let plans = plan::plans(subject, &grid);
        let layout = layout::lay_out(subject, &grid, &plans);
        if tangle::suits(&layout) {
            return layout;
        }
    }
    layered::lay_out(subject, engine)
}
