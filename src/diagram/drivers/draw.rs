//! The plane as a scene.

use super::place::{Spot, words};
use super::plane::Plane;
use super::{Certainty, Driver, Drivers};
use crate::diagram::glyph::Symbol;
use crate::diagram::scene::{
    Anchor, Form, Group, Item, Label, Link, Placed, Rect, shape,
};
use crate::diagram::style::{AXIS, FIRST, HALO, QUARTER, TICK, TextStyle};
use crate::diagram::subject::Standing;

/// Everything, from the back to the front.
pub(super) fn items(drivers: &Drivers, plane: &Plane) -> Vec<Item> {
    let mut items = ground(drivers, plane);
    let names = quarters(drivers, plane);
    let mut taken: Vec<Rect> = names.iter().map(|it| it.rect().grown(3.0)).collect();
    let spots: Vec<(&Driver, Spot)> = drivers
        .points
        .iter()
        .filter_map(|it| Some((it, Spot::new(it, plane)?)))
        .collect();
    let fair = fair(drivers, plane, &spots);
    taken.extend(fair.iter().map(|it| it.rect().grown(2.0)));
    items.extend(names.into_iter().chain(fair).map(Item::from));
    for (driver, spot) in &spots {
        items.extend(whiskers(driver, spot, plane));
    }
    // Lines that lead to words run below the glyphs.
    items.extend(words(drivers, plane, &taken));
    items.extend(spots.iter().filter_map(|(driver, spot)| point(driver, spot)));
    items
}

/// Tint, grid, axes and the cross.
fn ground(drivers: &Drivers, plane: &Plane) -> Vec<Item> {
    let frame = plane.frame;
    let cross = (plane.x(drivers.target), plane.y(drivers.fair));
    let tint = Rect::new(frame.x, frame.y, cross.0 - frame.x, cross.1 - frame.y);
    let mut items = vec![shape("zone", Form::Rect(tint, 0.0))];
    let target =
        Label::new((cross.0, frame.bottom() + 17.0), AXIS, &*drivers.words.target);
    let mut target = target.anchored(Anchor::Middle);
    let out = target.rect().right() - plane.width;
    target.at.0 -= out.max(0.0);
    for tick in plane.score_ticks() {
        let x = plane.x(tick);
        items.push(shape("grid", Form::Line((x, frame.y), (x, frame.bottom()))));
        let label = Label::new((x, frame.bottom() + 17.0), TICK, format!("{tick}"));
        let label = label.anchored(Anchor::Middle);
        if !label.rect().grown(3.0).overlaps(&target.rect()) {
            items.push(label.into());
        }
    }
    for tick in plane.importance_ticks() {
        let y = plane.y(tick);
        items.push(shape("grid", Form::Line((frame.x, y), (frame.right(), y))));
        let label = Label::new((frame.x - 7.0, y + 4.0), TICK, format!("{tick}"));
        items.push(label.anchored(Anchor::End).into());
    }
    let (x, y) = cross;
    items.push(shape("tgt", Form::Line((x, frame.y), (x, frame.bottom() + 4.0))));
    items.push(shape("tgt", Form::Line((frame.x, y), (frame.right(), y))));
    items.push(target.into());
    items.push(Label::new((0.0, 13.0), TICK, &*drivers.words.importance).into());
    let name =
        Label::new((frame.centre().0, plane.height - 9.0), TICK, &*drivers.words.score);
    items.push(name.anchored(Anchor::Middle).into());
    items
}

/// Names of the quarters in their corners; a quarter that is too narrow has none.
fn quarters(drivers: &Drivers, plane: &Plane) -> Vec<Label> {
    let frame = plane.frame;
    let words = &drivers.words;
    let (top, bottom) = (frame.y + 17.0, frame.bottom() - 8.0);
    let x = plane.x(drivers.target);
    let name = |text: &String, style: TextStyle, y: f64, anchor: Anchor| {
        let at =
            if anchor == Anchor::Start { frame.x + 9.0 } else { frame.right() - 9.0 };
        Label::new((at, y), style, text.as_str()).anchored(anchor)
    };
    let all = [
        name(&words.fix, FIRST, top, Anchor::Start),
        name(&words.protect, QUARTER, top, Anchor::End),
        name(&words.cheap, QUARTER, bottom, Anchor::Start),
        name(&words.maintain, QUARTER, bottom, Anchor::End),
    ];
    all.into_iter()
        .filter(|label| match label.anchor {
            Anchor::Start => label.rect().right() < x - 4.0,
            Anchor::Middle | Anchor::End => label.rect().x > x + 4.0,
        })
        .collect()
}

/// The fair share in words, on its line where no point is; the axis says it anyway.
fn fair(drivers: &Drivers, plane: &Plane, spots: &[(&Driver, Spot)]) -> Option<Label> {
    let frame = plane.frame;
    let y = plane.y(drivers.fair);
    let free = |label: &Label| {
        let rect = label.rect().grown(2.0);
        spots.iter().all(|(_, spot)| {
            let [across, upright] = spot.whiskers();
            let glyph = spot.glyph().grown(1.0);
            ![glyph, across, upright].iter().any(|it| it.overlaps(&rect))
        })
    };
    let at = |x: f64, dy: f64, anchor: Anchor| {
        Label::new((x, y + dy), HALO, drivers.words.fair.as_str()).anchored(anchor)
    };
    let (left, right) = (frame.x + 9.0, frame.right() - 9.0);
    [
        at(right, -6.0, Anchor::End),
        at(right, 14.0, Anchor::End),
        at(left, -6.0, Anchor::Start),
        at(left, 14.0, Anchor::Start),
    ]
    .into_iter()
    .find(free)
}

/// Intervals of importance and score; the target of a touchpoint that has its own.
fn whiskers(driver: &Driver, spot: &Spot, plane: &Plane) -> Vec<Item> {
    let (x, y) = spot.at;
    let mut items = Vec::new();
    if driver.importance_ci.is_some() {
        let [top, bottom] = spot.upright;
        items.push(shape("iw", Form::Line((x, top), (x, bottom))));
    }
    if driver.standing.ci().is_some() {
        let [left, right] = spot.across;
        items.push(shape("ci", Form::Line((left, y), (right, y))));
    }
    if let Some(own) = driver.own_target {
        let own = plane.x(own);
        items.push(shape("ot", Form::Line((own, y - 8.0), (own, y + 8.0))));
    }
    items
}

/// The glyph, a link that says everything about its touchpoint.
fn point(driver: &Driver, spot: &Spot) -> Option<Item> {
    let Standing::Scored { band, .. } = &driver.standing else { return None };
    let symbol = match driver.standing_in_quarter {
        Certainty::Certain => driver.standing.symbol()?,
        Certainty::Borderline => Symbol::Open(*band),
    };
    let group = Group {
        class: "pt".to_owned(),
        id: Some(driver.id.clone()),
        link: Some(Link {
            fragment: format!("tp-{}", driver.code),
            name: driver.words.clone(),
        }),
        items: vec![
            shape("hit", Form::Circle(spot.at, 12.0)),
            Placed::new(symbol, spot.at).into(),
        ],
        ..Group::default()
    };
    Some(group.into())
}
