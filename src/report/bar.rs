//! Bars of a table from a common left edge, with their interval over them.
//!
//! Lengths are percentages, so that a bar is as wide as its cell allows.

use std::fmt::Write as _;

use minijinja::Value;

use crate::model::Interval;

/// The bar of `value` with its interval, on an axis from 0 to `most`, as SVG.
pub(super) fn bar(value: f64, ci: Option<Interval>, most: f64) -> Value {
    let percent = |value: f64| 100.0 * value / most;
    let mut svg = format!(
        r#"<svg class="ib" aria-hidden="true"><rect width="{:.1}%" y="3" height="10"/>"#,
        percent(value)
    );
    if let Some([low, high]) = ci {
        let (low, high) = (percent(low), percent(high));
        let _ = write!(svg, r#"<line x1="{low:.1}%" x2="{high:.1}%" y1="8" y2="8"/>"#);
    }
    svg.push_str("</svg>");
    Value::from_safe_string(svg)
}
