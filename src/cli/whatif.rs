//! `touchmap whatif`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::{
    analyse::joint_lift,
    diag::Diagnostics,
    graph::{JourneyGraph, visits},
    model::{
        Journey, Language, ScenarioChange, TouchpointIndex, VisitsChange, WHAT_IF_SCHEMA,
        WhatIf,
    },
};

use super::{
    failure::{Failure, Outcome},
    input,
    output::{Target, json},
    reading::{Read, Reading},
    whatif_steps::{Asked, Scenario},
    whatif_table::table,
};

/// Work out what would follow if scores rose or fell, or customers went other ways.
#[derive(Args, Debug)]
#[command(
    after_help = "Quote the arrows, because a shell takes > for itself: --drop 'a->b'. \
    The customers of a dropped way, and those a changed share sets free, are divided among the \
    other ways out in proportion, leaving the journey being one of them."
)]
pub(super) struct WhatIfCommand {
    /// The journey map; `-` is standard input.
    #[arg(value_name = "MAP")]
    map: PathBuf,
    #[command(flatten)]
    reading: Reading,
    /// The wave whose scores are changed [default: the last].
    #[arg(long, value_name = "WAVE")]
    wave: Option<String>,
    /// The score of a touchpoint, in points: `reception=85`; may be repeated.
    #[arg(add = clap_complete::ArgValueCompleter::new(super::candidates::settings), long, value_name = "TOUCHPOINT=POINTS")]
    set: Vec<String>,
    /// A transition that nobody takes any more: `'repair->repair'`; may be repeated.
    #[arg(long, value_name = "FROM->TO")]
    drop: Vec<String>,
    /// The share, 0-1, of those at a touchpoint who go a way: `'a->b=0.4'`; may be repeated.
    #[arg(long, value_name = "FROM->TO=SHARE")]
    share: Vec<String>,
    /// The language of names, such as `zh-Hans` [default: the map's].
    #[arg(long, value_name = "L", value_parser = super::selection::language)]
    language: Option<Language>,
    /// How to write it.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// Where to write it; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// How to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, rounded.
    Table,
    /// Everything, unrounded.
    Json,
}

/// On what condition it would come so (METHOD §11.1).
const CONDITION: &str = "an association: it holds if it is causal and the other touchpoints stay \
                         as they are; the reach is the survey's, not that of a changed flow";

impl WhatIfCommand {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let (journey, what_if) = input::telling(&self.map, |sources, problems| {
            let Some(journey) = input::journey(&self.map, sources, problems)? else {
                return Ok(None);
            };
            let what_if = self.what_if(&journey, problems)?;
            Ok(what_if.map(|what_if| (journey, what_if)))
        })?;
        let language = self.language.clone().unwrap_or_else(|| journey.language.clone());
        let bytes = match self.format {
            Format::Table => table(&journey, &what_if, &language).into_bytes(),
            Format::Json => json(&what_if)?,
        };
        Target::new(&self.output).write(&bytes)?;
        Ok(Outcome::Done)
    }

    fn what_if(
        &self,
        journey: &Journey,
        problems: &mut Diagnostics,
    ) -> Result<Option<WhatIf>, Failure> {
        let graph = JourneyGraph::new(journey);
        let asked = Asked { set: &self.set, drop: &self.drop, share: &self.share };
        let scenario = Scenario::new(&asked, journey, &graph).map_err(Failure::Usage)?;
        let changed = graph
            .changed(&scenario.steps)
            .map_err(|why| Failure::Usage(scenario.impossible(&why, journey, &graph)))?;
        let mut what_if = flow(journey, &scenario, [&graph, &changed]);
        if scenario.set.is_empty() {
            return self.without_responses().map(|()| Some(what_if));
        }
        let wave = self.wave.as_deref();
        let Some(Read { tally, options }) =
            self.reading.tally(journey, wave, problems)?
        else {
            return Ok(None);
        };
        let options = self.reading.analyse_options(wave, options);
        match joint_lift(journey, &tally, &scenario.set, &options) {
            Err(problem) => {
                problems.push(*problem);
                return Ok(None);
            }
            Ok((wave, lift)) => {
                what_if.wave = Some(wave);
                if let Err(why) = &lift {
                    what_if.reasons.insert("lift".to_owned(), why.clone());
                }
                what_if.lift = lift.ok();
            }
        }
        Ok(Some(what_if))
    }

    /// The flow needs no responses: whoever says which ones expects something else.
    fn without_responses(&self) -> Result<(), Failure> {
        let wave = self.wave.is_some().then_some("--wave");
        match wave.or_else(|| self.reading.first_flag()) {
            None => Ok(()),
            Some(flag) => Err(Failure::Usage(format!(
                "`{flag}` says which responses count, and without `--set` none are read"
            ))),
        }
    }
}

/// What follows from the flow alone.
fn flow(journey: &Journey, scenario: &Scenario, graphs: [&JourneyGraph; 2]) -> WhatIf {
    let [before, after] = graphs;
    let share = |graph: &JourneyGraph, edge| {
        graph.inner().edge_weight(edge).and_then(|it| it.share)
    };
    let changes = scenario.edges.iter().map(|(edge, from, to)| ScenarioChange {
        from: from.clone(),
        to: to.clone(),
        share: [share(before, *edge), share(after, *edge)],
    });
    let mut what_if = WhatIf {
        schema: WHAT_IF_SCHEMA.to_owned(),
        touchmap: env!("CARGO_PKG_VERSION").to_owned(),
        journey: journey.id.clone(),
        flow: changes.collect(),
        condition: CONDITION.to_owned(),
        ..WhatIf::default()
    };
    let Some((before, after)) = visits(before).zip(visits(after)) else {
        for key in ["completion", "visits"] {
            let why = "some transitions have no share: how many customers take them is not known";
            what_if.reasons.insert(key.to_owned(), why.to_owned());
        }
        return what_if;
    };
    what_if.completion = Some([before.completion, after.completion]);
    let of = |(at, (before, after)): (usize, (&f64, &f64))| VisitsChange {
        touchpoint: journey.touchpoint(TouchpointIndex(at)).id.clone(),
        before: *before,
        after: *after,
    };
    what_if.visits =
        before.expected.iter().zip(&after.expected).enumerate().map(of).collect();
    what_if
}
