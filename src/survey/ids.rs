//! Whom the rows of a wave come from: how many respondents, who twice, who in other waves.
//!
//! Of all hashes of ids the least are kept, with how often each was seen: the same few for
//! any order of rows, and those of a whole from those of its parts. What holds of them holds
//! of all respondents, because a hash has nothing to do with who they are. (The k minimum
//! values of Z. Bar-Yossef et al., RANDOM 2002; shares of overlap as K. Beyer et al., SIGMOD
//! 2007, estimate them.)

use std::collections::BTreeMap;

/// Hashes that are kept. Up to so many respondents nothing is estimated; beyond, a share of
/// 1 % has a standard error of 0.11 percentage points.
pub(super) const KEPT: u64 = 8_192;

/// The respondents of a wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ids {
    /// Rows that have an id.
    rows: u64,
    /// Rows by the hash of their id, of the least hashes.
    kept: BTreeMap<u64, u64>,
    /// Whether there are others.
    sampled: bool,
    /// Greater hashes are not kept.
    bound: Bound,
}

/// A hash that no kept one is greater than.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bound(u64);

impl Default for Bound {
    fn default() -> Self {
        Self(u64::MAX)
    }
}

impl Ids {
    /// Records the row of a respondent.
    pub(super) fn push(&mut self, hash: u64) {
        self.rows += 1;
        if hash > self.bound.0 {
            return;
        }
        *self.kept.entry(hash).or_default() += 1;
        if self.kept.len() as u64 > KEPT {
            self.kept.pop_last();
            self.sampled = true;
        }
        self.set_bound();
    }

    fn set_bound(&mut self) {
        self.bound = Bound(if self.sampled { self.greatest() } else { u64::MAX });
    }

    fn greatest(&self) -> u64 {
        self.kept.last_key_value().map_or(0, |(hash, _)| *hash)
    }

    /// Takes in other rows.
    pub(super) fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.sampled |= other.sampled;
        for (hash, rows) in &other.kept {
            *self.kept.entry(*hash).or_default() += rows;
        }
        while self.kept.len() as u64 > KEPT {
            self.kept.pop_last();
            self.sampled = true;
        }
        self.set_bound();
    }

    /// Rows whose respondent has an earlier row in the wave.
    pub(super) fn duplicates(&self) -> u64 {
        let rows: u64 = self.kept.values().sum();
        let again = rows - self.kept.len() as u64;
        if self.sampled { part(self.rows, again, rows) } else { again }
    }

    /// Respondents.
    pub(super) fn count(&self) -> u64 {
        self.rows - self.duplicates()
    }

    /// How many of them are among `others` too.
    pub(super) fn among(&self, others: &Self) -> u64 {
        let bound = |it: &Self| if it.sampled { it.greatest() } else { u64::MAX };
        let most = bound(self).min(bound(others));
        let known = || self.kept.range(..=most).map(|(hash, _)| hash);
        let both = known().filter(|hash| others.kept.contains_key(hash)).count() as u64;
        part(self.count(), both, known().count() as u64)
    }
}

/// `whole` · `share` / `of`, rounded; 0 of nothing.
fn part(whole: u64, share: u64, of: u64) -> u64 {
    let part = u128::from(whole) * u128::from(share) * 2 + u128::from(of);
    part.checked_div(2 * u128::from(of))
        .map_or(0, |it| u64::try_from(it).unwrap_or(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use xxhash_rust::xxh3::xxh3_64;

    fn ids(numbers: impl IntoIterator<Item = u64>) -> Ids {
        let mut ids = Ids::default();
        numbers.into_iter().for_each(|it| ids.push(xxh3_64(&it.to_le_bytes())));
        ids
    }

    #[test]
    fn up_to_8192_respondents_everything_is_counted() {
        let now = ids((0..8_192).chain(100..103));
        assert_eq!((now.count(), now.duplicates()), (8_192, 3));
        assert_eq!(now.among(&ids(8_000..12_000)), 192);
        assert_eq!(ids(8_000..12_000).among(&now), 192);
        assert_eq!(now.among(&Ids::default()), 0);
    }

    #[test]
    fn of_many_respondents_shares_are_estimated() {
        let before = ids(0..300_000);
        let now = ids((270_000..470_000).chain(300_000..310_000));
        // 30,000 of 200,000 came before; a sample of about 5,000 of them, so a standard
        // error of half a percentage point: 4 of them are 4,000.
        assert!(now.among(&before).abs_diff(30_000) < 4_000, "{}", now.among(&before));
        assert!(now.duplicates().abs_diff(10_000) < 2_000, "{}", now.duplicates());
        assert_eq!(before.duplicates(), 0);
        assert!(now.kept.len() as u64 <= KEPT);
    }

    #[test]
    fn parts_of_a_wave_are_the_wave() {
        for many in [50, 5_000, 30_000] {
            let whole = ids((0..many).chain(7..20));
            for cut in [1, many / 3, many - 1] {
                let (mut first, second) = (ids(0..cut), ids((cut..many).chain(7..20)));
                let mut other = second.clone();
                other.merge(&first);
                first.merge(&second);
                assert_eq!(first, whole);
                assert_eq!(other, whole);
            }
        }
    }

    #[test]
    fn no_respondents_are_no_part_of_anything() {
        assert_eq!((Ids::default().count(), part(5, 0, 0)), (0, 0));
        assert_eq!(part(10, 1, 4), 3);
    }
}
