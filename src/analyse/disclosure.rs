//! Which cells of a partition are withheld, so that none of them can be worked out from the
//! total and the others (METHOD §5).

use std::cmp::Reverse;

/// Whether a cell is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// It has answers enough, or none at all.
    Shown,
    /// Fewer answers than may be shown.
    TooFew,
    /// Answers enough, but without it another one would be known.
    Complementary,
}

/// What is shown of cells with so many answers, `least` being the fewest that may be.
///
/// A cell of nobody is shown as such. If cells are withheld, then at least two of them, and
/// together they have at least `least` answers: else the smallest of the others go too.
pub(super) fn cells(answers: &[u64], least: u64) -> Vec<Cell> {
    let mut cells: Vec<Cell> = answers
        .iter()
        .map(|n| if (1..least).contains(n) { Cell::TooFew } else { Cell::Shown })
        .collect();
    let hidden = |cells: &[Cell]| -> (usize, u64) {
        let hidden = cells.iter().zip(answers).filter(|(cell, _)| **cell != Cell::Shown);
        hidden.fold((0, 0), |(count, sum), (_, n)| (count + 1, sum + n))
    };
    let mut shown: Vec<usize> = (0..answers.len())
        .filter(|at| answers.get(*at).is_some_and(|n| *n >= least))
        .collect();
    // Taken from the end: the smallest first, of equal ones the one that comes first.
    shown.sort_by_key(|at| (Reverse(answers.get(*at).copied()), Reverse(*at)));
    while let (count @ 1.., sum) = hidden(&cells) {
        let enough = count > 1 && sum >= least;
        let Some(next) = shown.pop().filter(|_| !enough) else { break };
        if let Some(cell) = cells.get_mut(next) {
            *cell = Cell::Complementary;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_withheld_cell_takes_the_smallest_other_with_it() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(cells(&[400, 7, 50, 80], 10), [Shown, TooFew, Complementary, Shown]);
        assert_eq!(cells(&[400, 50, 80], 10), [Shown; 3]);
        assert_eq!(cells(&[400, 7], 10), [Complementary, TooFew]);
    }

    #[test]
    fn two_that_are_withheld_hide_each_other_only_if_they_are_many_enough() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(cells(&[7, 4, 90], 10), [TooFew, TooFew, Shown]);
        assert_eq!(cells(&[3, 2, 90, 80], 10), [TooFew, TooFew, Shown, Complementary]);
    }

    #[test]
    fn a_cell_of_nobody_hides_nothing() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(cells(&[0, 7, 50, 60], 10), [Shown, TooFew, Complementary, Shown]);
        assert_eq!(cells(&[0, 0], 10), [Shown; 2]);
    }

    #[test]
    fn of_equal_cells_the_first_goes() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(cells(&[50, 50, 5], 10), [Complementary, Shown, TooFew]);
    }
}
