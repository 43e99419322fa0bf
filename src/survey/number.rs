//! Text of a cell → the number it means.

use std::borrow::Cow;

/// What may stand between the whole part of a number and its fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecimalMark {
    /// A point.
    Point,
    /// A point or a comma, where commas do not separate cells.
    PointOrComma,
}

/// The number that `text` is, as people and spreadsheets write it: blanks around it do not
/// count, and full-width digits (`７`) are digits.
///
/// `None` for anything else, so for `inf`, `1,234.5` and `7 points`.
pub(crate) fn number(text: &str, mark: DecimalMark) -> Option<f64> {
    let text = half_width(text.trim());
    let text = match mark {
        DecimalMark::PointOrComma if !text.contains('.') => {
            Cow::Owned(text.replacen(',', ".", 1))
        }
        _ => text,
    };
    let plain = |byte: u8| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E');
    if !text.bytes().all(plain) {
        return None;
    }
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite())?;
    // Minus nought is nought.
    Some(number + 0.0)
}

/// `text` with the full-width forms of digits, point, comma and signs made ASCII.
pub(super) fn half_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let narrow = |it: char| match it {
        // U+FF01–U+FF5E are U+0021–U+007E, in the same order.
        '０'..='９' | '．' | '，' | '＋' | '－' => {
            char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it)
        }
        other => other,
    };
    Cow::Owned(text.chars().map(narrow).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_write_seven_in_many_ways() {
        for seven in ["7", "7.0", " 7 ", "７", "７．０", "+7", "\u{3000}7\u{a0}", "7e0"]
        {
            assert_eq!(number(seven, DecimalMark::Point), Some(7.0), "{seven}");
        }
    }

    #[test]
    fn a_decimal_comma_counts_only_where_commas_do_not_separate() {
        assert_eq!(number("7,5", DecimalMark::PointOrComma), Some(7.5));
        assert_eq!(number("７，５", DecimalMark::PointOrComma), Some(7.5));
        assert_eq!(number("7.5", DecimalMark::PointOrComma), Some(7.5));
        assert_eq!(number("7,5", DecimalMark::Point), None);
        assert_eq!(number("1.234,5", DecimalMark::PointOrComma), None);
        assert_eq!(number("1,2,3", DecimalMark::PointOrComma), None);
    }

    #[test]
    fn words_are_no_numbers() {
        for word in ["", " ", "seven", "inf", "NaN", "7 points", "1e999", "--7", "."] {
            assert_eq!(number(word, DecimalMark::Point), None, "{word}");
        }
    }

    #[test]
    fn minus_nought_is_nought() {
        assert!(number("-0", DecimalMark::Point).unwrap().is_sign_positive());
    }
}
