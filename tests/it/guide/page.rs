//! One page, run from top to bottom.

use std::{fs, path::Path};

use super::{
    block::{Block, Kind, blocks},
    runner::Runner,
    updating,
};
use crate::shared::root;

/// A page that is being run.
struct Page<'a> {
    path: &'a Path,
    runner: Runner,
    faults: Vec<String>,
    /// Outputs that are to be recorded: as they stand there, and as they are.
    stale: Vec<(String, String)>,
}

/// What is wrong with a page.
pub(super) fn run_page(path: &Path) -> Vec<String> {
    let shown = path.strip_prefix(root()).unwrap().to_str().unwrap();
    let text = fs::read_to_string(path).unwrap();
    let runner = Runner::new(&shown.replace('/', "-"));
    let mut page = Page { path, runner, faults: Vec::new(), stale: Vec::new() };
    for block in blocks(&text) {
        if let Err(fault) = page.block(&block) {
            page.faults.push(format!("{shown}:{}: {fault}", block.line));
        }
    }
    if !page.stale.is_empty() {
        let new =
            page.stale.iter().fold(text, |text, (old, new)| text.replacen(old, new, 1));
        fs::write(path, new).unwrap();
    }
    page.faults
}

impl Page<'_> {
    fn block(&mut self, block: &Block) -> Result<(), String> {
        let remark =
            block.remark.as_ref().map(|(word, rest)| (word.as_str(), rest.as_str()));
        match (&block.kind, remark) {
            (_, Some(("elsewhere", path))) => self.elsewhere(path),
            (Kind::Code(_), Some(("file", path))) => self.file(path, &block.text),
            (Kind::Code(language), Some(("added to", path))) if language == "yaml" => {
                self.added(path, &block.text)
            }
            (Kind::Code(language), Some(("change", path))) if language == "diff" => {
                self.changed(path, &block.text)
            }
            (Kind::Code(language), None) if language == "sh" => self.sh(&block.text),
            (Kind::Code(language), None) if language == "console" => {
                self.console(&block.text, 0)
            }
            (Kind::Code(language), Some(("exit", code))) if language == "console" => {
                self.console(&block.text, code.parse().unwrap())
            }
            (Kind::Picture(path), Some(("made by", command))) => {
                self.picture(path, command)
            }
            // Taken from a screen.
            (Kind::Picture(path), None)
                if Path::new(path).extension().is_some_and(|it| it == "png") =>
            {
                let there = self.path.parent().unwrap().join(path).exists();
                there.then_some(()).ok_or(format!("{path} is not there"))
            }
            (kind, remark) => Err(format!("nothing runs this: {kind:?}, {remark:?}")),
        }
    }

    /// Something that another test runs.
    fn elsewhere(&self, path: &str) -> Result<(), String> {
        let text = fs::read_to_string(root().join(path)).map_err(|it| it.to_string())?;
        let name = self.path.file_name().unwrap().to_str().unwrap();
        text.contains(name).then_some(()).ok_or(format!("{path} does not name {name}"))
    }

    fn file(&self, path: &str, text: &str) -> Result<(), String> {
        let to = self.runner.path(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, text).unwrap();
        let commands = text
            .lines()
            .filter_map(|it| it.trim_start_matches([' ', '-']).strip_prefix("run: "));
        for command in commands.filter(|it| it.starts_with("touchmap ")) {
            self.succeeds(command)?;
        }
        Ok(())
    }

    fn added(&self, path: &str, text: &str) -> Result<(), String> {
        let to = self.runner.path(path);
        let map = fs::read_to_string(&to).map_err(|it| format!("{path}: {it}"))?;
        fs::write(&to, format!("{map}\n{text}")).unwrap();
        // 1: it could be laid out better. Files of responses need not be there.
        let ran = self.runner.run(&format!("touchmap fmt --check {path}"));
        if matches!(ran.code, Some(0 | 1)) { Ok(()) } else { Err(ran.output) }
    }

    fn changed(&self, path: &str, text: &str) -> Result<(), String> {
        let to = self.runner.path(path);
        let map = fs::read_to_string(&to).map_err(|it| format!("{path}: {it}"))?;
        let side = |sign: char| -> String {
            let lines = text.lines().filter(|it| !it.starts_with(sign));
            lines.map(|it| format!("{}\n", it.get(1..).unwrap_or_default())).collect()
        };
        let (old, new) = (side('+'), side('-'));
        if map.matches(&old).count() != 1 {
            return Err(format!("{path} does not have once:\n{old}"));
        }
        fs::write(to, map.replace(&old, &new)).unwrap();
        Ok(())
    }

    fn sh(&self, text: &str) -> Result<(), String> {
        text.lines().filter(|it| !it.is_empty()).try_for_each(|it| self.succeeds(it))
    }

    fn succeeds(&self, line: &str) -> Result<(), String> {
        let ran = self.runner.run(line);
        if ran.code == Some(0) {
            Ok(())
        } else {
            Err(format!("`{line}`: {}", ran.output))
        }
    }

    fn console(&mut self, text: &str, code: i32) -> Result<(), String> {
        let mut printed = String::new();
        let mut wrong = None;
        for command in text.lines().filter_map(|it| it.strip_prefix("$ ")) {
            let ran = self.runner.run(command);
            printed.push_str(&format!("$ {command}\n"));
            printed.extend(ran.output.lines().map(|it| format!("{}\n", it.trim_end())));
            if ran.code != Some(code) {
                wrong = Some(format!("`{command}` ended with {:?}", ran.code));
            }
        }
        if like(&text.lines().collect::<Vec<_>>(), &printed.lines().collect::<Vec<_>>()) {
            return wrong.map_or(Ok(()), Err);
        }
        if updating() && !text.lines().any(|it| it == "…") {
            let fenced = |text: &str| format!("```console\n{text}```");
            self.stale.push((fenced(text), fenced(&printed)));
            return wrong.map_or(Ok(()), Err);
        }
        Err(format!("it prints\n{printed}"))
    }

    fn picture(&self, path: &str, command: &str) -> Result<(), String> {
        let made = self.runner.path("picture.svg");
        self.succeeds(&format!("{command} -o picture.svg"))?;
        let (shown, made) =
            (self.path.parent().unwrap().join(path), fs::read(made).unwrap());
        if updating() {
            fs::write(&shown, &made).unwrap();
        }
        let same = fs::read(&shown).is_ok_and(|it| it == made);
        same.then_some(()).ok_or(format!("{path} is not what `{command}` draws"))
    }
}

/// Whether lines are those expected, where `…` stands for any.
fn like(expected: &[&str], actual: &[&str]) -> bool {
    match expected.split_first() {
        None => actual.is_empty(),
        Some((&"…", rest)) => {
            (0..=actual.len()).any(|skip| like(rest, &actual[skip..]))
        }
        Some((first, rest)) => actual
            .split_first()
            .is_some_and(|(own, others)| own == first && like(rest, others)),
    }
}

#[test]
fn dots_stand_for_any_lines_and_nothing_else_does() {
    assert!(like(&["a", "…", "d"], &["a", "b", "c", "d"]));
    assert!(like(&["…"], &[]));
    assert!(!like(&["a", "…"], &["b"]));
    assert!(!like(&["a"], &["a", "b"]));
}
