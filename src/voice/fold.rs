//! Comments in one form, so that what is typed differently is found all the same.

use std::borrow::Cow;

use crate::model::Labels;

/// A text in lower case and simplified characters, full-width letters and signs half-width,
/// `can't` as `can not`, hyphens as blanks, and no blanks between Chinese characters.
pub(super) fn folded(text: &str) -> String {
    let normal = Labels::normal(text);
    let simplified = if normal.is_ascii() {
        Cow::Borrowed(normal.as_str())
    } else {
        Cow::Owned(hanconv::t2s(&normal))
    };
    let mut folded = String::with_capacity(simplified.len());
    let mut letters = simplified.chars().peekable();
    while let Some(it) = letters.next() {
        match it {
            '’' | '‘' | '`' | '´' => folded.push('\''),
            '-' | '‐' | '–' | '_' => folded.push(' '),
            ' ' => {
                let between = folded.chars().next_back().is_some_and(is_han)
                    && letters.peek().copied().is_some_and(is_han);
                if !between && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            other => folded.push(other),
        }
    }
    long_negations(&folded)
}

/// `can't` and `cannot` as `can not`, and likewise all others.
fn long_negations(text: &str) -> String {
    if !text.contains("n't") && !text.contains("cannot") {
        return text.to_owned();
    }
    let text = text.replace("can't", "can not").replace("won't", "will not");
    text.replace("n't", " not").replace("cannot", "can not")
}

/// Whether a character is one of those that Chinese is written with.
pub(crate) fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_differently_is_one() {
        assert_eq!(folded("They Can’t  explain"), "they can not explain");
        assert_eq!(folded("half-hearted"), folded("Half hearted"));
        assert_eq!(folded("態度 很差，ＶＩＰ"), "态度很差,vip");
    }
}
