//! Flags that `score`, `report`, `draw` and `explain` share: which responses, which wave.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::model::{Analysis, Label, Language, Severity};

use super::failure::{Failure, Outcome};

/// What to score.
#[derive(Args, Debug)]
pub(super) struct Selection {
    /// Files with responses, instead of those the map names.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) responses: Vec<PathBuf>,
    /// The wave to report [default: the last].
    #[arg(long, value_name = "WAVE")]
    pub(super) wave: Option<String>,
    /// The wave to compare with [default: the one before].
    #[arg(long, value_name = "WAVE")]
    pub(super) baseline: Option<String>,
    /// Only respondents of this segment, such as `city=成都`; may be repeated.
    #[arg(long = "where", value_name = "SEGMENT=VALUE")]
    pub(super) restriction: Vec<Restriction>,
    /// Count every respondent the same.
    #[arg(long)]
    pub(super) unweighted: bool,
    /// Points a touchpoint should reach, instead of the map's `rules.target`.
    #[arg(long, value_name = "POINTS", value_parser = points)]
    pub(super) target: Option<f64>,
    /// Read undeclared values as blank, with a warning, instead of refusing them.
    #[arg(long)]
    pub(super) lenient: bool,
    /// What to do with rows that lack the weight their wave has.
    #[arg(long, value_name = "WHAT", default_value = "refuse")]
    pub(super) missing_weight: MissingWeight,
    /// Threads to work with [default: one for each core]; the numbers are the same for any.
    #[arg(long, value_name = "N")]
    threads: Option<std::num::NonZeroUsize>,
    /// Languages of the text, such as `zh-Hans` [default: the map's].
    #[arg(long, value_name = "L", value_parser = language)]
    pub(super) language: Option<Language>,
    /// Start from an earlier `score --format json`, instead of reading responses.
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "responses", "wave", "baseline", "restriction", "unweighted", "target", "lenient",
    ])]
    pub(super) from_analysis: Option<PathBuf>,
}

/// `SEGMENT=VALUE`.
#[derive(Clone, Debug)]
pub(super) struct Restriction {
    pub(super) segment: String,
    pub(super) value: String,
}

impl std::str::FromStr for Restriction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((segment, value))
                if !segment.trim().is_empty() && !value.trim().is_empty() =>
            {
                Ok(Self {
                    segment: segment.trim().to_owned(),
                    value: value.trim().to_owned(),
                })
            }
            _ => Err("expected `segment=value`, such as `city=成都`".to_owned()),
        }
    }
}

/// What to do with rows that lack the weight their wave has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MissingWeight {
    /// An error.
    Refuse,
    /// Leave the row out.
    Drop,
    /// Weigh it 1.
    One,
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
    /// How many threads to work with.
    pub(super) fn threads(&self) -> std::num::NonZeroUsize {
        let cores = || std::thread::available_parallelism().ok();
        self.threads.or_else(cores).unwrap_or(std::num::NonZeroUsize::MIN)
    }

    /// The language of the text, the map's own being `own`.
    pub(super) fn language(&self, own: &Language) -> Language {
        self.language.clone().unwrap_or_else(|| own.clone())
    }
}

fn points(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(points) if (0.0..=100.0).contains(&points) => Ok(points),
        _ => Err("expected a number from 0 to 100".to_owned()),
    }
}

fn language(text: &str) -> Result<Language, String> {
    Language::new(text)
        .ok_or_else(|| "expected a tag such as `en` or `zh-Hans`".to_owned())
}

/// A flag combination that makes no sense.
pub(super) fn usage(message: impl Into<String>) -> Failure {
    Failure::Usage(message.into())
}
