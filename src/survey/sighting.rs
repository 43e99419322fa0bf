//! Where in a file something was seen, so that people can go there and look.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::diag::Span;
use crate::voice::masked;

/// Places that a message names.
const PLACES: usize = 5;
/// Values that a message names.
const NAMED: usize = 10;
/// Different values that are told apart; a wrong column may hold millions.
const DISTINCT: usize = 1_000;

/// The file that a message is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    /// Its path, as the user wrote it.
    pub(super) name: &'a str,
    /// Where the map names it.
    pub(super) span: Option<Span>,
}

/// A row of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Its number, the first row after the header being 1.
    pub(super) row: u64,
    /// The line of the file in which it begins, from 1.
    pub(super) line: u64,
}

/// How often something was seen, and where first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sightings {
    count: u64,
    first: Vec<Place>,
}

impl Sightings {
    /// Records one more.
    pub(super) fn push(&mut self, place: Place) {
        self.count += 1;
        if self.first.len() < PLACES {
            self.first.push(place);
        }
    }

    /// Takes in what was seen elsewhere in the same file.
    pub(super) fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.first.extend(&other.first);
        self.first.sort_unstable_by_key(|place| place.row);
        self.first.truncate(PLACES);
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The first places in words: `row 3 (line 4)`, `rows 3, 5 and 8 more (lines 4, 6 …)`.
    pub(super) fn places(&self) -> String {
        let listed = |number: fn(&Place) -> u64| {
            let numbers: Vec<_> =
                self.first.iter().map(|it| number(it).to_string()).collect();
            numbers.join(", ")
        };
        let (rows, lines) = (listed(|it| it.row), listed(|it| it.line));
        let shown = self.first.len() as u64;
        match (self.count, self.count - shown) {
            (0 | 1, _) => format!("row {rows} (line {lines})"),
            (_, 0) => format!("rows {rows} (lines {lines})"),
            (_, more) => format!("rows {rows} and {more} more (lines {lines} …)"),
        }
    }
}

/// Values that should not be there, each with its sightings.
///
/// Of very many different ones those of the least hashes are kept, which are the same in
/// whatever order they are seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    seen: BTreeMap<(u64, Box<str>), Sightings>,
    /// Cells with values that are no longer told apart.
    beyond: u64,
}

impl Values {
    /// Records one more if `value` was recorded before, and says whether it was.
    pub(super) fn again(&mut self, value: &str, place: Place) -> bool {
        if self.seen.is_empty() {
            return false;
        }
        match self.seen.get_mut(&key(value)) {
            Some(sightings) => {
                sightings.push(place);
                true
            }
            None => false,
        }
    }

    /// Records `value`.
    pub(super) fn push(&mut self, value: &str, place: Place) {
        self.seen.entry(key(value)).or_default().push(place);
        self.keep_the_least();
    }

    /// Takes in what was seen elsewhere in the same file.
    pub(super) fn merge(&mut self, other: &Self) {
        self.beyond += other.beyond;
        for (value, sightings) in &other.seen {
            self.seen.entry(value.clone()).or_default().merge(sightings);
            self.keep_the_least();
        }
    }

    fn keep_the_least(&mut self) {
        if self.seen.len() > DISTINCT {
            self.beyond += self.seen.pop_last().map_or(0, |(_, it)| it.count());
        }
    }

    /// Whether none was seen.
    pub(super) fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// How many cells hold such a value.
    pub(super) fn count(&self) -> u64 {
        self.beyond + self.seen.values().map(Sightings::count).sum::<u64>()
    }

    /// Cells with values that are no longer told apart.
    pub(super) fn beyond(&self) -> u64 {
        self.beyond
    }

    /// The values, the most frequent first.
    pub(super) fn by_count(&self) -> Vec<(&str, &Sightings)> {
        let mut values: Vec<_> =
            self.seen.iter().map(|((_, value), it)| (value.as_ref(), it)).collect();
        values.sort_by_key(|(value, it)| (std::cmp::Reverse(it.count()), *value));
        values
    }

    /// The values in words, one line each, and how many are left unsaid.
    pub(super) fn lines(&self) -> Vec<String> {
        let values = self.by_count();
        let mut lines: Vec<_> = values.iter().take(NAMED).map(line).collect();
        let unsaid = values.len().saturating_sub(NAMED);
        if self.beyond > 0 {
            lines.push(format!("and more than {unsaid} other values"));
        } else if unsaid > 0 {
            let noun = if unsaid == 1 { "value" } else { "values" };
            lines.push(format!("and {unsaid} other {noun}"));
        }
        lines
    }
}

fn key(value: &str) -> (u64, Box<str>) {
    (xxh3_64(value.as_bytes()), value.into())
}

fn line((value, sightings): &(&str, &Sightings)) -> String {
    let cells = cells(sightings.count());
    format!("`{}` in {cells}: {}", said(value), sightings.places())
}

/// A count of cells in words.
pub(super) fn cells(count: u64) -> String {
    format!("{count} {}", if count == 1 { "cell" } else { "cells" })
}

/// A count of rows in words.
pub(super) fn rows(count: u64) -> String {
    format!("{count} {}", if count == 1 { "row" } else { "rows" })
}

/// A value as a message shows it: a verbatim may be a page long, and have line breaks.
pub(super) fn shown(value: &str) -> String {
    const LENGTH: usize = 40;
    let mut short = String::new();
    for (index, it) in value.chars().enumerate() {
        if index == LENGTH {
            short.push('…');
            break;
        }
        if it.is_control() {
            short.extend(it.escape_default());
        } else {
            short.push(it);
        }
    }
    short
}

/// A cell as a message shows it, without personal data: what somebody wrote into the wrong column
/// may tell who it was, which a code does not.
pub(super) fn said(value: &str) -> String {
    if is_code(value) { shown(value) } else { shown(&masked(value)) }
}

/// Digits of a number that is no phone number yet.
const DIGITS: usize = 6;

/// Whether a value is a short number or a date, by which nobody is called.
fn is_code(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    (digits <= DIGITS && value.trim().parse::<f64>().is_ok()) || is_like_a_date(value)
}

/// Whether a value looks like a date, possible or not, with or without a time of day: four
/// digits, and twice one or two.
fn is_like_a_date(value: &str) -> bool {
    let (day, time) = value.trim().split_once([' ', 'T']).unwrap_or((value.trim(), ""));
    let numbers = |it: &str| it.bytes().all(|it| it.is_ascii_digit()).then_some(it.len());
    let lengths: Option<Vec<usize>> = day.split(['-', '/', '.']).map(numbers).collect();
    matches!(lengths.as_deref(), Some([4, 1..=2, 1..=2] | [1..=2, 1..=2, 4]))
        && (time.is_empty() || time.contains(':'))
        && time.len() < 16
        && time.chars().all(|it| it.is_ascii_digit() || "+-.:Z".contains(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: u64) -> Place {
        Place { row, line: row + 1 }
    }

    #[test]
    fn the_first_five_places_are_named() {
        let mut it = Sightings::default();
        it.push(place(3));
        assert_eq!(it.places(), "row 3 (line 4)");
        it.push(place(5));
        assert_eq!(it.places(), "rows 3, 5 (lines 4, 6)");
        for row in 6..=10 {
            it.push(place(row));
        }
        assert_eq!(it.places(), "rows 3, 5, 6, 7, 8 and 2 more (lines 4, 6, 7, 8, 9 …)");
    }

    #[test]
    fn a_value_is_shown_on_one_line_and_not_at_length() {
        assert_eq!(shown("gut\r\n好"), "gut\\r\\n好");
        assert_eq!(shown(&"好".repeat(40)), "好".repeat(40));
        assert_eq!(shown(&"好".repeat(41)), "好".repeat(40) + "…");
    }

    #[test]
    fn the_ten_most_frequent_values_are_named() {
        let mut values = Values::default();
        for value in 11..=22_u64 {
            for row in 0..value {
                values.push(&value.to_string(), place(row));
            }
        }
        let lines = values.lines();
        assert!(lines[0].starts_with("`22` in 22 cells: rows 0, 1, 2, 3, 4 and 17 more"));
        assert_eq!(lines.len(), 11);
        assert_eq!(lines[10], "and 2 other values");
    }

    #[test]
    fn a_million_different_values_are_counted_but_not_kept() {
        let mut values = Values::default();
        for row in 0..1_500_u64 {
            values.push(&row.to_string(), place(row));
        }
        assert_eq!(values.count(), 1_500);
        assert_eq!(values.by_count().len(), DISTINCT);
        assert_eq!(values.lines()[10], "and more than 990 other values");
    }

    #[test]
    fn what_is_seen_in_parts_is_seen_in_the_whole() {
        let mut whole = Values::default();
        let mut parts = [Values::default(), Values::default()];
        for row in 0..6_000_u64 {
            let value = (row * row % 2_503).to_string();
            whole.push(&value, place(row));
            parts[usize::from(row % 7 > 2)].push(&value, place(row));
        }
        let [mut late, early] = parts;
        late.merge(&early);
        assert_eq!(late.count(), 6_000);
        assert_eq!(late, whole);
    }
}
