//! `touchmap report`.

mod analyses;
mod file_names;
mod scorecards;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    diagram::inert,
    model::{Analysis, Day, Journey, Label, Language},
    report::{self, Paper, ReportOptions, Since},
};

use super::{
    diff,
    failure::{Failure, Outcome},
    input::{self, Loaded},
    look::Look,
    output::Target,
    selection::{FailOn, Selection, outcome, usage},
    terminal::{hint, plural, tell},
};

/// Write the report: one self-contained HTML file.
#[derive(Args, Debug)]
pub(super) struct Report {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    look: Look,
    /// What it is printed on.
    #[arg(long, value_name = "PAPER", default_value = "a4")]
    paper: PaperName,
    /// One report for each value of this segment, and a page that leads to them: files in the
    /// folder that `--output` names.
    #[arg(add = clap_complete::ArgValueCompleter::new(super::candidates::segment_names), long, value_name = "SEGMENT", conflicts_with_all = ["from_analysis", "from_tally"])]
    split: Option<String>,
    /// What the report is compared with: the map of an earlier one, its analysis (`score --format
    /// json`, a file that ends in `.json`), or both, each with a flag of its own.
    #[arg(long, value_name = "FILE", conflicts_with = "split")]
    since: Vec<PathBuf>,
    /// Quote no comments, not even without personal data.
    #[arg(long)]
    no_quotes: bool,
    /// The day that counts as today: actions that were due before it and are not done are
    /// marked as overdue.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
    /// Where to write it; `-` is standard output [default: report.html, with `--split` the
    /// folder `scorecards`].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit with 1 when a finding is at least this severe.
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PaperName {
    /// Sheets of A4, sideways.
    A4,
    /// Slides of 16 by 9.
    Slides,
}

impl Report {
    pub(super) fn run(mut self) -> Result<Outcome, Failure> {
        if !self.no_quotes {
            self.selection.reading.keep_quotes();
        }
        if let Some(segment) = &self.split {
            return scorecards::write(&self, segment);
        }
        let output = self.output.clone().unwrap_or_else(|| PathBuf::from("report.html"));
        let Loaded { journey, mut analysis } =
            input::analysis(&self.map, &self.selection)?;
        if self.no_quotes {
            // An earlier analysis may hold some.
            analysis.quotes.clear();
        }
        let target = Target::new(&output);
        let inputs = self.selection.inputs(&self.map, &journey);
        let since = self.since.iter().map(PathBuf::as_path);
        target.spare(inputs.iter().map(PathBuf::as_path).chain(since))?;
        let mut options = self.options(&journey)?;
        options.since = self.earlier()?;
        let html = report::render(&journey, &analysis, &options)
            .map_err(|error| Failure::world(error, "cannot make the report"))?;
        target.write(html.as_bytes())?;
        let wrote =
            format!("wrote {} ({} KB)", output.display(), html.len().div_ceil(1024));
        tell(&format!("{wrote}: {}", main_findings(&journey, &analysis)));
        if target != Target::Standard {
            self.hint(&output, &analysis);
        }
        Ok(outcome(self.fail_on, &analysis))
    }
}

impl Report {
    /// The report before, as far as `--since` names it.
    fn earlier(&self) -> Result<Option<Since>, Failure> {
        // The report names the file, not where it lies on this machine.
        let name = |path: &PathBuf| {
            path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
        };
        let names: Vec<String> = self.since.iter().map(name).collect();
        let mut since = Since { name: names.join(", "), journey: None, analysis: None };
        for path in &self.since {
            if diff::is_analysis(path) {
                let analysis = input::read_analysis(path)?;
                if since.analysis.replace(analysis).is_some() {
                    return Err(usage("`--since` names two analyses"));
                }
            } else {
                let journey = input::telling(path, |sources, problems| {
                    input::journey(path, sources, problems)
                })?;
                if since.journey.replace(journey).is_some() {
                    return Err(usage("`--since` names two maps"));
                }
            }
        }
        Ok((!self.since.is_empty()).then_some(since))
    }

    /// How it is to look.
    fn options(&self, journey: &Journey) -> Result<ReportOptions, Failure> {
        let mut options =
            self.look.options(self.selection.language(&journey.language))?;
        options.further = self.selection.further();
        options.as_of = self.as_of;
        options.threads = self.selection.reading.threads();
        options.paper = match self.paper {
            PaperName::A4 => Paper::A4,
            PaperName::Slides => Paper::Slides,
        };
        Ok(options)
    }

    fn hint(&self, output: &Path, analysis: &Analysis) {
        let (file, map) = (output.display(), self.map.display());
        let flagged = analysis.touchpoints.iter().find(|it| !it.labels.is_empty());
        let why = flagged.map(|it| {
            let code = &it.code;
            format!("; `touchmap explain {code} --map {map}` tells why {code} is flagged")
        });
        hint(&format!("open {file} in a browser{}", why.unwrap_or_default()));
    }
}

/// The overall score, the pain points and the moments of truth, in a line.
fn main_findings(journey: &Journey, analysis: &Analysis) -> String {
    let mut parts = Vec::new();
    if let (Some(points), Some([low, high])) =
        (analysis.overall.points, analysis.overall.points_ci)
    {
        parts.push(format!("overall {points:.1} points ({low:.1}–{high:.1})"));
    }
    parts.push(labelled(journey, analysis, &[Label::PainPoint], "pain point"));
    let moments =
        [Label::MomentOfTruth, Label::NicheMomentOfTruth, Label::DeclaredMomentOfTruth];
    let moments = labelled(journey, analysis, &moments, "moment of truth");
    parts.push(moments.replace("moment of truths", "moments of truth"));
    parts.join("; ")
}

/// Names in a line of the terminal.
const NAMED: usize = 8;

/// All of a few names; of many the first, and how many there are beside them.
fn some(names: &[String]) -> String {
    let rest = names.len().saturating_sub(NAMED);
    // One more name is no longer than the words that it is missing.
    if rest < 2 {
        return names.join(", ");
    }
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    format!("{} and {rest} more", first.join(", "))
}

/// `2 pain points: 4.3 Leaks & damp, 5.2 Repair completed on time`
fn labelled(
    journey: &Journey,
    analysis: &Analysis,
    labels: &[Label],
    noun: &str,
) -> String {
    let english = Language::english();
    let names: Vec<String> = journey
        .touchpoints
        .iter()
        .zip(&analysis.touchpoints)
        .filter(|(_, result)| result.labels.iter().any(|label| labels.contains(label)))
        .map(|(it, _)| format!("{} {}", it.code, inert(journey.text(&it.name, &english))))
        .collect();
    match names.len() {
        0 => format!("no {noun}"),
        count => format!("{}: {}", plural(count, noun), some(&names)),
    }
}
