//! How texts of a picture are set; the style sheet takes its sizes from here, so that what
//! is measured is what is drawn.

use std::fmt::Write as _;

use super::text::Weight;

/// Class, size and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Class in the style sheet.
    pub class: &'static str,
    /// Font size in pixels.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Colour, as a token of the palette.
    pub colour: &'static str,
    /// Distance of baselines, as a multiple of the size.
    pub leading: f64,
}

const fn style(
    class: &'static str,
    size: f64,
    weight: Weight,
    colour: &'static str,
) -> TextStyle {
    TextStyle { class, size, weight, colour, leading: 1.22 }
}

/// Numbers on an axis, shares, quiet words.
pub(super) const TICK: TextStyle = style("tk", 11.5, Weight::Regular, "ink3");
/// Running text of a lane.
pub(super) const BODY: TextStyle = style("tx", 11.5, Weight::Regular, "ink");
/// Running text of a lane, second rank.
pub(super) const QUIET: TextStyle = style("tx2", 11.5, Weight::Regular, "ink2");
/// Names of lanes.
pub(super) const LANE: TextStyle = style("lb", 12.0, Weight::Bold, "ink2");
/// Codes of touchpoints, owners.
pub(super) const CODE: TextStyle = style("cd", 11.5, Weight::Bold, "ink");
/// Names of stages on the dark chevron.
pub(super) const HEAD: TextStyle = style("hd", 12.5, Weight::Bold, "on-head");
/// Scores of stages on the dark chevron.
pub(super) const HEAD_SCORE: TextStyle = style("hs", 13.0, Weight::Bold, "on-head");
/// Words on the dark chevron where there is no score.
pub(super) const HEAD_NOTE: TextStyle = style("hr", 11.5, Weight::Regular, "on-head2");
/// Scores at a point of a curve, with a halo.
pub(super) const VALUE: TextStyle = style("vl", 13.5, Weight::Bold, "ink");
/// Scores in a node of the graph.
pub(super) const NODE_VALUE: TextStyle = style("nv", 14.0, Weight::Bold, "ink");
/// Names in a node of the graph.
pub(super) const NODE_NAME: TextStyle = style("nt", 11.0, Weight::Regular, "ink");
/// Names of stages above their nodes, and below the journey line.
pub(super) const STAGE: TextStyle = style("st", 12.5, Weight::Bold, "ink2");
/// Words and shares on a transition.
pub(super) const EDGE: TextStyle = style("el", 11.0, Weight::Regular, "ink2");
/// Words and shares on a way back.
pub(super) const LOOP: TextStyle = style("lo", 11.0, Weight::Bold, "weak-x");
/// Names of small panels.
pub(super) const PANEL: TextStyle = style("pn", 13.0, Weight::Bold, "ink");
/// The title of a picture that stands alone.
pub(super) const TITLE: TextStyle = style("ti", 20.0, Weight::Bold, "ink");
/// The note under a picture that stands alone.
pub(super) const NOTE: TextStyle = style("no", 12.0, Weight::Regular, "ink2");

/// The quarter of the plane that comes first.
pub(super) const FIRST: TextStyle = style("qf", 12.5, Weight::Bold, "weak-x");
/// The other quarters of the plane.
pub(super) const QUARTER: TextStyle = style("qn", 12.5, Weight::Bold, "ink2");
/// What a line stands for, on its axis.
pub(super) const AXIS: TextStyle = style("qa", 11.5, Weight::Bold, "ink2");

const ALL: [TextStyle; 21] = [
    TICK, BODY, QUIET, LANE, CODE, HEAD, HEAD_SCORE, HEAD_NOTE, VALUE, NODE_VALUE,
    NODE_NAME, STAGE, EDGE, LOOP, PANEL, TITLE, NOTE, HALO, FIRST, QUARTER, AXIS,
];

/// A tick label over a curve, with a halo.
pub(super) const HALO: TextStyle = style("hl", 11.0, Weight::Regular, "ink2");

impl TextStyle {
    /// Distance of baselines in pixels.
    #[must_use]
    pub fn line_height(&self) -> f64 {
        self.size * self.leading
    }
}

/// The rules for texts, colours as variables.
#[must_use]
pub fn text_rules() -> String {
    let mut css = String::new();
    for style in ALL {
        let weight = match style.weight {
            Weight::Regular => 400,
            Weight::Bold => 700,
        };
        let _ = write!(
            css,
            ".ch .{}{{font-size:{}px;font-weight:{weight};fill:var(--{})}}",
            style.class, style.size, style.colour
        );
    }
    css
}

/// The rules for shapes and symbols, colours as variables.
pub const SHAPE_RULES: &str = include_str!("../../templates/style/chart.css");
