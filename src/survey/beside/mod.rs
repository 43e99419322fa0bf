//! What stands beside the scores: why customers answered so, and what became of complaints.
//!
//! Each says something of a row that is counted in slots of its own (`super::tally::Beside`),
//! so that weights, waves, segments and files add up as those of scores do.

mod bound;
mod complaint;
mod reason;
mod unknown;

use crate::model::{Journey, SurveyPlan};
use crate::voice::Coder;

pub(super) use bound::{BoundBeside, bind_beside};
pub(super) use complaint::ComplaintReader;
pub(super) use reason::{ReasonReader, RowOf};
pub(super) use unknown::Unknown;

/// What finds causes in comments, where they are not coded.
pub(super) fn coder(journey: &Journey, plan: &SurveyPlan) -> Option<Coder> {
    let uncoded = plan.comments.keys().any(|it| !plan.reasons.contains_key(it));
    uncoded.then(|| Coder::new(&journey.causes)).flatten()
}
