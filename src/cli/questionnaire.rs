//! `touchmap questionnaire`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    diag::{Diagnostics, Sources},
    lint,
    model::{Journey, Language},
    questionnaire::{self, Questionnaire},
};

use super::{
    failure::{Failure, Outcome},
    input,
    output::Target,
    selection::{FailOnWarning, language, usage},
    terminal::{plural, tell},
};

/// Write the questionnaire to field for a map.
///
/// Overall satisfaction, each touchpoint with an answer for those who did not come across it,
/// the likelihood to recommend, one free answer, segments. Columns are named as the map reads
/// them. `questionnaire:` in the map changes words and leaves questions out; `question:` at a
/// touchpoint asks for it in its own words. What is bad craft is warned of (`TM621`–`TM626`).
#[derive(Args, Debug)]
pub(super) struct QuestionnaireCommand {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    /// Languages, such as `zh-Hans,en` [default: those of the map].
    #[arg(long, value_name = "L", value_delimiter = ',', value_parser = language)]
    language: Vec<Language>,
    /// The map of the wave before: words that changed since are warned of.
    #[arg(long, value_name = "MAP")]
    since: Option<PathBuf>,
    /// Where to write it; the ending says what it is: `.md`, `.html`, `.csv` or `.xlsx`. `-` is
    /// standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// What to write, where the ending does not say it [default: markdown].
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Exit with 1 when there are warnings.
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOnWarning>,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To read and discuss.
    Markdown,
    /// To print, or to show.
    Html,
    /// For survey tools: a row per question.
    Csv,
    /// The same as a workbook.
    Xlsx,
}

impl QuestionnaireCommand {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let format = self.format()?;
        let (forms, warnings) = input::told(&self.map, |sources, problems| {
            let read = self.read(sources, problems)?;
            let Some((journey, earlier)) = read else { return Ok(None) };
            let forms = self.forms(&journey);
            if let Some(first) = forms.first() {
                let earlier = earlier.as_ref();
                problems.extend(lint::questionnaire(&journey, first, earlier));
            }
            Ok(Some(forms))
        })?;
        let target = Target::new(&self.output);
        let inputs = [Some(self.map.as_path()), self.since.as_deref()];
        target.spare(inputs.into_iter().flatten())?;
        target.write(&written(&forms, format)?)?;
        self.sum_up(&forms);
        let is_found = self.fail_on.is_some() && warnings > 0;
        Ok(if is_found { Outcome::Found } else { Outcome::Done })
    }

    fn forms(&self, journey: &Journey) -> Vec<Questionnaire> {
        let languages = self.languages(journey);
        languages.iter().map(|it| questionnaire::build(journey, it)).collect()
    }

    fn read(
        &self,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<Option<(Journey, Option<Journey>)>, Failure> {
        let Some(journey) = input::journey(&self.map, sources, problems)? else {
            return Ok(None);
        };
        let Some(since) = &self.since else { return Ok(Some((journey, None))) };
        let mut old = Diagnostics::default();
        let earlier = input::journey(since, sources, &mut old)?;
        // Warnings about the map of before are of no interest now.
        let is_read = earlier.is_some();
        if !is_read {
            problems.extend(old.into_sorted());
        }
        Ok(is_read.then_some((journey, earlier)))
    }

    fn format(&self) -> Result<Format, Failure> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let ending =
            self.output.extension().map(|it| it.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            None | Some("md" | "markdown") => Ok(Format::Markdown),
            Some("html" | "htm") => Ok(Format::Html),
            Some("csv") => Ok(Format::Csv),
            Some("xlsx") => Ok(Format::Xlsx),
            Some(other) => Err(usage(format!(
                "`.{other}` is not among what can be written: .md, .html, .csv, .xlsx"
            ))),
        }
    }

    fn languages(&self, journey: &Journey) -> Vec<Language> {
        let mut languages: Vec<Language> = Vec::new();
        for it in &self.language {
            if !languages.contains(it) {
                languages.push(it.clone());
            }
        }
        if languages.is_empty() { journey.languages() } else { languages }
    }

    fn sum_up(&self, forms: &[Questionnaire]) {
        let Some(first) = forms.first() else { return };
        let questions = plural(first.items.len(), "question");
        let takes = questionnaire::seconds(first);
        let tags: Vec<&str> = forms.iter().map(|it| it.language.tag()).collect();
        let is_shown = self.output.as_os_str() == "-";
        let wrote = if is_shown {
            String::new()
        } else {
            format!("wrote {}: ", self.output.display())
        };
        tell(&format!(
            "{wrote}{questions}, about {takes:.0} seconds, in {}",
            tags.join(", ")
        ));
        tell(&format!(
            "next: field it, then `touchmap match {} FILE` finds the columns of the answers",
            self.map.display()
        ));
    }
}

fn written(forms: &[Questionnaire], format: Format) -> Result<Vec<u8>, Failure> {
    match format {
        Format::Markdown => {
            let texts: Vec<String> = forms.iter().map(questionnaire::markdown).collect();
            Ok(texts.join("\n---\n\n").into_bytes())
        }
        Format::Html => questionnaire::html(forms)
            .map(String::into_bytes)
            .map_err(|error| Failure::world(error, "cannot make the questionnaire")),
        Format::Csv => Ok(questionnaire::csv(forms).into_bytes()),
        #[cfg(feature = "xlsx")]
        Format::Xlsx => questionnaire::xlsx(forms)
            .map_err(|error| Failure::world(error, "cannot make the questionnaire")),
        #[cfg(not(feature = "xlsx"))]
        Format::Xlsx => Err(usage("this build has no workbooks: write `.csv`")),
    }
}
