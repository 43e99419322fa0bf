//! The encoding of a file, by its beginning.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::Language;

use super::unread::Refusal;

/// How much of a file is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// Its beginning; the last character may be cut.
    Beginning,
}

/// The encoding of a file that begins with `sample`.
pub(super) fn encoding_of(
    sample: &[u8],
    extent: Extent,
    language: &Language,
) -> Result<&'static Encoding, Refusal> {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Ok(encoding);
    }
    if let Some(encoding) = utf_16_by_nulls(sample) {
        return Ok(encoding);
    }
    match std::str::from_utf8(sample) {
        Ok(_) => Ok(UTF_8),
        // A character that the end of the sample cuts in two is no fault.
        Err(error) if error.error_len().is_none() && extent == Extent::Beginning => {
            Ok(UTF_8)
        }
        Err(_) if is_damaged_utf_8(sample) => Ok(UTF_8),
        Err(_) => legacy(sample, extent, language),
    }
}

/// Whether `sample` is UTF-8 but for a few bytes: those are a fault to be told, and no reason
/// to take all the rest for another encoding, in which it would be gibberish.
fn is_damaged_utf_8(sample: &[u8]) -> bool {
    let (mut faults, mut letters) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        letters += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    letters > 2 * faults
}

/// UTF-16 without a byte order mark: every digit and separator has a null byte on the same
/// side, and hardly any character has one on the other.
fn utf_16_by_nulls(sample: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.last() == Some(&0));
    }
    let many = (sample.len() / 2 / 20).max(4);
    match (even, odd) {
        (few, nulls) if nulls >= many && nulls >= 20 * few => Some(UTF_16LE),
        (nulls, few) if nulls >= many && nulls >= 20 * few => Some(UTF_16BE),
        _ => None,
    }
}

/// An encoding from before Unicode, by the likelihood of its letters.
fn legacy(
    sample: &[u8],
    extent: Extent,
    language: &Language,
) -> Result<&'static Encoding, Refusal> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, extent == Extent::Whole);
    let guess = detector.guess(country(language), Utf8Detection::Deny);
    // GB18030 reads all that GBK reads, and more.
    let guess = if guess == GBK { GB18030 } else { guess };
    let guess = if guess != GB18030 && guess != BIG5 {
        damaged_chinese(sample, language).unwrap_or(guess)
    } else {
        guess
    };
    let multi_byte = guess == GB18030 || guess == BIG5 || !guess.is_single_byte();
    // Any bytes at all are text of a single-byte encoding; control characters tell.
    let controls = sample.iter().filter(|byte| is_control(**byte)).count();
    let binary = controls * 100 > sample.len() || (!multi_byte && controls > 0);
    if binary { Err(Refusal::Unreadable) } else { Ok(guess) }
}

/// The encoding of a Chinese text with a few bytes that are none of it, which the detector
/// then takes for a Western one: high bytes come in pairs, as they do in no Western text.
fn damaged_chinese(sample: &[u8], language: &Language) -> Option<&'static Encoding> {
    let encoding = match country(language)? {
        b"tw" => BIG5,
        b"cn" => GB18030,
        _ => return None,
    };
    let high = sample.iter().filter(|byte| **byte >= 0x80).count();
    let runs = sample.split(|byte| *byte < 0x80);
    let paired: usize = runs.map(<[u8]>::len).filter(|length| *length > 1).sum();
    (2 * paired > high).then_some(encoding)
}

fn is_control(byte: u8) -> bool {
    // 0x1a ended files under CP/M and DOS, and some exports still write it.
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a)
}

/// The top-level domain under which a language of several legacy encodings is written.
fn country(language: &Language) -> Option<&'static [u8]> {
    match (language.primary(), language.tag()) {
        ("zh", tag) if tag.starts_with("zh-Hant") => Some(b"tw"),
        ("zh", _) => Some(b"cn"),
        ("ja", _) => Some(b"jp"),
        ("ko", _) => Some(b"kr"),
        _ => None,
    }
}
