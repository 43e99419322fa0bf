//! Joint sums as a file holds them: the exact integers.

use serde::{Deserialize, Serialize};

use crate::stats::{Comoments, Grouped, LevelGram, Weight};

use super::integers::Integers;
use super::joint_sums::{JointSums, Known};

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
    levels: Option<WrittenLevels>,
    without_overall: Option<WrittenComoments>,
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

impl WrittenJoint {
    /// These sums.
    pub(super) fn of(joint: &JointSums) -> Self {
        let JointSums::Known(known) = joint else { return Self::Refused };
        let (comoments, levels) = known.with.as_ref().map(|(a, b)| (a, b)).unzip();
        Self::Known(Box::new(WrittenKnown {
            steps: known.steps.clone(),
            with_overall: comoments.map(WrittenComoments::of),
            levels: levels.map(WrittenLevels::of),
            without_overall: known.without.as_ref().map(WrittenComoments::of),
        }))
    }

    /// The sums, of so many touchpoints; `None` unless they are such sums.
    pub(super) fn sums(self, touchpoints: usize) -> Option<JointSums> {
        let Self::Known(it) = self else { return Some(JointSums::Refused) };
        let (outcome, drivers) = it.steps.split_first()?;
        if drivers.len() != touchpoints {
            return None;
        }
        let with = match (it.with_overall, it.levels) {
            (Some(comoments), Some(levels)) => {
                Some((comoments.sums(&it.steps)?, levels.sums(touchpoints, *outcome)?))
            }
            (None, None) => None,
            _ => return None,
        };
        let without = match it.without_overall {
            Some(comoments) => Some(comoments.sums(drivers)?),
            None => None,
        };
        let steps = it.steps;
        Some(JointSums::Known(Box::new(Known { steps, with, without })))
    }
}

impl WrittenComoments {
    fn of(grouped: &Grouped<Comoments>) -> Self {
        let groups = || grouped.groups().iter().map(Comoments::tables);
        let n: Vec<u64> = groups().flat_map(|(n, _)| n.iter().copied()).collect();
        let table = |which: usize| -> Vec<i128> {
            groups().flat_map(|(_, tables)| tables[which].iter().copied()).collect()
        };
        let weights = table(0);
        let ones = weights.iter().zip(&n).all(|(w, n)| *w == of_one(*n));
        Self {
            n: Integers::of(n.into_iter().map(i128::from).collect()),
            weights: (!ones).then(|| Integers::of(weights)),
            sums: Integers::of(table(1)),
            squares: Integers::of(table(2)),
            products: Integers::of(table(3)),
        }
    }

    fn sums(self, steps: &[f64]) -> Option<Grouped<Comoments>> {
        let (triangle, square) =
            (steps.len() * (steps.len() + 1) / 2, steps.len().pow(2));
        let n = self.n.counts(triangle)?;
        let weights = match self.weights {
            Some(weights) => weights.groups(triangle)?,
            None => {
                let ones = |it: &Vec<u64>| it.iter().map(|n| of_one(*n)).collect();
                n.iter().map(ones).collect()
            }
        };
        let sums = self.sums.groups(square)?.into_iter();
        let squares = self.squares.groups(square)?.into_iter();
        let products = self.products.groups(triangle)?.into_iter();
        let tables = weights.into_iter().zip(sums).zip(squares).zip(products);
        let groups = n.into_iter().zip(tables);
        let group = |(n, (((w, a), b), c)): (Vec<u64>, (((_, _), _), _))| {
            Comoments::from_tables(steps, n, [w, a, b, c])
        };
        Grouped::from_groups(groups.map(group).collect::<Option<_>>()?)
    }
}

impl WrittenLevels {
    fn of(grouped: &Grouped<LevelGram>) -> Self {
        let groups = || grouped.groups().iter().map(LevelGram::tables);
        let table = |which: usize| -> Vec<i128> {
            groups().flat_map(|(_, tables)| tables[which].iter().copied()).collect()
        };
        Self {
            n: Integers::of(groups().flat_map(|(n, _)| n).map(|n| (*n).into()).collect()),
            gram: Integers::of(table(0)),
            outcome: Integers::of(table(1)),
        }
    }

    fn sums(self, touchpoints: usize, step: f64) -> Option<Grouped<LevelGram>> {
        let columns = 1 + 3 * touchpoints;
        let gram = self.gram.groups(columns * (columns + 1) / 2)?.into_iter();
        let tables = gram.zip(self.outcome.groups(columns)?);
        let groups = self.n.counts(columns)?.into_iter().zip(tables);
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
