//! Random orders of the drivers, in antithetic pairs, and what they say of the gains in R².

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::correlation::{Correlation, PIVOT};
use super::lmg::Decomposition;

/// Orders for the estimate of shares.
const COUNT: usize = 16_384;

/// Fixed, so that the same responses give the same shares.
const SEED: [u8; 32] = *b"touchmap: orders of touchpoints.";

/// Orders that are worked on side by side: four antithetic pairs.
const LANES: usize = 8;

/// One number for each of the orders side by side.
type Lane = [f64; LANES];

/// Orders of k drivers: pairs of a random one and its reverse. The same for the same k.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permutations {
    k: usize,
    count: usize,
}

impl Permutations {
    /// 16,384 orders of `k` drivers.
    #[must_use]
    pub const fn of(k: usize) -> Self {
        Self { k, count: COUNT }
    }

    /// The first `count`, rounded up to four pairs.
    #[must_use]
    pub const fn first(self, count: usize) -> Self {
        Self { count: count.next_multiple_of(LANES), ..self }
    }

    /// Four pairs at a time: orders 0 and 1 are the reverse of one another, and so on.
    fn batches(self) -> impl Iterator<Item = Vec<[usize; LANES]>> {
        let mut random = ChaCha8Rng::from_seed(SEED);
        let mut orders = [(); LANES / 2].map(|()| (0..self.k).collect::<Vec<usize>>());
        (0..self.count / LANES).map(move |_| {
            for order in &mut orders {
                shuffle(order, &mut random);
            }
            let last = self.k.saturating_sub(1);
            let at = |m: usize| {
                let place = |l: usize| if l.is_multiple_of(2) { m } else { last - m };
                std::array::from_fn(|l| orders[l / 2][place(l)])
            };
            (0..self.k).map(at).collect()
        })
    }

    /// Mean gains over the orders, and their standard errors from the means of pairs.
    pub(super) fn decompose(self, r: &Correlation) -> Decomposition {
        let mut sums = vec![0.0; self.k];
        let mut squares = vec![0.0; self.k];
        let mut factor = Factor::new(self.k);
        let mut pair = vec![[0.0; LANES / 2]; self.k];
        for orders in self.batches() {
            factor.compute(r, &orders);
            pair.fill([0.0; LANES / 2]);
            for (order, u) in orders.iter().zip(&factor.solution) {
                for l in 0..LANES {
                    pair[order[l]][l / 2] += u[l] * u[l] / 2.0;
                }
            }
            for (j, means) in pair.iter().enumerate() {
                sums[j] += means.iter().sum::<f64>();
                squares[j] += means.iter().map(|mean| mean * mean).sum::<f64>();
            }
        }
        let pairs = u32::try_from(self.count / 2).map_or(f64::INFINITY, f64::from);
        let gains: Vec<f64> = sums.iter().map(|sum| sum / pairs).collect();
        let error = gains.iter().zip(&squares).map(|(gain, square)| {
            let variance =
                (square / pairs - gain * gain).max(0.0) * pairs / (pairs - 1.0);
            (variance / pairs).sqrt()
        });
        let error = error.collect();
        Decomposition::sampled(gains, error)
    }

    /// Derivative of the gains by the correlations, a mean over the orders.
    ///
    /// With slopes β of the drivers T on the outcome, `dR²(T) = 2 β' dr − β' dR β`; the gain of
    /// a driver is the difference of R² with it and before it.
    pub(super) fn derivative(self, r: &Correlation) -> Derivative {
        let mut derivative = Derivative::new(self.k);
        let mut factor = Factor::new(self.k);
        let mut before = vec![[0.0; LANES]; self.k];
        let mut after = before.clone();
        for orders in self.batches() {
            factor.compute(r, &orders);
            for m in 0..self.k {
                before[m] = [0.0; LANES];
                factor.slopes(m, &mut after);
                for l in 0..LANES {
                    derivative.add(&orders, l, (&before[..=m], &after[..=m]));
                }
                std::mem::swap(&mut before, &mut after);
            }
        }
        derivative.count = u32::try_from(self.count).map_or(f64::INFINITY, f64::from);
        derivative
    }
}

/// Fisher–Yates, with unbiased places by Lemire's method (ACM TOMACS 29:3, 2019).
fn shuffle(order: &mut [usize], random: &mut ChaCha8Rng) {
    for last in (1..order.len()).rev() {
        order.swap(last, below(last + 1, random));
    }
}

/// A uniform number under `n`, which is far under 2^32.
fn below(n: usize, random: &mut ChaCha8Rng) -> usize {
    let n = n as u64;
    let biased = (1_u64 << 32) % n;
    loop {
        let product = u64::from(random.next_u32()) * n;
        if product % (1 << 32) >= biased {
            return usize::try_from(product >> 32).unwrap_or(0);
        }
    }
}

/// Cholesky factors of a correlation matrix in several orders side by side.
struct Factor {
    k: usize,
    /// Lower triangle by rows, without its diagonal.
    lower: Vec<Lane>,
    /// One over the diagonal; 0 for a driver that earlier ones determine.
    inverse: Vec<Lane>,
    /// u of L u = r: squares are gains.
    solution: Vec<Lane>,
}

impl Factor {
    fn new(k: usize) -> Self {
        let zero = [0.0; LANES];
        Self {
            k,
            lower: vec![zero; k * k.saturating_sub(1) / 2],
            inverse: vec![zero; k],
            solution: vec![zero; k],
        }
    }

    fn row(&self, i: usize) -> &[Lane] {
        let start = i * i.saturating_sub(1) / 2;
        &self.lower[start..start + i]
    }

    fn compute(&mut self, r: &Correlation, orders: &[[usize; LANES]]) {
        for i in 0..self.k {
            let start = i * i.saturating_sub(1) / 2;
            let rows = orders[i].map(|driver| r.drivers().row(driver));
            for j in 0..i {
                let (done, current) = self.lower.split_at(start);
                let earlier = &done[j * j.saturating_sub(1) / 2..][..j];
                let dot = dot(&current[..j], earlier);
                let inverse = self.inverse[j];
                self.lower[start + j] = std::array::from_fn(|l| {
                    (rows[l][orders[j][l]] - dot[l]) * inverse[l]
                });
            }
            let row = self.row(i);
            let (own, known) = (dot(row, row), dot(row, &self.solution[..i]));
            self.inverse[i] = own.map(|explained| {
                let pivot = 1.0 - explained;
                if pivot < PIVOT { 0.0 } else { 1.0 / pivot.sqrt() }
            });
            self.solution[i] = std::array::from_fn(|l| {
                (r.outcome()[orders[i][l]] - known[l]) * self.inverse[i][l]
            });
        }
    }

    /// Slopes of the first m + 1 drivers on the outcome: L' β = u, leading block.
    fn slopes(&self, m: usize, slopes: &mut [Lane]) {
        slopes[..=m].copy_from_slice(&self.solution[..=m]);
        for i in (0..=m).rev() {
            let inverse = self.inverse[i];
            let slope: Lane = std::array::from_fn(|l| slopes[i][l] * inverse[l]);
            slopes[i] = slope;
            for (earlier, coefficient) in slopes.iter_mut().zip(self.row(i)) {
                for l in 0..LANES {
                    earlier[l] -= coefficient[l] * slope[l];
                }
            }
        }
    }
}

/// Sum of products, lane by lane.
fn dot(a: &[Lane], b: &[Lane]) -> Lane {
    let mut sum = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for l in 0..LANES {
            sum[l] += a[l] * b[l];
        }
    }
    sum
}

/// How the gains change with the correlations, to first order.
pub(super) struct Derivative {
    k: usize,
    count: f64,
    /// By driver, then correlation with the outcome.
    outcome: Vec<f64>,
    /// By driver, then pair of drivers; the two places of a pair are to be added.
    drivers: Vec<f64>,
}

impl Derivative {
    fn new(k: usize) -> Self {
        Self { k, count: 1.0, outcome: vec![0.0; k * k], drivers: vec![0.0; k * k * k] }
    }

    /// Adds the derivative of the gain of the last of some drivers, from their slopes without it
    /// (its own being 0) and with it.
    fn add(&mut self, orders: &[[usize; LANES]], l: usize, slopes: (&[Lane], &[Lane])) {
        let (k, (before, after)) = (self.k, slopes);
        let gaining = orders[after.len() - 1][l];
        let outcome = &mut self.outcome[gaining * k..][..k];
        let drivers = &mut self.drivers[gaining * k * k..][..k * k];
        for (a, order) in orders.iter().take(after.len()).enumerate() {
            let (old, new) = (2.0 * before[a][l], 2.0 * after[a][l]);
            outcome[order[l]] += new - old;
            let row = &mut drivers[order[l] * k..][..k];
            for b in 0..a {
                row[orders[b][l]] -= new * after[b][l] - old * before[b][l];
            }
        }
    }

    /// Change of each gain when the correlations go from `base` to `r`.
    pub(super) fn change(&self, base: &Correlation, r: &Correlation) -> Vec<f64> {
        let k = self.k;
        let drivers: Vec<f64> = (0..k * k)
            .map(|at| (at / k, at % k))
            .map(|pair| r.drivers()[pair] - base.drivers()[pair])
            .collect();
        let outcome: Vec<f64> =
            r.outcome().iter().zip(base.outcome()).map(|(r, base)| r - base).collect();
        let product =
            |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let change = |j: usize| {
            product(&self.outcome[j * k..][..k], &outcome)
                + product(&self.drivers[j * k * k..][..k * k], &drivers)
        };
        (0..k).map(|j| change(j) / self.count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_orders_and_their_neighbours_are_reversed() {
        let permutations = Permutations::of(7).first(60);
        assert_eq!(permutations, Permutations { k: 7, count: 64 });
        let mut batches = 0;
        for batch in permutations.batches() {
            batches += 1;
            for l in 0..LANES {
                let mut order: Vec<usize> = batch.iter().map(|at| at[l]).collect();
                let mut reverse: Vec<usize> = batch.iter().map(|at| at[l ^ 1]).collect();
                reverse.reverse();
                assert_eq!(order, reverse);
                order.sort_unstable();
                assert_eq!(order, [0, 1, 2, 3, 4, 5, 6]);
            }
        }
        assert_eq!(batches, 8);
    }

    #[test]
    fn every_place_is_as_likely() {
        let mut first = [0.0; 5];
        for batch in Permutations::of(5).batches() {
            for driver in batch[0] {
                first[driver] += 1.0;
            }
        }
        // 16,384 / 5 each; χ² with 4 degrees of freedom exceeds 18.5 once in a thousand
        let expected = 16_384.0 / 5.0;
        let chi2: f64 =
            first.iter().map(|n: &f64| (n - expected).powi(2) / expected).sum();
        assert!(chi2 < 18.5, "{first:?}");
    }
}
