//! A score from wave to wave, small: band, line, first and last value.

use super::WavePoint;
use super::line::line;
use super::panel::{Row, places};
use super::scale::Scale;
use crate::diagram::scene::{Anchor, Form, Item, Label, Placed, Rect, Scene, shape};
use crate::diagram::style::{CODE, HALO, TICK};
use crate::diagram::subject::Standing;

/// Width of the picture.
const WIDTH: f64 = 240.0;
/// Room for the numbers of the axis.
const LEFT: f64 = 26.0;
/// Room for the last value.
const RIGHT: f64 = 54.0;
/// Upper edge of the axis.
const TOP: f64 = 14.0;
/// Height of the axis.
const AXIS: f64 = 108.0;
/// Room below the axis: a value, then the names of waves.
const BELOW: f64 = 36.0;
/// Right end of the axis.
const END: f64 = WIDTH - RIGHT + 8.0;

/// What the picture shows.
#[derive(Clone, Debug)]
pub struct WaveLine {
    /// Names of the waves, in order.
    pub waves: Vec<String>,
    /// The score in each of them.
    pub points: Vec<WavePoint>,
    /// Lower and upper end of the axis in points; pictures beside one another share it.
    pub range: [f64; 2],
    /// Points to be reached, and how that is said.
    pub target: (f64, String),
    /// What it shows, in a sentence.
    pub title: String,
    /// The numbers, for those who cannot see it.
    pub description: String,
}

/// A score that is shown, and its place.
struct Spot<'a> {
    x: f64,
    y: f64,
    /// Ends of its interval, the upper one first; its own place without one.
    ci: [f64; 2],
    text: &'a str,
    standing: &'a Standing,
}

/// The picture of `it`.
#[must_use]
pub fn wave_line(it: &WaveLine) -> Scene {
    let scale = Scale::between(it.range, TOP, AXIS);
    let xs = places(it.points.len(), LEFT + 12.0, WIDTH - RIGHT);
    let spots = spots(it, &xs, scale);
    let aim = scale.y(it.target.0);
    let mut items = background(scale);
    items.push(shape("tgt", Form::Line((LEFT, aim), (END, aim))));
    items.extend(line(&it.points, &xs, scale));
    items.extend(marks(&spots));
    let mut labels = values(&spots, aim);
    labels.extend(target_name(&it.target.1, aim, (&labels, &spots)));
    items.extend(labels.into_iter().map(Item::from));
    let row = Row { left: 0.0, width: WIDTH, baseline: TOP + AXIS + 31.0 };
    items.extend(row.wave_names(&it.waves, &xs));
    Scene {
        origin: (0.0, 0.0),
        width: WIDTH,
        height: TOP + AXIS + BELOW,
        title: it.title.clone(),
        description: it.description.clone(),
        items,
    }
}

fn spots<'a>(it: &'a WaveLine, xs: &[f64], scale: Scale) -> Vec<Spot<'a>> {
    let shown = it.points.iter().zip(xs);
    shown
        .filter_map(|(point, x)| match &point.standing {
            Standing::Scored { points, ci, text, .. } => {
                let [low, high] = ci.unwrap_or([*points; 2]);
                Some(Spot {
                    x: *x,
                    y: scale.y(*points),
                    ci: [scale.y(high), scale.y(low)],
                    text,
                    standing: &point.standing,
                })
            }
            Standing::Absent(_) => None,
        })
        .collect()
}

fn background(scale: Scale) -> Vec<Item> {
    let tick = |tick: f64| {
        let y = scale.y(tick);
        let label = Label::new((LEFT - 6.0, y + 4.0), TICK, format!("{tick}"));
        [
            shape("grid", Form::Line((LEFT, y), (END, y))),
            label.anchored(Anchor::End).into(),
        ]
    };
    scale.ticks().into_iter().flat_map(tick).collect()
}

/// Small rings, and the glyph of its band for the last score.
fn marks(spots: &[Spot<'_>]) -> Vec<Item> {
    let last = spots.len().saturating_sub(1);
    let mark = |(at, spot): (usize, &Spot<'_>)| {
        let place = (spot.x, spot.y);
        match spot.standing.symbol() {
            Some(symbol) if at == last => Placed::new(symbol, place).into(),
            _ => shape("wp", Form::Circle(place, 3.0)),
        }
    };
    spots.iter().enumerate().map(mark).collect()
}

/// The first value below or above its point, the last one beside it; `aim` is the height of
/// the target.
fn values(spots: &[Spot<'_>], aim: f64) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let Some(last) = spots.last() else { return labels };
    labels.push(Label::new((last.x + 10.0, last.y + 4.5), CODE, last.text));
    if let [first, _, ..] = spots {
        let [high, low] = first.ci;
        let below = low.max(first.y + 4.0) + 14.0;
        let above = high.min(first.y - 4.0) - 5.0;
        // The dashed line must not run through the number.
        let free = aim < below - 11.0 || aim > below + 3.0;
        let fits = below <= TOP + AXIS + 14.0 && (free || above < TOP);
        let at = (first.x, if fits { below } else { above.max(TOP - 2.0) });
        labels.push(Label::new(at, HALO, first.text).anchored(Anchor::Middle));
    }
    labels
}

/// The name of the dashed line at `aim`, where it covers nothing; else the key has to do.
fn target_name(
    name: &str,
    aim: f64,
    (others, spots): (&[Label], &[Spot<'_>]),
) -> Option<Label> {
    let taken = |rect: Rect| {
        others.iter().any(|other| other.rect().grown(1.0).overlaps(&rect))
            || spots.iter().any(|spot| {
                let [top, bottom] = spot.ci;
                let around =
                    Rect::new(spot.x - 22.0, top - 5.0, 44.0, bottom - top + 10.0);
                around.overlaps(&rect)
            })
    };
    [-5.0, 13.0]
        .into_iter()
        .flat_map(|dy| {
            let middle = f64::midpoint(LEFT, END);
            [(LEFT + 4.0, dy, Anchor::Start), (middle, dy, Anchor::Middle)]
        })
        .map(|(x, dy, anchor)| Label::new((x, aim + dy), HALO, name).anchored(anchor))
        .find(|label| {
            let rect = label.rect();
            !taken(rect)
                && rect.y >= 0.0
                && rect.right() <= END
                && rect.bottom() <= TOP + AXIS + 4.0
        })
}
