//! `touchmap check`.

use std::path::PathBuf;

use clap::Args;

use crate::diag::Sources;

use super::{
    failure::{Failure, Outcome},
    input,
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
}

impl Check {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let mut failed = false;
        for map in &self.maps {
            let mut sources = Sources::default();
            let depth = if self.map_only {
                input::Depth::MapOnly
            } else {
                input::Depth::WithResponses
            };
            let checked = input::check(map, &mut sources, depth)?;
            print(&rendered(&checked.problems, &sources))?;
            let name = map.display();
            if checked.problems.is_empty() {
                say(&format!("{name}: no problems; {}", checked.summary));
            } else {
                say(&format!("{name}: {}", counted(&checked.problems)));
            }
            failed |= checked.failed;
        }
        if failed { Err(Failure::Input) } else { Ok(Outcome::Done) }
    }
}
