//! Long tables of integers as a file holds them.

use serde::{Deserialize, Serialize};

use crate::stats::LARGEST_SUM;

use super::replicate::GROUPS;

/// Integers of all replicate groups, one group after the other.
///
/// They are multiples of `unit`, their greatest common divisor: of how many of it each is, n
/// or, if under 0, −n, the number 2n or 2n − 1 is written with seven bits to a byte, the low
/// ones first and the highest bit set in all bytes but the last. After a 0 follows, written
/// in the same way, how many more there are.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Integers {
    unit: i128,
    /// How many bytes they take, after those of the integers before them.
    bytes: usize,
}

impl Integers {
    /// These integers, appended to `bytes`.
    pub(super) fn of(
        values: impl Iterator<Item = i128> + Clone,
        bytes: &mut Vec<u8>,
    ) -> Self {
        let unit = Unit::of(values.clone());
        let (start, mut zeros) = (bytes.len(), 0_u64);
        for value in values {
            if value == 0 {
                zeros += 1;
                continue;
            }
            push_zeros(&mut zeros, bytes);
            let (of_unit, is_negative) = (unit.count(value), value < 0);
            match u64::try_from(of_unit) {
                Ok(count) if count >> 63 == 0 => {
                    push_short(2 * count - u64::from(is_negative), bytes);
                }
                _ => push_long(2 * of_unit - u128::from(is_negative), bytes),
            }
        }
        push_zeros(&mut zeros, bytes);
        Self { unit: unit.value(), bytes: bytes.len() - start }
    }

    /// The integers, `length` for each group, which are taken from the beginning of `bytes`;
    /// `None` when they are others or too large.
    pub(super) fn groups(
        &self,
        length: usize,
        bytes: &mut &[u8],
    ) -> Option<Vec<Vec<i128>>> {
        let (mut mine, rest) = bytes.split_at_checked(self.bytes)?;
        *bytes = rest;
        let unit = u128::try_from(self.unit).unwrap_or_default();
        if length == 0 || !(1..=LARGEST_SUM).contains(&unit) {
            return None;
        }
        let mut zeros = 0;
        let mut next = || {
            if zeros > 0 {
                zeros -= 1;
                return Some(0);
            }
            let value = take(&mut mine)?;
            if value == 0 {
                zeros = take(&mut mine)?;
                return Some(0);
            }
            let half = i128::try_from(value.div_ceil(2)).ok()?;
            let value = if value % 2 == 1 { -half } else { half };
            value.checked_mul(self.unit)
        };
        let mut group = || (0..length).map(|_| next()).collect();
        let groups = (0..GROUPS).map(|_| group()).collect::<Option<_>>()?;
        (mine.is_empty() && zeros == 0).then_some(groups)
    }

    /// The same of counts, which are none under 0.
    pub(super) fn counts(
        &self,
        length: usize,
        bytes: &mut &[u8],
    ) -> Option<Vec<Vec<u64>>> {
        let counts = |it: Vec<i128>| it.into_iter().map(|it| u64::try_from(it).ok());
        self.groups(length, bytes)?.into_iter().map(|it| counts(it).collect()).collect()
    }
}

/// A common divisor: the greatest power of two, and what is left, which is small as a rule,
/// and divides 64-bit numbers much faster than long ones.
struct Unit {
    shift: u32,
    odd: u128,
}

impl Unit {
    fn of(values: impl Iterator<Item = i128> + Clone) -> Self {
        let bits = values.clone().fold(0, |bits, it| bits | it.unsigned_abs());
        let shift = if bits == 0 { 0 } else { bits.trailing_zeros() };
        let mut odd = 0;
        for value in values {
            let value = value.unsigned_abs() >> shift;
            let divides = match (u64::try_from(value), u64::try_from(odd)) {
                (Ok(value), Ok(odd @ 1..)) => value % odd == 0,
                _ => odd != 0 && value % odd == 0,
            };
            if !divides {
                odd = divisor(odd, value);
            }
        }
        Self { shift, odd: odd.max(1) }
    }

    fn value(&self) -> i128 {
        i128::try_from(self.odd << self.shift).unwrap_or(1)
    }

    /// How many of it a value is.
    fn count(&self, value: i128) -> u128 {
        let value = value.unsigned_abs() >> self.shift;
        match (u64::try_from(value), u64::try_from(self.odd)) {
            (Ok(value), Ok(odd)) => u128::from(value / odd),
            _ => value / self.odd,
        }
    }
}

/// The greatest common divisor; 0 has every divisor.
fn divisor(mut a: u128, mut b: u128) -> u128 {
    while a != 0 {
        (a, b) = (b % a, a);
    }
    b
}

fn push_zeros(zeros: &mut u64, bytes: &mut Vec<u8>) {
    if let Some(more) = zeros.checked_sub(1) {
        bytes.push(0);
        push_short(more, bytes);
    }
    *zeros = 0;
}

fn push_short(mut rest: u64, bytes: &mut Vec<u8>) {
    while rest > 0x7f {
        bytes.push(low_bits(rest.into()) | 0x80);
        rest >>= 7;
    }
    bytes.push(low_bits(rest.into()));
}

fn push_long(mut rest: u128, bytes: &mut Vec<u8>) {
    while rest > 0x7f {
        bytes.push(low_bits(rest) | 0x80);
        rest >>= 7;
    }
    bytes.push(low_bits(rest));
}

#[expect(clippy::cast_possible_truncation, reason = "the seven low bits are wanted")]
fn low_bits(number: u128) -> u8 {
    number as u8 & 0x7f
}

/// Takes a number from the beginning of `bytes`.
fn take(bytes: &mut &[u8]) -> Option<u128> {
    let mut number: u128 = 0;
    for shift in (0..120).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u128::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
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

    fn written(values: &[i128]) -> (Integers, Vec<u8>) {
        let mut bytes = Vec::new();
        (Integers::of(values.iter().copied(), &mut bytes), bytes)
    }

    fn read(unit: i128, bytes: &[u8], length: usize) -> Option<Vec<Vec<i128>>> {
        Integers { unit, bytes: bytes.len() }.groups(length, &mut &bytes[..])
    }

    #[test]
    fn integers_are_kept_to_the_last_bit() {
        for unit in [1, 7, 860 << 27, 1 << 100, (1 << 90) + 1] {
            let values = of_groups(|it| if it % 9 < 4 { 0 } else { (it - 50) * unit });
            let (it, bytes) = written(&values);
            assert_eq!(it.unit, unit);
            let mut rest = &bytes[..];
            assert_eq!(it.groups(1, &mut rest).unwrap().concat(), values);
            assert!(rest.is_empty());
        }
        let odd = of_groups(|it| (it - 50) * ((1 << 105) + 1) + it % 2);
        let (it, bytes) = written(&odd);
        assert_eq!(it.groups(1, &mut &bytes[..]).unwrap().concat(), odd);
    }

    /// −1 is 1, 64 is 128: its low seven bits are 0, with more to come, and then 1.
    #[test]
    fn small_integers_are_short() {
        let (it, bytes) = written(&[3, -3, 192, 0, 0, 0]);
        assert_eq!(it.unit, 3);
        assert_eq!(bytes, [2, 1, 0x80, 1, 0, 2]);
        let (it, bytes) = written(&[0; 300]);
        assert_eq!((it.unit, &bytes[..]), (1, &[0, 0xab, 2][..]));
    }

    #[test]
    fn tables_follow_one_another() {
        let mut bytes = Vec::new();
        let (first, second) = (of_groups(|it| it), of_groups(|it| 1000 * it));
        let tables =
            [&first, &second].map(|it| Integers::of(it.iter().copied(), &mut bytes));
        let mut rest = &bytes[..];
        assert_eq!(tables[0].groups(1, &mut rest).unwrap().concat(), first);
        assert_eq!(tables[1].groups(1, &mut rest).unwrap().concat(), second);
        assert!(rest.is_empty() && tables[1].groups(1, &mut rest).is_none());
    }

    #[test]
    fn absurd_integers_are_none() {
        let repeated = |bytes: &[u8]| bytes.repeat(GROUPS);
        assert!(read(1, &repeated(&[2]), 1).is_some());
        assert!(read(1, &repeated(&[2]), 2).is_none());
        assert!(read(1, &repeated(&[2, 2]), 1).is_none());
        assert!(read(1, &repeated(&[2]), 0).is_none());
        assert!(read(0, &repeated(&[2]), 1).is_none());
        assert!(read(-1, &repeated(&[2]), 1).is_none());
        assert!(read(1, &repeated(&[0x82]), 1).is_none());
        assert!(read(1, &repeated(&[0xff; 30]), 1).is_none());
        let huge = [vec![0xff; 16], vec![0x7f]].concat();
        assert!(read(1 << 112, &repeated(&huge), 1).is_none());
        // Zeros beyond the last group, or too few.
        assert!(read(1, &[0, 99], 1).is_some());
        assert!(read(1, &[0, 100], 1).is_none() && read(1, &[0, 98], 1).is_none());
        let negative = repeated(&[1]);
        let it = Integers { unit: 1, bytes: negative.len() };
        assert!(it.counts(1, &mut &negative[..]).is_none());
    }
}
