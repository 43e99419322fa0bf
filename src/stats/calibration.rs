//! The variance of a mean whose weights were raked: what margins explain is no error.

use std::sync::Arc;

use super::LevelSums;
use super::moments::real;

/// Sweeps over all margins, as many as `survey::svyrecvar` makes.
const SWEEPS: usize = 10;

/// The rows of a raked sample, cell by cell: those that have the same value of each margin.
#[derive(Clone, Debug, PartialEq)]
pub struct RakedRows {
    cells: Vec<RakedCell>,
    /// Groups of each margin.
    margins: Vec<usize>,
}

/// Rows that have the same value of each margin.
#[derive(Clone, Debug, PartialEq)]
pub struct RakedCell {
    /// The number of their value of each margin; `None` where it is not known.
    pub groups: Vec<Option<usize>>,
    /// How many they are.
    pub n: u64,
    /// Sum of their weights.
    pub w: f64,
    /// Sum of their squared weights.
    pub w2: f64,
}

/// How the rows of a raked sample answered a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    rows: Arc<RakedRows>,
    /// Cells with answers, by number, and these by level.
    answers: Vec<(usize, Vec<LevelSums>)>,
}

/// Sums over the answers of a cell, `e` being what each adds to the mean for its weight.
#[derive(Clone, Copy, Debug, Default)]
struct Deviations {
    /// Σ e.
    plain: f64,
    /// Σ w e.
    weighted: f64,
    /// Σ w² e.
    squared: f64,
    /// Σ w² e².
    both: f64,
}

impl Deviations {
    fn of(levels: &[LevelSums], e: impl Fn(f64) -> f64) -> Self {
        let sum = |term: &dyn Fn(&LevelSums) -> f64| levels.iter().map(term).sum();
        Self {
            plain: sum(&|at| real(at.n) * e(at.value)),
            weighted: sum(&|at| at.w * e(at.value)),
            squared: sum(&|at| at.w2 * e(at.value)),
            both: sum(&|at| at.w2 * e(at.value).powi(2)),
        }
    }
}

impl RakedRows {
    /// Of these cells.
    #[must_use]
    pub fn new(cells: Vec<RakedCell>) -> Self {
        let count = cells.iter().map(|it| it.groups.len()).max().unwrap_or_default();
        let groups = |margin: usize| {
            let of = cells.iter().filter_map(|it| it.group(margin));
            of.max().map_or(0, |it| it + 1)
        };
        Self { margins: (0..count).map(groups).collect(), cells }
    }

    /// What margins explain of the deviations in each cell: group means are taken out, margin
    /// by margin.
    fn explained(&self, sums: &[Deviations]) -> Vec<f64> {
        let mut explained = vec![0.0; self.cells.len()];
        for _ in 0..SWEEPS {
            for (margin, groups) in self.margins.iter().enumerate() {
                let mut left = vec![(0.0, 0.0); *groups];
                for ((cell, sums), a) in self.cells.iter().zip(sums).zip(&explained) {
                    let n = real(cell.n);
                    if let Some(it) = cell.group(margin).and_then(|at| left.get_mut(at)) {
                        it.0 += sums.plain - a * n;
                        it.1 += n;
                    }
                }
                for (cell, a) in self.cells.iter().zip(&mut explained) {
                    if let Some((sum, n)) = cell.group(margin).and_then(|at| left.get(at))
                    {
                        *a += sum / n;
                    }
                }
            }
        }
        explained
    }
}

impl RakedCell {
    fn group(&self, margin: usize) -> Option<usize> {
        self.groups.get(margin).copied().flatten()
    }
}

impl Calibration {
    /// Of answers by level in cells of `rows`, which are given by number.
    #[must_use]
    pub fn new(rows: Arc<RakedRows>, answers: Vec<(usize, Vec<LevelSums>)>) -> Self {
        Self { rows, answers }
    }

    /// Linearised variance of the weighted mean of a function without the factor for small
    /// samples, `w` being the sum of the weights of who answered, and `deviation` the function
    /// less its mean. It is that of the residuals from all margins, as R's `survey::svymean`
    /// has it for a design that `survey::rake` made.
    ///
    /// References: J.-C. Deville, C.-E. Särndal and O. Sautory, JASA 88, 1993; T. Lumley,
    /// *Complex Surveys*, 2010, §7.3.
    #[must_use]
    pub fn linearised_variance(&self, w: f64, deviation: impl Fn(f64) -> f64) -> f64 {
        let cells = &self.rows.cells;
        let mut sums = vec![Deviations::default(); cells.len()];
        for (cell, levels) in &self.answers {
            if let Some(it) = sums.get_mut(*cell) {
                *it = Deviations::of(levels, |value| deviation(value) / w);
            }
        }
        let explained = self.rows.explained(&sums);
        let (mut squares, mut total, mut n) = (0.0, 0.0, 0.0);
        for ((cell, sums), a) in cells.iter().zip(&sums).zip(explained) {
            squares += sums.both - 2.0 * a * sums.squared + a * a * cell.w2;
            total += sums.weighted - a * cell.w;
            n += real(cell.n);
        }
        (squares - total * total / n).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level((value, n): (f64, u64), weight: f64) -> LevelSums {
        LevelSums { value, n, w: real(n) * weight, w2: real(n) * weight * weight }
    }

    /// A cell of one margin: its group, its answers by level, and their weight.
    type Cell<'a> = (Option<usize>, &'a [(f64, u64)], f64);

    fn calibration(cells: &[Cell<'_>]) -> Calibration {
        let rows = |(group, levels, weight): &Cell<'_>| {
            let n: u64 = levels.iter().map(|(_, n)| n).sum();
            let (w, w2) = (real(n) * weight, real(n) * weight * weight);
            RakedCell { groups: vec![*group], n, w, w2 }
        };
        let rows = RakedRows::new(cells.iter().map(rows).collect());
        let answers = cells.iter().enumerate().map(|(at, (_, levels, weight))| {
            (at, levels.iter().map(|it| level(*it, *weight)).collect())
        });
        Calibration::new(Arc::new(rows), answers.collect())
    }

    #[test]
    fn post_stratified_groups_differ_without_error() {
        // Group 0 answers 1 and 3, each of weight 2; group 1 answers 5, 7, 9 of weight 1:
        // mean (2·4 + 21)/7. Within: w²·Σ(x − mean of the group)² = 4·2 + 1·8 = 16, by W² = 49.
        let it = calibration(&[
            (Some(0), &[(1.0, 1), (3.0, 1)], 2.0),
            (Some(1), &[(5.0, 1), (7.0, 1), (9.0, 1)], 1.0),
        ]);
        let mean = 29.0 / 7.0;
        let variance = it.linearised_variance(7.0, |x| x - mean);
        assert!((variance - 16.0 / 49.0).abs() < 1e-14, "{variance}");
    }

    #[test]
    fn without_margins_it_is_the_variance_of_given_weights() {
        // Mean 2.5, Σ(x − 2.5)² = 2.25 + 3·0.25 = 3, by 16.
        let it = calibration(&[(None, &[(1.0, 1), (3.0, 3)], 1.0)]);
        assert!((it.linearised_variance(4.0, |x| x - 2.5) - 3.0 / 16.0).abs() < 1e-15);
    }
}
