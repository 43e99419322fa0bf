//! Columns of the map: how wide a stage is, and where its touchpoints stand.

use super::{Layer, NAMES};
use crate::diagram::scene::Rect;
use crate::diagram::style::HALO;
use crate::diagram::subject::{Standing, Subject};
use crate::diagram::text::width;

/// Least width of a stage: its name and its texts must be readable.
const STAGE: f64 = 112.0;
/// Least width of a stage of which only its sums are said.
const NARROW: f64 = 93.0;
/// Least distance of two points of the curve: a value, or three flags, fit between.
const POINT: f64 = 38.0;
/// Room right of the last stage, for the tip of its chevron.
const TIP: f64 = 8.0;

/// Columns of the map, in pixels.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// Width of the whole map.
    pub(super) width: f64,
    /// By stage: its column, height unused.
    pub(super) stages: Vec<Rect>,
    /// By touchpoint: the middle of its slot.
    pub(super) points: Vec<f64>,
    /// By touchpoint: the width of its slot.
    pub(super) slots: Vec<f64>,
}

impl Columns {
    /// Columns that fill `width`, or more where touchpoints need more.
    pub(super) fn new(subject: &Subject, layers: &[Layer], width: f64) -> Self {
        let needs: Vec<f64> =
            (0..subject.stages.len()).map(|at| need(subject, layers, at)).collect();
        let widths = level(&needs, width - NAMES - TIP);
        let mut x = NAMES;
        let mut columns = Self {
            width: (NAMES + TIP + widths.iter().sum::<f64>()).max(width),
            stages: Vec::new(),
            points: Vec::new(),
            slots: Vec::new(),
        };
        for (stage, width) in subject.stages.iter().zip(&widths) {
            columns.stages.push(Rect::new(x, 0.0, *width, 0.0));
            #[expect(clippy::cast_precision_loss, reason = "a stage has few touchpoints")]
            let slot = width / stage.marks.len().max(1) as f64;
            for at in 0..stage.marks.len() {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a stage has few touchpoints"
                )]
                columns.points.push(x + slot * (at as f64 + 0.5) - 1.0);
                columns.slots.push(slot);
            }
            x += width;
        }
        columns
    }
}

impl Columns {
    /// One column of the same width for each stage, for pictures that show no touchpoint by
    /// itself.
    pub(super) fn even(subject: &Subject, width: f64) -> Self {
        let needs = vec![NARROW; subject.stages.len()];
        let widths = level(&needs, width - NAMES - TIP);
        let mut x = NAMES;
        let column = |width: &f64| {
            x += width;
            Rect::new(x - width, 0.0, *width, 0.0)
        };
        let stages = widths.iter().map(column).collect();
        Self {
            width: (x + TIP).max(width),
            stages,
            points: Vec::new(),
            slots: Vec::new(),
        }
    }
}

fn need(subject: &Subject, layers: &[Layer], stage: usize) -> f64 {
    let marks = subject.stages.get(stage).map_or(0..0, |stage| stage.marks.clone());
    let count = marks.len();
    let own = subject.marks.get(marks.clone()).unwrap_or_default();
    let own = own.iter().map(|mark| &mark.standing);
    let others = layers.iter().filter_map(|layer| layer.standings.get(marks.clone()));
    let widest = own.chain(others.flatten()).fold(POINT, |widest: f64, standing| {
        let words = match standing {
            Standing::Scored { low, .. } => low.as_deref().unwrap_or_default(),
            Standing::Absent(why) => why,
        };
        widest.max(longest_word(words) + 10.0)
    });
    #[expect(clippy::cast_precision_loss, reason = "a stage has few touchpoints")]
    let all = count as f64 * widest;
    all.max(STAGE)
}

/// Words in place of a point, or under it, are broken between words only.
fn longest_word(words: &str) -> f64 {
    let widths = words.split(' ').map(|word| width(word, HALO.size, HALO.weight));
    widths.fold(0.0, f64::max)
}

/// Widths that add up to `total` and are as equal as the needs allow; the needs themselves
/// when they add up to more.
fn level(needs: &[f64], total: f64) -> Vec<f64> {
    let mut sorted: Vec<f64> = needs.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut rest = total;
    let mut level = 0.0;
    // From the greatest need down: who needs more than an equal share gets just that.
    while let Some(greatest) = sorted.pop() {
        #[expect(clippy::cast_precision_loss, reason = "a journey has few stages")]
        let share = rest / (sorted.len() + 1) as f64;
        if greatest <= share {
            level = share;
            break;
        }
        rest -= greatest;
    }
    needs.iter().map(|need| need.max(level)).collect()
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn equal_needs_share_equally_and_a_great_need_takes_what_it_needs() {
        assert_eq!(level(&[10.0, 10.0], 100.0), [50.0, 50.0]);
        assert_eq!(level(&[10.0, 80.0, 5.0], 100.0), [10.0, 80.0, 10.0]);
        assert_eq!(level(&[60.0, 80.0], 100.0), [60.0, 80.0]);
    }
}
