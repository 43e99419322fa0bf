//! What short texts were found to mean: the same few come again and again.

use std::collections::BTreeMap;

/// The longest text that has a key.
const SHORT: usize = 15;
/// Places for short texts, and how many of them one text may be in.
const PLACES: usize = 128;
const TRIES: usize = 4;
/// Places for the shortest texts, as a power of two.
const BRIEF_BITS: u32 = 10;
/// Longer texts that are kept.
const LONG: usize = 4_096;

/// Bytes that may be read after every text of which [`key_in`] is asked.
pub(super) const PADDING: usize = SHORT + 1;

/// The bytes of a short text and their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u128);

/// Ones for as many bytes of a key.
const MASKS: [u128; SHORT + 1] = {
    let mut masks = [0; SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

/// The key of the `length` bytes of `text` from `start`; `None` when they are too many, or no
/// [`PADDING`] follows.
#[inline]
pub(super) fn key_in(text: &[u8], start: usize, length: usize) -> Option<Key> {
    let mask = MASKS.get(length)?;
    let bytes = text.get(start..)?.first_chunk::<PADDING>()?;
    Some(Key(u128::from_le_bytes(*bytes) & mask | (length as u128) << 120))
}

impl Key {
    /// The key of no text.
    const NONE: Self = Self(u128::MAX);

    /// One of the places, by Fibonacci hashing.
    #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
    fn place(self) -> usize {
        let mixed = (self.0 as u64) ^ ((self.0 >> 64) as u64).rotate_left(29);
        (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 57) as usize
    }
}

/// Codes of texts of two bytes at most, such as `7` and `10`: most cells of most surveys. A text
/// that lands on another's place takes it.
#[derive(Clone, Debug)]
pub(super) struct Brief(Vec<u32>);

/// A text of two bytes at most: the bytes, and in the third 1 + how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct BriefKey(u32);

impl BriefKey {
    /// Of the `length` bytes of `text` from `start`.
    #[inline]
    fn of(text: &[u8], start: usize, length: usize) -> Option<Self> {
        let (mask, length) = [(0, 1), (0xff, 2), (0xffff, 3)].get(length)?;
        let bytes = u16::from_le_bytes(*text.get(start..)?.first_chunk()?);
        Some(Self(u32::from(bytes & mask) | length << 16))
    }

    /// One of the places, by Fibonacci hashing.
    fn place(self) -> usize {
        (self.0.wrapping_mul(0x9E37_79B9) >> (32 - BRIEF_BITS)) as usize
    }
}

impl Default for Brief {
    fn default() -> Self {
        Self(vec![0; 1 << BRIEF_BITS])
    }
}

impl Brief {
    /// The code of the `length` bytes of `text` from `start`, if it is known.
    #[inline]
    pub(super) fn code(&self, text: &[u8], start: usize, length: usize) -> Option<u8> {
        let key = BriefKey::of(text, start, length)?;
        let known = *self.0.get(key.place())?;
        (known & 0x00ff_ffff == key.0).then_some((known >> 24) as u8)
    }

    /// Keeps the code of a text, if that is short enough.
    pub(super) fn keep(&mut self, text: &[u8], code: u8) {
        let padded = [text, &[0; 2]].concat();
        let Some(key) = BriefKey::of(&padded, 0, text.len()) else { return };
        if let Some(known) = self.0.get_mut(key.place()) {
            *known = key.0 | u32::from(code) << 24;
        }
    }
}

/// Meanings by text.
#[derive(Clone, Debug)]
pub(super) struct Memo<T> {
    keys: Vec<Key>,
    /// What the text of each key means.
    short: Vec<Option<T>>,
    long: BTreeMap<Box<[u8]>, T>,
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        let places = PLACES + TRIES;
        let short = (0..places).map(|_| None).collect();
        Self { keys: vec![Key::NONE; places], short, long: BTreeMap::new() }
    }
}

impl<T: Copy> Memo<T> {
    /// What the text of this key means, if that is known.
    #[inline]
    fn recall(&self, key: Key) -> Option<T> {
        let place = key.place();
        let tries = self.keys.get(place..place + TRIES)?;
        let found = tries.iter().position(|it| *it == key)?;
        self.short.get(place + found).copied().flatten()
    }

    /// What the text of this key means, if that is known without a search.
    #[inline]
    pub(super) fn at_once(&self, key: Key) -> Option<T> {
        let place = key.place();
        if *self.keys.get(place)? == key { *self.short.get(place)? } else { None }
    }

    /// What a text means, if that is known; its key is `key`, if it is short.
    #[inline]
    pub(super) fn get(&self, key: Option<Key>, text: &[u8]) -> Option<T> {
        match key {
            Some(key) => self.recall(key),
            None => self.long.get(text).copied(),
        }
    }

    /// Keeps what a text means. Where there is no place, a short text takes that of another,
    /// and a long one is not kept.
    pub(super) fn keep(&mut self, key: Option<Key>, text: &[u8], meaning: T) {
        let Some(key) = key else {
            if self.long.len() < LONG {
                self.long.insert(text.into(), meaning);
            }
            return;
        };
        let place = key.place();
        let Some(tries) = self.keys.get_mut(place..place + TRIES) else { return };
        let free = tries.iter().position(|it| *it == Key::NONE).unwrap_or_default();
        if let (Some(at), Some(known)) =
            (tries.get_mut(free), self.short.get_mut(place + free))
        {
            (*at, *known) = (key, Some(meaning));
        }
    }
}

/// The key of a text, if it is short.
#[cfg(test)]
pub(super) fn key_of(text: &[u8]) -> Option<Key> {
    key_in(&[text, &[b'x'; PADDING]].concat(), 0, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<Key> {
        key_of(text.as_bytes())
    }

    #[test]
    fn texts_are_told_apart() {
        let mut memo = Memo::default();
        let texts = [
            "",
            "7",
            "07",
            "7 ",
            "\0",
            "\0\0",
            "非常满意",
            "非常不满意",
            "abcdefghijklmno",
        ];
        for (meaning, text) in texts.iter().enumerate() {
            assert_eq!(memo.get(key(text), text.as_bytes()), None);
            memo.keep(key(text), text.as_bytes(), meaning);
        }
        for (meaning, text) in texts.iter().enumerate() {
            assert_eq!(memo.get(key(text), text.as_bytes()), Some(meaning), "{text:?}");
        }
    }

    #[test]
    fn more_texts_than_places_are_forgotten_and_never_confused() {
        let mut memo = Memo::default();
        for round in 0..2 {
            for number in 0..5_000_u32 {
                let text = number.to_string();
                let known = memo.get(key(&text), text.as_bytes());
                assert!(known.is_none_or(|it| it == number), "{round} {number}");
                memo.keep(key(&text), text.as_bytes(), number);
                assert_eq!(memo.get(key(&text), text.as_bytes()), Some(number));
            }
        }
    }

    #[test]
    fn the_shortest_texts_are_told_apart() {
        let mut brief = Brief::default();
        let texts = ["", "\0", "\0\0", "7", "7\0", "10", "01"];
        for (code, text) in (0..).zip(texts) {
            assert_eq!(
                brief.code(&[text.as_bytes(), b",,"].concat(), 0, text.len()),
                None
            );
            brief.keep(text.as_bytes(), code);
        }
        for (code, text) in (0..).zip(texts) {
            let line = [b"9,", text.as_bytes(), b",,"].concat();
            assert_eq!(brief.code(&line, 2, text.len()), Some(code), "{text:?}");
        }
        brief.keep("满意".as_bytes(), 9);
        assert_eq!(brief.code("满意,,".as_bytes(), 0, 6), None);
    }

    #[test]
    fn of_more_short_texts_than_places_none_is_mistaken() {
        let mut brief = Brief::default();
        for pair in 0..=u16::MAX {
            let [first, second] = pair.to_le_bytes();
            brief.keep(&[first, second], first ^ second);
        }
        let right = |pair: u16| {
            let [first, second] = pair.to_le_bytes();
            let code = brief.code(&[first, second], 0, 2);
            code.inspect(|it| assert_eq!(*it, first ^ second)).is_some()
        };
        assert_eq!((0..=u16::MAX).filter(|it| right(*it)).count(), 1 << BRIEF_BITS);
    }

    #[test]
    fn a_key_needs_padding() {
        assert!(key_in(b"7", 0, 1).is_none() && key_in(&[b'7'; 40], 0, 16).is_none());
        assert_eq!(key_in(&[b'7'; 40], 3, 2), key("77"));
    }
}
