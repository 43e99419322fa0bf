//! Cells that say nothing that is known, by column.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Span};

use super::super::lexicon::Undeclared;
use super::super::sighting::{Place, Site, Values, cells, shown};

/// Such cells.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Unknown(BTreeMap<usize, Values>);

impl Unknown {
    /// Records a cell of a column.
    pub(super) fn push(&mut self, column: usize, value: &str, place: Place) {
        let values = self.0.entry(column).or_default();
        if !values.again(value, place) {
            values.push(value, place);
        }
    }

    /// Takes in cells of other rows of the same file.
    pub(in super::super) fn merge(&mut self, other: &Self) {
        for (column, values) in &other.0 {
            self.0.entry(*column).or_default().merge(values);
        }
    }

    /// The problem of each column, headed as `header` says; `expected` is what such cells hold.
    pub(in super::super) fn report(
        &self,
        site: Site<'_>,
        header: &dyn Fn(usize) -> String,
        (span, expected): (Option<Span>, &str),
        policy: Undeclared,
    ) -> Vec<Diagnostic> {
        let problem = |(column, values): (&usize, &Values)| {
            let count = cells(values.count());
            let header = header(*column);
            let place = format!("column `{}` of `{}`", shown(&header), site.name);
            let span = span.or(site.span);
            let problem = match policy {
                Undeclared::Refuse => {
                    let message = format!("{count} of {place} cannot be understood");
                    Diagnostic::error(Code::UNDECLARED_VALUE, span, message)
                }
                Undeclared::ReadAsBlank => {
                    let message = format!(
                        "{count} of {place} with undeclared values read as blank"
                    );
                    Diagnostic::warning(Code::LENIENT, span, message)
                }
            };
            let problem = values.lines().into_iter().fold(problem, Diagnostic::note);
            problem.note(format!("expected {expected}"))
        };
        self.0.iter().map(problem).collect()
    }
}
