//! From the files a command names to what it works on: journey, tally, analysis.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use crate::{
    analyse::{self, AnalyseOptions, Baseline, analyse},
    diag::{Diagnostics, Sources},
    graph::{self, JourneyGraph},
    map,
    model::{Analysis, Journey, SCHEMA, Target},
    survey::{Counted, Drivers, TallyOptions, tally::Tally},
};

use super::{
    failure::Failure,
    quality_table::{Detail, quality_table},
    reading::{self, Read, Reading, planned_files},
    selection::Selection,
    terminal::{counted, plural, rendered, say},
};

/// What a command works on.
pub(super) struct Loaded {
    pub(super) journey: Journey,
    pub(super) analysis: Analysis,
}

/// How far `check` looks, and how much of the responses it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    MapOnly,
    WithResponses(Detail),
}

/// What `check` found besides problems.
pub(super) struct Checked {
    /// How good the responses are; empty where there are none.
    pub(super) quality: String,
    /// What there is, for a map without problems.
    pub(super) summary: String,
}

/// Checks one map, and its responses if the map itself is right.
pub(super) fn check(
    path: &Path,
    sources: &mut Sources,
    depth: Depth,
    problems: &mut Diagnostics,
) -> Result<Checked, Failure> {
    let journey = journey(path, sources, problems)?;
    let mut summary = journey.as_ref().map(summary).unwrap_or_default();
    let mut quality = String::new();
    if let (Some(journey), Depth::WithResponses(detail)) = (&journey, depth) {
        let files = planned_files(journey);
        if !files.is_empty() {
            let options =
                TallyOptions { drivers: Drivers::Skip, ..TallyOptions::default() };
            if let Some(tally) = reading::tally(journey, files, &options, problems)? {
                summary += &rows(&tally);
                let it = analyse::quality(journey, &tally);
                quality = quality_table(journey, &it, detail);
            }
        }
    }
    Ok(Checked { quality, summary })
}

/// Everything from the files to the numbers. Problems are shown; errors among them end it.
pub(super) fn analysis(map: &Path, selection: &Selection) -> Result<Loaded, Failure> {
    telling(map, |sources, problems| load(map, selection, sources, problems))
}

/// The responses of a map, counted. Problems are shown; errors among them end it.
pub(super) fn counted_responses(
    map: &Path,
    reading: &Reading,
    drivers: Drivers,
) -> Result<(Journey, Counted), Failure> {
    telling(map, |sources, problems| {
        let Some(journey) = journey(map, sources, problems)? else { return Ok(None) };
        let counted = reading.counted(&journey, drivers, problems)?;
        Ok(counted.map(|counted| (journey, counted)))
    })
}

/// Does some work on a map, and shows the problems that it meets with.
pub(super) fn telling<T>(
    map: &Path,
    work: impl FnOnce(&mut Sources, &mut Diagnostics) -> Result<Option<T>, Failure>,
) -> Result<T, Failure> {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let done = work(&mut sources, &mut problems);
    let problems = problems.into_sorted();
    if !problems.is_empty() {
        say(rendered(&problems, &sources).trim_end());
        say(&format!("\n{}: {}", map.display(), counted(&problems)));
    }
    done?.ok_or(Failure::Input)
}

/// The journey, and its analysis where it is `wanted`. The map is read once: it may come
/// from standard input.
pub(super) fn analysis_where(
    map: &Path,
    selection: &Selection,
    wanted: impl FnOnce(&Journey) -> bool,
) -> Result<(Journey, Option<Analysis>), Failure> {
    telling(map, |sources, problems| {
        let Some(journey) = journey(map, sources, problems)? else { return Ok(None) };
        if !wanted(&journey) {
            return Ok(Some((journey, None)));
        }
        let loaded = analysed(journey, selection, problems)?;
        Ok(loaded.map(|it| (it.journey, Some(it.analysis))))
    })
}

fn load(
    map: &Path,
    selection: &Selection,
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Result<Option<Loaded>, Failure> {
    let Some(journey) = journey(map, sources, problems)? else { return Ok(None) };
    analysed(journey, selection, problems)
}

fn analysed(
    mut journey: Journey,
    selection: &Selection,
    problems: &mut Diagnostics,
) -> Result<Option<Loaded>, Failure> {
    if let Some(target) = selection.target {
        journey.rules.target = Target::Points(target);
    }
    if let Some(path) = &selection.from_analysis {
        let analysis = earlier(path, &journey)?;
        return Ok(Some(Loaded { journey, analysis }));
    }
    let Some(Read { tally, options }) =
        selection.reading.tally(&journey, selection.wave.as_deref(), problems)?
    else {
        return Ok(None);
    };
    let measures = graph::measure(&journey, &JourneyGraph::new(&journey));
    let visits = measures.visits.as_deref();
    let options = analyse_options(selection, options);
    match analyse(&journey, &tally, &measures.facts, visits, &options) {
        Ok(analysis) => Ok(Some(Loaded { journey, analysis })),
        Err(problem) => {
            problems.push(*problem);
            Ok(None)
        }
    }
}

fn analyse_options(selection: &Selection, read: TallyOptions) -> AnalyseOptions {
    AnalyseOptions {
        baseline: match &selection.baseline {
            None => Baseline::Previous,
            Some(wave) if wave == "none" => Baseline::Nothing,
            Some(wave) => Baseline::Wave(wave.clone()),
        },
        ..selection.reading.analyse_options(selection.wave.as_deref(), read)
    }
}

/// An analysis that `score --format json` wrote earlier.
fn earlier(path: &Path, journey: &Journey) -> Result<Analysis, Failure> {
    let bytes = fs::read(path).map_err(|error| cannot_read(path, error))?;
    let shown = path.display();
    let analysis: Analysis = serde_json::from_slice(&bytes)
        .map_err(|error| Failure::Usage(format!("`{shown}` is no analysis: {error}")))?;
    if analysis.schema != SCHEMA {
        let found = &analysis.schema;
        return Err(Failure::Usage(format!(
            "`{shown}` is `{found}`; expected `{SCHEMA}`"
        )));
    }
    let ids = journey.touchpoints.iter().map(|it| it.id.as_str());
    if analysis.journey != journey.id
        || !ids.eq(analysis.touchpoints.iter().map(|it| it.id.as_str()))
    {
        let message = format!(
            "`{shown}` is the analysis of another map, or of another state of it"
        );
        return Err(Failure::Usage(message));
    }
    Ok(analysis.as_shown().into_owned())
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

/// Reads the map at `path` and checks its flow; `None` when it has errors.
pub(super) fn journey(
    path: &Path,
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Result<Option<Journey>, Failure> {
    journey_in(path, &map_bytes(path)?, sources, problems)
}

/// The bytes of the map at `path`.
pub(super) fn map_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = if is_standard(path) { standard_input() } else { fs::read(path) };
    bytes.map_err(|error| cannot_read(&shown(path), error))
}

/// The map at `path`, which has these bytes, as [`journey`].
pub(super) fn journey_in(
    path: &Path,
    bytes: &[u8],
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Result<Option<Journey>, Failure> {
    let journey =
        map::read(&shown(path), bytes, sources, problems, &mut |path| fs::read(path))
            .map_err(|error| cannot_read(&error.path, error.source))?;
    let Some(journey) = journey else { return Ok(None) };
    let mut found = Diagnostics::default();
    graph::check(&journey, &JourneyGraph::new(&journey), &mut found);
    let sound = !found.has_errors();
    problems.extend(found.into_sorted());
    Ok(sound.then_some(journey))
}

fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What people know a map by.
fn shown(path: &Path) -> PathBuf {
    if is_standard(path) { PathBuf::from("<stdin>") } else { path.to_owned() }
}

pub(super) fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn cannot_read(path: &Path, error: io::Error) -> Failure {
    Failure::world(error, format!("cannot read `{}`", path.display()))
}
