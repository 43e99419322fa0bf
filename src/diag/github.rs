//! Diagnostics as annotations of a GitHub workflow.

use super::{ProblemRecord, record::SeverityWord};

/// A line that a workflow turns into an annotation at the place. The runner undoes the
/// escapes; without them a message could end the line and begin a command of its own.
#[must_use]
pub fn annotation(problem: &ProblemRecord) -> String {
    let command = match problem.severity {
        SeverityWord::Error => "error",
        SeverityWord::Warning => "warning",
    };
    let mut properties = String::new();
    if let Some(it) = &problem.place {
        properties = format!(
            "file={},line={},endLine={},col={},endColumn={},",
            property(&it.path),
            it.line,
            it.end_line,
            it.column,
            it.end_column
        );
    }
    let title = property(&format!("{} {}", problem.code, problem.name));
    let message = data(&problem.in_a_line());
    format!("::{command} {properties}title={title}::{message}\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Diagnostic, Sources, Span};

    #[test]
    fn what_a_map_says_cannot_begin_a_command() {
        let mut sources = Sources::default();
        let source = sources.add("a,b:c.yaml", "id: 100 %\n");
        let span = Span { source, start: 4, end: 9 };
        let message = "`x\n::set-env name=A::b` is 100 % wrong";
        let problem = Diagnostic::error(Code::BAD_ID, span, message).hint("write `x`");
        let line = annotation(&ProblemRecord::new(&problem, &sources));
        assert_eq!(
            line,
            "::error file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=5,endColumn=10,title=TM105 \
             bad_id::`x%0A::set-env name=A::b` is 100 %25 wrong; help: write `x`\n"
        );
    }
}
