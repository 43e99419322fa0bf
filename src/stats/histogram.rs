//! Answers counted by level: the only thing that estimates of one question need.

use std::sync::Arc;

use super::Calibration;

/// Answers of one question counted by level (METHOD §2, table A), rising by value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    levels: Vec<LevelSums>,
    /// Where weights were raked: the same answers, cell by cell.
    calibration: Option<Arc<Calibration>>,
}

/// The answers at one level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LevelSums {
    /// The answer, on the native scale.
    pub value: f64,
    /// How many respondents gave it.
    pub n: u64,
    /// Sum of their weights.
    pub w: f64,
    /// Sum of their squared weights.
    pub w2: f64,
}

impl Histogram {
    /// From sums by level, in any order, each level once; levels without answers are dropped.
    #[must_use]
    pub fn new(mut levels: Vec<LevelSums>) -> Self {
        levels.retain(|level| level.n > 0);
        levels.sort_by(|a, b| a.value.total_cmp(&b.value));
        Self { levels, calibration: None }
    }

    /// From unweighted counts by level.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53 answers")]
    pub fn unweighted(counts: impl IntoIterator<Item = (f64, u64)>) -> Self {
        let sums =
            |(value, n): (f64, u64)| LevelSums { value, n, w: n as f64, w2: n as f64 };
        Self::new(counts.into_iter().map(sums).collect())
    }

    /// These answers without those of `part`, which are among them: how all others answered.
    #[must_use]
    pub fn without(&self, part: &Self) -> Self {
        let rest = |level: &LevelSums| {
            let of =
                part.levels.iter().find(|at| at.value.total_cmp(&level.value).is_eq());
            let of = of.copied().unwrap_or_default();
            LevelSums {
                value: level.value,
                n: level.n.saturating_sub(of.n),
                w: level.w - of.w,
                w2: level.w2 - of.w2,
            }
        };
        Self::new(self.levels.iter().map(rest).collect())
    }

    /// These answers and those of `other`, who are other people.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let mut levels = self.levels.clone();
        for level in &other.levels {
            match levels.iter_mut().find(|at| at.value.total_cmp(&level.value).is_eq()) {
                Some(at) => {
                    at.n += level.n;
                    at.w += level.w;
                    at.w2 += level.w2;
                }
                None => levels.push(*level),
            }
        }
        Self::new(levels)
    }

    /// These answers, whose weights were raked. What is added to them or taken away leaves
    /// that behind: its variance is that of given weights, which is larger as a rule.
    #[must_use]
    pub fn raked(self, calibration: Calibration) -> Self {
        Self { calibration: Some(Arc::new(calibration)), ..self }
    }

    /// How raking bears on variances, if weights were raked.
    #[must_use]
    pub fn calibration(&self) -> Option<&Calibration> {
        self.calibration.as_deref()
    }

    /// The levels that have answers, rising by value.
    #[must_use]
    pub fn levels(&self) -> &[LevelSums] {
        &self.levels
    }

    /// Respondents who answered.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.levels.iter().map(|level| level.n).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_and_the_part_are_the_whole_again() {
        let whole = Histogram::unweighted([(1.0, 4), (2.0, 5), (5.0, 1)]);
        let part = Histogram::unweighted([(2.0, 5), (5.0, 1)]);
        let rest = whole.without(&part);
        assert_eq!(rest, Histogram::unweighted([(1.0, 4)]));
        assert_eq!(rest.with(&part), whole);
        assert_eq!(whole.without(&whole).n(), 0);
    }
}
