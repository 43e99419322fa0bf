//! Who of those who say why names a cause: shares, and what tells the dissatisfied apart.

use crate::model::{CauseShare, ShareDifference, ShareEstimate};
use crate::stats::{Histogram, LevelSums, fisher, newcombe};

use super::score::share_of;

/// Customers who name it, under which a difference is not tested.
const FEWEST: u64 = 5;

/// The level of the dissatisfied, and that of the satisfied.
pub(super) const DISSATISFIED: f64 = -1.0;
pub(super) const SATISFIED: f64 = 1.0;

/// How many are at a level, and what they weigh.
pub(super) fn at(histogram: &Histogram, level: f64) -> LevelSums {
    let of = histogram.levels().iter().find(|it| (it.value - level).abs() < 0.5);
    of.copied().unwrap_or_default()
}

/// The share, among those of `said` at a level, of those who are in `named`; `None` where
/// fewer than `least` said anything.
fn share(
    said: &Histogram,
    named: &Histogram,
    level: f64,
    least: u64,
) -> Option<ShareEstimate> {
    let (all, named) = (at(said, level), at(named, level));
    if all.n < least {
        return None;
    }
    let rest = LevelSums {
        value: 0.0,
        n: all.n.saturating_sub(named.n),
        w: (all.w - named.w).max(0.0),
        w2: (all.w2 - named.w2).max(0.0),
    };
    let both = Histogram::new(vec![LevelSums { value: 1.0, ..named }, rest]);
    share_of(&both, |it| it > 0.5)
}

/// Who names a cause; the difference is not adjusted yet.
pub(super) fn cause_share(
    id: &str,
    (said, named): (&Histogram, &Histogram),
    (least, low_base): (u64, f64),
) -> CauseShare {
    let dissatisfied = share(said, named, DISSATISFIED, least);
    let satisfied = share(said, named, SATISFIED, least);
    let firm = |it: &&ShareEstimate| it.n_star >= low_base;
    let both = dissatisfied.as_ref().filter(firm).zip(satisfied.as_ref().filter(firm));
    let enough = at(named, DISSATISFIED).n + at(named, SATISFIED).n >= FEWEST;
    CauseShare {
        id: id.to_owned(),
        named: named.n(),
        difference: both.filter(|_| enough).map(|(of, than)| difference(than, of)),
        dissatisfied,
        satisfied,
    }
}

/// `second` less `first`: Newcombe's interval, and the exact test of two shares; effective
/// bases stand for sample sizes.
fn difference(first: &ShareEstimate, second: &ShareEstimate) -> ShareDifference {
    let counts = |it: &ShareEstimate| (whole(it.share * it.n_star), whole(it.n_star));
    ShareDifference {
        difference: second.share - first.share,
        ci: newcombe((first.share, first.ci), (second.share, second.ci)),
        p: fisher(counts(first), counts(second)),
        q: 1.0,
    }
}

/// The nearest whole number of customers, of which there are no fewer than none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
fn whole(customers: f64) -> u64 {
    customers.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(dissatisfied: u64, satisfied: u64) -> Histogram {
        Histogram::unweighted([(DISSATISFIED, dissatisfied), (SATISFIED, satisfied)])
    }

    /// Newcombe 1998, table II, 56/70 against 48/80; p as R's `fisher.test` has it, one tail
    /// twice.
    #[test]
    fn shares_of_two_groups() {
        let it = cause_share("a", (&levels(70, 80), &levels(56, 48)), (10, 30.0));
        assert_eq!(it.named, 104);
        let difference = it.difference.unwrap();
        assert!((difference.difference - 0.2).abs() < 1e-12);
        assert!((difference.ci[0] - 0.0524).abs() < 5e-5);
        assert!((difference.ci[1] - 0.3339).abs() < 5e-5);
        assert!((difference.p - 0.012_649).abs() < 5e-6, "{}", difference.p);
    }

    #[test]
    fn too_few_are_not_told_of_and_few_are_not_tested() {
        let it = cause_share("a", (&levels(9, 80), &levels(5, 8)), (10, 30.0));
        assert_eq!((it.dissatisfied, it.difference), (None, None));
        let it = cause_share("a", (&levels(20, 80), &levels(10, 8)), (10, 30.0));
        assert!((it.dissatisfied.unwrap().share - 0.5).abs() < 1e-12);
        assert_eq!(it.difference, None);
    }
}
