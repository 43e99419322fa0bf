//! Texts in one form, so that 售樓處 and `售楼处` are the same.

use crate::model::Labels;

/// A text in simplified characters, lower case, full-width letters and signs half-width, one
/// blank for any number of them.
pub(super) fn folded(text: &str) -> String {
    let normal = Labels::normal(text);
    if normal.is_ascii() { normal } else { hanconv::t2s(&normal) }
}

/// Whether a character is one of those that Chinese is written with.
pub(super) fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_and_simplified_are_one() {
        assert_eq!(folded("售樓處接待"), "售楼处接待");
        assert_eq!(folded("總體滿意度"), "总体满意度");
        assert_eq!(folded("ＮＰＳ　Score"), "nps score");
    }
}
