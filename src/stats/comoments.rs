//! Co-moments of an outcome and its drivers: sums over every pair of answers.

use super::{Additive, weight::from_units};

/// Sums over the rows that answered both questions of a pair (METHOD §2, table B).
///
/// Variable 0 is the outcome y, which every row has; 1..=k are the drivers. For the variables i
/// and j, with v = 1 where a row has an answer: n = Σ `v_i` `v_j`, N = Σ w `v_i` `v_j`,
/// A = Σ w `v_i` `v_j` `x_i`, B = Σ w `v_i` `v_j` `x_i²`, C = Σ w `v_i` `v_j` `x_i` `x_j`.
///
/// Answers are kept as codes, whole multiples of a variable's *step* (1 on a scale of whole
/// numbers, 0.5 where halves are allowed), and weights in whole [units](super::Weight), so that each sum
/// is an exact integer in 128 bits: the same whatever the order, the number of threads or the
/// split into files, and additive in both directions. n, N and C are symmetric and kept once.
#[derive(Clone, Debug, PartialEq)]
pub struct Comoments {
    pub(super) steps: Vec<f64>,
    /// n, by triangle.
    pub(super) rows: Vec<u64>,
    /// N, by triangle.
    pub(super) weights: Vec<i128>,
    /// A, by rows of a square: `i * variables + j` has the sum of `x_i`.
    pub(super) sums: Vec<i128>,
    /// B, as A.
    pub(super) squares: Vec<i128>,
    /// C, by triangle.
    pub(super) products: Vec<i128>,
}

/// Place of a pair in a triangle, whichever comes first.
pub(super) const fn pair(i: usize, j: usize) -> usize {
    if i <= j { j * (j + 1) / 2 + i } else { i * (i + 1) / 2 + j }
}

impl Comoments {
    /// No rows yet; `steps` has the unit of the codes of the outcome, then of each driver.
    ///
    /// `None` unless there are an outcome and a driver, and each step is finite and over 0.
    #[must_use]
    pub fn new(steps: &[f64]) -> Option<Self> {
        let valid = |step: &f64| step.is_finite() && *step > 0.0;
        let v = steps.len();
        let triangle = v * (v + 1) / 2;
        (v >= 2 && steps.iter().all(valid)).then(|| Self {
            steps: steps.to_vec(),
            rows: vec![0; triangle],
            weights: vec![0; triangle],
            sums: vec![0; v * v],
            squares: vec![0; v * v],
            products: vec![0; triangle],
        })
    }

    /// Sums of the outcome and only the drivers `kept` (0 is the first driver), in that order.
    #[must_use]
    pub fn keep(&self, kept: &[usize]) -> Self {
        let variables = kept.iter().map(|driver| driver + 1);
        self.select(&std::iter::once(0).chain(variables).collect::<Vec<usize>>())
    }

    /// Sums of the drivers alone, over the same rows: variable j is the driver j.
    #[must_use]
    pub fn without_outcome(&self) -> Self {
        self.select(&(1..self.variables()).collect::<Vec<usize>>())
    }

    /// Sums of only these variables, over the same rows, in that order.
    #[must_use]
    pub fn select(&self, variables: &[usize]) -> Self {
        let (mut triangle, mut square) = (Vec::new(), Vec::new());
        for (j, &to) in variables.iter().enumerate() {
            triangle.extend(variables[..=j].iter().map(|&from| pair(from, to)));
            square.extend(variables.iter().map(|&other| to * self.variables() + other));
        }
        let pick =
            |table: &[i128], at: &[usize]| at.iter().map(|&at| table[at]).collect();
        Self {
            steps: variables.iter().map(|&i| self.steps[i]).collect(),
            rows: triangle.iter().map(|&at| self.rows[at]).collect(),
            weights: pick(&self.weights, &triangle),
            sums: pick(&self.sums, &square),
            squares: pick(&self.squares, &square),
            products: pick(&self.products, &triangle),
        }
    }

    /// The unit of the codes of each variable, in native units.
    #[must_use]
    pub fn steps(&self) -> &[f64] {
        &self.steps
    }

    /// The outcome and its drivers: k + 1.
    #[must_use]
    pub fn variables(&self) -> usize {
        self.steps.len()
    }

    /// Rows that answered both, unweighted; of `i` alone when the two are one.
    #[must_use]
    pub fn n(&self, i: usize, j: usize) -> u64 {
        self.rows[pair(i, j)]
    }

    /// N: weight of the rows that answered both.
    #[must_use]
    pub fn weight(&self, i: usize, j: usize) -> f64 {
        from_units(self.weights[pair(i, j)])
    }

    /// A: weighted sum of the answers to `i` over the rows that answered both.
    #[must_use]
    pub fn sum(&self, i: usize, j: usize) -> f64 {
        self.steps[i] * from_units(self.sums[i * self.variables() + j])
    }

    /// B: weighted sum of the squared answers to `i` over the rows that answered both.
    #[must_use]
    pub fn square(&self, i: usize, j: usize) -> f64 {
        let step = self.steps[i];
        step * step * from_units(self.squares[i * self.variables() + j])
    }

    /// C: weighted sum of the products of both answers.
    #[must_use]
    pub fn product(&self, i: usize, j: usize) -> f64 {
        self.steps[i] * self.steps[j] * from_units(self.products[pair(i, j)])
    }

    /// Weighted mean of the answers to `i` among rows with an outcome, in native units; `None`
    /// when nobody answered.
    #[must_use]
    pub fn mean(&self, i: usize) -> Option<f64> {
        (self.n(i, i) > 0).then(|| self.sum(i, i) / self.weight(i, i))
    }

    /// Weighted share of the rows with an outcome that answered `i`, from 0 to 1; `None` without
    /// rows.
    #[must_use]
    pub fn reach(&self, i: usize) -> Option<f64> {
        (self.n(0, 0) > 0).then(|| self.weight(i, i) / self.weight(0, 0))
    }
}

impl Additive for Comoments {
    fn fits(&self, other: &Self) -> bool {
        let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits();
        self.variables() == other.variables()
            && self.steps.iter().zip(&other.steps).all(same)
    }

    fn add(&mut self, other: &Self) {
        debug_assert!(self.fits(other), "sums of different questions");
        combine(&mut self.rows, &other.rows, |a, b| *a += b);
        for (mine, theirs) in self.integers_mut().into_iter().zip(other.integers()) {
            combine(mine, theirs, |a, b| *a += b);
        }
    }

    fn subtract(&mut self, other: &Self) {
        debug_assert!(self.fits(other), "sums of different questions");
        combine(&mut self.rows, &other.rows, |a, b| *a -= b);
        for (mine, theirs) in self.integers_mut().into_iter().zip(other.integers()) {
            combine(mine, theirs, |a, b| *a -= b);
        }
    }

    /// Those that answered the question most answered: the outcome, where there is one.
    fn rows(&self) -> u64 {
        (0..self.variables()).map(|i| self.n(i, i)).max().unwrap_or_default()
    }
}

impl Comoments {
    fn integers(&self) -> [&Vec<i128>; 4] {
        [&self.weights, &self.sums, &self.squares, &self.products]
    }

    fn integers_mut(&mut self) -> [&mut Vec<i128>; 4] {
        [&mut self.weights, &mut self.sums, &mut self.squares, &mut self.products]
    }
}

/// Adds or subtracts `theirs` place by place.
pub(super) fn combine<T: Copy>(mine: &mut [T], theirs: &[T], with: impl Fn(&mut T, T)) {
    for (a, b) in mine.iter_mut().zip(theirs) {
        with(a, *b);
    }
}
