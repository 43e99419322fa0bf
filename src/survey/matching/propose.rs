//! Files and map → which column is what.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Diagnostics;
use crate::model::{
    ConfidenceLevel, Journey, MATCH_SCHEMA, MatchedFile, Matching, OwnColumn,
    Placing as Proposed, PlacingStatus, Purpose, RunnerUp, SurveyPlan, UnplacedColumn,
    WaveFound,
};
use crate::survey::header::Found;
use crate::survey::responses::{ReadError, ResponseInput, by_ids};
use crate::survey::sighting::Site;
use crate::survey::unread::stopped;

use super::beside;
use super::file_wave::wave_of;
use super::placed::Placed;
use super::sample::{ROWS_AT_MOST, Sample, sample};
use super::scales;
use super::survey_files::SurveyFiles;
use super::target::Target;

/// Below this confidence, what one file could have says nothing of what others have.
const DOUBTFUL: f64 = 0.4;

/// Why a column that the map names is shown though no file has it.
pub const NOWHERE: &str = "as the map says, but no file has it";

/// What a proposal is made with.
#[derive(Clone, Debug)]
pub struct MatchOptions {
    /// From this confidence on, what is found is proposed.
    pub min_confidence: f64,
    /// The keys that the section `survey` of the map has.
    pub declared_keys: BTreeSet<String>,
    /// Whether these files take the place of those that the map names: a column that the map
    /// names, and none of them has, is looked for under another name.
    pub replace: bool,
}

/// Proposes which column of some files is what, by their headers and first rows.
///
/// What the map says already is kept and only shown. All problems of all files are recorded
/// in `problems`; `None` when one of them is an error.
///
/// # Errors
///
/// When the bytes of a file cannot be had; what is wrong with them is no such error.
pub fn propose(
    journey: &Journey,
    inputs: Vec<ResponseInput<'_>>,
    options: &MatchOptions,
    problems: &mut Diagnostics,
) -> Result<Option<Matching>, ReadError> {
    let by_ids = by_ids(journey);
    let plan = journey.survey.as_ref().unwrap_or(&by_ids);
    let mut found = Diagnostics::default();
    let mut samples = Vec::new();
    for input in inputs {
        let site = Site { name: input.name, span: input.file.span };
        match sample(input, journey, plan, &mut found) {
            Ok(sample) => samples.extend(sample),
            Err(cause) => match stopped(&cause, site) {
                Some(problem) => found.push(problem),
                None => return Err(ReadError { path: site.name.to_owned(), cause }),
            },
        }
    }
    let failed = found.has_errors();
    problems.extend(found.into_sorted());
    Ok((!failed).then(|| matching(journey, plan, &samples, options)))
}

fn matching(
    journey: &Journey,
    plan: &SurveyPlan,
    samples: &[Sample],
    options: &MatchOptions,
) -> Matching {
    let rows = samples.iter().filter(|it| it.other.is_none());
    let files = SurveyFiles::new(journey, plan, rows.collect(), options);
    let mut free: Vec<BTreeSet<usize>> =
        (0..files.samples.len()).map(|file| files.free(file)).collect();
    let mut placings: Vec<Proposed> =
        (0..files.targets.len()).map(|it| files.proposed(it, options)).collect();
    let scale = scales::survey_scale(&files, options);
    scales::own_scales(&files, &mut placings, scale.as_ref());
    let missing = scales::codes(&files, scale.as_ref());
    placings.extend(files.segments(&mut free, options));
    for purpose in [Purpose::Expectation, Purpose::Comment] {
        placings.extend(files.of_touchpoints(purpose, &mut free, options));
    }
    let wave_told = placings
        .iter()
        .any(|it| it.purpose == Purpose::Wave && !it.columns.is_empty() && is_sure(it));
    let mut notes = files.notes();
    let wave = |it: &Sample| if wave_told { None } else { own_wave(it) };
    let mut matched: Vec<_> = samples.iter().map(|it| matched(it, wave(it))).collect();
    for file in matched.iter_mut().filter(|_| options.replace) {
        file.declared = false;
    }
    for sample in samples {
        if let Some(other) = sample.other {
            notes.push(format!("`{}` holds {other}: nothing to match", sample.path));
        }
    }
    if !wave_told {
        let open = samples.iter().zip(&matched);
        let open = open.filter(|(it, matched)| {
            it.other.is_none() && it.wave.is_none() && matched.wave.is_none()
        });
        notes.extend(open.map(|(it, _)| {
            format!("nothing tells the wave of `{}`: give `wave:` to the file", it.path)
        }));
    }
    Matching {
        schema: MATCH_SCHEMA.to_owned(),
        touchmap: env!("CARGO_PKG_VERSION").to_owned(),
        journey: journey.id.clone(),
        min_confidence: options.min_confidence,
        rows_at_most: ROWS_AT_MOST,
        files: matched,
        scale,
        missing,
        placings,
        unplaced: unplaced(&files, &free),
        notes,
    }
}

fn is_sure(placing: &Proposed) -> bool {
    matches!(placing.status, PlacingStatus::Declared | PlacingStatus::Proposed)
}

/// The wave of a file of which neither a column nor the map tells it.
fn own_wave(sample: &Sample) -> Option<WaveFound> {
    let is_open = sample.wave.is_none() && sample.other.is_none();
    is_open.then(|| wave_of(sample)).flatten()
}

fn matched(sample: &Sample, wave: Option<WaveFound>) -> MatchedFile {
    MatchedFile {
        path: sample.path.clone(),
        declared: sample.declared,
        rows: sample.rows.min(ROWS_AT_MOST),
        whole: sample.whole,
        columns: sample.columns.len(),
        wave,
    }
}

/// Columns that nothing has, by name.
fn unplaced(files: &SurveyFiles<'_>, free: &[BTreeSet<usize>]) -> Vec<UnplacedColumn> {
    let mut seen = BTreeSet::new();
    let mut unplaced = Vec::new();
    for (sample, free) in files.samples.iter().zip(free) {
        for column in free.iter().filter_map(|at| sample.columns.get(*at)) {
            if seen.insert(&column.name) {
                unplaced.push(UnplacedColumn {
                    column: column.name.clone(),
                    path: sample.path.clone(),
                    scale: column.clear_scale(),
                    looks_like: column.asked_and_looks(),
                });
            }
        }
    }
    unplaced
}

impl SurveyFiles<'_> {
    /// What a target was given in all files together.
    fn proposed(&self, index: usize, options: &MatchOptions) -> Proposed {
        let target = self.targets.get(index);
        let purpose = target.map_or(Purpose::Touchpoint, |it| it.purpose);
        if self.settled.get(index) == Some(&true) {
            return self.as_declared(index, purpose);
        }
        let placed: Vec<Option<&Placed>> =
            self.placed.iter().map(|it| it.get(index).and_then(Option::as_ref)).collect();
        let none = placed.iter().all(Option::is_none);
        if none && self.by_id(index) {
            return self.as_declared(index, purpose);
        }
        let known = target.filter(|_| self.by_id(index)).map(|it| it.id.clone());
        self.joined((purpose, target), known, &placed, options)
    }

    fn as_declared(&self, index: usize, purpose: Purpose) -> Proposed {
        let by_id = self.column(index).is_some_and(|it| it.span.is_none());
        let reason = match self.targets.get(index) {
            Some(it) if by_id && it.touchpoint.is_some() => "named as its id",
            _ if self.declared.iter().all(|it| !it.contains_key(&index)) => NOWHERE,
            _ => "as the map says",
        };
        let columns = self.column(index).map(|it| it.names.clone()).unwrap_or_default();
        Proposed {
            status: PlacingStatus::Declared,
            columns,
            reasons: vec![reason.to_owned()],
            ..absent(purpose, self.targets.get(index))
        }
    }

    /// One placing out of those in each file, and of the name by which others have it.
    fn joined(
        &self,
        (purpose, target): (Purpose, Option<&Target>),
        known: Option<String>,
        placed: &[Option<&Placed>],
        options: &MatchOptions,
    ) -> Proposed {
        let each = || self.samples.iter().zip(placed);
        let mut best = None::<(&Sample, &Placed)>;
        for (sample, placed) in each() {
            let Some(placed) = placed else { continue };
            if best.is_none_or(|(_, it)| placed.confidence > it.confidence) {
                best = Some((*sample, *placed));
            }
        }
        let Some((of, first)) = best else { return absent(purpose, target) };
        let name = |sample: &Sample, at: usize| {
            sample.columns.get(at).map(|it| it.name.clone()).unwrap_or_default()
        };
        let enough = options.min_confidence.min(first.confidence);
        let sure = |it: &Placed| it.confidence >= enough;
        let (mut columns, mut confidence): (Vec<String>, f64) =
            (known.into_iter().collect(), 1.0);
        let mut reasons = first.reasons.clone();
        for (sample, placed) in each() {
            let Some(placed) = placed else { continue };
            let own = name(sample, placed.column);
            if !sure(placed) {
                let (path, how) = (&sample.path, placed.confidence);
                reasons.push(format!("in `{path}` perhaps `{own}` ({how:.2})"));
                // Left out, the file would count as one that did not ask.
                if placed.confidence < DOUBTFUL {
                    continue;
                }
            }
            confidence = confidence.min(placed.confidence);
            if !columns.contains(&own) {
                columns.push(own);
            }
        }
        let own = self.own_columns(&columns, placed, enough);
        if !own.is_empty() && purpose != Purpose::Touchpoint {
            confidence *= 0.6;
            reasons.push(
                "in another file, a column of this name is something else".to_owned(),
            );
        }
        let next = first.runner_up;
        let runner_up =
            next.map(|(at, confidence)| RunnerUp { column: name(of, at), confidence });
        let mut joined =
            Proposed { columns, own, reasons, runner_up, ..absent(purpose, target) };
        joined.settle(confidence, options.min_confidence);
        joined
    }

    /// Files in which the first of `columns` that is there is not the one meant.
    fn own_columns(
        &self,
        columns: &[String],
        placed: &[Option<&Placed>],
        enough: f64,
    ) -> Vec<OwnColumn> {
        let names = crate::model::Column { names: columns.to_vec(), span: None };
        let mut own = Vec::new();
        for (sample, placed) in self.samples.iter().zip(placed) {
            let Some(placed) = placed.filter(|it| it.confidence >= enough) else {
                continue;
            };
            let found = sample.header.find(&names);
            if found != Found::At(placed.column)
                && let Some(column) = sample.columns.get(placed.column)
            {
                let (path, column) = (sample.path.clone(), column.name.clone());
                own.push(OwnColumn { path, column });
            }
        }
        own
    }

    /// Comments or expectations, where some are evident.
    fn of_touchpoints(
        &self,
        purpose: Purpose,
        free: &mut [BTreeSet<usize>],
        options: &MatchOptions,
    ) -> Vec<Proposed> {
        let targets = Target::of_touchpoints(self.journey, purpose);
        let settled = |target: &Target| {
            let column = target.touchpoint.and_then(|it| match purpose {
                Purpose::Comment => self.plan.comments.get(&it),
                _ => self.plan.expectations.get(&it).map(|it| &it.column),
            });
            column.is_some_and(|it| !self.is_stale(it))
        };
        let open: Vec<Target> = targets.into_iter().filter(|it| !settled(it)).collect();
        let mut by_file = Vec::new();
        for (file, (sample, free)) in self.samples.iter().zip(free.iter_mut()).enumerate()
        {
            let none = BTreeMap::new();
            let declared = self.declared.get(file).unwrap_or(&none);
            let given = self.placed.get(file).map_or(&[][..], Vec::as_slice);
            let scores = beside::scores(&self.targets, given, declared);
            let placed = beside::of_touchpoints(purpose, sample, &open, &scores, free);
            for it in placed.iter().flatten() {
                free.remove(&it.column);
            }
            by_file.push(placed);
        }
        let joined = |(index, target): (usize, &Target)| {
            let placed: Vec<_> =
                by_file.iter().map(|it| it.get(index).and_then(Option::as_ref)).collect();
            let any = placed.iter().any(Option::is_some);
            any.then(|| self.joined((purpose, Some(target)), None, &placed, options))
        };
        open.iter().enumerate().filter_map(joined).collect()
    }

    /// Declared columns that a file lacks.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for (index, target) in self.targets.iter().enumerate() {
            let Some(column) = self.column(index).filter(|it| it.span.is_some()) else {
                continue;
            };
            for sample in &self.samples {
                if sample.header.find(column) != Found::Absent {
                    continue;
                }
                let names: Vec<_> =
                    column.names.iter().map(|it| format!("`{it}`")).collect();
                let known = sample.header.names();
                let near =
                    column.names.first().and_then(|it| crate::diag::nearest(it, known));
                let near = near.map(|it| format!("; perhaps it is `{it}` there"));
                notes.push(format!(
                    "`{}` has no column {}, which the map names for `{}`{}",
                    sample.path,
                    names.join(" or "),
                    target.id,
                    near.unwrap_or_default()
                ));
            }
        }
        notes
    }
}

impl Proposed {
    /// Says how sure it is.
    pub(super) fn settle(&mut self, confidence: f64, enough: f64) {
        self.status = if confidence >= enough {
            PlacingStatus::Proposed
        } else {
            PlacingStatus::Uncertain
        };
        self.confidence = Some(confidence);
        self.level = Some(ConfidenceLevel::of(confidence));
    }
}

/// A placing without a column.
pub(super) fn absent(purpose: Purpose, target: Option<&Target>) -> Proposed {
    let of_touchpoint = target.filter(|it| it.touchpoint.is_some());
    Proposed {
        purpose,
        id: of_touchpoint.map(|it| it.id.clone()),
        code: of_touchpoint.and_then(|it| it.code.clone()),
        status: PlacingStatus::Absent,
        columns: Vec::new(),
        own: Vec::new(),
        scale: None,
        confidence: None,
        level: None,
        reasons: Vec::new(),
        runner_up: None,
    }
}
