//! How customers rated: answers in five classes, in a bar that diverges from the middle.
//!
//! R. M. Heiberger and N. B. Robbins, “Design of diverging stacked bar charts for Likert
//! scales and other applications”, Journal of Statistical Software 57(5), 2014.

use minijinja::Value;

use crate::model::{Scale, Score};

use super::context::Context;
use super::number;
use super::stacked::Stacked;

/// Shares, 0–1, from very dissatisfied to very satisfied.
pub(super) type Classes = [f64; 5];

/// Upper ends of the lower two classes, in points; the upper two mirror them.
const EDGES: [f64; 2] = [12.5, 25.0];

/// The weighted answers of `score` by class; `None` when their distribution is not known.
///
/// The outer two pairs are METHOD §1.7's dissatisfied (up to 25 points) and satisfied (from
/// 75), halved at 12.5 and 87.5: each class of a five-point scale is one answer, and a
/// ten-point scale falls into 1–2, 3, 4–7, 8, 9–10.
pub(super) fn classes(score: &Score, scale: &Scale) -> Option<Classes> {
    let shares = score.shares.as_ref()?;
    let total: f64 = shares.values().sum();
    if total <= 0.0 {
        return None;
    }
    let mut classes = [0.0; 5];
    for (level, share) in shares {
        classes[class(scale.minmax_points(level.0))] += share / total;
    }
    Some(classes)
}

fn class(points: f64) -> usize {
    let [outer, inner] = EDGES;
    // Levels such as 1 + 2.25 have no exact form: a hair on either side of an edge counts.
    let hair = 1e-9;
    if points <= outer + hair {
        0
    } else if points <= inner + hair {
        1
    } else if points < 100.0 - inner - hair {
        2
    } else if points < 100.0 - outer - hair {
        3
    } else {
        4
    }
}

/// The scale that all bars of a table share: the middle of *neutral* stands in one line.
#[derive(Clone, Copy, Debug)]
pub(super) struct BarAxis {
    left: f64,
    width: f64,
}

impl BarAxis {
    /// An axis on which every one of `bars` fits.
    pub(super) fn new(bars: &[Classes]) -> Self {
        let left = bars.iter().map(|it| it[0] + it[1] + it[2] / 2.0).fold(0.05, f64::max);
        let right =
            bars.iter().map(|it| it[2] / 2.0 + it[3] + it[4]).fold(0.05, f64::max);
        Self { left, width: left + right }
    }

    fn percent(&self, share: f64) -> f64 {
        100.0 * share / self.width
    }

    /// The bar as SVG; its words stand beside it.
    pub(super) fn bar(&self, classes: &Classes) -> Value {
        let mut bar = Stacked::default();
        let mut at = self.left - classes[0] - classes[1] - classes[2] / 2.0;
        for (class, share) in classes.iter().enumerate() {
            let place = [self.percent(at), self.percent(*share)];
            bar.part(class, place);
            // The line through *neutral* stands where its number would.
            if class != 2 {
                bar.number(class, place, *share);
            }
            at += share;
        }
        let middle = self.percent(self.left);
        let line = format!(
            r#"<line class="lm" x1="{middle:.2}%" x2="{middle:.2}%" y1="0" y2="100%"/>"#
        );
        Value::from_safe_string(bar.svg(&line))
    }
}

/// The three sums, each in a word or two.
pub(super) fn three_words(context: &Context<'_>, classes: &Classes) -> Vec<String> {
    let [worst, bad, neutral, good, best] = *classes;
    let sums = [
        ("cards.rated.low", worst + bad),
        ("cards.rated.middle", neutral),
        ("cards.rated.high", good + best),
    ];
    let said =
        sums.map(|(key, sum)| context.locale.say(key, &[("share", &number::share(sum))]));
    said.into()
}

/// The three sums as numbers alone: dissatisfied, neutral, satisfied.
pub(super) fn numbers(classes: &Classes) -> String {
    let [worst, bad, neutral, good, best] = *classes;
    [worst + bad, neutral, good + best].map(number::share).join(" / ")
}

/// The three sums in words.
pub(super) fn words(context: &Context<'_>, classes: &Classes) -> String {
    let [worst, bad, neutral, good, best] = *classes;
    let (low, middle, high) =
        (number::share(worst + bad), number::share(neutral), number::share(good + best));
    let gaps = [("low", &*low), ("middle", &*middle), ("high", &*high)];
    context.locale.say("rated", &gaps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Valid;

    fn by_class(scale: &Scale, levels: impl Iterator<Item = u8>) -> Vec<usize> {
        levels.map(|level| class(scale.minmax_points(f64::from(level)))).collect()
    }

    #[test]
    fn five_answers_are_five_classes() {
        let five = Scale::new(1.0, 5.0, Valid::All).unwrap();
        assert_eq!(by_class(&five, 1..=5), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn ten_answers_fall_into_the_boxes_of_the_method() {
        // METHOD §1.7: dissatisfied {1, 2, 3}, satisfied {8, 9, 10}.
        let ten = Scale::one_to_ten();
        assert_eq!(by_class(&ten, 1..=10), [0, 0, 1, 2, 2, 2, 2, 3, 4, 4]);
    }

    #[test]
    fn bars_share_the_middle_of_neutral() {
        let axis = BarAxis::new(&[[0.0, 0.0, 0.2, 0.3, 0.5], [0.5, 0.3, 0.2, 0.0, 0.0]]);
        assert!((axis.left - 0.9).abs() < 1e-12 && (axis.width - 1.8).abs() < 1e-12);
    }
}
