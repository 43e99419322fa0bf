//! The binary as users meet it: help, exit codes, streams.

use crate::shared::{root, text, touchmap};

#[test]
fn the_command_is_well_formed() {
    touchmap::cli::command().debug_assert();
}

#[test]
fn bad_usage_ends_with_two_and_help_with_zero() {
    assert_eq!(touchmap(root(), &["chekc"]).status.code(), Some(2));
    assert_eq!(touchmap(root(), &["check"]).status.code(), Some(2));
    let help = touchmap(root(), &["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("Exit codes"));
}

#[test]
fn a_map_that_is_not_there_is_the_worlds_fault() {
    let output = touchmap(root(), &["check", "no/such/map.yaml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("cannot read `no/such/map.yaml`"));
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let completions = text(&touchmap(root(), &["completions", "bash"]).stdout);
    let manual = text(&touchmap(root(), &["man"]).stdout);
    for command in touchmap::cli::command().get_subcommands() {
        assert!(completions.contains(command.get_name()), "{}", command.get_name());
        assert!(manual.contains(command.get_name()), "{}", command.get_name());
    }
}
