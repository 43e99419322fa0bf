//! Columns of reasons and complaints → columns of a file.

use crate::model::{Column, ReasonColumns, ReasonPlan, SurveyPlan};

/// Where in a file customers say why, and what became of complaints.
#[derive(Default)]
pub(in super::super) struct BoundBeside<'a> {
    /// By touchpoint, in the order of the map.
    pub(in super::super) reasons: Vec<BoundReason<'a>>,
    /// Of complaints; `None` where the file does not ask for them.
    pub(in super::super) complaints: Option<BoundComplaints>,
}

/// Why customers answered so to a touchpoint.
pub(in super::super) struct BoundReason<'a> {
    /// The touchpoint.
    pub(super) touchpoint: usize,
    /// How reasons are coded; `None` where comments tell them.
    pub(super) coded: Option<(&'a ReasonPlan, BoundColumns)>,
    /// The column of comments.
    pub(super) comment: Option<usize>,
}

/// Columns of coded reasons.
pub(super) enum BoundColumns {
    /// Codes in one.
    Coded(usize),
    /// One for each cause.
    Ticked(Vec<(Option<usize>, usize)>),
}

/// Columns of complaints.
#[derive(Clone, Copy)]
pub(in super::super) struct BoundComplaints {
    pub(super) problem: usize,
    pub(super) complained: usize,
    pub(super) resolved: Option<usize>,
    pub(super) days: Option<usize>,
}

/// Finds the columns.
pub(in super::super) fn bind_beside<'a>(
    plan: &'a SurveyPlan,
    find: &mut impl FnMut(&Column) -> Option<usize>,
) -> BoundBeside<'a> {
    let mut reasons = Vec::new();
    for touchpoint in 0..plan.questions.len() {
        let coded = plan.reasons.get(&touchpoint);
        let coded = coded.and_then(|it| Some((it, columns(it, find)?)));
        let comment = plan.comments.get(&touchpoint).and_then(&mut *find);
        if coded.is_some() || comment.is_some() {
            reasons.push(BoundReason { touchpoint, coded, comment });
        }
    }
    let complaints = plan.complaints.as_ref().and_then(|it| {
        Some(BoundComplaints {
            problem: find(&it.problem)?,
            complained: find(&it.complained)?,
            resolved: it.resolved.as_ref().and_then(&mut *find),
            days: it.days.as_ref().and_then(&mut *find),
        })
    });
    BoundBeside { reasons, complaints }
}

fn columns(
    plan: &ReasonPlan,
    find: &mut impl FnMut(&Column) -> Option<usize>,
) -> Option<BoundColumns> {
    match &plan.columns {
        ReasonColumns::Coded { column, .. } => find(column).map(BoundColumns::Coded),
        ReasonColumns::Ticked { columns, .. } => {
            let found =
                columns.iter().filter_map(|(cause, it)| Some((*cause, find(it)?)));
            let found: Vec<_> = found.collect();
            (!found.is_empty()).then_some(BoundColumns::Ticked(found))
        }
    }
}
