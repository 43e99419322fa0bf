//! Rows kept apart by the values of segments: each value can then be counted on its own, or anew
//! with other weights, and the files are read once.
//!
//! Joint sums of one value take some megabytes, its rows some kilobytes: rows are kept, and
//! the sums of a value are worked out when they are asked for, and forgotten.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use crate::model::{Journey, SurveyPlan, Wave};
use crate::voice::Coder;

use super::batch::Batch;
use super::bind::Binding;
use super::count::{Counts, Names};
use super::counter::Counter;
use super::header::Header;
use super::joint_pool::JointPool;
use super::lexicon::Lexicon;
use super::number::DecimalMark;
use super::options::TallyOptions;
use super::raking::Raking;
use super::restrict::Restriction;
use super::rows::Reading;
use super::sighting::Site;
use super::wanted::Wanted;

/// Bytes of a batch from which on rows go to the next one.
const FULL: usize = 1 << 20;

/// Which rows are kept, and apart by what.
#[derive(Clone, Debug)]
pub(super) struct Shelving {
    /// Segment variables, by position.
    pub(super) by: Vec<usize>,
    /// Those of `by`, by their place in it, that a row must have a value of.
    pub(super) needed: Vec<usize>,
}

/// The value of each segment variable that rows are kept apart by.
pub(super) type Key = Vec<Option<String>>;

/// Rows by the value of segments.
#[derive(Default)]
pub(super) struct Kept(BTreeMap<Key, Vec<Batch>>);

/// The same while one thread reads: by the numbers that it gave the values.
#[derive(Default)]
pub(super) struct Keeping(BTreeMap<Vec<Option<usize>>, Vec<Batch>>);

/// The rows of one file.
pub(super) struct ShelvedFile<'a> {
    pub(super) site: Site<'a>,
    pub(super) position: usize,
    pub(super) binding: Binding<'a>,
    pub(super) header: Header,
    pub(super) mark: DecimalMark,
    /// The waves that it has rows of, and how many.
    pub(super) waves: Vec<(Wave, u64)>,
    pub(super) rows: Kept,
}

/// The rows of all files.
pub(super) struct Shelf<'a> {
    pub(super) shelving: Shelving,
    files: Mutex<Vec<ShelvedFile<'a>>>,
}

/// What rows that were kept are counted with.
#[derive(Clone, Copy)]
pub(super) struct Recount<'r> {
    pub(super) journey: &'r Journey,
    pub(super) plan: &'r SurveyPlan,
    pub(super) options: &'r TallyOptions,
    pub(super) restriction: &'r Restriction,
    pub(super) wanted: &'r Wanted,
    /// What finds causes in comments.
    pub(super) coder: Option<&'r Coder>,
    /// What raking makes of weights.
    pub(super) raking: Option<&'r Raking>,
}

impl Keeping {
    /// Keeps the rows of a batch, which have these values of all segments, row by row.
    pub(super) fn add(
        &mut self,
        batch: &Batch,
        shelving: &Shelving,
        values: &[Option<usize>],
        segments: usize,
    ) {
        let mut key = Vec::new();
        for ((row, place), values) in batch.rows().zip(values.chunks(segments.max(1))) {
            key.clear();
            key.extend(shelving.by.iter().map(|at| values.get(*at).copied().flatten()));
            if shelving.needed.iter().any(|at| key.get(*at).is_none_or(Option::is_none)) {
                continue;
            }
            if !self.0.contains_key(&key) {
                self.0.insert(key.clone(), Vec::new());
            }
            let Some(batches) = self.0.get_mut(&key) else { continue };
            if batches.last().is_none_or(|it| it.size() >= FULL) {
                if let Some(full) = batches.last_mut() {
                    full.shrink();
                }
                let mut next = Batch::default();
                next.empty(batch.width());
                batches.push(next);
            }
            if let Some(last) = batches.last_mut() {
                last.push_cells(row, place);
            }
        }
    }

    /// The rows by the names of the values, `names` being those of all segments.
    pub(super) fn named(self, shelving: &Shelving, names: &[Names]) -> Kept {
        let value = |(segment, number): (&usize, &Option<usize>)| {
            let names = names.get(*segment)?;
            let (value, _) = names.iter().find(|(_, it)| Some(*it) == *number)?;
            Some(value.to_owned())
        };
        let key =
            |key: &[Option<usize>]| shelving.by.iter().zip(key).map(value).collect();
        Kept(self.0.into_iter().map(|(numbers, rows)| (key(&numbers), rows)).collect())
    }
}

impl Kept {
    /// Adds the rows that others kept.
    pub(super) fn merge(&mut self, other: Self) {
        for (key, batches) in other.0 {
            self.0.entry(key).or_default().extend(batches);
        }
    }

    /// Ends the keeping.
    fn seal(&mut self) {
        for batch in self.0.values_mut().flatten() {
            batch.seal();
            batch.shrink();
        }
    }
}

impl<'a> Shelf<'a> {
    /// No rows yet.
    pub(super) fn new(shelving: Shelving) -> Self {
        Self { shelving, files: Mutex::default() }
    }

    /// Keeps the rows of a file.
    pub(super) fn keep(&self, mut file: ShelvedFile<'a>) {
        file.rows.seal();
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(file);
        // Files are read in any order.
        files.sort_by_key(|it| it.position);
    }

    /// All files, in order.
    pub(super) fn into_files(self) -> Vec<ShelvedFile<'a>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts the rows of all files whose keys are asked for.
pub(super) fn count(
    files: &[ShelvedFile<'_>],
    asked: &dyn Fn(&Key) -> bool,
    with: Recount<'_>,
) -> Counts {
    let mut counts = Counts::new(with.plan.segments.len());
    for file in files {
        counts.merge(file.count(asked, with));
    }
    counts
}

impl ShelvedFile<'_> {
    /// Every value of the segments that rows have.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.rows.0.keys()
    }

    /// Counts the rows of the keys that are asked for. What is wrong with them was told when all
    /// were counted.
    pub(super) fn count(
        &self,
        asked: &dyn Fn(&Key) -> bool,
        with: Recount<'_>,
    ) -> Counts {
        let reading = Reading {
            journey: with.journey,
            plan: with.plan,
            options: with.options,
            restriction: with.restriction,
            wanted: with.wanted,
            coder: with.coder,
            site: self.site,
            position: self.position,
            threads: NonZeroUsize::MIN,
            shelf: None,
        };
        let rescale = with.journey.rules.rescale;
        let pool = reading.wants_joint_sums().then(|| {
            let lexicons = Lexicon::all(&self.binding.questions, rescale, self.mark);
            JointPool::of(&lexicons, with.journey.touchpoints.len(), with.wanted)
        });
        let mut counter = Counter::new(&self.binding, reading, self.mark, pool.as_ref());
        // The file asked in its waves what it asked, whoever answered.
        counter.expect_waves(&self.waves);
        for (key, batches) in self.rows.0.iter().filter(|(key, _)| asked(key)) {
            counter.rake(with.raking.map(|it| it.factors(key)).unwrap_or_default());
            for batch in batches {
                counter.count_batch(batch);
            }
        }
        let (mut counts, _) = counter.finish();
        for (wave, read) in &self.waves {
            if let Some(number) = counts.wave(wave) {
                counts.at(number).read = *read;
            }
        }
        counts.name_columns(&self.binding, &self.header);
        if let Some(pool) = pool {
            pool.finish(&mut counts, NonZeroUsize::MIN);
        }
        counts
    }
}
