//! What `check` looks at: a map, and its responses if the map itself is right.

use std::{collections::BTreeSet, path::Path};

use crate::{
    analyse::{self, AnalyseOptions, analyse},
    diag::{Diagnostics, Sources},
    graph::{self, JourneyGraph},
    lint::{self, Subject},
    model::{Day, Journey, Note, ResponseFile, UnplacedColumn},
    survey::{Drivers, MatchOptions, TallyOptions, propose, tally::Tally},
};

use super::{
    expand::expand,
    failure::Failure,
    input::journey,
    quality_table::{Detail, quality_table},
    reading::{self, opened, planned_files, unread},
    terminal::plural,
};

/// How far `check` looks, and how much of the responses it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    MapOnly,
    WithResponses(Detail),
}

/// What `check` found besides problems.
#[derive(Default)]
pub(super) struct Checked {
    /// How good the responses are; empty where there are none.
    pub(super) quality: String,
    /// What there is, for a map without problems.
    pub(super) summary: String,
}

/// Checks one map, and its responses if the map itself is right; `today` is the day that
/// what is due is held against.
pub(super) fn check(
    path: &Path,
    sources: &mut Sources,
    (depth, today): (Depth, Day),
    problems: &mut Diagnostics,
) -> Result<Checked, Failure> {
    let Some(journey) = journey(path, sources, problems)? else {
        return Ok(Checked::default());
    };
    let mut checked = Checked { summary: summary(&journey), ..Checked::default() };
    let mut subject =
        Subject { journey: &journey, tally: None, unplaced: &[], notes: &[], today };
    let files = planned_files(&journey);
    let detail = match depth {
        Depth::WithResponses(detail) if !files.is_empty() => detail,
        _ => {
            lint::check(&subject, problems);
            return Ok(checked);
        }
    };
    let options = TallyOptions { drivers: Drivers::Skip, ..TallyOptions::default() };
    let tally = reading::tally(&journey, files.clone(), &options, problems)?;
    if let Some(inside) = &journey.inside {
        reading::tally(
            &inside.journey,
            planned_files(&inside.journey),
            &options,
            problems,
        )?;
    }
    let (unplaced, notes) = match &tally {
        Some(tally) => (unplaced(&journey, files)?, notes(&journey, tally)),
        None => Default::default(),
    };
    subject =
        Subject { tally: tally.as_ref(), unplaced: &unplaced, notes: &notes, ..subject };
    lint::check(&subject, problems);
    if let Some(tally) = &tally {
        checked.summary += &rows(tally);
        let quality = analyse::quality(&journey, tally);
        checked.quality = quality_table(&journey, &quality, detail);
    }
    Ok(checked)
}

/// Columns of the responses that the map does not name. What is wrong with the files has been
/// said.
fn unplaced(
    journey: &Journey,
    files: Vec<ResponseFile>,
) -> Result<Vec<UnplacedColumn>, Failure> {
    let mut said = Diagnostics::default();
    let Some(files) = expand(files, &mut said)? else { return Ok(Vec::new()) };
    let names: Vec<_> = files.iter().map(|it| it.path.display().to_string()).collect();
    let options = MatchOptions {
        min_confidence: 1.0,
        declared_keys: BTreeSet::new(),
        replace: false,
    };
    let matching = propose(journey, opened(&files, &names), &options, &mut said);
    Ok(matching.map_err(unread)?.map(|it| it.unplaced).unwrap_or_default())
}

/// What the analysis of the last wave has to say of the data.
fn notes(journey: &Journey, tally: &Tally) -> Vec<Note> {
    let measures = graph::measure(journey, &JourneyGraph::new(journey));
    let visits = measures.visits.as_deref();
    let options = AnalyseOptions::default();
    let analysis = analyse(journey, tally, &measures.facts, visits, &options);
    // Responses without a wave to analyse have nothing to say.
    analysis.map(|it| it.notes).unwrap_or_default()
}

/// `, 3 waves, 3,643 responses`
fn rows(tally: &Tally) -> String {
    let read: u64 =
        tally.waves.values().filter_map(|wave| wave.rows).map(|rows| rows.used).sum();
    let waves = plural(tally.waves.len(), "wave");
    format!(", {waves}, {} responses", super::table::thousands(read))
}

fn summary(journey: &Journey) -> String {
    format!(
        "{}, {}",
        plural(journey.stages.len(), "stage"),
        plural(journey.touchpoints.len(), "touchpoint")
    )
}
