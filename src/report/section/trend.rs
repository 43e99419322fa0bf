//! Better or worse?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::trend::{Panel, Trend, movers, panels};
use crate::model::{Benchmark, BenchmarkKind};

use super::super::context::Context;
use super::super::table::{Head, Table};
use super::super::wording::trend as wording;
use super::super::{number, picture, subject, waves};
use super::{Built, LeftOut, value};

/// Width of a panel, in pixels; panels stand in as many columns as fit.
const PANEL: f64 = 230.0;
/// Width of the largest changes on a phone.
const PHONE: f64 = 354.0;

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    let locale = &context.locale;
    let Some(trend) = waves::trend(context) else {
        return Built::LeftOut(locale.word("left_out.trend"));
    };
    let count = number::count_of(trend.waves.len());
    let scenes = panels(&trend, PANEL).into_iter().enumerate();
    let scenes: Vec<Value> =
        scenes.map(|(at, it)| context.picture(&it, &format!("trend-{at}"))).collect();
    Built::Shown(context! {
        name => locale.say("trend.waves", &[("n", &count)]),
        title => wording::title(context),
        deck => deck(context, &trend),
        baseline => context.analysis.baseline.as_deref(),
        target => trend.panels.iter().any(|it| it.target.is_some()),
        others => value(others(context, &trend)),
        changed => trend.panels.iter().any(changed),
        panels => scenes,
        movers => (!trend.movers.is_empty()).then(|| context! {
            title => trend.movers.title.clone(),
            wide => context.picture(&movers(&trend.movers, picture::WIDTH), "movers"),
            narrow => context.picture(&movers(&trend.movers, PHONE), "movers-narrow"),
        }),
        steps => wording::steps(context),
        lines => wording::lines(context),
        mixes => wording::mixes(context),
        table => value(table(context)),
    })
}

/// What is shown, and what for want of room is not.
fn deck(context: &Context<'_>, trend: &Trend) -> String {
    let locale = &context.locale;
    let shown = waves::chosen(context).len();
    let worthy = waves::worthy(context);
    let gaps = [("n", &*number::count_of(shown)), ("all", &*number::count_of(worthy))];
    let key = match (trend.panels.len(), shown < worthy) {
        (0 | 1, _) => "trend.deck.overall",
        (_, true) => "trend.deck.some",
        (_, false) => "trend.deck",
    };
    locale.say(key, &gaps)
}

/// What the scores of others look like, and whose they are.
#[derive(Serialize)]
struct OtherView {
    class: &'static str,
    name: String,
}

/// The scores of others that are drawn.
fn others(context: &Context<'_>, trend: &Trend) -> Vec<OtherView> {
    let beside = || trend.panels.iter().flat_map(|it| &it.beside);
    let drawn = |kinds: &[BenchmarkKind]| -> Vec<&Benchmark> {
        let all = context.journey.benchmarks.iter();
        let drawn = |it: &&Benchmark| {
            let wave = it.wave.as_ref();
            wave.is_none_or(|wave| trend.waves.contains(wave))
        };
        all.filter(drawn).filter(|it| kinds.contains(&it.kind)).collect()
    };
    let mut others = Vec::new();
    if beside().any(|it| it.mean.is_some()) {
        // Of several waves no one name would do.
        let name = match drawn(&[BenchmarkKind::Mean]).as_slice() {
            [one] => context.text(&one.name).to_owned(),
            _ => context.locale.word("benchmark.mean"),
        };
        others.push(OtherView { class: "lb", name });
    }
    if beside().any(|it| !it.marks.is_empty()) {
        let divided = [BenchmarkKind::Median, BenchmarkKind::P75, BenchmarkKind::Best];
        let kinds = divided.into_iter().filter(|it| !drawn(&[*it]).is_empty());
        let words =
            kinds.map(|it| context.locale.word(&format!("benchmark.{}", it.word())));
        let words: Vec<String> = words.collect();
        let name = words.join(&context.locale.word("list.names"));
        others.push(OtherView { class: "lm", name });
    }
    if beside().any(|it| !it.rivals.is_empty()) {
        let rivals = drawn(&[BenchmarkKind::Competitor]);
        let mut names: Vec<&str> =
            rivals.iter().map(|it| context.text(&it.name)).collect();
        names.dedup();
        let name = names.join(&context.locale.word("list.names"));
        others.push(OtherView { class: "lx", name });
    }
    others
}

/// Whether the question of a panel changed between waves.
fn changed(panel: &Panel) -> bool {
    let scored = panel.points.iter().filter(|it| it.standing.points().is_some());
    let versions: Vec<u64> = scored.map(|it| it.version).collect();
    versions.windows(2).any(|pair| pair[0] != pair[1])
}

/// Wave by touchpoint.
fn table(context: &Context<'_>) -> Table {
    let locale = &context.locale;
    let waves = waves::waves(context);
    let overall = context.analysis.overall_change.as_ref();
    let sentence = |change| super::super::wording::change::sentence(context, change);
    let none = || "–".to_owned();
    let row = |name: String, id: &str, change: Option<String>| {
        let scores = waves.iter().map(|wave| {
            let score = waves::find(context, id, wave).map(|it| &it.score);
            let reported = (*wave == context.analysis.wave).then(|| {
                let at = context.index(id);
                at.map_or(Some(&context.analysis.overall), |at| {
                    context.result(at).map(|it| &it.score)
                })
            });
            let standing = subject::standing(context, reported.flatten().or(score), 1);
            waves::cell(context, &standing)
        });
        let scores: Vec<String> = scores.collect();
        [name].into_iter().chain(scores).chain([change.unwrap_or_else(none)]).collect()
    };
    let first =
        row(locale.word("summary.overall"), waves::OVERALL, overall.map(sentence));
    let touchpoints = context.journey.touchpoints.iter().enumerate().map(|(at, it)| {
        let change = context.result(at).and_then(|it| it.change.as_ref());
        row(context.named(at), &it.id, change.map(sentence))
    });
    let heads = waves.iter().map(|wave| Head::numbers((*wave).to_owned()));
    Table {
        caption: locale.word("trend.name"),
        head: [Head::words(locale.word("col.touchpoint"))]
            .into_iter()
            .chain(heads)
            .chain([Head::words(locale.word("col.change"))])
            .collect(),
        rows: [first].into_iter().chain(touchpoints).collect(),
    }
}
