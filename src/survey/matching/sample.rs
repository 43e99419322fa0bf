//! A file → its header, and what its first rows look like.

use std::io;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, SurveyPlan};
use crate::survey::aggregate::AggregateColumns;
use crate::survey::header::{Header, Names};
use crate::survey::long::LongColumns;
use crate::survey::open::Opening;
use crate::survey::responses::ResponseInput;
use crate::survey::sighting::Site;
use crate::survey::table::Table;

use super::heading::Heading;
use super::profile::Profile;
use super::rating::{Rating, stated};

/// Rows of a file that are looked at: what a column holds shows in far fewer, and codes that
/// recur show in so many.
pub const ROWS_AT_MOST: u64 = 2_000;

/// The beginning of a file.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    /// Its path, as messages name it.
    pub(super) path: String,
    /// Whether the map names it.
    pub(super) declared: bool,
    /// The wave that the map gives it.
    pub(super) wave: Option<String>,
    /// Its header.
    pub(super) header: Header,
    /// Its columns, in order.
    pub(super) columns: Vec<SampledColumn>,
    /// Rows that were looked at.
    pub(super) rows: u64,
    /// Whether these are all.
    pub(super) whole: bool,
    /// What its rows are, if not respondents.
    pub(super) other: Option<&'static str>,
}

/// A column, as far as it was looked at.
#[derive(Clone, Debug)]
pub(super) struct SampledColumn {
    /// How a map can name it: by its header, or by its position where that is none.
    pub(super) name: String,
    /// What the header says.
    pub(super) header: Heading,
    /// What a row under the header says.
    pub(super) words: Option<Heading>,
    /// What its cells look like.
    pub(super) profile: Profile,
    /// Its cells as answers.
    pub(super) rating: Option<Rating>,
}

impl SampledColumn {
    /// A column headed `header`, which a map can call `name`.
    pub(super) fn new(name: String, header: &str, words: &str, profile: Profile) -> Self {
        let on_stated = stated(header)
            .or_else(|| stated(words))
            .map(|scale| profile.rating_on(scale));
        let rating = on_stated.filter(|it| it.fit >= 0.9).or_else(|| profile.rating());
        let kinds = ["", "response", "open-ended response"];
        let words = Some(words).filter(|it| !kinds.contains(&it.to_lowercase().as_str()));
        let words = words.filter(|it| *it != header).map(Heading::of);
        Self { name, header: Heading::of(header), words, profile, rating }
    }

    /// The header, and the words under it.
    pub(super) fn headings(&self) -> impl Iterator<Item = &Heading> {
        std::iter::once(&self.header).chain(&self.words)
    }

    /// Whether the header, or the words under it, say one of these.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        self.headings().any(|it| it.says(words))
    }

    /// How well its cells are answers, from 0 to 1. A column without any could be one.
    pub(super) fn fit(&self) -> f64 {
        match &self.rating {
            Some(rating) => rating.fit,
            None if self.profile.filled() == 0 => 0.5,
            None => 0.0,
        }
    }

    /// What is asked in it, where the header alone does not say, and what it looks like.
    pub(super) fn asked_and_looks(&self) -> String {
        match &self.words {
            Some(words) => format!("`{}`: {}", words.text, self.looks_like()),
            None => self.looks_like(),
        }
    }

    /// The scale that nearly all of its cells are answers on, if it is one.
    pub(super) fn clear_scale(&self) -> Option<[f64; 2]> {
        let rating = self.rating.as_ref().filter(|it| it.fit >= 0.9)?;
        Some([rating.scale.0, rating.scale.1])
    }

    /// What it looks like, in words.
    pub(super) fn looks_like(&self) -> String {
        match &self.rating {
            Some(rating) => rating.in_words(&self.profile),
            None => self.profile.in_words(),
        }
    }
}

/// Reads the beginning of a file; `None` when it has none, which is reported.
///
/// # Errors
///
/// When the bytes cannot be had, or are not what they begin as.
pub(super) fn sample(
    input: ResponseInput<'_>,
    journey: &Journey,
    plan: &SurveyPlan,
    problems: &mut Diagnostics,
) -> io::Result<Option<Sample>> {
    let (site, file) = (Site { name: input.name, span: input.file.span }, input.file);
    let names = Names::of(plan, file).guessing();
    let opening = Opening { names: &names, language: &journey.language };
    let sampled = opening.with_table(input, problems, |table, problems| {
        let Some(mut table) = table else {
            let message = format!("`{}` is empty", site.name);
            problems.push(Diagnostic::error(Code::EMPTY_FILE, site.span, message));
            return Ok(None);
        };
        let header = table.header().clone();
        let other = match () {
            () if AggregateColumns::of(&header, plan).is_some() => {
                Some("aggregates, whose columns have fixed names")
            }
            () if LongColumns::of(&header, plan, file).is_some() => {
                Some("a row for each score, whose columns have fixed names")
            }
            () => None,
        };
        let (profiles, whole) = profiles(&mut table)?;
        if whole {
            problems.extend(table.report(site));
        }
        let columns = profiles.into_iter().enumerate().map(|(at, profile)| {
            let written = header.names().nth(at).unwrap_or_default().to_owned();
            let name = address(&header, &written, at);
            SampledColumn::new(name, &written, &table.words(at), profile)
        });
        let columns = columns.collect();
        let (path, rows) = (site.name.to_owned(), table.rows());
        let (declared, wave) = (file.span.is_some(), file.wave.clone());
        Ok(Some(Sample { path, declared, wave, header, columns, rows, whole, other }))
    })?;
    Ok(sampled.flatten())
}

/// The profile of each column, and whether all rows were read.
fn profiles(table: &mut Table<'_>) -> io::Result<(Vec<Profile>, bool)> {
    let mark = table.decimal_mark();
    let mut profiles = vec![Profile::new(mark); table.header().width()];
    let mut row = csv::ByteRecord::new();
    while table.rows() < ROWS_AT_MOST {
        if table.next(&mut row)?.is_none() {
            return Ok((profiles, true));
        }
        for (profile, cell) in profiles.iter_mut().zip(&row) {
            profile.push(&String::from_utf8_lossy(cell));
        }
    }
    let at_end = table.next(&mut row)?.is_none();
    Ok((profiles, at_end))
}

/// How a map names the column: by its position where its header is blank, or that of others.
fn address(header: &Header, written: &str, at: usize) -> String {
    let same = header.names().filter(|it| *it == written).count();
    if written.is_empty() || same > 1 || written.starts_with('#') {
        format!("#{}", at + 1)
    } else {
        written.to_owned()
    }
}
