//! A picture laid out: every shape and text has its place and size, none its colour.
//!
//! Classes say what a thing is; the style sheet of the skin says what it looks like.

mod fault;
mod layer;
mod record;
mod rect;

pub use record::{EdgeRecord, NodeRecord, SCENE_SCHEMA, SceneRecord, TextRecord};
pub use rect::Rect;

use super::glyph::Symbol;
use super::style::TextStyle;
use super::text;

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Its upper left corner.
    pub origin: (f64, f64),
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// What it shows, in a sentence.
    pub title: String,
    /// The finding and the numbers, for those who cannot see it.
    pub description: String,
    /// What is drawn, from the back to the front.
    pub items: Vec<Item>,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A shape.
    Shape(Shape),
    /// A text.
    Text(Label),
    /// A glyph, flag or icon.
    Symbol(Placed),
    /// Several things that belong together.
    Group(Group),
}

/// A shape and its class.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// What it is.
    pub class: &'static str,
    /// Where it is.
    pub form: Form,
}

/// The form of a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A rectangle with rounded corners.
    Rect(Rect, f64),
    /// A straight line.
    Line((f64, f64), (f64, f64)),
    /// A circle by its centre and radius.
    Circle((f64, f64), f64),
    /// A line through right angles, its corners rounded, of a width of its own.
    Route {
        /// Corners, from start to end.
        points: Vec<(f64, f64)>,
        /// Width in pixels.
        width: f64,
        /// Ids of the ends of each transition that goes this way.
        joins: Vec<[String; 2]>,
    },
    /// A line that leaves each of its points level and arrives level at the next.
    Curve {
        /// Its points, from start to end.
        points: Vec<(f64, f64)>,
        /// Width in pixels.
        width: f64,
        /// Ids of the ends of each transition that goes this way.
        joins: Vec<[String; 2]>,
    },
    /// Anything else, as SVG path commands.
    Path(String),
}

/// Where a text is anchored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At its start.
    Start,
    /// At its middle.
    Middle,
    /// At its end.
    End,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where it is anchored, on its baseline.
    pub at: (f64, f64),
    /// How it hangs on that point.
    pub anchor: Anchor,
    /// How it is set.
    pub style: TextStyle,
    /// The text.
    pub text: String,
    /// The whole text, when this is a part of it.
    pub whole: Option<String>,
}

impl Label {
    /// A line of text that starts at `at`.
    pub fn new(at: (f64, f64), style: TextStyle, text: impl Into<String>) -> Self {
        Self { at, anchor: Anchor::Start, style, text: text.into(), whole: None }
    }

    /// The same text, anchored otherwise.
    #[must_use]
    pub fn anchored(mut self, anchor: Anchor) -> Self {
        self.anchor = anchor;
        self
    }

    /// The box that the text fills: as wide as measured, from ascender to descender.
    #[must_use]
    pub fn rect(&self) -> Rect {
        let width = text::width(&self.text, self.style.size, self.style.weight);
        let x = match self.anchor {
            Anchor::Start => self.at.0,
            Anchor::Middle => self.at.0 - width / 2.0,
            Anchor::End => self.at.0 - width,
        };
        let (ascent, descent) = (0.82 * self.style.size, 0.24 * self.style.size);
        Rect::new(x, self.at.1 - ascent, width, ascent + descent)
    }
}

/// A symbol at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Which.
    pub symbol: Symbol,
    /// Where its centre is.
    pub at: (f64, f64),
    /// How large, 1 being its own size.
    pub scale: f64,
    /// A further class, such as for a symbol on a dark ground.
    pub class: &'static str,
}

impl Placed {
    /// A symbol of its own size.
    #[must_use]
    pub const fn new(symbol: Symbol, at: (f64, f64)) -> Self {
        Self { symbol, at, scale: 1.0, class: "" }
    }

    /// The square that the symbol fills.
    #[must_use]
    pub fn rect(&self) -> Rect {
        let radius = self.symbol.radius() * self.scale;
        Rect::new(self.at.0 - radius, self.at.1 - radius, 2.0 * radius, 2.0 * radius)
    }
}

/// Several things that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// What it is.
    pub class: String,
    /// Id of the touchpoint that it stands for; `start` or `end` for the ends of the journey.
    pub id: Option<String>,
    /// Where it leads, and its accessible name.
    pub link: Option<Link>,
    /// What is said of it to a pointer that rests on it, where it is no link.
    pub hint: Option<String>,
    /// The layer that it belongs to, one of which is shown at a time; `None` is shown always.
    pub layer: Option<usize>,
    /// Its members, from the back to the front.
    pub items: Vec<Item>,
}

/// Where a group leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// Fragment in the same page, without `#`.
    pub fragment: String,
    /// The accessible name: everything the group shows, in words.
    pub name: String,
}

impl Scene {
    /// Every text of the picture.
    #[must_use]
    pub fn labels(&self) -> Vec<&Label> {
        let mut labels = Vec::new();
        visit(&self.items, &mut |item| {
            if let Item::Text(label) = item {
                labels.push(label);
            }
        });
        labels
    }

    /// Every symbol of the picture.
    #[must_use]
    pub fn symbols(&self) -> Vec<Placed> {
        let mut symbols = Vec::new();
        visit(&self.items, &mut |item| {
            if let Item::Symbol(placed) = item {
                symbols.push(*placed);
            }
        });
        symbols
    }
}

fn visit<'a>(items: &'a [Item], see: &mut impl FnMut(&'a Item)) {
    for item in items {
        see(item);
        if let Item::Group(group) = item {
            visit(&group.items, see);
        }
    }
}

impl From<Label> for Item {
    fn from(label: Label) -> Self {
        Self::Text(label)
    }
}

impl From<Placed> for Item {
    fn from(placed: Placed) -> Self {
        Self::Symbol(placed)
    }
}

impl From<Group> for Item {
    fn from(group: Group) -> Self {
        Self::Group(group)
    }
}

impl From<Shape> for Item {
    fn from(shape: Shape) -> Self {
        Self::Shape(shape)
    }
}

/// A shape as an item.
#[must_use]
pub fn shape(class: &'static str, form: Form) -> Item {
    Item::Shape(Shape { class, form })
}
