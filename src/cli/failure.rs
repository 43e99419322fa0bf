//! How a run ends: exit codes, and who is to blame.

use std::process::ExitCode;

use super::terminal::say;

/// A run that did what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done.
    Done,
    /// Done, and a finding reached `--fail-on`.
    Found,
}

impl Outcome {
    pub(super) fn code(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::Found => ExitCode::from(1),
        }
    }
}

/// A run that could not do what was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// The input is wrong; its diagnostics have been shown.
    Input,
    /// The command line is wrong.
    Usage(String),
    /// A file, a disk or a permission failed us.
    World(anyhow::Error),
}

impl Failure {
    /// The world failed while we tried `what`.
    pub(super) fn world(
        cause: impl std::error::Error + Send + Sync + 'static,
        what: impl std::fmt::Display + Send + Sync + 'static,
    ) -> Self {
        Self::World(anyhow::Error::new(cause).context(what))
    }

    /// Files cannot be had, each for a reason of its own.
    pub(super) fn absent(reasons: &[String]) -> Self {
        Self::World(anyhow::Error::msg(reasons.join("\nerror: ")))
    }

    /// What went wrong; `None` where it has been said.
    #[cfg(feature = "watch")]
    pub(super) fn message(self) -> Option<String> {
        match self {
            Self::Input => None,
            Self::Usage(message) => Some(message),
            Self::World(error) => {
                let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
                Some(chain.join(": "))
            }
        }
    }

    /// Says what went wrong and gives the exit code for it.
    pub(super) fn report(self) -> ExitCode {
        match self {
            Self::Input => ExitCode::from(2),
            Self::Usage(message) => {
                say(&format!("error: {message}"));
                ExitCode::from(2)
            }
            Self::World(error) => {
                let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
                say(&format!("error: {}", chain.join(": ")));
                ExitCode::from(3)
            }
        }
    }
}

/// Shows clap's message: help and version are no failures.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be said about a message that cannot be printed; the exit code remains.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// A panic is our bug: the message asks for a report. The process then ends with 101.
pub(super) fn ask_for_reports_of_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // A damaged file of responses, which is told as such.
        #[cfg(feature = "parquet")]
        if crate::survey::is_guarded() {
            return;
        }
        usual(panic);
        say(
            "error: this is a bug in touchmap; please report it with the command and, if you \
             can, the map. No output file was changed.",
        );
    }));
}
