//! Single pictures.

use crate::diagram::graph::{Arrangement, Engine};
use crate::diagram::map::Lanes;
use crate::diagram::{
    Band, Flag, Frame, Ground, Key, Scene, Symbol, drivers, framed, graph, heatmap,
    journey_line, map, standalone, trend,
};
use crate::model::{Analysis, Journey};

use super::context::Context;
use super::options::{ReportOptions, Theme};
use super::wording::{self as words, legend, title};
use super::{heat, layer, plane, stage_map, subject, waves};

/// A picture that can be drawn alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The experience map.
    Map,
    /// The touchpoint graph.
    Graph,
    /// Importance against score.
    Drivers,
    /// One point per stage.
    JourneyLine,
    /// Scores over waves, and the largest changes.
    Trend,
    /// Scores by group of customers.
    Heatmap,
}

/// Width of the pictures of a page, in pixels.
pub(super) const WIDTH: f64 = 1240.0;

/// The graph of a page.
pub(super) const PAGE: Arrangement = Arrangement { width: WIDTH, engine: Engine::Stages };

/// Greatest width of the importance–performance plane: a wider one only spreads its points.
const PLANE: f64 = 960.0;

/// `view` as an SVG file of its own.
#[must_use]
pub fn draw(
    view: View,
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> String {
    let analysis = analysis.as_shown();
    let context = Context::new(journey, &analysis, &options.language);
    let ground = match options.theme {
        Theme::Dark => Ground::Dark,
        Theme::Light | Theme::Auto => Ground::Light,
    };
    let scene = drawn(&context, view, options);
    let scene = framed(scene, &frame(&context, view));
    standalone(&scene, ground, context.locale.script())
}

/// `view` as a scene, before it is written: what tests of layouts look at.
#[must_use]
pub fn scene(
    view: View,
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> Scene {
    let analysis = analysis.as_shown();
    let context = Context::new(journey, &analysis, &options.language);
    drawn(&context, view, options)
}

fn arrangement(options: &ReportOptions) -> Arrangement {
    Arrangement { width: options.width, engine: options.engine }
}

fn drawn(context: &Context<'_>, view: View, options: &ReportOptions) -> Scene {
    let width = options.width;
    match view {
        View::Map if context.subject.is_large() => strip_scene(context, width),
        View::Map => map_scene(context, &[], width),
        View::Graph => graph_scene(context, arrangement(options)),
        View::Drivers => drivers_scene(context, width),
        View::JourneyLine => line_scene(context, width),
        View::Trend => trend_scene(context, width),
        View::Heatmap => heat_scene(context, width),
    }
}

/// The experience map as a page shows it: with a layer for each segment that stands out and
/// for each earlier wave, of which a reader chooses one.
#[must_use]
pub fn layered_map(
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> Scene {
    let analysis = analysis.as_shown();
    let context = Context::new(journey, &analysis, &options.language);
    let layers: Vec<map::Layer> =
        layer::layers(&context).into_iter().map(|it| it.layer).collect();
    map_scene(&context, &layers, options.width)
}

/// Where the nodes and transitions of the touchpoint graph go.
#[must_use]
pub fn graph_layout(
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> graph::Layout {
    let analysis = analysis.as_shown();
    let context = Context::new(journey, &analysis, &options.language);
    graph::layout(&context.subject, arrangement(options))
}

/// The experience map, with `layers` to choose from.
pub(super) fn map_scene(
    context: &Context<'_>,
    layers: &[map::Layer],
    width: f64,
) -> Scene {
    let (title, description) =
        (title::map(context), context.locale.word("map.description"));
    let told = map::Told { title: &title, description: &description };
    map::map(&context.subject, layers, width, told)
}

/// The map in two, for pages that are too low for all lanes.
pub(super) fn map_slides(context: &Context<'_>) -> [Scene; 2] {
    let (title, description) =
        (title::map(context), context.locale.word("map.description"));
    let told = map::Told { title: &title, description: &description };
    [Lanes::Scores, Lanes::Around]
        .map(|part| map::lanes(&context.subject, part, WIDTH, told))
}

/// The map of a large journey: the touchpoints of each stage as a swarm.
pub(super) fn strip_scene(context: &Context<'_>, width: f64) -> Scene {
    let (title, description) =
        (title::map(context), context.locale.word("map.strip.description"));
    let told = map::Told { title: &title, description: &description };
    map::strip(&context.subject, &stage_map::notes(context), width, told)
}

/// The touchpoint graph.
pub(super) fn graph_scene(context: &Context<'_>, arrangement: Arrangement) -> Scene {
    let words = title::flow(context);
    graph::graph(
        &context.subject,
        arrangement,
        &words,
        &context.locale.word("flow.description"),
    )
}

/// The graph of a large journey: stages in place of touchpoints.
pub(super) fn stage_graph(context: &Context<'_>) -> Scene {
    let (title, description) =
        (title::flow(context), context.locale.word("flow.description.stages"));
    graph::graph(&subject::by_stage(context), PAGE, &title, &description)
}

/// The importance–performance plane; without importance, the words that there is none.
fn drivers_scene(context: &Context<'_>, width: f64) -> Scene {
    let title = plane::title(context);
    let words = context.locale.word("priorities.description");
    let empty = || drivers::Drivers {
        points: Vec::new(),
        target: context.target(),
        fair: 0.0,
        shared: None,
        words: drivers::DriverWords::default(),
    };
    let plane = plane::plane(context).unwrap_or_else(empty);
    drivers::drivers(&plane, drivers::Size::Wide(width.min(PLANE)), &title, &words)
}

/// The stage line.
pub(super) fn line_scene(context: &Context<'_>, width: f64) -> Scene {
    let words = context.locale.word("line.title");
    journey_line::journey_line(
        &context.subject,
        width,
        &words,
        &title::line_numbers(context),
    )
}

/// Scores over waves; empty when there is one wave only.
fn trend_scene(context: &Context<'_>, width: f64) -> Scene {
    let words = view_title(context, View::Trend);
    let shown = waves::trend(context).unwrap_or_default();
    trend::trend(&shown, width, &words, &context.locale.word("trend.description"))
}

/// Scores by group; empty when the survey has no segments.
fn heat_scene(context: &Context<'_>, width: f64) -> Scene {
    let words = view_title(context, View::Heatmap);
    let shown = heat::heat(context).map(|it| it.heat).unwrap_or_default();
    let description = context.locale.word("segments.description");
    heatmap::heatmap(&shown, width, &words, &description)
}

/// The finding; where there is nothing to draw, why.
fn view_title(context: &Context<'_>, view: View) -> String {
    match view {
        View::Map => title::map(context),
        View::Graph => title::flow(context),
        View::Drivers => plane::title(context),
        View::JourneyLine => context.locale.word("line.title"),
        View::Trend if waves::waves(context).len() < 2 => {
            context.locale.word("left_out.trend")
        }
        View::Trend => words::trend::title(context),
        View::Heatmap if context.analysis.segments.is_empty() => {
            context.locale.word("left_out.segments")
        }
        View::Heatmap => words::segment::title(context),
    }
}

fn frame(context: &Context<'_>, view: View) -> Frame {
    let bands = Band::ALL.iter().rev().map(|band| Key {
        symbol: Symbol::Band(*band),
        text: legend::band(context, *band),
    });
    let flags =
        Flag::ALL.iter().filter(|flag| legend::carried(context, **flag)).map(|flag| {
            Key { symbol: Symbol::Flag(*flag), text: legend::flag(context, *flag) }
        });
    let flags: Vec<Key> = match view {
        View::Drivers => flags
            .chain([Key {
                symbol: Symbol::Open(Band::Watch),
                text: context.locale.word("priorities.open"),
            }])
            .collect(),
        View::Map | View::Graph | View::JourneyLine => flags.collect(),
        View::Trend | View::Heatmap => Vec::new(),
    };
    let title = view_title(context, view);
    Frame { title, key: bands.chain(flags).collect(), note: title::source(context) }
}
