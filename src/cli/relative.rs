//! How one file names another.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

/// The path of `file` as seen from the folder of `base`, with `/` between its parts; the
/// whole path where there is no way from one to the other.
pub(super) fn relative(base: &Path, file: &Path) -> String {
    let folder = base.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or_else(|| Path::new(".")));
    match (folder, lasting(file)) {
        (Ok(folder), Ok(file)) => between(&folder, &file),
        _ => file.display().to_string(),
    }
}

/// The full path of a file; a link as the last part of it stays one, as it may come to mean
/// another file.
fn lasting(file: &Path) -> io::Result<PathBuf> {
    let folder = file.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or_else(|| Path::new(".")))?;
    Ok(file.file_name().map_or_else(|| folder.clone(), |name| folder.join(name)))
}

fn between(folder: &Path, file: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) =
        (folder.components().collect(), file.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return file.display().to_string();
    }
    let up = from.iter().skip(common).map(|_| "..".to_owned());
    let down = to.iter().skip(common).filter_map(|it| match it {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_from_the_folder_of_the_other() {
        let name = |folder: &str, file: &str| between(Path::new(folder), Path::new(file));
        assert_eq!(name("/a/b", "/a/b/c.csv"), "c.csv");
        assert_eq!(name("/a/b", "/a/b/c/d.csv"), "c/d.csv");
        assert_eq!(name("/a/b/x", "/a/c/d.csv"), "../../c/d.csv");
    }
}
