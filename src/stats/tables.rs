//! The exact integers of joint sums, to be kept and taken up again.

use super::comoments::pair;
use super::{Comoments, Level, LevelGram};

/// The largest exact sum that is taken up from a file: 2^15 such parts fit into 128 bits.
pub const LARGEST_SUM: u128 = 1 << 112;
/// The most respondents that are taken up from a file: as many as 64-bit floats count exactly.
pub const MOST_RESPONDENTS: u64 = 1 << 53;

impl Comoments {
    /// n of every pair, by triangle, and N, A, B and C in [units](super::Weight) of a weight and of
    /// the codes of the variables: N and C by triangle, A and B by rows of a square.
    #[must_use]
    pub fn tables(&self) -> (&[u64], [&[i128]; 4]) {
        (&self.rows, [&self.weights, &self.sums, &self.squares, &self.products])
    }

    /// The sums that [`Self::tables`] gave; `None` unless they can be such sums.
    #[must_use]
    pub fn from_tables(
        steps: &[f64],
        rows: Vec<u64>,
        [weights, sums, squares, products]: [Vec<i128>; 4],
    ) -> Option<Self> {
        let v = steps.len();
        let (triangle, square) = (v * (v + 1) / 2, v * v);
        let long =
            |table: &Vec<i128>, length| table.len() == length && table.iter().all(fits);
        let sound = steps.iter().all(|step| step.is_finite() && *step > 0.0)
            && rows.len() == triangle
            && rows.iter().all(|n| *n <= MOST_RESPONDENTS)
            && [(&weights, triangle), (&sums, square), (&squares, square)]
                .into_iter()
                .chain([(&products, triangle)])
                .all(|(table, length)| long(table, length));
        let alone = |i: usize| rows.get(pair(i, i)).copied().unwrap_or_default();
        let pairs = || (0..v).flat_map(|j| (0..=j).map(move |i| (i, j)));
        let nested = || {
            pairs().all(|(i, j)| {
                let both = rows.get(pair(i, j)).copied().unwrap_or_default();
                both <= alone(i).min(alone(j))
            })
        };
        (sound && nested()).then(|| {
            let steps = steps.to_vec();
            Self { steps, rows, weights, sums, squares, products }
        })
    }
}

impl LevelGram {
    /// n of every column, the gram by triangle, and the sums of the outcome by column, in
    /// [units](super::Weight) of a weight and of the codes of the outcome.
    #[must_use]
    pub fn tables(&self) -> (&[u64], [&[i128]; 2]) {
        (&self.rows, [&self.gram, &self.outcome])
    }

    /// The sums that [`Self::tables`] gave; `None` unless they can be such sums.
    #[must_use]
    pub fn from_tables(
        drivers: usize,
        step: f64,
        rows: Vec<u64>,
        [gram, outcome]: [Vec<i128>; 2],
    ) -> Option<Self> {
        let mut sums = Self::new(drivers, step)?;
        let sound = rows.len() == sums.rows.len()
            && rows.iter().all(|n| *n <= MOST_RESPONDENTS)
            && gram.len() == sums.gram.len()
            && outcome.len() == sums.outcome.len()
            && gram.iter().chain(&outcome).all(fits);
        if !sound {
            return None;
        }
        (sums.rows, sums.gram, sums.outcome) = (rows, gram, outcome);
        let all = sums.rows.first().copied().unwrap_or_default();
        let at = |driver, level| {
            Self::column(driver, level).and_then(|column| sums.rows.get(column)).copied()
        };
        let apart = |driver| {
            let levels = [Level::Low, Level::High, Level::Absent];
            levels.iter().filter_map(|level| at(driver, *level)).sum::<u64>() <= all
        };
        (0..drivers).all(apart).then_some(sums)
    }
}

fn fits(sum: &i128) -> bool {
    sum.unsigned_abs() <= LARGEST_SUM
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{ComomentRows, DriverRow, Grouped, LevelRow, Weight};

    fn sums() -> (Comoments, LevelGram) {
        let mut rows = ComomentRows::new(1, &Comoments::new(&[1.0, 0.5]).unwrap());
        let mut levels = Grouped::new(1, &LevelGram::new(1, 1.0).unwrap());
        let weight = Weight::new(0.3).unwrap();
        for (outcome, answer, level) in
            [(4, Some(7), Level::Low), (2, None, Level::Absent)]
        {
            let drivers = [answer];
            rows.push(DriverRow { group: 0, weight, outcome, drivers: &drivers })
                .unwrap();
            levels
                .push(LevelRow { group: 0, weight, outcome, levels: &[level] })
                .unwrap();
        }
        (rows.finish().total().unwrap(), levels.total().unwrap())
    }

    #[test]
    fn tables_make_the_sums_that_they_come_from() {
        let (comoments, levels) = sums();
        let (rows, tables) = comoments.tables();
        let tables = tables.map(<[i128]>::to_vec);
        let again = Comoments::from_tables(comoments.steps(), rows.to_vec(), tables);
        assert_eq!(again, Some(comoments));
        let (rows, tables) = levels.tables();
        let again =
            LevelGram::from_tables(1, 1.0, rows.to_vec(), tables.map(<[i128]>::to_vec));
        assert_eq!(again, Some(levels));
    }

    #[test]
    fn tables_of_another_shape_or_of_absurd_numbers_are_none() {
        let (comoments, levels) = sums();
        let (rows, tables) = comoments.tables();
        let [weights, sums, squares, products] = tables.map(<[i128]>::to_vec);
        let steps = comoments.steps();
        let with = |rows: &[u64], weights: &[i128], steps: &[f64]| {
            let tables =
                [weights.to_vec(), sums.clone(), squares.clone(), products.clone()];
            Comoments::from_tables(steps, rows.to_vec(), tables)
        };
        assert!(with(rows, &weights, steps).is_some());
        assert!(with(&rows[1..], &weights, steps).is_none());
        assert!(with(rows, &weights[1..], steps).is_none());
        assert!(with(rows, &weights, &[1.0, 0.0]).is_none());
        assert!(with(rows, &[i128::MIN, 0, 0], steps).is_none());
        // More rows have both answers than either.
        assert!(with(&[2, 3, 1], &weights, steps).is_none());
        let (rows, tables) = levels.tables();
        let tables = tables.map(<[i128]>::to_vec);
        // More are low than there are.
        let low = [rows[0], rows[0] + 1, 0, 0];
        assert!(LevelGram::from_tables(1, 1.0, low.to_vec(), tables).is_none());
    }
}
