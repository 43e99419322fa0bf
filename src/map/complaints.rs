//! `complaints` of a survey: who had a problem, who told of it, and what became of it.

use crate::model::{Column, ComplaintPlan, Labels, YesNo};

use super::decode::{Decoder, Fields};
use super::question;

/// Keys of the section.
pub(super) const KEYS: &[&str] =
    &["problem", "complained", "resolved", "days", "within", "yes", "no"];

/// Decodes the section `complaints`, if it is there.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    survey: &Fields<'_>,
) -> Option<ComplaintPlan> {
    let node = survey.get("complaints")?;
    let fields = decoder.fields(node, "`complaints`", KEYS)?;
    let mut column = |key: &str| -> Option<Column> {
        question::column(decoder, fields.get(key)?, &format!("`{key}`"))
    };
    let (problem, complained) = (column("problem"), column("complained"));
    let (resolved, days) = (column("resolved"), column("days"));
    for (key, column) in [("problem", &problem), ("complained", &complained)] {
        if column.is_none() && fields.get(key).is_none() {
            decoder.missing(&fields, "`complaints`", key);
        }
    }
    let within = fields.get("within");
    let within =
        within.and_then(|it| decoder.number_in(it, "`within`", (0.0, f64::INFINITY)));
    let mut words = |key: &str| -> Vec<String> {
        let items = fields.get(key).map(Decoder::one_or_more).unwrap_or_default();
        let words = items.iter().filter_map(|it| decoder.string(it, &format!("`{key}`")));
        words.map(Labels::normal).collect()
    };
    let words = YesNo { yes: words("yes"), no: words("no") };
    Some(ComplaintPlan {
        problem: problem?,
        complained: complained?,
        resolved,
        days,
        within,
        words,
    })
}
