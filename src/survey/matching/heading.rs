//! What the header of a column, or the name of a touchpoint, says: its words.

use std::collections::BTreeSet;

use crate::survey::sighting::shown;

use super::folding::{folded, is_han};
use super::vocabulary::{PLAIN, PLAIN_HAN};

/// A text taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Heading {
    /// As it is written, shortened.
    pub(super) text: String,
    /// As it is compared as a whole: simplified, lower case, without the number before it.
    pub(super) bare: String,
    /// Its Latin words, whole.
    words: Vec<String>,
    /// What it is about: stems of Latin words, and pairs of Chinese characters.
    pub(super) terms: BTreeSet<String>,
    /// The code that it begins with, such as `5.2`, and how it is written.
    pub(super) code: Option<(String, CodeForm)>,
}

/// How the code of a touchpoint is written in a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CodeForm {
    /// `5.2`.
    Plain,
    /// `Q5.2`, `Q5_2`: it may be the number of a question as well.
    Question,
}

impl Heading {
    /// Takes `text` apart.
    pub(super) fn of(text: &str) -> Self {
        let folded = folded(text);
        let (bare, number) = without_number(&folded);
        let mut words = latin_words(&folded);
        if !folded.ends_with(&format!(" {bare}")) && bare.len() < folded.len() {
            words.extend(latin_words(bare));
        }
        let mut terms: BTreeSet<String> = latin_words(bare)
            .iter()
            .filter(|it| !PLAIN.contains(&it.as_str()))
            .filter(|it| it.chars().any(char::is_alphabetic) && it.chars().count() > 1)
            .filter(|it| !is_question_number(it))
            .map(|it| stem(it))
            .collect();
        terms.extend(pairs(bare));
        let bare = words_only(bare);
        let code = number.as_deref().and_then(code_in);
        Self { text: shown(text), bare, words, terms, code }
    }

    /// Whether one of these words is in it: Chinese ones anywhere, others as whole words.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|it| self.says_word(it))
    }

    fn says_word(&self, word: &str) -> bool {
        if word.chars().any(is_han) {
            return self.bare.contains(word);
        }
        let wanted: Vec<&str> = word.split(' ').collect();
        self.words.windows(wanted.len()).any(|it| it == wanted.as_slice())
    }

    /// Whether it is one of these words and nothing else.
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.iter().any(|it| self.bare == *it)
    }

    /// What it is about beside these words.
    pub(super) fn beside(&self, words: &[&str]) -> usize {
        let mut rest = self.bare.clone();
        for word in words {
            if word.chars().any(is_han) {
                rest = rest.replace(word, " ");
            }
        }
        let drop: Vec<&str> = words.iter().flat_map(|it| it.split(' ')).collect();
        let kept = |it: &&String| !drop.iter().any(|word| stem(word) == **it);
        Self::of(&rest).terms.iter().filter(kept).count()
    }
}

/// Words in Latin letters and digits, lower case; `showFlat` is two.
fn latin_words(text: &str) -> Vec<String> {
    let split = |it: char| !it.is_alphanumeric() || is_han(it);
    text.split(split).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// A text with one blank in place of all signs.
fn words_only(text: &str) -> String {
    let signs = |it: char| !it.is_alphanumeric();
    text.split(signs).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `q7`, `q12a`.
fn is_question_number(word: &str) -> bool {
    let rest = word.trim_start_matches(['q', 'a', 'v', 's', 't', 'x']);
    let digits = rest.trim_end_matches(|it: char| it.is_ascii_lowercase());
    let tail = rest.len() - digits.len();
    word.len() - rest.len() <= 2
        && tail <= 1
        && !digits.is_empty()
        && digits.bytes().all(|it| it.is_ascii_digit())
}

/// What follows the number of a question, and that number: `q7_1. …`, `12、…`, `(3) …`.
fn without_number(text: &str) -> (&str, Option<String>) {
    let trimmed = text.trim_start_matches(['(', '[', '第']);
    let rest = trimmed.strip_prefix('q').unwrap_or(trimmed);
    let body =
        rest.trim_start_matches(|it: char| it.is_ascii_digit() || "._-".contains(it));
    let number = trimmed.strip_suffix(body).unwrap_or_default();
    if !number.bytes().any(|it| it.is_ascii_digit()) {
        return (text, None);
    }
    // `5_2` and `5.2 handover` begin with a number, `4g_signal` is a name.
    let ends = body
        .chars()
        .next()
        .is_none_or(|it| !it.is_ascii_alphabetic() || number.ends_with(['.', '_', '-']));
    if !ends && rest.len() < trimmed.len() {
        return (behind_item(body).unwrap_or(text), None);
    }
    if !ends || body.starts_with("分") || body.starts_with("年") {
        return (text, None);
    }
    let after =
        body.trim_start_matches([')', ']', '、', ':', '.', ' ', '_', '-', ',', '题']);
    (if after.is_empty() { text } else { after }, Some(number.to_owned()))
}

/// The name behind the number of a question, as programs of statistics shorten both: `art` of
/// `q7art`, and of `q7a_art`, where `a` is the item.
fn behind_item(body: &str) -> Option<&str> {
    let name = body.get(1..).and_then(|it| it.strip_prefix(['_', '-'])).unwrap_or(body);
    let letters = name.chars().take_while(char::is_ascii_alphabetic).count();
    (letters >= 3).then_some(name)
}

fn code_in(number: &str) -> Option<(String, CodeForm)> {
    let (digits, form) = match number.strip_prefix('q') {
        Some(rest) => (rest, CodeForm::Question),
        None => (number, CodeForm::Plain),
    };
    let mut parts = digits.trim_matches(['.', '_', '-']).split(['.', '_', '-']);
    let (stage, order) = (parts.next()?, parts.next()?);
    let plain = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if parts.next().is_some() || !plain(stage) || !plain(order) {
        return None;
    }
    let form = if digits.contains('.') { form } else { CodeForm::Question };
    Some((
        format!("{}.{}", stage.trim_start_matches('0'), order.trim_start_matches('0')),
        form,
    ))
}

/// Characters that make a noun of a word, and say nothing alone.
const ENDINGS_HAN: [char; 5] = ['度', '性', '率', '项', '类'];

/// Pairs of neighbouring Chinese characters, where plain words do not part them; a character
/// that stands alone, too.
fn pairs(text: &str) -> BTreeSet<String> {
    let mut text = text.to_owned();
    for plain in PLAIN_HAN {
        text = text.replace(plain, " ");
    }
    let mut found = BTreeSet::new();
    for run in text.split(|it| !is_han(it)).filter(|it| !it.is_empty()) {
        let letters: Vec<char> = run.chars().collect();
        if let [one] = letters.as_slice()
            && !ENDINGS_HAN.contains(one)
        {
            found.insert(one.to_string());
        }
        for pair in letters.windows(2) {
            found.insert(pair.iter().collect());
        }
    }
    found
}

/// A word without its ending, so that `repairs`, `repaired` and `repairing` are one.
pub(super) fn stem(word: &str) -> String {
    if !word.is_ascii() {
        return word.to_owned();
    }
    let mut word = word;
    for ending in ["ing", "ied", "ies", "ed", "es", "ly", "s"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= 3
            && !(ending == "s" && rest.ends_with('s'))
        {
            word = rest;
            break;
        }
    }
    let word = word.strip_suffix(['e', 'y']).filter(|it| it.len() >= 3).unwrap_or(word);
    let mut letters: Vec<char> = word.chars().collect();
    if let [.., before, last] = letters.as_slice()
        && before == last
        && letters.len() > 3
    {
        letters.pop();
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        Heading::of(text).terms.into_iter().collect()
    }

    #[test]
    fn words_that_every_question_has_are_left_out() {
        assert_eq!(
            terms("Q7_1. 您对销售人员的服务态度满意吗？"),
            ["人员", "务态", "售人", "态度", "服务", "销售"]
        );
        assert_eq!(terms("How satisfied were you with the welcome?"), ["welcom"]);
        assert_eq!(terms("Q12"), [""; 0]);
        assert_eq!(terms("1、接待"), ["接待"]);
        assert_eq!(terms("show_flat"), ["flat", "show"]);
    }

    #[test]
    fn endings_of_words_do_not_count() {
        for word in ["repair", "repairs", "repaired", "repairing"] {
            assert_eq!(stem(word), "repair");
        }
        assert_eq!(stem("fees"), stem("fee"));
        assert_eq!(stem("handling"), stem("handle"));
        assert_eq!(stem("glass"), "glas");
        assert_eq!(stem("fitting"), stem("fit"));
    }

    #[test]
    fn a_number_before_a_text_may_be_a_code() {
        let code = |text: &str| Heading::of(text).code;
        assert_eq!(code("5.2 Handover"), Some(("5.2".to_owned(), CodeForm::Plain)));
        assert_eq!(code("Q5_2"), Some(("5.2".to_owned(), CodeForm::Question)));
        assert_eq!(code("q5.2_ontime"), Some(("5.2".to_owned(), CodeForm::Question)));
        assert_eq!(code("12、报修"), None);
        assert_eq!(code("handover 5.2"), None);
        assert_eq!(Heading::of("12、报修").bare, "报修");
        for name in ["Q7ART", "q7a_art", "Q7_art", "7. Art"] {
            assert_eq!(Heading::of(name).bare, "art", "{name}");
        }
        assert_eq!(Heading::of("4G signal").bare, "4g signal");
        assert!(Heading::of("Q3OVERALL").says(&["overall"]));
    }

    #[test]
    fn words_are_whole_and_characters_are_not() {
        let it = Heading::of("Respondent ID");
        assert!(it.says(&["id"]) && it.is(&["respondent id"]) && !it.says(&["resp"]));
        assert!(Heading::of("請問您的總體滿意度").says(&["总体满意"]));
        assert!(!Heading::of("video").says(&["id"]));
    }

    #[test]
    fn what_a_text_is_about_beside_its_words() {
        assert_eq!(Heading::of("总体满意度").beside(&["总体满意", "总体"]), 0);
        assert!(Heading::of("销售服务总体满意度").beside(&["总体满意", "总体"]) > 0);
        assert_eq!(Heading::of("q_overall").beside(&["overall"]), 0);
        assert!(Heading::of("Overall, the repair").beside(&["overall"]) > 0);
    }
}
