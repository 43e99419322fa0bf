//! Rows of one weight, summed up together before they are weighed.

use pulp::Arch;

use super::comoments::pair;
use super::{Level, LevelGram};

/// The most rows of a block.
pub const BLOCK: usize = 128;

/// Answers side by side in one step of the inner loop.
const LANES: usize = 16;

/// The largest value whose square is a 16-bit number.
const SMALL: u16 = 181;

/// What the code of an answer stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The answer in steps of its question; `None` where there is none, for whatever reason.
    pub value: Option<i16>,
    /// The answer as a penalty–reward analysis sees it.
    pub level: Level,
}

impl Coded {
    /// No answer.
    pub const ABSENT: Self = Self { value: None, level: Level::Absent };

    /// Whether rows with this answer can be summed up in a block.
    #[must_use]
    pub const fn is_small(self) -> bool {
        match self.value {
            Some(value) => value.unsigned_abs() <= SMALL,
            None => true,
        }
    }
}

/// Unweighted sums over the rows of a block: those of [`Comoments`](super::Comoments) and of
/// [`LevelGram`](super::LevelGram), as small integers.
///
/// Counts of pairs are bits that two answers share. Sums over pairs differ from those over
/// single answers by the rows in which one of the two is missing, which are few or, where
/// most are missing, by all but a few. Only the products need every pair of answers, sixteen
/// rows at a time. The fastest instructions of the machine are chosen when the program runs;
/// integers come out the same with any.
#[derive(Clone, Debug)]
pub struct Block {
    variables: usize,
    rows: usize,
    /// By variable, a bit for each row that has an answer.
    valid: Vec<Bits>,
    /// By variable, the answers or 0.
    columns: Vec<Column>,
    /// By row, the answers or 0.
    values: Vec<i32>,
    /// By row, their squares.
    squared: Vec<i32>,
    /// Of every row, and of each driver low, high and absent.
    indicators: Vec<Bits>,
    /// n, by triangle.
    pub(super) n: Vec<u32>,
    /// A, by columns of a square: `j * variables + i` has the sum of `x_i` with an answer to j.
    pub(super) sums: Vec<i32>,
    /// B, as A.
    pub(super) squares: Vec<i32>,
    /// C, by triangle.
    pub(super) products: Vec<i32>,
    /// Rows with both indicators, by triangle.
    pub(super) gram: Vec<u32>,
    /// Sums of the outcome, by indicator.
    pub(super) outcome: Vec<i32>,
}

/// A bit for each row of a block.
type Bits = [u64; BLOCK / 64];
/// A number for each row of a block.
type Column = [[i16; LANES]; BLOCK / LANES];

impl Block {
    /// Room for rows of so many answers. Where `levels` are wanted, the first is the outcome,
    /// which every row has.
    #[must_use]
    pub fn new(variables: usize, levels: bool) -> Self {
        let indicators = if levels { LevelGram::columns_of(variables - 1) } else { 0 };
        let triangle = |of: usize| of * (of + 1) / 2;
        Self {
            variables,
            rows: 0,
            valid: vec![Bits::default(); variables],
            columns: vec![Column::default(); variables],
            values: vec![0; BLOCK * variables],
            squared: vec![0; BLOCK * variables],
            indicators: vec![Bits::default(); indicators],
            n: vec![0; triangle(variables)],
            sums: vec![0; variables * variables],
            squares: vec![0; variables * variables],
            products: vec![0; triangle(variables)],
            gram: vec![0; triangle(indicators)],
            outcome: vec![0; indicators],
        }
    }

    /// How many rows were summed up.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// How many answers each of them has.
    pub(super) fn variables(&self) -> usize {
        self.variables
    }

    /// The square of the largest answer.
    pub(super) fn largest_square(&self) -> i32 {
        self.squared.iter().copied().max().unwrap_or_default().max(1)
    }

    /// Sums up rows of codes, one after the other and no more than [`BLOCK`]. `meanings` has
    /// those of the codes of each variable, all of them small; a code without one is no
    /// answer.
    pub fn sum_up(&mut self, codes: &[u8], meanings: &[Vec<Coded>]) {
        self.spread(codes, meanings);
        Arch::new().dispatch(
            #[inline(always)]
            || {
                count_pairs(&self.valid, &mut self.n);
                count_pairs(&self.indicators, &mut self.gram);
                multiply(&self.columns, &mut self.products);
                let numbers = self.rows * self.variables;
                sum_pairs(&self.valid, &self.values[..numbers], &mut self.sums);
                sum_pairs(&self.valid, &self.squared[..numbers], &mut self.squares);
            },
        );
    }

    /// Lays the rows out by columns, bits and numbers.
    fn spread(&mut self, codes: &[u8], meanings: &[Vec<Coded>]) {
        let v = self.variables;
        self.rows = (codes.len() / v).min(BLOCK);
        self.valid.fill(Bits::default());
        self.columns.fill(Column::default());
        self.indicators.fill(Bits::default());
        self.outcome.fill(0);
        self.squared.fill(0);
        for (r, row) in codes.chunks_exact(v).take(BLOCK).enumerate() {
            let bit = 1_u64 << (r % 64);
            for (j, (code, meanings)) in row.iter().zip(meanings).enumerate() {
                let coded = meanings.get(usize::from(*code));
                let coded = coded.copied().unwrap_or(Coded::ABSENT);
                let value = coded.value.unwrap_or_default();
                self.valid[j][r / 64] |= if coded.value.is_some() { bit } else { 0 };
                self.columns[j][r / LANES][r % LANES] = value;
                self.values[r * v + j] = i32::from(value);
                self.squared[r * v + j] = i32::from(value) * i32::from(value);
                if let Some(driver) = j.checked_sub(1) {
                    self.indicate(LevelGram::column(driver, coded.level), r);
                }
            }
            self.indicate(Some(0), r);
        }
    }

    /// Records that a row has an indicator, and what its outcome is.
    fn indicate(&mut self, indicator: Option<usize>, row: usize) {
        let Some(indicator) = indicator else { return };
        if let Some(bits) = self.indicators.get_mut(indicator) {
            bits[row / 64] |= 1 << (row % 64);
            self.outcome[indicator] += self.values[row * self.variables];
        }
    }
}

/// Rows that have both bits, of every pair.
#[inline(always)]
fn count_pairs(bits: &[Bits], counts: &mut [u32]) {
    for (j, mine) in bits.iter().enumerate() {
        let counts = &mut counts[pair(0, j)..=pair(j, j)];
        for (count, other) in counts.iter_mut().zip(bits) {
            *count = 0;
            for (a, b) in mine.iter().zip(other) {
                *count += (a & b).count_ones();
            }
        }
    }
}

/// Sums of products of every pair: at most [`BLOCK`] of 2^15, so that 32 bits are enough.
#[inline(always)]
fn multiply(columns: &[Column], products: &mut [i32]) {
    for (j, mine) in columns.iter().enumerate() {
        let products = &mut products[pair(0, j)..=pair(j, j)];
        for (product, other) in products.iter_mut().zip(columns) {
            let mut sum = 0;
            for (a, b) in mine.iter().zip(other) {
                for lane in 0..LANES {
                    sum += i32::from(a[lane]) * i32::from(b[lane]);
                }
            }
            *product = sum;
        }
    }
}

/// Sums of the numbers of each row, over the rows that have an answer to each variable.
#[inline(always)]
fn sum_pairs(valid: &[Bits], numbers: &[i32], sums: &mut [i32]) {
    let v = valid.len();
    let rows = numbers.len() / v;
    let mut total = vec![0; v];
    numbers.chunks_exact(v).for_each(|row| add(&mut total, row, 1));
    for (bits, sums) in valid.iter().zip(sums.chunks_exact_mut(v)) {
        let answered: u32 = bits.iter().map(|it| it.count_ones()).sum();
        // Whichever are fewer: those that are taken away from all, or those that are added.
        let (without, sign) = if 2 * answered as usize > rows {
            sums.copy_from_slice(&total);
            (!0, -1)
        } else {
            sums.fill(0);
            (0, 1)
        };
        for (word, bits) in bits.iter().enumerate() {
            let mut bits = (bits ^ without) & below(rows, word);
            while bits != 0 {
                let row = 64 * word + bits.trailing_zeros() as usize;
                add(sums, &numbers[row * v..][..v], sign);
                bits &= bits - 1;
            }
        }
    }
}

#[inline(always)]
fn add(sums: &mut [i32], row: &[i32], sign: i32) {
    for (sum, number) in sums.iter_mut().zip(row) {
        *sum += sign * number;
    }
}

/// The bits of a word that stand for rows.
#[inline(always)]
fn below(rows: usize, word: usize) -> u64 {
    match rows.saturating_sub(64 * word) {
        rows @ 0..64 => (1 << rows) - 1,
        _ => !0,
    }
}
