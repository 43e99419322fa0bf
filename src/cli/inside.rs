//! The survey of the people inside, beside that of customers.

use crate::{
    analyse::{Baseline, analyse, support_links},
    diag::Diagnostics,
    graph::{self, JourneyGraph},
    model::{InsideResult, Journey},
    survey::tally::Tally,
};

use super::{
    failure::Failure,
    input::analyse_options,
    reading::{Read, planned_files},
    selection::Selection,
};

/// What the people inside answer in the wave that is reported; `None` where they are not asked.
///
/// They are asked in every wave or not: one that they were not asked in has no result, which is
/// no problem.
pub(super) fn analysed(
    journey: &Journey,
    tally: &Tally,
    (selection, wave): (&Selection, &str),
    problems: &mut Diagnostics,
) -> Result<Option<Box<InsideResult>>, Failure> {
    let Some(inside) = &journey.inside else { return Ok(None) };
    if planned_files(&inside.journey).is_empty() {
        return Ok(None);
    }
    let read = selection.reading.tally_inside(&inside.journey, problems)?;
    let Some(Read { tally: inner, options }) = read else { return Ok(None) };
    if inner.wave(wave).is_none() {
        return Ok(None);
    }
    let measures = graph::measure(&inside.journey, &JourneyGraph::new(&inside.journey));
    let mut options = analyse_options(selection, options);
    options.wave = Some(wave.to_owned());
    if matches!(&options.baseline, Baseline::Wave(it) if inner.wave(it).is_none()) {
        options.baseline = Baseline::Nothing;
    }
    let links = support_links(journey, inside, (tally, &inner));
    match analyse(&inside.journey, &inner, &measures.facts, None, &options) {
        Ok(analysis) => Ok(Some(Box::new(InsideResult { analysis, links }))),
        Err(problem) => {
            problems.push(*problem);
            Ok(None)
        }
    }
}
