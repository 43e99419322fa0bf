//! Who gets what, so that the sum of all wishes is the largest: an assignment.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// What a wish of 1 counts; whole numbers, so that the same wishes give the same result.
const UNIT: f64 = 1_000_000.0;

/// One column for each row at most, and one row for each column, with the largest sum of
/// wishes; a row without a wish that can be met gets none.
///
/// `wishes` are, by row, columns and how much they are wished for, from 0 to 1. Of equal
/// sums, the one with earlier columns for earlier rows is taken, as far as single swaps go.
///
/// Few columns are wished for by any row: a dense solver would look at every pair of a
/// thousand touchpoints and columns.
///
/// Reference: R. Jonker, A. Volgenant, “A shortest augmenting path algorithm for dense and
/// sparse linear assignment problems”, Computing 38, 1987.
pub(super) fn assign(wishes: &[Vec<(usize, f64)>]) -> Vec<Option<usize>> {
    let mut state = State::new(wishes);
    for row in 0..wishes.len() {
        state.place(row);
    }
    let columns = state.columns;
    state.taken.into_iter().map(|it| it.filter(|it| *it < columns)).collect()
}

struct State {
    /// By row, columns and costs; the last is the row's own empty column.
    costs: Vec<Vec<(usize, i64)>>,
    /// One past the last real column.
    columns: usize,
    /// What a column costs more because others want it.
    prices: BTreeMap<usize, i64>,
    /// The column of each row.
    taken: Vec<Option<usize>>,
    /// The row of each column.
    holder: BTreeMap<usize, usize>,
}

impl State {
    fn new(wishes: &[Vec<(usize, f64)>]) -> Self {
        let all = wishes.iter().flatten().map(|(column, _)| column + 1);
        let columns = all.max().unwrap_or_default();
        let costs = wishes.iter().enumerate().map(|(row, wishes)| {
            let own = std::iter::once((columns + row, cost(0.0)));
            wishes
                .iter()
                .map(|(column, wish)| (*column, cost(*wish)))
                .chain(own)
                .collect()
        });
        Self {
            costs: costs.collect(),
            columns,
            prices: BTreeMap::new(),
            taken: vec![None; wishes.len()],
            holder: BTreeMap::new(),
        }
    }

    fn price(&self, column: usize) -> i64 {
        self.prices.get(&column).copied().unwrap_or_default()
    }

    /// What the column that a row holds costs it.
    fn held(&self, row: usize) -> i64 {
        let Some(column) = self.taken.get(row).copied().flatten() else { return 0 };
        let costs = self.costs.get(row).into_iter().flatten();
        let cost = costs.filter(|(it, _)| *it == column).map(|(_, cost)| *cost).min();
        cost.unwrap_or_default() - self.price(column)
    }

    /// Gives `free` a column, moving others where that costs least.
    fn place(&mut self, free: usize) {
        let mut heap = BinaryHeap::new();
        let mut reached: BTreeMap<usize, (i64, usize)> = BTreeMap::new();
        let mut done: BTreeMap<usize, i64> = BTreeMap::new();
        let (mut row, mut so_far) = (free, 0);
        let (end, length) = loop {
            let held = self.held(row);
            for (column, cost) in self.costs.get(row).into_iter().flatten() {
                let length = so_far + cost - self.price(*column) - held;
                let shorter = reached.get(column).is_none_or(|(it, _)| length < *it);
                if shorter && !done.contains_key(column) {
                    reached.insert(*column, (length, row));
                    heap.push(Reverse((length, *column)));
                }
            }
            // A column may have been reached on a longer way before. A row's own empty column
            // is always free, so that the search ends.
            let mut shortest = std::iter::from_fn(|| heap.pop());
            let next = shortest.find(|Reverse((_, column))| !done.contains_key(column));
            let Some(Reverse((length, column))) = next else { return };
            match self.holder.get(&column) {
                None => break (column, length),
                Some(holder) => {
                    done.insert(column, length);
                    (row, so_far) = (*holder, length);
                }
            }
        };
        for (column, at) in done {
            *self.prices.entry(column).or_default() += at - length;
        }
        self.give(end, free, &reached);
    }

    /// Hands columns on along the way that ends in the free column `end`.
    fn give(&mut self, end: usize, free: usize, reached: &BTreeMap<usize, (i64, usize)>) {
        let mut column = end;
        while let Some((_, row)) = reached.get(&column) {
            self.holder.insert(column, *row);
            let Some(taken) = self.taken.get_mut(*row) else { return };
            let before = taken.replace(column);
            match before {
                Some(before) if *row != free => column = before,
                _ => return,
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a wish is from 0 to 1")]
fn cost(wish: f64) -> i64 {
    ((1.0 - wish.clamp(0.0, 1.0)) * UNIT).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_best_total_goes_before_the_best_single_wish() {
        // Greedy: row 0 takes column 0 (0.9), row 1 nothing. Best: 0.8 + 0.85.
        let wishes = [vec![(0, 0.9), (1, 0.8)], vec![(0, 0.85)]];
        assert_eq!(assign(&wishes), [Some(1), Some(0)]);
    }

    #[test]
    fn no_wish_is_no_column_and_equal_wishes_go_in_order() {
        assert_eq!(assign(&[vec![], vec![(3, 0.2)]]), [None, Some(3)]);
        assert_eq!(
            assign(&[vec![(0, 0.5), (1, 0.5)], vec![(0, 0.5), (1, 0.5)]]),
            [Some(0), Some(1)]
        );
        assert_eq!(assign(&[vec![(0, 0.4)], vec![(0, 0.6)]]), [None, Some(0)]);
    }

    /// The largest sum, by trying everything.
    fn best(wishes: &[Vec<(usize, f64)>], used: &mut Vec<usize>) -> f64 {
        let Some((first, rest)) = wishes.split_first() else { return 0.0 };
        let mut most = best(rest, used);
        for (column, wish) in first {
            if !used.contains(column) {
                used.push(*column);
                most = most.max(wish + best(rest, used));
                used.pop();
            }
        }
        most
    }

    proptest! {
        #[test]
        fn no_other_assignment_has_a_larger_sum(
            table in prop::collection::vec(prop::collection::vec(0_u8..=10, 5), 1..6)
        ) {
            let wishes: Vec<Vec<(usize, f64)>> = table.iter().map(|row| {
                let all = row.iter().enumerate().map(|(at, it)| (at, f64::from(*it) / 10.0));
                all.filter(|(_, it)| *it > 0.0).collect()
            }).collect();
            let found = assign(&wishes);
            let mut columns: Vec<_> = found.iter().flatten().collect();
            let all = columns.len();
            columns.sort_unstable();
            columns.dedup();
            prop_assert_eq!(columns.len(), all, "a column is given once");
            let sum: f64 = found.iter().zip(&wishes).map(|(column, wishes)| {
                let mut its = wishes.iter().filter(|(it, _)| Some(*it) == *column);
                its.next().map_or(0.0, |(_, wish)| *wish)
            }).sum();
            prop_assert!((sum - best(&wishes, &mut Vec::new())).abs() < 1e-6);
        }
    }
}
