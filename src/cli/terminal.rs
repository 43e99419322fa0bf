//! What goes to the terminal: messages to standard error, results to standard output.

use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diag::{Diagnostic, Severity, Sources, Style, render};

use super::{Color, failure::Failure};

/// Sets for the whole run when messages are coloured.
pub(super) fn colour(when: Color) {
    let choice = match when {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// Whether only results and problems are shown.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Shows only results and problems for the rest of the run.
pub(super) fn hush() {
    QUIET.store(true, Ordering::Relaxed);
}

/// A line that is good to know: what was done, and what can be done next.
pub(super) fn tell(line: &str) {
    if !QUIET.load(Ordering::Relaxed) {
        say(line);
    }
}

/// What somebody at a terminal could do next; scripts are spared it.
pub(super) fn hint(line: &str) {
    if io::stderr().is_terminal() {
        tell(&format!("next: {line}"));
    }
}

/// One line for people, on standard error. A message that cannot be written is not worth
/// failing for: the exit code still tells.
pub(super) fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// Columns of the terminal that results go to; `None` where they go to a file or program.
pub(super) fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0))
}

/// Writes results to standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout();
    done(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Writes bytes that no terminal colours belong in to standard output.
pub(super) fn print_raw(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    done(out.write_all(bytes).and_then(|()| out.flush()))
}

/// A reader that has seen enough, such as `head`, is no failure.
fn done(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::world(error, "cannot write to standard output")),
        Ok(()) => Ok(()),
    }
}

/// Most diagnostics that one run shows: nobody reads more, and a file made of problems
/// should cost a moment, not a minute. The count below them tells of all.
const MOST_SHOWN: usize = 500;

/// Diagnostics as people read them.
pub(super) fn rendered(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(MOST_SHOWN) {
        text.push_str(&render(diagnostic, sources, Style::Coloured));
        text.push_str("\n\n");
    }
    if let Some(more) = diagnostics.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0)
    {
        text.push_str("… and ");
        text.push_str(&plural(more, "more problem"));
        text.push_str(": mend these first\n\n");
    }
    text
}

/// `2 errors and 1 warning`.
pub(super) fn counted(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|it| it.severity == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    match (errors, warnings) {
        (0, warnings) => plural(warnings, "warning"),
        (errors, 0) => plural(errors, "error"),
        (errors, warnings) => {
            format!("{} and {}", plural(errors, "error"), plural(warnings, "warning"))
        }
    }
}

/// `1 error`, `2 errors`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
