//! Who scored low, high, or not at all: sums over every pair of such facts.

use super::comoment_rows::RowRefused;
use super::comoments::{combine, pair};
use super::weight::from_units;
use super::{Additive, Grouped, Weight};

/// A driver's answer as a penalty–reward analysis sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// At or under 40 points.
    Low,
    /// Between: what the others are compared with.
    Middle,
    /// At or over 88 points.
    High,
    /// No valid answer.
    Absent,
}

impl Level {
    /// The level of a score in points (0–100), `None` being no valid answer: low up to 40 (1 and 2
    /// of 5, 1 to 4 of 10), high from 88 (5 of 5, 9 and 10 of 10). METHOD §9.
    #[must_use]
    pub fn of(points: Option<f64>) -> Self {
        match points {
            None => Self::Absent,
            Some(points) if points <= 40.0 => Self::Low,
            Some(points) if points >= 88.0 => Self::High,
            Some(_) => Self::Middle,
        }
    }
}

/// Indicators a driver has: low, high, absent.
const INDICATORS: usize = 3;

/// Sums over rows with an outcome of the products of any two indicators, and of the outcome with
/// each (METHOD §2, table C).
///
/// Column 0 is 1 for every row; three columns a driver follow. Integers, like
/// [`Comoments`](super::Comoments): exact and additive in both directions.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelGram {
    pub(super) drivers: usize,
    pub(super) step: f64,
    /// Unweighted, by column.
    pub(super) rows: Vec<u64>,
    /// Σ w · indicator · indicator, by triangle.
    pub(super) gram: Vec<i128>,
    /// Σ w · outcome · indicator, by column.
    pub(super) outcome: Vec<i128>,
}

/// One row with an outcome, in codes of the sums' step.
#[derive(Clone, Copy, Debug)]
pub struct LevelRow<'a> {
    /// The replicate group.
    pub group: usize,
    /// What the row counts for.
    pub weight: Weight,
    /// The outcome.
    pub outcome: i16,
    /// The level of each driver.
    pub levels: &'a [Level],
}

impl LevelGram {
    /// No rows yet, of `drivers` drivers; `step` is the unit of the codes of the outcome.
    ///
    /// `None` unless the step is finite and over 0.
    #[must_use]
    pub fn new(drivers: usize, step: f64) -> Option<Self> {
        let columns = Self::columns_of(drivers);
        (step.is_finite() && step > 0.0).then(|| Self {
            drivers,
            step,
            rows: vec![0; columns],
            gram: vec![0; columns * (columns + 1) / 2],
            outcome: vec![0; columns],
        })
    }

    /// How many drivers.
    #[must_use]
    pub fn drivers(&self) -> usize {
        self.drivers
    }

    /// The unit of the codes of the outcome, in native units.
    #[must_use]
    pub fn step(&self) -> f64 {
        self.step
    }

    /// Columns of so many drivers.
    pub(super) const fn columns_of(drivers: usize) -> usize {
        1 + INDICATORS * drivers
    }

    /// Columns: 1 + 3 a driver.
    pub(super) fn columns(&self) -> usize {
        self.rows.len()
    }

    /// The column of a driver's level; `None` for the middle, which has none.
    pub(super) const fn column(driver: usize, level: Level) -> Option<usize> {
        let start = 1 + INDICATORS * driver;
        match level {
            Level::Low => Some(start),
            Level::High => Some(start + 1),
            Level::Absent => Some(start + 2),
            Level::Middle => None,
        }
    }

    /// Adds a row of as many levels as there are drivers: only the indicators that it has, one
    /// a driver at most.
    pub(super) fn add_row(&mut self, levels: &[Level], outcome: i16, weight: Weight) {
        let (w, respondents) = (weight.units(), weight.respondents());
        let indicators =
            levels.iter().enumerate().filter_map(|(j, level)| Self::column(j, *level));
        let present: Vec<usize> = std::iter::once(0).chain(indicators).collect();
        for (at, &j) in present.iter().enumerate() {
            self.rows[j] += respondents;
            self.outcome[j] += w * i128::from(outcome);
            let start = j * (j + 1) / 2;
            for &i in &present[..=at] {
                self.gram[start + i] += w;
            }
        }
    }

    /// Rows of a driver at a level, unweighted.
    #[must_use]
    pub fn n(&self, driver: usize, level: Level) -> u64 {
        let of =
            |level| Self::column(driver, level).map_or(0, |column| self.rows[column]);
        match level {
            Level::Middle => {
                self.rows[0] - of(Level::Low) - of(Level::High) - of(Level::Absent)
            }
            other => of(other),
        }
    }

    /// Weight of the rows that have both indicators.
    pub(super) fn weight(&self, i: usize, j: usize) -> f64 {
        from_units(self.gram[pair(i, j)])
    }

    /// Weighted sum of the outcomes of the rows that have the indicator, in native units.
    pub(super) fn outcome(&self, column: usize) -> f64 {
        self.step * from_units(self.outcome[column])
    }

    /// Weighted share of the rows that scored the driver low among all rows: its reach times the
    /// share of low scores among its users; `None` without rows.
    #[must_use]
    pub fn share_low(&self, driver: usize) -> Option<f64> {
        let low = Self::column(driver, Level::Low)?;
        (self.rows[0] > 0).then(|| self.weight(low, low) / self.weight(0, 0))
    }
}

impl Additive for LevelGram {
    fn fits(&self, other: &Self) -> bool {
        self.drivers == other.drivers && self.step.to_bits() == other.step.to_bits()
    }

    fn add(&mut self, other: &Self) {
        combine(&mut self.rows, &other.rows, |a, b| *a += b);
        combine(&mut self.gram, &other.gram, |a, b| *a += b);
        combine(&mut self.outcome, &other.outcome, |a, b| *a += b);
    }

    fn subtract(&mut self, other: &Self) {
        combine(&mut self.rows, &other.rows, |a, b| *a -= b);
        combine(&mut self.gram, &other.gram, |a, b| *a -= b);
        combine(&mut self.outcome, &other.outcome, |a, b| *a -= b);
    }

    fn rows(&self) -> u64 {
        self.rows[0]
    }
}

impl Grouped<LevelGram> {
    /// Adds a row.
    ///
    /// # Errors
    ///
    /// When the row does not fit; nothing is added then.
    pub fn push(&mut self, row: LevelRow<'_>) -> Result<(), RowRefused> {
        let sums = self.group_mut(row.group).ok_or(RowRefused::Group)?;
        if row.levels.len() != sums.drivers {
            return Err(RowRefused::Width);
        }
        // Room for 2^15 merged parts and outcomes up to 2^15 in 128 bits.
        if sums.gram[0] >= 1 << 96 {
            return Err(RowRefused::Overflow);
        }
        sums.add_row(row.levels, row.outcome, row.weight);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Level::{High, Low, Middle};
    use super::*;

    fn sums() -> Grouped<LevelGram> {
        let mut sums = Grouped::new(2, &LevelGram::new(2, 1.0).unwrap());
        let rows = [
            (0, 1.0, 2, [Level::Low, Level::Absent]),
            (0, 2.0, 4, [Level::High, Level::Middle]),
            (1, 0.5, 3, [Level::Low, Level::High]),
        ];
        for (group, weight, outcome, levels) in rows {
            let weight = Weight::new(weight).unwrap();
            sums.push(LevelRow { group, weight, outcome, levels: &levels }).unwrap();
        }
        sums
    }

    #[test]
    fn lows_and_highs_of_the_usual_scales() {
        let levels = |low: i32, high: i32| -> Vec<Level> {
            let points = |x: i32| 100.0 * f64::from(x - low) / f64::from(high - low);
            (low..=high).map(|x| Level::of(Some(points(x)))).collect()
        };
        assert_eq!(levels(1, 5), [Low, Low, Middle, Middle, High]);
        let ten = [Low, Low, Low, Low, Middle, Middle, Middle, Middle, High, High];
        assert_eq!(levels(1, 10), ten);
        assert_eq!(levels(0, 10)[3..=5], [Low, Low, Middle]);
        assert_eq!(Level::of(None), Level::Absent);
    }

    #[test]
    fn three_rows_by_hand() {
        let total = sums().total().unwrap();
        let counts = [Level::Low, Level::Middle, Level::High, Level::Absent];
        assert_eq!(counts.map(|level| total.n(0, level)), [2, 0, 1, 0]);
        assert_eq!(counts.map(|level| total.n(1, level)), [0, 1, 1, 1]);
        let low = LevelGram::column(0, Level::Low).unwrap();
        let high = LevelGram::column(1, Level::High).unwrap();
        let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-15);
        near(total.weight(low, low), 1.5);
        near(total.weight(low, high), 0.5);
        near(total.weight(0, 0), 3.5);
        near(total.outcome(low), 3.5);
        near(total.outcome(0), 11.5);
        near(total.share_low(0).unwrap(), 1.5 / 3.5);
    }

    #[test]
    fn a_group_can_be_taken_away() {
        let sums = sums();
        let mut rest = sums.total().unwrap();
        rest.subtract(&sums.groups()[1]);
        assert_eq!(rest, sums.groups()[0]);
    }

    #[test]
    fn rows_that_do_not_fit_are_refused() {
        let mut sums = sums();
        let row =
            LevelRow { group: 0, weight: Weight::ONE, outcome: 1, levels: &[Level::Low] };
        assert_eq!(sums.push(row), Err(RowRefused::Width));
        assert_eq!(sums.push(LevelRow { group: 2, ..row }), Err(RowRefused::Group));
    }
}
