//! What the weight column says of a row.

use crate::diag::{Code, Diagnostic};
use crate::model::WeightKind;

use super::batch::Cells;
use super::exact::Weight;
use super::header::Header;
use super::memo::Memo;
use super::number::{DecimalMark, number};
use super::sighting::{Place, Site, Values, rows};

/// The greatest frequency of one row: more than all people there are.
const MOST: f64 = 1e10;

/// What a weight cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weighing {
    /// The row counts with this weight.
    Counts(Weight),
    /// The row does not count.
    Zero,
    /// The cell is empty.
    Missing,
    /// Negative, no number, out of all measure, or a frequency that is not whole.
    Bad,
}

/// Reads a weight cell (METHOD §1.5).
fn weigh(cell: &[u8], kind: WeightKind, mark: DecimalMark) -> Weighing {
    let text = String::from_utf8_lossy(cell);
    if text.trim().is_empty() {
        return Weighing::Missing;
    }
    match number(&text, mark) {
        Some(weight) if weight.abs() < f64::MIN_POSITIVE => Weighing::Zero,
        Some(weight) => match kind {
            WeightKind::Sampling => {
                // A weight of one is the weight of an unweighted row, to the same bits.
                Weight::sampling(weight).map_or(Weighing::Bad, Weighing::Counts)
            }
            WeightKind::Frequency => frequency(weight),
        },
        None => Weighing::Bad,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number from 1 to 1e10"
)]
fn frequency(weight: f64) -> Weighing {
    if (1.0..=MOST).contains(&weight) && weight.fract().abs() < f64::MIN_POSITIVE {
        Weighing::Counts(Weight::Whole(weight as u64))
    } else {
        Weighing::Bad
    }
}

/// Weights that are counted by number.
const NUMBERED: usize = 64;

/// The weight of a row, and its number among those that many rows have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Weighed {
    /// What the cell says.
    pub(super) weighing: Weighing,
    /// The number of a weight that counts; `None` where there are too many weights.
    pub(super) number: Option<usize>,
}

/// What raking makes of the weight of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Factor {
    /// What it is multiplied by.
    pub(super) times: f64,
    /// Whether a row without a weight has that of 1.
    pub(super) missing_is_one: bool,
}

impl Weighed {
    /// How many respondents the row stands for.
    pub(super) fn respondents(self) -> u64 {
        match self.weighing {
            Weighing::Counts(weight) => weight.respondents(),
            _ => 1,
        }
    }
}

/// Reads the weights of rows.
pub(super) struct Weights {
    column: Option<usize>,
    kind: WeightKind,
    mark: DecimalMark,
    bad: Values,
    known: Memo<Weighed>,
    /// The first few weights, by number; the first is that of rows without one.
    numbered: Vec<Weight>,
}

impl Weights {
    /// Of the column at this position, if the rows have a weight.
    pub(super) fn new(
        column: Option<usize>,
        kind: WeightKind,
        mark: DecimalMark,
    ) -> Self {
        let (bad, known) = (Values::default(), Memo::default());
        Self { column, kind, mark, bad, known, numbered: vec![Weight::ONE] }
    }

    /// The weight of a row; one that cannot be used is recorded.
    pub(super) fn read(&mut self, row: Cells<'_>, place: Place) -> Weighed {
        let missing = Weighed { weighing: Weighing::Missing, number: Some(0) };
        let Some(column) = self.column else { return missing };
        let (cell, key) = (row.get(column), row.key(column));
        if let Some(known) = self.known.get(key, cell) {
            return known;
        }
        let weighing = weigh(cell, self.kind, self.mark);
        let number = match weighing {
            Weighing::Counts(weight) => self.number(weight),
            Weighing::Missing => Some(0),
            Weighing::Zero => None,
            Weighing::Bad => {
                self.bad.push(String::from_utf8_lossy(cell).trim(), place);
                return Weighed { weighing, number: None };
            }
        };
        let weighed = Weighed { weighing, number };
        // Weights without a number are as many as rows, and would only push out the others.
        if number.is_some() || weighing == Weighing::Zero {
            self.known.keep(key, cell, weighed);
        }
        weighed
    }

    fn number(&mut self, weight: Weight) -> Option<usize> {
        let known = self.numbered.iter().position(|it| *it == weight);
        if known.is_none() && self.numbered.len() < NUMBERED {
            self.numbered.push(weight);
            return Some(self.numbered.len() - 1);
        }
        known
    }

    /// A weight after raking.
    pub(super) fn raked(&mut self, weighed: Weighed, factor: Factor) -> Weighed {
        let weight = match weighed.weighing {
            Weighing::Counts(weight) => weight.value(),
            Weighing::Missing if factor.missing_is_one => 1.0,
            _ => return weighed,
        };
        let raked = Weight::sampling(weight * factor.times);
        let weighing = raked.map_or(Weighing::Bad, Weighing::Counts);
        Weighed { weighing, number: raked.and_then(|it| self.number(it)) }
    }

    /// The weights that have a number.
    pub(super) fn numbered(&self) -> &[Weight] {
        &self.numbered
    }

    /// Takes in what was told of other rows of the same file.
    pub(super) fn merge(&mut self, other: &Self) {
        self.bad.merge(&other.bad);
    }

    /// The problem of the weights that cannot be used, if there are any.
    pub(super) fn report(&self, header: &Header, site: Site<'_>) -> Option<Diagnostic> {
        let column = self.column.map(|it| header.name(it)).unwrap_or_default();
        (!self.bad.is_empty()).then(|| bad_weights(self, &column, site))
    }
}

fn bad_weights(weights: &Weights, column: &str, site: Site<'_>) -> Diagnostic {
    let (count, name) = (rows(weights.bad.count()), site.name);
    let expected = match weights.kind {
        WeightKind::Sampling => "a number of 0 or more",
        WeightKind::Frequency => {
            "a whole number of 0 or more, for `weight_type: frequency`"
        }
    };
    let message = format!(
        "the weight of {count} of `{name}`, in column `{column}`, cannot be used"
    );
    let problem = Diagnostic::error(Code::BAD_WEIGHT, site.span, message);
    let problem = weights.bad.lines().into_iter().fold(problem, Diagnostic::note);
    problem.note(format!("expected {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, kind: WeightKind) -> Weighing {
        weigh(cell.as_bytes(), kind, DecimalMark::PointOrComma)
    }

    #[test]
    fn a_sampling_weight_is_any_number_over_nought() {
        let half = Weighing::Counts(Weight::sampling(0.5).unwrap());
        for cell in ["0.5", " 0,5 ", ".5", "5e-1"] {
            assert_eq!(read(cell, WeightKind::Sampling), half, "{cell}");
        }
        assert_eq!(read("0.0", WeightKind::Sampling), Weighing::Zero);
        assert_eq!(read(" ", WeightKind::Sampling), Weighing::Missing);
        for cell in ["-1", "x", "NaN", "1e300", "-0.001"] {
            assert_eq!(read(cell, WeightKind::Sampling), Weighing::Bad, "{cell}");
        }
    }

    #[test]
    fn a_frequency_is_a_whole_number() {
        let twelve = Weighing::Counts(Weight::Whole(12));
        assert_eq!(read("12", WeightKind::Frequency), twelve);
        assert_eq!(read("12.0", WeightKind::Frequency), twelve);
        assert_eq!(read("0", WeightKind::Frequency), Weighing::Zero);
        for cell in ["12.5", "-3", "1e11"] {
            assert_eq!(read(cell, WeightKind::Frequency), Weighing::Bad, "{cell}");
        }
    }
}
