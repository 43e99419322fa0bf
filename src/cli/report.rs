//! `touchmap report`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    diagram::inert,
    model::{Analysis, Journey, Label, Language},
    report::{self, Paper},
};

use super::{
    failure::{Failure, Outcome},
    input::{self, Loaded},
    look::Look,
    output::Target,
    selection::{FailOn, Selection, outcome},
    terminal::{plural, say},
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
    /// Where to write it; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "report.html")]
    output: PathBuf,
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
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let Loaded { journey, analysis } = input::analysis(&self.map, &self.selection)?;
        let target = Target::new(&self.output);
        let inputs = self.selection.inputs(&self.map, &journey);
        target.spare(inputs.iter().map(PathBuf::as_path))?;
        let mut options =
            self.look.options(self.selection.language(&journey.language))?;
        options.further = self.selection.further();
        options.threads = self.selection.reading.threads();
        options.paper = match self.paper {
            PaperName::A4 => Paper::A4,
            PaperName::Slides => Paper::Slides,
        };
        let html = report::render(&journey, &analysis, &options)
            .map_err(|error| Failure::world(error, "cannot make the report"))?;
        target.write(html.as_bytes())?;
        let wrote =
            format!("wrote {} ({} KB)", self.output.display(), html.len().div_ceil(1024));
        say(&format!("{wrote}: {}", main_findings(&journey, &analysis)));
        Ok(outcome(self.fail_on, &analysis))
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
