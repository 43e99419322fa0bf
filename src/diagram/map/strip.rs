//! The map of a large journey: a swarm of touchpoints in every stage, and what stands out.

use super::columns::Columns;
use super::range::{Axis, Extent};
use super::satisfaction::background;
use super::stage_lane;
use super::swarm::{RADIUS, swarm};
use super::{NAMES, Told};
use crate::diagram::curve::Curve;
use crate::diagram::glyph::Symbol;
use crate::diagram::scene::{Form, Group, Item, Label, Link, Placed, Rect, Scene, shape};
use crate::diagram::style::{BODY, CODE, HEAD_NOTE, HEAD_SCORE, LANE, TICK};
use crate::diagram::subject::{Band, Mark, StageMark, Standing, Subject};
use crate::diagram::text::width;

/// Height of the axis.
const AXIS: f64 = 320.0;
/// Room above and below the axis.
const PAD: f64 = 24.0;
/// Height of the bar that counts bands.
const BAR: f64 = 14.0;
/// Distance of two flagged touchpoints.
const ROW: f64 = 24.0;
/// Flagged touchpoints that a stage names.
const NAMED: usize = 3;

/// What is said of a stage, in the language of the reader.
#[derive(Clone, Debug, Default)]
pub struct StageNote {
    /// How many touchpoints it has.
    pub count: String,
    /// Touchpoints by band, the worst first, and those without a score.
    pub bands: String,
}

/// The strip: one column for each stage, at least `width` pixels in all.
///
/// `notes` are by stage.
#[must_use]
pub fn strip(
    subject: &Subject,
    notes: &[StageNote],
    width: f64,
    told: Told<'_>,
) -> Scene {
    let columns = Columns::even(subject, width);
    let axis = Extent::of_scores(subject).axis(stage_lane::HEIGHT + PAD, AXIS);
    let frame = Rect::new(
        NAMES - 4.0,
        axis.top() - PAD,
        columns.width - NAMES + 4.0,
        AXIS + 2.0 * PAD,
    );
    let mut items = stage_lane::lane(subject, &columns).items;
    items.extend(background(subject, axis, frame));
    items.extend(curve(subject, &columns, axis));
    let mut bottom = frame.bottom();
    let stages = subject.stages.iter().zip(&columns.stages);
    for (at, (stage, column)) in stages.enumerate() {
        let marks = subject.marks.get(stage.marks.clone()).unwrap_or_default();
        let note = notes.get(at).cloned().unwrap_or_default();
        items.extend(count(stage, &note, *column));
        items.extend(points(marks, *column, axis));
        let top = frame.bottom() + 12.0;
        items.extend(bands(marks, &note, Rect { y: top, h: BAR, ..bar(*column) }));
        let (named, end) = flagged(marks, column.x + 10.0, top + BAR + 34.0);
        items.extend(named);
        bottom = bottom.max(end);
    }
    let name = Label::new((0.0, axis.top() - 6.0), LANE, &*subject.words.satisfaction);
    items.push(name.into());
    Scene {
        origin: (0.0, 0.0),
        width: columns.width,
        height: (bottom + 4.0).ceil(),
        title: told.title.to_owned(),
        description: told.description.to_owned(),
        items,
    }
}

/// The column without its margins.
fn bar(column: Rect) -> Rect {
    Rect::new(column.x + 3.0, column.y, column.w - 12.0, column.h)
}

/// The curve through the scores of the stages.
fn curve(subject: &Subject, columns: &Columns, axis: Axis) -> Vec<Item> {
    let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (stage, column) in subject.stages.iter().zip(&columns.stages) {
        match (stage.standing.points(), runs.last_mut()) {
            (Some(points), Some(run)) => {
                run.push((middle(*column), axis.y(points)));
            }
            _ => runs.push(Vec::new()),
        }
    }
    let long = runs.into_iter().filter(|run| run.len() > 1);
    long.map(|run| shape("curve", Form::Path(Curve::through(run).path()))).collect()
}

fn middle(column: Rect) -> f64 {
    column.x + (column.w - 8.0) / 2.0
}

/// How many touchpoints the stage has, behind its score.
fn count(stage: &StageMark, note: &StageNote, column: Rect) -> Option<Item> {
    let Standing::Scored { text, .. } = &stage.standing else { return None };
    let x = column.x + 30.0 + width(text, HEAD_SCORE.size, HEAD_SCORE.weight) + 8.0;
    let at = (x, stage_lane::HEIGHT - 8.5);
    Some(Label::new(at, HEAD_NOTE, &*note.count).into())
}

/// The touchpoints that have a score. They are no links: the touchpoints of the stage stand
/// below, and hundreds of stops would bar the way of a keyboard.
fn points(marks: &[Mark], column: Rect, axis: Axis) -> Vec<Item> {
    let scored: Vec<(&Mark, f64, Symbol)> = marks
        .iter()
        .filter_map(|it| Some((it, axis.y(it.standing.points()?), it.standing.symbol()?)))
        .collect();
    let heights: Vec<f64> = scored.iter().map(|(_, y, _)| *y).collect();
    let offsets = swarm(&heights, bar(column).w / 2.0 - RADIUS);
    let point = |((mark, y, symbol), offset): (&(&Mark, f64, Symbol), f64)| {
        let at = (middle(column) + offset, *y);
        let scale = RADIUS / symbol.radius();
        Item::from(Group {
            class: "pt".to_owned(),
            id: Some(mark.id.clone()),
            hint: Some(mark.label.clone()),
            items: vec![Placed { symbol: *symbol, at, scale, class: "" }.into()],
            ..Group::default()
        })
    };
    scored.iter().zip(offsets).map(point).collect()
}

/// A bar of the bands, the worst first, and their counts.
fn bands(marks: &[Mark], note: &StageNote, rect: Rect) -> Vec<Item> {
    let of = |band: Band| {
        let is = |it: &&Mark| matches!(&it.standing, Standing::Scored { band: own, .. } if *own == band);
        marks.iter().filter(is).count()
    };
    let counts = Band::ALL.map(|band| (band, of(band)));
    let all: usize = counts.iter().map(|(_, n)| n).sum();
    let mut x = rect.x;
    let mut items: Vec<Item> = Vec::new();
    for (band, n) in counts.into_iter().filter(|(_, n)| *n > 0) {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
        let w = rect.w * n as f64 / all as f64;
        items.push(shape(fill(band), Form::Rect(Rect { x, w, ..rect }, 0.0)));
        x += w;
    }
    items.push(Label::new((rect.x, rect.bottom() + 15.0), TICK, &*note.bands).into());
    items
}

fn fill(band: Band) -> &'static str {
    match band {
        Band::Weak => "g weak",
        Band::Watch => "g watch",
        Band::Solid => "g solid",
        Band::Strong => "g strong",
    }
}

/// The first few flagged touchpoints, the lowest first, and where they end.
fn flagged(marks: &[Mark], x: f64, top: f64) -> (Vec<Item>, f64) {
    let mut flagged: Vec<&Mark> =
        marks.iter().filter(|it| !it.flags.is_empty()).collect();
    flagged.sort_by(|one, other| {
        let points = |it: &Mark| it.standing.points().unwrap_or(f64::INFINITY);
        one.flags
            .first()
            .cmp(&other.flags.first())
            .then(points(one).total_cmp(&points(other)))
    });
    flagged.truncate(NAMED);
    let mut y = top;
    let mut items: Vec<Item> = Vec::new();
    for mark in flagged {
        items.extend(named(mark, (x, y)));
        y += ROW;
    }
    (items, y)
}

/// A flag, a code and a score, and over them the link to the touchpoint, whose name says more.
fn named(mark: &Mark, (x, y): (f64, f64)) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    if let Some(flag) = mark.flags.first() {
        let at = (x, y - 4.0);
        items.push(
            Placed { symbol: Symbol::Flag(*flag), at, scale: 0.75, class: "" }.into(),
        );
    }
    let code = Label::new((x + 14.0, y), CODE, &*mark.code);
    let after = code.rect().right() + 8.0;
    items.push(code.into());
    if let Standing::Scored { text, .. } = &mark.standing {
        items.push(Label::new((after, y), BODY, &**text).into());
    }
    let hit = Rect::new(x - 10.0, y - 16.0, 84.0, ROW);
    let link = Group {
        class: "pt".to_owned(),
        link: Some(Link {
            fragment: format!("tp-{}", mark.code),
            name: mark.label.clone(),
        }),
        items: vec![shape("hit", Form::Rect(hit, 3.0))],
        ..Group::default()
    };
    items.push(link.into());
    items
}
