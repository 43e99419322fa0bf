//! Joint sums as a file holds them: the exact integers.

use serde::{Deserialize, Serialize};

use crate::stats::{Comoments, Grouped, LevelGram};

use super::joint_sums::{JointSums, Known};
use super::replicate::GROUPS;

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
    n: Vec<u64>,
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
    n: Vec<u64>,
    gram: Integers,
    outcome: Integers,
}

/// Integers in units of 2^`unit`, which is as large as it can be; sums of weights are in
/// units of 2^-60.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Integers {
    unit: u32,
    values: Vec<i128>,
}

impl Integers {
    fn of(values: Vec<i128>) -> Self {
        let zeros = values.iter().filter(|it| **it != 0).map(|it| it.trailing_zeros());
        let unit = zeros.min().unwrap_or_default();
        Self { unit, values: values.into_iter().map(|it| it >> unit).collect() }
    }

    /// The integers, `length` for each group; `None` when they are others or too large.
    fn groups(&self, length: usize) -> Option<Vec<Vec<i128>>> {
        if self.unit > 100 || length == 0 || self.values.len() != length * GROUPS {
            return None;
        }
        let whole = |it: &i128| it.checked_mul(1 << self.unit);
        self.values
            .chunks_exact(length)
            .map(|it| it.iter().map(whole).collect())
            .collect()
    }
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
        let ones = weights.iter().zip(&n).all(|(w, n)| *w == i128::from(*n) << 60);
        Self {
            n,
            weights: (!ones).then(|| Integers::of(weights)),
            sums: Integers::of(table(1)),
            squares: Integers::of(table(2)),
            products: Integers::of(table(3)),
        }
    }

    fn sums(self, steps: &[f64]) -> Option<Grouped<Comoments>> {
        let (triangle, square) =
            (steps.len() * (steps.len() + 1) / 2, steps.len().pow(2));
        if triangle == 0 || self.n.len() != triangle * GROUPS {
            return None;
        }
        let weights = match self.weights {
            Some(weights) => weights.groups(triangle)?,
            None => {
                let one = |n: &u64| i128::from(*n) << 60;
                self.n
                    .chunks_exact(triangle)
                    .map(|it| it.iter().map(one).collect())
                    .collect()
            }
        };
        let sums = self.sums.groups(square)?.into_iter();
        let squares = self.squares.groups(square)?.into_iter();
        let products = self.products.groups(triangle)?.into_iter();
        let tables = weights.into_iter().zip(sums).zip(squares).zip(products);
        let groups = self.n.chunks_exact(triangle).zip(tables);
        let group = |(n, (((w, a), b), c)): (&[u64], (((_, _), _), _))| {
            Comoments::from_tables(steps, n.to_vec(), [w, a, b, c])
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
            n: groups().flat_map(|(n, _)| n.iter().copied()).collect(),
            gram: Integers::of(table(0)),
            outcome: Integers::of(table(1)),
        }
    }

    fn sums(self, touchpoints: usize, step: f64) -> Option<Grouped<LevelGram>> {
        let columns = 1 + 3 * touchpoints;
        if self.n.len() != columns * GROUPS {
            return None;
        }
        let gram = self.gram.groups(columns * (columns + 1) / 2)?.into_iter();
        let tables = gram.zip(self.outcome.groups(columns)?);
        let groups = self.n.chunks_exact(columns).zip(tables);
        let group = |(n, (gram, outcome)): (&[u64], _)| {
            LevelGram::from_tables(touchpoints, step, n.to_vec(), [gram, outcome])
        };
        Grouped::from_groups(groups.map(group).collect::<Option<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_kept_to_the_last_bit() {
        let values: Vec<i128> =
            (0..i128::try_from(GROUPS).unwrap()).map(|it| (it - 50) << 60).collect();
        let it = Integers::of(values.clone());
        assert_eq!((it.unit, it.values[0]), (60, -50));
        assert_eq!(it.groups(1).unwrap().concat(), values);
        assert_eq!(Integers::of(vec![0; 3]), Integers { unit: 0, values: vec![0; 3] });
        let odd = Integers::of(vec![12, 7]);
        assert_eq!(odd, Integers { unit: 0, values: vec![12, 7] });
    }

    #[test]
    fn absurd_integers_are_none() {
        let it = |unit, value| Integers { unit, values: vec![value; GROUPS] };
        assert!(it(60, 5).groups(1).is_some());
        assert!(it(60, 5).groups(2).is_none());
        assert!(it(101, 5).groups(1).is_none());
        assert!(it(100, i128::MAX).groups(1).is_none());
        assert!(it(0, 5).groups(0).is_none());
    }
}
