//! Why customers answered so: coded by interviewers, ticked by customers, or written.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Codebook, Labels, MissingClass, ReasonColumns, ReasonPlan};
use crate::voice::{Coded, Coder, Comment, Comments};

use super::super::batch::Cells;
use super::super::dictionary::{Dictionary, Level, Outcome};
use super::super::sighting::Place;
use super::super::tally::{Beside, Variable};
use super::Unknown;
use super::bound::{BoundColumns, BoundReason};

/// What a cell says that holds no reason of the codebook.
const NO_REASON: &[&str] =
    &["0", "no", "n", "false", "否", "没有", "沒有", "无", "無", "-"];

/// Reads the reasons of one touchpoint.
pub(in super::super) struct ReasonReader<'a> {
    bound: &'a BoundReason<'a>,
    book: &'a Codebook,
    coder: Option<&'a Coder>,
    /// Coded cells that were read before: they are few.
    known: BTreeMap<Box<[u8]>, Option<BTreeSet<usize>>>,
    slots: BTreeMap<(Beside, i8), usize>,
    /// Codes that are none.
    pub(in super::super) unknown: Unknown,
}

/// A row, and what is known of its customer and the touchpoint.
#[derive(Clone, Copy)]
pub(in super::super) struct RowOf<'r> {
    pub(in super::super) cells: Cells<'r>,
    pub(in super::super) place: Place,
    /// −1 dissatisfied, 0 neither, 1 satisfied.
    pub(in super::super) class: i8,
    /// The answer, on the native scale.
    pub(in super::super) answer: f64,
}

impl<'a> ReasonReader<'a> {
    /// Of each touchpoint whose customers say why.
    pub(in super::super) fn all(
        bound: &'a [BoundReason<'a>],
        book: &'a Codebook,
        coder: Option<&'a Coder>,
    ) -> Vec<Self> {
        let reader = |bound: &'a BoundReason<'a>| Self {
            bound,
            book,
            coder,
            known: BTreeMap::new(),
            slots: BTreeMap::new(),
            unknown: Unknown::default(),
        };
        bound.iter().map(reader).collect()
    }

    /// The touchpoint.
    pub(in super::super) fn touchpoint(&self) -> usize {
        self.bound.touchpoint
    }

    /// Where the map names its reasons.
    pub(in super::super) fn span(&self) -> Option<crate::diag::Span> {
        let (plan, _) = self.bound.coded.as_ref()?;
        plan.columns().find_map(|it| it.span)
    }

    /// Adds the slots that a row counts in, and returns the causes that it names.
    pub(in super::super) fn read(
        &mut self,
        row: RowOf<'_>,
        dictionary: &mut Dictionary,
        slots: &mut Vec<usize>,
    ) -> BTreeSet<usize> {
        let Some(coded) = self.coded(row) else { return BTreeSet::new() };
        let at = self.bound.touchpoint;
        let mut count = |it: Beside| {
            let slot = self.slots.entry((it, row.class)).or_insert_with(|| {
                let level = Level::new(f64::from(row.class));
                dictionary.slot(Variable::Beside(it), Outcome::Answer(level))
            });
            slots.push(*slot);
        };
        count(Beside::Said(at));
        if !coded.causes.is_empty() {
            count(Beside::Coded(at));
        } else if !coded.denied.is_empty() {
            count(Beside::Denied(at));
        }
        let mut groups = BTreeSet::new();
        for cause in &coded.causes {
            count(Beside::Cause(at, *cause));
            groups.extend(self.book.causes.get(*cause).map(|it| it.group));
        }
        for group in groups {
            count(Beside::CauseGroup(at, group));
        }
        coded.causes
    }

    /// Offers `comments` what a row says; `values` are the values of the segments that its
    /// customer has.
    pub(in super::super) fn show(
        &self,
        row: RowOf<'_>,
        causes: &BTreeSet<usize>,
        comments: &mut Comments,
        values: impl FnOnce() -> BTreeMap<usize, String>,
    ) {
        let Some(written) = self.comment(row.cells) else { return };
        let RowOf { class, answer, .. } = row;
        comments.offer(&written, (class, causes), || Comment {
            text: String::new(),
            answer,
            class,
            causes: causes.clone(),
            values: values(),
        });
    }

    /// What a row says of causes; `None` where it says nothing.
    fn coded(&mut self, row: RowOf<'_>) -> Option<Coded> {
        match &self.bound.coded {
            Some((plan, BoundColumns::Coded(column))) => {
                let causes = self.codes(plan, *column, row)?;
                Some(Coded { causes, denied: BTreeSet::new() })
            }
            Some((plan, BoundColumns::Ticked(columns))) => {
                ticked(plan, columns, row.cells)
            }
            None => {
                let comment = self.comment(row.cells)?;
                Some(self.coder.map(|it| it.code(&comment)).unwrap_or_default())
            }
        }
    }

    /// The causes that the codes of a cell stand for.
    fn codes(
        &mut self,
        plan: &ReasonPlan,
        column: usize,
        row: RowOf<'_>,
    ) -> Option<BTreeSet<usize>> {
        let cell = row.cells.get(column);
        if let Some(known) = self.known.get(cell) {
            return known.clone();
        }
        let text = String::from_utf8_lossy(cell);
        if plan.missing.class(&text).is_some() {
            self.known.insert(cell.into(), None);
            return None;
        }
        let ReasonColumns::Coded { separators, .. } = &plan.columns else { return None };
        let (mut causes, mut understood) = (BTreeSet::new(), true);
        let parts = text.split(|it| separators.contains(&it)).map(str::trim);
        for part in parts.filter(|it| !it.is_empty() && plan.missing.class(it).is_none())
        {
            let code = plan.codes.get(&Labels::normal(part)).copied();
            match code.or_else(|| self.book.find(part).map(Some)) {
                Some(cause) => causes.extend(cause),
                None => {
                    self.unknown.push(column, part, row.place);
                    understood = false;
                }
            }
        }
        if understood {
            self.known.insert(cell.into(), Some(causes.clone()));
        }
        Some(causes)
    }

    fn comment(&self, cells: Cells<'_>) -> Option<String> {
        let cell = cells.get(self.bound.comment?);
        let text = String::from_utf8_lossy(cell);
        let text = text.trim();
        // A dash or a nought is what forms write where nothing was said.
        let nothing =
            text.is_empty() || NO_REASON.contains(&Labels::normal(text).as_str());
        (!nothing).then(|| text.to_owned())
    }
}

/// The causes that are ticked; `None` where all columns are left blank.
fn ticked(
    plan: &ReasonPlan,
    columns: &[(Option<usize>, usize)],
    cells: Cells<'_>,
) -> Option<Coded> {
    let ReasonColumns::Ticked { ticks, .. } = &plan.columns else { return None };
    let (mut causes, mut asked) = (BTreeSet::new(), false);
    for (cause, column) in columns {
        let text = String::from_utf8_lossy(cells.get(*column));
        match plan.missing.class(&text) {
            Some(
                MissingClass::Blank
                | MissingClass::NotApplicable
                | MissingClass::NotAsked,
            ) => {
                continue;
            }
            None => asked = true,
        }
        let normal = Labels::normal(&text);
        let is_tick = if ticks.is_empty() {
            !NO_REASON.contains(&normal.as_str())
        } else {
            ticks.contains(&normal)
        };
        if is_tick {
            causes.extend(*cause);
        }
    }
    asked.then_some(Coded { causes, denied: BTreeSet::new() })
}
