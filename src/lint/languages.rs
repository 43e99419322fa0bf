//! Texts that are not in all languages of the map.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{Journey, Language, Text};

use super::{Subject, all_of};

/// Texts that lack a language which at least half of the texts have. A map that says a few
/// things in a second language is not meant to be read in it.
pub(super) fn untranslated(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let journey = subject.journey;
    let texts = texts(journey);
    let mut counts: BTreeMap<&Language, usize> = BTreeMap::new();
    for (.., text) in &texts {
        for (tag, _) in text.in_languages() {
            *counts.entry(tag.unwrap_or(&journey.language)).or_default() += 1;
        }
    }
    let wanted: Vec<&Language> = counts
        .into_iter()
        .filter(|(_, count)| count * 2 >= texts.len())
        .map(|(tag, _)| tag)
        .collect();
    let of = |(id, key, span, text): &(&str, &str, Span, &Text)| {
        let lacks: Vec<&str> = wanted
            .iter()
            .filter(|it| !text.has(it, &journey.language))
            .map(|it| it.tag())
            .collect();
        let is_words = text.all().any(|it| it.chars().any(char::is_alphabetic));
        (is_words && !lacks.is_empty()).then(|| {
            let message = format!("`{key}` of `{id}` lacks {}", all_of(&lacks));
            Diagnostic::warning(Code::UNTRANSLATED, *span, message)
                .about(*id)
                .note("most texts of this map have it")
        })
    };
    texts.iter().filter_map(of).collect()
}

/// Every text that readers of the report see, with the id and key that it belongs to.
fn texts(journey: &Journey) -> Vec<(&str, &'static str, Span, &Text)> {
    let mut texts = Vec::new();
    for it in &journey.stages {
        texts.push((it.id.as_str(), "name", it.span, &it.name));
    }
    for it in &journey.touchpoints {
        let own = [
            ("owner", &it.owner),
            ("action", &it.action),
            ("backstage", &it.backstage),
            ("question", &it.question),
        ];
        texts.push((it.id.as_str(), "name", it.span, &it.name));
        texts.extend(own.into_iter().filter_map(|(key, text)| {
            Some((it.id.as_str(), key, it.span, text.as_ref()?))
        }));
    }
    for it in &journey.actions {
        texts.push((it.id.as_str(), "name", it.span, &it.name));
        let owner = it.owner.as_ref();
        texts.extend(owner.map(|text| (it.id.as_str(), "owner", it.span, text)));
    }
    texts
}
