//! From the files a command names to what it works on: journey, tally, analysis.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use crate::{
    analyse::{AnalyseOptions, Baseline, analyse},
    diag::{Diagnostics, Sources},
    graph::{self, JourneyGraph},
    map,
    model::{Analysis, Journey, SCHEMA, Target},
    survey::{Counted, Drivers, TallyOptions},
};

use super::{
    failure::Failure,
    inside,
    reading::{Read, Reading},
    selection::Selection,
    terminal::{counted, rendered, say},
};

/// What a command works on.
pub(super) struct Loaded {
    pub(super) journey: Journey,
    pub(super) analysis: Analysis,
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
    told(map, work).map(|(done, _)| done)
}

/// The same; beside what was done stands how many problems were shown.
pub(super) fn told<T>(
    map: &Path,
    work: impl FnOnce(&mut Sources, &mut Diagnostics) -> Result<Option<T>, Failure>,
) -> Result<(T, usize), Failure> {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let done = work(&mut sources, &mut problems);
    let problems = problems.into_sorted();
    if !problems.is_empty() {
        say(rendered(&problems, &sources).trim_end());
        say(&format!("\n{}: {}", map.display(), counted(&problems)));
    }
    Ok((done?.ok_or(Failure::Input)?, problems.len()))
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

/// The analysis of `journey`; `None` when its responses have errors.
pub(super) fn analysed(
    mut journey: Journey,
    selection: &Selection,
    problems: &mut Diagnostics,
) -> Result<Option<Loaded>, Failure> {
    if let Some(target) = selection.target {
        journey.rules.target = Target::Points(target);
    }
    if let Some(path) = &selection.from_analysis {
        let mut analysis = earlier(path, &journey)?;
        selection.keep_groups(&mut analysis)?;
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
        Ok(mut analysis) => {
            selection.keep_groups(&mut analysis)?;
            let asked = (selection, analysis.wave.as_str());
            let inside = inside::analysed(&journey, &tally, asked, problems)?;
            analysis.inside = inside;
            Ok(Some(Loaded { journey, analysis }))
        }
        Err(problem) => {
            problems.push(*problem);
            Ok(None)
        }
    }
}

pub(super) fn analyse_options(
    selection: &Selection,
    read: TallyOptions,
) -> AnalyseOptions {
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
    let (analysis, shown) = (read_analysis(path)?, path.display());
    let ids = journey.touchpoints.iter().map(|it| it.id.as_str());
    if analysis.journey != journey.id
        || !ids.eq(analysis.touchpoints.iter().map(|it| it.id.as_str()))
    {
        let message = format!(
            "`{shown}` is the analysis of another map, or of another state of it"
        );
        return Err(Failure::Usage(message));
    }
    Ok(analysis)
}

/// An analysis that `score --format json` wrote, of whatever map.
pub(super) fn read_analysis(path: &Path) -> Result<Analysis, Failure> {
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
    Ok(analysis.as_shown().into_owned())
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
    journey_of(path, bytes, (sources, problems), &mut |path| fs::read(path))
}

/// The same, with files read by `load`.
pub(super) fn journey_of(
    path: &Path,
    bytes: &[u8],
    (sources, problems): (&mut Sources, &mut Diagnostics),
    load: &mut map::Load<'_>,
) -> Result<Option<Journey>, Failure> {
    let journey = map::read(&shown(path), bytes, sources, problems, load)
        .map_err(|error| cannot_read(&error.path, error.source))?;
    let Some(journey) = journey else { return Ok(None) };
    problems.silence(journey.silences.iter().cloned());
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
