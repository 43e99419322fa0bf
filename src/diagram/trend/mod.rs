//! Wave by wave: small multiples on one scale, the largest changes, the spark of the summary
//! and the line of a card.

mod beside;
mod line;
mod movers;
mod panel;
mod scale;
mod spark;
mod wave_line;

pub use beside::Beside;
pub use movers::{Mover, Movers, movers};
pub use panel::{Panel, Shift, Way, panels};
pub use spark::spark;
pub use wave_line::{WaveLine, wave_line};

use panel::Frame;

use super::lines::{Space, block};
use super::scene::{Anchor, Item, Scene};
use super::style::PANEL;
use super::subject::Standing;

/// Scores over waves.
#[derive(Clone, Debug, Default)]
pub struct Trend {
    /// Names of the waves, in order.
    pub waves: Vec<String>,
    /// What is shown of them: overall satisfaction first, then touchpoints.
    pub panels: Vec<Panel>,
    /// The largest changes against the wave compared with.
    pub movers: Movers,
}

/// A score in a wave.
#[derive(Clone, Debug, PartialEq)]
pub struct WavePoint {
    /// The score, or why there is none.
    pub standing: Standing,
    /// Version of the question: a line breaks where it changes.
    pub version: u64,
}

/// Space between panels.
const GAP: f64 = 22.0;
/// Least width of a panel.
const LEAST: f64 = 226.0;

/// The whole picture: panels in rows, the largest changes under them.
#[must_use]
pub fn trend(trend: &Trend, width: f64, title: &str, description: &str) -> Scene {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
    let columns = (((width + GAP) / (LEAST + GAP)).floor() as usize).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns")]
    let wide = ((width + GAP) / columns as f64 - GAP).floor();
    let frame = Frame::new(trend, wide);
    let mut items: Vec<Item> = Vec::new();
    let mut bottom: f64 = 0.0;
    for (at, panel) in trend.panels.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a handful of panels")]
        let (column, row) = ((at % columns) as f64, (at / columns) as f64);
        let corner = (column * (wide + GAP), row * (frame.height() + GAP));
        bottom = bottom.max(corner.1 + frame.height());
        items.extend(frame.panel(panel, corner));
    }
    if !trend.movers.is_empty() {
        let space =
            Space { at: (0.0, bottom + 24.0), anchor: Anchor::Start, width, lines: 2 };
        let head = block(&trend.movers.title, PANEL, space);
        let y = bottom + 24.0 + head.height + 12.0;
        items.extend(head.items);
        let (changes, height) = movers::at(&trend.movers, width, y);
        items.extend(changes);
        bottom = y + height;
    }
    Scene {
        origin: (0.0, 0.0),
        width,
        height: bottom.ceil(),
        title: title.to_owned(),
        description: description.to_owned(),
        items,
    }
}
