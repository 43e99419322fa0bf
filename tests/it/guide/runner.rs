//! Commands of a page, in its folder.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::shared::{root, text};

/// Runs commands as somebody would who follows a page.
pub(super) struct Runner {
    folder: PathBuf,
}

/// What a command printed, and how it ended.
pub(super) struct Ran {
    pub(super) output: String,
    pub(super) code: Option<i32>,
}

impl Runner {
    /// An empty folder, in which the project's journeys and the files of the guide lie.
    pub(super) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        copy(&root().join("journeys"), &folder.join("journeys"));
        copy(&root().join("docs/guide/src/files"), &folder);
        Self { folder }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs one line of a shell; both streams are one, as on a terminal.
    pub(super) fn run(&self, line: &str) -> Ran {
        if let Some(arguments) = line.strip_prefix("touchmap watch ") {
            return self.watch(arguments);
        }
        // The tests would call themselves.
        assert!(!line.contains("cargo "), "a page runs `{line}`");
        let program = Path::new(env!("CARGO_BIN_EXE_touchmap")).parent().unwrap();
        let path = env::var_os("PATH").unwrap_or_default();
        let paths = [program.to_owned()].into_iter().chain(env::split_paths(&path));
        let output = Command::new("sh")
            .args(["-c", &format!("{line} 2>&1")])
            .current_dir(&self.folder)
            .env("PATH", env::join_paths(paths).unwrap())
            .env("NO_COLOR", "1")
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap();
        Ran { output: text(&output.stdout), code: output.status.code() }
    }

    /// Runs `watch` until it shows the first report, without a browser.
    fn watch(&self, arguments: &str) -> Ran {
        let arguments = arguments.split('#').next().unwrap().split_whitespace();
        let mut child = Command::new(env!("CARGO_BIN_EXE_touchmap"))
            .arg("watch")
            .args(arguments.filter(|it| *it != "--open"))
            .args(["--port", "0"])
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let told = BufReader::new(child.stderr.take().unwrap());
        let lines: Vec<String> = told.lines().take(2).map(Result::unwrap).collect();
        child.kill().unwrap();
        child.wait().unwrap();
        let shown = lines.len() == 2
            && lines[0].starts_with("preview at http://")
            && !lines[1].contains("error");
        Ran { output: lines.join("\n"), code: Some(i32::from(!shown)) }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).unwrap();
        }
    }
}
