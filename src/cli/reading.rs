//! Flags that say which responses are read and how, and the reading itself.

use std::{
    collections::BTreeMap,
    fs, io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};

use crate::{
    analyse::{AnalyseOptions, Weights},
    diag::Diagnostics,
    model::{FileOverrides, Journey, ResponseFile, Wave},
    survey::{
        self, CountBeside, Counted, DriverWaves, Drivers, Parts, Quotes, ResponseInput,
        TallyOptions, Undeclared, Weighting, tally::Tally,
    },
};

use super::{
    expand::{expand, named_twice},
    failure::Failure,
    input::cannot_read,
    progress::Progress,
    steady::Steady,
};

/// Which responses to read, and how.
#[derive(Args, Debug, Default)]
pub(super) struct Reading {
    /// Files with responses, instead of those the map names: files, folders, patterns such
    /// as `'responses/*.csv'`, or `-` for standard input.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    responses: Vec<PathBuf>,
    /// Tallies that `touchmap tally` wrote, added up, instead of responses; `-` is standard
    /// input.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = [
        "responses", "restriction", "unweighted", "lenient", "missing_weight", "groups",
    ])]
    from_tally: Vec<PathBuf>,
    /// Only respondents of this segment, such as `city=成都`; may be repeated.
    #[arg(add = clap_complete::ArgValueCompleter::new(super::candidates::segments), long = "where", value_name = "SEGMENT=VALUE")]
    restriction: Vec<Restriction>,
    /// Count every respondent the same.
    #[arg(long)]
    unweighted: bool,
    /// Read undeclared values as blank, with a warning, instead of refusing them.
    #[arg(long)]
    lenient: bool,
    /// What to do with rows that lack the weight their wave has.
    #[arg(long, value_name = "WHAT", default_value = "refuse")]
    missing_weight: MissingWeight,
    /// How respondents are put into the groups that standard errors of importance come from.
    #[arg(long, value_name = "HOW", default_value = "hashed")]
    groups: Groups,
    /// Threads to work with [default: one for each core]; the numbers are the same for any.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Whether comments are kept that may be quoted: for the command to say.
    #[arg(skip)]
    quotes: Quotes,
}

/// `SEGMENT=VALUE`.
#[derive(Clone, Debug)]
struct Restriction {
    segment: String,
    value: String,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum MissingWeight {
    /// An error.
    #[default]
    Refuse,
    /// Leave the row out.
    Drop,
    /// Weigh it 1.
    One,
}

/// How respondents are put into replicate groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Groups {
    /// By the hash of their id, or of the place of their row.
    #[default]
    Hashed,
    /// In turn; only to compare with other programs.
    Systematic,
}

/// Files, and what messages call them.
pub(super) type NamedFiles = (Vec<ResponseFile>, Vec<String>);

/// Responses summed up, and how they were read.
pub(super) struct Read {
    pub(super) tally: Tally,
    pub(super) options: TallyOptions,
}

impl Reading {
    /// Whether responses, or tallies of them, are named on the command line.
    pub(super) fn is_given(&self) -> bool {
        !self.responses.is_empty() || !self.from_tally.is_empty()
    }

    /// Keeps comments that may be quoted.
    pub(super) fn keep_quotes(&mut self) {
        self.quotes = Quotes::Keep;
    }

    /// The first flag given that says which responses are read, or how.
    pub(super) fn first_flag(&self) -> Option<&'static str> {
        let given = [
            ("--responses", !self.responses.is_empty()),
            ("--from-tally", !self.from_tally.is_empty()),
            ("--where", !self.restriction.is_empty()),
            ("--unweighted", self.unweighted),
            ("--lenient", self.lenient),
            ("--missing-weight", self.missing_weight != MissingWeight::Refuse),
            ("--groups", self.groups != Groups::Hashed),
        ];
        given.into_iter().find(|(_, given)| *given).map(|(flag, _)| flag)
    }

    /// How to analyse `wave`, else the last, of responses that were read so.
    pub(super) fn analyse_options(
        &self,
        wave: Option<&str>,
        read: TallyOptions,
    ) -> AnalyseOptions {
        AnalyseOptions {
            wave: wave.map(str::to_owned),
            restricted: restricted(read.restriction),
            weights: match read.weighting {
                Weighting::Unweighted => Weights::Ignored,
                Weighting::AsDeclared => Weights::Counted,
            },
            threads: self.threads(),
            ..AnalyseOptions::default()
        }
    }

    /// How many threads to work with.
    pub(super) fn threads(&self) -> NonZeroUsize {
        let cores = || std::thread::available_parallelism().ok();
        self.threads.or_else(cores).unwrap_or(NonZeroUsize::MIN)
    }

    /// The tally of the responses, to report on `wave`, else the last; `None` when they have
    /// errors.
    pub(super) fn tally(
        &self,
        journey: &Journey,
        wave: Option<&str>,
        problems: &mut Diagnostics,
    ) -> Result<Option<Read>, Failure> {
        if self.from_tally.is_empty() {
            let options =
                TallyOptions { driver_waves: driver_waves(wave), ..self.options() };
            let tally = tally(journey, self.files(journey), &options, problems)?;
            return Ok(tally.map(|tally| Read { tally, options }));
        }
        let Some(counted) = self.added(journey, problems)? else { return Ok(None) };
        let options = counted.options();
        let tally = survey::sum_up(journey, counted, problems);
        Ok(tally.map(|tally| Read { tally, options }))
    }

    /// The tally of the people inside, whose files the map names; `None` when they have errors.
    /// Of a restriction, what their survey has no segment for is passed over.
    pub(super) fn tally_inside(
        &self,
        journey: &Journey,
        problems: &mut Diagnostics,
    ) -> Result<Option<Read>, Failure> {
        let mut options = TallyOptions { drivers: Drivers::Skip, ..self.options() };
        let segments = journey.survey.as_ref().map(|it| it.segments.as_slice());
        let known = |id: &str| segments.is_some_and(|it| it.iter().any(|it| it.id == id));
        options.restriction.retain(|(segment, _)| known(segment));
        let tally = tally(journey, planned_files(journey), &options, problems)?;
        Ok(tally.map(|tally| Read { tally, options }))
    }

    /// The tally of all, and what each value of `segment` is tallied from, to report on
    /// `wave`, else the last; `None` when the responses have errors.
    pub(super) fn split<'a>(
        &self,
        journey: &'a Journey,
        (files, names): (&'a [ResponseFile], &'a [String]),
        (wave, segment): (Option<&str>, &str),
        problems: &mut Diagnostics,
    ) -> Result<Option<(Read, Parts<'a>)>, Failure> {
        let options = TallyOptions { driver_waves: driver_waves(wave), ..self.options() };
        let inputs = inputs(files, names)?;
        let split = survey::tally_parts(journey, inputs, &options, segment, problems);
        let split = split.map_err(unread)?;
        Ok(split.map(|(tally, parts)| (Read { tally, options }, parts)))
    }

    /// The files that are read, with their names, patterns and folders gone through.
    pub(super) fn expanded(
        &self,
        journey: &Journey,
        problems: &mut Diagnostics,
    ) -> Result<Option<NamedFiles>, Failure> {
        let files = expand(self.files(journey), problems)?;
        Ok(files.map(|files| {
            let names = names(&files);
            (files, names)
        }))
    }

    /// The responses counted, to be written; `None` when they have errors.
    pub(super) fn counted(
        &self,
        journey: &Journey,
        drivers: Drivers,
        problems: &mut Diagnostics,
    ) -> Result<Option<Counted>, Failure> {
        if !self.from_tally.is_empty() {
            return self.added(journey, problems);
        }
        let Some(files) = expand(self.files(journey), problems)? else { return Ok(None) };
        let names = names(&files);
        let inputs = inputs(&files, &names)?;
        let options = TallyOptions { drivers, ..self.options() };
        survey::count(journey, inputs, &options, problems).map_err(unread)
    }

    /// The sum of tallies that were written earlier.
    fn added(
        &self,
        journey: &Journey,
        problems: &mut Diagnostics,
    ) -> Result<Option<Counted>, Failure> {
        let mut sum: Option<Counted> = None;
        let mut read: Vec<(&Path, Vec<u8>)> = Vec::new();
        for path in &self.from_tally {
            let bytes = if path.as_os_str() == "-" {
                super::input::standard_input()
            } else {
                fs::read(path)
            };
            let bytes = bytes.map_err(|error| cannot_read(path, error))?;
            // A copy under another name is the same tally.
            if let Some((first, _)) = read.iter().find(|(_, it)| *it == bytes) {
                problems.push(named_twice(path, None, first));
                continue;
            }
            let name = path.display().to_string();
            let added = match (Counted::read(&name, &bytes, journey), &mut sum) {
                (Ok(counted), Some(sum)) => sum.merge(&name, counted),
                (Ok(counted), sum @ None) => {
                    *sum = Some(counted);
                    Ok(())
                }
                (Err(problem), _) => Err(problem),
            };
            if let Err(problem) = added {
                problems.push(*problem);
            }
            read.push((path, bytes));
        }
        Ok(sum.filter(|_| !problems.has_errors()))
    }

    /// The files that the map, or the command line in its place, names.
    fn files(&self, journey: &Journey) -> Vec<ResponseFile> {
        if self.responses.is_empty() {
            return planned_files(journey);
        }
        self.responses.iter().map(|path| named(path)).collect()
    }

    /// Every file that is read beside the map.
    pub(super) fn inputs(&self, journey: &Journey) -> Vec<PathBuf> {
        if !self.from_tally.is_empty() {
            return self.from_tally.clone();
        }
        let inside = journey.inside.as_ref().map(|it| planned_files(&it.journey));
        let files = self.files(journey).into_iter().chain(inside.unwrap_or_default());
        files.map(|it| it.path).collect()
    }

    fn options(&self) -> TallyOptions {
        let pair = |it: &Restriction| (it.segment.clone(), it.value.clone());
        TallyOptions {
            weighting: if self.unweighted {
                Weighting::Unweighted
            } else {
                Weighting::AsDeclared
            },
            undeclared: if self.lenient {
                Undeclared::ReadAsBlank
            } else {
                Undeclared::Refuse
            },
            missing_weight: match self.missing_weight {
                MissingWeight::Refuse => survey::MissingWeight::Refuse,
                MissingWeight::Drop => survey::MissingWeight::Drop,
                MissingWeight::One => survey::MissingWeight::One,
            },
            restriction: self.restriction.iter().map(pair).collect(),
            drivers: Drivers::Tally,
            driver_waves: DriverWaves::Every,
            beside: CountBeside::All,
            quotes: self.quotes,
            groups: match self.groups {
                Groups::Hashed => survey::Groups::Hashed,
                Groups::Systematic => survey::Groups::Systematic,
            },
            threads: self.threads(),
        }
    }
}

/// The waves whose joint sums are needed to report on `wave`, else on the last.
fn driver_waves(wave: Option<&str>) -> DriverWaves {
    // What is no name of a wave is an error once the waves are known.
    wave.and_then(Wave::new).map_or(DriverWaves::Last, DriverWaves::Only)
}

/// The values asked for by segment; several of one segment are alternatives.
fn restricted(pairs: Vec<(String, String)>) -> BTreeMap<String, String> {
    let mut restricted: BTreeMap<String, String> = BTreeMap::new();
    for (segment, value) in pairs {
        match restricted.get_mut(&segment) {
            Some(values) => {
                values.push_str(", ");
                values.push_str(&value);
            }
            None => {
                restricted.insert(segment, value);
            }
        }
    }
    restricted
}

/// A file that the command line names.
pub(super) fn named(path: &Path) -> ResponseFile {
    ResponseFile {
        path: path.to_owned(),
        sheet: None,
        wave: None,
        overrides: FileOverrides::default(),
        span: None,
    }
}

/// The files that the map names.
pub(super) fn planned_files(journey: &Journey) -> Vec<ResponseFile> {
    journey.survey.as_ref().map(|survey| survey.files.clone()).unwrap_or_default()
}

/// The tally of these files; `None` when they have errors.
pub(super) fn tally(
    journey: &Journey,
    files: Vec<ResponseFile>,
    options: &TallyOptions,
    problems: &mut Diagnostics,
) -> Result<Option<Tally>, Failure> {
    let Some(files) = expand(files, problems)? else { return Ok(None) };
    let names = names(&files);
    // What else is wrong is found first; then all files that are not there are named.
    let tally = survey::tally(journey, opened(&files, &names), options, problems);
    absent(&files)?;
    tally.map_err(unread)
}

fn names(files: &[ResponseFile]) -> Vec<String> {
    files.iter().map(|file| file.path.display().to_string()).collect()
}

fn inputs<'a>(
    files: &'a [ResponseFile],
    names: &'a [String],
) -> Result<Vec<ResponseInput<'a>>, Failure> {
    // What is not there is said before anything is read.
    absent(files)?;
    Ok(opened(files, names))
}

/// The bytes of files, to be read when they are wanted.
pub(super) fn opened<'a>(
    files: &'a [ResponseFile],
    names: &'a [String],
) -> Vec<ResponseInput<'a>> {
    let progress = Progress::of(files.iter().map(|file| file.path.as_path()));
    let input = |(file, name): (&'a ResponseFile, &'a String)| {
        let bytes: Box<dyn io::Read + Send> = if name == "-" {
            Box::new(io::stdin())
        } else {
            Box::new(Steady::new(file.path.clone()))
        };
        ResponseInput { name, file, bytes: progress.watch(bytes) }
    };
    files.iter().zip(names).map(input).collect()
}

/// Every file that cannot be had, in one failure.
pub(super) fn absent(files: &[ResponseFile]) -> Result<(), Failure> {
    let of_file = |file: &ResponseFile| {
        let error = fs::metadata(&file.path).err()?;
        Some(format!("cannot read `{}`: {error}", file.path.display()))
    };
    let named = files.iter().filter(|it| it.path.as_os_str() != "-");
    let absent: Vec<String> = named.filter_map(of_file).collect();
    if absent.is_empty() { Ok(()) } else { Err(Failure::absent(&absent)) }
}

/// That a file could not be read to its end.
pub(super) fn unread(error: survey::ReadError) -> Failure {
    Failure::world(error.cause, format!("cannot read `{}`", error.path))
}
