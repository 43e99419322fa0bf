//! `touchmap man`.

use std::{fs, path::PathBuf};

use clap::Args;

use super::{
    failure::{Failure, Outcome},
    output::Target,
    terminal::print_raw,
};

/// Write the manual page to standard output, or one page per command into a folder.
#[derive(Args, Debug)]
pub(super) struct Man {
    /// Folder for `touchmap.1`, `touchmap-report.1` and so on.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let command = super::command().disable_help_subcommand(true);
        let Some(folder) = self.folder else {
            print_raw(&page(command)?)?;
            return Ok(Outcome::Done);
        };
        let shown = folder.display().to_string();
        fs::create_dir_all(&folder).map_err(|error| {
            Failure::world(error, format!("cannot make the folder `{shown}`"))
        })?;
        for sub in command.get_subcommands().cloned() {
            let name = format!("touchmap-{}", sub.get_name());
            // clap wants names that live as long as the program.
            let leaked: &'static str = Box::leak(name.clone().into_boxed_str());
            Target::File(folder.join(format!("{name}.1")))
                .write(&page(sub.name(leaked))?)?;
        }
        Target::File(folder.join("touchmap.1")).write(&page(command)?)?;
        Ok(Outcome::Done)
    }
}

fn page(command: clap::Command) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Failure::world(error, "cannot write the manual page"))?;
    Ok(page)
}
