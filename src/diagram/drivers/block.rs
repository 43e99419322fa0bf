//! What is written beside a point: flags, code, and a name in at most two lines.

use super::{Driver, Naming};
use crate::diagram::glyph::Symbol;
use crate::diagram::scene::{Item, Label, Placed, Rect};
use crate::diagram::style::{BODY, CODE};
use crate::diagram::subject::Flag;
use crate::diagram::text::{Measure, width, wrap};

/// Width of a name.
const NAME: f64 = 214.0;
/// Distance of two flags.
const PITCH: f64 = 13.5;
/// Size of a flag, 1 being its own.
const FLAG: f64 = 0.72;

/// A text with its flags, not yet at a place.
#[derive(Clone, Debug)]
pub(super) struct Block {
    flags: Vec<Flag>,
    code: String,
    lines: Vec<String>,
    whole: Option<String>,
    /// Width.
    pub(super) w: f64,
    /// Height.
    pub(super) h: f64,
}

impl Block {
    /// What `naming` asks for beside `driver`; `None` when that is nothing.
    pub(super) fn new(driver: &Driver, naming: Naming) -> Option<Self> {
        let (flags, name) = match naming {
            Naming::Full => (driver.flags.clone(), Some(driver.name.as_str())),
            Naming::Code => (Vec::new(), None),
            Naming::None => return None,
        };
        let indent = offset(&flags) + width(&driver.code, CODE.size, CODE.weight) + 5.0;
        let wrapped = name.map(|name| {
            wrap(
                name,
                Measure {
                    size: BODY.size,
                    weight: BODY.weight,
                    width: NAME,
                    indent,
                    lines: 2,
                },
            )
        });
        let cut = wrapped.as_ref().is_some_and(|it| it.cut);
        let lines = wrapped.map_or_else(Vec::new, |it| it.lines);
        let line = |at: usize, line: &String| {
            let indent = if at == 0 { indent } else { 0.0 };
            indent + width(line, BODY.size, BODY.weight)
        };
        let wide = lines.iter().enumerate().map(|(at, it)| line(at, it));
        let w = wide.fold(indent - 5.0, f64::max);
        let more = if lines.len() > 1 { BODY.line_height() } else { 0.0 };
        Some(Self {
            flags,
            code: driver.code.clone(),
            lines,
            whole: cut.then(|| driver.name.clone()),
            w,
            h: 13.0 + more,
        })
    }

    /// Its items within `rect`.
    pub(super) fn items(&self, rect: Rect) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let baseline = rect.y + 10.0;
        let mut x = rect.x;
        for flag in &self.flags {
            let at = (x + PITCH / 2.0 - 0.5, baseline - 4.0);
            let symbol = Symbol::Flag(*flag);
            items.push(Placed { symbol, at, scale: FLAG, class: "" }.into());
            x += PITCH;
        }
        x = rect.x + offset(&self.flags);
        items.push(Label::new((x, baseline), CODE, self.code.as_str()).into());
        let indent = x - rect.x + width(&self.code, CODE.size, CODE.weight) + 5.0;
        let mut at = (rect.x + indent, baseline);
        for line in self.lines.iter().filter(|line| !line.is_empty()) {
            let mut label = Label::new(at, BODY, line.as_str());
            label.whole.clone_from(&self.whole);
            items.push(label.into());
            at = (rect.x, at.1 + BODY.line_height());
        }
        items
    }
}

/// Room for the flags.
fn offset(flags: &[Flag]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "at most four flags")]
    let wide = PITCH * flags.len() as f64;
    if flags.is_empty() { 0.0 } else { wide + 3.0 }
}
