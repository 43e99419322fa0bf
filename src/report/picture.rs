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

/// Width of the pictures of a page, in pixels.
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
    let scene = drawn(&context, view, options.width);
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
    let context = Context::new(journey, analysis, &options.language);
    drawn(&context, view, options.width)
}

fn drawn(context: &Context<'_>, view: View, width: f64) -> Scene {
    match view {
        View::Map => map_scene(context, width),
        View::Graph => graph_scene(context, width),
        View::JourneyLine => line_scene(context, width),
    }
}

/// Where the nodes and transitions of the touchpoint graph go.
#[must_use]
pub fn graph_layout(
    journey: &Journey,
    analysis: &Analysis,
    options: &ReportOptions,
) -> graph::Layout {
    let context = Context::new(journey, analysis, &options.language);
    graph::layout(&context.subject, options.width)
}

/// The experience map.
pub(super) fn map_scene(context: &Context<'_>, width: f64) -> Scene {
    let words = title::map(context);
    map::map(&context.subject, width, &words, &context.locale.word("map.description"))
}

/// The touchpoint graph.
pub(super) fn graph_scene(context: &Context<'_>, width: f64) -> Scene {
    let words = title::flow(context);
    graph::graph(
        &context.subject,
        width,
        &words,
        &context.locale.word("flow.description"),
    )
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
