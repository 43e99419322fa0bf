//! Files of responses → the tally.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, ResponseFile, SurveyPlan};

use super::aggregate::{AggregateColumns, AggregateReader, read_aggregates};
use super::bind::bind;
use super::count::Counts;
use super::csv::Table;
use super::finish::finish;
use super::options::TallyOptions;
use super::place::{AggregateFile, place_aggregates, place_inline};
use super::restrict::Restriction;
use super::rows::{Reading, count_rows};
use super::seek::{Form, Looked, report_absent};
use super::sighting::Site;
use super::tally::Tally;
use super::text::Text;
use super::unread::{malformed, refused};

/// A file of responses and its bytes.
pub struct ResponseInput<'a> {
    /// The path, as messages name it.
    pub name: &'a str,
    /// What the map says of it.
    pub file: &'a ResponseFile,
    /// Its bytes, in any encoding; read once, from the first to the last.
    pub bytes: Box<dyn Read + Send + 'a>,
}

/// The bytes of a file could not be had.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}`")]
pub struct ReadError {
    /// The path.
    pub path: String,
    /// Why.
    #[source]
    pub cause: io::Error,
}

/// Reads all responses of a journey, and the scores that its map gives itself.
///
/// Rows are read in one pass and are not kept: memory does not grow with their number. All
/// problems of all files are recorded in `problems`; `None` when one of them is an error.
/// The sums do not depend on the order of rows or files, to the last bit. A journey without
/// a survey is read by [`SurveyPlan::by_ids`].
///
/// # Errors
///
/// When the bytes of a file cannot be had; what is wrong with them is no such error.
pub fn tally(
    journey: &Journey,
    inputs: Vec<ResponseInput<'_>>,
    options: &TallyOptions,
    problems: &mut Diagnostics,
) -> Result<Option<Tally>, ReadError> {
    let by_ids = SurveyPlan::by_ids(journey.touchpoints.iter().map(|it| it.id.as_str()));
    let plan = journey.survey.as_ref().unwrap_or(&by_ids);
    let mut found = Diagnostics::default();
    let restriction = Restriction::new(&options.restriction, plan, &mut found);
    let run = Run { journey, plan, options, restriction: &restriction };
    let outcome = run.read_all(inputs, &mut found);
    let tally = outcome.map(|content| run.put_together(content, &mut found));
    let failed = found.has_errors();
    problems.extend(found.into_sorted());
    tally.map(|tally| (!failed).then_some(tally))
}

/// What all files are read with.
#[derive(Clone, Copy)]
struct Run<'a> {
    journey: &'a Journey,
    plan: &'a SurveyPlan,
    options: &'a TallyOptions,
    restriction: &'a Restriction,
}

/// What was in the files.
struct Content<'a> {
    counts: Counts,
    looked: Vec<Looked<'a>>,
    aggregates: Vec<AggregateFile<'a>>,
    /// Files of which not even the header could be read.
    unread: usize,
}

/// What was in one file.
enum FileContent<'a> {
    Rows(Looked<'a>, Counts),
    Aggregates(Looked<'a>, AggregateFile<'a>),
    Unread,
}

/// A file and its position among all.
#[derive(Clone, Copy)]
struct Seat<'a> {
    site: Site<'a>,
    position: usize,
}

/// What came of reading one file.
struct ReadFile<'a> {
    site: Site<'a>,
    outcome: io::Result<FileContent<'a>>,
    problems: Diagnostics,
}

impl<'a> Content<'a> {
    fn take_in(
        &mut self,
        site: Site<'a>,
        outcome: io::Result<FileContent<'a>>,
        problems: &mut Diagnostics,
    ) -> Result<(), ReadError> {
        match outcome {
            Ok(FileContent::Rows(looked, counts)) => {
                self.counts.merge(counts);
                self.looked.push(looked);
            }
            Ok(FileContent::Aggregates(looked, file)) => {
                self.looked.push(looked);
                self.aggregates.push(file);
            }
            Ok(FileContent::Unread) => self.unread += 1,
            Err(cause) => match malformed(&cause, site) {
                Some(problem) => {
                    problems.push(problem);
                    self.unread += 1;
                }
                None => return Err(ReadError { path: site.name.to_owned(), cause }),
            },
        }
        Ok(())
    }
}

impl<'a> Run<'a> {
    fn read_all(
        &self,
        inputs: Vec<ResponseInput<'a>>,
        problems: &mut Diagnostics,
    ) -> Result<Content<'a>, ReadError> {
        let mut content = Content {
            counts: Counts::new(self.plan.segments.len()),
            looked: Vec::new(),
            aggregates: Vec::new(),
            unread: 0,
        };
        let mut inputs = inputs.into_iter().enumerate();
        loop {
            let batch: Vec<_> =
                inputs.by_ref().take(self.options.threads.get()).collect();
            if batch.is_empty() {
                return Ok(content);
            }
            for read in self.read_together(batch) {
                problems.extend(read.problems.into_sorted());
                content.take_in(read.site, read.outcome, problems)?;
            }
        }
    }

    /// Reads files, each in a thread of its own; the outcomes are in the order of the files.
    fn read_together(&self, batch: Vec<(usize, ResponseInput<'a>)>) -> Vec<ReadFile<'a>> {
        if batch.len() < 2 {
            let alone = batch.into_iter();
            return alone.map(|(position, input)| self.read(position, input)).collect();
        }
        std::thread::scope(|scope| {
            let read =
                |(position, input)| scope.spawn(move || self.read(position, input));
            let threads: Vec<_> = batch.into_iter().map(read).collect();
            let outcome = |it: std::thread::ScopedJoinHandle<'_, _>| {
                it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            threads.into_iter().map(outcome).collect()
        })
    }

    fn read(&self, position: usize, input: ResponseInput<'a>) -> ReadFile<'a> {
        let site = Site { name: input.name, span: input.file.span };
        let mut problems = Diagnostics::default();
        let seat = Seat { site, position };
        let outcome = self.read_table(input, seat, &mut problems);
        ReadFile { site, outcome, problems }
    }

    fn read_table(
        &self,
        input: ResponseInput<'a>,
        seat: Seat<'a>,
        problems: &mut Diagnostics,
    ) -> io::Result<FileContent<'a>> {
        let site = seat.site;
        let text = match Text::open(input.bytes, &self.journey.language)? {
            Ok(text) => text,
            Err(refusal) => {
                problems.push(refused(refusal, site));
                return Ok(FileContent::Unread);
            }
        };
        let Some(mut table) = Table::open(text)? else {
            let message = format!("`{}` is empty", site.name);
            problems.push(Diagnostic::error(Code::EMPTY_FILE, site.span, message));
            return Ok(FileContent::Unread);
        };
        if let Some(columns) = AggregateColumns::of(table.header(), self.plan) {
            let (journey, plan, file) = (self.journey, self.plan, input.file);
            let reader = AggregateReader { journey, plan, file, site };
            let rows = read_aggregates(&mut table, &columns, &reader, problems)?;
            let (name, header) = (site.name, table.header().clone());
            let looked = Looked { form: Form::Aggregates, name, file, header };
            return Ok(FileContent::Aggregates(looked, AggregateFile { site, rows }));
        }
        self.read_rows(&mut table, input.file, seat, problems)
    }

    fn read_rows(
        &self,
        table: &mut Table<'_>,
        file: &'a ResponseFile,
        Seat { site, position }: Seat<'a>,
        problems: &mut Diagnostics,
    ) -> io::Result<FileContent<'a>> {
        let header = table.header().clone();
        let bound = bind(self.plan, file, &header, site, problems);
        let form = Form::Respondents;
        let looked = Looked { form, name: site.name, file, header };
        let Some(binding) = bound else {
            let counts = Counts::new(self.plan.segments.len());
            return Ok(FileContent::Rows(looked, counts));
        };
        let reading = Reading {
            journey: self.journey,
            plan: self.plan,
            options: self.options,
            restriction: self.restriction,
            site,
            position,
        };
        let counts = count_rows(table, &binding, reading, problems)?;
        Ok(FileContent::Rows(looked, counts))
    }

    fn put_together(&self, content: Content<'_>, problems: &mut Diagnostics) -> Tally {
        // A file that could not be read may have what the others lack.
        if content.unread == 0 {
            let weighting = self.options.weighting;
            report_absent(self.plan, &content.looked, weighting, problems);
            self.restriction.report(self.plan, &seen(&content), problems);
        }
        let missing_weight = self.options.missing_weight;
        let mut tally =
            finish(content.counts, self.journey, self.plan, missing_weight, problems);
        for file in content.aggregates {
            place_aggregates(file, &mut tally, self.journey, self.restriction, problems);
        }
        place_inline(&mut tally, self.journey, self.restriction, problems);
        tally
    }
}

/// The values of each segment that rows have.
fn seen(content: &Content<'_>) -> BTreeMap<usize, BTreeSet<String>> {
    let mut seen: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (segment, names) in content.counts.segments.iter().enumerate() {
        seen.entry(segment)
            .or_default()
            .extend(names.iter().map(|(it, _)| it.to_owned()));
    }
    for aggregate in content.aggregates.iter().flat_map(|file| &file.rows) {
        if let Some((segment, value)) = &aggregate.segment {
            seen.entry(*segment).or_default().insert(value.clone());
        }
    }
    seen
}
