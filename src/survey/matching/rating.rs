//! Whether the cells of a column are answers, and on which scale.

use std::fmt::Write as _;

use crate::model::{Question, Scale, Valid};
use crate::survey::answer::{Spelling, answer};
use crate::survey::number::number;

use super::folding::folded;
use super::profile::Profile;
use super::vocabulary::{MISSING, MISSING_NUMBERS};

/// Lowest and highest answer.
pub(super) type Ends = (f64, f64);

/// Scales that surveys have, the first that fits is taken.
const SCALES: [Ends; 5] =
    [(1.0, 5.0), (1.0, 7.0), (1.0, 10.0), (0.0, 10.0), (0.0, 100.0)];

/// Cells as answers on a scale.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rating {
    /// The scale.
    pub(super) scale: Ends,
    /// Share of the cells with text, codes left out, that are answers on it.
    pub(super) fit: f64,
    /// Whether most answers are words.
    pub(super) words: bool,
    /// Values that stand for no answer, as far as one can tell, and how often they come.
    pub(super) codes: Vec<Code>,
}

/// A value that stands for no answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Code {
    /// As it is written.
    pub(super) text: String,
    /// How often.
    pub(super) count: u64,
    /// What it most probably means.
    pub(super) class: &'static str,
    /// Whether it says so itself.
    pub(super) clear: bool,
}

/// What a value is to a scale.
enum Kind {
    Answer { whole: bool, word: bool },
    Code(&'static str, bool),
    OffScale,
    Other,
}

impl Profile {
    /// The scale that the cells are on; `None` where they are no answers.
    pub(super) fn rating(&self) -> Option<Rating> {
        SCALES.iter().find_map(|scale| {
            let (rating, off) = self.counted_on(*scale);
            (off == 0 && rating.fit >= 0.95).then_some(rating)
        })
    }

    /// The cells as answers on `scale`.
    pub(super) fn rating_on(&self, scale: Ends) -> Rating {
        self.counted_on(scale).0
    }

    /// With how many numbers are off the scale.
    fn counted_on(&self, scale: Ends) -> (Rating, u64) {
        let on =
            Scale::new(scale.0, scale.1, Valid::All).unwrap_or_else(Scale::one_to_ten);
        let question = Question::named("", on);
        let (mut on, mut whole, mut words, mut off) = (0_u64, 0_u64, 0_u64, 0_u64);
        let (mut codes, mut other) = (Vec::new(), self.others);
        for (text, count) in &self.values {
            match self.kind(text, *count, &question) {
                Kind::Answer { whole: is_whole, word } => {
                    on += count;
                    whole += if is_whole { *count } else { 0 };
                    words += if word { *count } else { 0 };
                }
                Kind::Code(class, clear) => {
                    codes.push(Code { text: text.clone(), count: *count, class, clear });
                }
                Kind::OffScale => off += count,
                Kind::Other => other += count,
            }
        }
        let mut fit = share(on, on + off + other);
        if whole * 2 < on || (on > 0 && self.is_id() && self.rows >= 10) {
            fit *= 0.2;
        }
        if scale.1 > 10.0 && !self.is_of_hundred() {
            fit *= 0.5;
        }
        // A typing error among many answers is no other scale.
        let off = if off * 200 <= on { 0 } else { off };
        (Rating { scale, fit, words: words * 2 > on, codes }, off)
    }

    fn kind(&self, text: &str, count: u64, question: &Question) -> Kind {
        let word = folded(text);
        if let Some((_, class)) = MISSING.iter().find(|(it, _)| *it == word) {
            return Kind::Code(class, true);
        }
        let (least, most) = (question.scale.min(), question.scale.max());
        let Some((value, spelling)) = answer(text, question, self.mark) else {
            return Kind::Other;
        };
        if (least..=most).contains(&value) {
            let whole = value.fract().abs() < 1e-9;
            let word = matches!(spelling, Spelling::Label(_));
            return Kind::Answer { whole, word };
        }
        match self.code(value, count, (least, most)) {
            Some(class) => Kind::Code(class, false),
            None => Kind::OffScale,
        }
    }

    /// What a number off a scale stands for, if it looks like a code.
    fn code(&self, value: f64, count: u64, (least, most): Ends) -> Option<&'static str> {
        let is = |it: f64| (value - it).abs() < 1e-9;
        if MISSING_NUMBERS.iter().any(|it| is(*it)) {
            let applies = is(98.0) || is(998.0) || is(97.0) || is(997.0);
            return Some(if applies { "not_applicable" } else { "blank" });
        }
        let of = |it: f64| self.count_of(it);
        if is(0.0) && least > 0.5 {
            // On ten levels it is an answer, unless it is much more frequent than the next.
            let code = most < 9.5 || count > 3 * (of(1.0) + of(2.0)) + 3;
            return code.then_some("not_applicable");
        }
        let five = (most - 5.0).abs() < 1e-9;
        if five && is(6.0) && self.filled() >= 10 && count < of(5.0) {
            return Some("not_applicable");
        }
        let wide = of(6.0) == 0 && of(7.0) == 0;
        if most < 7.5 && (is(8.0) || is(9.0)) && self.filled() >= 30 && of(10.0) == 0 {
            return (!five || wide).then_some("blank");
        }
        None
    }

    /// The only number that is off a scale, where it stands right above it: as often as not
    /// a box such as “never used” that was coded on, and no reason for another scale.
    pub(super) fn lone_above(&self, (least, most): Ends) -> Option<Code> {
        let numbers = self.values.iter().filter_map(|(text, count)| {
            let value = number(text, self.mark)?;
            let off = !(least..=most).contains(&value);
            let known =
                MISSING_NUMBERS.iter().chain(&[0.0]).any(|it| (it - value).abs() < 1e-9);
            (off && !known).then_some((text, *count, value))
        });
        let off: Vec<_> = numbers.collect();
        let [(text, count, value)] = off.as_slice() else { return None };
        let beside = (most + 1.0 - value).abs() < 1e-9;
        let (text, class) = ((*text).clone(), "not_applicable");
        beside.then_some(Code { text, count: *count, class, clear: false })
    }

    fn count_of(&self, value: f64) -> u64 {
        let same = |text: &str| {
            number(text, self.mark).is_some_and(|it| (it - value).abs() < 1e-9)
        };
        self.values.iter().filter(|(it, _)| same(it)).map(|(_, count)| count).sum()
    }

    /// Whether numbers up to 100 are scores: nearly all are of five or ten, or in percent.
    fn is_of_hundred(&self) -> bool {
        let round = |text: &str| {
            let bare = text.trim_end_matches(['%', '分', ' ']);
            number(bare, self.mark)
                .is_some_and(|it| (it / 5.0).fract().abs() < 1e-9 || bare != text)
        };
        let round: u64 =
            self.values.iter().filter(|(it, _)| round(it)).map(|(_, it)| it).sum();
        round * 5 >= self.filled() * 3
    }
}

impl Rating {
    /// What speaks for answers, in words: `answers 1–10, 3 % are 99`.
    pub(super) fn in_words(&self, profile: &Profile) -> String {
        let mut text = format!("answers {}", ends(self.scale));
        if self.words {
            text += " as labels";
        }
        for code in self.codes.iter().take(3) {
            let percent = 100.0 * share(code.count, profile.filled());
            let percent = if percent < 1.0 {
                "under 1".to_owned()
            } else {
                format!("{percent:.0}")
            };
            let _ = write!(text, ", {percent} % `{}`", code.text);
        }
        text
    }
}

/// `1–10`.
pub(super) fn ends((least, most): Ends) -> String {
    format!("{least}–{most}")
}

/// A part of a whole; 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "rows of a sample are few")]
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The scale that a header states: `(0-10)`, `1–5`, `1到10分`.
pub(super) fn stated(header: &str) -> Option<Ends> {
    let text = folded(header);
    SCALES.into_iter().find(|(least, most)| {
        ["-", "–", "—", "~", "至", "到", " to ", " - "].iter().any(|between| {
            let written = format!("{least}{between}{most}");
            text.match_indices(&written).any(|(at, _)| {
                let around = |it: Option<char>| !it.is_some_and(|it| it.is_ascii_digit());
                around(text[..at].chars().next_back())
                    && around(text[at + written.len()..].chars().next())
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::number::DecimalMark;

    fn profile(values: &[(&str, u64)]) -> Profile {
        let mut profile = Profile::new(DecimalMark::Point);
        for (value, count) in values {
            (0..*count).for_each(|_| profile.push(value));
        }
        profile
    }

    fn scale(values: &[(&str, u64)]) -> Option<Ends> {
        profile(values).rating().map(|it| it.scale)
    }

    fn codes(values: &[(&str, u64)]) -> Vec<(String, &'static str)> {
        let rating = profile(values).rating().unwrap();
        rating.codes.into_iter().map(|it| (it.text, it.class)).collect()
    }

    #[test]
    fn the_narrowest_scale_that_fits_is_taken() {
        assert_eq!(scale(&[("1", 2), ("4", 9), ("5", 9)]), Some((1.0, 5.0)));
        assert_eq!(scale(&[("2", 2), ("7", 9)]), Some((1.0, 7.0)));
        assert_eq!(scale(&[("2", 2), ("10", 9)]), Some((1.0, 10.0)));
        assert_eq!(scale(&[("0", 1), ("2", 2), ("10", 9)]), Some((0.0, 10.0)));
        assert_eq!(scale(&[("40", 1), ("85", 2), ("100", 9)]), Some((0.0, 100.0)));
        assert_eq!(scale(&[("非常满意", 3), ("不满意", 2)]), Some((1.0, 5.0)));
        assert_eq!(scale(&[("0.86", 3), ("1.24", 2)]), None);
        assert_eq!(scale(&[("成都", 3), ("重庆", 2)]), None);
        assert_eq!(scale(&[("37", 3), ("52", 2)]), None);
    }

    #[test]
    fn codes_are_off_the_scale_and_recur() {
        assert_eq!(
            codes(&[("8", 9), ("10", 9), ("99", 2)]),
            [("99".to_owned(), "blank")]
        );
        assert_eq!(
            codes(&[("4", 9), ("5", 9), ("6", 3)]),
            [("6".to_owned(), "not_applicable")]
        );
        assert_eq!(
            codes(&[("3", 9), ("10", 9), ("0", 12)]),
            [("0".to_owned(), "not_applicable")]
        );
        assert_eq!(
            codes(&[("4", 9), ("不适用", 2)]),
            [("不适用".to_owned(), "not_applicable")]
        );
        assert_eq!(
            codes(&[("Satisfied", 9), ("N/A", 2)]),
            [("N/A".to_owned(), "not_applicable")]
        );
        assert_eq!(scale(&[("5", 1), ("6", 1)]), Some((1.0, 7.0)));
    }

    #[test]
    fn a_header_may_state_its_scale() {
        assert_eq!(stated("推荐意愿(0-10)"), Some((0.0, 10.0)));
        assert_eq!(stated("满意度（１－５分）"), Some((1.0, 5.0)));
        assert_eq!(stated("从1到10分"), Some((1.0, 10.0)));
        assert_eq!(stated("Q1-50"), None);
    }
}
