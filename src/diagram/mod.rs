//! Pictures: layout, scene, SVG.
//!
//! A picture is laid out into a [`Scene`], in which every text is measured and has its
//! place, and only then written. Two skins write the same scene: one for the page, whose
//! colours are variables, and one that stands alone.

pub mod curves;
pub mod drivers;
pub mod graph;
pub mod heatmap;
pub mod journey_line;
pub mod map;
pub mod small_map;
pub mod text;
pub mod trend;

mod curve;
mod frame;
mod glyph;
mod lines;
mod palette;
mod scene;
mod style;
mod subject;
mod svg;

pub use frame::{Frame, Key, framed};
pub use glyph::{Symbol, definitions};
pub use palette::{Ground, TOKENS, Token, declarations, resolve};
pub use scene::{
    Anchor, EdgeRecord, Form, Group, Item, Label, Link, NodeRecord, Placed, Rect,
    SCENE_SCHEMA, Scene, SceneRecord, Shape, TextRecord, shape,
};
pub use style::{SHAPE_RULES, TextStyle, text_rules};
pub use subject::{
    Band, Bands, Channel, Flag, InsideMark, Mark, Measured, Place, SharedScale,
    StageMark, Standing, Subject, Transit, Words,
};
pub use svg::{Script, for_page, inert, standalone, symbol};
