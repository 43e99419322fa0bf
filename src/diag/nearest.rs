//! The nearest right word.

/// The word of `known` that `found` most probably means; `None` when none is close.
///
/// Damerau–Levenshtein distance without regard to case, at most a third of the longer
/// word; the first of equally near words wins, so the caller's order decides.
#[must_use]
pub fn nearest<'a>(
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let found = found.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        let lower = word.to_lowercase();
        let distance = strsim::damerau_levenshtein(&found, &lower);
        let longest = found.chars().count().max(lower.chars().count());
        let near = distance * 3 <= longest.max(3);
        if near && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_swapped_letter_finds_its_word() {
        assert_eq!(nearest("recpetion", ["repair", "reception"]), Some("reception"));
    }

    #[test]
    fn case_does_not_count() {
        assert_eq!(nearest("Stages", ["id", "stages"]), Some("stages"));
    }

    #[test]
    fn a_word_far_from_all_has_no_nearest() {
        assert_eq!(nearest("weather", ["repair", "reception"]), None);
    }
}
