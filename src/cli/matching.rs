//! `touchmap match`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use crate::{
    diag::{Diagnostics, Sources},
    map::{self, Addition, Grafted, Line, SurveyPlace},
    model::{Journey, Matching, Placing, PlacingStatus, ResponseFile},
    survey::{MatchOptions, NOWHERE, propose},
};

use super::{
    expand::expand,
    failure::{Failure, Outcome},
    input::{self, cannot_read, telling},
    match_table::{match_table, summary},
    output::{Target, json},
    reading::{absent, named, opened, planned_files, unread},
    relative::relative,
    selection::usage,
    terminal::{print, say, tell, width},
};

/// Propose which column of the responses is which touchpoint, wave, weight and so on.
///
/// Headers are compared with the ids, names and codes of the map, and the first 2,000 rows of
/// each file are looked at: scale, codes, ids, dates, groups. Nothing is taken over unless
/// `--write` is given; it puts what is sure into the section `survey` of the map, and what is
/// less sure as a comment, and leaves every other byte of the map as it was.
///
/// With `--replace`, the files take the place of those that the map reads now: a new wave from
/// another firm, or your own survey in a project of `touchmap new`. Scale, codes and the order
/// of groups stay as the map says; only names of columns change.
///
/// Confidence goes from 0 to 1 and is a measure to sort by, not a probability: likeness of
/// the names × (0.4 + 0.6 × share of the cells that fit).
#[derive(Args, Debug)]
pub(super) struct Match {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    /// Files with responses: files, folders, patterns, or `-` for standard input [default:
    /// those the map names].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Put what was found into the map.
    #[arg(long, conflicts_with_all = ["format", "output"])]
    write: bool,
    /// Put these files in the place of those that the map reads now, and their columns in the
    /// place of those that they do not have.
    #[arg(long, requires = "files")]
    replace: bool,
    /// From this confidence on, what is found counts as sure.
    #[arg(long, value_name = "0–1", default_value_t = 0.6, value_parser = share)]
    min_confidence: f64,
    /// How to show what was found.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// Where to write it; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// How to show what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: each column with its confidence and the reasons.
    Table,
    /// The section `survey`, to be pasted into a map.
    Yaml,
    /// Everything, for programs.
    Json,
}

/// The text that holds the section `survey`.
struct Section {
    /// Its file.
    path: PathBuf,
    text: String,
    /// The name of the section in it; `None` where the whole file is the section.
    name: Option<&'static str>,
}

impl Match {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        if self.write && self.map.as_os_str() == "-" {
            return Err(usage("`--write` needs a map in a file"));
        }
        let target = Target::new(&self.output);
        let (section, matching) = telling(&self.map, |sources, problems| {
            // Once: it may come from standard input, and what is added is added to this.
            let bytes = input::map_bytes(&self.map)?;
            let journey = input::journey_in(&self.map, &bytes, sources, problems)?;
            let Some(journey) = journey else { return Ok(None) };
            let Some(files) = self.files(&journey, problems)? else { return Ok(None) };
            let inputs = files.iter().map(|it| it.path.as_path());
            target.spare(inputs.chain([self.map.as_path()]))?;
            let section = self.section(bytes)?;
            let matching = self.matching(&journey, &files, &section, problems)?;
            Ok(matching.map(|it| (section, it)))
        })?;
        let lines = map::survey_lines(&matching, &|path| beside(&section.path, path));
        if self.write {
            print(&match_table(&matching, width()))?;
            self.put(&section, &lines)?;
            tell(&summary(&matching));
            if !self.replace && beside_others(&matching) {
                tell(BESIDE);
            }
            tell(&self.after_writing(&lines));
            return Ok(Outcome::Done);
        }
        target.write(&match self.format {
            Format::Table => {
                let width = if self.output.as_os_str() == "-" { width() } else { None };
                match_table(&matching, width).into_bytes()
            }
            Format::Yaml => map::as_text("survey", &lines).into_bytes(),
            Format::Json => json(&matching)?,
        })?;
        tell(&summary(&matching));
        if self.format == Format::Table && !lines.is_empty() {
            tell("next: the same with `--write` puts what is sure into the map");
        }
        if !self.replace && beside_others(&matching) {
            tell(BESIDE);
        }
        Ok(Outcome::Done)
    }

    /// What to do when the map has what was found.
    fn after_writing(&self, lines: &[Line]) -> String {
        let check = format!("touchmap check {}", self.map.display());
        match perhaps(lines) {
            0 => format!("next: {check}"),
            1 => format!(
                "next: in `survey:`, take the `#` away from the line that is perhaps right, or \
                 the line itself; then {check}"
            ),
            count => format!(
                "next: in `survey:`, take the `#` away from those of the {count} lines that are \
                 right; then {check}"
            ),
        }
    }

    /// The files to look at: those that are named, as the map says if it names them, too.
    fn files(
        &self,
        journey: &Journey,
        problems: &mut Diagnostics,
    ) -> Result<Option<Vec<ResponseFile>>, Failure> {
        let planned = planned_files(journey);
        if self.files.is_empty() {
            if planned.is_empty() {
                return Err(usage(
                    "the map names no file of responses: give one, as in `touchmap match \
                     MAP FILE`",
                ));
            }
            return expand(planned, problems);
        }
        let given = self.files.iter().map(|path| named(path)).collect();
        let Some(given) = expand(given, problems)? else { return Ok(None) };
        // A file of the map that is not there is nobody's concern here.
        let planned = expand(planned, &mut Diagnostics::default())?.unwrap_or_default();
        let files = given.into_iter().flat_map(|file| {
            let own: Vec<_> = planned
                .iter()
                .filter(|it| same_file(&it.path, &file.path))
                .cloned()
                .collect();
            if own.is_empty() { vec![file] } else { own }
        });
        Ok(Some(files.collect()))
    }

    /// The section of the map that has these bytes. Paths in one from standard input count
    /// from where the command runs, as do those beside a file called `-`.
    fn section(&self, bytes: Vec<u8>) -> Result<Section, Failure> {
        let path = &self.map;
        let text = String::from_utf8(bytes)
            .map_err(|_| usage(format!("`{}` is not UTF-8 text", path.display())))?;
        match map::survey_place(&text) {
            Some(SurveyPlace::File(name)) => {
                let path = path.with_file_name(&name);
                Ok(Section { text: text_of(&path)?, path, name: None })
            }
            _ => Ok(Section { path: path.clone(), text, name: Some("survey") }),
        }
    }

    fn matching(
        &self,
        journey: &Journey,
        files: &[ResponseFile],
        section: &Section,
        problems: &mut Diagnostics,
    ) -> Result<Option<Matching>, Failure> {
        let keys = map::survey_keys(&section.text, section.name);
        let options = MatchOptions {
            min_confidence: self.min_confidence,
            declared_keys: keys.into_iter().collect::<BTreeSet<_>>(),
            replace: self.replace,
        };
        let names: Vec<_> =
            files.iter().map(|it| it.path.display().to_string()).collect();
        absent(files)?;
        propose(journey, opened(files, &names), &options, problems).map_err(unread)
    }

    /// Puts the lines into the map, if nothing but they would change, and it would be read as
    /// well as before.
    fn put(&self, section: &Section, lines: &[Line]) -> Result<(), Failure> {
        let path = &section.path;
        let shown = path.display();
        let by_hand = "`--format yaml` prints what to put in by hand";
        let left = |why| usage(format!("`{shown}` was left as it is: {why}; {by_hand}"));
        let (base, lines) = if self.replace {
            map::repoint(&section.text, section.name, lines).map_err(left)?
        } else {
            (section.text.clone(), lines.to_vec())
        };
        let Grafted { text, skipped } =
            map::graft(&base, section.name, &lines).map_err(left)?;
        let text = text.or_else(|| (base != section.text).then_some(base));
        for key in skipped {
            say(&format!("`{key}` has a value that cannot be added to: {by_hand}"));
        }
        let Some(text) = text else {
            tell(&format!("{shown}: nothing to add"));
            return Ok(());
        };
        self.read_again(path, &text)?;
        if text_of(path)? != section.text {
            return Err(usage(format!(
                "`{shown}` was changed meanwhile: run this again"
            )));
        }
        // A link stays one.
        let file = fs::canonicalize(path).map_err(|error| cannot_read(path, error))?;
        Target::File(file).write(text.as_bytes())?;
        tell(&format!("wrote {shown}"));
        Ok(())
    }

    /// Reads the map as it would be.
    fn read_again(&self, changed: &Path, text: &str) -> Result<(), Failure> {
        let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
        let mut load = |path: &Path| {
            if same_file(path, changed) {
                Ok(text.as_bytes().to_vec())
            } else {
                fs::read(path)
            }
        };
        let map = load(&self.map).map_err(|error| cannot_read(&self.map, error))?;
        let read = map::read(&self.map, &map, &mut sources, &mut problems, &mut load)
            .map_err(|error| cannot_read(&error.path, error.source))?;
        if read.is_some() {
            return Ok(());
        }
        say(super::terminal::rendered(&problems.into_sorted(), &sources).trim_end());
        let shown = changed.display();
        Err(usage(format!(
            "`{shown}` was left as it is: with what was found, it would be so"
        )))
    }
}

/// What a new file beside those of the map may have been meant for.
const BESIDE: &str = "the map reads other files, too, whose columns have other names: with `--replace`, these \
     take their place";

/// Whether new files lack columns that the map names: they may be meant to take the place of
/// the files that have them.
fn beside_others(matching: &Matching) -> bool {
    let unheard = |it: &Placing| {
        it.status == PlacingStatus::Declared && it.reasons.iter().any(|it| it == NOWHERE)
    };
    matching.files.iter().all(|it| !it.declared) && matching.placings.iter().any(unheard)
}

/// How many lines are comments.
fn perhaps(lines: &[Line]) -> usize {
    let of = |line: &Line| match line {
        Line::Perhaps(..) => 1,
        Line::Entry(_, Addition::Block(lines)) => perhaps(lines),
        Line::Entry(..) => 0,
    };
    lines.iter().map(of).sum()
}

fn text_of(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| cannot_read(path, error))
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b))
}

/// How the map at `base` names the file at `path`; standard input has no name there.
fn beside(base: &Path, path: &str) -> Option<String> {
    (path != "-").then(|| relative(base, Path::new(path)))
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}
