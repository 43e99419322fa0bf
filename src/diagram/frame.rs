//! What a picture needs around it when it stands alone: title, key, note.

use super::glyph::Symbol;
use super::lines::{Space, block};
use super::scene::{Anchor, Item, Label, Placed, Scene};
use super::style::{NOTE, TITLE};
use super::text;

/// What stands around a picture.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Above it.
    pub title: String,
    /// What its symbols mean.
    pub key: Vec<Key>,
    /// Below it: source, n, wave.
    pub note: String,
}

/// What a symbol means.
#[derive(Clone, Debug)]
pub struct Key {
    /// The symbol.
    pub symbol: Symbol,
    /// Its meaning.
    pub text: String,
}

/// White space around the picture.
const MARGIN: f64 = 24.0;

/// `scene` with `frame` around it.
#[must_use]
pub fn framed(mut scene: Scene, frame: &Frame) -> Scene {
    let space = |y: f64, lines: usize| Space {
        at: (0.0, y),
        anchor: Anchor::Start,
        width: scene.width,
        lines,
    };
    let title = block(&frame.title, TITLE, space(0.0, 3));
    let (key, key_height) = key(&frame.key, scene.width);
    let top = -(title.height + key_height + 26.0);
    let note = block(&frame.note, NOTE, space(scene.height + 14.0, 4));
    let mut items = block(&frame.title, TITLE, space(top, 3)).items;
    items.extend(shifted(key, top + title.height + 12.0));
    items.extend(note.items);
    scene.items.splice(0..0, items);
    let bottom = scene.height + 14.0 + note.height;
    scene.origin = (-MARGIN, top - MARGIN);
    scene.height = bottom - top + 2.0 * MARGIN;
    scene.width += 2.0 * MARGIN;
    scene
}

/// The key in rows, and its height; its upper edge is at 0.
fn key(keys: &[Key], width: f64) -> (Vec<Item>, f64) {
    let (mut x, mut y): (f64, f64) = (0.0, 0.0);
    let mut items: Vec<Item> = Vec::new();
    for key in keys {
        let wide = 20.0 + text::width(&key.text, NOTE.size, NOTE.weight);
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + 22.0);
        }
        items.push(Placed::new(key.symbol, (x + 8.0, y + 9.0)).into());
        items.push(Label::new((x + 20.0, y + 13.0), NOTE, key.text.as_str()).into());
        x += wide + 20.0;
    }
    let height = if keys.is_empty() { 0.0 } else { y + 20.0 };
    (items, height)
}

fn shifted(items: Vec<Item>, by: f64) -> impl Iterator<Item = Item> {
    items.into_iter().map(move |item| match item {
        Item::Text(mut label) => {
            label.at.1 += by;
            label.into()
        }
        Item::Symbol(mut placed) => {
            placed.at.1 += by;
            placed.into()
        }
        other => other,
    })
}
