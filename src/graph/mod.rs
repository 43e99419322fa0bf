//! The journey as a graph: what the flow alone tells (METHOD §11.3).

mod journey_graph;
mod loops;
mod measures;
mod problems;
mod visits;

pub use journey_graph::{Edge, JourneyGraph};
pub use measures::{Measures, measure};
pub use problems::check;
