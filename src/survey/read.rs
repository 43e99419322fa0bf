//! Files of responses → what is in them.

use std::io;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, ResponseFile, SurveyPlan};

use super::aggregate::{AggregateColumns, AggregateReader, read_aggregates};
use super::bind::bind;
use super::count::Counts;
use super::csv::Table;
use super::options::TallyOptions;
use super::place::AggregateFile;
use super::responses::{ReadError, ResponseInput};
use super::restrict::Restriction;
use super::rows::{Reading, count_rows};
use super::seek::{Form, Looked};
use super::sighting::Site;
use super::text::Text;
use super::unread::{malformed, refused};

/// What all files are read with.
#[derive(Clone, Copy)]
pub(super) struct Run<'a> {
    /// The journey.
    pub(super) journey: &'a Journey,
    /// What its map says of the survey.
    pub(super) plan: &'a SurveyPlan,
    /// What was asked for.
    pub(super) options: &'a TallyOptions,
    /// Who counts.
    pub(super) restriction: &'a Restriction,
}

/// What was in the files.
pub(super) struct Content<'a> {
    /// Rows of respondents, counted.
    pub(super) counts: Counts,
    /// The files whose header could be read.
    pub(super) looked: Vec<Looked<'a>>,
    /// Rows of aggregates.
    pub(super) aggregates: Vec<AggregateFile<'a>>,
    /// Files of which not even the header could be read.
    pub(super) unread: usize,
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
    /// Reads all files, some at a time.
    pub(super) fn read_all(
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
}
