//! What of a foreign text may reach a reader's screen.

use std::borrow::Cow;

/// The character as it is shown; `None` when it is left out.
///
/// Controls become spaces: XML cannot write them, and nobody sees them. The controls of
/// writing direction (embeddings, overrides, isolates) are left out, because one that a
/// name opens and never closes turns round whatever stands behind it. The marks of single
/// letters (U+200E, U+200F, U+061C) stay: they weigh no more than a letter does.
pub(super) fn shown(character: char) -> Option<char> {
    match character {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        _ if character.is_control() => Some(' '),
        _ => Some(character),
    }
}

/// `text` as it is shown.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    if text.chars().all(|it| shown(it) == Some(it)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(shown).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_spaces_and_overrides_vanish() {
        assert_eq!(inert("a\u{0}b\u{9b}c\u{2028}d\ne"), "a b c d e");
        assert_eq!(inert("\u{202e}txt.exe\u{2066}\u{2069}\u{202c}"), "txt.exe");
    }

    #[test]
    fn the_letters_of_every_script_stay() {
        let text = "购房\u{200b}周期 שלום\u{200f} 👩\u{200d}💻 e\u{301}";
        assert!(matches!(inert(text), Cow::Borrowed(same) if same == text));
    }
}
