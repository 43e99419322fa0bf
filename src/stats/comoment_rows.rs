//! Adds rows up to co-moments, one at a time.

use super::comoments::{Comoments, pair};
use super::{Finer, Grouped, Weight};

/// The largest sum of `w x²`, so that 2^15 such parts can be merged in 128 bits.
const ROOM: i128 = 1 << 112;

/// Sums rows by replicate group to [`Comoments`].
///
/// Many rows of few weights are summed up faster by [`GroupSums`](super::GroupSums). All
/// arithmetic is on integers, so that the sums do not depend on the order of rows.
#[derive(Clone, Debug)]
pub struct ComomentRows {
    sums: Grouped<Comoments>,
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

impl ComomentRows {
    /// Nothing summed yet, in `groups` groups of sums like `empty`.
    #[must_use]
    pub fn new(groups: usize, empty: &Comoments) -> Self {
        Self { sums: Grouped::new(groups, empty), room: ROOM }
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// When the row does not fit; nothing is added then.
    pub fn push(&mut self, row: DriverRow<'_>) -> Result<(), RowRefused> {
        let outcome = std::iter::once(Some(row.outcome));
        let cells: Vec<_> = outcome.chain(row.drivers.iter().copied()).collect();
        self.push_answers(row.group, row.weight, &cells)
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
        let sums = self.sums.group_mut(group).ok_or(RowRefused::Group)?;
        if cells.len() != sums.variables() {
            return Err(RowRefused::Width);
        }
        let left = self.room - greatest_square(cells) * weight.units();
        if left < 0 {
            return Err(RowRefused::Overflow);
        }
        self.room = left;
        add_row(sums, cells, weight);
        Ok(())
    }

    /// Counts the codes of variable `i` in a finer step, as [`Comoments::refine`] does.
    ///
    /// # Errors
    ///
    /// When the sums could then exceed 128 bits; they are of no use then.
    pub fn refine(&mut self, i: usize, finer: Finer) -> Result<(), RowRefused> {
        let mut used: i128 = 0;
        for group in self.sums.groups_mut() {
            group.refine(i, finer).ok_or(RowRefused::Overflow)?;
            let size = group.size().ok_or(RowRefused::Overflow)?;
            used = used.checked_add(size).ok_or(RowRefused::Overflow)?;
        }
        self.room = ROOM - used;
        if self.room < 0 { Err(RowRefused::Overflow) } else { Ok(()) }
    }

    /// The sums of all rows.
    #[must_use]
    pub fn finish(self) -> Grouped<Comoments> {
        self.sums
    }
}

/// The square of the largest code, and at least 1.
pub(super) fn greatest_square(cells: &[Option<i16>]) -> i128 {
    let codes = cells.iter().flatten().map(|x| x.unsigned_abs());
    i128::from(codes.max().unwrap_or(1).max(1)).pow(2)
}

/// Adds one row, pair by pair of its answers.
pub(super) fn add_row(sums: &mut Comoments, row: &[Option<i16>], weight: Weight) {
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
