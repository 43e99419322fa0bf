//! `touchmap completions`.

use clap::Args;
use clap_complete::Shell;

use super::{
    failure::{Failure, Outcome},
    terminal::print_raw,
};

/// Write completions for a shell to standard output.
#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut super::command(),
            "touchmap",
            &mut script,
        );
        print_raw(&script)?;
        Ok(Outcome::Done)
    }
}
