//! What a word of the command line could become: touchpoints, stages, waves and segments of the
//! map that the line names.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use clap_complete::CompletionCandidate;

use crate::{
    diag::{Diagnostics, Sources},
    map,
    model::Journey,
    rule::RULES,
};

use super::reading::planned_files;

/// The map that stands in the line, else the one of the folder.
fn journey() -> Option<Journey> {
    let is_map = |path: &PathBuf| {
        path.extension().is_some_and(|it| it == "yaml" || it == "yml") && path.is_file()
    };
    let named = env::args_os().map(PathBuf::from).find(is_map);
    let path = named.or_else(|| Some(PathBuf::from("journey.yaml")).filter(is_map))?;
    let bytes = fs::read(&path).ok()?;
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let mut load = |path: &Path| fs::read(path);
    map::read(&path, &bytes, &mut sources, &mut problems, &mut load).ok()?
}

/// What begins as `current`, with what it is.
fn beginning(
    current: &OsStr,
    words: impl IntoIterator<Item = (String, String)>,
) -> Vec<CompletionCandidate> {
    let begun = current.to_string_lossy();
    words
        .into_iter()
        .filter(|(word, _)| word.starts_with(&*begun))
        .map(|(word, help)| CompletionCandidate::new(word).help(Some(help.into())))
        .collect()
}

/// Ids of touchpoints with their codes and names.
fn ids(journey: &Journey) -> impl Iterator<Item = (String, String)> {
    journey.touchpoints.iter().map(|it| {
        let name = journey.text(&it.name, &journey.language);
        (it.id.clone(), format!("{} {name}", it.code))
    })
}

/// A touchpoint.
pub(super) fn touchpoints(current: &OsStr) -> Vec<CompletionCandidate> {
    journey().map(|it| beginning(current, ids(&it))).unwrap_or_default()
}

/// A touchpoint, or a rule.
pub(super) fn explained(current: &OsStr) -> Vec<CompletionCandidate> {
    let rules = RULES.iter().map(|it| (it.doc().id.to_owned(), it.doc().code.to_owned()));
    let mut found = beginning(current, rules);
    found.extend(touchpoints(current));
    found
}

/// `touchpoint=`, to be followed by points.
pub(super) fn settings(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(journey) = journey() else { return Vec::new() };
    beginning(current, ids(&journey).map(|(id, name)| (format!("{id}="), name)))
}

/// A wave: those that files and inline scores name. Columns of waves are not read for this.
pub(super) fn waves(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(journey) = journey() else { return Vec::new() };
    let files = planned_files(&journey);
    let mut waves: Vec<String> = files.iter().filter_map(|it| it.wave.clone()).collect();
    // Files are usually called after their wave.
    let stems =
        files.iter().filter(|it| it.wave.is_none()).filter_map(|it| it.path.file_stem());
    let is_year = |it: &String| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit());
    waves.extend(stems.map(|it| it.to_string_lossy().into_owned()).filter(is_year));
    waves.extend(
        journey.touchpoints.iter().flat_map(|it| &it.scores).map(|it| it.wave.clone()),
    );
    waves.sort();
    waves.dedup();
    beginning(current, waves.into_iter().map(|it| (it, String::new())))
}

/// Segments.
pub(super) fn segment_names(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(journey) = journey() else { return Vec::new() };
    let plans = journey.survey.iter().flat_map(|it| &it.segments);
    beginning(current, plans.map(|it| (it.id.clone(), String::new())).collect::<Vec<_>>())
}

/// `segment=`, or `segment=value` where the map lists values.
pub(super) fn segments(current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(journey) = journey() else { return Vec::new() };
    let plans = journey.survey.iter().flat_map(|it| &it.segments);
    let words = plans.flat_map(|it| {
        if it.order.is_empty() {
            return vec![(format!("{}=", it.id), String::new())];
        }
        let word = |value: &String| (format!("{}={value}", it.id), String::new());
        it.order.iter().map(word).collect()
    });
    beginning(current, words.collect::<Vec<_>>())
}
