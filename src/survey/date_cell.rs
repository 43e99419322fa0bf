//! Text of a cell → the day it means.

use crate::model::Day;

use super::number::half_width;

/// Years of a survey; anything else is no date.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;
/// Days that spreadsheets count from 2000 to 2099: a bare number in a column of dates can mean
/// nothing else.
const SERIALS: std::ops::RangeInclusive<f64> = 36_526.0..=73_050.0;

/// What a cell of a column of dates says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateCell {
    /// Nothing.
    Blank,
    /// A day.
    Day(Day),
    /// Two numbers and a year, `3/7/2025`: the day that it is if the day comes first, and if
    /// the month does. One of the two is a day.
    EitherOrder(Option<Day>, Option<Day>),
    /// Something else.
    Unreadable,
}

/// Reads a cell. A time behind the date does not count, and neither does its zone: the day is
/// the one that is written.
///
/// Year first (`2025-03-07`, `2025/3/7`, `20250307`, `2025年3月7日`); day first with points
/// (`7.3.2025`); days as spreadsheets count them (`45723`).
pub(super) fn date_cell(text: &str) -> DateCell {
    let text = half_width(text.trim());
    if text.is_empty() {
        return DateCell::Blank;
    }
    if let Some(read) = of_parts(&text) {
        return read;
    }
    of_digits(&text).map_or(DateCell::Unreadable, DateCell::Day)
}

/// Three numbers with something between them.
fn of_parts(text: &str) -> Option<DateCell> {
    let (a, rest) = digits(text)?;
    let (first, rest) = separator(rest)?;
    let (b, rest) = digits(rest)?;
    let (second, rest) = separator(rest)?;
    let (c, rest) = digits(rest)?;
    if first == '年' {
        let rest = rest.trim_start();
        let ends = rest.is_empty() || rest.starts_with(['日', '号', '號']);
        let read = (second == '月' && ends).then(|| day(a, b, c)).flatten();
        return Some(read.map_or(DateCell::Unreadable, DateCell::Day));
    }
    let time =
        rest.is_empty() || rest.starts_with(|it: char| it.is_whitespace() || it == 'T');
    if first != second || !time {
        return Some(DateCell::Unreadable);
    }
    Some(match (a.len(), first, c.len()) {
        (4, _, 1 | 2) => day(a, b, c).map_or(DateCell::Unreadable, DateCell::Day),
        (1 | 2, '.', 4) => day(c, b, a).map_or(DateCell::Unreadable, DateCell::Day),
        (1 | 2, _, 4) => match (day(c, b, a), day(c, a, b)) {
            (None, None) => DateCell::Unreadable,
            (day_first, month_first) => DateCell::EitherOrder(day_first, month_first),
        },
        _ => DateCell::Unreadable,
    })
}

/// The digits that `text` begins with, and what follows them.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn separator(text: &str) -> Option<(char, &str)> {
    let mut letters = text.trim_start().chars();
    let separator =
        letters.next().filter(|it| matches!(it, '-' | '/' | '.' | '年' | '月'))?;
    Some((separator, letters.as_str().trim_start()))
}

/// Digits without anything between them: `20250307`, with a time behind it or not, and a number
/// of days.
fn of_digits(text: &str) -> Option<Day> {
    let whole = text.bytes().all(|it| it.is_ascii_digit());
    if whole && matches!(text.len(), 8 | 12 | 14) {
        return day(text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    }
    let plain = text.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let number: f64 = plain.then(|| text.parse().ok()).flatten()?;
    #[expect(clippy::cast_possible_truncation, reason = "a number of five digits")]
    SERIALS
        .contains(&number.floor())
        .then(|| Day::of_serial(number.floor() as i32))
        .flatten()
}

fn day(year: &str, month: &str, day: &str) -> Option<Day> {
    let year = year.parse().ok().filter(|it| YEARS.contains(it))?;
    Day::new(year, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn march(day: i8) -> Option<Day> {
        Day::new(2025, 3, day)
    }

    #[test]
    fn a_day_is_read_as_programs_write_it() {
        for text in [
            "2025-03-07",
            "2025-3-7",
            "2025-03-07 14:22:05",
            "2025-03-07T14:22:05.123Z",
            "2025-03-07T23:59:00-08:00",
            "2025/3/7 14:22:05",
            "2025.03.07",
            "20250307",
            "20250307142205",
            "2025年3月7日",
            "2025年03月07日 14时22分",
            "2025 年 3 月 7 日",
            "2025年3月7號",
            "２０２５年３月７日",
            "7.3.2025",
            "07.03.2025 14:22",
            "7. 3. 2025",
            // 45658 is 2025-01-01, and 65 days on is 7 March.
            "45723",
            "45723.598669",
            "  2025-03-07  ",
        ] {
            assert_eq!(date_cell(text), DateCell::Day(march(7).unwrap()), "{text}");
        }
    }

    #[test]
    fn day_and_month_with_strokes_have_two_readings() {
        let seventh = Day::new(2025, 7, 3);
        assert_eq!(date_cell("3/7/2025"), DateCell::EitherOrder(seventh, march(7)));
        assert_eq!(date_cell("03-07-2025"), DateCell::EitherOrder(seventh, march(7)));
        let read = date_cell("3/25/2025 10:15:00 AM");
        assert_eq!(read, DateCell::EitherOrder(None, march(25)));
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for text in [
            "soon",
            "2025-02-29",
            "2025-13-01",
            "13/13/2025",
            "3/7/25",
            "25-3-7",
            "2025-03",
            "2025-03-07-08",
            "2025-03/07",
            "2025年3-7",
            "1741357325",
            "12",
            "-45723",
            "45723,5",
            "0000-01-01",
            "20251301",
            "March 7, 2025",
            "99999999999999999999-1-1",
        ] {
            assert_eq!(date_cell(text), DateCell::Unreadable, "{text}");
        }
        assert_eq!(date_cell(" "), DateCell::Blank);
    }
}
