//! All files together: what each of their columns is, and what the map already says of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Column, Journey, Purpose, SurveyPlan};
use crate::survey::header::Found;

use super::placed::{Elsewhere, Placed, Placing};
use super::propose::MatchOptions;
use super::sample::Sample;
use super::target::Target;

/// The files, the map, and what was given to what.
pub(super) struct SurveyFiles<'a> {
    pub(super) journey: &'a Journey,
    pub(super) plan: &'a SurveyPlan,
    /// Whether the files take the place of those that the map names.
    replace: bool,
    /// Files with a row for each respondent.
    pub(super) samples: Vec<&'a Sample>,
    pub(super) targets: Vec<Target>,
    /// By target, whether the map itself gives it a column.
    pub(super) settled: Vec<bool>,
    /// By file, the column of each target that the map gives one.
    pub(super) declared: Vec<BTreeMap<usize, usize>>,
    /// By file and target, the column that was found.
    pub(super) placed: Vec<Vec<Option<Placed>>>,
}

impl<'a> SurveyFiles<'a> {
    /// Gives the columns of all files away.
    pub(super) fn new(
        journey: &'a Journey,
        plan: &'a SurveyPlan,
        samples: Vec<&'a Sample>,
        options: &MatchOptions,
    ) -> Self {
        let targets = Target::all(journey);
        let mut it = Self {
            journey,
            plan,
            replace: options.replace,
            samples,
            targets,
            settled: Vec::new(),
            declared: Vec::new(),
            placed: Vec::new(),
        };
        it.declared = it.samples.iter().map(|sample| it.declared_in(sample)).collect();
        it.settled = (0..it.targets.len()).map(|target| it.is_settled(target)).collect();
        let nothing = Elsewhere::new();
        let first = |file| it.places(file, &nothing);
        it.placed = (0..it.samples.len()).map(first).collect();
        if it.samples.len() > 1 {
            let again = |file| it.places(file, &it.elsewhere(file));
            it.placed = (0..it.samples.len()).map(again).collect();
        }
        it
    }

    /// What the map says of a target.
    pub(super) fn column(&self, target: usize) -> Option<&'a Column> {
        let target = self.targets.get(target)?;
        let written = self.journey.survey.is_some();
        let plan = self.plan;
        let single = match target.purpose {
            Purpose::Wave => plan.wave.as_ref(),
            Purpose::Respondent => plan.respondent.as_ref(),
            Purpose::Date => plan.date.as_ref(),
            Purpose::Weight => plan.weight.as_ref(),
            Purpose::Overall => plan.overall.as_ref().map(|it| &it.column),
            Purpose::Recommend => plan.recommend.as_ref().map(|it| &it.column),
            _ => {
                let question = plan.questions.get(target.touchpoint?);
                return question.map(|it| &it.column).filter(|it| !self.is_stale(it));
            }
        };
        single.filter(|it| written && !self.is_stale(it))
    }

    /// Whether a column that the map names is one of files that these take the place of.
    pub(super) fn is_stale(&self, column: &Column) -> bool {
        let absent = |it: &&Sample| it.header.find(column) == Found::Absent;
        self.replace && column.span.is_some() && self.samples.iter().all(absent)
    }

    fn is_settled(&self, target: usize) -> bool {
        self.column(target).is_some_and(|it| match self.targets.get(target) {
            Some(target) if target.purpose == Purpose::Touchpoint => it.span.is_some(),
            _ => true,
        })
    }

    /// Whether a file has a touchpoint, to which the map gives no column, under its id: that
    /// is no guess.
    pub(super) fn by_id(&self, target: usize) -> bool {
        self.settled.get(target) != Some(&true)
            && self.declared.iter().any(|it| it.contains_key(&target))
    }

    fn declared_in(&self, sample: &Sample) -> BTreeMap<usize, usize> {
        let at = |target: usize| {
            let column = self.column(target)?;
            match sample.header.find(column) {
                Found::At(at) => Some((target, at)),
                _ => None,
            }
        };
        (0..self.targets.len()).filter_map(at).collect()
    }

    /// What the columns of a file are given to.
    fn places(&self, file: usize, elsewhere: &Elsewhere) -> Vec<Option<Placed>> {
        let (Some(sample), Some(declared)) =
            (self.samples.get(file), self.declared.get(file))
        else {
            return Vec::new();
        };
        let settled: Vec<bool> = (self.settled.iter().enumerate())
            .map(|(target, settled)| *settled || declared.contains_key(&target))
            .collect();
        let (targets, settled) = (&self.targets, settled.as_slice());
        Placing { sample, targets, declared, settled, elsewhere }.places()
    }

    /// What targets are called in the other files.
    fn elsewhere(&self, file: usize) -> Elsewhere {
        let mut names = Elsewhere::new();
        let others = self.samples.iter().zip(&self.placed).enumerate();
        for (_, (sample, placed)) in others.filter(|(at, _)| *at != file) {
            for (target, placed) in placed.iter().enumerate() {
                let Some(placed) = placed else { continue };
                let Some(column) = sample.columns.get(placed.column) else { continue };
                names.entry(target).or_default().push((
                    column.name.clone(),
                    placed.confidence,
                    sample.path.clone(),
                ));
            }
        }
        names
    }

    /// Columns of a file that nothing has.
    pub(super) fn free(&self, file: usize) -> BTreeSet<usize> {
        let Some(sample) = self.samples.get(file) else { return BTreeSet::new() };
        let mut free: BTreeSet<usize> = (0..sample.columns.len()).collect();
        let placed = self.placed.get(file).into_iter().flatten().flatten();
        let declared = self.declared.get(file).into_iter().flat_map(|it| it.values());
        for taken in placed.map(|it| &it.column).chain(declared) {
            free.remove(taken);
        }
        for column in self.named_by_map() {
            if let Found::At(at) = sample.header.find(column) {
                free.remove(&at);
            }
        }
        free
    }

    /// Other columns that the map names.
    fn named_by_map(&self) -> impl Iterator<Item = &'a Column> {
        let plan = self.plan;
        let segments = plan.segments.iter().map(|it| &it.column);
        let own = plan.files.iter().flat_map(|file| {
            let own = file.overrides.questions.values().map(|it| &it.column);
            own.chain(&file.overrides.weight)
        });
        segments.chain(plan.columns_beside()).chain(&plan.replicate_group).chain(own)
    }
}
