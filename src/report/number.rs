//! Numbers as people read them. All three languages write `1,234.5` and `−0.5`.

use crate::diagram::Bands;
use crate::model::Interval;

/// Keeps a dash from the digits beside it: `77.2–79.6` never wraps.
const JOIN: char = '\u{2060}';

/// A whole number with commas: `12,345`.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of things, with commas.
pub(super) fn count_of(things: usize) -> String {
    count(u64::try_from(things).unwrap_or(u64::MAX))
}

/// A number that need not be whole, such as an effective n, as a whole one with commas.
pub(super) fn whole(number: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count; beyond 2^64 it saturates"
    )]
    let rounded = number.round().max(0.0) as u64;
    count(rounded)
}

/// A number with `decimals` decimals; minus is U+2212, and there is no minus nought.
pub(super) fn fixed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|it| it == '0' || it == '.') => {
            digits.to_owned()
        }
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

/// A difference with its sign and one decimal: `+2.3`, `−0.5`, `0.0`.
pub(super) fn change(number: f64) -> String {
    signed(number, 1)
}

/// A difference with its sign: `+0.14`, `−1.69`, `0.00`.
pub(super) fn signed(number: f64, decimals: usize) -> String {
    let text = fixed(number, decimals);
    let is_nought = text.chars().all(|it| it == '0' || it == '.');
    if text.starts_with('−') || is_nought { text } else { format!("+{text}") }
}

/// A share, 0–1, as a whole percentage; what is more than nothing is never `0%`.
pub(super) fn share(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.5 {
        "<1%".to_owned()
    } else {
        format!("{percent:.0}%")
    }
}

/// A share, 0–1, as a percentage with one decimal: `17.8%`.
pub(super) fn percent(share: f64) -> String {
    format!("{}%", fixed(share * 100.0, 1))
}

/// A p or q value behind its name: `= 0.012`, `< 0.001`.
pub(super) fn probability(p: f64) -> String {
    // The sign never stands at the end of a line.
    if p < 0.001 { "<\u{a0}0.001".to_owned() } else { format!("=\u{a0}{p:.3}") }
}

/// A score in points with at least `decimals` decimals, and more where rounding would put
/// it in another band: 69.96 is not printed as 70 in the colour of 69.
pub(super) fn score(points: f64, decimals: usize, bands: Bands) -> String {
    let band = bands.band(points);
    let same =
        |text: &String| text.parse().is_ok_and(|printed| bands.band(printed) == band);
    (decimals..decimals + 4)
        .map(|decimals| format!("{points:.decimals$}"))
        .find(same)
        .unwrap_or_else(|| format!("{points}"))
}

/// A number that a map states, such as a target: `75`, `82.5`.
pub(super) fn plain(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    fixed(rounded, usize::from(rounded.fract().abs() > 1e-9))
}

/// An interval with one decimal: `77.2–79.6`.
pub(super) fn interval(interval: Interval) -> String {
    let [low, high] = interval;
    between(&fixed(low, 1), &fixed(high, 1))
}

/// Two numbers, printed already, as an interval.
pub(super) fn between(low: &str, high: &str) -> String {
    format!("{low}{JOIN}–{JOIN}{high}")
}

/// A probability as a whole percentage; what is not certain is never `100%`.
pub(super) fn surely(probability: f64) -> String {
    if probability > 0.995 { ">99%".to_owned() } else { share(probability) }
}

/// An interval of shares, 0–1, in percent: `14.5–21.2%`.
pub(super) fn percent_interval([low, high]: Interval) -> String {
    format!("{}%", interval([low * 100.0, high * 100.0]))
}

/// Half the width of an interval, with one decimal.
pub(super) fn half_width([low, high]: Interval) -> String {
    fixed((high - low) / 2.0, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_286), "1,286");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn a_difference_always_has_its_sign_and_nought_has_none() {
        assert_eq!(change(2.34), "+2.3");
        assert_eq!(change(-0.55), "−0.6");
        assert_eq!(change(-0.04), "0.0");
        assert_eq!(change(0.0), "0.0");
    }

    #[test]
    fn rounding_never_crosses_a_band_edge() {
        let bands = Bands([70.0, 80.0, 90.0]);
        assert_eq!(score(69.4, 0, bands), "69");
        assert_eq!(score(69.6, 0, bands), "69.6");
        assert_eq!(score(69.96, 1, bands), "69.96");
        assert_eq!(score(70.2, 0, bands), "70");
    }

    #[test]
    fn a_few_are_not_nobody() {
        assert_eq!(share(0.0), "0%");
        assert_eq!(share(0.003), "<1%");
        assert_eq!(share(0.143), "14%");
    }

    #[test]
    fn a_stated_number_keeps_its_decimal_only_if_it_has_one() {
        assert_eq!(plain(75.0), "75");
        assert_eq!(plain(82.5), "82.5");
    }
}
