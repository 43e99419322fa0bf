//! Adds rows up to co-moments, many at a time.

use super::comoments::{Comoments, pair};
use super::{Finer, Grouped, Weight};

/// Rows of one group and weight that wait to be added together.
const BLOCK: usize = 128;

/// Weights with waiting rows in one group; a survey has few distinct ones, or as many as rows.
const OPEN: usize = 16;

/// Answers side by side in one step of the inner loop.
const LANES: usize = 16;

/// Fewer rows than this are added one by one.
const FEW: usize = 4;

/// The largest code whose square is a 16-bit number.
const SMALL: u16 = 181;

/// The largest sum of `w x²`, so that 2^15 such parts can be merged in 128 bits.
const ROOM: i128 = 1 << 112;

/// Sums rows by replicate group to [`Comoments`].
///
/// Rows of the same group and weight are collected and multiplied together, column by column in
/// 16-bit integers, which is 10 times as fast as row by row. All arithmetic is on integers, so
/// that the sums do not depend on which rows met in a block.
#[derive(Clone, Debug)]
pub struct ComomentRows {
    sums: Grouped<Comoments>,
    waiting: Vec<Vec<Block>>,
    variables: usize,
    room: i128,
}

/// One row: answers as codes, whole multiples of the steps of the sums.
#[derive(Clone, Copy, Debug)]
pub struct DriverRow<'a> {
    /// The replicate group.
    pub group: usize,
    /// What the row counts for.
    pub weight: Weight,
    /// The outcome: rows without one have no place here.
    pub outcome: i16,
    /// An answer for each driver; `None` where there is none, for whatever reason.
    pub drivers: &'a [Option<i16>],
}

/// Why a row cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowRefused {
    /// It has not an answer, or `None`, for each driver.
    Width,
    /// There is no such replicate group.
    Group,
    /// Sums could exceed 128 bits: answers or weights are of an absurd size.
    Overflow,
}

#[derive(Clone, Debug)]
struct Block {
    weight: Weight,
    cells: Vec<Option<i16>>,
}

impl ComomentRows {
    /// Nothing summed yet, in `groups` groups of sums like `empty`.
    #[must_use]
    pub fn new(groups: usize, empty: &Comoments) -> Self {
        Self {
            sums: Grouped::new(groups, empty),
            waiting: vec![Vec::new(); groups],
            variables: empty.variables(),
            room: ROOM,
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// When the row does not fit; nothing is added then.
    pub fn push(&mut self, row: DriverRow<'_>) -> Result<(), RowRefused> {
        let block =
            self.admit(row.group, row.weight, &[&[Some(row.outcome)], row.drivers])?;
        self.add(row.group, block, &[&[Some(row.outcome)], row.drivers]);
        Ok(())
    }

    /// Adds a row that need not have an outcome: variable j is the cell j.
    ///
    /// # Errors
    ///
    /// When the row does not fit; nothing is added then.
    pub fn push_answers(
        &mut self,
        group: usize,
        weight: Weight,
        cells: &[Option<i16>],
    ) -> Result<(), RowRefused> {
        let block = self.admit(group, weight, &[cells])?;
        self.add(group, block, &[cells]);
        Ok(())
    }

    /// The block that takes in a row of these cells.
    fn admit(
        &mut self,
        group: usize,
        weight: Weight,
        cells: &[&[Option<i16>]],
    ) -> Result<usize, RowRefused> {
        if cells.iter().map(|part| part.len()).sum::<usize>() != self.variables {
            return Err(RowRefused::Width);
        }
        let waiting = self.waiting.get_mut(group).ok_or(RowRefused::Group)?;
        let codes = cells.iter().copied().flatten().flatten();
        let largest = codes.map(|x| x.unsigned_abs()).max().unwrap_or(1).max(1);
        let largest = i128::from(largest);
        let left = self.room - weight.units() * largest * largest;
        if left < 0 {
            return Err(RowRefused::Overflow);
        }
        self.room = left;
        Ok(match waiting.iter().position(|block| block.weight == weight) {
            Some(at) => at,
            None => self.open(group, weight),
        })
    }

    fn add(&mut self, group: usize, block: usize, parts: &[&[Option<i16>]]) {
        let cells = &mut self.waiting[group][block].cells;
        for part in parts {
            cells.extend_from_slice(part);
        }
        if cells.len() >= BLOCK * self.variables {
            let full = self.waiting[group].swap_remove(block);
            self.flush(group, &full);
        }
    }

    /// Counts the codes of variable `i` in a finer step, as [`Comoments::refine`] does.
    ///
    /// # Errors
    ///
    /// When the sums could then exceed 128 bits; they are of no use then.
    pub fn refine(&mut self, i: usize, finer: Finer) -> Result<(), RowRefused> {
        self.flush_all();
        let mut used: i128 = 0;
        for group in self.sums.groups_mut() {
            group.refine(i, finer).ok_or(RowRefused::Overflow)?;
            let size = group.size().ok_or(RowRefused::Overflow)?;
            used = used.checked_add(size).ok_or(RowRefused::Overflow)?;
        }
        self.room = ROOM - used;
        if self.room < 0 { Err(RowRefused::Overflow) } else { Ok(()) }
    }

    fn flush_all(&mut self) {
        let groups = self.waiting.len();
        let waiting = std::mem::replace(&mut self.waiting, vec![Vec::new(); groups]);
        for (group, blocks) in waiting.into_iter().enumerate() {
            for block in blocks {
                self.flush(group, &block);
            }
        }
    }

    /// The sums of all rows.
    #[must_use]
    pub fn finish(mut self) -> Grouped<Comoments> {
        self.flush_all();
        self.sums
    }

    /// A new block, in the place of the oldest when there are many.
    fn open(&mut self, group: usize, weight: Weight) -> usize {
        if self.waiting[group].len() >= OPEN {
            let oldest = self.waiting[group].remove(0);
            self.flush(group, &oldest);
        }
        self.waiting[group].push(Block { weight, cells: Vec::new() });
        self.waiting[group].len() - 1
    }

    fn flush(&mut self, group: usize, block: &Block) {
        let variables = self.variables;
        let Some(sums) = self.sums.group_mut(group) else { return };
        let small = |cell: &Option<i16>| cell.is_none_or(|x| x.unsigned_abs() <= SMALL);
        let rows = block.cells.len() / variables;
        if rows >= FEW && block.cells.iter().all(small) {
            Columns::new(&block.cells, variables).add_to(sums, block.weight);
        } else {
            for row in block.cells.chunks_exact(variables) {
                add_row(sums, row, block.weight);
            }
        }
    }
}

/// Adds one row, pair by pair of its answers.
fn add_row(sums: &mut Comoments, row: &[Option<i16>], weight: Weight) {
    let answered: Vec<(usize, i128)> = row
        .iter()
        .enumerate()
        .filter_map(|(j, x)| x.map(|x| (j, i128::from(x))))
        .collect();
    for (place, &(i, x)) in answered.iter().enumerate() {
        let (wx, wxx) = (weight.units() * x, weight.units() * x * x);
        for &(j, _) in &answered {
            sums.sums[i * row.len() + j] += wx;
            sums.squares[i * row.len() + j] += wxx;
        }
        for &(j, other) in &answered[place..] {
            sums.rows[pair(i, j)] += weight.respondents();
            sums.weights[pair(i, j)] += weight.units();
            sums.products[pair(i, j)] += wx * other;
        }
    }
}

/// A block by columns, padded with zeros to whole steps of the inner loop.
struct Columns {
    steps: usize,
    valid: Vec<[i16; LANES]>,
    value: Vec<[i16; LANES]>,
    square: Vec<[i16; LANES]>,
}

impl Columns {
    /// Of cells by rows, none beyond [`SMALL`].
    fn new(cells: &[Option<i16>], variables: usize) -> Self {
        let steps = (cells.len() / variables).div_ceil(LANES);
        let empty = vec![[0; LANES]; steps * variables];
        let mut columns =
            Self { steps, valid: empty.clone(), value: empty.clone(), square: empty };
        for (r, row) in cells.chunks_exact(variables).enumerate() {
            for (j, x) in row.iter().enumerate() {
                let Some(x) = *x else { continue };
                let at = j * steps + r / LANES;
                columns.valid[at][r % LANES] = 1;
                columns.value[at][r % LANES] = x;
                columns.square[at][r % LANES] = x * x;
            }
        }
        columns
    }

    fn add_to(&self, sums: &mut Comoments, weight: Weight) {
        let (variables, w) = (sums.variables(), weight.units());
        let column = |j: usize| j * self.steps..(j + 1) * self.steps;
        for i in 0..variables {
            let valid = &self.valid[column(i)];
            let value = &self.value[column(i)];
            let square = &self.square[column(i)];
            for j in 0..variables {
                let other = &self.valid[column(j)];
                sums.sums[i * variables + j] += w * i128::from(dot(value, other));
                sums.squares[i * variables + j] += w * i128::from(dot(square, other));
            }
            for j in i..variables {
                let n = dot(valid, &self.valid[column(j)]);
                let respondents = weight.respondents() * u64::from(n.unsigned_abs());
                sums.rows[pair(i, j)] += respondents;
                sums.weights[pair(i, j)] += w * i128::from(n);
                let product = dot(value, &self.value[column(j)]);
                sums.products[pair(i, j)] += w * i128::from(product);
            }
        }
    }
}

/// Sum of products: at most `BLOCK` of 2^15, so that 32 bits are enough.
fn dot(a: &[[i16; LANES]], b: &[[i16; LANES]]) -> i32 {
    let mut sum = 0;
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sum += i32::from(a[lane]) * i32::from(b[lane]);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Additive;

    fn add(
        rows: &mut ComomentRows,
        group: usize,
        weight: f64,
        outcome: i16,
        drivers: &[Option<i16>],
    ) {
        let weight = Weight::new(weight).unwrap();
        rows.push(DriverRow { group, weight, outcome, drivers }).unwrap();
    }

    /// Rows (y; x1, x2) of weights 1, 1 and 0.5: (4; 5, –), (2; 3, 1), (3; –, 2).
    #[test]
    fn three_rows_by_hand() {
        let mut rows = ComomentRows::new(2, &Comoments::new(&[1.0; 3]).unwrap());
        add(&mut rows, 0, 1.0, 4, &[Some(5), None]);
        add(&mut rows, 1, 1.0, 2, &[Some(3), Some(1)]);
        add(&mut rows, 1, 0.5, 3, &[None, Some(2)]);
        let sums = rows.finish();
        let total = sums.total().unwrap();
        assert_eq!(
            [total.n(0, 0), total.n(0, 1), total.n(1, 2), total.rows()],
            [3, 2, 1, 3]
        );
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-15);
        near(total.weight(0, 0), 2.5);
        near(total.weight(0, 2), 1.5);
        // y over those with x2: 2 + 0.5·3; x2 over those with y
        near(total.sum(0, 2), 3.5);
        near(total.sum(2, 0), 2.0);
        near(total.square(2, 0), 3.0);
        near(total.product(0, 1), 26.0);
        near(total.product(0, 2), 5.0);
        near(total.product(2, 1), 3.0);
        near(total.mean(2).unwrap(), 2.0 / 1.5);
        near(total.reach(1).unwrap(), 0.8);
        assert_eq!(sums.groups()[0].mean(2), None);
    }

    #[test]
    fn codes_count_in_steps() {
        let mut rows = ComomentRows::new(1, &Comoments::new(&[1.0, 0.5]).unwrap());
        add(&mut rows, 0, 1.0, 4, &[Some(7)]);
        let total = rows.finish().total().unwrap();
        let found = [total.sum(1, 1), total.square(1, 1), total.product(0, 1)];
        for (found, wanted) in found.iter().zip([3.5, 12.25, 14.0]) {
            assert!((found - wanted).abs() < 1e-15);
        }
    }

    #[test]
    fn a_finer_step_changes_no_sum() {
        let rows = |late: bool| {
            let step = if late { 1.0 } else { 0.1 };
            let mut rows = ComomentRows::new(1, &Comoments::new(&[1.0, step]).unwrap());
            let ten = if late { 1 } else { 10 };
            for at in 1..=9 {
                add(&mut rows, 0, 0.7, at, &[Some(at * ten)]);
            }
            if late {
                rows.refine(1, Finer { step: 0.1, factor: 10 }).unwrap();
            }
            add(&mut rows, 0, 1.3, 4, &[Some(25)]);
            rows.finish()
        };
        assert_eq!(rows(true), rows(false));
    }

    #[test]
    fn many_finer_steps_do_not_use_up_the_room() {
        let mut rows = ComomentRows::new(1, &Comoments::new(&[1.0; 30]).unwrap());
        for variable in 0..30 {
            add(&mut rows, 0, 0.7, 4, &[Some(5); 29]);
            rows.refine(variable, Finer { step: 0.001, factor: 1000 }).unwrap();
        }
        let total = rows.finish().total().unwrap();
        // The first variable was 4 once and 4 thousandths 29 times.
        assert!((total.sum(0, 0) - 0.7 * (4.0 + 29.0 * 0.004)).abs() < 1e-12);
    }

    #[test]
    fn a_frequency_counts_as_so_many_rows() {
        let row = |rows: &mut ComomentRows, weight| {
            rows.push(DriverRow { group: 0, weight, outcome: 3, drivers: &[Some(2)] })
        };
        let empty = Comoments::new(&[1.0; 2]).unwrap();
        let (mut often, mut once) =
            (ComomentRows::new(1, &empty), ComomentRows::new(1, &empty));
        for _ in 0..5 {
            row(&mut often, Weight::frequency(3).unwrap()).unwrap();
        }
        for _ in 0..15 {
            row(&mut once, Weight::ONE).unwrap();
        }
        assert_eq!(often.finish(), once.finish());
    }

    /// Rows (x1, x2): (5, –), (–, 2), (3, 4).
    #[test]
    fn answers_without_an_outcome_are_summed_by_pairs_too() {
        let mut rows = ComomentRows::new(1, &Comoments::new(&[1.0; 2]).unwrap());
        for cells in [[Some(5), None], [None, Some(2)], [Some(3), Some(4)]] {
            rows.push_answers(0, Weight::ONE, &cells).unwrap();
        }
        let total = rows.finish().total().unwrap();
        assert_eq!(
            [total.n(0, 0), total.n(0, 1), total.n(1, 1), total.rows()],
            [2, 1, 2, 2]
        );
        let found = [total.sum(0, 0), total.sum(0, 1), total.product(0, 1)];
        assert!(found.iter().zip([8.0, 3.0, 12.0]).all(|(a, b)| (a - b).abs() < 1e-15));
    }

    #[test]
    fn drivers_can_be_had_without_their_outcome() {
        let (mut with, mut without) = (
            ComomentRows::new(1, &Comoments::new(&[1.0; 4]).unwrap()),
            ComomentRows::new(1, &Comoments::new(&[1.0; 3]).unwrap()),
        );
        for at in 0..50_i16 {
            let drivers = [Some(at % 7), (at % 3 > 0).then_some(at % 5), Some(-(at % 4))];
            add(&mut with, 0, 0.7, at % 11, &drivers);
            without.push_answers(0, Weight::new(0.7).unwrap(), &drivers).unwrap();
        }
        assert_eq!(with.finish().map(Comoments::without_outcome), without.finish());
    }

    #[test]
    fn many_rows_at_once_are_the_sum_of_single_rows() {
        let empty = Comoments::new(&[1.0; 4]).unwrap();
        let (mut together, mut apart) = (ComomentRows::new(1, &empty), empty.clone());
        for at in 0..1000_i16 {
            let drivers =
                [Some(at % 7), (at % 3 > 0).then_some(at % 181), Some(-(at % 5))];
            add(&mut together, 0, 0.7, at % 11, &drivers);
            let mut single = ComomentRows::new(1, &empty);
            add(&mut single, 0, 0.7, at % 11, &drivers);
            apart.add(&single.finish().total().unwrap());
        }
        assert_eq!(together.finish().total().unwrap(), apart);
    }

    #[test]
    fn large_codes_do_not_overflow() {
        let mut rows = ComomentRows::new(1, &Comoments::new(&[1.0; 2]).unwrap());
        for _ in 0..200 {
            add(&mut rows, 0, 2.0, 30_000, &[Some(-30_000)]);
        }
        let total = rows.finish().total().unwrap();
        assert!((total.product(0, 1) + 3.6e11).abs() < 1e-3);
    }

    #[test]
    fn rows_that_do_not_fit_are_refused() {
        let mut rows = ComomentRows::new(1, &Comoments::new(&[1.0; 2]).unwrap());
        let row =
            DriverRow { group: 0, weight: Weight::ONE, outcome: 1, drivers: &[Some(1)] };
        let heavy = Weight::new(4e9).unwrap();
        let absurd = DriverRow { weight: heavy, outcome: 32_000, ..row };
        assert_eq!(rows.push(DriverRow { drivers: &[], ..row }), Err(RowRefused::Width));
        assert_eq!(rows.push(DriverRow { group: 1, ..row }), Err(RowRefused::Group));
        let mut result = Ok(());
        for _ in 0..2000 {
            result = result.and_then(|()| rows.push(absurd));
        }
        assert_eq!(result, Err(RowRefused::Overflow));
    }
}
