//! The layout as a scene.

use super::label::{Mark as WordMark, style};
use super::layered::DOT;
use super::layout::{Layout, StageBox, TERMINAL};
use super::plan::Kind;
use super::route::{ARROW, Bend, Route, Tip};
use crate::diagram::glyph::Symbol;
use crate::diagram::lines::{Space, block};
use crate::diagram::scene::{
    Anchor, Form, Group, Item, Label, Link, Placed, Rect, shape,
};
use crate::diagram::style::{CODE, EDGE, HALO, NODE_NAME, NODE_VALUE, STAGE};
use crate::diagram::subject::{Mark, Place, Standing, Subject};

/// Distance of the words from the marks where customers come in and leave: shares stand
/// below them.
pub(super) const WORD: f64 = 20.0;

/// Everything, from the back to the front.
pub(super) fn items(subject: &Subject, layout: &Layout) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let named = |it: &&StageBox| {
        subject.stages.get(it.stage).is_some_and(|stage| !stage.name.is_empty())
    };
    for stage in layout.stages.iter().filter(named) {
        items.push(shape("box", Form::Rect(stage.rect, 6.0)));
        items.extend(stage_name(subject, stage));
    }
    for route in &layout.routes {
        items.extend(line(subject, route));
    }
    for route in &layout.routes {
        items.extend(route.mark.iter().flat_map(|mark| words(subject, route, mark)));
    }
    items.extend(terminals(subject, layout));
    for (mark, rect) in subject.marks.iter().zip(&layout.nodes) {
        items.push(node(mark, *rect));
        items.extend(content(mark, *rect));
    }
    items
}

fn stage_name(subject: &Subject, stage: &StageBox) -> Vec<Item> {
    let Some(it) = subject.stages.get(stage.stage) else { return Vec::new() };
    let space = Space {
        at: (stage.name.x, stage.name.y),
        anchor: Anchor::Start,
        width: stage.name.w,
        lines: 2,
    };
    block(&format!("{} {}", it.number, it.name), STAGE, space).items
}

/// The line, and the head of its arrow.
fn line(subject: &Subject, route: &Route) -> Vec<Item> {
    let [.., before, tip] = route.points.as_slice() else { return Vec::new() };
    let (class, head) = match route.kind {
        Kind::Back => ("e back", "ah back"),
        Kind::Forward | Kind::Exit => ("e", "ah"),
    };
    let length = (tip.0 - before.0).hypot(tip.1 - before.1).max(f64::EPSILON);
    let (dx, dy) = ((tip.0 - before.0) / length, (tip.1 - before.1) / length);
    let neck = (tip.0 - dx * ARROW, tip.1 - dy * ARROW);
    let half = (route.width * 0.62).max(4.0);
    let d = format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z",
        tip.0,
        tip.1,
        neck.0 - dy * half,
        neck.1 + dx * half,
        neck.0 + dy * half,
        neck.1 - dx * half
    );
    let mut points = route.points.clone();
    if let Some(last) = points.last_mut() {
        *last = neck;
    }
    let links = route.links.iter().filter_map(|at| subject.links.get(*at));
    let joins = links.map(|it| [subject.id(it.from), subject.id(it.to)]).collect();
    let width = route.width;
    let form = match route.bend {
        Bend::Corner => Form::Route { points, width, joins },
        Bend::Smooth => Form::Curve { points, width, joins },
    };
    let mut items = vec![shape(class, form), shape(head, Form::Path(d))];
    items.extend(dot(route));
    items
}

/// The mark of a way in or out that leads to nothing drawn.
fn dot(route: &Route) -> Option<Item> {
    let (class, end, side) = match route.tip {
        Tip::Node => return None,
        Tip::In => ("term", route.points.first()?, -1.0),
        Tip::Out => ("termo", route.points.last()?, 1.0),
    };
    Some(shape(class, Form::Circle((end.0 + side * DOT, end.1), DOT - 0.5)))
}

fn words(subject: &Subject, route: &Route, mark: &WordMark) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let rect = mark.rect;
    if mark.in_line {
        items.push(shape("bgfill", Form::Rect(rect, 2.0)));
    }
    let style = style(route.kind);
    let back = route.kind == Kind::Back;
    let shift = if back { 7.5 } else { 0.0 };
    let x = rect.centre().0 + shift;
    if back {
        let at = (x - mark.shape.width / 2.0 - 0.5, rect.centre().1 - 0.5);
        items.push(Placed { symbol: Symbol::Loop, at, scale: 0.85, class: "" }.into());
    }
    let mut y = rect.y + 1.0 + 0.88 * style.size;
    let whole = route
        .links
        .first()
        .and_then(|at| subject.links.get(*at))
        .map(|it| it.label.clone());
    for line in &mark.shape.lines {
        let mut label = Label::new((x, y), style, line.as_str()).anchored(Anchor::Middle);
        label.whole = whole.clone().filter(|_| mark.shape.cut);
        items.push(label.into());
        y += style.line_height();
    }
    items
}

fn terminals(subject: &Subject, layout: &Layout) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let ends = [
        (layout.start, Place::Start, "term", TERMINAL),
        (layout.end, Place::End, "termo", TERMINAL - 1.5),
    ];
    for (at, place, class, radius) in ends {
        let Some(at) = at else { continue };
        let word = match place {
            Place::End => &subject.words.end,
            Place::Start | Place::At(_) => &subject.words.start,
        };
        let circle = shape(class, Form::Circle(at, radius));
        let id = Some(subject.id(place));
        items.push(Group { id, items: vec![circle], ..Group::default() }.into());
        let mut label = Label::new((at.0, at.1 - TERMINAL - WORD), EDGE, word.as_str())
            .anchored(Anchor::Middle);
        // A word at the edge of the picture moves inwards rather than out of it.
        let rect = label.rect();
        label.at.0 -= rect.x.min(0.0) + (rect.right() - layout.width).max(0.0);
        items.push(label.into());
    }
    items
}

fn node(mark: &Mark, rect: Rect) -> Item {
    let class = match &mark.standing {
        Standing::Scored { low: Some(_), .. } => "nd low".to_owned(),
        Standing::Scored { band, .. } => format!("nd {}", band.id()),
        Standing::Absent(_) => "nd none".to_owned(),
    };
    Group {
        class,
        id: Some(mark.id.clone()),
        link: Some(Link {
            fragment: format!("tp-{}", mark.code),
            name: mark.label.clone(),
        }),
        items: vec![shape("nb", Form::Rect(rect, 6.0))],
        ..Group::default()
    }
    .into()
}

/// Glyph, code, score and flags, the name below.
fn content(mark: &Mark, rect: Rect) -> Vec<Item> {
    let baseline = rect.y + 19.0;
    let mut items: Vec<Item> = Vec::new();
    let mut x = rect.x + 8.0;
    if let Some(symbol) = mark.standing.symbol() {
        items.push(
            Placed { symbol, at: (x + 6.0, baseline - 4.5), scale: 0.95, class: "" }
                .into(),
        );
        x += 17.0;
    }
    items.push(Label::new((x, baseline), CODE, mark.code.as_str()).into());
    let right = rect.right() - 7.0;
    match &mark.standing {
        Standing::Scored { text, .. } => {
            let label = Label::new((right, baseline), NODE_VALUE, text.as_str());
            items.push(label.anchored(Anchor::End).into());
        }
        Standing::Absent(why) => {
            let label = Label::new((right, baseline), HALO, why.as_str());
            items.push(label.anchored(Anchor::End).into());
        }
    }
    items.extend(name(mark, rect));
    let mut x = rect.right() - 8.0;
    for flag in mark.flags.iter().rev() {
        items.push(
            Placed {
                symbol: Symbol::Flag(*flag),
                at: (x, rect.y),
                scale: 0.8,
                class: "",
            }
            .into(),
        );
        x -= 16.0;
    }
    items
}

/// The name in at most two lines, in the middle of the room for two.
fn name(mark: &Mark, rect: Rect) -> Vec<Item> {
    let set = |y: f64| {
        let space = Space {
            at: (rect.x + 7.0, y),
            anchor: Anchor::Start,
            width: rect.w - 10.0,
            lines: 2,
        };
        block(&mark.name, NODE_NAME, space)
    };
    let room = 2.0 * NODE_NAME.line_height();
    let height = set(0.0).height;
    set(rect.y + 26.0 + (room - height) / 2.0).items
}
