//! Bars from a common left edge, with their interval.
//!
//! Lengths are percentages, so that a bar is as wide as its place allows.

use std::fmt::Write as _;

use minijinja::Value;

use crate::model::Interval;

/// How a bar looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bar {
    /// In a table: as high as a line of text, its interval over it.
    Thick,
    /// In a list: its interval, with ends, under it.
    Thin,
}

impl Bar {
    /// Its class in the style sheets.
    const fn class(self) -> &'static str {
        match self {
            Self::Thick => "ib",
            Self::Thin => "lbar",
        }
    }

    /// Height of the bar, and where its interval is, in pixels from the top.
    const fn heights(self) -> (u8, u8) {
        match self {
            Self::Thick => (10, 8),
            Self::Thin => (7, 14),
        }
    }

    /// The bar of `value` with its interval, on an axis from 0 to `most`, as SVG.
    pub(super) fn draw(self, value: f64, ci: Option<Interval>, most: f64) -> Value {
        let percent = |value: f64| 100.0 * value / most.max(f64::EPSILON);
        let (height, middle) = self.heights();
        let mut svg = format!(
            r#"<svg class="{}" aria-hidden="true"><rect width="{:.1}%" y="3" height="{height}"/>"#,
            self.class(),
            percent(value)
        );
        let mut line = |[from, to]: Interval, [top, bottom]: [u8; 2]| {
            let _ = write!(
                svg,
                r#"<line x1="{from:.1}%" x2="{to:.1}%" y1="{top}" y2="{bottom}"/>"#
            );
        };
        if let Some(ci) = ci {
            let ci @ [low, high] = ci.map(percent);
            line(ci, [middle, middle]);
            if self == Self::Thin {
                line([low, low], [middle - 3, middle + 3]);
                line([high, high], [middle - 3, middle + 3]);
            }
        }
        svg.push_str("</svg>");
        Value::from_safe_string(svg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_ends_where_its_value_does_on_the_axis() {
        let svg = Bar::Thick.draw(1.0, Some([0.5, 2.0]), 4.0).to_string();
        assert!(svg.contains(r#"<rect width="25.0%""#) && svg.contains(r#"x2="50.0%""#));
        assert_eq!(
            Bar::Thin
                .draw(1.0, Some([0.5, 2.0]), 4.0)
                .to_string()
                .matches("<line")
                .count(),
            3
        );
        assert!(!Bar::Thin.draw(1.0, None, 4.0).to_string().contains("<line"));
    }
}
