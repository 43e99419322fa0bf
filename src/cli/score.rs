//! `touchmap score`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::model::{Analysis, Day, Journey, Language};
use crate::report::{self, ReportOptions, TableOf};

use super::{
    by_table::by_table,
    failure::{Failure, Outcome},
    input::{self, Loaded},
    output::{Target, json},
    selection::{FailOn, Selection, outcome, usage},
    spreadsheet::csv as touchpoints,
    table::table,
    terminal,
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
    /// What CSV is written of.
    #[arg(long, value_name = "TABLE", default_value = "touchpoints")]
    table: Rows,
    /// Put comments of single customers into the JSON, without personal data.
    #[arg(long)]
    quotes: bool,
    /// The day that counts as today for actions that are due, in a workbook or a table of them.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Day>,
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
    /// A row per touchpoint, unrounded; or per finding or action (`--table`).
    Csv,
    /// A workbook with scores, findings and actions, in the language of the map.
    #[cfg(feature = "xlsx")]
    Xlsx,
}

/// What a table of CSV is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rows {
    /// Overall satisfaction and every touchpoint, with every number; the same in all languages.
    Touchpoints,
    /// Why touchpoints stand out, a reason in each row, in the language of the map.
    Findings,
    /// The action plan under who answers for it, in the language of the map.
    Actions,
}

impl Score {
    fn csv(
        &self,
        journey: &Journey,
        analysis: &Analysis,
        language: Language,
    ) -> Result<Vec<u8>, csv::Error> {
        let of = match self.table {
            Rows::Touchpoints => return touchpoints(journey, analysis, &language),
            Rows::Findings => TableOf::Findings,
            Rows::Actions => TableOf::Actions,
        };
        let mut options = ReportOptions::new(language);
        options.as_of = self.as_of;
        report::csv_table(journey, analysis, &options, of)
    }

    /// Columns that a line may have; in a file as many as it takes.
    fn width(&self) -> Option<usize> {
        if self.output.as_os_str() == "-" { terminal::width() } else { None }
    }

    /// A workbook is no text for a terminal.
    #[cfg(feature = "xlsx")]
    fn refuse_a_screen(&self, target: &Target) -> Result<(), Failure> {
        let screen = *target == Target::Standard
            && std::io::IsTerminal::is_terminal(&std::io::stdout());
        if self.format == Format::Xlsx && screen {
            let why = "a workbook is no text: name a file with `-o scores.xlsx`";
            return Err(usage(why));
        }
        Ok(())
    }

    pub(super) fn run(mut self) -> Result<Outcome, Failure> {
        if self.quotes {
            if self.format != Format::Json {
                return Err(usage("`--quotes` is for `--format json`"));
            }
            self.selection.reading.keep_quotes();
        }
        let Loaded { journey, analysis } = input::analysis(&self.map, &self.selection)?;
        let target = Target::new(&self.output);
        if self.table != Rows::Touchpoints && self.format != Format::Csv {
            return Err(usage("`--table` is for `--format csv`"));
        }
        #[cfg(feature = "xlsx")]
        self.refuse_a_screen(&target)?;
        let inputs = self.selection.inputs(&self.map, &journey);
        target.spare(inputs.iter().map(PathBuf::as_path))?;
        let language = self.selection.language(&journey.language);
        let bytes = match self.format {
            Format::Table => {
                let mut text = table(&journey, &analysis, &language, self.width());
                if let Some(by) = &self.selection.by {
                    text += &by_table(&journey, &analysis, by, &language, self.width());
                }
                text.into_bytes()
            }
            Format::Json => json(&analysis)?,
            #[cfg(feature = "xlsx")]
            Format::Xlsx => {
                let mut options = ReportOptions::new(language);
                options.as_of = self.as_of;
                report::workbook(&journey, &analysis, &options)
                    .map_err(|error| Failure::world(error, "cannot write XLSX"))?
            }
            Format::Csv => self
                .csv(&journey, &analysis, language)
                .map_err(|error| Failure::world(error, "cannot write CSV"))?,
        };
        target.write(&bytes)?;
        Ok(outcome(self.fail_on, &analysis))
    }
}
