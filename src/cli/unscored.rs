//! A journey that nobody was asked about yet: its map and flow can be shown all the same.

use crate::{
    analyse::{AnalyseOptions, analyse},
    graph::{self, JourneyGraph},
    model::{Journey, Wave},
    survey::tally::{Tally, WaveTally},
};

use super::{
    failure::Failure, input::Loaded, reading::planned_files, selection::Selection,
};

/// Whether neither the map nor the command line says where scores come from.
pub(super) fn is_without_scores(journey: &Journey, selection: &Selection) -> bool {
    planned_files(journey).is_empty()
        && !selection.reading.is_given()
        && selection.from_analysis.is_none()
        && journey.touchpoints.iter().all(|it| it.scores.is_empty())
}

/// The journey alone: nothing was asked in a wave without a name for people.
pub(super) fn unscored(journey: Journey) -> Result<Loaded, Failure> {
    let mut tally = Tally::default();
    tally.waves.extend(Wave::new("–").map(|wave| (wave, WaveTally::default())));
    let measures = graph::measure(&journey, &JourneyGraph::new(&journey));
    let visits = measures.visits.as_deref();
    let options = AnalyseOptions::default();
    let analysis = analyse(&journey, &tally, &measures.facts, visits, &options)
        .map_err(|problem| Failure::Usage(problem.message.clone()))?;
    Ok(Loaded { journey, analysis })
}
