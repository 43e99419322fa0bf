//! A score from wave to wave, small: band, line, first and last value. The line breaks where
//! a value is missing and where the question became another one.

use std::fmt::Write as _;

use super::scene::{Anchor, Form, Item, Label, Placed, Rect, Scene, shape};
use super::style::{CODE, HALO, TICK};
use super::subject::Standing;

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

/// What the picture shows.
#[derive(Clone, Debug)]
pub struct WaveLine {
    /// Waves in order.
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

/// A wave.
#[derive(Clone, Debug)]
pub struct WavePoint {
    /// Its name.
    pub wave: String,
    /// The question asked in it: points of other versions are not joined.
    pub version: u64,
    /// The score.
    pub standing: Standing,
}

/// A score that is shown, and its place.
struct Spot<'a> {
    x: f64,
    version: u64,
    at: usize,
    points: f64,
    ci: Option<[f64; 2]>,
    text: &'a str,
    standing: &'a Standing,
}

/// The picture of `line`.
#[must_use]
pub fn wave_line(line: &WaveLine) -> Scene {
    let spots = spots(line);
    let runs: Vec<&[Spot<'_>]> =
        spots.chunk_by(|a, b| a.version == b.version && a.at + 1 == b.at).collect();
    let mut items = background(line);
    items.extend(runs.iter().filter_map(|run| uncertainty(line, run)));
    items.extend(whiskers(line, &runs));
    items.push(target(line));
    for run in &runs {
        if run.len() > 1 {
            let points = run.iter().map(|spot| (spot.x, y(line, spot.points)));
            items.push(shape("curve", Form::Path(path(points))));
        }
    }
    items.extend(marks(line, &spots));
    let mut labels = values(line, &spots);
    labels.extend(target_name(line, &labels, &spots));
    items.extend(labels.into_iter().map(Item::from));
    items.extend(waves(line).into_iter().map(Item::from));
    Scene {
        origin: (0.0, 0.0),
        width: WIDTH,
        height: TOP + AXIS + BELOW,
        title: line.title.clone(),
        description: line.description.clone(),
        items,
    }
}

fn y(line: &WaveLine, points: f64) -> f64 {
    let [low, high] = line.range;
    TOP + AXIS * (high - points) / (high - low)
}

/// The middle of the place of wave `at`.
fn x(line: &WaveLine, at: usize) -> f64 {
    let (first, last) = (LEFT + 12.0, WIDTH - RIGHT);
    let steps = line.points.len().saturating_sub(1);
    if steps == 0 {
        return f64::midpoint(first, last);
    }
    #[expect(clippy::cast_precision_loss, reason = "a survey has few waves")]
    let part = at as f64 / steps as f64;
    first + (last - first) * part
}

fn spots(line: &WaveLine) -> Vec<Spot<'_>> {
    let shown = line.points.iter().enumerate();
    shown
        .filter_map(|(at, point)| match &point.standing {
            Standing::Scored { points, ci, text, .. } => Some(Spot {
                x: x(line, at),
                version: point.version,
                at,
                points: *points,
                ci: *ci,
                text,
                standing: &point.standing,
            }),
            Standing::Absent(_) => None,
        })
        .collect()
}

fn background(line: &WaveLine) -> Vec<Item> {
    let [low, high] = line.range;
    let every = if high - low > 40.0 { 20.0 } else { 10.0 };
    let mut items = Vec::new();
    let mut tick = (low / every).ceil() * every;
    while tick <= high {
        let y = y(line, tick);
        items.push(shape("grid", Form::Line((LEFT, y), (WIDTH - RIGHT + 8.0, y))));
        let label = Label::new((LEFT - 6.0, y + 4.0), TICK, format!("{tick}"));
        items.push(label.anchored(Anchor::End).into());
        tick += every;
    }
    items
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut d = String::new();
    for (x, y) in points {
        d.push(if d.is_empty() { 'M' } else { 'L' });
        let _ = write!(d, "{x:.1} {y:.1}");
    }
    d
}

/// The band of a run; `None` for a point alone and without intervals.
fn uncertainty(line: &WaveLine, run: &[Spot<'_>]) -> Option<Item> {
    let bounds: Option<Vec<(f64, [f64; 2])>> =
        run.iter().map(|spot| Some((spot.x, spot.ci?))).collect();
    let bounds = bounds.filter(|it| it.len() > 1)?;
    let high = bounds.iter().map(|(x, [_, high])| (*x, y(line, *high)));
    let low = bounds.iter().rev().map(|(x, [low, _])| (*x, y(line, *low)));
    Some(shape("band", Form::Path(path(high.chain(low)) + "Z")))
}

/// Intervals of points that no band shows.
fn whiskers(line: &WaveLine, runs: &[&[Spot<'_>]]) -> Vec<Item> {
    let bare = runs.iter().filter(|run| uncertainty(line, run).is_none());
    let spots = bare.flat_map(|run| run.iter());
    let whisker = |spot: &Spot<'_>| {
        let [low, high] = spot.ci?;
        let ends = ((spot.x, y(line, low)), (spot.x, y(line, high)));
        Some(shape("ci", Form::Line(ends.0, ends.1)))
    };
    spots.filter_map(whisker).collect()
}

fn target(line: &WaveLine) -> Item {
    let y = y(line, line.target.0);
    shape("tgt", Form::Line((LEFT, y), (WIDTH - RIGHT + 8.0, y)))
}

/// Small rings, and the glyph of its band for the last score.
fn marks(line: &WaveLine, spots: &[Spot<'_>]) -> Vec<Item> {
    let last = spots.len().saturating_sub(1);
    let mark = |(at, spot): (usize, &Spot<'_>)| {
        let place = (spot.x, y(line, spot.points));
        match spot.standing.symbol() {
            Some(symbol) if at == last => Placed::new(symbol, place).into(),
            _ => shape("wp", Form::Circle(place, 3.0)),
        }
    };
    spots.iter().enumerate().map(mark).collect()
}

/// The first value below or above its point, the last one beside it.
fn values(line: &WaveLine, spots: &[Spot<'_>]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let Some(last) = spots.last() else { return labels };
    let at = (last.x + 10.0, y(line, last.points) + 4.5);
    labels.push(Label::new(at, CODE, last.text));
    if let [first, _, ..] = spots {
        let here = y(line, first.points);
        let [low, high] = first.ci.unwrap_or([first.points; 2]);
        let aim = y(line, line.target.0);
        let below = y(line, low).max(here + 4.0) + 14.0;
        let above = y(line, high).min(here - 4.0) - 5.0;
        // The dashed line must not run through the number.
        let free = aim < below - 11.0 || aim > below + 3.0;
        let fits = below <= TOP + AXIS + 14.0 && (free || above < TOP);
        let at = (first.x, if fits { below } else { above.max(TOP - 2.0) });
        labels.push(Label::new(at, HALO, first.text).anchored(Anchor::Middle));
    }
    labels
}

/// The name of the dashed line, where it covers nothing; else the key has to do.
fn target_name(line: &WaveLine, others: &[Label], spots: &[Spot<'_>]) -> Option<Label> {
    let at = y(line, line.target.0);
    let taken = |rect: Rect| {
        others.iter().any(|other| other.rect().grown(1.0).overlaps(&rect))
            || spots.iter().any(|spot| {
                let [low, high] = spot.ci.unwrap_or([spot.points; 2]);
                let (top, bottom) = (y(line, high), y(line, low));
                let around =
                    Rect::new(spot.x - 22.0, top - 5.0, 44.0, bottom - top + 10.0);
                around.overlaps(&rect)
            })
    };
    let middle = f64::midpoint(LEFT, WIDTH - RIGHT + 8.0);
    [-5.0, 13.0]
        .into_iter()
        .flat_map(|dy| [(LEFT + 4.0, dy, Anchor::Start), (middle, dy, Anchor::Middle)])
        .map(|(x, dy, anchor)| {
            Label::new((x, at + dy), HALO, line.target.1.as_str()).anchored(anchor)
        })
        .find(|label| {
            let rect = label.rect();
            !taken(rect)
                && rect.y >= 0.0
                && rect.right() <= WIDTH - RIGHT + 8.0
                && rect.bottom() <= TOP + AXIS + 4.0
        })
}

/// First and last wave, and those between that have room.
fn waves(line: &WaveLine) -> Vec<Label> {
    let name = |at: usize| {
        let point = line.points.get(at)?;
        let place = (x(line, at), TOP + AXIS + 31.0);
        let short = super::text::wrap(
            &point.wave,
            super::text::Measure {
                size: TICK.size,
                weight: TICK.weight,
                width: 60.0,
                indent: 0.0,
                lines: 1,
            },
        );
        let text = short.lines.first().cloned().unwrap_or_default();
        let whole = (text != point.wave).then(|| point.wave.clone());
        let label = Label::new(place, TICK, text).anchored(Anchor::Middle);
        Some(Label { whole, ..label })
    };
    let last = line.points.len().saturating_sub(1);
    let mut shown: Vec<Label> = [0, last].into_iter().filter_map(name).collect();
    shown.dedup_by(|one, other| one.at == other.at);
    for label in (1..last).filter_map(name) {
        let rect = label.rect().grown(4.0);
        if shown.iter().all(|it| !it.rect().overlaps(&rect)) {
            shown.push(label);
        }
    }
    // A long name at an end stays within the picture.
    for label in &mut shown {
        let rect = label.rect();
        label.at.0 += (1.0 - rect.x).max(0.0) - (rect.right() - WIDTH + 1.0).max(0.0);
    }
    shown
}
