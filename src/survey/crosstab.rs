//! Rows counted by what their cells say: small integers, weighed only when all are counted.
//!
//! A row of a weight that many rows have is one more in the count of each of its answers, by
//! wave, weight and value of each segment. Exact sums of weights, and of their squares,
//! follow from the counts.
//!
//! Many rows are counted column by column: the counts of one column are few enough to stay
//! near the processor.

use std::collections::BTreeMap;

use super::count::Counts;
use super::exact::Weight;
use super::lexicon::AnswerCode;
use super::part::Side;

/// Numbers that are kept at most.
const NUMBERS: usize = 1 << 21;
/// Codes that a column has room for at first.
const CODES: usize = 16;
/// The code of a row that has none.
pub(super) const NOTHING: AnswerCode = AnswerCode::MAX;
/// No cell, no lot.
const NONE: u32 = u32::MAX;

/// A wave, a side and a weight, by number.
#[derive(Clone, Copy, Debug)]
struct Lot {
    wave: usize,
    side: Side,
    weight: usize,
}

/// A lot and a value of a segment; `None` where rows have none, or there are no segments.
#[derive(Clone, Copy, Debug)]
struct Cell {
    lot: usize,
    segment: usize,
    value: Option<usize>,
}

/// Counts of the codes of one column, cell by cell: small, so that many are near the processor.
#[derive(Clone, Debug)]
struct Column {
    codes: usize,
    counts: Vec<u16>,
    /// How often a count began anew, by cell and code.
    rounds: BTreeMap<(u32, AnswerCode), u32>,
}

/// Counts of rows by code.
#[derive(Clone, Debug, Default)]
pub(super) struct Crosstab {
    lots: Vec<Lot>,
    cells: Vec<Cell>,
    /// Rows of each cell.
    rows: Vec<u32>,
    columns: Vec<Column>,
    /// Numbers of lots by wave, side and weight.
    lot_of: Vec<[Vec<u32>; 2]>,
    /// Numbers of cells by lot, segment and value, the first being none.
    cell_of: Vec<Vec<Vec<u32>>>,
    /// Codes that all columns together have room for.
    codes: usize,
    /// The cells of the rows that were begun, as many for each.
    waiting: Vec<u32>,
    cells_a_row: usize,
}

impl Column {
    #[inline]
    fn count<'a>(&mut self, rows: impl Iterator<Item = (&'a u32, &'a AnswerCode)>) {
        for (cell, code) in rows {
            let at = *cell as usize * self.codes + usize::from(*code);
            if let Some(count) = self.counts.get_mut(at)
                && *code != NOTHING
            {
                *count = count.wrapping_add(1);
                if *count == 0 {
                    self.go_round(*cell, *code);
                }
            }
        }
    }

    #[cold]
    fn go_round(&mut self, cell: u32, code: AnswerCode) {
        *self.rounds.entry((cell, code)).or_default() += 1;
    }

    /// The codes that a cell has, and how often.
    fn of_cell(&self, cell: usize) -> impl Iterator<Item = (usize, u32)> {
        let counts = self.counts.chunks_exact(self.codes).nth(cell).unwrap_or_default();
        let counts = counts.iter().zip(0..).map(move |(count, code)| {
            let rounds =
                self.rounds.get(&(number(cell), code)).copied().unwrap_or_default();
            (usize::from(code), u32::from(*count) + (rounds << u16::BITS))
        });
        counts.filter(|(_, times)| *times > 0)
    }
}

impl Crosstab {
    /// Of so many columns.
    pub(super) fn new(columns: usize) -> Self {
        let column = Column { codes: CODES, counts: Vec::new(), rounds: BTreeMap::new() };
        let codes = CODES * columns;
        Self { columns: vec![column; columns], codes, ..Self::default() }
    }

    /// Begins a row: its wave, side and weight, and its value of each segment. `false` when
    /// there is no room for rows like it, which must be counted elsewhere.
    pub(super) fn begin(
        &mut self,
        (wave, side, weight): (usize, Side, usize),
        groups: &[Option<usize>],
    ) -> bool {
        let lot = self.lot(wave, side, weight);
        let start = self.waiting.len();
        let mut has_room = true;
        let values = groups.iter().copied().enumerate();
        for (segment, value) in values.chain(groups.is_empty().then_some((0, None))) {
            match self.cell(lot, segment, value) {
                Some(cell) if self.rows[cell as usize] < u32::MAX => {
                    self.waiting.push(cell);
                }
                _ => has_room = false,
            }
        }
        if !has_room {
            self.waiting.truncate(start);
            return false;
        }
        for cell in &self.waiting[start..] {
            self.rows[*cell as usize] += 1;
        }
        self.cells_a_row = groups.len().max(1);
        true
    }

    /// Counts the codes of a column, one for each row that was begun since [`Self::settle`];
    /// [`NOTHING`] where a row has none. `false` when there is no room for one of them: then
    /// none is counted, and all must be counted elsewhere.
    pub(super) fn count(&mut self, column: usize, codes: &[AnswerCode]) -> bool {
        // One more than the largest, because one more than nothing is 0.
        let beyond = codes.iter().map(|it| it.wrapping_add(1)).max().unwrap_or_default();
        let Some(it) = self.columns.get_mut(column) else { return false };
        if usize::from(beyond) > it.codes && !self.widen(column, usize::from(beyond) - 1)
        {
            return false;
        }
        let Some(it) = self.columns.get_mut(column) else { return false };
        it.counts.resize(self.cells.len() * it.codes, 0);
        match self.cells_a_row {
            1 => it.count(self.waiting.iter().zip(codes)),
            many => {
                let rows = self.waiting.chunks_exact(many.max(1)).zip(codes);
                it.count(
                    rows.flat_map(|(cells, code)| cells.iter().map(move |it| (it, code))),
                );
            }
        }
        true
    }

    /// Forgets which rows were begun.
    pub(super) fn settle(&mut self) {
        self.waiting.clear();
    }

    fn lot(&mut self, wave: usize, side: Side, weight: usize) -> usize {
        if self.lot_of.len() <= wave {
            self.lot_of.resize_with(wave + 1, Default::default);
        }
        let known = &mut self.lot_of[wave][side.at()];
        if known.len() <= weight {
            known.resize(weight + 1, NONE);
        }
        if known[weight] == NONE {
            known[weight] = number(self.lots.len());
            self.lots.push(Lot { wave, side, weight });
            self.cell_of.push(Vec::new());
        }
        known[weight] as usize
    }

    fn cell(&mut self, lot: usize, segment: usize, value: Option<usize>) -> Option<u32> {
        let known = &mut self.cell_of[lot];
        if known.len() <= segment {
            known.resize_with(segment + 1, Vec::new);
        }
        let (known, at) = (&mut known[segment], value.map_or(0, |it| it + 1));
        if known.len() <= at {
            known.resize(at + 1, NONE);
        }
        if known[at] == NONE {
            if (self.cells.len() + 1) * self.codes > NUMBERS {
                return None;
            }
            known[at] = number(self.cells.len());
            self.cells.push(Cell { lot, segment, value });
            self.rows.push(0);
        }
        Some(known[at])
    }

    /// Makes room for more codes of a column, if there is any.
    #[cold]
    fn widen(&mut self, column: usize, code: usize) -> bool {
        let Some(it) = self.columns.get_mut(column) else { return false };
        let wide = (code + 1).next_power_of_two();
        if self.cells.len() * (self.codes + wide - it.codes) > NUMBERS {
            return false;
        }
        let mut counts = Vec::with_capacity(self.cells.len() * wide);
        for cell in it.counts.chunks_exact(it.codes) {
            counts.extend_from_slice(cell);
            counts.resize(counts.len() + wide - it.codes, 0);
        }
        self.codes += wide - it.codes;
        (it.codes, it.counts) = (wide, counts);
        true
    }

    /// Weighs all counts into those of the waves. `weights` are by number,
    /// `always` has the slots of every row, `slot` says that of the code of a column.
    pub(super) fn pour(
        self,
        counts: &mut Counts,
        weights: &[Weight],
        always: &[usize],
        slot: impl Fn(usize, usize) -> Option<usize>,
    ) {
        let width = counts.dictionary.width();
        for (number, cell) in self.cells.iter().enumerate() {
            let lot = self.lots[cell.lot];
            let Some(weight) = weights.get(lot.weight) else { continue };
            let part = counts.at(lot.wave).part(lot.side);
            let mut add = |slot: usize, times: u32| {
                if cell.segment == 0 {
                    part.total.add_times(slot, width, *weight, times);
                }
                if let Some(value) = cell.value {
                    let sums = part.group(cell.segment, value);
                    sums.add_times(slot, width, *weight, times);
                }
            };
            for slot in always {
                add(*slot, self.rows[number]);
            }
            for (column, it) in self.columns.iter().enumerate() {
                for (code, times) in it.of_cell(number) {
                    if let Some(slot) = slot(column, code) {
                        add(slot, times);
                    }
                }
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no more than NUMBERS, with a few beyond"
)]
fn number(count: usize) -> u32 {
    count as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Wave;
    use crate::survey::dictionary::{EVERY_ROW, Level, Outcome};
    use crate::survey::exact::Sums;
    use crate::survey::tally::Variable;

    const COLUMNS: usize = 3;
    const CODES: usize = 40;

    /// A column has a slot for each code that occurs.
    fn slot(column: usize, code: usize) -> Option<usize> {
        (code < CODES).then_some(1 + CODES * column + code)
    }

    /// Two waves of two segments, and slots for all codes.
    fn counts() -> Counts {
        let mut counts = Counts::new(2);
        for wave in ["1", "2"] {
            counts.wave(&Wave::new(wave).unwrap()).unwrap();
        }
        for (column, code) in
            (0..COLUMNS).flat_map(|it| (0..40_i32).map(move |c| (it, c)))
        {
            let outcome = Outcome::Answer(Level::new(f64::from(code)));
            counts.dictionary.slot(Variable::Touchpoint(column), outcome);
        }
        counts
    }

    /// The same rows counted here, and added one by one.
    #[test]
    fn counts_are_the_sums_of_rows() {
        let weights =
            [Weight::sampling(0.723_116).unwrap(), Weight::Whole(3), Weight::ONE];
        let mut state = 3_u64;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from((state >> 33) % n).unwrap()
        };
        for segments in [0, 2] {
            let (mut crosstab, mut counted, mut added) =
                (Crosstab::new(COLUMNS), counts(), counts());
            let width = added.dictionary.width();
            let mut begun: Vec<[usize; COLUMNS]> = Vec::new();
            for row in 0..3_000 {
                let (wave, weight) = (below(2), below(3));
                let side = if weight == 2 { Side::Weightless } else { Side::Weighted };
                let groups: Vec<_> =
                    (0..segments).map(|_| below(5).checked_sub(1)).collect();
                let codes = [below(3), below(40), below(17)];
                assert!(crosstab.begin((wave, side, weight), &groups));
                begun.push(codes);
                let mut slots = vec![EVERY_ROW];
                slots.extend(
                    codes.iter().enumerate().filter_map(|(it, code)| slot(it, *code)),
                );
                let part = added.at(wave).part(side);
                part.add_slots(&slots, &groups, weights[weight], width);
                if row % 700 == 0 || row == 1_000 || row == 2_999 {
                    for column in 0..COLUMNS {
                        let codes = begun.iter().map(|it| it[column].try_into().unwrap());
                        assert!(crosstab.count(column, &codes.collect::<Vec<_>>()));
                    }
                    begun.clear();
                    crosstab.settle();
                }
                if row == 1_000 {
                    let first = std::mem::replace(&mut crosstab, Crosstab::new(COLUMNS));
                    first.pour(&mut counted, &weights, &[EVERY_ROW], slot);
                }
            }
            crosstab.pour(&mut counted, &weights, &[EVERY_ROW], slot);
            for (wave, side) in
                [(0, Side::Weighted), (0, Side::Weightless), (1, Side::Weighted)]
            {
                let (counted, added) =
                    (counted.at(wave).part(side), added.at(wave).part(side));
                same(&counted.total, &added.total);
                assert_eq!(counted.segments.len(), added.segments.len());
                let pairs = counted.segments.iter().zip(&added.segments);
                for (counted, added) in pairs.flat_map(|(a, b)| a.iter().zip(b)) {
                    same(counted, added);
                }
            }
        }
    }

    fn same(counted: &Sums, added: &Sums) {
        for slot in 0..=COLUMNS * CODES {
            assert_eq!(counted.total(slot), added.total(slot), "{slot}");
        }
    }

    #[test]
    fn what_has_no_room_is_counted_elsewhere() {
        let mut crosstab = Crosstab::new(1);
        let at = (0, Side::Weighted, 0);
        assert!(crosstab.begin(at, &[Some(0)]) && crosstab.count(0, &[900]));
        crosstab.settle();
        let refused = (1..=NUMBERS).find(|it| !crosstab.begin(at, &[Some(*it)])).unwrap();
        assert_eq!(refused, NUMBERS / 1024);
        crosstab.settle();
        // Rows like those that were counted still are, but not their new codes.
        assert!(crosstab.begin(at, &[Some(7)]) && !crosstab.count(0, &[1_024]));
        assert!(crosstab.count(0, &[1_023]));
        let (mut counts, weights) = (counts(), [Weight::ONE]);
        crosstab.pour(&mut counts, &weights, &[EVERY_ROW], |_, _| Some(1));
        let total = &counts.at(0).part(Side::Weighted).total;
        assert_eq!(total.total(EVERY_ROW).n, NUMBERS as u64 / 1024 + 1);
        assert_eq!(total.total(1).n, 2);
    }

    #[test]
    fn many_rows_of_one_code_are_all_counted() {
        const ROWS: usize = 3 * (1 << 16) + 5;
        let mut crosstab = Crosstab::new(1);
        let codes = vec![7; ROWS];
        for _ in 0..ROWS {
            assert!(crosstab.begin((0, Side::Weighted, 0), &[Some(0)]));
        }
        assert!(crosstab.count(0, &codes));
        let (mut counts, weights) = (counts(), [Weight::ONE]);
        crosstab.pour(&mut counts, &weights, &[EVERY_ROW], slot);
        let part = counts.at(0).part(Side::Weighted);
        for sums in [&part.total, &part.segments[0][0]] {
            assert_eq!([0, 8].map(|slot| sums.total(slot).n), [ROWS as u64; 2]);
        }
    }

    #[test]
    fn a_row_without_a_code_is_not_counted_in_the_column() {
        let mut crosstab = Crosstab::new(1);
        for value in [None, Some(0)] {
            assert!(crosstab.begin((0, Side::Weighted, 0), &[value]));
        }
        assert!(crosstab.count(0, &[NOTHING, 3]));
        let (mut counts, weights) = (counts(), [Weight::ONE]);
        crosstab.pour(&mut counts, &weights, &[EVERY_ROW], slot);
        let part = counts.at(0).part(Side::Weighted);
        let n = |sums: &Sums, slot| sums.total(slot).n;
        assert_eq!([0, 4].map(|slot| n(&part.total, slot)), [2, 1]);
        assert_eq!([0, 4].map(|slot| n(&part.segments[0][0], slot)), [1, 1]);
    }
}
