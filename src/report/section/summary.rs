//! How are we doing, and what matters most?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::{Standing, symbol, trend};
use crate::model::{RecommendScore, Status};

use super::super::context::Context;
use super::super::dot::DotAxis;
use super::super::table::{Head, Table};
use super::super::wording::{change, finding, headline};
use super::super::{number, picture, subject, waves};
use super::{Built, LeftOut, value};

/// A fact about the survey.
#[derive(Serialize)]
struct FactView {
    name: String,
    value: String,
}

/// A stage in the list that phones show in place of the line.
#[derive(Serialize)]
struct StageView {
    number: usize,
    name: String,
    band: &'static str,
    glyph: Value,
    score: String,
    plot: Value,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let known =
        context.subject.stages.iter().any(|stage| stage.standing.points().is_some());
    let line = known.then(|| picture::line_scene(context, picture::WIDTH));
    Built::Shown(context! {
        headline => headline::headline(context),
        overall => overall(context),
        findings => value(finding::findings(context)),
        nothing => headline::nothing(context),
        facts => value(facts(context)),
        spark => spark(context),
        note => context.locale.say(
            "line.note",
            &[("target", &number::plain(context.target()))],
        ),
        line => line.map(|scene| context.picture(&scene, "line")),
        stages => value(stages(context)),
        table => value(table(context)),
    })
}

fn overall(context: &Context<'_>) -> Value {
    let score = &context.analysis.overall;
    let standing = subject::standing(context, Some(score), 1);
    let rules = &context.journey.rules;
    let change = context.analysis.overall_change.as_ref();
    let (text, absent) = match &standing {
        Standing::Scored { text, .. } => (Some(text.clone()), None),
        Standing::Absent(why) => (None, Some(why.clone())),
    };
    context! {
        score => text,
        absent => absent,
        low => matches!(standing, Standing::Scored { low: Some(_), .. }),
        change => change.map(|it| change::sentence(context, it)),
        verdict => change.map(|it| change::verdict(it, rules.alpha).id()),
        ci => score.points_ci.map(number::interval),
        marks => marks(context),
    }
}

/// The target of the whole and its benchmark, where there are such.
fn marks(context: &Context<'_>) -> Option<String> {
    let locale = &context.locale;
    let target = context.journey.rules.target.points();
    let target = target.map(|points| {
        locale.say("summary.target", &[("target", &number::plain(points))])
    });
    let benchmark = waves::benchmark(context);
    let benchmark = benchmark.and_then(|at| context.journey.benchmarks.get(at));
    let benchmark = benchmark.and_then(|it| {
        let score = number::plain(it.overall?.points);
        let gaps = [("name", context.text(&it.name)), ("score", &*score)];
        Some(locale.say("benchmark", &gaps))
    });
    match (target, benchmark) {
        (Some(target), Some(benchmark)) => {
            let gaps = [("target", &*target), ("benchmark", &*benchmark)];
            Some(locale.say("summary.marks", &gaps))
        }
        (one, other) => one.or(other),
    }
}

/// Overall satisfaction over all waves, beside its score in large type.
fn spark(context: &Context<'_>) -> Option<Value> {
    let panel = waves::overall(context)?;
    let scored = panel.points.iter().filter(|it| it.standing.points().is_some());
    if scored.count() < 2 {
        return None;
    }
    let waves: Vec<String> =
        waves::waves(context).into_iter().map(str::to_owned).collect();
    let text = |points: Option<f64>| points.map(number::plain).unwrap_or_default();
    let (target, benchmark) = (text(panel.target), text(panel.benchmark));
    let scene = trend::spark(&panel, &waves, &target, &benchmark);
    Some(context.picture(&scene, "spark"))
}

fn facts(context: &Context<'_>) -> Vec<FactView> {
    let locale = &context.locale;
    let analysis = context.analysis;
    let fact = |key: &str, value: String| FactView { name: locale.word(key), value };
    let mut facts = Vec::new();
    if let Some(rows) = &analysis.rows {
        let (used, read) = (number::count(rows.used), number::count(rows.read));
        let value = if used == read {
            used
        } else {
            locale.say("fact.responses.used", &[("used", &used), ("read", &read)])
        };
        facts.push(fact("fact.responses", value));
    }
    let population = analysis.population.as_ref();
    let rate = population.and_then(|it| it.response_rate.zip(it.total));
    if let Some((rate, total)) = rate.filter(|(rate, _)| *rate <= 1.0) {
        let gaps = [("rate", &*number::share(rate)), ("total", &*number::count(total))];
        facts.push(fact("fact.rate", locale.say("fact.rate.of", &gaps)));
    }
    let touchpoints = number::count_of(context.subject.marks.len());
    facts.push(fact("fact.touchpoints", touchpoints));
    let weighting = format!("weighting.{}", analysis.weighting);
    if locale.has(&weighting) {
        let effective =
            analysis.overall.n_eff.filter(|_| analysis.weighting == "sampling");
        let value = locale.word(&weighting);
        let value = effective.map_or_else(
            || value.clone(),
            |n| {
                let n = number::whole(n);
                locale.say("fact.effective", &[("weighting", &value), ("n", &n)])
            },
        );
        facts.push(fact("fact.weighting", value));
    }
    facts.extend(recommend(context, &analysis.recommend));
    for (segment, value) in &analysis.restricted {
        facts.push(FactView { name: context.variable(segment), value: value.clone() });
    }
    facts
}

/// NPS with its interval, under the name that its scale allows.
fn recommend(context: &Context<'_>, score: &RecommendScore) -> Option<FactView> {
    let nps = score.nps.filter(|_| score.status == Status::Scored)?;
    let value = number::change(nps);
    let value = score.ci.map_or_else(
        || value.clone(),
        |[low, high]| {
            let gaps = [
                ("value", &*value),
                ("low", &*number::change(low)),
                ("high", &*number::change(high)),
            ];
            context.locale.say("with_range", &gaps)
        },
    );
    let name = if score.measure == "NPS" { "fact.nps" } else { "fact.net_score" };
    Some(FactView { name: context.locale.word(name), value })
}

fn stages(context: &Context<'_>) -> Vec<StageView> {
    let axis = DotAxis::new(&context.subject);
    let stages = context.subject.stages.iter();
    stages
        .map(|stage| {
            let (band, score) = match &stage.standing {
                Standing::Scored { band, text, .. } => (band.id(), text.clone()),
                Standing::Absent(why) => ("none", why.clone()),
            };
            StageView {
                number: stage.number,
                name: stage.name.clone(),
                band,
                glyph: Value::from_safe_string(
                    stage.standing.symbol().map(symbol).unwrap_or_default(),
                ),
                score,
                plot: axis.plot(&stage.standing, None),
            }
        })
        .collect()
}

fn table(context: &Context<'_>) -> Table {
    let locale = &context.locale;
    let stages = context.subject.stages.iter().zip(&context.journey.stages);
    let rows = stages.map(|(stage, source)| {
        let score = context
            .analysis
            .stages
            .iter()
            .find(|it| it.id == source.id)
            .map(|it| &it.score);
        let n = score.and_then(|it| it.n).filter(|_| stage.standing.points().is_some());
        let ci = score.and_then(|it| it.points_ci);
        vec![
            format!("{} {}", stage.number, stage.name),
            n.map_or_else(|| "–".to_owned(), number::count),
            subject::printed(&stage.standing).to_owned(),
            ci.map_or_else(|| "–".to_owned(), number::interval),
        ]
    });
    Table {
        caption: locale.word("line.title"),
        head: vec![
            Head::words(locale.word("col.stage")),
            Head::numbers(locale.word("col.n")),
            Head::numbers(locale.word("col.score")),
            Head::numbers(locale.word("col.ci")),
        ],
        rows: rows.collect(),
    }
}
