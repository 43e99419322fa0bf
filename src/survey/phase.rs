//! A value worked out of two dates: how far a respondent is from a day such as that of the
//! handover.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Day, PhaseDay, PhasePlan};

use super::batch::Cells;
use super::count::Names;
use super::date_cell::{DateCell, date_cell};
use super::header::Header;
use super::sighting::{Place, Site, Values, cells, shown};

/// Reads the phase of rows.
pub(super) struct PhaseReader {
    since: usize,
    on: BoundDay,
    plan: PhasePlan,
    /// Cells that are no date, by column.
    unreadable: [Values; 2],
}

/// Where the day stands that phases are counted up to.
#[derive(Clone, Copy, Debug)]
pub(super) enum BoundDay {
    /// In this column.
    Column(usize),
    /// The same for all.
    Day(Day),
}

/// What a cell says of a day.
enum Read {
    Day(Day),
    Nothing,
    Unreadable,
}

impl PhaseReader {
    /// Of two columns of a file.
    pub(super) fn new(since: usize, on: BoundDay, plan: PhasePlan) -> Self {
        Self { since, on, plan, unreadable: Default::default() }
    }

    /// The phase of a row; `None` where a date is missing or cannot be read.
    pub(super) fn read(&mut self, row: Cells<'_>, place: Place) -> Option<&str> {
        let on = match self.on {
            BoundDay::Day(day) => day,
            BoundDay::Column(column) => match self.day(row, column, (1, place)) {
                Read::Day(day) => day,
                Read::Nothing | Read::Unreadable => return None,
            },
        };
        match self.day(row, self.since, (0, place)) {
            Read::Day(since) => Some(self.plan.phase(since, on)),
            // There is no such day yet.
            Read::Nothing => Some(&self.plan.before),
            Read::Unreadable => None,
        }
    }

    fn day(
        &mut self,
        row: Cells<'_>,
        column: usize,
        (which, place): (usize, Place),
    ) -> Read {
        let text = String::from_utf8_lossy(row.get(column));
        match date_cell(&text) {
            DateCell::Blank => Read::Nothing,
            DateCell::Day(day) => Read::Day(day),
            DateCell::EitherOrder(one, other) if one == other => {
                one.map_or(Read::Unreadable, Read::Day)
            }
            DateCell::EitherOrder(..) | DateCell::Unreadable => {
                self.unreadable[which].push(text.trim(), place);
                Read::Unreadable
            }
        }
    }

    /// Takes in what was read of other rows of the same file.
    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.unreadable.iter_mut().zip(&other.unreadable) {
            mine.merge(theirs);
        }
    }

    /// Reports cells that are no date.
    pub(super) fn report(
        &self,
        header: &Header,
        site: Site<'_>,
        problems: &mut Diagnostics,
    ) {
        let on = match self.on {
            BoundDay::Column(column) => Some(column),
            BoundDay::Day(_) => None,
        };
        for (values, column) in self.unreadable.iter().zip([Some(self.since), on]) {
            if let Some(column) = column.filter(|_| !values.is_empty()) {
                problems.push(unreadable(values, &header.name(column), site));
            }
        }
    }
}

/// Where the day of a plan stands, given where its column does.
pub(super) fn bound_day(
    plan: &PhasePlan,
    find: impl FnOnce(&crate::model::Column) -> Option<usize>,
) -> Option<BoundDay> {
    match &plan.on {
        PhaseDay::Day(day) => Some(BoundDay::Day(*day)),
        PhaseDay::Column(column) => find(column).map(BoundDay::Column),
    }
}

/// The number of a phase among the values of a segment.
pub(super) fn number(
    reader: &mut PhaseReader,
    (row, place): (Cells<'_>, Place),
    names: &mut Names,
) -> Option<usize> {
    names.number(reader.read(row, place)?)
}

fn unreadable(values: &Values, column: &str, site: Site<'_>) -> Diagnostic {
    let message = format!(
        "{} of column `{}` of `{}` tell no day that a phase can be counted from",
        cells(values.count()),
        shown(column),
        site.name
    );
    let problem = Diagnostic::warning(Code::UNREADABLE_DATE, site.span, message);
    let problem = values.lines().into_iter().fold(problem, Diagnostic::note);
    problem
        .note("expected dates such as `2025-03-07`, or nothing")
        .note("their rows count, and are in no phase")
}
