//! All waves of one score in the space of a stamp.

use super::WavePoint;
use super::line::{breaks, line};
use super::panel::{Row, places};
use super::scale::{Scale, values};
use crate::diagram::scene::{Anchor, Form, Item, Label, Placed, Scene, shape};
use crate::diagram::style::{HALO, TICK};
use crate::diagram::subject::Standing;

use super::Panel;

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 112.0;
/// Upper end of the scale.
const TOP: f64 = 10.0;
/// Length of the scale; values stand under their points, waves under both.
const SCALE: f64 = 66.0;
/// Room for the numbers of target and benchmark.
const RIGHT: f64 = 40.0;
/// Waves that there is room to print values of.
const FEW: usize = 6;

/// The spark of `panel`, whose last value stands beside it in large type.
///
/// `target` and `benchmark` are how these two are printed.
#[must_use]
pub fn spark(panel: &Panel, waves: &[String], target: &str, benchmark: &str) -> Scene {
    let all = panel.points.iter().flat_map(values);
    let all = all.chain(panel.target).chain(panel.benchmark);
    let scale = Scale::tight(all, TOP, SCALE);
    let xs = places(panel.points.len(), 14.0, WIDTH - RIGHT - 12.0);
    let mut items = references(panel, scale, [target, benchmark]);
    for x in breaks(&panel.points, &xs) {
        items.push(shape("brk", Form::Line((x, TOP), (x, TOP + SCALE))));
    }
    items.extend(line(&panel.points, &xs, scale));
    items.extend(dots(&panel.points, &xs, scale));
    let row = Row { left: 0.0, width: WIDTH - RIGHT + 8.0, baseline: HEIGHT - 3.0 };
    items.extend(row.wave_names(waves, &xs));
    Scene {
        origin: (0.0, 0.0),
        width: WIDTH,
        height: HEIGHT,
        title: panel.name.clone(),
        description: panel.description.clone(),
        items,
    }
}

/// Target and benchmark with their numbers; that of the benchmark only where it has room.
fn references(panel: &Panel, scale: Scale, texts: [&str; 2]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut taken: Option<f64> = None;
    let lines = [("tgt", panel.target), ("bml", panel.benchmark)];
    for ((class, points), text) in lines.into_iter().zip(texts) {
        let Some(points) = points else { continue };
        let y = scale.y(points);
        items.push(shape(class, Form::Line((4.0, y), (WIDTH - RIGHT, y))));
        if taken.is_none_or(|taken| (taken - y).abs() > 13.0) {
            items.push(Label::new((WIDTH - RIGHT + 6.0, y + 4.0), TICK, text).into());
            taken = Some(y);
        }
    }
    items
}

fn dots(points: &[WavePoint], xs: &[f64], scale: Scale) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let last = points.len().saturating_sub(1);
    for (at, (point, x)) in points.iter().zip(xs).enumerate() {
        let Standing::Scored { points: score, text, .. } = &point.standing else {
            continue;
        };
        let y = scale.y(*score);
        if at == last {
            items.extend(
                point.standing.symbol().map(|it| Placed::new(it, (*x, y)).into()),
            );
            continue;
        }
        items.push(shape("wp", Form::Circle((*x, y), 3.2)));
        if points.len() <= FEW || at == 0 {
            let label = Label::new((*x, y + 15.0), HALO, text.as_str());
            let anchor = if at == 0 { Anchor::Start } else { Anchor::Middle };
            let x = if at == 0 { x - 10.0 } else { *x };
            items.push(Label { at: (x, y + 15.0), ..label }.anchored(anchor).into());
        }
    }
    items
}
