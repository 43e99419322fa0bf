//! Responses → the tally: what other rooms ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::num::NonZeroUsize;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Journey, PopulationPlan, ResponseFile, SurveyPlan};
use crate::voice::Coder;

use super::beside::coder;
use super::counted::Counted;
use super::faults::{report_faults, report_waves};
use super::finish::finish;
use super::options::{CountBeside, DriverWaves, Drivers, TallyOptions};
use super::place::{AggregateFile, place_aggregates, place_inline};
use super::raking::{self, Raking};
use super::read::{Content, Run};
use super::restrict::{Restriction, unknown_segment};
use super::seek::report_absent;
use super::shelf::{Recount, Shelf};
use super::sighting::Site;
use super::split::{Parts, Shelved};
use super::tally::Tally;
use super::terms::Terms;
use super::unplaced::report_unplaced;
use super::wanted::Wanted;

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
    let by_ids = by_ids(journey);
    let plan = journey.survey.as_ref().unwrap_or(&by_ids);
    let mut found = Diagnostics::default();
    let asked = Asked::of((journey, plan), options, &mut found);
    let run = asked.run((journey, plan), options, inputs.len());
    let tally = match raking::wanted(plan.population.as_ref(), options) {
        None => {
            let outcome = run.read_all(inputs, &mut found);
            outcome.map(|content| run.put_together(content, &mut found))
        }
        population => {
            run.read_and_keep((population, None), inputs, &mut found).map(|it| it.0)
        }
    };
    let failed = found.has_errors();
    problems.extend(found.into_sorted());
    tally.map(|tally| (!failed).then_some(tally))
}

/// As [`tally`], and what each value of the segment variable `segment` is tallied from.
///
/// `None` when a problem, recorded in `problems`, is an error: also where the map has no such
/// segment. The rows are kept, so that memory grows with them.
///
/// # Errors
///
/// When the bytes of a file cannot be had; what is wrong with them is no such error.
pub fn tally_parts<'a>(
    journey: &'a Journey,
    inputs: Vec<ResponseInput<'a>>,
    options: &TallyOptions,
    segment: &str,
    problems: &mut Diagnostics,
) -> Result<Option<(Tally, Parts<'a>)>, ReadError> {
    let plans = journey
        .survey
        .as_ref()
        .map(|plan| (plan, plan.segments.iter().position(|it| it.id == segment.trim())));
    let Some((plan, Some(segment))) = plans else {
        let empty = by_ids(journey);
        let plan = journey.survey.as_ref().unwrap_or(&empty);
        problems.push(unknown_segment(segment, plan));
        return Ok(None);
    };
    let mut found = Diagnostics::default();
    let asked = Asked::of((journey, plan), options, &mut found);
    let run = asked.run((journey, plan), options, inputs.len());
    let population = raking::wanted(plan.population.as_ref(), options);
    let outcome = run.read_and_keep((population, Some(segment)), inputs, &mut found);
    let failed = found.has_errors();
    problems.extend(found.into_sorted());
    let (tally, shelved, aggregates) = outcome?;
    let of = (journey, plan);
    let parts = Parts::new(of, options, (segment, shelved), aggregates, &tally);
    Ok((!failed).then_some((tally, parts)))
}

/// Counts the responses of a journey, to be kept and added to others.
///
/// As [`tally`], but of respondent rows alone: a file of aggregates is a problem, and scores
/// that the map gives itself are added by [`sum_up`].
///
/// # Errors
///
/// When the bytes of a file cannot be had; what is wrong with them is no such error.
pub fn count(
    journey: &Journey,
    inputs: Vec<ResponseInput<'_>>,
    options: &TallyOptions,
    problems: &mut Diagnostics,
) -> Result<Option<Counted>, ReadError> {
    let by_ids = by_ids(journey);
    let plan = journey.survey.as_ref().unwrap_or(&by_ids);
    let mut found = Diagnostics::default();
    found.extend(raking::wanted(plan.population.as_ref(), options).map(not_rakable));
    let options = &TallyOptions {
        driver_waves: DriverWaves::Every,
        beside: CountBeside::Nothing,
        ..options.clone()
    };
    let asked = Asked::of((journey, plan), options, &mut found);
    let run = asked.run((journey, plan), options, inputs.len());
    let outcome = run.read_all(inputs, &mut found);
    let counts = outcome.map(|content| {
        run.report(&content, &mut found);
        found.extend(content.aggregates.iter().map(|it| not_countable(it.site)));
        content.counts
    });
    let failed = found.has_errors();
    problems.extend(found.into_sorted());
    let terms = Terms::of(journey, plan, options);
    counts.map(|counts| (!failed).then_some(Counted { counts, terms }))
}

/// Sums up what [`count`] counted, and the scores that the map gives itself.
///
/// `None` when a problem, recorded in `problems`, is an error.
pub fn sum_up(
    journey: &Journey,
    counted: Counted,
    problems: &mut Diagnostics,
) -> Option<Tally> {
    let by_ids = by_ids(journey);
    let plan = journey.survey.as_ref().unwrap_or(&by_ids);
    let options = counted.options();
    let mut found = Diagnostics::default();
    let restriction = Restriction::new(&options.restriction, plan, &mut found);
    let missing = options.missing_weight;
    report_faults(&counted.counts, journey, plan, missing, &mut found);
    let mut tally = finish(counted.counts, journey, missing, &mut found);
    report_waves(&tally, plan, &mut found);
    place_inline(&mut tally, journey, &restriction, &mut found);
    let failed = found.has_errors();
    problems.extend(found.into_sorted());
    (!failed).then_some(tally)
}

/// Who counts, and of which waves joint sums are wanted.
struct Asked {
    restriction: Restriction,
    wanted: Wanted,
    /// What finds causes in comments, where the survey has some.
    coder: Option<Coder>,
}

impl Asked {
    fn of(
        (journey, plan): (&Journey, &SurveyPlan),
        options: &TallyOptions,
        problems: &mut Diagnostics,
    ) -> Self {
        let restriction = Restriction::new(&options.restriction, plan, problems);
        let wanted = Wanted::of(options);
        let coder = match options.beside {
            CountBeside::All => coder(journey, plan),
            CountBeside::Nothing => None,
        };
        Self { restriction, wanted, coder }
    }

    /// The reading of so many files.
    fn run<'a, 'r>(
        &'r self,
        (journey, plan): (&'a Journey, &'a SurveyPlan),
        options: &'r TallyOptions,
        files: usize,
    ) -> Run<'a, 'r> {
        Run {
            journey,
            plan,
            options,
            restriction: &self.restriction,
            wanted: &self.wanted,
            coder: self.coder.as_ref(),
            threads: threads_a_file(options.threads, files),
            shelf: None,
        }
    }
}

/// Threads that may read one of so many files.
fn threads_a_file(threads: NonZeroUsize, files: usize) -> NonZeroUsize {
    let threads = threads.get().div_ceil(files.max(1));
    NonZeroUsize::new(threads).unwrap_or(NonZeroUsize::MIN)
}

pub(super) fn by_ids(journey: &Journey) -> SurveyPlan {
    SurveyPlan::by_ids(journey.touchpoints.iter().map(|it| it.id.as_str()))
}

fn not_countable(site: Site<'_>) -> Diagnostic {
    let message = format!("`{}` holds aggregates, not rows of respondents", site.name);
    Diagnostic::error(Code::NOT_COUNTABLE, site.span, message)
        .hint("leave it out here, and give it to `score` or `report` itself")
}

fn not_rakable(population: &PopulationPlan) -> Diagnostic {
    let message = "a tally cannot be raked: weights depend on all rows of a wave";
    Diagnostic::error(Code::RAKING_NEEDS_ROWS, population.span, message).hint(
        "give the responses to `score` and `report` themselves, or add `--unweighted`",
    )
}

impl<'a> Run<'a, '_> {
    /// Reads all files and keeps their rows, to be raked or split; the tally is that of all.
    fn read_and_keep(
        &self,
        (population, split): (Option<&PopulationPlan>, Option<usize>),
        inputs: Vec<ResponseInput<'a>>,
        problems: &mut Diagnostics,
    ) -> Result<(Tally, Shelved<'a>, Vec<AggregateFile<'a>>), ReadError> {
        let shelving = raking::shelving(population, split);
        let rows = Shelf::new(shelving.clone());
        let skip = TallyOptions { drivers: Drivers::Skip, ..self.options.clone() };
        let nothing = Wanted::of(&skip);
        let first = match population {
            // Joint sums are those of raked weights alone.
            Some(_) => {
                Run { options: &skip, wanted: &nothing, shelf: Some(&rows), ..*self }
            }
            None => Run { shelf: Some(&rows), ..*self },
        };
        let content = first.read_all(inputs, problems)?;
        let aggregates = content.aggregates.clone();
        let mut tally = first.put_together(content, problems);
        let (files, mut raking) = (rows.into_files(), None);
        if let Some(population) = population.filter(|_| !problems.has_errors()) {
            let with = self.recount();
            let it = Raking::of(population, &files, with, problems);
            let mut raked = it.tally(&files, &|_| true, with, problems);
            raked.take_told(&tally);
            for file in aggregates.iter().cloned() {
                let told = &mut Diagnostics::default();
                place_aggregates(file, &mut raked, self.journey, self.restriction, told);
            }
            let told = &mut Diagnostics::default();
            place_inline(&mut raked, self.journey, self.restriction, told);
            (tally, raking) = (raked, Some(it));
        }
        Ok((tally, Shelved { files, shelving, raking }, aggregates))
    }

    fn recount(&self) -> Recount<'_> {
        Recount {
            journey: self.journey,
            plan: self.plan,
            options: self.options,
            restriction: self.restriction,
            wanted: self.wanted,
            coder: self.coder,
            raking: None,
        }
    }
}

impl Run<'_, '_> {
    fn report(&self, content: &Content<'_>, problems: &mut Diagnostics) {
        // A file that could not be read may have what the others lack.
        if content.unread == 0 {
            let weighting = self.options.weighting;
            report_absent(self.plan, &content.looked, weighting, problems);
            self.restriction.report(self.plan, &seen(content), problems);
            let (looked, aggregates) = (&content.looked, &content.aggregates);
            report_unplaced(self.journey, self.plan, looked, aggregates, problems);
        }
        let missing_weight = self.options.missing_weight;
        report_faults(&content.counts, self.journey, self.plan, missing_weight, problems);
    }

    fn put_together(
        &self,
        mut content: Content<'_>,
        problems: &mut Diagnostics,
    ) -> Tally {
        self.report(&content, problems);
        content.counts.keep_joint(|wave| self.wanted.wants(wave));
        let missing_weight = self.options.missing_weight;
        let mut tally = finish(content.counts, self.journey, missing_weight, problems);
        report_waves(&tally, self.plan, problems);
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
