//! Scores by segment: a table for each segment variable, with dots on an axis that all cards
//! share.

use std::fmt::Write as _;

use minijinja::Value;
use serde::Serialize;

use crate::diagram::{Band, Standing};
use crate::model::SegmentResult;

use super::super::context::Context;
use super::super::{number, subject};
use super::extent;

/// Margin at both ends of the axis, in percent, so that glyphs at the ends are whole.
const MARGIN: f64 = 4.0;

/// The axis of all strips.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct StripAxis {
    low: f64,
    high: f64,
}

/// The values of a segment variable.
#[derive(Serialize)]
pub(in super::super) struct StripView {
    name: String,
    /// Target and score of all respondents, behind the dots.
    lines: Value,
    rows: Vec<RowView>,
    /// Values that are left out, in words.
    more: Option<String>,
}

/// A value of a segment variable.
#[derive(Serialize)]
struct RowView {
    name: String,
    plot: Value,
    score: Option<String>,
    half: Option<String>,
    n: Option<String>,
    /// Why there is no score.
    absent: Option<String>,
    /// Whether it reliably differs from all others: `hi`, `lo`, or nothing.
    differs: &'static str,
}

/// How much of the segments a card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Extent {
    /// Every value.
    All,
    /// Of a variable of many values only those that reliably differ: the heat map has all.
    Brief,
}

/// Values of a variable that a brief card shows whether they differ or not.
const FEW: usize = 8;

impl StripAxis {
    /// An axis that holds every interval that is shown, and every target.
    pub(in super::super) fn new(context: &Context<'_>) -> Self {
        let scores = context.analysis.segments.iter().map(|it| &it.score);
        let [low, high] = extent(context, scores);
        let low = (low / 10.0).floor().clamp(0.0, 9.0) * 10.0;
        Self { low, high: ((high / 10.0).ceil().min(10.0) * 10.0).max(low + 10.0) }
    }

    fn at(&self, points: f64) -> f64 {
        let part = (points - self.low) / (self.high - self.low);
        MARGIN + (100.0 - 2.0 * MARGIN) * part
    }

    /// Numbers and hairlines of the axis under the id `id`, and small glyphs under ids that
    /// begin with it, for all strips.
    pub(in super::super) fn definition(&self, id: &str) -> Value {
        let mut svg = format!(r#"<symbol class="ax" id="{id}" overflow="visible">"#);
        let every = if self.high - self.low > 50.0 { 20.0 } else { 10.0 };
        let mut tick = (self.low / every).ceil() * every;
        while tick <= self.high {
            let at = self.at(tick);
            let _ = write!(
                svg,
                r#"<text x="{at:.1}%" y="12" text-anchor="middle">{tick}</text><line class="grid" x1="{at:.1}%" x2="{at:.1}%" y1="18" y2="100%"/>"#
            );
            tick += every;
        }
        svg.push_str("</symbol>");
        // Glyphs small enough to leave the interval beside them to be seen.
        for band in Band::ALL.map(Band::id) {
            let _ = write!(
                svg,
                r##"<g id="{id}-{band}"><use href="#g-{band}" transform="scale(.76)"/></g>"##
            );
        }
        Value::from_safe_string(svg)
    }

    /// The dashed target, and the score of all respondents.
    fn lines(&self, id: &str, target: f64, all: Option<f64>) -> Value {
        let mut svg =
            format!(r##"<svg class="sx" aria-hidden="true"><use href="#{id}"/>"##);
        if let Some(points) = all {
            let _ = write!(svg, r#"<rect x="{:.1}%"/>"#, self.at(points));
        }
        let at = self.at(target);
        let _ = write!(
            svg,
            r#"<line class="dt" x1="{at:.1}%" x2="{at:.1}%" y1="18" y2="100%"/></svg>"#
        );
        Value::from_safe_string(svg)
    }

    fn dot(&self, id: &str, standing: &Standing) -> Value {
        let Standing::Scored { points, ci, band, .. } = standing else {
            return Value::from("");
        };
        let Some(symbol) = standing.symbol() else { return Value::from("") };
        let mut svg = String::from(r#"<svg class="sd">"#);
        if let Some([low, high]) = ci {
            let (from, to) = (self.at(*low), self.at(*high));
            let _ = write!(svg, r#"<rect x="{from:.1}%" width="{:.1}%"/>"#, to - from);
        }
        let _ = write!(
            svg,
            r##"<use class="{}" href="#{id}-{}" x="{:.1}%" y="9"/></svg>"##,
            symbol.class(),
            band.id(),
            self.at(*points)
        );
        Value::from_safe_string(svg)
    }
}

/// The strips of the touchpoint at `at` in up to two columns of about the same height.
pub(in super::super) fn strips(
    context: &Context<'_>,
    at: usize,
    (axis, id): (StripAxis, &str),
    extent: Extent,
) -> Vec<Vec<StripView>> {
    let Some(touchpoint) = context.journey.touchpoints.get(at) else { return Vec::new() };
    let all = context.subject.marks.get(at).and_then(|mark| mark.standing.points());
    if all.is_none() {
        return Vec::new();
    }
    let own: Vec<&SegmentResult> = context
        .analysis
        .segments
        .iter()
        .filter(|it| it.touchpoint == touchpoint.id)
        .collect();
    let strips: Vec<StripView> = own
        .chunk_by(|one, other| one.segment == other.segment)
        .map(|values| {
            let brief = extent == Extent::Brief && values.len() > FEW;
            let shown = values.iter().filter(|it| !brief || !differs(it).is_empty());
            let rows: Vec<RowView> =
                shown.map(|it| row(context, it, (axis, id))).collect();
            let more = values.len() - rows.len();
            StripView {
                name: values
                    .first()
                    .map(|it| context.variable(&it.segment))
                    .unwrap_or_default(),
                lines: axis.lines(id, context.target_of(at), all),
                more: (more > 0).then(|| left_out(context, more, rows.len())),
                rows,
            }
        })
        .collect();
    columns(strips)
}

/// `count` values without a detected difference, beside `shown` others.
fn left_out(context: &Context<'_>, count: usize, shown: usize) -> String {
    let n = number::count_of(count);
    let key = if shown > 0 { "cards.more" } else { "cards.none" };
    context.locale.say(key, &[("n", &n)])
}

/// Whether the value reliably differs from all others, and which way.
fn differs(it: &SegmentResult) -> &'static str {
    match it.differs() {
        Some(versus) if versus.points < 0.0 => "lo",
        Some(_) => "hi",
        None => "",
    }
}

/// Split where the longer column is shortest.
fn columns(mut strips: Vec<StripView>) -> Vec<Vec<StripView>> {
    let heights: Vec<usize> = strips.iter().map(|it| it.rows.len() + 2).collect();
    let total: usize = heights.iter().sum();
    let longer = |split: &usize| {
        let left: usize = heights.iter().take(*split).sum();
        left.max(total - left)
    };
    let Some(split) = (1..=strips.len()).min_by_key(longer) else { return Vec::new() };
    let right = strips.split_off(split);
    [strips, right].into_iter().filter(|column| !column.is_empty()).collect()
}

fn row(
    context: &Context<'_>,
    it: &SegmentResult,
    (axis, id): (StripAxis, &str),
) -> RowView {
    let standing = subject::standing(context, Some(&it.score), 1);
    let plot = axis.dot(id, &standing);
    let (score, low, absent) = match standing {
        Standing::Scored { text, low, .. } => (Some(text), low, None),
        Standing::Absent(why) => (None, None, Some(why)),
    };
    let shown = score.is_some().then_some(&it.score);
    RowView {
        name: it.value.clone(),
        plot,
        half: shown.and_then(|it| it.points_ci).map(number::half_width),
        n: low.or_else(|| shown.and_then(|it| it.n).map(number::count)),
        score,
        absent,
        differs: differs(it),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(rows: usize) -> StripView {
        let row = || RowView {
            name: String::new(),
            plot: Value::from(""),
            score: None,
            half: None,
            n: None,
            absent: None,
            differs: "",
        };
        let rows = (0..rows).map(|_| row()).collect();
        StripView { name: String::new(), lines: Value::from(""), rows, more: None }
    }

    #[test]
    fn two_columns_are_about_as_long_as_one_another() {
        let split = |rows: &[usize]| -> Vec<usize> {
            let strips = rows.iter().map(|rows| strip(*rows)).collect();
            columns(strips).iter().map(Vec::len).collect()
        };
        assert_eq!(split(&[4, 4, 12]), [2, 1]);
        assert_eq!(split(&[12, 4, 4]), [1, 2]);
        assert_eq!(split(&[7]), [1]);
        assert!(split(&[]).is_empty());
    }

    #[test]
    fn the_ends_of_the_axis_are_within_the_picture() {
        let axis = StripAxis { low: 40.0, high: 100.0 };
        assert!((axis.at(40.0) - 4.0).abs() < 1e-12);
        assert!((axis.at(100.0) - 96.0).abs() < 1e-12);
    }
}
