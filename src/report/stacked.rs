//! A bar that is divided by shares, as SVG; its words stand beside it.

use std::fmt::Write as _;

/// The share of a bar from which its number has room: bars are at least 200 px wide.
const ROOM: f64 = 9.0;

/// The parts of a bar, and over them their numbers.
#[derive(Default)]
pub(super) struct Stacked {
    parts: String,
    numbers: String,
}

impl Stacked {
    /// Adds a part from `x` on, both in percent of the bar, in the colour of a class of
    /// answers: 0 the worst, 4 the best.
    pub(super) fn part(&mut self, class: usize, [x, width]: [f64; 2]) {
        if width > 0.0 {
            let _ = write!(
                self.parts,
                r#"<rect class="l{class}" x="{x:.2}%" width="{width:.2}%" y="0" height="100%"/>"#
            );
        }
    }

    /// Writes the number of a part into it, in percent, where there is room.
    pub(super) fn number(&mut self, class: usize, [x, width]: [f64; 2], share: f64) {
        if width >= ROOM {
            let _ = write!(
                self.numbers,
                r#"<text class="t{class}" x="{:.2}%" y="13" text-anchor="middle">{:.0}</text>"#,
                x + width / 2.0,
                share * 100.0
            );
        }
    }

    /// The picture, with `over` over it.
    pub(super) fn svg(&self, over: &str) -> String {
        let Self { parts, numbers } = self;
        format!(r#"<svg class="lk" aria-hidden="true">{parts}{numbers}{over}</svg>"#)
    }
}

/// The bar of shares whose sum is 1, worst first: three or five.
pub(super) fn stacked(shares: &[f64]) -> String {
    let mut bar = Stacked::default();
    let mut at = 0.0;
    for (part, share) in shares.iter().enumerate() {
        // Three of five colours: the worst, the middle and the best.
        let class = if shares.len() == 3 { 2 * part } else { part };
        let place = [100.0 * at, 100.0 * share];
        bar.part(class, place);
        bar.number(class, place, *share);
        at += share;
    }
    bar.svg("")
}
