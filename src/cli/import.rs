//! `touchmap import`.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use crate::{
    diag::{Diagnostic, Diagnostics, Sources},
    exchange::{self, ImportFormat, Imported, Outline},
    graph::{self, JourneyGraph},
    map,
};

use super::{
    failure::{Failure, Outcome},
    input::cannot_read,
    output::Target,
    selection::usage,
    terminal::{counted, plural, rendered, say},
};

/// Make a map of a diagram or table of another program.
///
/// The map is written even if it has errors, such as a loop without a way out, so that they
/// can be mended; the exit code is then 2, and no other command takes it as it is.
#[derive(Args, Debug)]
pub(super) struct Import {
    /// A Mermaid `journey` or `flowchart`, a graph in DOT, or a table in CSV; `-` is standard
    /// input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What it is written in [default: what its name or its first word says].
    #[arg(long, value_name = "FORMAT")]
    format: Option<FormatName>,
    /// The wave of scores that say none.
    #[arg(long, value_name = "WAVE", default_value = "imported", value_parser = wave)]
    wave: String,
    /// Where to write the map; `-` is standard output.
    #[arg(short, long, value_name = "MAP", default_value = "-")]
    output: PathBuf,
}

/// What the file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Mermaid's user journey.
    MermaidJourney,
    /// Mermaid's flowchart.
    MermaidFlowchart,
    /// The DOT language of Graphviz.
    Dot,
    /// A table.
    Csv,
}

impl FormatName {
    fn format(self) -> ImportFormat {
        match self {
            Self::MermaidJourney => ImportFormat::MermaidJourney,
            Self::MermaidFlowchart => ImportFormat::MermaidFlowchart,
            Self::Dot => ImportFormat::Dot,
            Self::Csv => ImportFormat::Csv,
        }
    }
}

impl Import {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let standard = self.file.as_os_str() == "-";
        let path = if standard { Path::new("<stdin>") } else { self.file.as_path() };
        let shown = path.display().to_string();
        let bytes = if standard {
            beginning(io::stdin().lock())
        } else {
            fs::File::open(&self.file).and_then(beginning)
        };
        let bytes = bytes.map_err(|error| cannot_read(path, error))?;
        if bytes.len() > exchange::LARGEST {
            tell(&shown, &[exchange::too_large(&shown)], &Sources::default());
            return Err(Failure::Input);
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| usage(format!("`{shown}` is not UTF-8 text")))?;
        let format = self.format.map(FormatName::format);
        let Some(format) =
            format.or_else(|| by_name(path)).or_else(|| exchange::recognise(&text))
        else {
            return Err(usage(format!(
                "`{shown}` is in no format that is known here; `--format` names it"
            )));
        };
        let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
        let imported = Imported { path: &shown, text: &text, format, wave: &self.wave };
        let outline = exchange::import(&imported, &mut sources, &mut problems);
        tell(&shown, &problems.into_sorted(), &sources);
        let outline = outline.ok_or(Failure::Input)?;
        self.write(&outline)
    }

    fn write(&self, outline: &Outline) -> Result<Outcome, Failure> {
        let map = exchange::map_text(outline);
        let target = Target::new(&self.output);
        target.spare([self.file.as_path()])?;
        target.write(map.as_bytes())?;
        let sound = check(&self.output, &map);
        if target != Target::Standard {
            say(&format!(
                "wrote {}: {}, {}, {}",
                self.output.display(),
                plural(outline.stages.len(), "stage"),
                plural(outline.touchpoints().count(), "touchpoint"),
                plural(outline.transitions.len(), "transition"),
            ));
        }
        sound.map(|()| Outcome::Done)
    }
}

/// As much of a file as tells whether it is too large.
fn beginning(file: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(exchange::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Shows what is wrong with the map that was made, such as a loop without a way out: it was
/// so in the file, and is to be mended in the map. Errors are a failure: no other command
/// would take the map as it is.
fn check(path: &Path, text: &str) -> Result<(), Failure> {
    let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
    let read = map::read(path, text.as_bytes(), &mut sources, &mut problems, &mut |_| {
        Err(std::io::Error::other("a map that was just made names no other file"))
    });
    if let Ok(Some(journey)) = read {
        graph::check(&journey, &JourneyGraph::new(&journey), &mut problems);
    }
    let sound = !problems.has_errors();
    let problems = problems.into_sorted();
    if !problems.is_empty() {
        say("the map was written, and has problems of its own:\n");
    }
    tell(&path.display().to_string(), &problems, &sources);
    if sound { Ok(()) } else { Err(Failure::Input) }
}

fn tell(name: &str, problems: &[Diagnostic], sources: &Sources) {
    if !problems.is_empty() {
        say(rendered(problems, sources).trim_end());
        say(&format!("\n{name}: {}\n", counted(problems)));
    }
}

fn by_name(path: &Path) -> Option<ImportFormat> {
    let form = path.extension()?.to_string_lossy().to_lowercase();
    match form.as_str() {
        "dot" | "gv" => Some(ImportFormat::Dot),
        "csv" | "tsv" => Some(ImportFormat::Csv),
        _ => None,
    }
}

fn wave(text: &str) -> Result<String, String> {
    crate::model::Wave::new(text)
        .map(|it| it.as_str().to_owned())
        .ok_or_else(|| "expected the name of a wave, such as `2025`".to_owned())
}
