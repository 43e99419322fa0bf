//! `touchmap fmt`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    diag::{Diagnostics, Sources},
    map::{self, NotLaidOut},
};

use super::{
    failure::{Failure, Outcome},
    input::{self, cannot_read},
    output::Target,
    selection::usage,
    terminal::{plural, print, rendered, say, tell},
};

/// Lay maps out in the one canonical way: indents, blanks, empty lines.
///
/// Words, quotes, comments and the order of keys stay as they are; the map is parsed again and
/// must say the same, or it is left alone. `-` reads standard input and writes to standard
/// output.
#[derive(Args, Debug)]
pub(super) struct Fmt {
    /// Journey maps, or files with a section `survey`.
    #[arg(required = true, value_name = "MAP")]
    maps: Vec<PathBuf>,
    /// Write nothing; exit with 1 when a map is not laid out.
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let mut failed = None;
        let mut stale = 0;
        for map in &self.maps {
            match self.lay_out(map) {
                Ok(true) => stale += 1,
                Ok(false) => {}
                // Other maps are laid out, too.
                Err(failure) => failed = Some(failure),
            }
        }
        if let Some(failure) = failed {
            return Err(failure);
        }
        if self.check && stale > 0 {
            let maps = plural(stale, "map");
            say(&format!("{maps} to be laid out: run `touchmap fmt` on them"));
            return Ok(Outcome::Found);
        }
        Ok(Outcome::Done)
    }

    /// Lays one map out; tells whether it was not.
    fn lay_out(&self, map: &Path) -> Result<bool, Failure> {
        let bytes = input::map_bytes(map)?;
        let shown = map.display();
        let text = String::from_utf8(bytes)
            .map_err(|_| usage(format!("`{shown}` is not UTF-8 text")))?;
        let laid = map::laid_out(&text).map_err(|why| explained(map, &text, &why))?;
        let is_stale = laid != text;
        if map.as_os_str() == "-" && !self.check {
            print(&laid)?;
        } else if is_stale && self.check {
            say(&format!(
                "{shown}: not laid out, from line {}",
                first_difference(&text, &laid)
            ));
        } else if is_stale {
            // A link stays one.
            let file = fs::canonicalize(map).map_err(|error| cannot_read(map, error))?;
            Target::File(file).write(laid.as_bytes())?;
            tell(&format!("laid out {shown}"));
        }
        Ok(is_stale)
    }
}

/// The first line in which two texts differ.
fn first_difference(one: &str, other: &str) -> usize {
    let same = one.split('\n').zip(other.split('\n')).take_while(|(a, b)| a == b);
    same.count() + 1
}

/// Why a map was left alone; what is wrong with its YAML is shown.
fn explained(map: &Path, text: &str, why: &NotLaidOut) -> Failure {
    if *why == NotLaidOut::NotYaml {
        let (mut sources, mut problems) = (Sources::default(), Diagnostics::default());
        // Only its YAML is of interest: what it says may be wrong.
        map::syntax(map, text.as_bytes(), &mut sources, &mut problems);
        let problems = problems.into_sorted();
        if !problems.is_empty() {
            say(rendered(&problems, &sources).trim_end());
            return Failure::Input;
        }
    }
    usage(format!("`{}` was left as it is: {why}", map.display()))
}
