//! Small dense symmetric matrices: Cholesky and eigenvalues, for some tens of variables.

use std::ops::{Index, IndexMut};

/// A square matrix, by rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    size: usize,
    cells: Vec<f64>,
}

impl Square {
    /// With `cell(i, j)` in row i and column j.
    #[must_use]
    pub fn from_fn(size: usize, cell: impl Fn(usize, usize) -> f64) -> Self {
        let cell = &cell;
        let cells = (0..size).flat_map(|i| (0..size).map(move |j| cell(i, j))).collect();
        Self { size, cells }
    }

    /// Rows, and columns.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// A row.
    #[must_use]
    pub fn row(&self, i: usize) -> &[f64] {
        &self.cells[i * self.size..][..self.size]
    }

    /// Root of the sum of squares.
    #[must_use]
    pub(super) fn norm(&self) -> f64 {
        self.cells.iter().map(|x| x * x).sum::<f64>().sqrt()
    }
}

impl Index<(usize, usize)> for Square {
    type Output = f64;

    fn index(&self, (i, j): (usize, usize)) -> &f64 {
        &self.cells[i * self.size + j]
    }
}

impl IndexMut<(usize, usize)> for Square {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
        &mut self.cells[i * self.size + j]
    }
}

/// Sum of products, as four sums side by side: the compiler may not reorder a single one.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    let mut sums = [0.0; 4];
    for (a, b) in a.zip(b) {
        for lane in 0..4 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    rest + sums.iter().sum::<f64>()
}

/// Lower triangle L with L L' = `a` (Cholesky); `None` when a pivot is not over `least`.
#[must_use]
pub(super) fn cholesky(a: &Square, least: f64) -> Option<Square> {
    let n = a.size();
    let mut l = Square::from_fn(n, |_, _| 0.0);
    for i in 0..n {
        for j in 0..=i {
            let rest = a[(i, j)] - dot(&l.row(i)[..j], &l.row(j)[..j]);
            if i > j {
                l[(i, j)] = rest / l[(j, j)];
            } else if rest > least {
                l[(i, i)] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    Some(l)
}

/// Solution x of L L' x = `b`, L being a lower triangle.
#[must_use]
pub(super) fn solve_cholesky(l: &Square, b: &[f64]) -> Vec<f64> {
    let mut x = forward(l, b);
    for i in (0..l.size()).rev() {
        let known: f64 = (i + 1..l.size()).map(|m| l[(m, i)] * x[m]).sum();
        x[i] = (x[i] - known) / l[(i, i)];
    }
    x
}

/// Solution u of L u = `b`, L being a lower triangle.
#[must_use]
pub(super) fn forward(l: &Square, b: &[f64]) -> Vec<f64> {
    let mut u = b.to_vec();
    for i in 0..l.size() {
        u[i] = (u[i] - dot(&l.row(i)[..i], &u[..i])) / l[(i, i)];
    }
    u
}

/// A least-squares solution of `a` x = `b` for a positive semidefinite `a`: variables are taken
/// in order (only the lower triangle is read), and one that the earlier ones determine (what is left of its pivot is at most
/// 1e-9 of it) is dropped, `None` in the answer.
#[must_use]
pub(super) fn solve_dropping_aliased(a: &Square, right: &[f64]) -> Vec<Option<f64>> {
    const LEFT: f64 = 1e-9;
    let mut lower = Square::from_fn(a.size(), |_, _| 0.0);
    let mut kept: Vec<usize> = Vec::new();
    for i in 0..a.size() {
        for (m, &j) in kept.iter().enumerate() {
            let rest = a[(i, j)] - dot(&lower.row(i)[..m], &lower.row(j)[..m]);
            lower[(i, m)] = rest / lower[(j, m)];
        }
        let own = &lower.row(i)[..kept.len()];
        let pivot = a[(i, i)] - dot(own, own);
        if pivot > LEFT * a[(i, i)] {
            lower[(i, kept.len())] = pivot.sqrt();
            kept.push(i);
        }
    }
    let factor = Square::from_fn(kept.len(), |i, j| lower[(kept[i], j)]);
    let right: Vec<f64> = kept.iter().map(|&i| right[i]).collect();
    let mut solution = vec![None; a.size()];
    for (&i, value) in kept.iter().zip(solve_cholesky(&factor, &right)) {
        solution[i] = Some(value);
    }
    solution
}

/// Eigenvalues of a symmetric matrix, rising, and its eigenvectors.
#[derive(Clone, Debug)]
pub(super) struct Eigen {
    /// Eigenvalues, rising.
    pub(super) values: Vec<f64>,
    /// Column j belongs to value j; the columns are orthonormal.
    pub(super) vectors: Square,
}

/// Eigenvalues and eigenvectors by cyclic Jacobi rotations (Golub & Van Loan, *Matrix
/// Computations*, 4th ed., §8.5): accurate to the last bits, and fast enough for tens of
/// variables.
#[must_use]
pub(super) fn symmetric_eigen(a: &Square) -> Eigen {
    /// Convergence is quadratic: ten sweeps are plenty for hundreds of variables.
    const SWEEPS: usize = 40;
    let n = a.size();
    let mut rest = a.clone();
    let mut vectors = Square::from_fn(n, |i, j| if i == j { 1.0 } else { 0.0 });
    let tiny = a.norm() * f64::EPSILON * 1e-2;
    for _ in 0..SWEEPS {
        let mut rotated = false;
        for p in 0..n {
            for q in p + 1..n {
                if rest[(p, q)].abs() > tiny {
                    rotate(&mut rest, &mut vectors, (p, q));
                    rotated = true;
                }
            }
        }
        if !rotated {
            break;
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| rest[(i, i)].total_cmp(&rest[(j, j)]));
    Eigen {
        values: order.iter().map(|&i| rest[(i, i)]).collect(),
        vectors: Square::from_fn(n, |i, j| vectors[(i, order[j])]),
    }
}

/// Turns the plane of p and q so that their cell becomes zero.
fn rotate(a: &mut Square, vectors: &mut Square, (p, q): (usize, usize)) {
    let theta = (a[(q, q)] - a[(p, p)]) / (2.0 * a[(p, q)]);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let turned = |(x, y): (f64, f64)| (cosine * x - sine * y, sine * x + cosine * y);
    for m in 0..a.size() {
        (a[(m, p)], a[(m, q)]) = turned((a[(m, p)], a[(m, q)]));
    }
    for m in 0..a.size() {
        (a[(p, m)], a[(q, m)]) = turned((a[(p, m)], a[(q, m)]));
        let pair = (vectors[(m, p)], vectors[(m, q)]);
        (vectors[(m, p)], vectors[(m, q)]) = turned(pair);
    }
    (a[(p, q)], a[(q, p)]) = (0.0, 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square<const N: usize>(rows: [[f64; N]; N]) -> Square {
        Square::from_fn(N, |i, j| rows[i][j])
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    /// Golub & Van Loan's and every textbook's example: L = [2; 6 1; -8 5 3].
    #[test]
    fn cholesky_of_a_textbook_matrix() {
        let a = square([[4.0, 12.0, -16.0], [12.0, 37.0, -43.0], [-16.0, -43.0, 98.0]]);
        let l = cholesky(&a, 0.0).unwrap();
        let expected = square([[2.0, 0.0, 0.0], [6.0, 1.0, 0.0], [-8.0, 5.0, 3.0]]);
        assert_eq!(l, expected);
        // A (1, 2, 3)' = (-20, -43, 192)'
        let x = solve_cholesky(&l, &[-20.0, -43.0, 192.0]);
        for (found, wanted) in x.iter().zip([1.0, 2.0, 3.0]) {
            close(*found, wanted);
        }
    }

    #[test]
    fn an_indefinite_matrix_has_no_cholesky() {
        assert_eq!(cholesky(&square([[1.0, 2.0], [2.0, 1.0]]), 0.0), None);
    }

    /// 2 −1 0; −1 2 −1; 0 −1 2 has 2 − √2, 2, 2 + √2.
    #[test]
    fn eigenvalues_of_the_second_difference() {
        let a = square([[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]]);
        let eigen = symmetric_eigen(&a);
        let root = 2.0_f64.sqrt();
        for (found, wanted) in eigen.values.iter().zip([2.0 - root, 2.0, 2.0 + root]) {
            close(*found, wanted);
        }
        for j in 0..3 {
            for i in 0..3 {
                let image: f64 = (0..3).map(|m| a[(i, m)] * eigen.vectors[(m, j)]).sum();
                close(image, eigen.values[j] * eigen.vectors[(i, j)]);
            }
        }
    }

    #[test]
    fn equal_eigenvalues_of_a_diagonal_matrix_stay() {
        let eigen = symmetric_eigen(&square([[3.0, 0.0], [0.0, 3.0]]));
        assert_eq!(eigen.values, [3.0, 3.0]);
    }

    /// The third column is the sum of the first two: it is dropped, and the others are solved.
    #[test]
    fn a_variable_that_the_others_determine_is_dropped() {
        let a = square([[2.0, 1.0, 3.0], [1.0, 2.0, 3.0], [3.0, 3.0, 6.0]]);
        let x = solve_dropping_aliased(&a, &[4.0, 5.0, 9.0]);
        close(x[0].unwrap(), 1.0);
        close(x[1].unwrap(), 2.0);
        assert_eq!(x[2], None);
    }

    #[test]
    fn a_column_of_zeros_is_dropped() {
        let a = square([[0.0, 0.0], [0.0, 4.0]]);
        assert_eq!(solve_dropping_aliased(&a, &[0.0, 8.0]), [None, Some(2.0)]);
    }
}
