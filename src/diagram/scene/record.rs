//! A scene as data, for tests and tools: what it shows, and where, without its looks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Form, Group, Item, Label, Rect, Scene, visit};

/// The name of this layout.
pub const SCENE_SCHEMA: &str = "touchmap.scene/1";

/// A picture as data. Pixels from its upper left corner, `y` growing downwards, one decimal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SceneRecord {
    /// The name of this layout.
    #[schemars(extend("const" = SCENE_SCHEMA))]
    pub schema: String,
    /// What the picture shows, in a sentence.
    pub title: String,
    /// The finding and the numbers, for those who cannot see it.
    pub description: String,
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// Places, in the order in which they are drawn.
    pub nodes: Vec<NodeRecord>,
    /// Transitions between them.
    pub edges: Vec<EdgeRecord>,
    /// Every line of text.
    pub texts: Vec<TextRecord>,
}

/// A place in a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NodeRecord {
    /// Id of the touchpoint; `start` or `end` for the ends of the journey.
    pub id: String,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A transition in a picture. Several may share a line; each has an entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EdgeRecord {
    /// Id of the touchpoint that customers come from, or `start`.
    pub from: String,
    /// Id of the touchpoint that they go to, or `end`; a way out of the journey may be drawn
    /// without a node at its end.
    pub to: String,
    /// Corners of the line, `[x, y]`, in the direction of travel; a smooth line is written as
    /// short straight ones.
    pub points: Vec<[f64; 2]>,
}

/// A line of text and the box it fills.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextRecord {
    /// The text as drawn.
    pub text: String,
    /// The whole text where `text` is shortened; else `None`.
    pub whole: Option<String>,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// What kind of text it is: its class in style sheets.
    pub class: String,
}

impl Scene {
    /// The scene as data.
    #[must_use]
    pub fn record(&self) -> SceneRecord {
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        visit(&self.items, &mut |item| match item {
            Item::Group(group) => nodes.extend(self.node(group)),
            Item::Shape(shape) => edges.extend(self.edges(&shape.form)),
            Item::Text(_) | Item::Symbol(_) => {}
        });
        SceneRecord {
            schema: SCENE_SCHEMA.to_owned(),
            title: self.title.clone(),
            description: self.description.clone(),
            width: rounded(self.width),
            height: rounded(self.height),
            nodes,
            edges,
            texts: self.labels().into_iter().map(|label| self.text(label)).collect(),
        }
    }

    fn node(&self, group: &Group) -> Option<NodeRecord> {
        let id = group.id.clone()?;
        let rect = extent(&group.items)?;
        let [x, y] = self.point((rect.x, rect.y));
        Some(NodeRecord { id, x, y, width: rounded(rect.w), height: rounded(rect.h) })
    }

    fn edges(&self, form: &Form) -> Vec<EdgeRecord> {
        let (points, joins) = match form {
            Form::Route { points, joins, .. } => (points.clone(), joins),
            Form::Curve { points, joins, .. } => (polyline(points), joins),
            _ => return Vec::new(),
        };
        let points: Vec<[f64; 2]> = points.iter().map(|it| self.point(*it)).collect();
        let edge = |[from, to]: &[String; 2]| EdgeRecord {
            from: from.clone(),
            to: to.clone(),
            points: points.clone(),
        };
        joins.iter().map(edge).collect()
    }

    fn text(&self, label: &Label) -> TextRecord {
        let rect = label.rect();
        let [x, y] = self.point((rect.x, rect.y));
        TextRecord {
            text: label.text.clone(),
            whole: label.whole.clone(),
            x,
            y,
            width: rounded(rect.w),
            height: rounded(rect.h),
            class: label.style.class.to_owned(),
        }
    }

    /// A point, seen from the upper left corner.
    fn point(&self, (x, y): (f64, f64)) -> [f64; 2] {
        [rounded(x - self.origin.0), rounded(y - self.origin.1)]
    }
}

/// Straight pieces in each bend of a smooth line.
const PIECES: u32 = 10;

/// A line that is level at each of `points`, as a polyline: a cubic between two of them.
fn polyline(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut line: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        if (from.1 - to.1).abs() > 0.05 {
            line.extend((1..PIECES).map(|piece| {
                let t = f64::from(piece) / f64::from(PIECES);
                // Bernstein: both middle points of the curve lie half way across.
                let across = 1.5 * t * (1.0 - t) + t * t * t;
                let down = t * t * (3.0 - 2.0 * t);
                (from.0 + across * (to.0 - from.0), from.1 + down * (to.1 - from.1))
            }));
        }
        line.push(to);
    }
    line
}

/// What the shapes and symbols of `items` fill; texts may stand beside their place.
fn extent(items: &[Item]) -> Option<Rect> {
    let mut all: Option<Rect> = None;
    visit(items, &mut |item| {
        let rect = match item {
            Item::Shape(shape) => filled(&shape.form),
            Item::Symbol(placed) => Some(placed.rect()),
            Item::Text(_) | Item::Group(_) => None,
        };
        if let Some(rect) = rect {
            all = Some(all.map_or(rect, |it| it.around(&rect)));
        }
    });
    all
}

fn filled(form: &Form) -> Option<Rect> {
    match form {
        Form::Rect(rect, _) => Some(*rect),
        Form::Circle(at, radius) => Some(Rect::new(at.0, at.1, 0.0, 0.0).grown(*radius)),
        Form::Line(..) | Form::Route { .. } | Form::Curve { .. } | Form::Path(_) => None,
    }
}

/// One decimal, as in the SVG; there is no minus nought.
fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0 + 0.0
}
