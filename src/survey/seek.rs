//! Columns that the map names and no file has.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::model::{Column, PhaseDay, ResponseFile, SurveyPlan};

use super::bind::either;
use super::header::{Found, Header};
use super::options::Weighting;

/// What kind of rows a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A row per respondent.
    Respondents,
    /// A row per score; of the columns of the map, only segments are among its own.
    Aggregates,
}

/// A file that was read, and its header.
pub(super) struct Looked<'a> {
    /// What kind of rows it has.
    pub(super) form: Form,
    /// Its path.
    pub(super) name: &'a str,
    /// What the map says of it.
    pub(super) file: &'a ResponseFile,
    /// Its header.
    pub(super) header: Header,
}

/// Reports each column that the map names at a place of its own and that none of the files
/// has which should.
pub(super) fn report_absent(
    plan: &SurveyPlan,
    files: &[Looked<'_>],
    weighting: Weighting,
    problems: &mut Diagnostics,
) {
    let everywhere: Vec<_> = files.iter().collect();
    let respondents: Vec<_> =
        files.iter().filter(|it| it.form == Form::Respondents).collect();
    if respondents.is_empty() {
        return;
    }
    let mut seek = |column: &Column, files: &[&Looked<'_>]| {
        let absent = |it: &&Looked<'_>| it.header.find(column) == Found::Absent;
        if column.span.is_some() && !files.is_empty() && files.iter().all(absent) {
            problems.push(absent_column(column, files));
        }
    };
    for segment in &plan.segments {
        seek(&segment.column, &everywhere);
        let on = segment.phases.as_ref().map(|it| &it.on);
        if let Some(PhaseDay::Column(column)) = on {
            seek(column, &respondents);
        }
    }
    let questions = [&plan.overall, &plan.recommend].into_iter().flatten();
    let columns = questions
        .map(|it| &it.column)
        .chain(&plan.respondent)
        .chain(&plan.replicate_group)
        .chain(&plan.date)
        .chain(plan.columns_beside());
    for column in columns {
        seek(column, &respondents);
    }
    for (index, question) in plan.questions.iter().enumerate() {
        let inherits =
            |it: &&&Looked<'_>| !it.file.overrides.questions.contains_key(&index);
        let files: Vec<_> = respondents.iter().filter(inherits).copied().collect();
        seek(&question.column, &files);
    }
    if let (Some(weight), Weighting::AsDeclared) = (&plan.weight, weighting) {
        let inherits = |it: &&&Looked<'_>| it.file.overrides.weight.is_none();
        let files: Vec<_> = respondents.iter().filter(inherits).copied().collect();
        seek(weight, &files);
    }
    for looked in respondents {
        let own = looked.file.overrides.questions.values().map(|it| &it.column);
        for column in own.chain(&looked.file.overrides.weight) {
            seek(column, &[looked]);
        }
    }
}

fn absent_column(column: &Column, files: &[&Looked<'_>]) -> Diagnostic {
    let names: Vec<_> = files.iter().map(|it| format!("`{}`", it.name)).collect();
    let message = match files {
        [one] => format!("`{}` has no column {}", one.name, either(column)),
        _ => format!("none of the files has a column {}", either(column)),
    };
    let problem = Diagnostic::error(Code::COLUMN_NOT_FOUND, column.span, message);
    let problem = problem.note(format!("looked in {}", names.join(", ")));
    let known: Vec<_> = files.iter().flat_map(|it| it.header.names()).collect();
    column
        .names
        .iter()
        .filter_map(|name| crate::diag::nearest(name, known.iter().copied()))
        .take(1)
        .fold(problem, |it, word| it.hint(format!("did you mean `{word}`?")))
}
