//! Names that readers take for the same.

use crate::diag::{Code, Diagnostic, Span};
use crate::model::{Journey, Language, Text};

use super::Subject;

/// Names compared, at most: each is compared with each.
const MOST: usize = 2_000;

/// Touchpoints, and stages, of nearly the same name: the second of each pair is told.
pub(super) fn similar(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let journey = subject.journey;
    let touchpoints = journey.touchpoints.iter().map(|it| (&it.id, &it.name, it.span));
    let stages = journey.stages.iter().map(|it| (&it.id, &it.name, it.span));
    let mut found = pairs(journey, &touchpoints.take(MOST).collect::<Vec<_>>());
    found.extend(pairs(journey, &stages.take(MOST).collect::<Vec<_>>()));
    found
}

type Named<'a> = (&'a String, &'a Text, Span);

fn pairs(journey: &Journey, named: &[Named<'_>]) -> Vec<Diagnostic> {
    let words: Vec<Vec<(&Language, Words)>> = named
        .iter()
        .map(|(_, name, _)| {
            let texts = name.in_languages();
            texts
                .map(|(tag, text)| (tag.unwrap_or(&journey.language), Words::of(text)))
                .collect()
        })
        .collect();
    let mut found = Vec::new();
    for (at, (id, name, span)) in named.iter().enumerate() {
        let same = |before: &usize| {
            words[*before].iter().any(|(tag, text)| {
                words[at].iter().any(|(other, own)| tag == other && text.is_like(own))
            })
        };
        let Some(before) = (0..at).find(same) else { continue };
        let (first_id, first_name, first) = named[before];
        let shown = |text: &Text| journey.text(text, &journey.language).to_owned();
        let message = format!("`{id}` has nearly the name of `{first_id}`");
        found.push(
            Diagnostic::warning(Code::SIMILAR_NAMES, *span, message)
                .about(*id)
                .label(shown(name))
                .related(first, shown(first_name))
                .hint("say in the names what tells them apart"),
        );
    }
    found
}

/// A name without what readers do not look at.
struct Words {
    text: Vec<char>,
    numbers: String,
}

impl Words {
    fn of(name: &str) -> Self {
        let folded = name.to_lowercase();
        let text = folded.chars().filter(|it| it.is_alphabetic()).collect();
        let numbers = folded.chars().filter(char::is_ascii_digit).collect();
        Self { text, numbers }
    }

    /// Whether a reader takes one for the other: one letter in eight may differ, as long as
    /// that is not a number, which tells steps apart; Chinese characters all count.
    fn is_like(&self, other: &Self) -> bool {
        if self.numbers != other.numbers || self.text.is_empty() {
            return false;
        }
        let (a, b) = (&self.text, &other.text);
        let longest = a.len().max(b.len());
        let latin = |it: &[char]| it.iter().all(char::is_ascii_alphabetic);
        let allowed = if latin(a) && latin(b) { longest / 8 } else { 0 };
        longest - a.len().min(b.len()) <= allowed
            && strsim::generic_damerau_levenshtein(a, b) <= allowed
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn alike(a: &str, b: &str) -> bool {
        Words::of(a).is_like(&Words::of(b))
    }

    #[test]
    fn names_are_alike_that_differ_in_case_signs_or_a_letter() {
        assert!(alike("Check-in desk", "Check in desk"));
        assert!(alike("Payment reminder", "Payments reminder"));
        assert!(alike("售后 维修", "售后维修"));
    }

    #[test]
    fn names_that_say_other_things_are_not_alike() {
        assert!(!alike("Visit 1", "Visit 2"));
        assert!(!alike("Food", "Foot"));
        assert!(!alike("投诉受理", "投诉处理"));
        assert!(!alike("—", "…"));
    }
}
