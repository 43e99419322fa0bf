//! The joint sums of one replicate group while rows are read.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the machine at hand"
)]

use pulp::{Arch, Simd, WithSimd};

use super::block::Block;
use super::comoment_rows::{RowRefused, add_row, greatest_square};
use super::comoments::pair;
use super::{Comoments, Finer, Grouped, Level, LevelGram, Rows, Weight};

/// The largest sum that parts may have before they are merged.
const ROOM: i128 = 1 << 112;
/// The most that products of one group are let grow to: sums over all groups, which are at
/// most as many times larger, still fit into 128 bits.
const BRIM: i128 = 1 << 118;

/// Joint sums of one replicate group, to which blocks and single rows are added.
///
/// Weights of few decimals are added up in 64 bits as long as they fit, which takes half the
/// memory and a third of the time; then they are poured into the tables of 128 bits. All
/// sums are exact either way.
#[derive(Clone, Debug)]
pub struct GroupSums {
    /// The unit of the codes of each question.
    steps: Vec<f64>,
    rows: Rows,
    tables: Option<Box<Tables>>,
    narrow: Option<Narrow>,
    used: i128,
}

type Tables = (Comoments, Option<LevelGram>);

/// Sums in decimal units of a weight, in the order of a block.
#[derive(Clone, Debug)]
struct Narrow {
    /// Respondents by pair, then by indicator.
    n: Vec<u64>,
    indicated: Vec<u64>,
    /// N, A, B, C, the gram and the outcome.
    sums: [Vec<i64>; 6],
    room: i128,
}

impl GroupSums {
    /// Nothing yet, of questions counted in these steps; `None` unless there is one beside the
    /// outcome, and each step is finite and over 0.
    #[must_use]
    pub fn new(steps: &[f64], rows: Rows) -> Option<Self> {
        let steps = steps.to_vec();
        let it = Self { steps, rows, tables: None, narrow: None, used: 0 };
        it.empty().is_some().then_some(it)
    }

    fn empty(&self) -> Option<Tables> {
        let (comoments, levels) = match (self.rows, self.steps.split_first()) {
            (Rows::Outcome, Some((step, drivers))) => (
                Comoments::new(&self.steps)?,
                Some(LevelGram::new(drivers.len(), *step)?),
            ),
            // Without an outcome, one question is enough.
            _ => {
                let with_one = Comoments::new(&[&[1.0], &self.steps[..]].concat())?;
                (with_one.without_outcome(), None)
            }
        };
        Some((comoments, levels))
    }

    /// Adds the rows of a block, all of this weight.
    ///
    /// # Errors
    ///
    /// When it has not as many answers, or sums could exceed 128 bits; nothing is added then.
    pub fn add(&mut self, block: &Block, weight: Weight) -> Result<(), RowRefused> {
        if block.variables() != self.steps.len() {
            return Err(RowRefused::Width);
        }
        let greatest = i128::from(block.largest_square()) * block.rows() as i128;
        self.grow(greatest.saturating_mul(weight.units()))?;
        if let Some(decimal) = weight.decimal() {
            let greatest = greatest * i128::from(decimal);
            let narrow = self.narrow.get_or_insert_with(|| Narrow::like(block));
            if narrow.room < greatest {
                self.pour()?;
            }
            let narrow = self.narrow.get_or_insert_with(|| Narrow::like(block));
            if narrow.room >= greatest {
                narrow.room -= greatest;
                narrow.add(block, decimal, weight.respondents());
                return Ok(());
            }
        }
        let (units, respondents) = (weight.units(), weight.respondents());
        let counts = block.n.iter().map(|n| respondents * u64::from(*n));
        let indicated = block.indicated().map(|n| respondents * u64::from(n));
        let weighed = block.numbers().map(|it| units * i128::from(it));
        add_to(self.tables()?, counts, indicated, weighed);
        Ok(())
    }

    /// Adds one row: its answers and, where they are wanted, the levels of all but the first.
    ///
    /// # Errors
    ///
    /// When it does not fit; nothing is added then.
    pub fn add_row(
        &mut self,
        cells: &[Option<i16>],
        levels: &[Level],
        weight: Weight,
    ) -> Result<(), RowRefused> {
        let drivers = self.steps.len().saturating_sub(1);
        let has_levels = self.rows == Rows::Answers || levels.len() == drivers;
        if cells.len() != self.steps.len() || !has_levels {
            return Err(RowRefused::Width);
        }
        self.grow(greatest_square(cells).saturating_mul(weight.units()))?;
        let (comoments, gram) = self.tables()?;
        add_row(comoments, cells, weight);
        if let (Some(gram), Some(Some(outcome))) = (gram, cells.first()) {
            gram.add_row(levels, *outcome, weight);
        }
        Ok(())
    }

    /// Takes note of sums that may become so much larger.
    fn grow(&mut self, by: i128) -> Result<(), RowRefused> {
        let used = self.used.saturating_add(by);
        if used > BRIM {
            return Err(RowRefused::Overflow);
        }
        self.used = used;
        Ok(())
    }

    /// Counts the answers to a question in a finer step.
    ///
    /// # Errors
    ///
    /// When the sums could then exceed 128 bits; they are of no use then.
    pub fn refine(&mut self, question: usize, finer: Finer) -> Result<(), RowRefused> {
        self.pour()?;
        *self.steps.get_mut(question).ok_or(RowRefused::Width)? = finer.step;
        if let Some((comoments, levels)) = self.tables.as_deref_mut() {
            comoments.refine(question, finer).ok_or(RowRefused::Overflow)?;
            if let Some(levels) = levels.as_mut().filter(|_| question == 0) {
                levels.refine(finer).ok_or(RowRefused::Overflow)?;
            }
            self.used = comoments.size().ok_or(RowRefused::Overflow)?;
        }
        self.grow(0)
    }

    fn tables(&mut self) -> Result<(&mut Comoments, Option<&mut LevelGram>), RowRefused> {
        if self.tables.is_none() {
            self.tables = self.empty().map(Box::new);
        }
        let (comoments, levels) = self.tables.as_deref_mut().ok_or(RowRefused::Width)?;
        Ok((comoments, levels.as_mut()))
    }

    /// Pours the sums of 64 bits into those of 128.
    fn pour(&mut self) -> Result<(), RowRefused> {
        let Some(narrow) = self.narrow.take() else { return Ok(()) };
        let units = i128::from(Weight::UNITS_OF_A_DECIMAL);
        let weighed = narrow.sums.iter().flatten().map(|it| i128::from(*it) * units);
        let (n, indicated) = (narrow.n.iter().copied(), narrow.indicated.iter().copied());
        add_to(self.tables()?, n, indicated, weighed);
        Ok(())
    }

    /// The sums of all rows.
    ///
    /// # Errors
    ///
    /// Never, unless the sums were of no use before.
    pub fn finish(mut self) -> Result<(Comoments, Option<LevelGram>), RowRefused> {
        self.pour()?;
        let tables = self.tables.take().map(|it| *it);
        tables.or_else(|| self.empty()).ok_or(RowRefused::Width)
    }
}

impl Grouped<Comoments> {
    /// Whether the sums can be added to those of 2^15 other parts in 128 bits.
    #[must_use]
    pub fn has_room(&self) -> bool {
        let sizes = self.groups().iter().map(Comoments::size);
        let size = sizes.into_iter().try_fold(0_i128, |sum, it| sum.checked_add(it?));
        size.is_some_and(|it| it <= ROOM)
    }
}

impl Narrow {
    fn like(block: &Block) -> Self {
        Self {
            n: vec![0; block.n.len()],
            indicated: vec![0; block.outcome.len()],
            sums: [
                vec![0; block.n.len()],
                vec![0; block.sums.len()],
                vec![0; block.squares.len()],
                vec![0; block.products.len()],
                vec![0; block.gram.len()],
                vec![0; block.outcome.len()],
            ],
            room: i128::from(i64::MAX),
        }
    }

    fn add(&mut self, block: &Block, decimal: i64, respondents: u64) {
        for (n, it) in self.n.iter_mut().zip(&block.n) {
            *n += respondents * u64::from(*it);
        }
        for (n, it) in self.indicated.iter_mut().zip(block.indicated()) {
            *n += respondents * u64::from(it);
        }
        Arch::new().dispatch(Weighing { sums: &mut self.sums, block, weight: decimal });
    }
}

/// The weighing of a block, compiled once for each kind of machine.
struct Weighing<'a> {
    sums: &'a mut [Vec<i64>; 6],
    block: &'a Block,
    weight: i64,
}

impl WithSimd for Weighing<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self {
            sums: [weights, sums, squares, products, gram, outcome],
            block,
            weight,
        } = self;
        weigh(weights, &block.n, weight);
        weigh(sums, &block.sums, weight);
        weigh(squares, &block.squares, weight);
        weigh(products, &block.products, weight);
        weigh(gram, &block.gram, weight);
        weigh(outcome, &block.outcome, weight);
    }
}

#[inline(always)]
fn weigh<T: Copy>(sums: &mut [i64], numbers: &[T], weight: i64)
where
    i64: From<T>,
{
    for (sum, number) in sums.iter_mut().zip(numbers) {
        *sum += weight * i64::from(*number);
    }
}

/// Adds numbers in the order of a block: N, A and B by columns, C, the gram and the outcome.
fn add_to(
    (comoments, levels): (&mut Comoments, Option<&mut LevelGram>),
    n: impl Iterator<Item = u64>,
    indicated: impl Iterator<Item = u64>,
    mut weighed: impl Iterator<Item = i128>,
) {
    let v = comoments.variables();
    comoments.rows.iter_mut().zip(n).for_each(|(sum, it)| *sum += it);
    let mut add = |sums: &mut [i128]| {
        for sum in sums {
            *sum += weighed.next().unwrap_or_default();
        }
    };
    add(&mut comoments.weights);
    for table in [&mut comoments.sums, &mut comoments.squares] {
        for at in 0..v * v {
            let (j, i) = (at / v, at % v);
            add(&mut table[i * v + j..=i * v + j]);
        }
    }
    add(&mut comoments.products);
    if let Some(levels) = levels {
        levels.rows.iter_mut().zip(indicated).for_each(|(sum, it)| *sum += it);
        add(&mut levels.gram);
        add(&mut levels.outcome);
    }
}

impl Block {
    /// Rows that have each indicator.
    fn indicated(&self) -> impl Iterator<Item = u32> {
        (0..self.outcome.len()).map(|it| self.gram[pair(it, it)])
    }

    /// All sums: n, A, B, C, the gram and the outcome.
    fn numbers(&self) -> impl Iterator<Item = i64> {
        let n = self.n.iter().map(|it| i64::from(*it));
        let signed = self.sums.iter().chain(&self.squares).chain(&self.products);
        let gram = self.gram.iter().map(|it| i64::from(*it));
        let outcome = self.outcome.iter().map(|it| i64::from(*it));
        n.chain(signed.map(|it| i64::from(*it))).chain(gram).chain(outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Rows::{Answers, Outcome};
    use crate::stats::{BLOCK, Coded};

    /// Codes 0 to 6 are answers, 7 is none, and so is any other.
    fn meanings(variables: usize) -> Vec<Vec<Coded>> {
        let answer = |value: i16| {
            let level = match value {
                0 | 1 => Level::Low,
                5.. => Level::High,
                _ => Level::Middle,
            };
            Coded { value: Some(value - 2), level }
        };
        let codes: Vec<_> = (0..7).map(answer).chain([Coded::ABSENT]).collect();
        vec![codes; variables]
    }

    /// Rows of pseudo-random codes; the more `gaps`, the fewer answers.
    fn rows(count: usize, variables: usize, gaps: u64) -> Vec<u8> {
        let mut state = 7_u64;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            u8::try_from((state >> 33) % n).unwrap()
        };
        let cell = |at: usize| {
            let first = at.is_multiple_of(variables);
            let missing = !first && u64::from(below(10)) < gaps;
            if missing { 7 + below(3) } else { below(7) }
        };
        (0..count * variables).map(cell).collect()
    }

    fn one_by_one(
        codes: &[u8],
        variables: usize,
        weight: Weight,
        kind: Rows,
    ) -> GroupSums {
        let mut sums = GroupSums::new(&vec![1.0; variables], kind).unwrap();
        let meanings = meanings(variables);
        for row in codes.chunks_exact(variables) {
            let meaning = |(j, code): (usize, &u8)| {
                meanings[j].get(usize::from(*code)).copied().unwrap_or(Coded::ABSENT)
            };
            let of_row: Vec<_> = row.iter().enumerate().map(meaning).collect();
            let cells: Vec<_> = of_row.iter().map(|it| it.value).collect();
            let levels: Vec<_> = of_row.iter().skip(1).map(|it| it.level).collect();
            sums.add_row(&cells, &levels, weight).unwrap();
        }
        sums
    }

    #[test]
    fn a_block_is_the_sum_of_its_rows() {
        for (count, variables, gaps) in [
            (1, 2, 0),
            (63, 3, 1),
            (64, 5, 9),
            (100, 31, 1),
            (BLOCK, 31, 5),
            (BLOCK, 9, 10),
        ] {
            for (weight, kind) in
                [(1.0, Outcome), (0.723_116, Answers), (1.0 / 3.0, Outcome)]
            {
                let weight = Weight::new(weight).unwrap();
                let codes = rows(count, variables, gaps);
                let mut block = Block::new(variables, kind);
                // What was summed up before leaves no trace.
                block.sum_up(&rows(BLOCK, variables, 3), &meanings(variables));
                block.sum_up(&codes, &meanings(variables));
                let mut sums = GroupSums::new(&vec![1.0; variables], kind).unwrap();
                sums.add(&block, weight).unwrap();
                sums.add(&block, weight).unwrap();
                let mut twice = one_by_one(&codes, variables, weight, kind);
                let again = one_by_one(&codes, variables, weight, kind);
                let (comoments, gram) = again.finish().unwrap();
                let (mine, of_levels) = twice.tables().unwrap();
                crate::stats::Additive::add(mine, &comoments);
                if let (Some(mine), Some(gram)) = (of_levels, gram) {
                    crate::stats::Additive::add(mine, &gram);
                }
                assert_eq!(sums.finish().unwrap(), twice.finish().unwrap());
            }
        }
    }

    /// 2,000 respondents each of 128 rows: 64 bits hold 9e18 / 1e10 / 25 / 128 / 2000.
    #[test]
    fn sums_beyond_64_bits_go_on_in_128() {
        let codes = rows(BLOCK, 4, 2);
        let weight = Weight::frequency(2_000_000).unwrap();
        let mut block = Block::new(4, Outcome);
        block.sum_up(&codes, &meanings(4));
        let mut sums = GroupSums::new(&[1.0; 4], Outcome).unwrap();
        for _ in 0..50 {
            sums.add(&block, weight).unwrap();
        }
        let (comoments, levels) = sums.finish().unwrap();
        let once =
            one_by_one(&codes, 4, Weight::frequency(100_000_000).unwrap(), Outcome);
        assert_eq!((comoments, levels), once.finish().unwrap());
    }

    #[test]
    fn a_finer_step_changes_no_sum() {
        let codes = rows(60, 3, 2);
        let mut block = Block::new(3, Outcome);
        block.sum_up(&codes, &meanings(3));
        let weight = Weight::new(0.5).unwrap();
        let mut sums = GroupSums::new(&[1.0; 3], Outcome).unwrap();
        sums.add(&block, weight).unwrap();
        for question in [0, 2] {
            sums.refine(question, Finer { step: 0.1, factor: 10 }).unwrap();
        }
        let (fine, _) = sums.finish().unwrap();
        let coarse = one_by_one(&codes, 3, weight, Outcome).finish().unwrap().0;
        assert_eq!(fine.steps(), [0.1, 1.0, 0.1]);
        for (i, j) in [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2)] {
            assert!((fine.product(i, j) - coarse.product(i, j)).abs() < 1e-9);
            assert!((fine.square(i, j) - coarse.square(i, j)).abs() < 1e-9);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut sums = GroupSums::new(&[1.0; 3], Outcome).unwrap();
        assert_eq!(
            sums.add(&Block::new(2, Outcome), Weight::ONE),
            Err(RowRefused::Width)
        );
        let cells = [Some(1), None, Some(2)];
        assert_eq!(sums.add_row(&cells, &[], Weight::ONE), Err(RowRefused::Width));
        let absurd = [Some(30_000); 3];
        let heavy = Weight::new(4e9).unwrap();
        let levels = [Level::Middle; 2];
        let mut result = Ok(());
        for _ in 0..2000 {
            result = result.and_then(|()| sums.add_row(&absurd, &levels, heavy));
        }
        assert_eq!(result, Err(RowRefused::Overflow));
        assert!(GroupSums::new(&[1.0], Outcome).is_none());
        assert!(GroupSums::new(&[1.0], Answers).is_some());
        assert!(GroupSums::new(&[], Answers).is_none());
    }
}
