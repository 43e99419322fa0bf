//! The journey as a graph: what the flow alone tells (METHOD §11.3).

mod journey_graph;
mod loops;
mod measures;
mod order;
mod path;
mod problems;
mod scenario;
mod visits;
mod walk;

pub use journey_graph::{Edge, JourneyGraph};
pub use measures::{Measures, measure};
pub use order::order;
pub use path::{Extreme, extreme, most_travelled, travelled};
pub use problems::check;
pub use scenario::{Impossible, Step};
pub use visits::{Visits, visits};
