//! Output files: written whole or not at all.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{failure::Failure, selection::usage, terminal::print_raw};

/// Where results go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Standard output, written as `-`.
    Standard,
    /// A file.
    File(PathBuf),
}

impl Target {
    /// `-` is standard output.
    pub(super) fn new(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Standard } else { Self::File(path.to_owned()) }
    }

    /// Refuses to write over what the same run reads.
    pub(super) fn spare<'a>(
        &self,
        inputs: impl IntoIterator<Item = &'a Path>,
    ) -> Result<(), Failure> {
        let Self::File(path) = self else { return Ok(()) };
        // What is not there yet is nobody's input.
        let Ok(own) = fs::canonicalize(path) else { return Ok(()) };
        let is_own = |it: &&Path| fs::canonicalize(it).is_ok_and(|it| it == own);
        match inputs.into_iter().find(is_own) {
            Some(_) => Err(usage(format!(
                "`{}` is an input of this run and would be overwritten: name another file",
                path.display()
            ))),
            None => Ok(()),
        }
    }

    /// Writes `bytes` there.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Standard => print_raw(bytes),
            Self::File(path) => write_whole(path, bytes),
        }
    }
}

/// What other programs read: JSON that people can read, too.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(value)
        .map_err(|error| Failure::world(error, "cannot write JSON"))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Gives `part` the permissions of the file it replaces, if there is one.
fn keep_permissions(path: &Path, part: &Path) -> io::Result<()> {
    fs::metadata(path).map_or(Ok(()), |it| fs::set_permissions(part, it.permissions()))
}

/// Writes beside the file and renames, so that a reader never sees half of it and a failure
/// leaves the old one.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot = |what: &'static str| {
        let path = path.display().to_string();
        move |error| Failure::world(error, format!("{what} `{path}`"))
    };
    // A device, such as /dev/null, cannot be replaced.
    let special = fs::metadata(path).is_ok_and(|meta| !meta.is_file());
    if special {
        return fs::write(path, bytes).map_err(cannot("cannot write"));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::write(&part, bytes)
        .and_then(|()| keep_permissions(path, &part))
        .and_then(|()| fs::rename(&part, path));
    written.inspect_err(|_| drop(fs::remove_file(&part))).map_err(cannot("cannot write"))
}
