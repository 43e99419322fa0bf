//! The columns of a table: their names, and those that people give them.

use crate::diag::{Code, Diagnostic, Span, nearest};

use super::draft::Draft;

/// The columns, in order.
pub(super) const COLUMNS: [&str; 19] = [
    "kind",
    "stage",
    "stage_name",
    "id",
    "name",
    "channel",
    "owner",
    "action",
    "backstage",
    "moment_of_truth",
    "target",
    "wave",
    "mean",
    "n",
    "sd",
    "from",
    "to",
    "share",
    "label",
];

/// Names that people give to columns, and what they are here.
const ALIASES: &[(&str, &str)] = &[
    ("touchpoint", "name"),
    ("score", "mean"),
    ("type", "kind"),
    ("source", "from"),
    ("target_id", "to"),
    ("reason", "label"),
    ("阶段", "stage"),
    ("触点", "name"),
    ("得分", "mean"),
    ("負責人", "owner"),
    ("责任部门", "owner"),
    ("階段", "stage"),
    ("觸點", "name"),
    ("接觸點", "name"),
];

/// What each column of a header is; those without a meaning here are told and passed over.
pub(super) fn columns_of(
    row: &csv::StringRecord,
    draft: &mut Draft<'_>,
    span: Span,
) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for name in row {
        let lower = name.trim().to_lowercase().replace(' ', "_");
        let alias = ALIASES.iter().find(|(it, _)| *it == lower).map(|(_, name)| *name);
        let known = alias.or_else(|| COLUMNS.iter().copied().find(|it| *it == lower));
        if known.is_none() && !lower.is_empty() {
            let near = nearest(&lower, COLUMNS.iter().copied());
            let message = format!("the column `{}` has no meaning here", name.trim());
            let mut problem = Diagnostic::warning(Code::NOT_CARRIED_OVER, span, message);
            if let Some(near) = near {
                problem = problem.hint(format!("did you mean `{near}`?"));
            }
            draft.problems.push(problem);
        }
        let column = known.unwrap_or_default();
        if known.is_some() && columns.iter().any(|it| it == column) {
            let message = format!("`{}` is a second column `{column}`", name.trim());
            draft.wrong(span, message, "each column once");
        }
        columns.push(column.to_owned());
    }
    columns
}
