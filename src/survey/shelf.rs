//! Rows kept apart by the value of a segment: each value can then be counted on its own, and
//! the files are read once.
//!
//! Joint sums of one value take some megabytes, its rows some kilobytes: rows are kept, and
//! the sums of a value are worked out when they are asked for, and forgotten.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use crate::model::{Journey, SurveyPlan, Wave};

use super::batch::Batch;
use super::bind::Binding;
use super::count::Counts;
use super::counter::Counter;
use super::header::Header;
use super::joint_pool::JointPool;
use super::lexicon::Lexicon;
use super::number::DecimalMark;
use super::options::TallyOptions;
use super::restrict::Restriction;
use super::rows::Reading;
use super::sighting::Site;
use super::wanted::Wanted;

/// Bytes of a batch from which on rows go to the next one.
const FULL: usize = 1 << 20;

/// Rows by the value of one segment.
#[derive(Default)]
pub(super) struct Kept(BTreeMap<String, Vec<Batch>>);

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
    /// The segment variable, by position.
    pub(super) segment: usize,
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
}

impl Kept {
    /// Keeps the rows of a batch that have a value.
    pub(super) fn add(&mut self, batch: &Batch, values: &[Option<&str>]) {
        for ((row, place), value) in batch.rows().zip(values) {
            let Some(value) = *value else { continue };
            if !self.0.contains_key(value) {
                self.0.insert(value.to_owned(), Vec::new());
            }
            let Some(batches) = self.0.get_mut(value) else { continue };
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

    /// Adds the rows that others kept.
    pub(super) fn merge(&mut self, other: Self) {
        for (value, batches) in other.0 {
            self.0.entry(value).or_default().extend(batches);
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
    pub(super) fn new(segment: usize) -> Self {
        Self { segment, files: Mutex::default() }
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

impl ShelvedFile<'_> {
    /// Values that rows have.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.rows.0.keys().map(String::as_str)
    }

    /// Counts the rows of one value. What is wrong with them was told when all were counted.
    pub(super) fn count(&self, value: &str, with: Recount<'_>) -> Counts {
        let reading = Reading {
            journey: with.journey,
            plan: with.plan,
            options: with.options,
            restriction: with.restriction,
            wanted: with.wanted,
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
        for batch in self.rows.0.get(value).into_iter().flatten() {
            counter.count_batch(batch);
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
