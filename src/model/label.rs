//! Answers as words: which level of a scale a label stands for.

use std::collections::BTreeMap;

/// The labels that a map declares for the answers of a question, and their levels.
/// Compared by [`Labels::normal`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels(BTreeMap<String, f64>);

impl Labels {
    /// Declares that `label` stands for `level`; the level it stood for before, if it did.
    pub fn declare(&mut self, label: &str, level: f64) -> Option<f64> {
        self.0.insert(Self::normal(label), level)
    }

    /// The level that `text` stands for.
    #[must_use]
    pub fn level(&self, text: &str) -> Option<f64> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&Self::normal(text)).copied()
    }

    /// Whether none is declared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A label as it is compared: trimmed, lower case, full-width letters and signs made
    /// half-width, one blank between words, without the marks that only choose the look of
    /// an emoji.
    #[must_use]
    pub fn normal(label: &str) -> String {
        let mut normal = String::with_capacity(label.len());
        for it in label.trim().chars() {
            let it = match it {
                // U+FF01–U+FF5E are U+0021–U+007E, in the same order.
                '\u{ff01}'..='\u{ff5e}' => {
                    char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it)
                }
                // Variation selectors; the colours of a hand or face.
                '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => continue,
                other => other,
            };
            if it.is_whitespace() {
                if !normal.ends_with(' ') {
                    normal.push(' ');
                }
            } else {
                normal.extend(it.to_lowercase());
            }
        }
        normal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_same_however_it_is_typed() {
        let mut labels = Labels::default();
        labels.declare("Very  satisfied", 5.0);
        labels.declare("☹", 1.0);
        for same in ["very satisfied", " VERY\u{a0}satisfied ", "Ｖｅｒｙ　satisfied"]
        {
            assert_eq!(labels.level(same), Some(5.0), "{same}");
        }
        assert_eq!(labels.level("☹\u{fe0f}"), Some(1.0));
        assert_eq!(labels.level("satisfied"), None);
    }
}
