//! `touchmap explain`.

use std::path::PathBuf;

use clap::Args;

use crate::{
    analyse,
    diag::{self, CODES, CodeDoc},
    rule::{RULES, RuleDoc},
};

use super::{
    failure::{Failure, Outcome},
    input::{self, Loaded},
    selection::{Selection, usage},
    terminal::print,
};

/// Explain a code, a rule, or, with `--map`, why a touchpoint is flagged or not.
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// A code such as `TM118`, a rule such as `pain_point`, or the id or code (`5.2`) of a
    /// touchpoint; left out, all codes are listed.
    #[arg(value_name = "CODE|TOUCHPOINT")]
    what: Option<String>,
    /// The map of the touchpoint.
    #[arg(long, value_name = "MAP")]
    map: Option<PathBuf>,
    #[command(flatten)]
    selection: Selection,
}

impl Explain {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let Some(what) = &self.what else {
            print(&listing())?;
            return Ok(Outcome::Done);
        };
        let text = match &self.map {
            Some(map) => self.touchpoint(map, what)?,
            None => of_code(what)?,
        };
        print(&text)?;
        Ok(Outcome::Done)
    }

    fn touchpoint(&self, map: &std::path::Path, what: &str) -> Result<String, Failure> {
        let Loaded { journey, analysis } = input::analysis(map, &self.selection)?;
        let Some(index) = journey.find(what) else {
            let ids = journey.touchpoints.iter().map(|it| it.id.as_str());
            let hint = diag::nearest(what, ids);
            let hint = hint.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default();
            return Err(usage(format!("no touchpoint has the id or code `{what}`{hint}")));
        };
        Ok(analyse::explain(&journey, &analysis, index).join("\n") + "\n")
    }
}
