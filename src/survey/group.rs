//! The group a row belongs to, read from a column: its wave, or its value of a segment.

use std::collections::BTreeMap;

use crate::model::{PhasePlan, SegmentPlan, Wave};

use super::batch::Cells;
use super::bind::BoundWave;
use super::count::{Counts, Names};
use super::memo::{Key, Memo};
use super::phase::{self, BoundDay, PhaseReader};
use super::sighting::{Place, Sightings};

/// Reads the values of one segment.
pub(super) struct SegmentReader {
    column: Option<usize>,
    /// Where its values are phases counted from the date in the column.
    pub(super) phases: Option<PhaseReader>,
    /// Numbers and values by what cells say; `None` for nothing.
    known: Memo<Option<usize>>,
    values: BTreeMap<usize, String>,
    here: Option<usize>,
}

impl SegmentReader {
    /// For the column at this position, if the file has one. A plan of phases whose day the
    /// file does not have tells of nobody.
    pub(super) fn new(
        column: Option<usize>,
        plan: &SegmentPlan,
        phases: Option<&(BoundDay, PhasePlan)>,
    ) -> Self {
        let (known, values) = (Memo::default(), BTreeMap::new());
        let reader =
            |column| phases.map(|(on, plan)| PhaseReader::new(column, *on, plan.clone()));
        let column = column.filter(|_| plan.phases.is_none() || phases.is_some());
        let phases = column.and_then(reader);
        Self { column, phases, known, values, here: None }
    }

    /// The number of the value of `row` among `names`; `None` when it has none.
    pub(super) fn read(
        &mut self,
        row: Cells<'_>,
        place: Place,
        names: &mut Names,
    ) -> Option<usize> {
        let column = self.column?;
        if let Some(phases) = &mut self.phases {
            self.here = phase::number(phases, (row, place), names);
            if let Some(number) = self.here.filter(|it| !self.values.contains_key(it)) {
                let name = names.iter().find(|(_, it)| *it == number);
                let name = name.map(|(name, _)| name.to_owned());
                self.values.insert(number, name.unwrap_or_default());
            }
            return self.here;
        }
        let (cell, key) = (row.get(column), row.key(column));
        self.here = match self.known.get(key, cell) {
            Some(number) => number,
            None => self.learn(cell, key, names),
        };
        self.here
    }

    #[cold]
    fn learn(
        &mut self,
        cell: &[u8],
        key: Option<Key>,
        names: &mut Names,
    ) -> Option<usize> {
        let value = String::from_utf8_lossy(cell);
        let value = value.trim();
        let number = if value.is_empty() { None } else { names.number(value) };
        // One value too many has no number, and is told of each time.
        if value.is_empty() || number.is_some() {
            self.known.keep(key, cell, number);
        }
        if let Some(number) = number {
            self.values.entry(number).or_insert_with(|| value.to_owned());
        }
        number
    }

    /// The value of the row last read; `None` when it has none.
    pub(super) fn value(&self) -> Option<&str> {
        self.values.get(&self.here?).map(String::as_str)
    }
}

/// Reads the wave of rows.
pub(super) struct WaveReader {
    source: BoundWave,
    /// Numbers of the waves that were read, by what their cells say.
    known: Memo<usize>,
    /// That of the file, once there was a row.
    of_file: Option<usize>,
    /// Rows of no wave.
    pub(super) without: Sightings,
}

impl WaveReader {
    /// For a wave that is said there.
    pub(super) fn new(source: BoundWave) -> Self {
        let known = Memo::default();
        Self { source, known, of_file: None, without: Sightings::default() }
    }

    /// The position of the column read, if one is.
    pub(super) fn column(&self) -> Option<usize> {
        match self.source {
            BoundWave::File(_) => None,
            BoundWave::Column(column) => Some(column),
        }
    }

    /// The number of the wave of `row`; `None` when it has none, which is recorded.
    pub(super) fn read(
        &mut self,
        row: Cells<'_>,
        place: Place,
        counts: &mut Counts,
    ) -> Option<usize> {
        match &self.source {
            BoundWave::File(wave) => {
                if self.of_file.is_none() {
                    self.of_file = counts.wave(wave);
                }
                self.of_file
            }
            BoundWave::Column(column) => {
                let (cell, key) = (row.get(*column), row.key(*column));
                if let Some(number) = self.known.get(key, cell) {
                    return Some(number);
                }
                let Some(wave) = Wave::new(&String::from_utf8_lossy(cell)) else {
                    self.without.push(place);
                    return None;
                };
                let number = counts.wave(&wave)?;
                self.known.keep(key, cell, number);
                Some(number)
            }
        }
    }
}
