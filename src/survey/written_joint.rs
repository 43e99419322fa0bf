//! Joint sums as a file holds them: the exact integers.

use std::cmp::Reverse;
use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::stats::{Additive, Comoments, Grouped, LevelGram, Weight};

use super::integers::Integers;
use super::joint_sums::{JointSums, Known};
use super::threads::in_threads;

/// Joint sums of a part of a wave.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WrittenJoint {
    /// There are none, because they would not fit.
    Refused,
    /// There are some.
    Known(Box<WrittenKnown>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenKnown {
    /// The unit of the codes of each question, the overall one first.
    steps: Vec<f64>,
    with_overall: Option<WrittenComoments>,
    without_overall: Option<WrittenComoments>,
    levels: Option<WrittenLevels>,
}

/// Tables of all replicate groups, one after the other (METHOD §2, B).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenComoments {
    n: Integers,
    /// Left out where every weight is 1.
    weights: Option<Integers>,
    sums: Integers,
    squares: Integers,
    products: Integers,
}

/// Tables of all replicate groups, one after the other (METHOD §2, C).
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLevels {
    n: Integers,
    gram: Integers,
    outcome: Integers,
}

/// A table of all groups, to be written by any thread.
struct Table<'a> {
    /// Its integers in each group.
    length: usize,
    write: Box<Write<'a>>,
}

/// Appends integers to bytes.
type Write<'a> = dyn Fn(&mut Vec<u8>) -> Integers + Send + 'a;

/// What weights are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weights {
    /// None: all are 1, so that their sums are the numbers of rows.
    Ones,
    /// All.
    Any,
}

impl<'a> Table<'a> {
    fn new<I: Iterator<Item = i128> + Clone + Send + 'a>(
        length: usize,
        integers: I,
    ) -> Self {
        let write = move |bytes: &mut Vec<u8>| Integers::of(integers.clone(), bytes);
        Self { length, write: Box::new(write) }
    }

    /// All tables: numbers of rows, and sums.
    fn all<const SUMS: usize>(
        groups: &'a [(&'a [u64], [&'a [i128]; SUMS])],
    ) -> Vec<Self> {
        let Some((rows, sums)) = groups.first() else { return Vec::new() };
        let n = groups.iter().flat_map(|(n, _)| n.iter().map(|it| i128::from(*it)));
        let mut tables = vec![Self::new(rows.len(), n)];
        for (which, of_first) in sums.iter().enumerate() {
            let all =
                groups.iter().flat_map(move |(_, sums)| sums[which].iter().copied());
            tables.push(Self::new(of_first.len(), all));
        }
        tables
    }
}

/// Writes tables one after the other, in threads; what was written of each.
fn write(
    tables: Vec<Table<'_>>,
    numbers: &mut Vec<Vec<u8>>,
    threads: NonZeroUsize,
) -> Vec<Integers> {
    // The largest first, so that all threads end together.
    let mut tables: Vec<_> = tables.into_iter().enumerate().collect();
    tables.sort_by_key(|(_, table)| Reverse(table.length));
    let mut written = in_threads(threads, tables, |(at, table)| {
        let mut bytes = Vec::new();
        (at, (table.write)(&mut bytes), bytes)
    });
    written.sort_by_key(|(at, ..)| *at);
    let mut all = Vec::new();
    for (_, integers, bytes) in written {
        numbers.push(bytes);
        all.push(integers);
    }
    all
}

impl WrittenJoint {
    /// These sums, whose integers go to the end of `numbers`.
    pub(super) fn of(
        joint: &JointSums,
        (numbers, threads): (&mut Vec<Vec<u8>>, NonZeroUsize),
    ) -> Self {
        let JointSums::Known(known) = joint else { return Self::Refused };
        let (with, levels) = known.with.as_ref().map(|(a, b)| (a, b)).unzip();
        let with: Vec<_> = groups(with).map(Comoments::tables).collect();
        let without: Vec<_> =
            groups(known.without.as_ref()).map(Comoments::tables).collect();
        let of_levels: Vec<_> = groups(levels).map(LevelGram::tables).collect();
        let mut tables = Vec::new();
        for groups in [&with, &without] {
            let mut of_it = Table::all(groups);
            if Weights::of(groups) == Weights::Ones && !of_it.is_empty() {
                of_it.remove(1);
            }
            tables.extend(of_it);
        }
        tables.extend(Table::all(&of_levels));
        let mut written = write(tables, numbers, threads).into_iter();
        let mut comoments = |groups: &[_]| {
            let weights = (!groups.is_empty()).then(|| Weights::of(groups))?;
            WrittenComoments::of(&mut written, weights)
        };
        let (with_overall, without_overall) = (comoments(&with), comoments(&without));
        let levels = levels.and_then(|_| WrittenLevels::of(&mut written));
        let steps = known.steps.clone();
        let known = WrittenKnown { steps, with_overall, without_overall, levels };
        Self::Known(Box::new(known))
    }

    /// The sums, of so many touchpoints, whose integers are taken from the beginning of
    /// `numbers`; `None` unless they are such sums.
    pub(super) fn sums(
        self,
        touchpoints: usize,
        numbers: &mut &[u8],
    ) -> Option<JointSums> {
        let Self::Known(it) = self else { return Some(JointSums::Refused) };
        let (outcome, drivers) = it.steps.split_first()?;
        if drivers.len() != touchpoints {
            return None;
        }
        let of = |comoments: Option<WrittenComoments>, steps, numbers: &mut &[u8]| {
            comoments.map(|it| it.sums(steps, numbers).ok_or(())).transpose().ok()
        };
        let with = of(it.with_overall, &it.steps, numbers)?;
        let without = of(it.without_overall, drivers, numbers)?;
        let with = match (with, it.levels) {
            (Some(comoments), Some(levels)) => {
                Some((comoments, levels.sums(touchpoints, *outcome, numbers)?))
            }
            (None, None) => None,
            _ => return None,
        };
        let steps = it.steps;
        Some(JointSums::Known(Box::new(Known { steps, with, without })))
    }
}

impl WrittenComoments {
    /// Of tables that were written one after the other.
    fn of(written: &mut impl Iterator<Item = Integers>, of: Weights) -> Option<Self> {
        Some(Self {
            n: written.next()?,
            weights: if of == Weights::Ones { None } else { Some(written.next()?) },
            sums: written.next()?,
            squares: written.next()?,
            products: written.next()?,
        })
    }

    fn sums(self, steps: &[f64], numbers: &mut &[u8]) -> Option<Grouped<Comoments>> {
        let (triangle, square) =
            (steps.len() * (steps.len() + 1) / 2, steps.len().pow(2));
        let n = self.n.counts(triangle, numbers)?;
        let weights = match self.weights {
            Some(weights) => weights.groups(triangle, numbers)?,
            None => {
                let ones = |it: &Vec<u64>| it.iter().map(|n| of_one(*n)).collect();
                n.iter().map(ones).collect()
            }
        };
        let sums = self.sums.groups(square, numbers)?.into_iter();
        let squares = self.squares.groups(square, numbers)?.into_iter();
        let products = self.products.groups(triangle, numbers)?.into_iter();
        let tables = weights.into_iter().zip(sums).zip(squares).zip(products);
        let groups = n.into_iter().zip(tables);
        let group = |(n, (((w, a), b), c)): (Vec<u64>, (((_, _), _), _))| {
            Comoments::from_tables(steps, n, [w, a, b, c])
        };
        Grouped::from_groups(groups.map(group).collect::<Option<_>>()?)
    }
}

impl WrittenLevels {
    /// Of tables that were written one after the other.
    fn of(written: &mut impl Iterator<Item = Integers>) -> Option<Self> {
        let (n, gram, outcome) = (written.next()?, written.next()?, written.next()?);
        Some(Self { n, gram, outcome })
    }

    fn sums(
        self,
        touchpoints: usize,
        step: f64,
        numbers: &mut &[u8],
    ) -> Option<Grouped<LevelGram>> {
        let columns = 1 + 3 * touchpoints;
        let n = self.n.counts(columns, numbers)?.into_iter();
        let gram = self.gram.groups(columns * (columns + 1) / 2, numbers)?.into_iter();
        let outcome = self.outcome.groups(columns, numbers)?;
        let groups = n.zip(gram.zip(outcome));
        let group = |(n, (gram, outcome)): (Vec<u64>, _)| {
            LevelGram::from_tables(touchpoints, step, n, [gram, outcome])
        };
        Grouped::from_groups(groups.map(group).collect::<Option<_>>()?)
    }
}

/// The groups of sums, if there are any.
fn groups<T: Additive>(grouped: Option<&Grouped<T>>) -> impl Iterator<Item = &T> {
    grouped.into_iter().flat_map(Grouped::groups)
}

impl Weights {
    fn of(groups: &[(&[u64], [&[i128]; 4])]) -> Self {
        let mut rows = groups.iter().flat_map(|(n, [sums, ..])| n.iter().zip(*sums));
        let ones = rows.all(|(n, weight)| *weight == of_one(*n));
        if ones { Self::Ones } else { Self::Any }
    }
}

/// The weight of so many respondents of weight 1.
fn of_one(n: u64) -> i128 {
    i128::from(n) * Weight::ONE.units()
}
