//! From a map to what a preview shows.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::diag::{Diagnostics, Sources};

use super::super::{
    failure::Failure,
    input::{Loaded, analysed, journey_of, map_bytes},
    selection::Selection,
    unscored::{is_without_scores, unscored},
};

/// The journey and its numbers. `inputs` learns which files they are made of, and a map that
/// has no scores yet is shown without them.
pub(super) fn previewed(
    map: &Path,
    selection: &Selection,
    (sources, problems): (&mut Sources, &mut Diagnostics),
    inputs: &mut Vec<PathBuf>,
) -> Result<Option<Loaded>, Failure> {
    let bytes = map_bytes(map)?;
    let mut load = |path: &Path| {
        inputs.push(path.to_owned());
        fs::read(path)
    };
    let journey = journey_of(map, &bytes, (sources, problems), &mut load)?;
    let Some(journey) = journey else { return Ok(None) };
    inputs.extend(selection.inputs(map, &journey));
    if is_without_scores(&journey, selection) {
        return unscored(journey).map(Some);
    }
    analysed(journey, selection, problems)
}
