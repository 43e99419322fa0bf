//! What `check` found, for other programs.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diag::{self, Diagnostic, ProblemRecord, SeverityWord, Sorted, Sources};

use super::{failure::Failure, output};

/// Version of the written form.
const SCHEMA: &str = "touchmap.check/1";

/// Everything that `check --format json` writes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct CheckRecord {
    /// `touchmap.check/1`.
    schema: String,
    /// The version of touchmap that wrote it.
    touchmap: String,
    /// The maps, as given.
    maps: Vec<MapRecord>,
}

/// What was found in a map and its responses.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct MapRecord {
    /// The map, as given.
    map: String,
    /// How many errors there are.
    errors: usize,
    /// How many warnings there are that are not silenced.
    warnings: usize,
    /// All problems that are not silenced, in source order.
    problems: Vec<ProblemRecord>,
    /// Warnings that the map accepts.
    silenced: Vec<SilencedRecord>,
}

/// A warning that the map accepts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct SilencedRecord {
    /// Why it is accepted.
    reason: String,
    /// The warning.
    problem: ProblemRecord,
}

impl MapRecord {
    /// What was found in `map`.
    pub(super) fn new(map: &Path, sorted: &Sorted, sources: &Sources) -> Self {
        let record = |it: &Diagnostic| ProblemRecord::new(it, sources);
        let problems: Vec<ProblemRecord> = sorted.problems.iter().map(record).collect();
        let errors =
            problems.iter().filter(|it| it.severity == SeverityWord::Error).count();
        let silenced = sorted.silenced.iter().map(|(problem, reason)| SilencedRecord {
            reason: reason.clone(),
            problem: record(problem),
        });
        Self {
            map: map.display().to_string(),
            errors,
            warnings: problems.len() - errors,
            silenced: silenced.collect(),
            problems,
        }
    }
}

/// One document.
pub(super) fn json(maps: Vec<MapRecord>) -> Result<Vec<u8>, Failure> {
    let record = CheckRecord {
        schema: SCHEMA.to_owned(),
        touchmap: env!("CARGO_PKG_VERSION").to_owned(),
        maps,
    };
    output::json(&record)
}

/// A line for each problem.
pub(super) fn github(maps: &[MapRecord]) -> String {
    maps.iter().flat_map(|it| &it.problems).map(diag::annotation).collect()
}

/// One log.
pub(super) fn sarif(maps: &[MapRecord]) -> Result<Vec<u8>, Failure> {
    let problems: Vec<ProblemRecord> =
        maps.iter().flat_map(|it| it.problems.clone()).collect();
    let silenced = maps.iter().flat_map(|it| it.silenced.clone());
    let silenced: Vec<_> = silenced.map(|it| (it.problem, it.reason)).collect();
    output::json(&diag::sarif(env!("CARGO_PKG_VERSION"), &problems, &silenced))
}
