//! `touchmap diff`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    diff::{self, DIFF_SCHEMA, DiffRecord, DiffSide, Moved},
    model::{Analysis, Journey, Language, Rules},
};

use super::{
    columns::wrapped,
    failure::{Failure, Outcome},
    input::{self, Loaded},
    output::{Target, json},
    selection::{self, Selection},
    terminal,
};

/// Tell what changed between two maps, or two analyses: stages, touchpoints and ways; scores,
/// where a change is reliable and large enough to matter; flags gained and lost.
///
/// A side is a map, or what `score --format json` wrote. The scores of a map are worked out
/// where the other side is an analysis, or with `--scores`.
#[derive(Args, Debug)]
pub(super) struct Diff {
    /// What was before: a map, or an analysis in JSON.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// What is now.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Read the responses of both maps, and compare their scores, too.
    #[arg(long)]
    scores: bool,
    /// Language of names [default: that of the new map].
    #[arg(long, value_name = "L", value_parser = selection::language)]
    language: Option<Language>,
    /// How to say it.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Where to write it; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// How to say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For the terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// For programs.
    Json,
}

/// What is read of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    /// The map alone.
    Map,
    /// Its responses, too.
    Scores,
}

/// What is known of a side.
struct Side {
    journey: Option<Journey>,
    analysis: Option<Analysis>,
}

impl Diff {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let target = Target::new(&self.output);
        target.spare([self.old.as_path(), self.new.as_path()])?;
        let analyses = [&self.old, &self.new].map(|it| is_analysis(it));
        let scores = self.scores || analyses.contains(&true);
        let wanted = if scores { Wanted::Scores } else { Wanted::Map };
        let (old, new) = (side(&self.old, wanted)?, side(&self.new, wanted)?);
        let record = self.record(&old, &new);
        let bytes = match self.format {
            Format::Json => json(&record)?,
            Format::Markdown => diff::markdown(&record).into_bytes(),
            Format::Text => {
                let to_terminal = self.output.as_os_str() == "-";
                let width = if to_terminal { terminal::width() } else { None };
                let lines = diff::text(&record);
                let lines = lines.iter().map(|it| wrapped(it, width, 4) + "\n");
                lines.collect::<String>().into_bytes()
            }
        };
        target.write(&bytes)?;
        Ok(Outcome::Done)
    }

    fn record(&self, old: &Side, new: &Side) -> DiffRecord {
        let journeys = old.journey.as_ref().zip(new.journey.as_ref());
        let any = new.journey.as_ref().or(old.journey.as_ref());
        let own = any.map_or_else(Language::english, |it| it.language.clone());
        let language = self.language.clone().unwrap_or(own);
        let earlier = journeys.map(|(old, new)| diff::earlier_ids(old, new));
        let rules = any.map_or_else(Rules::default, |it| it.rules.clone());
        let scores = old.analysis.as_ref().zip(new.analysis.as_ref());
        let scores = scores.map(|(old, new)| {
            let mut scores = diff::score_diff(old, new, earlier.as_ref(), &rules);
            if let Some(journey) = any {
                let all = scores.touchpoints.iter_mut();
                all.for_each(|it| name(it, journey, &language));
                for it in &mut scores.flags {
                    it.name = named(journey, &it.touchpoint, &language);
                }
            }
            scores
        });
        DiffRecord {
            schema: DIFF_SCHEMA.to_owned(),
            touchmap: env!("CARGO_PKG_VERSION").to_owned(),
            old: described(&self.old, old),
            new: described(&self.new, new),
            structure: journeys.map(|(old, new)| diff::structure(old, new, &language)),
            scores,
        }
    }
}

fn name(moved: &mut Moved, journey: &Journey, language: &Language) {
    moved.name = named(journey, &moved.touchpoint, language);
}

fn named(journey: &Journey, id: &str, language: &Language) -> Option<String> {
    let touchpoint = journey.touchpoints.iter().find(|it| it.id == id)?;
    Some(journey.text(&touchpoint.name, language).to_owned())
}

fn described(file: &Path, side: &Side) -> DiffSide {
    let of_map = side.journey.as_ref().map(|it| it.id.clone());
    let of_scores = side.analysis.as_ref().map(|it| it.journey.clone());
    DiffSide {
        file: file.display().to_string(),
        journey: of_map.or(of_scores).unwrap_or_default(),
        wave: side.analysis.as_ref().map(|it| it.wave.clone()),
    }
}

/// Whether a file is an analysis, and no map.
pub(super) fn is_analysis(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json"))
}

fn side(path: &Path, wanted: Wanted) -> Result<Side, Failure> {
    if is_analysis(path) {
        let analysis = input::read_analysis(path)?;
        return Ok(Side { journey: None, analysis: Some(analysis) });
    }
    if wanted == Wanted::Scores {
        let Loaded { journey, analysis } = input::analysis(path, &Selection::default())?;
        return Ok(Side { journey: Some(journey), analysis: Some(analysis) });
    }
    let journey = input::telling(path, |sources, problems| {
        input::journey(path, sources, problems)
    })?;
    Ok(Side { journey: Some(journey), analysis: None })
}
