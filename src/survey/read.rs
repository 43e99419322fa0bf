//! Files of responses → what is in them.

use std::io;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, ResponseFile, SurveyPlan};
use crate::voice::Coder;

use super::aggregate::{AggregateColumns, read_aggregates};
use super::bind::bind;
use super::count::Counts;
use super::file_reader::FileReader;
use super::gathering::Gathering;
use super::header::Names;
use super::long::LongColumns;
use super::open::Opening;
use super::options::TallyOptions;
use super::place::AggregateFile;
use super::responses::{ReadError, ResponseInput};
use super::restrict::Restriction;
use super::rows::{Reading, count_rows};
use super::seek::{Form, Looked};
use super::shelf::{Shelf, ShelvedFile};
use super::sighting::Site;
use super::table::Table;
use super::unread::stopped;
use super::wanted::Wanted;

/// What all files are read with.
#[derive(Clone, Copy)]
pub(super) struct Run<'a, 'r> {
    /// The journey.
    pub(super) journey: &'a Journey,
    /// What its map says of the survey.
    pub(super) plan: &'a SurveyPlan,
    /// What was asked for.
    pub(super) options: &'r TallyOptions,
    /// Who counts.
    pub(super) restriction: &'r Restriction,
    /// The waves whose joint sums are wanted.
    pub(super) wanted: &'r Wanted,
    /// What finds causes in comments, if the survey has some.
    pub(super) coder: Option<&'r Coder>,
    /// How many threads may read one file.
    pub(super) threads: NonZeroUsize,
    /// Where rows are kept, if they are.
    pub(super) shelf: Option<&'r Shelf<'a>>,
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

/// What came of reading files that follow one another.
struct ReadFiles<'a> {
    outcome: Result<Content<'a>, ReadError>,
    problems: Diagnostics,
}

impl ReadFiles<'_> {
    /// Adds what came of the files after these.
    fn join(&mut self, later: Self) {
        self.problems.extend(later.problems.into_sorted());
        if let Ok(content) = &mut self.outcome {
            match later.outcome {
                Ok(later) => content.join(later),
                Err(error) => self.outcome = Err(error),
            }
        }
    }
}

impl<'a> Content<'a> {
    /// Nothing yet, of a survey with so many segments.
    fn new(segments: usize) -> Self {
        let counts = Counts::new(segments);
        Self { counts, looked: Vec::new(), aggregates: Vec::new(), unread: 0 }
    }

    fn join(&mut self, later: Self) {
        self.counts.merge(later.counts);
        self.looked.extend(later.looked);
        self.aggregates.extend(later.aggregates);
        self.unread += later.unread;
    }

    /// The content of one file.
    fn of_file(
        site: Site<'a>,
        segments: usize,
        outcome: io::Result<FileContent<'a>>,
        problems: &mut Diagnostics,
    ) -> Result<Self, ReadError> {
        let mut content = Self::new(segments);
        match outcome {
            Ok(FileContent::Rows(looked, counts)) => {
                content.counts = counts;
                content.looked.push(looked);
            }
            Ok(FileContent::Aggregates(looked, file)) => {
                content.looked.push(looked);
                content.aggregates.push(file);
            }
            Ok(FileContent::Unread) => content.unread = 1,
            Err(cause) => match stopped(&cause, site) {
                Some(problem) => {
                    problems.push(problem);
                    content.unread = 1;
                }
                None => return Err(ReadError { path: site.name.to_owned(), cause }),
            },
        }
        Ok(content)
    }
}

impl<'a> Run<'a, '_> {
    /// Reads all files, some at a time. The last come first: they have the last wave, as a
    /// rule, and once that is known the joint sums of the others may be left out.
    pub(super) fn read_all(
        &self,
        inputs: Vec<ResponseInput<'a>>,
        problems: &mut Diagnostics,
    ) -> Result<Content<'a>, ReadError> {
        let threads = self.options.threads.get().min(inputs.len());
        let waiting = Mutex::new(inputs.into_iter().enumerate().collect::<Vec<_>>());
        let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let gathering = Gathering::new();
        let work = || {
            while let Some((position, input)) = next() {
                gathering.take_in(position, self.read(position, input), ReadFiles::join);
            }
        };
        std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            work();
            for other in others {
                other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            }
        });
        let Some(read) = gathering.into_content() else {
            return Ok(Content::new(self.plan.segments.len()));
        };
        problems.extend(read.problems.into_sorted());
        read.outcome
    }

    fn read(&self, position: usize, input: ResponseInput<'a>) -> ReadFiles<'a> {
        let site = Site { name: input.name, span: input.file.span };
        let mut problems = Diagnostics::default();
        let seat = Seat { site, position };
        let outcome = self.read_file(input, seat, &mut problems);
        let segments = self.plan.segments.len();
        let outcome = Content::of_file(site, segments, outcome, &mut problems);
        ReadFiles { outcome, problems }
    }

    fn read_file(
        &self,
        input: ResponseInput<'a>,
        seat: Seat<'a>,
        problems: &mut Diagnostics,
    ) -> io::Result<FileContent<'a>> {
        let (names, file) = (Names::of(self.plan, input.file), input.file);
        let opening = Opening { names: &names, language: &self.journey.language };
        let content = opening.with_table(input, problems, |table, problems| {
            self.read_table(table, file, seat, problems)
        })?;
        Ok(content.unwrap_or(FileContent::Unread))
    }

    fn read_table(
        &self,
        table: Option<Table<'_>>,
        file: &'a ResponseFile,
        seat: Seat<'a>,
        problems: &mut Diagnostics,
    ) -> io::Result<FileContent<'a>> {
        let site = seat.site;
        let Some(mut table) = table else {
            let message = format!("`{}` is empty", site.name);
            problems.push(Diagnostic::error(Code::EMPTY_FILE, site.span, message));
            return Ok(FileContent::Unread);
        };
        let reader = FileReader { journey: self.journey, plan: self.plan, file, site };
        if let Some(columns) = AggregateColumns::of(table.header(), self.plan) {
            let rows = read_aggregates(&mut table, &columns, &reader, problems)?;
            let (name, header) = (site.name, table.header().clone());
            let looked = Looked { form: Form::Aggregates, name, file, header };
            return Ok(FileContent::Aggregates(looked, AggregateFile { site, rows }));
        }
        if let Some(columns) = LongColumns::of(table.header(), self.plan, file) {
            let wide = reader.widen(&mut table, &columns, problems)?;
            problems.extend(table.report(site));
            if problems.has_errors() {
                return Ok(FileContent::Unread);
            }
            let Some(mut wide) = Table::of(Box::new(wide), &Names::default())? else {
                return Ok(FileContent::Unread);
            };
            return self.read_rows(&mut wide, file, seat, problems);
        }
        self.read_rows(&mut table, file, seat, problems)
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
            wanted: self.wanted,
            coder: self.coder,
            site,
            position,
            threads: self.threads,
            shelf: self.shelf.map(|it| &it.shelving),
        };
        let mark = table.decimal_mark();
        let (counts, rows) = count_rows(table, &binding, reading, problems)?;
        if let Some(shelf) = self.shelf {
            let waves = counts.by_wave().map(|(wave, it)| (wave.clone(), it.read));
            let (waves, header) = (waves.collect(), looked.header.clone());
            let file = ShelvedFile { site, position, binding, header, mark, waves, rows };
            shelf.keep(file);
        }
        Ok(FileContent::Rows(looked, counts))
    }
}
