//! Lines of text at a place.

use super::scene::{Anchor, Item, Label};
use super::style::TextStyle;
use super::text::{Measure, wrap};

/// A text set in lines.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The lines, from top to bottom.
    pub(super) items: Vec<Item>,
    /// Height of all lines.
    pub(super) height: f64,
}

/// Where a text may stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space {
    /// Anchor of the lines, and upper edge of the first.
    pub(super) at: (f64, f64),
    /// How lines hang on the anchor.
    pub(super) anchor: Anchor,
    /// Width of a line.
    pub(super) width: f64,
    /// Lines there may be.
    pub(super) lines: usize,
}

/// `text` in lines within `space`.
pub(super) fn block(text: &str, style: TextStyle, space: Space) -> Block {
    let wrapped = wrap(
        text,
        Measure {
            size: style.size,
            weight: style.weight,
            width: space.width,
            indent: 0.0,
            lines: space.lines,
        },
    );
    let mut baseline = space.at.1 + 0.86 * style.size;
    let mut items = Vec::new();
    let count = wrapped.lines.len();
    for line in wrapped.lines {
        let mut label =
            Label::new((space.at.0, baseline), style, line).anchored(space.anchor);
        label.whole = wrapped.cut.then(|| text.to_owned());
        items.push(label.into());
        baseline += style.line_height();
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    Block { items, height: count as f64 * style.line_height() }
}
