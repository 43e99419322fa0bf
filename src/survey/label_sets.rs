//! The sets of labels that survey tools and institutes write instead of numbers.

use crate::model::{Labels, Scale, Valid};

/// A set of labels, lowest first; `|` separates spellings of one level.
type LabelSet = &'static [&'static str];

const NEITHER: &str = "neither satisfied nor dissatisfied|neutral";
const AGREE_OR_NOT: &str = "neither agree nor disagree|neutral|undecided";
const MIDDLING: &str = "一般|普通|尚可|中立";

/// The sets, the more usual first. A label that stands at different levels in two of them is
/// read only where the other labels of its column tell which it is.
const SETS: &[LabelSet] = &[
    // Five levels.
    &["very dissatisfied", "dissatisfied", NEITHER, "satisfied", "very satisfied"],
    &[
        "very dissatisfied",
        "somewhat dissatisfied",
        NEITHER,
        "somewhat satisfied",
        "very satisfied",
    ],
    &[
        "extremely dissatisfied",
        "somewhat dissatisfied",
        NEITHER,
        "somewhat satisfied",
        "extremely satisfied",
    ],
    &[
        "not at all satisfied",
        "slightly satisfied",
        "moderately satisfied",
        "very satisfied",
        "extremely satisfied",
    ],
    &["strongly disagree", "disagree", AGREE_OR_NOT, "agree", "strongly agree"],
    &[
        "strongly disagree",
        "somewhat disagree",
        AGREE_OR_NOT,
        "somewhat agree",
        "strongly agree",
    ],
    &["very poor", "poor", "fair|average", "good", "very good"],
    &["poor", "fair", "good", "very good", "excellent"],
    &["terrible", "poor", "average|fair", "good", "excellent"],
    &["very bad", "bad", "average|neutral", "good", "very good"],
    &["非常不满意", "不满意", MIDDLING, "满意", "非常满意"],
    &["非常不满意", "比较不满意|较不满意", MIDDLING, "比较满意|较满意", "非常满意"],
    &["非常不满意", "不太满意", MIDDLING, "比较满意|较满意", "非常满意"],
    &["很不满意", "不满意", MIDDLING, "满意", "很满意"],
    &["很不满意", "不太满意|较不满意|比较不满意", MIDDLING, "比较满意|较满意", "很满意"],
    &["不满意", "不太满意", MIDDLING, "比较满意|较满意", "非常满意|很满意"],
    &["非常不同意", "不同意", MIDDLING, "同意", "非常同意"],
    &["非常不同意", "比较不同意|不太同意", MIDDLING, "比较同意", "非常同意"],
    &["完全不同意", "不同意", "一般|中立|不确定", "同意", "完全同意"],
    &["完全不同意", "比较不同意|不太同意", "一般|中立|不确定", "比较同意", "完全同意"],
    &["非常差", "差|较差|比较差", MIDDLING, "好|较好|比较好", "非常好"],
    &["很差", "差|较差|比较差", MIDDLING, "好|较好|比较好", "很好"],
    &["😡|😠|😢|😭|😫", "🙁|😕|😟|☹", "😐|😑", "🙂|😊", "😀|😃|😄|😁|😍|🤩"],
    &["😞|😢", "🙁|😕|☹", "😐|😑", "🙂", "😊|😀|😃|😄"],
    // Seven levels.
    &[
        "very dissatisfied|extremely dissatisfied",
        "dissatisfied|moderately dissatisfied",
        "somewhat dissatisfied|slightly dissatisfied",
        NEITHER,
        "somewhat satisfied|slightly satisfied",
        "satisfied|moderately satisfied",
        "very satisfied|extremely satisfied",
    ],
    &[
        "completely dissatisfied",
        "mostly dissatisfied",
        "somewhat dissatisfied",
        NEITHER,
        "somewhat satisfied",
        "mostly satisfied",
        "completely satisfied",
    ],
    &[
        "strongly disagree",
        "disagree",
        "somewhat disagree|slightly disagree",
        AGREE_OR_NOT,
        "somewhat agree|slightly agree",
        "agree",
        "strongly agree",
    ],
    &[
        "非常不满意|极不满意",
        "不满意",
        "比较不满意|较不满意|有点不满意|不太满意",
        MIDDLING,
        "比较满意|较满意|有点满意",
        "满意",
        "非常满意|极满意",
    ],
    &[
        "非常不同意",
        "不同意",
        "比较不同意|有点不同意|不太同意",
        MIDDLING,
        "比较同意|有点同意",
        "同意",
        "非常同意",
    ],
    // Four, three and two.
    &["very dissatisfied", "dissatisfied", "satisfied", "very satisfied"],
    &["strongly disagree", "disagree", "agree", "strongly agree"],
    &["非常不满意|很不满意", "不满意|不太满意", "满意|比较满意", "非常满意|很满意"],
    &["dissatisfied", NEITHER, "satisfied"],
    &["不满意", MIDDLING, "满意"],
    &["😞|🙁|☹|😡|😠", "😐", "🙂|😊|😀|😃|😄"],
    &["👎", "👍"],
    // Only the ends of long scales have names.
    &["not at all likely", "extremely likely"],
    &["very unlikely|extremely unlikely", "very likely|extremely likely"],
    &["not at all satisfied", "completely satisfied|extremely satisfied"],
    &["非常不可能|完全不可能|极不可能|不可能", "非常可能|极有可能|极可能"],
    &["绝对不会|一定不会|肯定不会", "一定会|肯定会|绝对会"],
    &["非常不愿意|完全不愿意", "非常愿意|十分愿意"],
    &["完全不满意|极不满意", "完全满意|极满意"],
];

/// Where labels stand: a bit for each set that has all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SetsOf(u64);

impl SetsOf {
    /// Every set.
    pub(super) const ALL: Self = Self(u64::MAX);

    /// The sets that both have.
    #[must_use]
    pub(super) fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// The level of `scale` that `text` is the label of, and the sets that have it.
///
/// A set fits a scale of as many levels; on one of ten or eleven, the ends of any set are
/// its ends.
pub(super) fn recognise(text: &str, scale: &Scale) -> Option<(f64, SetsOf)> {
    let (text, levels) = (simplified(text), levels(scale)?);
    let mut sets = 0_u64;
    let mut first = None;
    for (index, set) in SETS.iter().enumerate() {
        if let Some(level) = level_in(set, &text, &levels) {
            first = first.or(Some(level));
            sets |= 1 << index;
        }
    }
    Some((first?, SetsOf(sets)))
}

/// Whether every set of `sets` that has `text` gives it `level`.
pub(super) fn all_give(sets: SetsOf, text: &str, scale: &Scale, level: f64) -> bool {
    let text = simplified(text);
    let Some(levels) = levels(scale) else { return false };
    let chosen = SETS.iter().enumerate().filter(|(index, _)| sets.0 >> index & 1 == 1);
    let mut given =
        chosen.filter_map(|(_, set)| level_in(set, &text, &levels)).peekable();
    given.peek().is_some() && given.all(|it| (it - level).abs() < 1e-9)
}

/// Whether `text`, beside the number `level`, is a label of that level: an end of any set
/// belongs to that end of the scale.
pub(super) fn may_name(text: &str, level: f64, scale: &Scale) -> bool {
    let text = simplified(text);
    let levels = levels(scale).unwrap_or_default();
    let is = |other: f64| (level - other).abs() < 1e-9;
    let end = || match end(&text) {
        Some(End::Low) => is(scale.min()),
        Some(End::High) => is(scale.max()),
        None => false,
    };
    SETS.iter().any(|set| level_in(set, &text, &levels).is_some_and(is)) || end()
}

/// An end of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Low,
    High,
}

/// The end that a label names on any scale: it is so in most of the sets that have it.
fn end(text: &str) -> Option<End> {
    let (mut low, mut high, mut inside) = (0, 0, 0);
    for set in SETS.iter().filter(|set| set.len() != 3 && set.len() != 4) {
        match set.iter().position(|it| spells(it, text)) {
            Some(0) => low += 1,
            Some(at) if at + 1 == set.len() => high += 1,
            Some(_) => inside += 1,
            None => {}
        }
    }
    match (low > inside + high, high > inside + low) {
        (true, _) => Some(End::Low),
        (_, true) => Some(End::High),
        _ => None,
    }
}

fn level_in(set: LabelSet, text: &str, levels: &[f64]) -> Option<f64> {
    let at = set.iter().position(|spellings| spells(spellings, text))?;
    if set.len() == levels.len() {
        return levels.get(at).copied();
    }
    match end(text) {
        _ if !matches!(levels.len(), 10 | 11) => None,
        Some(End::Low) if at == 0 => levels.first().copied(),
        Some(End::High) if at + 1 == set.len() => levels.last().copied(),
        _ => None,
    }
}

fn spells(spellings: &str, text: &str) -> bool {
    spellings.split('|').any(|it| it == text)
}

/// The levels of a scale, lowest first; `None` where they are too many to have labels.
fn levels(scale: &Scale) -> Option<Vec<f64>> {
    const MOST: usize = 11;
    let step = match scale.valid() {
        Valid::Levels(levels) => return (levels.len() <= MOST).then(|| levels.clone()),
        Valid::Step(step) => *step,
        Valid::All => 1.0,
    };
    let mut levels = Vec::new();
    for index in 0..=MOST {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let level = step.mul_add(f64::from(index), scale.min());
        if level > scale.max() + 1e-9 {
            break;
        }
        levels.push(level);
    }
    let whole = levels.last().is_some_and(|last| (last - scale.max()).abs() < 1e-9);
    (whole && levels.len() <= MOST).then_some(levels)
}

/// A label in the characters of the sets: traditional ones become simplified.
fn simplified(text: &str) -> String {
    const PAIRS: [(char, char); 9] = [
        ('滿', '满'),
        ('較', '较'),
        ('點', '点'),
        ('極', '极'),
        ('會', '会'),
        ('願', '愿'),
        ('絕', '绝'),
        ('對', '对'),
        ('確', '确'),
    ];
    let simple =
        |it: char| PAIRS.iter().find(|(from, _)| *from == it).map_or(it, |(_, to)| *to);
    Labels::normal(text).chars().map(simple).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(min: f64, max: f64) -> Scale {
        Scale::new(min, max, Valid::All).unwrap()
    }

    fn level(text: &str, min: f64, max: f64) -> Option<f64> {
        recognise(text, &scale(min, max)).map(|(level, _)| level)
    }

    #[test]
    fn every_set_has_as_many_levels_as_some_scale_and_no_label_twice() {
        assert!(SETS.len() <= 64, "a set is a bit");
        for set in SETS {
            let mut spellings: Vec<_> = set.iter().flat_map(|it| it.split('|')).collect();
            let all = spellings.len();
            spellings.sort_unstable();
            spellings.dedup();
            assert_eq!(spellings.len(), all, "{set:?}");
            for it in spellings {
                assert_eq!(simplified(it), it, "is compared so");
            }
        }
    }

    #[test]
    fn labels_are_levels_of_a_scale_of_as_many() {
        assert_eq!(level("非常满意", 1.0, 5.0), Some(5.0));
        assert_eq!(level("普通", 1.0, 5.0), Some(3.0));
        assert_eq!(level("非常不滿意", 1.0, 5.0), Some(1.0));
        assert_eq!(level("Somewhat satisfied", 1.0, 7.0), Some(5.0));
        assert_eq!(level("Strongly agree", 0.0, 4.0), Some(4.0));
        assert_eq!(level("😐", 1.0, 3.0), Some(2.0));
        assert_eq!(level("👍🏽", 0.0, 1.0), Some(1.0));
        assert_eq!(level("满意", 1.0, 6.0), None);
        assert_eq!(level("很好吃", 1.0, 5.0), None);
    }

    #[test]
    fn only_the_ends_of_long_scales_have_labels() {
        assert_eq!(level("Extremely likely", 0.0, 10.0), Some(10.0));
        assert_eq!(level("非常不满意", 1.0, 10.0), Some(1.0));
        assert_eq!(level("满意", 1.0, 10.0), None);
    }

    #[test]
    fn a_label_of_two_levels_needs_the_others() {
        // 2 of 5 in 非常不满意 … 非常满意, 1 of 5 in 不满意, 不太满意 … 非常满意.
        let (level, sets) = recognise("不满意", &scale(1.0, 5.0)).unwrap();
        assert!(!all_give(sets, "不满意", &scale(1.0, 5.0), level));
        let (_, others) = recognise("非常不满意", &scale(1.0, 5.0)).unwrap();
        let common = sets.both(others);
        assert!(all_give(common, "不满意", &scale(1.0, 5.0), 2.0));
    }

    #[test]
    fn a_number_and_its_label_must_agree() {
        let ten = scale(0.0, 10.0);
        assert!(may_name("Not at all likely", 0.0, &ten));
        assert!(!may_name("Not at all likely", 1.0, &ten));
        assert!(may_name("满意", 4.0, &scale(1.0, 5.0)));
        assert!(!may_name("满意", 5.0, &scale(1.0, 5.0)));
        assert!(!may_name("not applicable", 0.0, &ten));
    }
}
