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
    #[arg(add = clap_complete::ArgValueCompleter::new(super::candidates::explained), value_name = "CODE|TOUCHPOINT")]
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
            let hint =
                hint.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default();
            return Err(usage(format!(
                "no touchpoint has the id or code `{what}`{hint}"
            )));
        };
        match analyse::explain(&journey, &analysis, index) {
            Some(explanation) => Ok(explanation.lines().join("\n") + "\n"),
            None => Err(usage(format!("the analysis has no touchpoint `{what}`"))),
        }
    }
}

/// Every code and rule with its name.
fn listing() -> String {
    let mut lines: Vec<(&str, &str)> =
        CODES.iter().map(|doc| (doc.code.0, doc.name)).collect();
    lines.extend(RULES.iter().map(|rule| (rule.doc().code, rule.doc().id)));
    lines.sort_unstable();
    let lines: Vec<String> =
        lines.into_iter().map(|(code, name)| format!("{code}  {name}")).collect();
    lines.join("\n") + "\n"
}

/// What a code or rule means; its number or its name will do.
fn of_code(what: &str) -> Result<String, Failure> {
    let is = |code: &str, name: &str| what.eq_ignore_ascii_case(code) || what == name;
    if let Some(doc) = CODES.iter().find(|doc| is(doc.code.0, doc.name)) {
        return Ok(problem(doc));
    }
    if let Some(rule) = RULES.iter().find(|rule| is(rule.doc().code, rule.doc().id)) {
        return Ok(of_rule(rule.doc()));
    }
    let names = CODES.iter().flat_map(|doc| [doc.code.0, doc.name]);
    let names =
        names.chain(RULES.iter().flat_map(|rule| [rule.doc().code, rule.doc().id]));
    let hint = diag::nearest(what, names);
    let hint = hint.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
    let message = format!(
        "`{what}` is no code or rule{hint} (for a touchpoint, name its map with `--map MAP`)"
    );
    Err(usage(message))
}

fn problem(doc: &CodeDoc) -> String {
    format!("{}  {}\n\n{}\n\n{}\n", doc.code.0, doc.name, doc.what, doc.fix)
}

fn of_rule(doc: &RuleDoc) -> String {
    format!("{}  {}\n\n{}\n\n{}\n\n{}\n", doc.code, doc.id, doc.what, doc.why, doc.fix)
}
