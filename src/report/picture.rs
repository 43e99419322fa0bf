//! Single pictures.

use crate::diagram::{
    Band, Flag, Frame, Ground, Key, Scene, Symbol, framed, graph, journey_line, map,
    standalone,
};
use crate::model::{Analysis, Journey};

use super::context::Context;
use super::options::{ReportOptions, Theme};
use super::wording::{legend, title};

/// A picture that can be drawn alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The experience map.
    Map,
    /// The touchpoint graph.
    Graph,
    /// One point per stage.
    JourneyLine,
}

/// Width of pictures, in pixels.
pub(super) const WIDTH: f64 = 1240.0;

/// `view` as an SVG file of its own.
#[must_use]
pub fn draw(
    view: View,
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> String {
    let context = Context::new(journey, analysis, &options.language);
    let ground = match options.theme {
        Theme::Dark => Ground::Dark,
        Theme::Light | Theme::Auto => Ground::Light,
    };
    let scene = match view {
        View::Map => map_scene(&context),
        View::Graph => graph_scene(&context),
        // A journey without stage scores has no line; its map then says so.
        View::JourneyLine => line_scene(&context).unwrap_or_else(|| map_scene(&context)),
    };
    let scene = framed(scene, &frame(&context, view));
    standalone(&scene, ground, context.locale.script())
}

/// `view` as a scene, before it is written: what tests of layouts look at. `None` when there
/// is nothing to draw.
#[must_use]
pub fn scene(
    view: View,
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> Option<Scene> {
    let context = Context::new(journey, analysis, &options.language);
    match view {
        View::Map => Some(map_scene(&context)),
        View::Graph => Some(graph_scene(&context)),
        View::JourneyLine => line_scene(&context),
    }
}

/// Where the nodes and transitions of the touchpoint graph go, in tiers of `width` pixels.
#[must_use]
pub fn graph_layout(
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
    width: f64,
) -> graph::Layout {
    let context = Context::new(journey, analysis, &options.language);
    graph::layout(&context.subject, width)
}

/// The experience map.
pub(super) fn map_scene(context: &Context<'_>) -> Scene {
    let words = title::map(context);
    map::map(&context.subject, WIDTH, &words, &context.locale.word("map.description"))
}

/// The touchpoint graph.
pub(super) fn graph_scene(context: &Context<'_>) -> Scene {
    let words = title::flow(context);
    graph::graph(
        &context.subject,
        WIDTH,
        &words,
        &context.locale.word("flow.description"),
    )
}

/// The stage line; `None` when no stage has a score.
pub(super) fn line_scene(context: &Context<'_>) -> Option<Scene> {
    let words = context.locale.word("line.title");
    journey_line::journey_line(
        &context.subject,
        WIDTH,
        &words,
        &title::line_numbers(context),
    )
}

fn frame(context: &Context<'_>, view: View) -> Frame {
    let title = match view {
        View::Map => title::map(context),
        View::Graph => title::flow(context),
        View::JourneyLine => context.locale.word("line.title"),
    };
    let bands = Band::ALL.iter().rev().map(|band| Key {
        symbol: Symbol::Band(*band),
        text: legend::band(context, *band),
    });
    let flags =
        Flag::ALL.iter().filter(|flag| legend::carried(context, **flag)).map(|flag| {
            Key { symbol: Symbol::Flag(*flag), text: legend::flag(context, *flag) }
        });
    Frame { title, key: bands.chain(flags).collect(), note: title::source(context) }
}
