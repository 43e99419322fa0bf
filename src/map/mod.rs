//! Text → journey. Everything wrong with a map is found in one run, each at its place.
//!
//! [`read`] builds a tree of the YAML with byte-exact places (`tree`), decodes it section by
//! section without stopping at a problem (`decode` and the section files), and resolves
//! references to indexes, so that a [`Journey`] that exists is valid.

mod actions;
mod benchmarks;
mod causes;
mod complaints;
mod decode;
mod flow;
mod gate;
mod graft;
mod graft_lines;
mod graft_tree;
mod ids;
mod inside;
mod journey;
mod layout;
mod limits;
mod merge;
mod missing;
mod operations;
mod population;
mod question;
mod questionnaire;
mod reasons;
mod repoint;
mod rules;
mod schema;
mod scores;
mod segments;
mod silence;
mod stages;
mod survey;
mod survey_lines;
mod text;
mod tree;
mod yaml;
mod yaml_problems;

use std::path::{Path, PathBuf};

use crate::{
    diag::{Diagnostics, SourceId, Sources},
    model::Journey,
};

pub use gate::read_gate;
pub use graft::{
    Addition, Grafted, Line, SurveyPlace, as_text, graft, survey_keys, survey_place,
};
/// The keys a map may have, by section, as `schema` and “did you mean” need them.
pub use journey::KEYS as MAP_KEYS;
pub use layout::{NotLaidOut, laid_out};
pub use repoint::repoint;
pub use schema::{SCHEMA, survey_schema};
pub use survey_lines::survey_lines;

/// A file that a map names could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}`", path = path.display())]
pub struct UnreadableFile {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

/// How a map reaches the files it names: the command line reads the disk, tests need none.
pub type Load<'a> = dyn FnMut(&Path) -> std::io::Result<Vec<u8>> + 'a;

/// Reads the map in `bytes`, known to people as `path`, against which the paths in it count.
///
/// `None` when it is unusable; every problem found is in `problems`, its text in `sources`.
///
/// # Errors
///
/// When a file that the map names cannot be read; problems in its text are no such error.
pub fn read(
    path: &Path,
    bytes: &[u8],
    sources: &mut Sources,
    problems: &mut Diagnostics,
    load: &mut Load<'_>,
) -> Result<Option<Journey>, UnreadableFile> {
    let mut found = Diagnostics::default();
    let journey = match tree::parse(path, bytes, sources, &mut found) {
        Some((source, root)) => {
            let mut files = Files { sources, load, map: path };
            let mut decoder = decode::Decoder::new(source, &mut found);
            journey::decode(&mut decoder, &root, &mut files)?
        }
        None => None,
    };
    let usable = !found.has_errors();
    problems.extend(found.into_sorted());
    Ok(journey.filter(|_| usable))
}

/// Whether `bytes` are YAML as maps are written in; what is wrong with it is in `problems`.
pub fn syntax(
    path: &Path,
    bytes: &[u8],
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> bool {
    tree::parse(path, bytes, sources, problems).is_some() && !problems.has_errors()
}

/// The files around a map.
pub(crate) struct Files<'a, 'b> {
    sources: &'a mut Sources,
    load: &'a mut Load<'b>,
    map: &'a Path,
}

impl Files<'_, '_> {
    /// `path`, as a file in `of` names it, seen from where the command runs.
    fn beside(of: &Path, path: &str) -> PathBuf {
        of.parent().map_or_else(|| PathBuf::from(path), |folder| folder.join(path))
    }

    /// Reads another YAML file that the map names.
    fn tree(
        &mut self,
        path: &str,
        problems: &mut Diagnostics,
    ) -> Result<Option<(PathBuf, SourceId, yaml::Node)>, UnreadableFile> {
        let path = Self::beside(self.map, path);
        let bytes = (self.load)(&path)
            .map_err(|source| UnreadableFile { path: path.clone(), source })?;
        let tree = tree::parse(&path, &bytes, self.sources, problems);
        Ok(tree.map(|(source, root)| (path, source, root)))
    }
}
