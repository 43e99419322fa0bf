//! `touchmap report --split`: one report for each value of a segment.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    diag::Diagnostics,
    diagram::SharedScale,
    model::{Analysis, Journey, Target as Goal},
    report::{self, ReportOptions, Scorecard, shared_scale},
    stats::each,
};

use super::super::{
    failure::{Failure, Outcome},
    input,
    output::Target,
    reading::Read,
    selection::{outcome, usage},
    terminal::{hint, plural, tell},
};
use super::{
    Report,
    analyses::{Card, Case},
    file_names::file_names,
};

/// The file of everybody.
const WHOLE: &str = "all.html";
/// The page that leads to all others.
const INDEX: &str = "index.html";

/// Everything that is to be written.
struct Set {
    journey: Journey,
    segment: String,
    /// Everybody, with the groups of all segments: the page that leads to the values compares
    /// them.
    whole: Analysis,
    /// The same with the groups that were asked for.
    everybody: Analysis,
    cards: Vec<Card>,
    inputs: Vec<PathBuf>,
}

/// Reads the responses once, and writes a report for each value of `segment`.
pub(super) fn write(command: &Report, segment: &str) -> Result<Outcome, Failure> {
    let folder = command.output.clone().unwrap_or_else(|| PathBuf::from("scorecards"));
    if folder.as_os_str() == "-" {
        return Err(usage(
            "`--split` writes several files: name a folder with `-o FOLDER`",
        ));
    }
    let set = input::telling(&command.map, |sources, problems| {
        let journey = input::journey(&command.map, sources, problems)?;
        let Some(mut journey) = journey else { return Ok(None) };
        if let Some(target) = command.selection.target {
            journey.rules.target = Goal::Points(target);
        }
        read(command, journey, segment, problems)
    })?;
    let mut options = command.options(&set.journey)?;
    let scale = |it: &Analysis| shared_scale(&set.journey, it, &options.language);
    let shown: Vec<&Analysis> = set.shown().map(|(_, it)| it).collect();
    let scales = each(&shown, options.threads, |it| scale(it));
    let shared = scales.into_iter().fold(scale(&set.whole), SharedScale::and);
    options.shared = Some(shared);
    let size = set.write_to(&folder, &options)?;
    let reports = plural(shown.len(), "scorecard");
    let withheld = match set.cards.len() - shown.len() {
        0 => String::new(),
        n => format!(
            "; {n} without: nobody or too few answered, or another would be known"
        ),
    };
    tell(&format!(
        "wrote {reports} by {} to {} ({} KB){withheld}",
        set.segment,
        folder.display(),
        size.div_ceil(1024)
    ));
    hint(&format!("open {} in a browser", folder.join(INDEX).display()));
    let failed = set
        .shown()
        .map(|(_, it)| it)
        .chain([&set.whole])
        .any(|it| outcome(command.fail_on, it) == Outcome::Found);
    Ok(if failed { Outcome::Found } else { Outcome::Done })
}

fn read(
    command: &Report,
    journey: Journey,
    segment: &str,
    problems: &mut Diagnostics,
) -> Result<Option<Set>, Failure> {
    let selection = &command.selection;
    let Some((files, names)) = selection.reading.expanded(&journey, problems)? else {
        return Ok(None);
    };
    let asked = (selection.wave.as_deref(), segment);
    let split = selection.reading.split(&journey, (&files, &names), asked, problems)?;
    let Some((Read { tally, options }, parts)) = split else { return Ok(None) };
    let case = Case::new(&journey, &parts, input::analyse_options(selection, options));
    let found = case.all(tally).map_err(|problem| problems.push(*problem));
    let Ok((whole, mut cards)) = found else { return Ok(None) };
    if cards.is_empty() {
        return Err(usage(format!("no response has a value of `{segment}`")));
    }
    let mut everybody = whole.clone();
    selection.keep_groups(&mut everybody)?;
    for (_, card) in &mut cards {
        if let Ok(card) = card {
            selection.keep_groups(card)?;
        }
    }
    let segment = parts.segment().to_owned();
    let inputs = selection.inputs(&command.map, &journey);
    drop(case);
    drop(parts);
    Ok(Some(Set { journey, segment, whole, everybody, cards, inputs }))
}

impl Set {
    fn shown(&self) -> impl Iterator<Item = (&String, &Analysis)> {
        self.cards.iter().filter_map(|(value, card)| Some((value, card.as_ref().ok()?)))
    }

    /// Writes all files; returns how many bytes they have.
    fn write_to(&self, folder: &Path, options: &ReportOptions) -> Result<usize, Failure> {
        fs::create_dir_all(folder).map_err(|error| {
            Failure::world(
                error,
                format!("cannot make the folder `{}`", folder.display()),
            )
        })?;
        let names = file_names(&self.segment, self.cards.iter().map(|it| it.0.as_str()));
        let single = ReportOptions {
            threads: std::num::NonZeroUsize::MIN,
            back: Some(INDEX.to_owned()),
            ..options.clone()
        };
        let shown =
            self.cards.iter().zip(&names).filter_map(|((_, card), name)| {
                Some((card.as_ref().ok()?, name.as_str()))
            });
        let jobs: Vec<(&Analysis, &str)> =
            std::iter::once((&self.everybody, WHOLE)).chain(shown).collect();
        let written = each(&jobs, options.threads, |(analysis, name)| {
            let html = report::render(&self.journey, analysis, &single);
            self.put(&folder.join(name), html)
        });
        let mut size = 0;
        for written in written {
            size += written?;
        }
        // It comes last: what it leads to is there.
        let cards: Vec<Scorecard<'_>> = self
            .cards
            .iter()
            .zip(&names)
            .map(|((value, card), name)| Scorecard {
                value,
                report: match card {
                    Ok(analysis) => Ok((analysis, name.clone())),
                    Err(why) => Err(*why),
                },
            })
            .collect();
        let whole = (&self.whole, WHOLE);
        let html = report::overview(&self.journey, whole, &cards, &self.segment, options);
        Ok(size + self.put(&folder.join(INDEX), html)?)
    }

    fn put(
        &self,
        path: &Path,
        html: Result<String, report::ReportError>,
    ) -> Result<usize, Failure> {
        let html =
            html.map_err(|error| Failure::world(error, "cannot make the report"))?;
        let target = Target::new(path);
        target.spare(self.inputs.iter().map(PathBuf::as_path))?;
        target.write(html.as_bytes())?;
        Ok(html.len())
    }
}
