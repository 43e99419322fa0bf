//! Folders and patterns among the files of responses → the files that they stand for.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    diag::{Code, Diagnostic, Diagnostics, Span},
    model::ResponseFile,
};

use super::{failure::Failure, input::cannot_read};

/// Endings of files that are read out of a folder, before or after [`PACKED`] ones.
const READ: &[&str] = &[
    "csv",
    "tsv",
    "tab",
    "txt",
    "jsonl",
    "ndjson",
    "xlsx",
    "xls",
    "ods",
    #[cfg(feature = "parquet")]
    "parquet",
];
/// Endings of packed files.
const PACKED: [&str; 3] = ["gz", "zst", "zstd"];

/// `files`, with each folder and pattern replaced by its files, in the order of their names.
/// What one of them is read otherwise holds for all. A file that is named by itself, too, is
/// read as said there, and once. None in a folder or for a pattern is a problem, and there
/// is no list then.
pub(super) fn expand(
    files: Vec<ResponseFile>,
    problems: &mut Diagnostics,
) -> Result<Option<Vec<ResponseFile>>, Failure> {
    let mut taken: BTreeSet<PathBuf> =
        files.iter().filter(|it| !is_many(&it.path)).map(|it| it.path.clone()).collect();
    let (mut expanded, mut all_found) = (Vec::new(), true);
    for file in files {
        if !is_many(&file.path) {
            expanded.push(file);
            continue;
        }
        let found =
            if file.path.is_dir() { in_folder(&file.path) } else { matching(&file.path) };
        let found = found.map_err(|error| cannot_read(&file.path, error))?;
        if found.is_empty() {
            problems.push(nothing(&file));
            all_found = false;
        }
        for path in found {
            if taken.insert(path.clone()) {
                expanded.push(ResponseFile { path, ..file.clone() });
            }
        }
    }
    for (file, first) in twice(&expanded) {
        problems.push(named_twice(&file.path, file.span, &first.path));
        all_found = false;
    }
    Ok(all_found.then_some(expanded))
}

/// Files that were named before by whatever path, each with the first of them. The sheets of a
/// workbook are files of their own; so is a file that holds several waves in columns of their
/// own, for each wave that it is named for.
fn twice(files: &[ResponseFile]) -> Vec<(&ResponseFile, &ResponseFile)> {
    let mut seen: BTreeMap<(PathBuf, Option<&str>, Option<&str>), &ResponseFile> =
        BTreeMap::new();
    let mut again = Vec::new();
    for file in files {
        // What is not there is said where it is opened.
        let Ok(path) = fs::canonicalize(&file.path) else { continue };
        match seen.entry((path, file.sheet.as_deref(), file.wave.as_deref())) {
            Entry::Occupied(first) => again.push((file, *first.get())),
            Entry::Vacant(place) => {
                place.insert(file);
            }
        }
    }
    again
}

/// That `path` was named before, as `first`.
pub(super) fn named_twice(path: &Path, span: Option<Span>, first: &Path) -> Diagnostic {
    let mut message = format!("`{}` is named twice", path.display());
    if path != first {
        message =
            format!("`{}` is the same file as `{}`", path.display(), first.display());
    }
    Diagnostic::error(Code::NAMED_TWICE, span, message)
        .note("its respondents would count twice")
}

/// Whether a path stands for several files. What exists is what it is, whatever its name.
fn is_many(path: &Path) -> bool {
    path.is_dir() || (!path.exists() && path.to_string_lossy().contains(['*', '?', '[']))
}

fn in_folder(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() && !is_hidden(&path) && is_read(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn matching(pattern: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = glob::glob(&pattern.to_string_lossy())
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    let mut found = Vec::new();
    for path in paths {
        let path = path.map_err(io::Error::from)?;
        if path.is_file() && !is_hidden(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Files that programs keep for themselves, such as the locks of open workbooks.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.starts_with("~$")
}

fn is_read(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let Some((stem, last)) = name.rsplit_once('.') else { return false };
    let ending = match stem.rsplit_once('.') {
        Some((_, inner)) if PACKED.contains(&last) => inner,
        _ => last,
    };
    READ.contains(&ending)
}

fn nothing(file: &ResponseFile) -> Diagnostic {
    let path = file.path.display();
    if file.path.is_dir() {
        let endings: Vec<_> = READ.iter().map(|it| format!("`.{it}`")).collect();
        let problem = Diagnostic::error(
            Code::NO_SUCH_FILE,
            file.span,
            format!("the folder `{path}` has no file of responses"),
        );
        let problem =
            problem.note(format!("looked for {}, packed or not", endings.join(", ")));
        if !has_unread(&file.path) {
            return problem;
        }
        problem.hint(
            "it has Parquet files: a build with `cargo install --path . --features parquet` \
             reads them",
        )
    } else {
        Diagnostic::error(
            Code::NO_SUCH_FILE,
            file.span,
            format!("no file matches `{path}`"),
        )
    }
}

/// Whether a folder has files that only a build with more features reads.
fn has_unread(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_columnar = |path: PathBuf| path.extension().is_some_and(|it| it == "parquet");
    !cfg!(feature = "parquet") && entries.any(|it| is_columnar(it.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_give_what_is_read_and_leave_the_rest() {
        for name in ["a.csv", "A.CSV", "a.csv.gz", "b.jsonl.zst", "数据.xlsx", "c.ods"]
        {
            assert!(is_read(Path::new(name)), "{name}");
        }
        for name in ["README.md", "a.tally", "a.gz", "csv", "journey.yaml"] {
            assert!(!is_read(Path::new(name)), "{name}");
        }
        assert_eq!(is_read(Path::new("a.parquet")), cfg!(feature = "parquet"));
        assert!(is_hidden(Path::new("x/~$a.xlsx")) && is_hidden(Path::new("x/.a.csv")));
    }
}
