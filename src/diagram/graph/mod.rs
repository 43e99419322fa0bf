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

/// The graph of `subject` in tiers of at most `width` pixels where stages allow it; a journey
/// too tangled for tiers is one tier of any width.
///
/// `title` and `description` are what a reader who cannot see the picture is told.
#[must_use]
pub fn graph(subject: &Subject, width: f64, title: &str, description: &str) -> Scene {
    let layout = layout(subject, width);
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
pub fn layout(subject: &Subject, width: f64) -> Layout {
    if tangle::may_suit(subject) {
        let grid = grid::Grid::new(subject, width);
        let plans = plan::plans(subject, &grid);
        let layout = layout::lay_out(subject, &grid, &plans);
        if tangle::suits(&layout) {
            return layout;
        }
    }
    layered::lay_out(subject)
}
