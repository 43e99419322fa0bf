//! Text that a spreadsheet would take for a formula, made plain text.

use std::borrow::Cow;

/// What a formula begins with, and the mark itself, so that it can be taken off again.
const ACTIVE: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// `text` as a cell that no spreadsheet computes: with an apostrophe in front where it begins
/// like a formula, or with an apostrophe. Numbers stay as they are.
pub(crate) fn inert(text: &str) -> Cow<'_, str> {
    let digits = |it: char| it.is_ascii_digit() || matches!(it, '.' | '+' | '-' | 'e');
    let number = text.chars().all(digits) && text.parse::<f64>().is_ok();
    if text.starts_with(ACTIVE) && !number {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that [`inert`] made a cell of.
pub(super) fn revived(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(ACTIVE) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_text_again() {
        for formula in ["=1+1", "+A1", "-A1", "@sum", "\t=1", "\r=1", "'=1", "'", "-"] {
            let cell = inert(formula);
            assert!(cell.starts_with('\''), "{formula}");
            assert_eq!(revived(&cell), formula);
        }
    }

    #[test]
    fn what_is_no_formula_stays() {
        for text in ["", "2025", "-5", "+5", "-1.5e3", "Queue = long", "签约"] {
            assert_eq!(inert(text), text);
            assert_eq!(revived(text), text);
        }
    }
}
