//! Where the words of points go: beside their point, over nothing else, the most important
//! point first. What finds no room beside its point stands apart, at the end of a thin line;
//! on a phone, where lines would cross everything, it is left to the list and the table.

use super::block::Block;
use super::plane::Plane;
use super::{Driver, Drivers, Naming, Size};
use crate::diagram::scene::{Form, Item, Rect, shape};

/// A point with its whiskers, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Where the point is.
    pub(super) at: (f64, f64),
    /// Ends of the whisker of its score.
    pub(super) across: [f64; 2],
    /// Upper and lower end of the whisker of its importance.
    pub(super) upright: [f64; 2],
}

impl Spot {
    /// Where `driver` is; `None` without a score.
    pub(super) fn new(driver: &Driver, plane: &Plane) -> Option<Self> {
        let points = driver.standing.points()?;
        let across = driver.standing.ci().unwrap_or([points, points]);
        let importance = driver.importance;
        let [low, high] = driver.importance_ci.unwrap_or([importance, importance]);
        Some(Self {
            at: (plane.x(points), plane.y(importance)),
            across: across.map(|it| plane.x(it)),
            upright: [plane.y(high), plane.y(low)],
        })
    }

    /// What its glyph covers.
    pub(super) fn glyph(&self) -> Rect {
        Rect::new(self.at.0, self.at.1, 0.0, 0.0).grown(7.0)
    }

    /// The ends of its whiskers, which words must leave free.
    fn ends(&self) -> [Rect; 4] {
        let ([left, right], [top, bottom], (x, y)) = (self.across, self.upright, self.at);
        [(left, y), (right, y), (x, top), (x, bottom)]
            .map(|(x, y)| Rect::new(x, y, 0.0, 0.0).grown(2.0))
    }

    /// The whiskers, which words should not cover.
    pub(super) fn whiskers(&self) -> [Rect; 2] {
        let ([left, right], [top, bottom], (x, y)) = (self.across, self.upright, self.at);
        [
            Rect::new(left, y - 1.0, right - left, 2.0),
            Rect::new(x - 1.0, top, 2.0, bottom - top),
        ]
    }
}

/// What is on the plane already.
struct Taken {
    /// Texts, which no line may cross.
    texts: Vec<Rect>,
    /// Nothing may cover it.
    hard: Vec<Rect>,
    /// Better not to cover it, and how much better.
    soft: Vec<(Rect, f64)>,
}

/// A place for words.
struct Candidate {
    rect: Rect,
    cost: f64,
    leader: Option<((f64, f64), (f64, f64))>,
}

/// The words of all points, and lines to those that stand apart; `taken` is kept free.
pub(super) fn words(drivers: &Drivers, plane: &Plane, taken: &[Rect]) -> Vec<Item> {
    let spots: Vec<(&Driver, Spot)> = drivers
        .points
        .iter()
        .filter_map(|it| Some((it, Spot::new(it, plane)?)))
        .collect();
    let mut state = Taken {
        texts: taken.to_vec(),
        hard: spots.iter().flat_map(|(_, it)| it.ends()).chain(taken.to_vec()).collect(),
        soft: spots
            .iter()
            .flat_map(|(_, it)| it.whiskers().map(|it| (it, 4.0)))
            .collect(),
    };
    state.hard.extend(spots.iter().map(|(_, it)| it.glyph()));
    state.soft.extend(lines(drivers, plane).map(|it| (it, 12.0)));
    let mut order: Vec<&(&Driver, Spot)> = spots.iter().collect();
    // Names first, because they need most room; then the crowded ones.
    order.sort_by(|(one, at), (other, to)| {
        let crowd = |spot: &Spot| crowd(spot, &spots);
        (one.label != Naming::Full).cmp(&(other.label != Naming::Full)).then(
            other.importance.total_cmp(&one.importance).then(crowd(to).cmp(&crowd(at))),
        )
    });
    order
        .into_iter()
        .flat_map(|(it, spot)| written(it, spot, plane, &mut state))
        .collect()
}

fn crowd(spot: &Spot, spots: &[(&Driver, Spot)]) -> usize {
    let near = Rect::new(spot.at.0, spot.at.1, 0.0, 0.0).grown(30.0);
    spots.iter().filter(|(_, other)| other.glyph().overlaps(&near)).count()
}

/// The two lines of the cross.
fn lines(drivers: &Drivers, plane: &Plane) -> [Rect; 2] {
    let frame = plane.frame;
    [
        Rect::new(plane.x(drivers.target) - 1.0, frame.y, 2.0, frame.h),
        Rect::new(frame.x, plane.y(drivers.fair) - 1.0, frame.w, 2.0),
    ]
}

/// The name if it finds room, else the code.
fn written(driver: &Driver, spot: &Spot, plane: &Plane, taken: &mut Taken) -> Vec<Item> {
    let wanted = match (plane.size, driver.label) {
        (Size::Compact, Naming::Full) => Naming::Code,
        (_, naming) => naming,
    };
    let beside = |naming: Naming, taken: &Taken| {
        let block = Block::new(driver, naming)?;
        let best = best(candidates(spot, &block, plane.frame), plane, taken)?;
        Some((block, best))
    };
    let apart = |taken: &Taken| {
        let block = Block::new(driver, wanted).map(|_| Naming::Code)?;
        let block = Block::new(driver, block)?;
        let best = best(distant(spot, &block), plane, taken)?;
        Some((block, best))
    };
    let found = beside(wanted, taken)
        .or_else(|| {
            (wanted == Naming::Full).then(|| beside(Naming::Code, taken)).flatten()
        })
        .or_else(|| (plane.size != Size::Compact).then(|| apart(taken)).flatten());
    let Some((block, chosen)) = found else { return Vec::new() };
    taken.hard.push(chosen.rect.grown(1.0));
    taken.texts.push(chosen.rect);
    let mut items = Vec::new();
    if let Some((from, to)) = chosen.leader {
        taken.hard.extend(along(from, to));
        items.push(shape("ld", Form::Line(from, to)));
    }
    items.extend(block.items(chosen.rect));
    items
}

/// The cheapest place that covers nothing which must be seen.
fn best(
    candidates: impl IntoIterator<Item = Candidate>,
    plane: &Plane,
    taken: &Taken,
) -> Option<Candidate> {
    let within = plane.frame.grown(-3.0);
    let fits = |it: &Candidate| {
        let inside = it.rect.x >= within.x
            && it.rect.right() <= within.right()
            && it.rect.y >= within.y
            && it.rect.bottom() <= within.bottom();
        let crosses = it.leader.is_some_and(|(from, to)| {
            along(from, to)
                .any(|part| taken.texts.iter().any(|text| text.overlaps(&part)))
        });
        inside && !crosses && !taken.hard.iter().any(|other| other.overlaps(&it.rect))
    };
    let weighed = |mut it: Candidate| {
        let covered = taken.soft.iter().filter(|(other, _)| other.overlaps(&it.rect));
        it.cost += covered.map(|(_, weight)| weight).sum::<f64>();
        it
    };
    let all = candidates.into_iter().filter(fits).map(weighed);
    // The first of equally good places wins: they come in order of preference.
    all.reduce(|best, it| if it.cost < best.cost { it } else { best })
}

/// Twelve places around a point, beyond its whiskers or in the corners between them.
fn candidates(spot: &Spot, block: &Block, frame: Rect) -> Vec<Candidate> {
    let (x, y) = spot.at;
    let (w, h) = (block.w, block.h);
    let [left, right] = [spot.across[0].min(x - 8.0), spot.across[1].max(x + 8.0)];
    let [top, bottom] = [spot.upright[0].min(y - 8.0), spot.upright[1].max(y + 8.0)];
    // Over and under a whisker a word moves along rather than out of the plane.
    let frame = frame.grown(-4.0);
    let middle = (x - w / 2.0).clamp(frame.x, (frame.right() - w).max(frame.x));
    [
        (right + 5.0, y - h / 2.0),
        (left - 5.0 - w, y - h / 2.0),
        (x + 7.0, y - 6.0 - h),
        (x + 7.0, y + 6.0),
        (x - 7.0 - w, y - 6.0 - h),
        (x - 7.0 - w, y + 6.0),
        (middle, top - 4.0 - h),
        (middle, bottom + 4.0),
        (right + 4.0, y - h),
        (right + 4.0, y),
        (left - 4.0 - w, y - h),
        (left - 4.0 - w, y),
    ]
    .into_iter()
    .zip(0_u8..)
    .map(|((x, y), at)| {
        let cost = f64::from(at) * 0.6;
        Candidate { rect: Rect::new(x, y, w, h), cost, leader: None }
    })
    .collect()
}

/// Places on rings around a point, each with a line to it.
fn distant(spot: &Spot, block: &Block) -> Vec<Candidate> {
    let rings = (0..16).map(|ring| 14.0 + 7.0 * f64::from(ring));
    let at = |radius: f64, turn: i32| {
        let angle = f64::from(turn) * std::f64::consts::TAU / 24.0;
        let (dx, dy) = (angle.cos(), angle.sin());
        let centre = (
            spot.at.0 + dx * (radius + block.w / 2.0),
            spot.at.1 + dy * (radius + block.h / 2.0),
        );
        let rect = Rect::new(
            centre.0 - block.w / 2.0,
            centre.1 - block.h / 2.0,
            block.w,
            block.h,
        );
        let to = (
            spot.at.0.clamp(rect.x, rect.right()),
            spot.at.1.clamp(rect.y + 1.0, rect.bottom() - 1.0),
        );
        Candidate { rect, cost: radius / 3.0, leader: Some((spot.at, to)) }
    };
    rings.flat_map(|radius| (0..24).map(move |turn| at(radius, turn))).collect()
}

/// A line as small boxes, so that no later word is put on it.
fn along(from: (f64, f64), to: (f64, f64)) -> impl Iterator<Item = Rect> {
    (2..=8).map(move |step| {
        let share = f64::from(step) / 9.0;
        let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        Rect::new(x - 1.0, y - 1.0, 2.0, 2.0)
    })
}
