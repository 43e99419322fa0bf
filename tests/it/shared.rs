//! What several test files need: the binary, and the reference data beside the project.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The binary, in `folder`, without colours.
pub(crate) fn touchmap(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_touchmap"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("the binary runs")
}

/// Text of a stream.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

/// A file of the reference data beside the project; `None`, said loudly, when it is absent.
pub(crate) fn reference(path: &str) -> Option<PathBuf> {
    let path = root().parent()?.join("shared").join(path);
    if path.exists() {
        return Some(path);
    }
    eprintln!("\n*** SKIPPED: no reference data at {} ***\n", path.display());
    None
}
