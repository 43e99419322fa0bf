//! Whether there is enough to speak of importance at all.

use super::comoments::Comoments;
use super::correlation::own_spread;
use super::real;

/// Rows with an outcome that the gate wants at least.
const ROWS: u64 = 100;

/// And rows for each driver.
const ROWS_PER_DRIVER: u64 = 10;

/// Users whom a driver needs among the rows with an outcome.
const USERS: u64 = 100;

/// Adjusted R² under which shares are shares of nothing.
const EXPLAINED: f64 = 0.10;

/// What a driver brings to the gate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Its answers among the rows with an outcome, unweighted.
    pub users: u64,
    /// Whether its answers differ from one another at all.
    pub spread: Spread,
}

/// Whether answers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// At least two answers are different.
    Varies,
    /// All are the same.
    Constant,
}

/// Why a driver is left out of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// Fewer than 100 users: how many.
    FewUsers(u64),
    /// All answers are the same.
    Constant,
}

/// Why there is no model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoModel {
    /// No driver passed.
    NoDrivers,
    /// Fewer rows than needed.
    FewRows {
        /// Rows with an outcome.
        found: u64,
        /// max(100, 10 k).
        needed: u64,
    },
    /// Adjusted R² is under 0.10.
    LittleExplained(f64),
}

/// Drivers that enter the model, and those that do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Positions of the candidates in the model, rising.
    pub kept: Vec<usize>,
    /// Positions of the others, and why.
    pub left_out: Vec<(usize, LeftOut)>,
}

/// Each driver of `sums` as it comes to the gate.
#[must_use]
pub fn candidates(sums: &Comoments) -> Vec<Candidate> {
    let candidate = |driver: usize| Candidate {
        users: sums.n(driver, driver),
        spread: own_spread(sums, driver).map_or(Spread::Constant, |_| Spread::Varies),
    };
    (1..sums.variables()).map(candidate).collect()
}

/// Which drivers enter the model of `rows` unweighted rows with an outcome (METHOD §7.2).
///
/// With 150 rows and 62 items a repaired pairwise matrix “explains” 99.8 %, and nothing else
/// betrays it.
///
/// # Errors
///
/// When no driver is left, or rows are fewer than max(100, 10 k) for the k that are.
pub fn admit(rows: u64, candidates: &[Candidate]) -> Result<Admission, NoModel> {
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for (at, candidate) in candidates.iter().enumerate() {
        match candidate {
            Candidate { users, .. } if *users < USERS => {
                left_out.push((at, LeftOut::FewUsers(*users)));
            }
            Candidate { spread: Spread::Constant, .. } => {
                left_out.push((at, LeftOut::Constant));
            }
            Candidate { .. } => kept.push(at),
        }
    }
    if kept.is_empty() {
        return Err(NoModel::NoDrivers);
    }
    let needed = ROWS.max(ROWS_PER_DRIVER.saturating_mul(kept.len() as u64));
    if rows < needed {
        return Err(NoModel::FewRows { found: rows, needed });
    }
    Ok(Admission { kept, left_out })
}

/// Adjusted R², `1 − (1 − R²)(n − 1)/(n − k − 1)`, when it is 0.10 or more.
///
/// # Errors
///
/// When the model explains too little to divide.
pub fn explains(r_squared: f64, rows: u64, k: usize) -> Result<f64, NoModel> {
    let (n, k) = (real(rows), real(k as u64));
    let adjusted = 1.0 - (1.0 - r_squared) * (n - 1.0) / (n - k - 1.0);
    if n > k + 1.0 && adjusted >= EXPLAINED {
        Ok(adjusted)
    } else {
        Err(NoModel::LittleExplained(adjusted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Candidate = Candidate { users: 100, spread: Spread::Varies };

    #[test]
    fn drivers_of_few_users_or_of_one_answer_are_left_out_and_listed() {
        let few = Candidate { users: 99, ..GOOD };
        let constant = Candidate { spread: Spread::Constant, ..GOOD };
        let admission = admit(500, &[few, GOOD, constant]).unwrap();
        assert_eq!(admission.kept, [1]);
        assert_eq!(
            admission.left_out,
            [(0, LeftOut::FewUsers(99)), (2, LeftOut::Constant)]
        );
    }

    #[test]
    fn ten_rows_a_driver_and_a_hundred_at_least() {
        assert_eq!(
            admit(119, &[GOOD; 12]),
            Err(NoModel::FewRows { found: 119, needed: 120 })
        );
        assert!(admit(120, &[GOOD; 12]).is_ok());
        assert_eq!(admit(99, &[GOOD]), Err(NoModel::FewRows { found: 99, needed: 100 }));
        assert_eq!(admit(10_000, &[]), Err(NoModel::NoDrivers));
    }

    #[test]
    fn a_model_must_explain_a_tenth_after_adjustment() {
        // 1 − 0.85 · 110/100 = 0.065
        let Err(NoModel::LittleExplained(adjusted)) = explains(0.15, 111, 10) else {
            panic!("a model of chance passed")
        };
        assert!((adjusted - 0.065).abs() < 1e-12);
        // 1 − 0.5 · 110/100 = 0.45
        assert!((explains(0.5, 111, 10).unwrap() - 0.45).abs() < 1e-12);
        assert!(explains(1.0, 11, 10).is_err());
    }
}
