//! One round of a survey, in its place among the others.

use std::{cmp::Ordering, fmt};

/// The name of a round of the survey; waves sort as people number them.
///
/// Digits inside the name compare as numbers (`W2` before `W10`, `2024-9` before
/// `2024-10`), everything else as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave(String);

impl Wave {
    /// `None` when `name` is empty. Blanks around it do not count, and a whole number that
    /// a spreadsheet wrote with a fraction of nought (`2025.0`) is that number.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let name = whole(name.trim());
        (!name.is_empty()).then(|| Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Wave {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Ord for Wave {
    fn cmp(&self, other: &Self) -> Ordering {
        // Names that differ only in leading noughts are still two names.
        natural(&self.0, &other.0).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Wave {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `2025` of `2025.0`; anything else as it is.
fn whole(name: &str) -> &str {
    match name.split_once('.') {
        Some((number, fraction))
            if !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && !fraction.is_empty()
                && fraction.bytes().all(|byte| byte == b'0') =>
        {
            number
        }
        _ => name,
    }
}

fn natural(mut a: &str, mut b: &str) -> Ordering {
    loop {
        let ((a_part, a_rest), (b_part, b_rest)) = (first_part(a), first_part(b));
        let order = match (is_number(a_part), is_number(b_part)) {
            (true, true) => by_number(a_part, b_part),
            _ => a_part.cmp(b_part),
        };
        if order.is_ne() || a_part.is_empty() {
            return order;
        }
        (a, b) = (a_rest, b_rest);
    }
}

/// The leading digits, or the text before the first digit, and what follows.
fn first_part(text: &str) -> (&str, &str) {
    let number = is_number(text);
    let end = text
        .bytes()
        .position(|byte| byte.is_ascii_digit() != number)
        .unwrap_or(text.len());
    text.split_at(end)
}

fn is_number(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

/// Compares runs of digits of any length.
fn by_number(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::Wave;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut waves: Vec<Wave> =
            names.iter().map(|it| Wave::new(it).unwrap()).collect();
        waves.sort();
        waves.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_second_wave_comes_before_the_tenth() {
        assert_eq!(sorted(&["W10", "W2", "W1"]), ["W1", "W2", "W10"]);
        assert_eq!(sorted(&["2020", "2019"]), ["2019", "2020"]);
        assert_eq!(
            sorted(&["2024-10", "2024-9", "2023-12"]),
            ["2023-12", "2024-9", "2024-10"]
        );
        assert_eq!(sorted(&["第10期", "第9期"]), ["第9期", "第10期"]);
    }

    #[test]
    fn a_year_that_a_spreadsheet_made_a_fraction_is_the_year() {
        assert_eq!(Wave::new(" 2025.0 "), Wave::new("2025"));
        assert_ne!(Wave::new("2025.5"), Wave::new("2025"));
        assert_eq!(Wave::new("v1.0").unwrap().as_str(), "v1.0");
    }

    #[test]
    fn an_empty_name_is_no_wave() {
        assert_eq!(Wave::new("  "), None);
    }

    #[test]
    fn names_that_differ_in_leading_noughts_are_two_waves() {
        assert_ne!(Wave::new("W02"), Wave::new("W2"));
        assert_eq!(sorted(&["W2", "W02", "W1"]), ["W1", "W02", "W2"]);
    }
}
