//! `touchmap score`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{
    failure::{Failure, Outcome},
    input::{self, Loaded},
    output::{Target, json},
    selection::{FailOn, Selection, outcome},
    spreadsheet::csv,
    table::table,
};

/// Work out the numbers, for the terminal or another program.
#[derive(Args, Debug)]
pub(super) struct Score {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    #[command(flatten)]
    selection: Selection,
    /// How to write the numbers.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// Where to write them; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Exit with 1 when a finding is at least this severe.
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
}

/// How to write the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, rounded.
    Table,
    /// Everything, unrounded; the contract of all renderers.
    Json,
    /// A row per touchpoint, unrounded.
    Csv,
}

impl Score {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let Loaded { journey, analysis } = input::analysis(&self.map, &self.selection)?;
        let target = Target::new(&self.output);
        let inputs = self.selection.inputs(&self.map, &journey);
        target.spare(inputs.iter().map(PathBuf::as_path))?;
        let language = self.selection.language(&journey.language);
        let bytes = match self.format {
            Format::Table => table(&journey, &analysis, &language).into_bytes(),
            Format::Json => json(&analysis)?,
            Format::Csv => csv(&journey, &analysis, &language)
                .map_err(|error| Failure::world(error, "cannot write CSV"))?,
        };
        target.write(&bytes)?;
        Ok(outcome(self.fail_on, &analysis))
    }
}
