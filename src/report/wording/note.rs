//! Notes on the data in the language of the report.

use crate::model::{Fact, Note};

use super::super::context::Context;
use super::super::number;

/// `note` in words: its own in English, worded anew in other languages.
pub(in super::super) fn note(context: &Context<'_>, note: &Note) -> String {
    let key = format!("note.{}", note.code);
    if context.locale.tag() == "en" || !context.locale.has(&key) {
        return sentence(&note.text);
    }
    let about = note.about.as_deref().unwrap_or_default();
    let about =
        context.index(about).map_or_else(|| about.to_owned(), |at| context.named(at));
    let facts: Vec<(&str, String)> = note
        .facts
        .iter()
        .map(|(name, fact)| {
            let value = match fact {
                Fact::Number(value) => number::plain(*value),
                Fact::Word(word) => word.clone(),
            };
            (name.as_str(), value)
        })
        .collect();
    let mut gaps: Vec<(&str, &str)> = vec![("about", &about)];
    gaps.extend(facts.iter().map(|(name, value)| (*name, value.as_str())));
    context.locale.say(&key, &gaps)
}

/// The words of a diagnostic as a sentence: capital letter, full stop, and quotation marks
/// in place of backticks.
fn sentence(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let text: String = parts
        .flat_map(|(at, part)| {
            let mark = match at {
                0 => "",
                _ if at % 2 == 1 => "“",
                _ => "”",
            };
            [mark, part]
        })
        .collect();
    let mut characters = text.chars();
    let first = characters.next().map(char::to_uppercase).into_iter().flatten();
    let mut sentence: String = first.chain(characters).collect();
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?', '。']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn the_words_of_a_diagnostic_become_a_sentence() {
        assert_eq!(sentence("`Keys` was not asked"), "“Keys” was not asked.");
        assert_eq!(sentence(""), "");
        assert_eq!(sentence("a `b` and `c`."), "A “b” and “c”.");
    }
}
