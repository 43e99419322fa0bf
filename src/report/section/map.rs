//! What do customers do, where, how satisfied are they, and who is behind it?

use minijinja::{Value, context};
use serde::Serialize;

use crate::diagram::{Band, Channel, Flag, Mark, Standing, Symbol, symbol};

use super::super::context::Context;
use super::super::dot::DotAxis;
use super::super::layer::NamedLayer;
use super::super::options::Paper;
use super::super::table::{Head, Table};
use super::super::wording::{change, legend, title};
use super::super::{layer, number, picture, stage_map, subject};
use super::{Built, LeftOut, value};

/// A symbol and what it means.
#[derive(Serialize)]
pub(super) struct KeyView {
    pub(super) symbol: Value,
    pub(super) text: String,
}

/// A stage in the list that phones show in place of the map.
#[derive(Serialize)]
struct StageView {
    number: usize,
    name: String,
    band: &'static str,
    glyph: Value,
    score: String,
    actions: Option<String>,
    marks: Vec<MarkView>,
}

/// A touchpoint in that list.
#[derive(Serialize)]
struct MarkView {
    code: String,
    name: String,
    icon: Value,
    flags: Vec<KeyView>,
    score: String,
    plot: Value,
}

pub(super) fn build(context: &Context<'_>, _left_out: &[LeftOut]) -> Built {
    if context.subject.is_large() { large(context) } else { whole(context) }
}

/// A strip of all stages, then every stage by itself, in parts that can be read.
fn large(context: &Context<'_>) -> Built {
    let strip = picture::strip_scene(context, picture::WIDTH);
    Built::Shown(context! {
        // Segments and earlier waves stand in the sections of their own.
        layers => Vec::<String>::new(),
        layer_table => None::<()>,
        now => context.analysis.wave.as_str(),
        all => context.everybody(),
        baseline => baseline(context),
        title => title::map(context),
        deck => context.locale.word("map.strip.deck"),
        picture => context.picture(&strip, "map"),
        parts => value(stage_map::stage_maps(context)),
        slides => Vec::<Value>::new(),
        keys => value(keys(context)),
        channels => value(channels(context)),
        stages => value(stages(context)),
        table => value(table(context)),
    })
}

fn whole(context: &Context<'_>) -> Built {
    let shown = layer::layers(context);
    let layers: Vec<_> = shown.iter().map(|it| it.layer.clone()).collect();
    let scene = picture::map_scene(context, &layers, picture::WIDTH);
    let names: Vec<String> = shown.iter().map(|it| it.name.clone()).collect();
    Built::Shown(context! {
        layers => names,
        layer_table => (!shown.is_empty()).then(|| value(layer_table(context, &shown))),
        now => context.analysis.wave.as_str(),
        all => context.everybody(),
        title => title::map(context),
        deck => context.locale.word("map.deck"),
        picture => context.picture(&scene, "map"),
        keys => value(keys(context)),
        channels => value(channels(context)),
        baseline => baseline(context),
        parts => Vec::<()>::new(),
        slides => slides(context),
        stages => value(stages(context)),
        table => value(table(context)),
    })
}

/// The map in two, where slides are asked for: whole, its words could not be read on one.
fn slides(context: &Context<'_>) -> Vec<Value> {
    if context.paper != Paper::Slides {
        return Vec::new();
    }
    let scenes = picture::map_slides(context).into_iter().enumerate();
    scenes
        .map(|(at, scene)| context.picture(&scene, &format!("map-slide-{at}")))
        .collect()
}

/// The wave compared with, where any point is drawn of it.
fn baseline<'a>(context: &Context<'a>) -> Option<&'a str> {
    let drawn = context.subject.marks.iter().any(|mark| mark.baseline.is_some());
    context.analysis.baseline.as_deref().filter(|_| drawn)
}

/// Bands, best first.
pub(super) fn band_keys(context: &Context<'_>) -> Vec<KeyView> {
    let key = |band: &Band| KeyView {
        symbol: Value::from_safe_string(symbol(Symbol::Band(*band))),
        text: legend::band(context, *band),
    };
    Band::ALL.iter().rev().map(key).collect()
}

/// Bands, and the flags that occur.
pub(super) fn keys(context: &Context<'_>) -> Vec<KeyView> {
    let bands = band_keys(context).into_iter();
    let flags = Flag::ALL.iter().filter(|flag| legend::carried(context, **flag));
    bands.chain(flags.map(|flag| flag_key(context, *flag))).collect()
}

pub(super) fn flag_key(context: &Context<'_>, flag: Flag) -> KeyView {
    KeyView {
        symbol: Value::from_safe_string(symbol(Symbol::Flag(flag))),
        text: legend::flag(context, flag),
    }
}

fn channels(context: &Context<'_>) -> Vec<KeyView> {
    let mut channels: Vec<Channel> =
        context.subject.marks.iter().filter_map(|mark| mark.channel).collect();
    channels.sort_unstable();
    channels.dedup();
    let key = |channel: Channel| KeyView {
        symbol: Value::from_safe_string(symbol(Symbol::Channel(channel))),
        text: context.locale.word(&format!("channel.{}", channel.id())),
    };
    channels.into_iter().map(key).collect()
}

fn stages(context: &Context<'_>) -> Vec<StageView> {
    let axis = DotAxis::new(&context.subject);
    let stages = context.subject.stages.iter();
    stages
        .map(|stage| {
            let marks =
                context.subject.marks.get(stage.marks.clone()).unwrap_or_default();
            let (band, score) = match &stage.standing {
                Standing::Scored { band, text, .. } => (band.id(), text.clone()),
                Standing::Absent(why) => ("none", why.clone()),
            };
            let mut actions: Vec<&str> =
                marks.iter().filter_map(|mark| mark.action.as_deref()).collect();
            actions.dedup();
            let actions = actions.join(&context.subject.words.list);
            StageView {
                number: stage.number,
                name: stage.name.clone(),
                band,
                glyph: Value::from_safe_string(
                    stage.standing.symbol().map(symbol).unwrap_or_default(),
                ),
                score,
                actions: (!actions.is_empty()).then_some(actions),
                marks: marks.iter().map(|mark| mark_view(context, mark, axis)).collect(),
            }
        })
        .collect()
}

fn mark_view(context: &Context<'_>, mark: &Mark, axis: DotAxis) -> MarkView {
    MarkView {
        code: mark.code.clone(),
        name: mark.name.clone(),
        icon: icon(mark),
        flags: mark.flags.iter().map(|flag| flag_key(context, *flag)).collect(),
        score: subject::with_base(context, &mark.standing),
        plot: axis.plot(&mark.standing, mark.own_target),
    }
}

/// The icon of the channel as SVG; empty when it has none.
pub(super) fn icon(mark: &Mark) -> Value {
    let icon = mark.channel.map(|channel| symbol(Symbol::Channel(channel)));
    Value::from_safe_string(icon.unwrap_or_default())
}

fn table(context: &Context<'_>) -> Table {
    let locale = &context.locale;
    let words = |key: &str| Head::words(locale.word(key));
    let numbers = |key: &str| Head::numbers(locale.word(key));
    Table {
        caption: locale.word("map.name"),
        head: vec![
            words("col.touchpoint"),
            words("col.stage"),
            words("col.channel"),
            numbers("col.reached"),
            numbers("col.n"),
            numbers("col.score"),
            numbers("col.ci"),
            words("col.change"),
            words("col.flags"),
            words("col.owner"),
        ],
        rows: (0..context.subject.marks.len())
            .filter_map(|at| row(context, at))
            .collect(),
    }
}

/// Every number that a layer draws.
fn layer_table(context: &Context<'_>, layers: &[NamedLayer]) -> Table {
    let names = layers.iter().map(|it| Head::words(it.name.clone()));
    let rows = (0..context.subject.marks.len()).map(|at| {
        let cells = layers.iter().filter_map(|it| it.cells.get(at).cloned());
        std::iter::once(context.named(at)).chain(cells).collect()
    });
    Table {
        caption: context.locale.word("map.layers"),
        head: std::iter::once(Head::words(context.locale.word("col.touchpoint")))
            .chain(names)
            .collect(),
        rows: rows.collect(),
    }
}

fn row(context: &Context<'_>, at: usize) -> Option<Vec<String>> {
    let mark = context.subject.marks.get(at)?;
    let touchpoint = context.journey.touchpoints.get(at)?;
    let result = context.result(at);
    let score = result.map(|it| &it.score);
    let none = || "–".to_owned();
    let standing = subject::standing(context, score, 1);
    // What else is known of a withheld score is withheld with it.
    let shown = score.filter(|_| standing.points().is_some());
    let flags: Vec<String> =
        mark.flags.iter().map(|flag| legend::flag(context, *flag)).collect();
    let change = result.and_then(|it| it.change.as_ref());
    Some(vec![
        context.named(at),
        context
            .subject
            .stages
            .get(mark.stage)
            .map_or_else(none, |stage| stage.name.clone()),
        touchpoint.channel.as_ref().map_or_else(none, |it| context.text(it).to_owned()),
        mark.reach.as_ref().map_or_else(none, |(_, text)| text.clone()),
        shown.and_then(|it| it.n).map_or_else(none, number::count),
        subject::with_base(context, &standing),
        shown.and_then(|it| it.points_ci).map_or_else(none, number::interval),
        change.map_or_else(none, |it| change::sentence(context, it)),
        if flags.is_empty() {
            none()
        } else {
            flags.join(&context.locale.word("list.flags"))
        },
        mark.owner.clone().unwrap_or_else(none),
    ])
}
