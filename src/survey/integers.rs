//! Long tables of integers as a file holds them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::stats::LARGEST_SUM;

use super::replicate::GROUPS;

/// Integers of all replicate groups, one group after the other.
///
/// They are multiples of `unit`, their greatest common divisor: of how many of it each is, n
/// or, if under 0, −n, the number 2n or 2n − 1 is written with seven bits to a byte, the low
/// ones first and the highest bit set in all bytes but the last, and each byte as two
/// hexadecimal digits. Most of them are small, and what repeats stays alike to be packed.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Integers {
    unit: i128,
    values: String,
}

impl Integers {
    /// These integers.
    pub(super) fn of(values: Vec<i128>) -> Self {
        let unit = values.iter().fold(0, |unit, it| divisor(unit, it.unsigned_abs()));
        let unit = i128::try_from(unit.max(1)).unwrap_or(1);
        let mut text = String::new();
        for value in values {
            push(value / unit, &mut text);
        }
        Self { unit, values: text }
    }

    /// The integers, `length` for each group; `None` when they are others or too large.
    pub(super) fn groups(&self, length: usize) -> Option<Vec<Vec<i128>>> {
        let unit = u128::try_from(self.unit).unwrap_or_default();
        if length == 0 || !(1..=LARGEST_SUM).contains(&unit) {
            return None;
        }
        let mut bytes = self.values.as_bytes().chunks_exact(2);
        let mut next = || next(&mut bytes)?.checked_mul(self.unit);
        let mut group = || (0..length).map(|_| next()).collect();
        let groups = (0..GROUPS).map(|_| group()).collect::<Option<_>>()?;
        (bytes.next().is_none() && bytes.remainder().is_empty()).then_some(groups)
    }

    /// The same of counts, which are none under 0.
    pub(super) fn counts(&self, length: usize) -> Option<Vec<Vec<u64>>> {
        let counts = |it: Vec<i128>| it.into_iter().map(|it| u64::try_from(it).ok());
        self.groups(length)?.into_iter().map(|it| counts(it).collect()).collect()
    }
}

/// The greatest common divisor; 0 has every divisor.
fn divisor(mut a: u128, mut b: u128) -> u128 {
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

fn push(value: i128, text: &mut String) {
    let twice = value.unsigned_abs() << 1;
    let mut rest = if value < 0 { twice - 1 } else { twice };
    loop {
        let (low, more) = (rest & 0x7f, rest > 0x7f);
        rest >>= 7;
        let byte = low | u128::from(more) << 7;
        // Nothing can go wrong with text in memory.
        let _ = write!(text, "{byte:02x}");
        if !more {
            return;
        }
    }
}

fn next(bytes: &mut std::slice::ChunksExact<'_, u8>) -> Option<i128> {
    let mut number: u128 = 0;
    for shift in (0..120).step_by(7) {
        let byte = bytes.next()?.iter().try_fold(0, |byte, digit| {
            Some(byte << 4 | char::from(*digit).to_digit(16)?)
        })?;
        number |= u128::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            let half = i128::try_from(number.div_ceil(2)).ok()?;
            return Some(if number % 2 == 1 { -half } else { half });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_groups(value: impl Fn(i128) -> i128) -> Vec<i128> {
        (0..i128::try_from(GROUPS).unwrap()).map(value).collect()
    }

    #[test]
    fn integers_are_kept_to_the_last_bit() {
        for unit in [1, 7, 860 << 27, 1 << 100] {
            let values = of_groups(|it| (it - 50) * unit);
            let it = Integers::of(values.clone());
            assert_eq!(it.unit, unit);
            assert_eq!(it.groups(1).unwrap().concat(), values);
        }
        let odd = of_groups(|it| (it - 50) * ((1 << 105) + 1) + it % 2);
        assert_eq!(Integers::of(odd.clone()).groups(1).unwrap().concat(), odd);
        assert_eq!(
            Integers::of(vec![0; 3]),
            Integers { unit: 1, values: "000000".into() }
        );
    }

    /// −1 is 1, 64 is 128: its low seven bits are 0, with more to come, and then 1.
    #[test]
    fn small_integers_are_short() {
        let it = Integers::of(vec![3, -3, 192, 0]);
        assert_eq!((it.unit, it.values.as_str()), (3, "0201800100"));
    }

    #[test]
    fn absurd_integers_are_none() {
        let of = |unit, value: &str| Integers { unit, values: value.repeat(GROUPS) };
        assert!(of(1, "02").groups(1).is_some());
        assert!(of(1, "02").groups(2).is_none());
        assert!(of(1, "0202").groups(1).is_none());
        assert!(of(1, "02").groups(0).is_none());
        assert!(of(0, "02").groups(1).is_none() && of(-1, "02").groups(1).is_none());
        assert!(of(1, "0g").groups(1).is_none() && of(1, "8").groups(1).is_none());
        assert!(of(1, &"ff".repeat(30)).groups(1).is_none());
        assert!(of(1 << 112, &("ff".repeat(16) + "7f")).groups(1).is_none());
        assert!(of(1, "01").counts(1).is_none());
    }
}
