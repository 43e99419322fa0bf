//! `touchmap check`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    diag::{Diagnostics, Sorted, Sources},
    lint,
    model::Day,
};

use super::{
    check_record::{self, MapRecord},
    checking::{self, Checked, Depth},
    failure::{Failure, Outcome},
    quality_table::Detail,
    selection::FailOnWarning,
    terminal::{counted, hint, plural, print, print_raw, rendered, say, tell},
    today::today,
};

/// Show all problems of maps and their responses; do nothing else.
///
/// Errors leave no result; warnings are what most probably is not meant. A warning that is
/// meant is accepted in the map, with the reason:
/// `silence: [{code: TM601, at: leaks, reason: being decided}]`.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// Journey maps; `-` is standard input.
    #[arg(required = true, value_name = "MAP")]
    maps: Vec<PathBuf>,
    /// Check the maps alone, without reading the responses.
    #[arg(long)]
    map_only: bool,
    /// Show every check of the responses, and what was read of each question, not only what
    /// is notable; and the warnings that are silenced.
    #[arg(short, long)]
    verbose: bool,
    /// For people, or for other programs.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Exit with 1 when there are warnings.
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOnWarning>,
    /// The day that counts as today for actions that are due [default: today, in UTC].
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
}

/// How to show problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, with the lines at fault.
    Text,
    /// One document, as `schema check` says.
    Json,
    /// Annotations of a GitHub workflow.
    Github,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
}

/// A map that was looked at.
struct Looked {
    sources: Sources,
    sorted: Sorted,
    checked: Checked,
}

impl Check {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let mut failed = None;
        let mut warned = false;
        let mut records = Vec::new();
        for map in &self.maps {
            let (looked, failure) = self.look(map);
            warned |= !looked.sorted.problems.is_empty();
            if self.format == Format::Text {
                self.show(map, &looked, failure.as_ref())?;
            } else {
                records.push(MapRecord::new(map, &looked.sorted, &looked.sources));
            }
            // What else is wrong is said first, and other maps are looked at, too.
            failed = failure.or(failed);
            if looked.sorted.has_errors() {
                failed.get_or_insert(Failure::Input);
            }
        }
        match self.format {
            Format::Text => {}
            Format::Json => print_raw(&check_record::json(records)?)?,
            Format::Github => print(&check_record::github(&records))?,
            Format::Sarif => print_raw(&check_record::sarif(&records)?)?,
        }
        match failed {
            Some(failure) => Err(failure),
            None if warned && self.fail_on.is_some() => Ok(Outcome::Found),
            None => Ok(Outcome::Done),
        }
    }

    /// Looks at a map; what the world kept from us stands beside it.
    fn look(&self, map: &Path) -> (Looked, Option<Failure>) {
        let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
        let how = (self.depth(), today(self.as_of));
        let checked = checking::check(map, &mut sources, how, &mut problems);
        let mut sorted = problems.sorted();
        // What was not looked at may still come up.
        if checked.is_ok() && !self.map_only && !sorted.has_errors() {
            let idle =
                sorted.idle.iter().filter(|it| !lint::is_of_questionnaire(it.code));
            sorted.problems.extend(idle.map(lint::idle));
            sorted.problems.sort_by_key(|it| (it.span.is_none(), it.span, it.code));
        }
        match checked {
            Ok(checked) => (Looked { sources, sorted, checked }, None),
            Err(failure) => {
                (Looked { sources, sorted, checked: Checked::default() }, Some(failure))
            }
        }
    }

    fn show(
        &self,
        map: &Path,
        looked: &Looked,
        failure: Option<&Failure>,
    ) -> Result<(), Failure> {
        let Looked { sources, sorted, checked } = looked;
        print(&rendered(&sorted.problems, sources))?;
        print(&checked.quality)?;
        let name = map.display();
        if self.verbose {
            for (problem, reason) in &sorted.silenced {
                let code = problem.code.0;
                tell(&format!("{name}: silenced {code}: {} ({reason})", problem.message));
            }
        }
        let silenced = match sorted.silenced.len() {
            0 => String::new(),
            count => format!(" ({} silenced)", plural(count, "warning")),
        };
        match sorted.problems.as_slice() {
            [] if failure.is_some() => {}
            [] => {
                let summary = &checked.summary;
                tell(&format!("{name}: no problems{silenced}; {summary}"));
                hint(&format!("touchmap report {name} -o report.html"));
            }
            problems => say(&format!("{name}: {}{silenced}", counted(problems))),
        }
        Ok(())
    }

    fn depth(&self) -> Depth {
        match (self.map_only, self.verbose) {
            (true, _) => Depth::MapOnly,
            (false, false) => Depth::WithResponses(Detail::Notable),
            (false, true) => Depth::WithResponses(Detail::Everything),
        }
    }
}
