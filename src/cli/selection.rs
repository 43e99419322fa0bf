//! Flags that `score`, `report`, `draw` and `explain` share: which responses, which wave.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    diag::nearest,
    model::{Analysis, Journey, Label, Language, Severity},
};

use super::{
    failure::{Failure, Outcome},
    reading::Reading,
};

/// What to score.
#[derive(Args, Debug, Default)]
pub(super) struct Selection {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// The wave to report [default: the last].
    #[arg(add = clap_complete::ArgValueCompleter::new(super::candidates::waves), long, value_name = "WAVE")]
    pub(super) wave: Option<String>,
    /// The wave to compare with [default: the one before].
    #[arg(add = clap_complete::ArgValueCompleter::new(super::candidates::waves), long, value_name = "WAVE")]
    pub(super) baseline: Option<String>,
    /// Of the groups of customers, only those of this segment: `city` shows the cities.
    #[arg(add = clap_complete::ArgValueCompleter::new(super::candidates::segment_names), long, value_name = "SEGMENT")]
    pub(super) by: Option<String>,
    /// Points a touchpoint should reach, instead of the map's `rules.target`.
    #[arg(long, value_name = "POINTS", value_parser = points)]
    pub(super) target: Option<f64>,
    /// Languages of the text, such as `zh-Hans,en` [default: the map's]. A report carries all
    /// of them, with a switch; elsewhere the first is used.
    #[arg(long, value_name = "L", value_delimiter = ',', value_parser = language)]
    pub(super) language: Vec<Language>,
    /// Start from an earlier `score --format json`, instead of reading responses.
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "responses", "wave", "baseline", "restriction", "unweighted", "target", "lenient",
        "from_tally",
    ])]
    pub(super) from_analysis: Option<PathBuf>,
}

/// From which finding on the exit code is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Any pain point.
    #[value(name = "pain_point")]
    PainPoint,
    /// A serious or critical pain point.
    Serious,
    /// A critical pain point.
    Critical,
}

/// From which problem on the exit code is 1; errors end with 2 in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOnWarning {
    /// Any warning that is not silenced.
    Warning,
}

/// How the run ends, given what it should fail on.
pub(super) fn outcome(fail_on: Option<FailOn>, analysis: &Analysis) -> Outcome {
    let Some(fail_on) = fail_on else { return Outcome::Done };
    let least = match fail_on {
        FailOn::PainPoint => Severity::Mild,
        FailOn::Serious => Severity::Serious,
        FailOn::Critical => Severity::Critical,
    };
    let reached = analysis.touchpoints.iter().any(|it| {
        let severity = it.pain.as_ref().and_then(|pain| pain.severity);
        it.labels.contains(&Label::PainPoint) && severity >= Some(least)
    });
    if reached { Outcome::Found } else { Outcome::Done }
}

impl Selection {
    /// Every file that a command with these flags reads for `map`.
    pub(super) fn inputs(&self, map: &Path, journey: &Journey) -> Vec<PathBuf> {
        let mut inputs = self.reading.inputs(journey);
        inputs.extend(self.from_analysis.clone());
        inputs.push(map.to_owned());
        inputs
    }

    /// Leaves the groups of one segment, if one was asked for.
    pub(super) fn keep_groups(&self, analysis: &mut Analysis) -> Result<(), Failure> {
        let Some(by) = &self.by else { return Ok(()) };
        let known = || analysis.segment_sizes.iter().map(|it| it.segment.as_str());
        if !known().any(|it| it == by) {
            let hint = nearest(by, known());
            let hint =
                hint.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
            return Err(usage(format!("the survey has no segment `{by}`{hint}")));
        }
        analysis.segment_sizes.retain(|it| it.segment == *by);
        analysis.segments.retain(|it| it.segment == *by);
        analysis.causes.retain(|it| it.segment.as_ref().is_none_or(|it| it == by));
        Ok(())
    }

    /// The language of the text, the map's own being `own`.
    pub(super) fn language(&self, own: &Language) -> Language {
        self.language.first().unwrap_or(own).clone()
    }

    /// The languages after the first, each once.
    pub(super) fn further(&self) -> Vec<Language> {
        let mut further: Vec<Language> = Vec::new();
        for language in self.language.iter().skip(1) {
            if self.language.first() != Some(language) && !further.contains(language) {
                further.push(language.clone());
            }
        }
        further
    }
}

fn points(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(points) if (0.0..=100.0).contains(&points) => Ok(points),
        _ => Err("expected a number from 0 to 100".to_owned()),
    }
}

pub(super) fn language(text: &str) -> Result<Language, String> {
    Language::new(text)
        .ok_or_else(|| "expected a tag such as `en` or `zh-Hans`".to_owned())
}

/// A flag combination that makes no sense.
pub(super) fn usage(message: impl Into<String>) -> Failure {
    Failure::Usage(message.into())
}
