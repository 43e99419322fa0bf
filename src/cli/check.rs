//! `touchmap check`.

use std::path::PathBuf;

use clap::Args;

use crate::diag::{Diagnostics, Sources};

use super::{
    failure::{Failure, Outcome},
    input::{self, Depth},
    quality_table::Detail,
    terminal::{counted, print, rendered, say},
};

/// Show all problems of maps and their responses; do nothing else.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// Journey maps; `-` is standard input.
    #[arg(required = true, value_name = "MAP")]
    maps: Vec<PathBuf>,
    /// Check the maps alone, without reading the responses.
    #[arg(long)]
    map_only: bool,
    /// Show every check of the responses, and what was read of each question, not only what
    /// is notable.
    #[arg(short, long)]
    verbose: bool,
}

impl Check {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let mut failed = None;
        for map in &self.maps {
            let (mut sources, mut problems) =
                (Sources::default(), Diagnostics::default());
            let checked = input::check(map, &mut sources, self.depth(), &mut problems);
            let wrong = problems.has_errors();
            let problems = problems.into_sorted();
            print(&rendered(&problems, &sources))?;
            let name = map.display();
            let mut summary = String::new();
            match checked {
                Ok(checked) => {
                    print(&checked.quality)?;
                    summary = format!("; {}", checked.summary);
                }
                // What else is wrong is said first, and other maps are looked at, too.
                Err(failure) => failed = Some(failure),
            }
            match problems.as_slice() {
                [] if failed.is_some() => {}
                [] => say(&format!("{name}: no problems{summary}")),
                problems => say(&format!("{name}: {}", counted(problems))),
            }
            if wrong {
                failed.get_or_insert(Failure::Input);
            }
        }
        failed.map_or(Ok(Outcome::Done), Err)
    }

    fn depth(&self) -> Depth {
        match (self.map_only, self.verbose) {
            (true, _) => Depth::MapOnly,
            (false, false) => Depth::WithResponses(Detail::Notable),
            (false, true) => Depth::WithResponses(Detail::Everything),
        }
    }
}
