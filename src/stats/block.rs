//! Rows of one weight, summed up together before they are weighed.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the machine at hand"
)]

use pulp::{Arch, Simd, WithSimd};

use super::comoments::pair;
use super::{Level, LevelGram};

/// The most rows of a block.
pub const BLOCK: usize = 128;

/// Answers side by side in one step of the inner loop.
const LANES: usize = 16;

/// The largest value whose square is a 16-bit number.
const SMALL: u16 = 181;

/// What the rows that are summed up begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// The outcome, which every row has; drivers follow, and their levels are summed up too.
    Outcome,
    /// Answers like all others.
    Answers,
}

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
/// [`LevelGram`], as small integers.
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
    values: Vec<i16>,
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
    /// Room for rows of so many answers.
    #[must_use]
    pub fn new(variables: usize, rows: Rows) -> Self {
        let indicators = match rows {
            Rows::Outcome => LevelGram::columns_of(variables.saturating_sub(1)),
            Rows::Answers => 0,
        };
        let triangle = |of: usize| of * (of + 1) / 2;
        Self {
            variables,
            rows: 0,
            valid: vec![Bits::default(); variables],
            columns: vec![Column::default(); variables],
            values: vec![0; BLOCK * variables],
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
        let values = self.values.iter().take(self.rows * self.variables);
        let largest = values.map(|it| it.unsigned_abs()).max().unwrap_or_default();
        i32::from(largest).pow(2).max(1)
    }

    /// Sums up rows of codes, one after the other and no more than [`BLOCK`]. `meanings` has
    /// those of the codes of each variable, all of them small; a code without one is no
    /// answer.
    pub fn sum_up(&mut self, codes: &[u8], meanings: &[Vec<Coded>]) {
        self.rows = (codes.len() / self.variables).min(BLOCK);
        Arch::new().dispatch(Kernels { block: self, codes, meanings });
    }
}

/// The inner loops, compiled once for each kind of machine.
struct Kernels<'a> {
    block: &'a mut Block,
    codes: &'a [u8],
    meanings: &'a [Vec<Coded>],
}

impl WithSimd for Kernels<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { block, codes, meanings } = self;
        for (variable, meanings) in meanings.iter().take(block.variables).enumerate() {
            spread(block, codes, variable, meanings);
        }
        sum_outcomes(block);
        // At the end of a file, many blocks are not full. Two lengths are known to the compiler.
        if block.rows > BLOCK / 2 {
            pairs::<{ BLOCK / 64 }, { BLOCK / LANES }>(block);
        } else {
            pairs::<{ BLOCK / 128 }, { BLOCK / 2 / LANES }>(block);
        }
        sum_pairs(block);
    }
}

/// An answer in the lower half and, above it, whether it is one, a low one, a high one.
#[derive(Clone, Copy)]
struct Known(u32);

impl Known {
    const NONE: Self = Self(0);
    const VALID: u32 = 16;
    const LOW: u32 = 17;
    const HIGH: u32 = 18;

    fn of(meaning: Coded) -> Self {
        let Some(value) = meaning.value else { return Self::NONE };
        let level = match meaning.level {
            Level::Low => 1 << Self::LOW,
            Level::High => 1 << Self::HIGH,
            Level::Middle | Level::Absent => 0,
        };
        Self(u32::from(value.cast_unsigned()) | 1 << Self::VALID | level)
    }

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    fn value(self) -> i16 {
        (self.0 as u16).cast_signed()
    }

    #[inline(always)]
    fn bit(self, of: u32) -> u64 {
        u64::from(self.0 >> of & 1)
    }
}

/// Lays the answers to one question out by rows, columns and bits.
#[inline(always)]
fn spread(block: &mut Block, codes: &[u8], variable: usize, meanings: &[Coded]) {
    let v = block.variables;
    let mut known = [Known::NONE; 256];
    known.iter_mut().zip(meanings).for_each(|(it, meaning)| *it = Known::of(*meaning));
    let mut mine = [0; BLOCK];
    let rows = codes.chunks_exact(v).take(block.rows);
    mine.iter_mut().zip(rows).for_each(|(code, row)| *code = row[variable]);
    let [mut valid, mut low, mut high] = [Bits::default(); 3];
    let by_row = block.columns[variable].as_flattened_mut();
    for (word, (cells, codes)) in
        by_row.chunks_exact_mut(64).zip(mine.chunks_exact(64)).enumerate()
    {
        let [mut is_valid, mut is_low, mut is_high] = [0; 3];
        for (bit, (cell, code)) in cells.iter_mut().zip(codes).enumerate() {
            let it = known[usize::from(*code)];
            *cell = it.value();
            is_valid |= it.bit(Known::VALID) << bit;
            is_low |= it.bit(Known::LOW) << bit;
            is_high |= it.bit(Known::HIGH) << bit;
        }
        let rows = below(block.rows, word);
        (valid[word], low[word], high[word]) =
            (is_valid & rows, is_low & rows, is_high & rows);
    }
    by_row.iter_mut().skip(block.rows).for_each(|cell| *cell = 0);
    let values = block.values.chunks_exact_mut(v).zip(by_row);
    values.for_each(|(row, cell)| row[variable] = *cell);
    block.valid[variable] = valid;
    if block.indicators.is_empty() {
        return;
    }
    let every = std::array::from_fn(|word| below(block.rows, word));
    let Some(driver) = variable.checked_sub(1) else {
        block.indicators[0] = every;
        return;
    };
    let absent = std::array::from_fn(|word| every[word] & !valid[word]);
    for (level, bits) in [(Level::Low, low), (Level::High, high), (Level::Absent, absent)]
    {
        if let Some(indicator) = LevelGram::column(driver, level) {
            block.indicators[indicator] = bits;
        }
    }
}

/// Sums of the outcome over the rows of each indicator.
#[inline(always)]
fn sum_outcomes(block: &mut Block) {
    let outcomes = &block.columns[0];
    for (sum, bits) in block.outcome.iter_mut().zip(&block.indicators) {
        *sum = 0;
        each_row(bits, |row| *sum += i32::from(outcomes[row / LANES][row % LANES]));
    }
}

/// What takes every pair, of rows that fill so many words and steps.
#[inline(always)]
fn pairs<const WORDS: usize, const STEPS: usize>(block: &mut Block) {
    count_pairs::<WORDS>(&block.valid, &mut block.n);
    count_pairs::<WORDS>(&block.indicators, &mut block.gram);
    multiply::<STEPS>(&block.columns, &mut block.products);
}

/// Rows that have both bits, of every pair.
#[inline(always)]
fn count_pairs<const WORDS: usize>(bits: &[Bits], counts: &mut [u32]) {
    for (j, mine) in bits.iter().enumerate() {
        let counts = &mut counts[pair(0, j)..=pair(j, j)];
        for (count, other) in counts.iter_mut().zip(bits) {
            let mut both = 0;
            for word in 0..WORDS {
                both += (mine[word] & other[word]).count_ones();
            }
            *count = both;
        }
    }
}

/// Sums of products of every pair: at most [`BLOCK`] of 2^15, so that 32 bits are enough.
#[inline(always)]
fn multiply<const STEPS: usize>(columns: &[Column], products: &mut [i32]) {
    for (j, mine) in columns.iter().enumerate() {
        let products = &mut products[pair(0, j)..=pair(j, j)];
        for (product, other) in products.iter_mut().zip(columns) {
            let mut sum = 0;
            for step in 0..STEPS {
                for lane in 0..LANES {
                    sum += i32::from(mine[step][lane]) * i32::from(other[step][lane]);
                }
            }
            *product = sum;
        }
    }
}

/// Sums of the answers of each row, and of their squares, over the rows that have an answer to
/// each variable.
#[inline(always)]
fn sum_pairs(block: &mut Block) {
    let v = block.variables;
    let values = &block.values[..block.rows * v];
    let (mut total, mut of_squares) = (vec![0; v], vec![0; v]);
    for row in values.chunks_exact(v) {
        add::<1>((&mut total, &mut of_squares), row);
    }
    let tables = block.sums.chunks_exact_mut(v).zip(block.squares.chunks_exact_mut(v));
    for (bits, (sums, squares)) in block.valid.iter().zip(tables) {
        let answered: u32 = bits.iter().map(|it| it.count_ones()).sum();
        // Whichever are fewer: those that are taken away from all, or those that are added.
        if 2 * answered as usize > block.rows {
            sums.copy_from_slice(&total);
            squares.copy_from_slice(&of_squares);
            let missing: Bits =
                std::array::from_fn(|it| !bits[it] & below(block.rows, it));
            each_row(&missing, |row| add::<-1>((sums, squares), &values[row * v..][..v]));
        } else {
            sums.fill(0);
            squares.fill(0);
            each_row(bits, |row| add::<1>((sums, squares), &values[row * v..][..v]));
        }
    }
}

#[inline(always)]
fn add<const SIGN: i32>((sums, squares): (&mut [i32], &mut [i32]), row: &[i16]) {
    for ((sum, square), value) in sums.iter_mut().zip(squares).zip(row) {
        *sum += SIGN * i32::from(*value);
        *square += SIGN * (i32::from(*value) * i32::from(*value));
    }
}

/// Calls `with` for every row whose bit is set.
#[inline(always)]
fn each_row(bits: &Bits, mut with: impl FnMut(usize)) {
    for (word, bits) in bits.iter().enumerate() {
        let mut bits = *bits;
        while bits != 0 {
            with(64 * word + bits.trailing_zeros() as usize);
            bits &= bits - 1;
        }
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
