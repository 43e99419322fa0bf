//! Which of the two layouts suits a journey.
//!
//! Right-angled lines in channels are easy to follow as long as few of them cross; they are
//! kept for journeys of up to [`MOST`] touchpoints in which there are at most three crossings
//! for every two lines, and no line or word is where another thing is. All others are
//! layered: there that cannot be.

use super::layout::Layout;
use crate::diagram::scene::Rect;
use crate::diagram::subject::Subject;

/// Most touchpoints that channels are tried for.
const MOST: usize = 80;
/// Most transitions for each touchpoint, likewise.
const LINKS: usize = 4;

/// Whether channels are worth trying.
pub(super) fn may_suit(subject: &Subject) -> bool {
    subject.marks.len() <= MOST
        && subject.links.len() <= LINKS * subject.marks.len().max(LINKS)
}

/// Whether the lines of `layout`, which has right-angled ones, cross seldom enough, and
/// everything has room.
pub(super) fn suits(layout: &Layout) -> bool {
    2 * crossings(layout) <= 3 * layout.routes.len()
        && lines_have_room(layout)
        && words_have_room(layout)
}

/// Whether every line is right-angled and runs through no box.
fn lines_have_room(layout: &Layout) -> bool {
    let pairs = layout.routes.iter().flat_map(|route| route.points.windows(2));
    pairs.into_iter().all(|pair| {
        let (from, to) = (pair[0], pair[1]);
        let (width, height) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
        let line = Rect::new(
            from.0.min(to.0),
            from.1.min(to.1),
            width.max(0.1),
            height.max(0.1),
        );
        width.min(height) < 0.5
            && !layout.nodes.iter().any(|node| node.grown(-1.0).overlaps(&line))
    })
}

/// Whether no word is on a box, on another word, or outside.
fn words_have_room(layout: &Layout) -> bool {
    let mut taken = layout.taken();
    layout.routes.iter().filter_map(|route| route.mark.as_ref()).all(|mark| {
        let rect = mark.rect.grown(-1.0);
        let inside = rect.x >= 0.0
            && rect.y >= 0.0
            && rect.right() <= layout.width
            && rect.bottom() <= layout.height;
        let free = !taken.iter().any(|other| other.overlaps(&rect));
        taken.push(rect);
        inside && free
    })
}

/// A straight piece of a line: where it lies across its direction, and from where to where
/// along it.
struct Piece {
    route: usize,
    at: f64,
    from: f64,
    to: f64,
}

fn crossings(layout: &Layout) -> usize {
    let (mut level, mut upright) = (Vec::new(), Vec::new());
    for (route, line) in layout.routes.iter().enumerate() {
        for pair in line.points.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            if (one.1 - other.1).abs() < 0.01 {
                let (from, to) = (one.0.min(other.0), one.0.max(other.0));
                level.push(Piece { route, at: one.1, from, to });
            } else {
                let (from, to) = (one.1.min(other.1), one.1.max(other.1));
                upright.push(Piece { route, at: one.0, from, to });
            }
        }
    }
    let crosses = |one: &Piece, other: &Piece| {
        one.route != other.route
            && one.from + 0.5 < other.at
            && other.at < one.to - 0.5
            && other.from + 0.5 < one.at
            && one.at < other.to - 0.5
    };
    level
        .iter()
        .map(|one| upright.iter().filter(|other| crosses(one, other)).count())
        .sum()
}
