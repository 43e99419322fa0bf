//! Raking: weights whose sums are those of the population, margin by margin.

/// Rounds after which raking is given up.
const ROUNDS: usize = 2_000;
/// How far sums may be from those of the population, as a share of them.
const CLOSE: f64 = 1e-10;

/// Rows that have the same value of each margin.
#[derive(Clone, Debug, PartialEq)]
pub struct RakingCell {
    /// Sum of their weights before raking, over 0.
    pub weight: f64,
    /// The number of their value of each margin; `None` where it is not known.
    pub groups: Vec<Option<usize>>,
}

/// What came of raking.
#[derive(Clone, Debug, PartialEq)]
pub struct Raked {
    /// What the weights of the rows of each cell are multiplied by. The sum of all weights
    /// stays what it was.
    pub factors: Vec<f64>,
    /// Rounds that it took.
    pub rounds: usize,
}

/// Multiplies the weights of cells so that, of each margin, the groups have the shares that
/// `targets` give by margin and group. Rows of which a margin is not known keep their weight
/// there. `None` where no weights do: cells that are missing may leave no way.
///
/// Reference: W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11, 1940.
#[must_use]
pub fn rake(cells: &[RakingCell], targets: &[Vec<f64>]) -> Option<Raked> {
    let mut factors = vec![1.0; cells.len()];
    for round in 1..=ROUNDS {
        let mut farthest: f64 = 0.0;
        for (margin, shares) in targets.iter().enumerate() {
            let sums = sums(cells, &factors, (margin, shares.len()));
            let known: f64 = sums.iter().sum();
            let present = shares.iter().zip(&sums).filter(|(_, sum)| **sum > 0.0);
            let all: f64 = present.map(|(share, _)| share).sum();
            let change = |group: usize| {
                let (share, sum) = (shares.get(group)?, sums.get(group)?);
                Some(share / all * known / sum)
            };
            for (factor, cell) in factors.iter_mut().zip(cells) {
                let group = cell.groups.get(margin).copied().flatten();
                if let Some(change) = group.and_then(change) {
                    *factor *= change;
                    farthest = farthest.max((change - 1.0).abs());
                }
            }
        }
        if !farthest.is_finite() {
            return None;
        }
        if farthest < CLOSE {
            return Some(Raked { factors, rounds: round });
        }
    }
    None
}

/// The sums of weights of each group of a margin.
fn sums(
    cells: &[RakingCell],
    factors: &[f64],
    (margin, groups): (usize, usize),
) -> Vec<f64> {
    let mut sums = vec![0.0; groups];
    for (cell, factor) in cells.iter().zip(factors) {
        let group = cell.groups.get(margin).copied().flatten();
        if let Some(sum) = group.and_then(|it| sums.get_mut(it)) {
            *sum += cell.weight * factor;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(weight: f64, groups: [usize; 2]) -> RakingCell {
        RakingCell { weight, groups: groups.map(Some).to_vec() }
    }

    #[test]
    fn independent_margins_are_met_at_once() {
        // 40 30 / 20 10 with margins 50:50 both ways. Odds ratio 2/3 stays.
        let cells = [
            cell(40.0, [0, 0]),
            cell(30.0, [0, 1]),
            cell(20.0, [1, 0]),
            cell(10.0, [1, 1]),
        ];
        let it = rake(&cells, &[vec![1.0, 1.0], vec![5.0, 5.0]]).unwrap();
        let raked: Vec<f64> = cells
            .iter()
            .zip(&it.factors)
            .map(|(cell, factor)| cell.weight * factor)
            .collect();
        // With equal margins the table is x, 50 − x / 50 − x, x, and x²/(50 − x)² = 2/3:
        // x = 50·√(2/3)/(1 + √(2/3)) = 22.474487.
        let x = 22.474_487_139_158_9;
        for (raked, expected) in raked.iter().zip([x, 50.0 - x, 50.0 - x, x]) {
            assert!((raked - expected).abs() < 1e-7, "{raked} is not {expected}");
        }
    }

    #[test]
    fn one_margin_is_post_stratification() {
        let cells = [cell(30.0, [0, 0]), cell(10.0, [1, 0])];
        let it = rake(&cells, &[vec![1.0, 1.0]]).unwrap();
        assert!((it.factors[0] - 2.0 / 3.0).abs() < 1e-12);
        assert!((it.factors[1] - 2.0).abs() < 1e-12);
    }

    #[test]
    fn who_is_not_known_keeps_the_weight_and_who_is_not_there_is_passed_over() {
        let unknown = RakingCell { weight: 7.0, groups: vec![None] };
        let one = |weight, group| RakingCell { weight, groups: vec![Some(group)] };
        let it = rake(&[one(3.0, 0), one(1.0, 1), unknown], &[vec![1.0, 1.0, 9.0]]);
        let it = it.unwrap();
        assert!((it.factors[0] - 2.0 / 3.0).abs() < 1e-12);
        assert!((it.factors[2] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_no_weights_meet_is_not_met() {
        // Each cell is a row and a column: rows ask for 1:1, columns for 1:3.
        let cells = [cell(1.0, [0, 0]), cell(1.0, [1, 1])];
        assert_eq!(rake(&cells, &[vec![1.0, 1.0], vec![1.0, 3.0]]), None);
    }
}
