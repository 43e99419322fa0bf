//! Where a touchpoint is on the importance–performance plane (METHOD §11.2).

use crate::model::{Importance, Position, PositionQuadrant, Score};
use crate::stats::{Quadrant, normal_upper};

/// The quarter of a touchpoint with that importance and score; `None` without either.
pub(super) fn position(
    importance: &Importance,
    fair: f64,
    (score, points_per_unit): (&Score, f64),
    target: f64,
) -> Option<Position> {
    let (share, points) = (importance.share?, score.points?);
    let quadrant = Quadrant::of(share, fair, points, target);
    let surely = |distance: f64, error: Option<f64>| {
        error.filter(|error| *error > 0.0).map(|error| normal_upper(-distance / error))
    };
    let error = score.se.map(|se| se * points_per_unit);
    let important = surely(share - fair, importance.se);
    let under = surely(target - points, error);
    let crosses = |ci: Option<[f64; 2]>, line: f64| {
        ci.is_some_and(|[low, high]| low <= line && line <= high)
    };
    Some(Position {
        quadrant: match quadrant {
            Quadrant::Concentrate => PositionQuadrant::Concentrate,
            Quadrant::KeepUp => PositionQuadrant::KeepUp,
            Quadrant::LowPriority => PositionQuadrant::LowPriority,
            Quadrant::PossibleOverkill => PositionQuadrant::PossibleOverkill,
        },
        probability: important
            .zip(under)
            .map(|(important, under)| quadrant.probability(important, under)),
        borderline: crosses(importance.ci, fair) || crosses(score.points_ci, target),
    })
}
