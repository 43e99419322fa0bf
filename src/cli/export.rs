//! `touchmap export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    exchange::{ExportFormat, Outline, export},
    model::{Journey, Text},
};

use super::{
    failure::{Failure, Outcome},
    input,
    output::Target,
    reading::planned_files,
    selection::Selection,
    terminal::{say, tell},
};

/// Write a map, with its scores, in the format of another program.
#[derive(Args, Debug)]
pub(super) struct Export {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    #[command(flatten)]
    selection: Selection,
    /// The format to write.
    #[arg(long, value_name = "FORMAT")]
    format: FormatName,
    /// Leave the responses alone: only the scores that the map itself gives.
    #[arg(long)]
    map_only: bool,
    /// Where to write it; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// The format to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Mermaid's user journey.
    MermaidJourney,
    /// Mermaid's flowchart.
    MermaidFlowchart,
    /// The DOT language of Graphviz.
    Dot,
    /// The XML of graph tools.
    Graphml,
    /// A map in JSON, which touchmap reads as well.
    Json,
    /// A table.
    Csv,
}

impl FormatName {
    fn format(self) -> ExportFormat {
        match self {
            Self::MermaidJourney => ExportFormat::MermaidJourney,
            Self::MermaidFlowchart => ExportFormat::MermaidFlowchart,
            Self::Dot => ExportFormat::Dot,
            Self::Graphml => ExportFormat::GraphMl,
            Self::Json => ExportFormat::Json,
            Self::Csv => ExportFormat::Csv,
        }
    }
}

impl Export {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let (journey, outline) = self.outline()?;
        let language = self.selection.language(&journey.language);
        let text = export(&outline, self.format.format(), &language);
        let target = Target::new(&self.output);
        let inputs = self.selection.inputs(&self.map, &journey);
        target.spare(inputs.iter().map(PathBuf::as_path))?;
        target.write(text.as_bytes())?;
        let lost = lost(&journey, &outline, self.format);
        if !lost.is_empty() {
            say(&format!("not carried over: {}", lost.join(", ")));
        }
        if target != Target::Standard {
            tell(&format!("wrote {}", self.output.display()));
        }
        Ok(Outcome::Done)
    }

    /// The outline, with scores where there are some and they are wanted.
    fn outline(&self) -> Result<(Journey, Outline), Failure> {
        let (journey, analysis) =
            input::analysis_where(&self.map, &self.selection, |it| {
                self.wants_scores(it)
            })?;
        let outline = Outline::of(&journey, analysis.as_ref());
        Ok((journey, outline))
    }

    fn wants_scores(&self, journey: &Journey) -> bool {
        let earlier = self.selection.from_analysis.is_some();
        let rows =
            !planned_files(journey).is_empty() || self.selection.reading.is_given();
        !self.map_only && (earlier || rows)
    }
}

/// What of the map the format has no place for.
fn lost(journey: &Journey, outline: &Outline, format: FormatName) -> Vec<&'static str> {
    let mut lost = Vec::new();
    let mut add = |has: bool, what: &'static str| lost.extend(has.then_some(what));
    add(journey.survey.is_some(), "how to read the responses");
    add(!journey.benchmarks.is_empty(), "benchmarks");
    add(!journey.actions.is_empty(), "actions");
    add(journey.rules != crate::model::Rules::default(), "rules");
    add(
        journey.persona.as_ref().is_some_and(|it| it.goal.is_some()),
        "the goal of the persona",
    );
    if format != FormatName::Json {
        let several = |text: &Text| text.all().count() > 1;
        add(texts(journey).any(several), "names in other languages");
    }
    if format == FormatName::Graphml {
        let lanes =
            |it: &crate::model::Touchpoint| it.action.is_some() || it.backstage.is_some();
        add(journey.touchpoints.iter().any(lanes), "actions of customers and backstage");
        let earlier = outline.touchpoints().any(|it| it.scores.len() > 1);
        add(earlier, "scores of earlier waves");
    }
    lost
}

fn texts(journey: &Journey) -> impl Iterator<Item = &Text> {
    let touchpoints = journey.touchpoints.iter();
    let stages = journey.stages.iter().map(|it| &it.name);
    std::iter::once(&journey.name).chain(stages).chain(touchpoints.map(|it| &it.name))
}
