//! Problems, complaints, and what became of them (METHOD §12).

use crate::model::ComplaintPlan;

use super::super::batch::Cells;
use super::super::dictionary::{Dictionary, Level, Outcome};
use super::super::number::{DecimalMark, number};
use super::super::sighting::Place;
use super::super::tally::{Beside, Case, Variable};
use super::Unknown;
use super::bound::BoundComplaints;

/// Reads what rows say of complaints.
pub(in super::super) struct ComplaintReader<'a> {
    plan: &'a ComplaintPlan,
    bound: BoundComplaints,
    mark: DecimalMark,
    /// Cells that say neither yes nor no.
    pub(in super::super) unknown: Unknown,
    /// Cells that are no number of days.
    pub(in super::super) unclear_days: Unknown,
}

impl<'a> ComplaintReader<'a> {
    pub(in super::super) fn new(
        plan: &'a ComplaintPlan,
        bound: BoundComplaints,
        mark: DecimalMark,
    ) -> Self {
        let (unknown, unclear_days) = (Unknown::default(), Unknown::default());
        Self { plan, bound, mark, unknown, unclear_days }
    }

    /// Where the map names the columns.
    pub(in super::super) fn span(&self) -> Option<crate::diag::Span> {
        self.plan.problem.span
    }

    /// The slots that a row counts in, which answered so to the overall question and how
    /// likely it is to recommend.
    pub(in super::super) fn read(
        &mut self,
        (cells, place): (Cells<'_>, Place),
        [overall, recommend]: [Option<f64>; 2],
        dictionary: &mut Dictionary,
        slots: &mut Vec<usize>,
    ) {
        let Some(case) = self.case(cells, place) else { return };
        let mut count = |it: Beside, level: f64| {
            let outcome = Outcome::Answer(Level::new(level));
            slots.push(dictionary.slot(Variable::Beside(it), outcome));
        };
        count(Beside::Cases, f64::from(case.number()));
        if let Some(overall) = overall {
            count(Beside::Overall(case), overall);
        }
        if let Some(recommend) = recommend {
            count(Beside::Recommend(case), recommend);
        }
    }

    /// What happened to a customer; `None` where it is not said.
    fn case(&mut self, cells: Cells<'_>, place: Place) -> Option<Case> {
        let bound = self.bound;
        let complained = self.yes(cells, bound.complained, place);
        let problem = self.yes(cells, bound.problem, place);
        let resolved = bound.resolved.and_then(|it| self.yes(cells, it, place));
        let days = bound.days.and_then(|it| self.days(cells, it, place));
        // Who complained had something to complain of.
        match (problem, complained, resolved) {
            (_, Some(true), Some(true)) => Some(self.resolved(days)),
            (_, Some(true), Some(false)) => Some(Case::Unresolved),
            (_, Some(true), None) => Some(Case::Unknown),
            (Some(true), Some(false), _) => Some(Case::Silent),
            (Some(false), _, _) => Some(Case::NoProblem),
            (Some(true) | None, None | Some(false), _) => None,
        }
    }

    fn resolved(&self, days: Option<f64>) -> Case {
        match (self.plan.within, days) {
            (Some(within), Some(days)) if days > within => Case::ResolvedLate,
            _ => Case::Resolved,
        }
    }

    fn yes(&mut self, cells: Cells<'_>, column: usize, place: Place) -> Option<bool> {
        let text = String::from_utf8_lossy(cells.get(column));
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let said = self.plan.words.read(text);
        if said.is_none() {
            self.unknown.push(column, text, place);
        }
        said
    }

    fn days(&mut self, cells: Cells<'_>, column: usize, place: Place) -> Option<f64> {
        let text = String::from_utf8_lossy(cells.get(column));
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let days = number(text, self.mark).filter(|it| *it >= 0.0);
        if days.is_none() {
            self.unclear_days.push(column, text, place);
        }
        days
    }
}
