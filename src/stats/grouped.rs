//! Sums by replicate group: what a delete-a-group jackknife needs of the responses.

/// Sums over rows that add up, and come apart again, exactly.
pub trait Additive: Clone {
    /// Whether both sum up the same questions in the same units.
    fn fits(&self, other: &Self) -> bool;

    /// Adds the rows of `other`, which fits.
    fn add(&mut self, other: &Self);

    /// Takes the rows of `other` away again; they were added before.
    fn subtract(&mut self, other: &Self);

    /// Rows summed up, unweighted.
    fn rows(&self) -> u64;
}

/// One set of sums for each replicate group (METHOD §2, D).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouped<S> {
    groups: Vec<S>,
}

impl<S: Additive> Grouped<S> {
    /// `count` groups, each a copy of `empty`.
    #[must_use]
    pub fn new(count: usize, empty: &S) -> Self {
        Self { groups: vec![empty.clone(); count] }
    }

    /// The groups, in order.
    #[must_use]
    pub fn groups(&self) -> &[S] {
        &self.groups
    }

    /// From the sums of each group; `None` unless there are some that fit one another.
    #[must_use]
    pub fn from_groups(groups: Vec<S>) -> Option<Self> {
        let first = groups.first()?;
        groups.iter().all(|group| group.fits(first)).then_some(Self { groups })
    }

    /// What `of` makes of each group, which must come out alike for all of them.
    #[must_use]
    pub fn map<T: Additive>(&self, of: impl Fn(&S) -> T) -> Grouped<T> {
        Grouped { groups: self.groups.iter().map(of).collect() }
    }

    /// Every group g added to the group g mod `into`, so that there are `into` larger ones; the
    /// others are empty.
    #[must_use]
    pub fn joined(&self, into: usize) -> Self {
        let mut groups = self.groups.clone();
        for from in (into.max(1)..groups.len()).rev() {
            let (all, moved) = groups.split_at_mut(from);
            let Some(moved) = moved.first_mut() else { continue };
            let rows = moved.clone();
            if let Some(group) = all.get_mut(from % into.max(1)) {
                group.add(&rows);
                moved.subtract(&rows);
            }
        }
        Self { groups }
    }

    /// The same, the first `count` groups being empty.
    #[must_use]
    pub fn without_first(&self, count: usize) -> Self {
        let mut groups = self.groups.clone();
        for group in groups.iter_mut().take(count) {
            let rows = group.clone();
            group.subtract(&rows);
        }
        Self { groups }
    }

    /// All groups, to change all of them in the same way.
    pub(super) fn groups_mut(&mut self) -> &mut [S] {
        &mut self.groups
    }

    /// One group, to add rows to.
    pub(crate) fn group_mut(&mut self, group: usize) -> Option<&mut S> {
        self.groups.get_mut(group)
    }

    /// Adds the rows of `other`, group by group; `None`, and nothing is added, when the two have
    /// not the same number of groups, or their sums do not fit.
    #[must_use]
    pub fn merge(&mut self, other: &Self) -> Option<()> {
        let fits = |(mine, theirs): (&S, &S)| mine.fits(theirs);
        let same = self.groups.len() == other.groups.len();
        if !same || !self.groups.iter().zip(&other.groups).all(fits) {
            return None;
        }
        for (mine, theirs) in self.groups.iter_mut().zip(&other.groups) {
            mine.add(theirs);
        }
        Some(())
    }

    /// Sums over all groups; `None` without a group.
    #[must_use]
    pub fn total(&self) -> Option<S> {
        let (first, others) = self.groups.split_first()?;
        let mut total = first.clone();
        for group in others {
            total.add(group);
        }
        Some(total)
    }

    /// The groups that have rows: deleting any other changes nothing, and says nothing about
    /// sampling.
    pub fn inhabited(&self) -> impl Iterator<Item = &S> {
        self.groups.iter().filter(|group| group.rows() > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{ComomentRows, Comoments, DriverRow, Weight};

    #[test]
    fn only_sums_of_the_same_questions_merge() {
        let sums =
            |groups, steps: &[f64]| Grouped::new(groups, &Comoments::new(steps).unwrap());
        let mut mine = sums(2, &[1.0, 1.0]);
        assert_eq!(mine.merge(&sums(2, &[1.0, 1.0])), Some(()));
        assert_eq!(mine.merge(&sums(3, &[1.0, 1.0])), None);
        assert_eq!(mine.merge(&sums(2, &[1.0, 0.5])), None);
        assert_eq!(mine.merge(&sums(2, &[1.0, 1.0, 1.0])), None);
    }

    #[test]
    fn joined_groups_have_all_rows() {
        let mut rows = ComomentRows::new(10, &Comoments::new(&[1.0; 2]).unwrap());
        for group in 0..10 {
            let weight = Weight::ONE;
            let row = DriverRow { group, weight, outcome: 3, drivers: &[Some(2)] };
            rows.push(row).unwrap();
        }
        let grouped = rows.finish();
        let joined = grouped.joined(5);
        let rows: Vec<_> = joined.groups().iter().map(Additive::rows).collect();
        assert_eq!(rows, [2, 2, 2, 2, 2, 0, 0, 0, 0, 0]);
        assert_eq!(joined.total(), grouped.total());
        assert_eq!(grouped.joined(10), grouped);
        let fewer = grouped.without_first(3);
        let rows: Vec<_> = fewer.groups().iter().map(Additive::rows).collect();
        assert_eq!(rows, [0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
    }

    #[test]
    fn no_groups_have_no_total() {
        assert_eq!(Grouped::<Comoments> { groups: Vec::new() }.total(), None);
    }
}
