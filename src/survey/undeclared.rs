//! Undeclared values that were read as blank, kept in the counts.

use super::count::Counts;
use super::lexicon::Lexicon;
use super::sighting::said;
use super::tally::UndeclaredCells;

/// Characters that a code has at most. A longer value is no code of a questionnaire, and may
/// be what somebody said: it is not kept.
const CODE: usize = 8;

impl UndeclaredCells {
    fn push(&mut self, value: &str, cells: u64) {
        if value.chars().count() <= CODE && said(value) == value {
            *self.values.entry(value.to_owned()).or_default() += cells;
        } else {
            self.other += cells;
        }
    }

    /// Takes in other cells.
    pub(super) fn merge(&mut self, cells: Self) {
        for (value, n) in cells.values {
            *self.values.entry(value).or_default() += n;
        }
        self.other += cells.other;
    }

    /// Gives up the values that fewer than `below` cells have.
    pub(super) fn suppress(&mut self, below: u64) {
        for (value, n) in std::mem::take(&mut self.values) {
            if n < below {
                self.other += n;
            } else {
                self.values.insert(value, n);
            }
        }
    }
}

/// Keeps the undeclared values of the columns of a file in its counts.
pub(super) fn keep(lexicons: &[(usize, Lexicon<'_>)], counts: &mut Counts) {
    for (_, lexicon) in lexicons {
        let undeclared = lexicon.undeclared();
        if undeclared.is_empty() {
            continue;
        }
        let cells = counts.undeclared.entry(lexicon.variable()).or_default();
        for (value, sightings) in undeclared.by_count() {
            cells.push(value, sightings.count());
        }
        cells.other += undeclared.beyond();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_kept_and_what_somebody_said_is_only_counted() {
        let mut cells = UndeclaredCells::default();
        cells.push("99", 12);
        cells.push("k. A.", 3);
        cells.push("the man at the gate", 2);
        assert_eq!(cells.values, [("99".into(), 12), ("k. A.".into(), 3)].into());
        assert_eq!((cells.other, cells.count()), (2, 17));
        cells.suppress(10);
        assert_eq!(cells.values, [("99".into(), 12)].into());
        assert_eq!((cells.other, cells.count()), (5, 17));
    }
}
