//! Tally × journey → estimates, tests and labels of one wave: the analysis.

mod across;
mod action;
mod asymmetry;
mod benchmark;
mod beside_note;
mod cause;
mod cause_share;
mod change;
mod complaint;
mod crossed;
mod disclosure;
mod driven;
mod drivers;
mod expectation;
mod explain;
mod explain_importance;
mod explanation;
mod flow;
mod gap;
mod hand_off;
mod importance;
mod inside;
mod joint_lift;
mod label;
mod lift;
mod mix;
mod model_note;
mod note;
mod operation;
mod overlap;
mod pain;
mod partition;
mod population;
mod position;
mod quality;
mod question;
mod quote;
mod recommend;
mod ruler;
mod score;
mod segment;
mod stage;
mod step;
mod target;
mod touchpoint;
mod trend;
mod trend_line;
mod view;
mod wave;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use crate::diag::Diagnostic;
use crate::model::{Analysis, GraphFacts, Journey, Rows, SCHEMA, WeightKind};
use crate::rule;
use crate::stats::{both, real};
use crate::survey::tally::{RowCounts, Tally, Variable};

pub use across::{Absence, Withheld, withheld_across};
pub use explain::explain;
pub use explanation::{Explanation, Flag, Flip, Test, Verdict};
pub use inside::support_links;
pub use joint_lift::{SetScore, joint_lift};
pub use quality::quality;

use view::View;

/// What of the answers is analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnalyseOptions {
    /// The wave reported; the last when `None`.
    pub wave: Option<String>,
    /// The wave it is compared with.
    pub baseline: Baseline,
    /// Segment values that the tally was restricted to.
    pub restricted: BTreeMap<String, String>,
    /// Whether the tally counted the weights that the survey plans.
    pub weights: Weights,
    /// Threads to work with; the numbers are the same bits for any.
    pub threads: NonZeroUsize,
}

impl Default for AnalyseOptions {
    fn default() -> Self {
        Self {
            wave: None,
            baseline: Baseline::default(),
            restricted: BTreeMap::new(),
            weights: Weights::default(),
            threads: NonZeroUsize::MIN,
        }
    }
}

/// The wave to compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Baseline {
    /// The wave before the one reported, if there is one.
    #[default]
    Previous,
    /// None, even if there is one.
    Nothing,
    /// The wave of this name.
    Wave(String),
}

/// What was done with the weights of the survey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weights {
    /// Answers count by their weight.
    #[default]
    Counted,
    /// Every answer counts the same.
    Ignored,
}

/// Every number of the report of one wave.
///
/// `graph` is what the flow alone tells; `visits` are expected visits per customer, by
/// touchpoint, where the flow gives shares.
///
/// # Errors
/// When the tally has no waves, or not the wave or baseline asked for.
pub fn analyse(
    journey: &Journey,
    tally: &Tally,
    graph: &GraphFacts,
    visits: Option<&[f64]>,
    options: &AnalyseOptions,
) -> Result<Analysis, Box<Diagnostic>> {
    let domain = view::Domain::of(journey, &options.restricted);
    let view = View { journey, tally, waves: wave::choose(tally, options)?, domain };
    let flow = touchpoint::Flow { graph, visits };
    let driven = || {
        let mut touchpoints = touchpoint::results(&view, &flow);
        let model = driven::add(&view, &mut touchpoints, options.threads);
        (touchpoints, model)
    };
    let (measured, (touchpoints, model)) =
        both(|| measured(&view), driven, options.threads);
    let population =
        population::result(&view, &measured.segment_sizes, &options.restricted);
    let steps = step::steps(&view, &touchpoints);
    let scores: Vec<_> = touchpoints.iter().map(|it| it.score.clone()).collect();
    let facts = flow::facts(&view, &flow, &touchpoints);
    let mut analysis = Analysis {
        target: target::shared(&view, &scores),
        restricted: options.restricted.clone(),
        weighting: weighting(&view, options.weights).to_owned(),
        population,
        steps,
        touchpoints,
        graph: facts,
        ..measured
    };
    analysis
        .reasons
        .extend(model.as_ref().err().map(|it| ("model".to_owned(), it.clone())));
    analysis.model = model.ok();
    analysis.benchmarks = benchmark::results(&view, &scores, &analysis.overall);
    expectation::add(&view, &mut analysis.touchpoints);
    analysis.operations = operation::results(&view);
    analysis.causes = cause::results(&view);
    analysis.complaints = complaint::result(&view);
    analysis.mix = mix::mixes(&view, &tested_changes(&analysis));
    let k = analysis.model.as_ref().map(|it| it.k);
    label::assign(&mut analysis.touchpoints, journey, k);
    analysis.quotes = quote::quotes(&view, &analysis);
    analysis.actions = action::results(&view, &analysis.touchpoints);
    analysis.quality = Some(quality(journey, tally));
    analysis.notes = note::notes(&view, &analysis);
    analysis.findings = rule::check(journey, &analysis);
    Ok(analysis)
}

/// Everything that concerns the journey as a whole.
fn measured(view: &View<'_>) -> Analysis {
    let rules = &view.journey.rules;
    let wave = view.waves.reported;
    let overall = view.score(Variable::Overall, wave);
    let mut reasons = BTreeMap::new();
    let mut because = |key: &str, drafted: change::Drafted| {
        reasons.extend(drafted.reason.map(|reason| (key.to_owned(), reason)));
        drafted.change
    };
    let overall_change = change::change(view, Variable::Overall);
    let mut overall_change = because("overall_change", overall_change);
    let recommend = recommend::recommend(view, wave);
    let recommend_change = recommend::recommend_change(view);
    let mut recommend_change = because("recommend_change", recommend_change);
    for change in [&mut overall_change, &mut recommend_change].into_iter().flatten() {
        change::judge_alone(change, rules);
    }
    let trend_lines = trend_line::lines(&view.unlimited());
    because_of(&mut reasons, "trend_lines", trend_lines.as_ref().err());
    let rows = wave::find(view.tally, wave).and_then(|it| it.rows.as_ref());
    Analysis {
        trend_lines: trend_lines.unwrap_or_default(),
        schema: SCHEMA.to_owned(),
        touchmap: env!("CARGO_PKG_VERSION").to_owned(),
        journey: view.journey.id.clone(),
        wave: wave.to_owned(),
        baseline: view.waves.baseline.map(str::to_owned),
        waves: wave::names(view.tally).into_iter().map(str::to_owned).collect(),
        rows: rows.map(row_shares),
        overall,
        overall_change,
        recommend,
        recommend_change,
        stages: stage::results(view),
        segment_sizes: segment::sizes(view),
        segments: segment::results(view),
        trend: trend::points(view),
        reasons,
        ..Analysis::default()
    }
}

/// Says why a value is missing, if it is.
fn because_of(reasons: &mut BTreeMap<String, String>, key: &str, why: Option<&String>) {
    reasons.extend(why.map(|why| (key.to_owned(), why.clone())));
}

/// The scores whose change was tested, by id.
fn tested_changes(analysis: &Analysis) -> Vec<(&str, Variable)> {
    let overall = analysis.overall_change.as_ref().filter(|it| it.p.is_some());
    let overall = overall.map(|_| ("overall", Variable::Overall));
    let touchpoints = analysis.touchpoints.iter().enumerate().filter_map(|(at, it)| {
        it.change.as_ref().filter(|change| change.p.is_some())?;
        Some((it.id.as_str(), Variable::Touchpoint(at)))
    });
    overall.into_iter().chain(touchpoints).collect()
}

fn row_shares(rows: &RowCounts) -> Rows {
    let share = |n: u64| (rows.used > 0).then(|| real(n) / real(rows.used));
    Rows {
        read: rows.read,
        used: rows.used,
        straight_lining: share(rows.straight_liners),
        few_answers: share(rows.few_answers),
    }
}

fn weighting(view: &View<'_>, weights: Weights) -> &'static str {
    let rows = wave::find(view.tally, view.waves.reported).and_then(|it| it.rows);
    let weighted = rows.is_some_and(|it| it.weighted > 0);
    let kind = view.journey.survey.as_ref().map(|it| it.weight_kind);
    match (weights, kind) {
        (Weights::Counted, Some(WeightKind::Sampling)) if weighted => "sampling",
        (Weights::Counted, Some(WeightKind::Frequency)) if weighted => "frequency",
        _ => "none",
    }
}
