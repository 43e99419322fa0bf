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

/// How many of `total` answers are in none of the listed cells, where they are fewer than
/// `least`: a cell that nobody lists, and that the total less all others would tell of.
pub(super) fn unlisted(answers: &[u64], total: Option<u64>, least: u64) -> Option<u64> {
    let rest = total?.saturating_sub(answers.iter().sum());
    (1..least).contains(&rest).then_some(rest)
}

/// What is shown of cells with so many answers of `total`, `least` being the fewest that may
/// be.
///
/// A cell of nobody is shown as such. If cells are withheld, then at least two of them, and
/// together they have at least `least` answers: else the smallest of the others go too. Too
/// few answers in no cell at all are a withheld one.
pub(super) fn cells(answers: &[u64], total: Option<u64>, least: u64) -> Vec<Cell> {
    let few = |n: &u64| {
        if (1..least).contains(n) { Cell::TooFew } else { Cell::Shown }
    };
    let mut cells: Vec<Cell> = answers.iter().map(few).collect();
    hide(answers, total, least, &mut cells);
    cells
}

/// Withholds more of cells of which some are withheld already, until none of them can be
/// worked out from the total; returns whether any was.
pub(super) fn hide(
    answers: &[u64],
    total: Option<u64>,
    least: u64,
    cells: &mut [Cell],
) -> bool {
    let unlisted = unlisted(answers, total, least);
    let hidden = |cells: &[Cell]| -> (usize, u64) {
        let pairs = cells.iter().zip(answers);
        // A cell of nobody hides nothing.
        let hidden = pairs.filter(|(cell, n)| **cell != Cell::Shown && **n > 0);
        let start = unlisted.map_or((0, 0), |n| (1, n));
        hidden.fold(start, |(count, sum), (_, n)| (count + 1, sum + n))
    };
    let mut shown: Vec<usize> = (0..answers.len())
        .filter(|at| answers.get(*at).is_some_and(|n| *n >= least))
        .filter(|at| cells.get(*at) == Some(&Cell::Shown))
        .collect();
    let mut more = false;
    // Taken from the end: the smallest first, of equal ones the one that comes first.
    shown.sort_by_key(|at| (Reverse(answers.get(*at).copied()), Reverse(*at)));
    while let (count @ 1.., sum) = hidden(cells) {
        let enough = count > 1 && sum >= least;
        let Some(next) = shown.pop().filter(|_| !enough) else { break };
        if let Some(cell) = cells.get_mut(next) {
            *cell = Cell::Complementary;
            more = true;
        }
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of cells that everybody is in one of.
    fn listed(answers: &[u64]) -> Vec<Cell> {
        cells(answers, Some(answers.iter().sum()), 10)
    }

    /// Three people gave no town. With 50 others withheld they are 53 together.
    #[test]
    fn those_in_no_cell_are_a_cell() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(cells(&[400, 50], Some(453), 10), [Shown, Complementary]);
        // Ten or more may be known, and so may nobody.
        assert_eq!(cells(&[400, 50], Some(460), 10), [Shown; 2]);
        assert_eq!(cells(&[400, 50], Some(450), 10), [Shown; 2]);
        // 7 and 3 hide each other; 6 and 3 are too few even together.
        assert_eq!(cells(&[400, 7], Some(410), 10), [Shown, TooFew]);
        assert_eq!(cells(&[400, 6], Some(409), 10), [Complementary, TooFew]);
        // Without a total nothing is left of it.
        assert_eq!(cells(&[400, 50], None, 10), [Shown; 2]);
    }

    #[test]
    fn one_withheld_cell_takes_the_smallest_other_with_it() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(listed(&[400, 7, 50, 80]), [Shown, TooFew, Complementary, Shown]);
        assert_eq!(listed(&[400, 50, 80]), [Shown; 3]);
        assert_eq!(listed(&[400, 7]), [Complementary, TooFew]);
    }

    #[test]
    fn two_that_are_withheld_hide_each_other_only_if_they_are_many_enough() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(listed(&[7, 4, 90]), [TooFew, TooFew, Shown]);
        assert_eq!(listed(&[3, 2, 90, 80]), [TooFew, TooFew, Shown, Complementary]);
    }

    #[test]
    fn a_cell_of_nobody_hides_nothing() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(listed(&[0, 7, 50, 60]), [Shown, TooFew, Complementary, Shown]);
        assert_eq!(listed(&[0, 0]), [Shown; 2]);
    }

    #[test]
    fn of_equal_cells_the_first_goes() {
        use Cell::{Complementary, Shown, TooFew};
        assert_eq!(listed(&[50, 50, 5]), [Complementary, Shown, TooFew]);
    }
}
