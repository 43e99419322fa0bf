//! How wide a text is, without knowing the reader's font.
//!
//! Latin letters are as wide as in Noto Sans, the widest face of the font stack, and Han
//! characters 1 em: another face of the stack leaves room, and never runs over.

use unicode_width::UnicodeWidthChar;

/// Thickness of the strokes, as far as it changes the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600 and 700; measured as 700.
    Bold,
}

/// The kind of face a text is set in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    /// Quotes are narrow.
    Latin,
    /// Quotes and dashes are a full em wide.
    Chinese,
}

/// Room for hinting and kerning that differ between renderers.
const SLACK: f64 = 1.02;

/// Advances of U+0020 to U+007E in Noto Sans Regular 2.013, in thousandths of an em.
const REGULAR: [u16; 95] = [
    260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572,
    572, 572, 572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639,
    650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781, 605, 781, 622,
    549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480,
    615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 479, 361,
    618, 508, 786, 529, 510, 470, 380, 551, 380, 572,
];

/// The same in Noto Sans Bold.
const BOLD: [u16; 95] = [
    260, 286, 472, 646, 572, 901, 750, 266, 339, 339, 545, 572, 285, 322, 285, 413, 572,
    572, 572, 572, 572, 572, 572, 572, 572, 572, 285, 285, 572, 572, 572, 477, 897, 690,
    672, 637, 740, 560, 549, 724, 765, 389, 331, 664, 565, 943, 813, 796, 628, 796, 660,
    551, 579, 756, 650, 967, 667, 624, 579, 331, 413, 331, 572, 411, 362, 604, 633, 514,
    633, 591, 387, 633, 657, 305, 305, 620, 305, 982, 657, 619, 633, 633, 454, 497, 434,
    657, 569, 856, 578, 569, 488, 394, 551, 394, 572,
];

/// Upper bound of the width of `text` in pixels at a font size of `size` pixels.
#[must_use]
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let face = if text.chars().any(is_wide) { Face::Chinese } else { Face::Latin };
    let ems: f64 = text.chars().map(|character| advance(character, weight, face)).sum();
    ems * size * SLACK
}

/// Whether `character` fills an em of its own.
pub(super) fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

fn advance(character: char, weight: Weight, face: Face) -> f64 {
    let table = match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    };
    let ascii = u32::from(character)
        .checked_sub(0x20)
        .and_then(|at| table.get(usize::try_from(at).ok()?));
    if let Some(thousandths) = ascii {
        return f64::from(*thousandths) / 1000.0;
    }
    match character.width() {
        None | Some(0) => 0.0,
        Some(2) => 1.0,
        Some(_) => narrow(character, weight, face),
    }
}

/// Letters and signs beyond ASCII: upper bounds by class, bold being a tenth wider.
fn narrow(character: char, weight: Weight, face: Face) -> f64 {
    let regular = match character {
        '\u{a0}' => 0.26,
        '“' | '”' | '‘' | '’' if face == Face::Latin => 0.41,
        '“' | '”' | '‘' | '’' | '—' | '…' => return 1.0,
        '–' | '·' | '•' | ' ' => 0.5,
        '−' | '±' | '×' | '≥' | '≤' => 0.6,
        'œ' | 'æ' | 'ю' | 'щ' | 'ш' | 'ж' | 'ы' | 'м' => 0.95,
        _ if character.is_uppercase() => 0.9,
        _ => 0.66,
    };
    match weight {
        Weight::Regular => regular,
        Weight::Bold => regular * 1.1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Weight, width};

    #[test]
    fn a_latin_word_is_as_wide_as_its_letters_in_noto_sans() {
        // Advances of R, e, p, a, i, r in the font's own hmtx table, at 12 px.
        let ems = 0.622 + 0.564 + 0.615 + 0.561 + 0.258 + 0.413;
        assert!(
            (width("Repair", 12.0, Weight::Regular) - ems * 12.0 * 1.02).abs() < 1e-9
        );
    }

    #[test]
    fn a_han_character_is_an_em_and_a_break_hint_is_nothing() {
        let plain = width("售楼处", 10.0, Weight::Bold);
        assert!((plain - 30.6).abs() < 1e-9);
        assert!((width("售\u{200b}楼处", 10.0, Weight::Bold) - plain).abs() < 1e-9);
    }
}
