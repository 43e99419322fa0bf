//! One row of aggregates: its cells, and the answers that they add up to.

use std::collections::BTreeMap;

use crate::model::Question;
use crate::stats::Histogram;

use super::aggregate::AggregateColumns;
use super::dictionary::{Level, Outcome};
use super::header::Header;
use super::lexicon::{in_words, outcome};
use super::number::{DecimalMark, number};
use super::sighting::{Place, shown};
use super::tally::{Distribution, Missing, QuestionTally};

/// What is wrong with a row: what was found, what was expected, and the nearest right word.
pub(super) struct Fault {
    /// What was found.
    pub(super) found: String,
    /// What was expected.
    pub(super) expected: String,
    /// What may have been meant.
    pub(super) nearest: Option<String>,
}

impl Fault {
    /// Without a word that may have been meant.
    pub(super) fn new(found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { found: found.into(), expected: expected.into(), nearest: None }
    }
}

/// One row of aggregates, its cells trimmed.
pub(super) struct AggregateRow<'a> {
    /// The cells.
    pub(super) cells: Vec<&'a str>,
    /// The header of the table.
    pub(super) header: &'a Header,
    /// Its columns.
    pub(super) columns: &'a AggregateColumns,
    /// What may stand before the fraction of a number.
    pub(super) mark: DecimalMark,
    /// Where the row stands.
    pub(super) place: Place,
}

impl AggregateRow<'_> {
    /// The cell of a column; `None` when it is empty or there is no such column.
    pub(super) fn cell(&self, column: Option<usize>) -> Option<&str> {
        let cell = self.cells.get(column?).copied()?;
        (!cell.is_empty()).then_some(cell)
    }

    fn number(&self, column: Option<usize>) -> Result<Option<f64>, Fault> {
        let Some(cell) = self.cell(column) else { return Ok(None) };
        let name = column.map(|it| self.header.name(it)).unwrap_or_default();
        let found = || Fault::new(format!("`{name}` is `{}`", shown(cell)), "a number");
        number(cell, self.mark).map(Some).ok_or_else(found)
    }

    fn count(&self, column: Option<usize>) -> Result<Option<u64>, Fault> {
        let Some(value) = self.number(column)? else { return Ok(None) };
        let name = column.map(|it| self.header.name(it)).unwrap_or_default();
        let found =
            || Fault::new(format!("`{name}` is {value}"), "a whole number of 0 or more");
        whole(value).map(Some).ok_or_else(found)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number from 0 to 1e12, which both types hold"
)]
fn whole(value: f64) -> Option<u64> {
    let is_whole = value.fract().abs() < f64::MIN_POSITIVE;
    (is_whole && (0.0..=1e12).contains(&value)).then_some(value as u64)
}

/// The segment that a row is about, by its position, and its value.
pub(super) fn segment(row: &AggregateRow<'_>) -> Result<Option<(usize, String)>, Fault> {
    let filled = row.columns.segments.iter().filter_map(|(position, column)| {
        row.cell(Some(*column)).map(|value| (*position, value.to_owned()))
    });
    match filled.collect::<Vec<_>>().as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        _ => Err(Fault::new(
            "two segment columns are filled in",
            "one at most: a row is about everybody, or about one segment",
        )),
    }
}

/// The mean of a row, which lies on the scale of `question`.
pub(super) fn moments(
    row: &AggregateRow<'_>,
    question: &Question,
) -> Result<QuestionTally, Fault> {
    let n = row.count(row.columns.n)?;
    if n == Some(0) {
        return Ok(answered(Distribution::Histogram(Histogram::default())));
    }
    let expected = in_words(&question.scale);
    let mean = row.number(row.columns.mean)?;
    let mean =
        mean.ok_or_else(|| Fault::new("the mean is not given", expected.as_str()))?;
    let scale = &question.scale;
    if !(scale.min()..=scale.max()).contains(&mean) {
        return Err(Fault::new(format!("the mean is {mean}"), expected));
    }
    let sd = row.number(row.columns.sd)?;
    if let Some(sd) = sd.filter(|sd| *sd < 0.0 || *sd > scale.width()) {
        let most = scale.width();
        let expected = format!("a standard deviation from 0 to {most}");
        return Err(Fault::new(format!("`sd` is {sd}"), expected));
    }
    Ok(answered(Distribution::Moments { n, mean, sd }))
}

/// The counts of a row by level; the columns of missing codes count as missing.
pub(super) fn histogram(
    row: &AggregateRow<'_>,
    question: &Question,
) -> Result<QuestionTally, Fault> {
    let mut counts: BTreeMap<Level, u64> = BTreeMap::new();
    let [mut not_applicable, mut blank, mut not_asked] = [0_u64; 3];
    for column in &row.columns.levels {
        let Some(count) = row.count(Some(*column))?.filter(|count| *count > 0) else {
            continue;
        };
        let level = row.header.name(*column);
        let outcome = outcome(&level, question, DecimalMark::PointOrComma);
        match outcome.map(|(outcome, _)| outcome) {
            Some(Outcome::Answer(level)) => *counts.entry(level).or_default() += count,
            Some(Outcome::NotApplicable) => not_applicable += count,
            Some(Outcome::Blank) => blank += count,
            Some(Outcome::NotAsked) => not_asked += count,
            None => {
                let found = format!("{count} answers at `{level}`");
                return Err(Fault::new(found, in_words(&question.scale)));
            }
        }
    }
    let valid: u64 = counts.values().sum();
    let all = valid + not_applicable + blank + not_asked;
    if let Some(n) = row.count(row.columns.n)?.filter(|n| *n != valid && *n != all) {
        let found = format!("`n` is {n}, and the levels add up to {valid}");
        return Err(Fault::new(found, "the same number"));
    }
    let counts = counts.into_iter().map(|(level, count)| (level.value(), count));
    let answers = Distribution::Histogram(Histogram::unweighted(counts));
    Ok(QuestionTally {
        not_applicable: unweighted(not_applicable),
        blank: unweighted(blank),
        not_asked: unweighted(not_asked),
        ..answered(answers)
    })
}

#[expect(clippy::cast_precision_loss, reason = "exact below 2^53 cells")]
fn unweighted(n: u64) -> Missing {
    Missing { n, w: n as f64 }
}

/// A question of which nothing but the answers is known.
pub(super) fn answered(answers: Distribution) -> QuestionTally {
    let none = Missing::default();
    QuestionTally { answers, not_applicable: none, blank: none, not_asked: none }
}
