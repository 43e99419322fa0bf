//! From the files a command names to what it works on: journey, tally, analysis.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use crate::{
    analyse::{AnalyseOptions, Baseline, Weights, analyse},
    diag::{Diagnostic, Diagnostics, Sources},
    graph::{self, JourneyGraph},
    map,
    model::{Analysis, Journey, ResponseFile, SCHEMA, Target},
    survey::{self, ResponseInput, TallyOptions, Undeclared, Weighting, tally::Tally},
};

use super::{
    failure::Failure,
    selection::{MissingWeight, Selection},
    terminal::{counted, plural, rendered, say},
};

/// What a command works on.
pub(super) struct Loaded {
    pub(super) journey: Journey,
    pub(super) analysis: Analysis,
}

/// How far `check` looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    MapOnly,
    WithResponses,
}

/// What `check` found.
pub(super) struct Checked {
    pub(super) problems: Vec<Diagnostic>,
    pub(super) failed: bool,
    /// What there is, for a map without problems.
    pub(super) summary: String,
}

/// Checks one map, and its responses if the map itself is right.
pub(super) fn check(
    path: &Path,
    sources: &mut Sources,
    depth: Depth,
) -> Result<Checked, Failure> {
    let mut problems = Diagnostics::default();
    let journey = journey(path, sources, &mut problems)?;
    let mut summary = journey.as_ref().map(summary).unwrap_or_default();
    if let (Some(journey), Depth::WithResponses) = (&journey, depth) {
        let files = planned_files(journey);
        if !files.is_empty() {
            let tally = tally(journey, &files, &TallyOptions::default(), &mut problems)?;
            summary += &tally.as_ref().map(rows).unwrap_or_default();
        }
    }
    let failed = problems.has_errors();
    Ok(Checked { problems: problems.into_sorted(), failed, summary })
}

/// Everything from the files to the numbers. Problems are shown; errors among them end it.
pub(super) fn analysis(map: &Path, selection: &Selection) -> Result<Loaded, Failure> {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let loaded = load(map, selection, &mut sources, &mut problems);
    let problems = problems.into_sorted();
    if !problems.is_empty() {
        say(rendered(&problems, &sources).trim_end());
        say(&format!("\n{}: {}", map.display(), counted(&problems)));
    }
    loaded?.ok_or(Failure::Input)
}

fn load(
    map: &Path,
    selection: &Selection,
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Result<Option<Loaded>, Failure> {
    let Some(mut journey) = journey(map, sources, problems)? else { return Ok(None) };
    if let Some(target) = selection.target {
        journey.rules.target = Target::Points(target);
    }
    if let Some(path) = &selection.from_analysis {
        let analysis = earlier(path, &journey)?;
        return Ok(Some(Loaded { journey, analysis }));
    }
    let files = files(&journey, selection);
    let options = tally_options(selection);
    let Some(tally) = tally(&journey, &files, &options, problems)? else {
        return Ok(None);
    };
    let measures = graph::measure(&journey, &JourneyGraph::new(&journey));
    let visits = measures.visits.as_deref();
    let options = analyse_options(selection);
    match analyse(&journey, &tally, &measures.facts, visits, &options) {
        Ok(analysis) => Ok(Some(Loaded { journey, analysis })),
        Err(problem) => {
            problems.push(*problem);
            Ok(None)
        }
    }
}

/// The files that the map, or the command line in its place, names.
fn files(journey: &Journey, selection: &Selection) -> Vec<ResponseFile> {
    if selection.responses.is_empty() {
        return planned_files(journey);
    }
    let named = |path: &PathBuf| ResponseFile {
        path: path.clone(),
        sheet: None,
        wave: None,
        overrides: crate::model::FileOverrides::default(),
        span: None,
    };
    selection.responses.iter().map(named).collect()
}

fn planned_files(journey: &Journey) -> Vec<ResponseFile> {
    journey.survey.as_ref().map(|survey| survey.files.clone()).unwrap_or_default()
}

fn tally_options(selection: &Selection) -> TallyOptions {
    let pair =
        |it: &super::selection::Restriction| (it.segment.clone(), it.value.clone());
    TallyOptions {
        weighting: if selection.unweighted {
            Weighting::Unweighted
        } else {
            Weighting::AsDeclared
        },
        undeclared: if selection.lenient {
            Undeclared::ReadAsBlank
        } else {
            Undeclared::Refuse
        },
        missing_weight: match selection.missing_weight {
            MissingWeight::Refuse => survey::MissingWeight::Refuse,
            MissingWeight::Drop => survey::MissingWeight::Drop,
            MissingWeight::One => survey::MissingWeight::One,
        },
        restriction: selection.restriction.iter().map(pair).collect(),
        ..TallyOptions::default()
    }
}

fn analyse_options(selection: &Selection) -> AnalyseOptions {
    let pair =
        |it: &super::selection::Restriction| (it.segment.clone(), it.value.clone());
    AnalyseOptions {
        wave: selection.wave.clone(),
        baseline: match &selection.baseline {
            None => Baseline::Previous,
            Some(wave) if wave == "none" => Baseline::Nothing,
            Some(wave) => Baseline::Wave(wave.clone()),
        },
        restricted: selection.restriction.iter().map(pair).collect(),
        weights: if selection.unweighted { Weights::Ignored } else { Weights::Counted },
        threads: selection.threads(),
    }
}

fn tally(
    journey: &Journey,
    files: &[ResponseFile],
    options: &TallyOptions,
    problems: &mut Diagnostics,
) -> Result<Option<Tally>, Failure> {
    let names: Vec<String> =
        files.iter().map(|file| file.path.display().to_string()).collect();
    let mut inputs = Vec::new();
    for (file, name) in files.iter().zip(&names) {
        let bytes: Box<dyn io::Read + Send> = if name == "-" {
            Box::new(io::stdin())
        } else {
            Box::new(
                fs::File::open(&file.path)
                    .map_err(|error| cannot_read(&file.path, error))?,
            )
        };
        inputs.push(ResponseInput { name, file, bytes });
    }
    survey::tally(journey, inputs, options, problems).map_err(|error| {
        Failure::world(error.cause, format!("cannot read `{}`", error.path))
    })
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
    Ok(analysis)
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
    let standard = path.as_os_str() == "-";
    let bytes = if standard { standard_input() } else { fs::read(path) };
    let shown = if standard { PathBuf::from("<stdin>") } else { path.to_owned() };
    let bytes = bytes.map_err(|error| cannot_read(&shown, error))?;
    let journey =
        map::read(&shown, &bytes, sources, problems, &mut |path| fs::read(path))
            .map_err(|error| cannot_read(&error.path, error.source))?;
    let Some(journey) = journey else { return Ok(None) };
    let mut found = Diagnostics::default();
    graph::check(&journey, &JourneyGraph::new(&journey), &mut found);
    let sound = !found.has_errors();
    problems.extend(found.into_sorted());
    Ok(sound.then_some(journey))
}

fn standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn cannot_read(path: &Path, error: io::Error) -> Failure {
    Failure::world(error, format!("cannot read `{}`", path.display()))
}
