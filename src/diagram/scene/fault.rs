//! What must never happen in a picture: texts that overlap, are covered or leave it.

use super::{Rect, Scene};

impl Scene {
    /// The first fault of the layout, in words; `None` when every text can be read, whichever
    /// layer is chosen.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let fault = |at: usize| {
            let fault = self.chosen(at).fault_as_shown();
            fault.map(|fault| format!("layer {at}: {fault}"))
        };
        match self.layers() {
            0 => self.fault_as_shown(),
            layers => (0..layers).find_map(fault),
        }
    }

    fn fault_as_shown(&self) -> Option<String> {
        let labels = self.labels();
        for (at, label) in labels.iter().enumerate() {
            let rect = label.rect();
            if !self.holds(rect) {
                return Some(format!("`{}` leaves the picture at {rect:?}", label.text));
            }
            // Lines of one block touch by a hair where descenders meet ascenders.
            let rect = rect.grown(-1.0);
            let other =
                labels[..at].iter().find(|it| it.rect().grown(-1.0).overlaps(&rect));
            if let Some(other) = other {
                return Some(format!("`{}` overlaps `{}`", label.text, other.text));
            }
        }
        for symbol in self.symbols() {
            // The square around a glyph is larger than the glyph.
            let rect = symbol.rect().grown(-2.0);
            if let Some(label) =
                labels.iter().find(|it| it.rect().grown(-1.5).overlaps(&rect))
            {
                return Some(format!("{symbol:?} covers `{}`", label.text));
            }
        }
        let outside =
            self.symbols().into_iter().find(|symbol| !self.holds(symbol.rect()));
        outside.map(|symbol| format!("{symbol:?} leaves the picture"))
    }

    fn holds(&self, rect: Rect) -> bool {
        let (x, y) = self.origin;
        rect.x >= x - 0.5
            && rect.y >= y - 0.5
            && rect.right() <= x + self.width + 0.5
            && rect.bottom() <= y + self.height + 0.5
    }
}
