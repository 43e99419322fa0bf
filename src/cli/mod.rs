//! The command line: the only room that reads, writes, prints, or knows the date.

mod by_table;
mod candidates;
mod check;
mod check_record;
mod checking;
mod columns;
mod completions;
mod diff;
mod draw;
mod expand;
mod explain;
mod export;
mod failure;
mod fmt;
mod gate;
mod import;
mod input;
mod inside;
mod look;
mod man;
mod match_table;
mod matching;
mod new;
mod output;
mod progress;
mod quality_table;
mod questionnaire;
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
mod today;
mod unscored;
#[cfg(feature = "watch")]
mod watch;
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
    /// Say nothing but results and problems.
    #[arg(short, long, global = true)]
    quiet: bool,
}

/// One variant per command, one file per variant.
#[derive(Debug, Subcommand)]
enum Command {
    New(new::New),
    Check(check::Check),
    #[cfg(feature = "watch")]
    Watch(watch::Watch),
    Fmt(fmt::Fmt),
    Gate(gate::Gate),
    Score(score::Score),
    Report(report::Report),
    Diff(diff::Diff),
    Draw(draw::Draw),
    Explain(explain::Explain),
    Whatif(whatif::WhatIfCommand),
    Export(export::Export),
    Import(import::Import),
    Tally(tally::Tally),
    Match(matching::Match),
    Questionnaire(questionnaire::QuestionnaireCommand),
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
    // A shell that asks how a line could go on, as `touchmap completions` told it to.
    clap_complete::CompleteEnv::with_factory(command).complete();
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error),
    };
    terminal::colour(cli.color);
    if cli.quiet {
        terminal::hush();
    }
    match dispatch(cli.command) {
        Ok(outcome) => outcome.code(),
        Err(failure) => failure.report(),
    }
}

fn dispatch(command: Command) -> Result<failure::Outcome, Failure> {
    match command {
        Command::New(new) => new.run(),
        Command::Check(check) => check.run(),
        #[cfg(feature = "watch")]
        Command::Watch(watch) => watch.run(),
        Command::Fmt(fmt) => fmt.run(),
        Command::Gate(gate) => gate.run(),
        Command::Score(score) => score.run(),
        Command::Report(report) => report.run(),
        Command::Diff(diff) => diff.run(),
        Command::Draw(draw) => draw.run(),
        Command::Explain(explain) => explain.run(),
        Command::Whatif(whatif) => whatif.run(),
        Command::Export(export) => export.run(),
        Command::Import(import) => import.run(),
        Command::Tally(tally) => tally.run(),
        Command::Match(matching) => matching.run(),
        Command::Questionnaire(questionnaire) => questionnaire.run(),
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
