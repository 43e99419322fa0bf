//! `touchmap completions`.

use clap::Args;
use clap_complete::{Shell, env::Shells};

use super::{
    failure::{Failure, Outcome},
    selection::usage,
    terminal::print_raw,
};

/// Write completions for a shell to standard output.
///
/// The shell then asks this program how a line could go on, so that touchpoints, waves and
/// segments of the map in the line are completed, too: `source <(touchmap completions bash)`.
#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let name = self.shell.to_string();
        let shells = Shells::builtins();
        let Some(shell) = shells.completer(&name) else {
            return Err(usage(format!("there are no completions for {name}")));
        };
        let mut script = Vec::new();
        shell
            .write_registration(
                "COMPLETE",
                "touchmap",
                "touchmap",
                "touchmap",
                &mut script,
            )
            .map_err(|error| Failure::world(error, "cannot write the completions"))?;
        print_raw(&script)?;
        Ok(Outcome::Done)
    }
}
