//! Joint sums as a file holds them: the exact integers.

use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use crate::stats::{Comoments, Grouped, LevelGram, Weight};

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

/// What one thread writes.
enum Share {
    Levels,
    With,
    Without,
}

impl WrittenJoint {
    /// These sums, whose integers are appended to `numbers`.
    pub(super) fn of(
        joint: &JointSums,
        (numbers, threads): (&mut Vec<u8>, NonZeroUsize),
    ) -> Self {
        let JointSums::Known(known) = joint else { return Self::Refused };
        let (comoments, levels) = known.with.as_ref().map(|(a, b)| (a, b)).unzip();
        // The largest first, so that all threads end together.
        let shares = vec![Share::Levels, Share::With, Share::Without];
        let mut written = in_threads(threads, shares, |share| {
            let (mut sums, mut of_levels, mut bytes) = (None, None, Vec::new());
            match share {
                Share::Levels => {
                    of_levels = levels.map(|it| WrittenLevels::of(it, &mut bytes));
                }
                Share::With => {
                    sums = comoments.map(|it| WrittenComoments::of(it, &mut bytes));
                }
                Share::Without => {
                    let without = known.without.as_ref();
                    sums = without.map(|it| WrittenComoments::of(it, &mut bytes));
                }
            }
            (sums, of_levels, bytes)
        })
        .into_iter();
        let mut next = || written.next().unwrap_or_default();
        let (
            (_, levels, of_levels),
            (with_overall, _, of_with),
            (without_overall, _, of_without),
        ) = (next(), next(), next());
        for bytes in [of_with, of_without, of_levels] {
            numbers.extend(bytes);
        }
        Self::Known(Box::new(WrittenKnown {
            steps: known.steps.clone(),
            with_overall,
            without_overall,
            levels,
        }))
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
    fn of(grouped: &Grouped<Comoments>, numbers: &mut Vec<u8>) -> Self {
        let groups = || grouped.groups().iter().map(Comoments::tables);
        let n = groups().flat_map(|(n, _)| n.iter().copied());
        let table = |which: usize| {
            groups().flat_map(move |(_, tables)| tables[which].iter().copied())
        };
        let ones = table(0).zip(n.clone()).all(|(w, n)| w == of_one(n));
        Self {
            n: Integers::of(n.map(i128::from), numbers),
            weights: (!ones).then(|| Integers::of(table(0), numbers)),
            sums: Integers::of(table(1), numbers),
            squares: Integers::of(table(2), numbers),
            products: Integers::of(table(3), numbers),
        }
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
    fn of(grouped: &Grouped<LevelGram>, numbers: &mut Vec<u8>) -> Self {
        let groups = || grouped.groups().iter().map(LevelGram::tables);
        let n = groups().flat_map(|(n, _)| n.iter().map(|n| i128::from(*n)));
        let table = |which: usize| {
            groups().flat_map(move |(_, tables)| tables[which].iter().copied())
        };
        Self {
            n: Integers::of(n, numbers),
            gram: Integers::of(table(0), numbers),
            outcome: Integers::of(table(1), numbers),
        }
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

/// The weight of so many respondents of weight 1.
fn of_one(n: u64) -> i128 {
    i128::from(n) * Weight::ONE.units()
}
