//! `touchmap gate`.

use std::{fs, path::PathBuf};

use clap::{Args, ValueEnum};

use crate::{
    diag::{self, Diagnostics, ProblemRecord, Sources, Span},
    gate::{self, GATE_SCHEMA, GateRecord, Outcome as RuleOutcome, RuleRecord},
    map,
    model::{Analysis, GateLine, Journey},
};

use super::{
    columns::wrapped,
    failure::{Failure, Outcome},
    input::{self, Loaded, cannot_read},
    output::{Target, json},
    selection::{Selection, usage},
    terminal::{self, tell},
};

/// Ask whether a wave holds what it must, and end with 1 where it does not.
///
/// Rules are words, in the map under `rules:` as `gate:`, or in a file:
///
///   - `overall.points >= 75`
///   - `complaint_resolution.points >= benchmark P50`
///   - `every touchpoint.dissatisfied surely <= 20 %`
///   - `no serious pain point at a moment of truth`
///   - `overall must not fall relevantly`
///
/// Of a touchpoint (its id or code), of `overall` or of `every touchpoint`: `points`, `mean`,
/// `satisfied`, `dissatisfied`, `n`, `n_eff`, `reach`, `importance`, `change`; of `recommend`:
/// `nps`. They are compared with a number, `target`, `baseline`, or a `benchmark` by its name or
/// kind (`mean`, `P50`, `P75`, `best`). `surely` asks the whole interval, not only the estimate.
/// A rule that the data cannot tell does not hold.
#[derive(Args, Debug)]
#[command(verbatim_doc_comment)]
pub(super) struct Gate {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    /// The rules, instead of those of the map.
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Let rules that the data cannot tell pass.
    #[arg(long)]
    allow_unknown: bool,
    #[command(flatten)]
    selection: Selection,
    /// How to say it.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// Where to write it; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// How to say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// A `JUnit` report, for build servers.
    Junit,
    /// Annotations of a GitHub workflow.
    Github,
}

/// What was judged.
struct Judged {
    record: GateRecord,
    /// Rules that do not hold, as problems at their places.
    problems: Vec<ProblemRecord>,
    inputs: Vec<PathBuf>,
}

impl Gate {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let target = Target::new(&self.output);
        let Judged { record, problems, inputs } =
            input::telling(&self.map, |sources, problems| {
                self.judged(sources, problems)
            })?;
        target.spare(inputs.iter().map(PathBuf::as_path))?;
        let bytes = match self.format {
            Format::Table => table(&record, self.width()).into_bytes(),
            Format::Json => json(&record)?,
            Format::Junit => gate::junit(&record).into_bytes(),
            Format::Github => {
                problems.iter().map(diag::annotation).collect::<String>().into_bytes()
            }
        };
        target.write(&bytes)?;
        tell(&summary(&record));
        Ok(if record.passed { Outcome::Done } else { Outcome::Found })
    }

    fn judged(
        &self,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<Option<Judged>, Failure> {
        let journey = input::journey(&self.map, sources, problems)?;
        let Some(journey) = journey else { return Ok(None) };
        let Some(lines) = self.lines(&journey, sources, problems)? else {
            return Ok(None);
        };
        let mut rules = Vec::new();
        for line in &lines {
            match gate::parse(line, &journey, sources) {
                Ok(rule) => rules.push((line, rule)),
                Err(problem) => problems.push(*problem),
            }
        }
        if rules.len() < lines.len() {
            return Ok(None);
        }
        let loaded = input::analysed(journey, &self.selection, problems)?;
        let Some(Loaded { journey, analysis }) = loaded else { return Ok(None) };
        let judged: Vec<(RuleRecord, Span)> = rules
            .into_iter()
            .map(|(line, rule)| {
                let it = gate::judge(&rule, &journey, &analysis);
                let rule = line.text.clone();
                let record = RuleRecord {
                    rule,
                    outcome: it.outcome,
                    said: it.said,
                    cases: it.cases,
                };
                (record, line.span)
            })
            .collect();
        let broken = judged.iter().filter(|(it, _)| !self.lets(it));
        let broken = broken.filter_map(|(it, span)| gate::problem(it, *span));
        let problems = broken.map(|it| ProblemRecord::new(&it, sources)).collect();
        let mut inputs = self.selection.inputs(&self.map, &journey);
        inputs.extend(self.rules.clone());
        Ok(Some(Judged { record: self.record(&analysis, judged), problems, inputs }))
    }

    /// The rules: those of the file, or of the map.
    fn lines(
        &self,
        journey: &Journey,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<Option<Vec<GateLine>>, Failure> {
        let lines = match &self.rules {
            None => Some(journey.rules.gate.clone()),
            Some(path) => {
                let bytes = fs::read(path).map_err(|error| cannot_read(path, error))?;
                map::read_gate(path, &bytes, sources, problems)
            }
        };
        if lines.as_ref().is_some_and(Vec::is_empty) {
            return Err(usage(
                "there is no rule: write `rules: {gate: [overall.points >= 75]}` in the map, or give \
                 a file with `--rules`; `touchmap help gate` shows what rules can say",
            ));
        }
        Ok(lines)
    }

    fn record(&self, analysis: &Analysis, judged: Vec<(RuleRecord, Span)>) -> GateRecord {
        let rules: Vec<RuleRecord> = judged.into_iter().map(|it| it.0).collect();
        GateRecord {
            schema: GATE_SCHEMA.to_owned(),
            touchmap: env!("CARGO_PKG_VERSION").to_owned(),
            journey: analysis.journey.clone(),
            wave: analysis.wave.clone(),
            baseline: analysis.baseline.clone(),
            passed: rules.iter().all(|it| self.lets(it)),
            rules,
        }
    }

    /// Whether a rule lets the pipeline go on.
    fn lets(&self, rule: &RuleRecord) -> bool {
        match rule.outcome {
            RuleOutcome::Passed => true,
            RuleOutcome::Failed => false,
            RuleOutcome::Unknown => self.allow_unknown,
        }
    }

    fn width(&self) -> Option<usize> {
        if self.output.as_os_str() == "-" { terminal::width() } else { None }
    }
}

/// A line for each rule, and one below it for each touchpoint that breaks it.
fn table(gate: &GateRecord, width: Option<usize>) -> String {
    let mut text = String::new();
    for rule in &gate.rules {
        let mark = match rule.outcome {
            RuleOutcome::Passed => "✓ holds    ",
            RuleOutcome::Failed => "✗ broken   ",
            RuleOutcome::Unknown => "? not known",
        };
        let line = format!("{mark}  {}: {}", rule.rule, rule.said);
        text += &wrapped(&line, width, 13);
        text.push('\n');
        for case in &rule.cases {
            let line = format!(
                "               {} {}: {}",
                case.code, case.touchpoint, case.said
            );
            text += &wrapped(&line, width, 17);
            text.push('\n');
        }
    }
    text
}

fn summary(gate: &GateRecord) -> String {
    let count = |outcome: RuleOutcome| {
        gate.rules.iter().filter(|it| it.outcome == outcome).count()
    };
    let (state, all, wave) =
        (if gate.passed { "open" } else { "shut" }, gate.rules.len(), &gate.wave);
    let mut text = format!(
        "the gate is {state} in wave {wave}: {} of {all} rules hold",
        count(RuleOutcome::Passed)
    );
    let others = [(RuleOutcome::Failed, "broken"), (RuleOutcome::Unknown, "not known")];
    for (outcome, word) in others {
        let count = count(outcome);
        if count > 0 {
            text += &[", ", &count.to_string(), " ", word].concat();
        }
    }
    text
}
