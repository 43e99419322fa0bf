//! Fingerprints of files: whether anything that a report is made of has changed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use xxhash_rust::xxh3::xxh3_64;

use crate::diag::Diagnostics;

use super::super::{expand::expand, reading::named};

/// Up to this size a file is known by what it holds; two saves in one tick of the clock differ.
const READ_WHOLE: u64 = 16 << 20;

/// What a file looked like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Print {
    Absent,
    /// Hash of what it holds.
    Small(u64),
    /// Size and time of the last change.
    Large(u64, Option<SystemTime>),
}

/// What all files looked like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prints(BTreeMap<PathBuf, Print>);

impl Prints {
    /// Of these files, folders and patterns, as they are now.
    pub(super) fn of(paths: &[PathBuf]) -> Self {
        let mut prints = BTreeMap::new();
        for path in paths {
            // One at a time: a pattern without a file must not hide the others.
            let files = expand(vec![named(path)], &mut Diagnostics::default());
            let files = files.ok().flatten().unwrap_or_else(|| vec![named(path)]);
            prints.extend(files.into_iter().map(|it| {
                let print = print(&it.path);
                (it.path, print)
            }));
        }
        Self(prints)
    }

    /// The folders that the files lie in, and those that are given.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.0.keys().filter_map(|path| {
            let folder = path.parent()?;
            Some(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
        })
    }
}

fn print(path: &Path) -> Print {
    let Ok(meta) = fs::metadata(path) else { return Print::Absent };
    if meta.len() > READ_WHOLE || !meta.is_file() {
        return Print::Large(meta.len(), meta.modified().ok());
    }
    fs::read(path).map_or(Print::Absent, |bytes| Print::Small(xxh3_64(&bytes)))
}
