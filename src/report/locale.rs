//! Texts of the report by language.
//!
//! A message is a whole sentence with named gaps (`{name}`); sentences are never built by
//! joining words. A language that lacks a message shows the English one.

use std::collections::BTreeMap;

use crate::diagram::Script;
use crate::model::Language;

/// The messages of a language.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue {
    /// Its language tag.
    pub tag: &'static str,
    /// Its text: a YAML mapping from keys to messages.
    pub text: &'static str,
    /// The script it is written in.
    pub script: Script,
}

/// Every language of the report; English, which has every message, comes first.
pub const CATALOGUES: &[Catalogue] = &[
    Catalogue {
        tag: "en",
        text: include_str!("../../templates/locale/en.yaml"),
        script: Script::Latin,
    },
    Catalogue {
        tag: "zh-Hans",
        text: include_str!("../../templates/locale/zh-Hans.yaml"),
        script: Script::Hans,
    },
    Catalogue {
        tag: "zh-Hant",
        text: include_str!("../../templates/locale/zh-Hant.yaml"),
        script: Script::Hant,
    },
];

type Messages = BTreeMap<String, String>;

/// Words in one language.
#[derive(Clone, Debug)]
pub(super) struct Locale {
    tag: &'static str,
    script: Script,
    own: Messages,
    english: Messages,
    /// Whether messages that speak of a target are said in their other form.
    relative: bool,
}

impl Locale {
    /// The catalogue nearest to `language`: that tag, else the same primary language, else
    /// English.
    pub(super) fn new(language: &Language) -> Self {
        let exact = CATALOGUES.iter().find(|it| it.tag == language.tag());
        let same = |it: &&Catalogue| it.tag.split('-').next() == Some(language.primary());
        let catalogue =
            exact.or_else(|| CATALOGUES.iter().find(same)).unwrap_or(&CATALOGUES[0]);
        Self {
            tag: catalogue.tag,
            script: catalogue.script,
            own: read(catalogue),
            english: read(&CATALOGUES[0]),
            relative: false,
        }
    }

    /// The same words for a map without a target of the whole: a message with a form
    /// `key.relative`, which speaks of the other touchpoints instead, is said in that form.
    pub(super) fn without_target(mut self) -> Self {
        self.relative = true;
        self
    }

    /// The language tag of the page.
    pub(super) fn tag(&self) -> &'static str {
        self.tag
    }

    /// The script of the page.
    pub(super) fn script(&self) -> Script {
        self.script
    }

    /// Whether there is a message, in this language or in English.
    pub(super) fn has(&self, key: &str) -> bool {
        self.own.contains_key(key) || self.english.contains_key(key)
    }

    /// The message, its gaps filled; the key itself when there is no such message, which a
    /// test rules out for every key of ours.
    pub(super) fn say(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let relative = format!("{key}.relative");
        self.plainly(
            if self.relative && self.has(&relative) { &relative } else { key },
            gaps,
        )
    }

    /// The message itself, also where a form for maps without a target exists.
    pub(super) fn plainly(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let message = self
            .own
            .get(key)
            .or_else(|| self.english.get(key))
            .map_or(key, String::as_str);
        fill(message, gaps)
    }

    /// A message without gaps.
    pub(super) fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// The form of a message for `count`: `key.one` or `key.other`.
    pub(super) fn count(&self, key: &str, count: usize, gaps: &[(&str, &str)]) -> String {
        // A language that does not tell one from many has no such form.
        let one = format!("{key}.one");
        if count == 1 && self.own.contains_key(&one) {
            return self.say(&one, gaps);
        }
        self.say(&format!("{key}.other"), gaps)
    }
}

/// One pass from left to right, so that a name with braces in it is left alone.
fn fill(message: &str, gaps: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = gaps.iter().find(|(gap, _)| *gap == name) {
            filled.push_str(value);
        } else {
            filled.push('{');
            filled.push_str(name);
            filled.push('}');
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[expect(clippy::expect_used, reason = "the catalogues are ours, and a test reads each")]
fn read(catalogue: &Catalogue) -> Messages {
    serde_saphyr::from_str(catalogue.text).expect("a catalogue is a mapping of texts")
}

/// Keys of English messages that `catalogue` lacks, except plural forms it does not need.
#[must_use]
pub fn missing_messages(catalogue: &Catalogue) -> Vec<String> {
    let own = read(catalogue);
    read(&CATALOGUES[0])
        .into_keys()
        .filter(|key| !own.contains_key(key) && !is_singular(key))
        .collect()
}

/// Whether only languages that tell one from many have the message.
fn is_singular(key: &str) -> bool {
    key.strip_suffix(".relative").unwrap_or(key).strip_suffix(".one").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_language_lacks_a_message_or_has_one_too_many() {
        let english = read(&CATALOGUES[0]);
        for catalogue in CATALOGUES {
            let missing = missing_messages(catalogue);
            assert!(missing.is_empty(), "{}: {missing:#?}", catalogue.tag);
            for key in read(catalogue).keys() {
                assert!(
                    english.contains_key(key),
                    "{}: unknown key {key}",
                    catalogue.tag
                );
            }
        }
    }

    #[test]
    fn every_language_has_the_same_gaps() {
        let gaps = |message: &str| {
            let mut gaps: Vec<String> = message
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next().map(str::to_owned))
                .collect();
            gaps.sort();
            gaps.dedup();
            gaps
        };
        let english = read(&CATALOGUES[0]);
        for catalogue in &CATALOGUES[1..] {
            for (key, message) in read(catalogue) {
                assert_eq!(
                    gaps(&message),
                    gaps(&english[&key]),
                    "{}: {key}",
                    catalogue.tag
                );
            }
        }
    }

    #[test]
    fn a_half_width_mark_never_stands_between_han_characters() {
        let is_han = |it: char| ('\u{4e00}'..='\u{9fff}').contains(&it);
        for catalogue in &CATALOGUES[1..] {
            for (key, message) in read(catalogue) {
                let characters: Vec<char> = message.chars().collect();
                for three in characters.windows(3) {
                    let wrong = is_han(three[0]) && ",;:?!()".contains(three[1]);
                    assert!(!wrong, "{} {key}: {message}", catalogue.tag);
                }
            }
        }
    }

    #[test]
    fn a_name_with_braces_is_left_alone() {
        assert_eq!(fill("{a} is {b}", &[("a", "{b}"), ("b", "x")]), "{b} is x");
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
    }
}
