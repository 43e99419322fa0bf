//! A table of answers by part and group, with the totals of both.
//!
//! The rows are the parts of a whole, each with a report of its own; the columns are groups of
//! customers; below them stands the row of the whole, which has a report, too. Every row adds
//! up to its total, and every column to the cell of the whole.

use super::disclosure::{Cell, cells, hide};

/// Answers by part and group.
pub(super) struct Table {
    counts: Vec<Vec<u64>>,
    /// What is shown of each.
    pub(super) cells: Vec<Vec<Cell>>,
    whole: Vec<u64>,
    whole_total: Option<u64>,
    /// What the report of the whole shows of each group.
    pub(super) of_whole: Vec<Cell>,
    least: u64,
}

impl Table {
    /// Of so many answers; the whole is as its own report shows it. Cells of too few answers
    /// are withheld; no more yet.
    pub(super) fn new(
        counts: Vec<Vec<u64>>,
        (whole, whole_total): (Vec<u64>, Option<u64>),
        least: u64,
    ) -> Self {
        let few =
            |n: &u64| if (1..least).contains(n) { Cell::TooFew } else { Cell::Shown };
        let shown = counts.iter().map(|row| row.iter().map(few).collect()).collect();
        let of_whole = cells(&whole, whole_total, least);
        Self { counts, cells: shown, whole, whole_total, of_whole, least }
    }

    /// Withholds a whole row: its total is not shown either.
    pub(super) fn hide_row(&mut self, row: usize) {
        if let Some(cells) = self.cells.get_mut(row) {
            for cell in cells.iter_mut().filter(|it| **it == Cell::Shown) {
                *cell = Cell::Complementary;
            }
        }
    }

    /// Withholds more until no row and no column tells of a cell.
    pub(super) fn settle(&mut self, row_totals: &[Option<u64>]) {
        let mut again = true;
        while again {
            again = false;
            let rows = self.counts.iter().zip(&mut self.cells).zip(row_totals);
            for ((counts, cells), total) in rows {
                again |= hide(counts, *total, self.least, cells);
            }
            let (whole, total) = (&self.whole, self.whole_total);
            again |= hide(whole, total, self.least, &mut self.of_whole);
            for column in 0..self.whole.len() {
                again |= self.settle_column(column);
            }
        }
    }

    /// The parts of a group, and the whole of it; returns whether more is withheld.
    fn settle_column(&mut self, column: usize) -> bool {
        let at = |row: &Vec<u64>| row.get(column).copied().unwrap_or(0);
        let counts: Vec<u64> = self.counts.iter().map(at).collect();
        let cell = |row: &Vec<Cell>| row.get(column).copied().unwrap_or(Cell::Shown);
        let mut cells: Vec<Cell> = self.cells.iter().map(cell).collect();
        let total = self.whole.get(column).copied();
        let Some(of_whole) = self.of_whole.get_mut(column) else { return false };
        let mut more = false;
        if *of_whole == Cell::Shown {
            more |= hide(&counts, total, self.least, &mut cells);
            if is_told(&counts, &cells, self.least) && total.is_some_and(|n| n > 0) {
                *of_whole = Cell::Complementary;
                more = true;
            }
        } else if cells.iter().zip(&counts).all(|(it, n)| *it == Cell::Shown || *n == 0) {
            // All parts together are the whole: one of them must go with it.
            let smallest = (0..counts.len()).filter(|at| counts[*at] > 0);
            if let Some(at) = smallest.min_by_key(|at| counts[*at]) {
                cells[at] = Cell::Complementary;
                more = true;
            }
        }
        for (row, cell) in self.cells.iter_mut().zip(cells) {
            if let Some(it) = row.get_mut(column) {
                *it = cell;
            }
        }
        more
    }
}

/// Whether what is left of a total that is shown tells of a cell that is not.
fn is_told(counts: &[u64], cells: &[Cell], least: u64) -> bool {
    let hidden =
        counts.iter().zip(cells).filter(|(n, it)| **n > 0 && **it != Cell::Shown);
    let (count, sum) =
        hidden.fold((0_usize, 0), |(count, sum), (n, _)| (count + 1, sum + n));
    count == 1 || count > 1 && sum < least
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which cells are hidden: of each part, then of the whole.
    fn settled(counts: &[&[u64]], hidden_rows: &[usize]) -> Vec<Vec<bool>> {
        let counts: Vec<Vec<u64>> = counts.iter().map(|it| it.to_vec()).collect();
        let rows: Vec<Option<u64>> =
            counts.iter().map(|it| Some(it.iter().sum())).collect();
        let whole: Vec<u64> = (0..counts[0].len())
            .map(|at| counts.iter().map(|row| row[at]).sum())
            .collect();
        let total = whole.iter().sum();
        let mut table = Table::new(counts, (whole, Some(total)), 10);
        for row in hidden_rows {
            table.hide_row(*row);
        }
        table.settle(&rows);
        let hidden = |row: &Vec<Cell>| row.iter().map(|it| *it != Cell::Shown).collect();
        table.cells.iter().chain([&table.of_whole]).map(hidden).collect()
    }

    /// One small cell: the next in its row and in its column go, and the one that closes the
    /// rectangle, or each of the two would be known from its own column and row.
    #[test]
    fn a_small_cell_takes_a_rectangle_with_it() {
        let hidden = settled(&[&[5, 40, 90], &[30, 50, 95], &[60, 70, 99]], &[]);
        assert_eq!(hidden[0], [true, true, false]);
        assert_eq!(hidden[1], [true, true, false]);
        assert_eq!(hidden[2], [false, false, false]);
        assert_eq!(hidden[3], [false, false, false]);
    }

    #[test]
    fn nothing_small_hides_nothing() {
        let hidden = settled(&[&[50, 40], &[30, 50], &[0, 70]], &[]);
        assert!(hidden.iter().flatten().all(|it| !it));
    }

    /// A card that is not shown hides all its groups: each column has one more to hide.
    #[test]
    fn a_part_that_is_not_shown_takes_the_smallest_of_each_group_with_it() {
        let hidden = settled(&[&[20, 20], &[30, 60], &[80, 25]], &[0]);
        assert_eq!(hidden[0], [true, true]);
        // 30 is the smallest other of the first group, 25 of the second.
        assert!(hidden[1][0] && hidden[2][1], "{hidden:?}");
        for column in 0..2 {
            let gone = hidden.iter().filter(|row| row[column]).count();
            assert!(gone >= 2, "{hidden:?}");
        }
    }

    /// Projects are in one city each: what the card of the city withholds is a number of the
    /// whole, too, and the whole withholds it as well.
    #[test]
    fn a_group_that_is_in_one_part_alone_is_withheld_of_the_whole() {
        let hidden = settled(&[&[5, 11, 90, 0, 0], &[0, 0, 0, 70, 95]], &[]);
        assert_eq!(hidden[0][..3], [true, true, false]);
        assert_eq!(hidden[2][..3], [true, true, false], "{hidden:?}");
        assert_eq!(hidden[1][3..], [false, false]);
        assert_eq!(hidden[2][3..], [false, false], "{hidden:?}");
    }

    /// No total that is shown, of parts or of the whole, leaves one hidden cell to be told.
    #[test]
    fn nothing_is_left_to_be_told() {
        let mut seed = 7_u64;
        let mut draw = |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % most
        };
        for _ in 0..500 {
            let rows: Vec<Vec<u64>> =
                (0..4).map(|_| (0..4).map(|_| draw(40)).collect()).collect();
            let rows: Vec<&[u64]> = rows.iter().map(Vec::as_slice).collect();
            let hidden = settled(&rows, &[]);
            for (row, counts) in hidden.iter().zip(&rows) {
                told(counts, row, &rows);
            }
            for column in 0..4 {
                let counts: Vec<u64> = rows.iter().map(|row| row[column]).collect();
                let cells: Vec<bool> = hidden.iter().map(|row| row[column]).collect();
                if cells[4] {
                    assert!(
                        cells[..4].contains(&true) || counts.iter().all(|it| *it == 0)
                    );
                } else {
                    told(&counts, &cells[..4], &rows);
                }
            }
        }
    }

    fn told(counts: &[u64], hidden: &[bool], rows: &[&[u64]]) {
        let gone: Vec<u64> = counts
            .iter()
            .zip(hidden)
            .filter(|(n, hidden)| **hidden && **n > 0)
            .map(|(n, _)| *n)
            .collect();
        let every = counts.iter().zip(hidden).all(|(n, hidden)| *hidden || *n < 10);
        let safe = gone.is_empty() || gone.len() > 1 && gone.iter().sum::<u64>() >= 10;
        assert!(safe || every, "{counts:?} {hidden:?} of {rows:?}");
    }
}
