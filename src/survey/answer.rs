//! Text of a cell → the answer it is, in whatever way tools and people write one.

use crate::model::{Labels, Question, Scale};

use super::label_sets::{SetsOf, may_name, recognise};
use super::number::{DecimalMark, number};

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As a number, perhaps with its unit, or as a label that the map declares.
    Plain,
    /// As stars.
    Stars,
    /// As a label of these sets.
    Label(SetsOf),
}

/// Units after a number; the longest of those that end alike first.
const UNITS: [&str; 10] =
    ["分", "颗星", "顆星", "星", "points", "point", "pts", "pt", "stars", "star"];

/// The number that `text` stands for in answer to `question`, on its scale or off it, and
/// how it is written; `None` when it stands for none.
pub(super) fn answer(
    text: &str,
    question: &Question,
    mark: DecimalMark,
) -> Option<(f64, Spelling)> {
    if let Some(level) = question.labels.level(text) {
        return Some((level, Spelling::Plain));
    }
    if let Some(number) = number(text, mark) {
        return Some((number, Spelling::Plain));
    }
    let (text, scale) = (Labels::normal(text), &question.scale);
    let measured = with_unit(&text, mark)
        .or_else(|| out_of(&text, scale, mark))
        .or_else(|| percent(&text, scale, mark))
        .or_else(|| with_label(&text, scale, mark));
    if let Some(number) = measured {
        return Some((number, Spelling::Plain));
    }
    if let Some(stars) = stars(&text, scale) {
        return Some((stars, Spelling::Stars));
    }
    if !question.labels.is_empty() {
        return None;
    }
    let (level, sets) = recognise(&text, scale)?;
    Some((level, Spelling::Label(sets)))
}

/// `10分`, `8.5 分`, `4 stars`.
fn with_unit(text: &str, mark: DecimalMark) -> Option<f64> {
    let before = UNITS.iter().find_map(|unit| text.strip_suffix(unit))?;
    number(before, mark)
}

/// `8/10`, where 10 is the end of the scale.
fn out_of(text: &str, scale: &Scale, mark: DecimalMark) -> Option<f64> {
    let (part, whole) = text.split_once('/')?;
    let whole = number(whole, mark)?;
    if (whole - scale.max()).abs() > 1e-9 {
        return None;
    }
    number(part, mark)
}

/// `85 %`, on a scale from 0 to 100.
fn percent(text: &str, scale: &Scale, mark: DecimalMark) -> Option<f64> {
    let hundred = scale.min().abs() < 1e-9 && (scale.max() - 100.0).abs() < 1e-9;
    if !hundred {
        return None;
    }
    number(text.strip_suffix('%')?, mark)
}

/// `5 - very satisfied`, `非常满意(5分)`: a number and a label that says the same.
fn with_label(text: &str, scale: &Scale, mark: DecimalMark) -> Option<f64> {
    let digit = |it: char| it.is_ascii_digit() || it == '.';
    let between = |it: char| it.is_whitespace() || "-–—=:.、,()|".contains(it);
    let first = text.trim_start_matches(digit);
    let before = text.strip_suffix(first).unwrap_or_default();
    let (written, label) = if before.is_empty() {
        let text = text.trim_end_matches(between);
        let text = text.strip_suffix('分').unwrap_or(text);
        let label = text.trim_end_matches(digit);
        (text.strip_prefix(label).unwrap_or_default(), label)
    } else {
        (before, first.strip_prefix('分').unwrap_or(first))
    };
    let level = number(written.trim_end_matches('.'), mark)?;
    may_name(label.trim_matches(between), level, scale).then_some(level)
}

/// `★★★★☆`: as many as are full. Empty ones must fill them up to the end of the scale.
fn stars(text: &str, scale: &Scale) -> Option<f64> {
    let (mut full, mut empty) = (0_u8, 0_u8);
    for it in text.chars() {
        match it {
            '★' | '⭐' => full = full.checked_add(1)?,
            '☆' | '✩' => empty = empty.checked_add(1)?,
            ' ' => {}
            _ => return None,
        }
    }
    let all = f64::from(full) + f64::from(empty);
    let fits = all > 0.0 && (empty == 0 || (all - scale.max()).abs() < 1e-9);
    fits.then_some(f64::from(full))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Valid;

    fn read(text: &str, min: f64, max: f64) -> Option<f64> {
        let question = Question::named("q", Scale::new(min, max, Valid::All).unwrap());
        answer(text, &question, DecimalMark::Point).map(|(number, _)| number)
    }

    #[test]
    fn a_number_may_have_its_unit() {
        for ten in ["10分", "１０分", "10 分", "10 points", "10/10", "10.0分"] {
            assert_eq!(read(ten, 1.0, 10.0), Some(10.0), "{ten}");
        }
        assert_eq!(read("8.5 分", 1.0, 10.0), Some(8.5));
        assert_eq!(read("4星", 1.0, 5.0), Some(4.0));
        assert_eq!(read("85%", 0.0, 100.0), Some(85.0));
        // Of another scale, or of what?
        assert_eq!(read("4/5", 1.0, 10.0), None);
        assert_eq!(read("85%", 1.0, 10.0), None);
        assert_eq!(read("10 minutes", 1.0, 10.0), None);
    }

    #[test]
    fn a_number_may_have_its_label() {
        for five in [
            "5 - Very satisfied",
            "5=非常满意",
            "5、非常满意",
            "非常满意(5分)",
            "5分（非常满意）",
            "非常滿意：5",
        ] {
            assert_eq!(read(five, 1.0, 5.0), Some(5.0), "{five}");
        }
        assert_eq!(read("10 - Extremely likely", 0.0, 10.0), Some(10.0));
        assert_eq!(read("Not at all likely - 0", 0.0, 10.0), Some(0.0));
        for other in ["0 - not applicable", "4 - Very satisfied", "1-5", "5 of course"] {
            assert_eq!(read(other, 0.0, 5.0), None, "{other}");
        }
    }

    #[test]
    fn full_stars_count() {
        assert_eq!(read("★★★★☆", 1.0, 5.0), Some(4.0));
        assert_eq!(read("⭐️⭐️⭐️", 1.0, 5.0), Some(3.0));
        assert_eq!(read("★★★☆☆", 1.0, 10.0), None);
        // Off a scale from 1, and for the lexicon to refuse.
        assert_eq!(read("☆☆☆☆☆", 1.0, 5.0), Some(0.0));
    }

    #[test]
    fn declared_labels_go_before_all_others() {
        let scale = Scale::new(1.0, 5.0, Valid::All).unwrap();
        let mut question = Question::named("q", scale);
        question.labels.declare("不满意", 1.0);
        let read = |text| answer(text, &question, DecimalMark::Point);
        assert_eq!(read(" 不满意 "), Some((1.0, Spelling::Plain)));
        assert_eq!(read("满意"), None);
        assert_eq!(read("4分"), Some((4.0, Spelling::Plain)));
    }
}
