//! The command line: the only room that reads, writes, prints, or knows the date.

mod check;
mod completions;
mod draw;
mod expand;
mod explain;
mod export;
mod failure;
mod import;
mod input;
mod look;
mod man;
mod match_table;
mod matching;
mod output;
mod progress;
mod quality_table;
mod reading;
mod relative;
mod report;
mod schema;
mod score;
mod selection;
mod spreadsheet;
mod steady;
mod table;
mod tally;
mod terminal;
mod whatif;
mod whatif_steps;
mod whatif_table;

use std::{ffi::OsString, process::ExitCode};

use clap::{Parser, Subcommand, ValueEnum};

use failure::Failure;

/// Turns a customer journey in YAML and the answers of a satisfaction survey into a report:
/// pain points, moments of truth, and how sure we are.
#[derive(Debug, Parser)]
#[command(
    name = "touchmap",
    version,
    arg_required_else_help = true,
    max_term_width = 100
)]
#[command(
    after_help = "Exit codes: 0 done; 1 done, and a finding reached --fail-on; 2 bad usage \
                        or bad input; 3 the world failed (file, disk, permission); 101 our bug."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    command: Command,
    /// When to colour messages.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

/// One variant per command, one file per variant.
#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Check),
    Score(score::Score),
    Report(report::Report),
    Draw(draw::Draw),
    Explain(explain::Explain),
    Whatif(whatif::WhatIfCommand),
    Export(export::Export),
    Import(import::Import),
    Tally(tally::Tally),
    Match(matching::Match),
    Completions(completions::Completions),
    Schema(schema::Schema),
    Man(man::Man),
}

/// When to colour messages; `NO_COLOR` counts under `auto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// Runs the command in `arguments`, the first of which names the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    failure::ask_for_reports_of_panics();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error),
    };
    terminal::colour(cli.color);
    match dispatch(cli.command) {
        Ok(outcome) => outcome.code(),
        Err(failure) => failure.report(),
    }
}

fn dispatch(command: Command) -> Result<failure::Outcome, Failure> {
    match command {
        Command::Check(check) => check.run(),
        Command::Score(score) => score.run(),
        Command::Report(report) => report.run(),
        Command::Draw(draw) => draw.run(),
        Command::Explain(explain) => explain.run(),
        Command::Whatif(whatif) => whatif.run(),
        Command::Export(export) => export.run(),
        Command::Import(import) => import.run(),
        Command::Tally(tally) => tally.run(),
        Command::Match(matching) => matching.run(),
        Command::Completions(completions) => completions.run(),
        Command::Schema(schema) => schema.run(),
        Command::Man(man) => man.run(),
    }
}

/// The command line as clap knows it, for completions, the manual and tests.
#[must_use]
pub fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
