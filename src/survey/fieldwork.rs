//! When the rows of a wave were answered.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::Day;

use super::batch::Cells;
use super::count::Counts;
use super::date_cell::{DateCell, date_cell};
use super::header::Header;
use super::sighting::{Place, Site, Values, cells, shown};
use super::tally::Fieldwork;

impl Fieldwork {
    fn add(&mut self, day: Day, respondents: u64) {
        self.merge(&Self {
            first: Some(day),
            last: Some(day),
            dated: respondents,
            ..Self::default()
        });
    }

    /// Takes in other rows.
    pub(super) fn merge(&mut self, other: &Self) {
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
        self.dated += other.dated;
        self.blank += other.blank;
        self.unreadable += other.unreadable;
    }
}

/// Reads the dates of the rows of one file.
pub(super) struct FieldworkReader {
    column: usize,
    /// By the number of the wave.
    waves: Vec<WaveDates>,
    unreadable: Values,
    /// Dates whose day and month could be either way round.
    two_ways: Values,
    /// Whether some date is none if the day, or the month, comes first.
    not_day_first: bool,
    not_month_first: bool,
}

/// Dates of the rows of a wave: those that can be read at once, and those that the whole file
/// decides about.
#[derive(Clone, Debug, Default)]
struct WaveDates {
    sure: Fieldwork,
    day_first: Fieldwork,
    month_first: Fieldwork,
    two_ways: u64,
}

impl WaveDates {
    fn merge(&mut self, other: &Self) {
        self.sure.merge(&other.sure);
        self.day_first.merge(&other.day_first);
        self.month_first.merge(&other.month_first);
        self.two_ways += other.two_ways;
    }
}

impl FieldworkReader {
    /// Of the column at this position.
    pub(super) fn new(column: usize) -> Self {
        Self {
            column,
            waves: Vec::new(),
            unreadable: Values::default(),
            two_ways: Values::default(),
            not_day_first: false,
            not_month_first: false,
        }
    }

    /// Reads the date of a row that stands for so many `respondents`, of the wave of this
    /// number.
    pub(super) fn read(
        &mut self,
        row: Cells<'_>,
        place: Place,
        wave: usize,
        respondents: u64,
    ) {
        if self.waves.len() <= wave {
            self.waves.resize_with(wave + 1, WaveDates::default);
        }
        let Some(dates) = self.waves.get_mut(wave) else { return };
        let text = String::from_utf8_lossy(row.get(self.column));
        match date_cell(&text) {
            DateCell::Blank => dates.sure.blank += respondents,
            DateCell::Day(day) => dates.sure.add(day, respondents),
            DateCell::Unreadable => {
                dates.sure.unreadable += respondents;
                self.unreadable.push(text.trim(), place);
            }
            DateCell::EitherOrder(day_first, month_first) => {
                dates.two_ways += respondents;
                self.two_ways.push(text.trim(), place);
                match day_first {
                    Some(day) => dates.day_first.add(day, respondents),
                    None => self.not_day_first = true,
                }
                match month_first {
                    Some(day) => dates.month_first.add(day, respondents),
                    None => self.not_month_first = true,
                }
            }
        }
    }

    /// Takes in the dates of other rows of the same file; `numbers` has ours of waves, by theirs.
    pub(super) fn merge(
        &mut self,
        other: &Self,
        numbers: &BTreeMap<usize, Option<usize>>,
    ) {
        for (number, theirs) in other.waves.iter().enumerate() {
            let Some(Some(ours)) = numbers.get(&number) else { continue };
            if self.waves.len() <= *ours {
                self.waves.resize_with(ours + 1, WaveDates::default);
            }
            if let Some(mine) = self.waves.get_mut(*ours) {
                mine.merge(theirs);
            }
        }
        self.unreadable.merge(&other.unreadable);
        self.two_ways.merge(&other.two_ways);
        self.not_day_first |= other.not_day_first;
        self.not_month_first |= other.not_month_first;
    }

    /// Puts the dates to the waves of the file, and reports those that cannot be read.
    pub(super) fn finish(
        self,
        counts: &mut Counts,
        header: &Header,
        site: Site<'_>,
        problems: &mut Diagnostics,
    ) {
        let order = self.order();
        let column = header.name(self.column);
        if !self.unreadable.is_empty() {
            problems.push(unreadable(&self.unreadable, &column, site));
        }
        if order.is_none() && !self.two_ways.is_empty() {
            problems.push(two_ways(&self.two_ways, &column, site));
        }
        let numbers: Vec<usize> = counts.waves.values().copied().collect();
        for number in numbers {
            let dates = self.waves.get(number).cloned().unwrap_or_default();
            let fieldwork = counts.at(number).fieldwork.get_or_insert_default();
            fieldwork.merge(&dates.sure);
            match order {
                Some(Order::DayFirst) => fieldwork.merge(&dates.day_first),
                Some(Order::MonthFirst) => fieldwork.merge(&dates.month_first),
                None => fieldwork.unreadable += dates.two_ways,
            }
        }
    }

    /// What comes first in the dates of this file that could be either way round: a file is
    /// written by one program, so one date that is possible in one way only tells of all.
    fn order(&self) -> Option<Order> {
        let same = |it: &WaveDates| it.day_first == it.month_first;
        match (self.not_day_first, self.not_month_first) {
            (false, true) => Some(Order::DayFirst),
            (true, false) => Some(Order::MonthFirst),
            (false, false) => self.waves.iter().all(same).then_some(Order::DayFirst),
            (true, true) => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

fn unreadable(values: &Values, column: &str, site: Site<'_>) -> Diagnostic {
    let (count, is) = (cells(values.count()), is(values));
    let message = format!(
        "{count} of column `{}` of `{}` {is} no date that can be read",
        shown(column),
        site.name
    );
    let problem = Diagnostic::warning(Code::UNREADABLE_DATE, site.span, message);
    let problem = values.lines().into_iter().fold(problem, Diagnostic::note);
    problem
        .note(
            "expected `2025-03-07`, `2025/3/7 14:22`, `7.3.2025`, `2025年3月7日`, or nothing",
        )
        .note("their rows count, and are not among the dates of the fieldwork")
}

fn two_ways(values: &Values, column: &str, site: Site<'_>) -> Diagnostic {
    let count = cells(values.count());
    let message = format!(
        "in {count} of column `{}` of `{}` it is not clear which number is the month",
        shown(column),
        site.name
    );
    let problem = Diagnostic::warning(Code::UNREADABLE_DATE, site.span, message);
    let problem = values.lines().into_iter().fold(problem, Diagnostic::note);
    problem
        .note("their rows count, and are not among the dates of the fieldwork")
        .hint("export dates as `2025-03-07`")
}

fn is(values: &Values) -> &'static str {
    if values.count() == 1 { "is" } else { "are" }
}
