//! Dot plots for tables and lists: a score with its interval on an axis that all share.
//!
//! Positions are percentages, so that a plot is as wide as its cell.

use std::fmt::Write as _;

use minijinja::Value;

use crate::diagram::{Standing, Subject};

/// The axis that all dot plots of a report share.
#[derive(Clone, Copy, Debug)]
pub(super) struct DotAxis {
    low: f64,
    high: f64,
    target: f64,
}

impl DotAxis {
    /// An axis that holds every interval of `subject` and its target.
    pub(super) fn new(subject: &Subject) -> Self {
        let marks = subject.marks.iter().map(|mark| &mark.standing);
        let all = marks.chain(subject.stages.iter().map(|stage| &stage.standing));
        let (mut low, mut high) = (subject.target.0, subject.target.0);
        for standing in all {
            if let Standing::Scored { points, ci, .. } = standing {
                let [from, to] = ci.unwrap_or([*points, *points]);
                low = low.min(from);
                high = high.max(to);
            }
        }
        if let Some(shared) = subject.shared {
            low = low.min(shared.scores[0]);
            high = high.max(shared.scores[1]);
        }
        Self {
            low: ((low - 2.0) / 10.0).floor().max(0.0) * 10.0,
            high: ((high + 2.0) / 10.0).ceil().min(10.0) * 10.0,
            target: subject.target.0,
        }
    }

    /// Where `points` stand, in percent of the width.
    fn at(&self, points: f64) -> f64 {
        // A margin on both sides keeps glyphs at the ends whole.
        3.0 + 94.0 * (points - self.low) / (self.high - self.low)
    }

    /// Dot, interval and target as SVG; for a score that is absent, nothing.
    pub(super) fn plot(&self, standing: &Standing, own_target: Option<f64>) -> Value {
        let Standing::Scored { points, ci, .. } = standing else {
            return Value::from("");
        };
        let Some(symbol) = standing.symbol() else { return Value::from("") };
        let target = self.at(own_target.unwrap_or(self.target));
        let mut svg = String::from(r#"<svg class="dp" aria-hidden="true">"#);
        let _ = write!(
            svg,
            r#"<line class="dt" x1="{target:.1}%" x2="{target:.1}%" y1="0" y2="100%"/>"#
        );
        if let Some([low, high]) = ci {
            let _ = write!(
                svg,
                r#"<line class="dc" x1="{:.1}%" x2="{:.1}%" y1="50%" y2="50%"/>"#,
                self.at(*low),
                self.at(*high)
            );
        }
        let _ = write!(
            svg,
            r##"<svg x="{:.1}%" y="50%" overflow="visible"><use class="{}" href="#{}"/></svg></svg>"##,
            self.at(*points),
            symbol.class(),
            symbol.id()
        );
        Value::from_safe_string(svg)
    }

    /// The numbers of the axis as SVG.
    pub(super) fn ticks(&self) -> Value {
        let mut svg = String::from(r#"<svg class="dp dx" aria-hidden="true">"#);
        let every = if self.high - self.low > 60.0 { 20.0 } else { 10.0 };
        let mut tick = (self.low / every).ceil() * every;
        while tick <= self.high {
            let at = self.at(tick);
            let _ = write!(
                svg,
                r#"<text x="{at:.1}%" y="11" text-anchor="middle">{tick}</text>"#
            );
            tick += every;
        }
        svg.push_str("</svg>");
        Value::from_safe_string(svg)
    }
}
