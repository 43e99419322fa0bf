//! The group a row belongs to, read from a column: its wave, or its value of a segment.

use std::collections::BTreeMap;

use crate::model::Wave;

use super::bind::BoundWave;
use super::count::{Counts, Names};
use super::sighting::{Place, Sightings};

/// Reads the values of one segment; rows that follow one another often share theirs.
pub(super) struct SegmentReader {
    column: Option<usize>,
    raw: Vec<u8>,
    value: String,
    number: Option<usize>,
}

impl SegmentReader {
    /// For the column at this position, if the file has one.
    pub(super) fn new(column: Option<usize>) -> Self {
        Self { column, raw: Vec::new(), value: String::new(), number: None }
    }

    /// The number of the value of `row` among `names`; `None` when it has none.
    pub(super) fn read(
        &mut self,
        row: &csv::ByteRecord,
        names: &mut Names,
    ) -> Option<usize> {
        let cell = row.get(self.column?).unwrap_or_default();
        if cell != self.raw {
            self.raw.clear();
            self.raw.extend_from_slice(cell);
            self.value.clear();
            self.value.push_str(String::from_utf8_lossy(cell).trim());
            self.number =
                if self.value.is_empty() { None } else { names.number(&self.value) };
        }
        self.number
    }

    /// The value of the row last read; `None` when it has none.
    pub(super) fn value(&self) -> Option<&str> {
        (!self.value.is_empty()).then_some(self.value.as_str())
    }
}

/// Reads the wave of rows.
pub(super) struct WaveReader {
    source: BoundWave,
    /// Numbers of the waves that were read, by what their cells say.
    known: BTreeMap<Box<[u8]>, usize>,
    /// Rows of no wave.
    pub(super) without: Sightings,
}

impl WaveReader {
    /// For a wave that is said there.
    pub(super) fn new(source: BoundWave) -> Self {
        Self { source, known: BTreeMap::new(), without: Sightings::default() }
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
        row: &csv::ByteRecord,
        place: Place,
        counts: &mut Counts,
    ) -> Option<usize> {
        let cell = self.column().map_or(&[][..], |it| row.get(it).unwrap_or_default());
        if let Some(number) = self.known.get(cell) {
            return Some(*number);
        }
        let wave = match &self.source {
            BoundWave::File(wave) => Some(wave.clone()),
            BoundWave::Column(_) => Wave::new(&String::from_utf8_lossy(cell)),
        };
        let Some(wave) = wave else {
            self.without.push(place);
            return None;
        };
        let number = counts.wave(&wave)?;
        self.known.insert(cell.into(), number);
        Some(number)
    }
}
