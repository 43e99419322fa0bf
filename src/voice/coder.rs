//! Comments → causes, by keywords.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::Codebook;

use super::denial::denied;
use super::fold::folded;

/// Finds the causes that comments name.
#[derive(Clone, Debug)]
pub struct Coder {
    automaton: AhoCorasick,
    /// By keyword, the cause.
    causes: Vec<usize>,
}

/// What a comment says of causes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coded {
    /// The causes that it names, by position in the codebook.
    pub causes: BTreeSet<usize>,
    /// Those that it names only to deny them.
    pub denied: BTreeSet<usize>,
}

/// A keyword in a text.
#[derive(Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    cause: usize,
}

impl Coder {
    /// For the keywords of a codebook; `None` where it has none.
    ///
    /// Keywords of all languages are looked for in every comment: customers mix them. Those in
    /// Latin letters are found from the beginning of a word on, so that `rude` is not in
    /// `intruded`, and `refund` is in `refunds`.
    #[must_use]
    pub fn new(book: &Codebook) -> Option<Self> {
        let (mut keywords, mut causes) = (BTreeSet::new(), Vec::new());
        let mut patterns = Vec::new();
        for (cause, it) in book.causes.iter().enumerate() {
            for keyword in it.keywords.iter().map(|it| folded(it)) {
                if !keyword.is_empty() && keywords.insert((keyword.clone(), cause)) {
                    patterns.push(keyword);
                    causes.push(cause);
                }
            }
        }
        let mut builder = AhoCorasick::builder();
        // What has no limits that these could reach has no error.
        let automaton = builder.match_kind(MatchKind::Standard).build(&patterns).ok()?;
        (!causes.is_empty()).then_some(Self { automaton, causes })
    }

    /// The causes that a comment names.
    #[must_use]
    pub fn code(&self, comment: &str) -> Coded {
        let text = folded(comment);
        let mut coded = Coded::default();
        for hit in self.hits(&text) {
            if denied(&text, hit.start, hit.end) {
                coded.denied.insert(hit.cause);
            } else {
                coded.causes.insert(hit.cause);
            }
        }
        let Coded { causes, denied } = &mut coded;
        denied.retain(|it| !causes.contains(it));
        coded
    }

    /// Keywords in a folded text; one that is inside of a longer one says nothing of its own.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let found = self.automaton.find_overlapping_iter(text).filter_map(|it| {
            let cause = *self.causes.get(it.pattern().as_usize())?;
            Some(Hit { start: it.start(), end: it.end(), cause })
        });
        let all: Vec<Hit> = found.filter(|it| begins_word(text, it.start)).collect();
        let inside = |it: &Hit| {
            let around = |other: &Hit| {
                other.start <= it.start
                    && it.end <= other.end
                    && other.end - other.start > it.end - it.start
            };
            all.iter().any(around)
        };
        all.iter().filter(|it| !inside(it)).copied().collect()
    }
}

/// Whether no word goes on at `start`.
fn begins_word(text: &str, start: usize) -> bool {
    let is_letter = |it: char| it.is_ascii_alphanumeric();
    let (before, after) = text.split_at(start);
    !(before.chars().next_back().is_some_and(is_letter)
        && after.chars().next().is_some_and(is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cause, CauseGroup, Text};

    fn book() -> Codebook {
        let cause = |id: &str, keywords: &[&str]| Cause {
            id: id.to_owned(),
            name: Text::plain(id),
            group: 0,
            factors: Vec::new(),
            keywords: keywords.iter().map(|it| (*it).to_owned()).collect(),
        };
        let group =
            CauseGroup { id: "g".to_owned(), name: Text::plain("g"), causes: 0..0 };
        let causes = vec![
            cause("queue", &["long queue", "排长队"]),
            cause("rude", &["rude", "態度很差"]),
            cause("product", &["quality", "poor quality of sleep"]),
        ];
        Codebook::of(vec![(group, causes)])
    }

    fn coded(text: &str) -> (Vec<usize>, Vec<usize>) {
        let Coded { causes, denied } = Coder::new(&book()).unwrap().code(text);
        (causes.into_iter().collect(), denied.into_iter().collect())
    }

    #[test]
    fn several_causes_in_several_languages_and_scripts() {
        assert_eq!(coded("Long queue；态度很差！"), (vec![0, 1], vec![]));
        assert_eq!(coded("排長隊，rudeness"), (vec![0, 1], vec![]));
        assert_eq!(coded("intruded"), (vec![], vec![]));
    }

    #[test]
    fn what_is_denied_is_told_apart() {
        assert_eq!(coded("No long queue, but rude"), (vec![1], vec![0]));
        // Named and denied: named.
        assert_eq!(coded("no long queue at first, then a long queue"), (vec![0], vec![]));
    }

    #[test]
    fn a_keyword_in_a_longer_one_is_not_looked_at() {
        assert_eq!(coded("quality"), (vec![2], vec![]));
        assert_eq!(Coder::new(&Codebook::default()).map(|_| ()), None);
    }
}
