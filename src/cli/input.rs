//! From the files a command names to what it works on: journey, tally, analysis.

use std::{
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use crate::{
    diag::{Diagnostic, Diagnostics, Severity, Sources},
    graph::{self, JourneyGraph},
    map,
    model::Journey,
};

use super::{failure::Failure, terminal::plural};

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
    let summary = journey.as_ref().map(summary).unwrap_or_default();
    let problems = problems.into_sorted();
    let failed = problems.iter().any(|it| it.severity == Severity::Error);
    Ok(Checked { problems, failed, summary })
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
