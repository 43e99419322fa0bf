//! What tells of the quality of responses, as a file of counts holds it: columns, dates, and
//! undeclared values. Files of counts that were written without them are read as well.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::Day;
use crate::stats::MOST_RESPONDENTS;

use super::tally::{Fieldwork, UndeclaredCells, Variable};

/// Names of the columns that each question was read from, in order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct WrittenColumns(Vec<(Variable, BTreeSet<String>)>);

impl WrittenColumns {
    /// Of these names.
    pub(super) fn of(columns: &BTreeMap<Variable, BTreeSet<String>>) -> Self {
        Self(columns.iter().map(|(of, names)| (*of, names.clone())).collect())
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names.
    pub(super) fn columns(self) -> BTreeMap<Variable, BTreeSet<String>> {
        self.0.into_iter().collect()
    }
}

/// When the rows of a wave were answered.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenFieldwork {
    first: Option<Day>,
    last: Option<Day>,
    dated: u64,
    blank: u64,
    unreadable: u64,
}

impl WrittenFieldwork {
    /// Of these dates.
    pub(super) fn of(it: Fieldwork) -> Self {
        let Fieldwork { first, last, dated, blank, unreadable } = it;
        Self { first, last, dated, blank, unreadable }
    }

    /// The dates of a wave of `read` rows; `None` unless they can be so.
    pub(super) fn fieldwork(self, read: u64) -> Option<Fieldwork> {
        let Self { first, last, dated, blank, unreadable } = self;
        let rows = dated.checked_add(blank)?.checked_add(unreadable)?;
        let both = first.is_some() == last.is_some() && (dated > 0 || first.is_none());
        let sound = rows <= read && first <= last && both;
        sound.then_some(Fieldwork { first, last, dated, blank, unreadable })
    }
}

/// Undeclared values of a question.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenUndeclared {
    of: Variable,
    values: BTreeMap<String, u64>,
    other: u64,
}

impl WrittenUndeclared {
    /// Of all questions.
    pub(super) fn all(undeclared: &BTreeMap<Variable, UndeclaredCells>) -> Vec<Self> {
        let written = |(of, cells): (&Variable, &UndeclaredCells)| {
            let UndeclaredCells { values, other } = cells.clone();
            Self { of: *of, values, other }
        };
        undeclared.iter().map(written).collect()
    }

    /// The values; `None` unless they can be so.
    pub(super) fn cells(
        written: Vec<Self>,
    ) -> Option<BTreeMap<Variable, UndeclaredCells>> {
        let mut undeclared = BTreeMap::new();
        for Self { of, values, other } in written {
            let mut counts = values.values().copied().chain([other]);
            let sum = counts.try_fold(0_u64, u64::checked_add)?;
            (sum <= MOST_RESPONDENTS).then_some(())?;
            undeclared.insert(of, UndeclaredCells { values, other });
        }
        Some(undeclared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(first: Option<i8>, last: Option<i8>, dated: u64) -> WrittenFieldwork {
        let day = |it: Option<i8>| it.and_then(|it| Day::new(2025, 3, it));
        let (first, last) = (day(first), day(last));
        WrittenFieldwork { first, last, dated, blank: 1, unreadable: 1 }
    }

    #[test]
    fn dates_that_contradict_one_another_are_refused() {
        assert!(written(Some(1), Some(9), 8).fieldwork(10).is_some());
        assert!(written(None, None, 8).fieldwork(10).is_some(), "withheld");
        for (first, last, dated) in [
            (Some(9), Some(1), 8),
            (Some(1), None, 8),
            (Some(1), Some(9), 9),
            (Some(1), Some(9), 0),
            (None, None, u64::MAX),
        ] {
            assert!(written(first, last, dated).fieldwork(10).is_none());
        }
    }
}
