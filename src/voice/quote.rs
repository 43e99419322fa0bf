//! Comments that may be quoted: few, masked, and the same whatever order rows are read in.

use std::cmp::Ordering;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use super::masked;

/// Comments that are kept of one kind.
const KEPT: usize = 3;
/// The shortest comment that is quoted, in half-width characters.
const SHORTEST: usize = 10;
/// The longest one.
const LONGEST: usize = 240;

/// A comment of one customer on one touchpoint, without personal data.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// What was written, masked.
    pub text: String,
    /// The answer beside it, on the native scale.
    pub answer: f64,
    /// −1 dissatisfied, 0 neither, 1 satisfied.
    pub class: i8,
    /// Causes that it names, by position in the codebook.
    pub causes: BTreeSet<usize>,
    /// The values of the segments that the customer has, by position of the segment.
    pub values: BTreeMap<usize, String>,
}

impl Comment {
    /// The order of customers who wrote the same.
    fn order(&self, other: &Self) -> Ordering {
        let answers = self.answer.total_cmp(&other.answer);
        answers
            .then_with(|| self.values.cmp(&other.values))
            .then_with(|| self.causes.cmp(&other.causes))
    }
}

/// What makes comments alike: class, length, and the first cause.
type Kind = (i8, u32, Option<usize>);

/// Comments of one touchpoint in one wave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comments {
    /// Of each kind, those of the least hashes of what was written.
    kept: BTreeMap<Kind, BTreeMap<u64, Comment>>,
    /// How many comments there are, by length.
    lengths: BTreeMap<u32, u64>,
}

impl Comments {
    /// Counts a comment, and keeps it if it is one of those that are kept: then, and no sooner,
    /// it is masked, and `about` says whose it is.
    pub fn offer(
        &mut self,
        written: &str,
        (class, causes): (i8, &BTreeSet<usize>),
        about: impl FnOnce() -> Comment,
    ) {
        let length = width(written);
        *self.lengths.entry(scale(length)).or_default() += 1;
        if !(SHORTEST..=LONGEST).contains(&length) {
            return;
        }
        let kind = (class, scale(length), causes.first().copied());
        let hash = xxh3_64(written.trim().as_bytes());
        let kept = self.kept.entry(kind).or_default();
        let text = match kept.get(&hash) {
            Some(same) => same.text.clone(),
            None if is_full(kept, hash) => return,
            None => masked(written),
        };
        self.insert(kind, hash, Comment { text, ..about() });
    }

    /// Of customers who wrote the same, the least is kept, whoever came first.
    fn insert(&mut self, kind: Kind, hash: u64, comment: Comment) {
        let kept = self.kept.entry(kind).or_default();
        match kept.entry(hash) {
            Entry::Vacant(place) => {
                place.insert(comment);
            }
            Entry::Occupied(mut place) if comment.order(place.get()).is_lt() => {
                place.insert(comment);
            }
            Entry::Occupied(_) => {}
        }
        while kept.len() > KEPT {
            kept.pop_last();
        }
    }

    /// Adds comments of other rows.
    pub fn merge(&mut self, other: Self) {
        for (length, count) in other.lengths {
            *self.lengths.entry(length).or_default() += count;
        }
        for (kind, comments) in other.kept {
            for (hash, comment) in comments {
                self.insert(kind, hash, comment);
            }
        }
    }

    /// How many comments there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.lengths.values().sum()
    }

    /// The comments that may be quoted, those of usual length first.
    #[must_use]
    pub fn by_length(&self) -> Vec<&Comment> {
        let usual = self.usual_length();
        let mut comments: Vec<(u32, u64, &Comment)> = Vec::new();
        for ((_, length, _), kept) in &self.kept {
            let off = length.abs_diff(usual);
            comments.extend(kept.iter().map(|(hash, it)| (off, *hash, it)));
        }
        comments.sort_by_key(|(off, hash, _)| (*off, *hash));
        comments.into_iter().map(|(_, _, it)| it).collect()
    }

    /// The median length, on the scale of lengths.
    fn usual_length(&self) -> u32 {
        let half = self.count().div_ceil(2);
        let mut sum = 0;
        let reached = self.lengths.iter().find(|(_, count)| {
            sum += **count;
            sum >= half
        });
        reached.map_or(0, |(length, _)| *length)
    }
}

/// The length of a text; a Chinese character says as much as two letters or more.
fn width(text: &str) -> usize {
    text.trim().chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum()
}

/// Lengths that are alike: 8–11, 12–15, 16–23, 24–31 …
fn scale(length: usize) -> u32 {
    let length = length.max(1);
    let octave = length.ilog2();
    2 * octave + u32::from(length >= (1 << octave) + (1 << octave) / 2)
}

/// Whether there are as many as are kept, and all before `hash`.
fn is_full(kept: &BTreeMap<u64, Comment>, hash: u64) -> bool {
    kept.len() >= KEPT && kept.last_key_value().is_some_and(|(last, _)| *last < hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(text: &str) -> Comment {
        Comment {
            text: text.to_owned(),
            answer: 3.0,
            class: -1,
            causes: BTreeSet::new(),
            values: BTreeMap::new(),
        }
    }

    fn of(texts: &[&str]) -> Comments {
        let mut comments = Comments::default();
        for text in texts {
            comments.offer(text, (-1, &BTreeSet::new()), || comment(text));
        }
        comments
    }

    #[test]
    fn what_is_kept_does_not_depend_on_the_order() {
        let texts = [
            "the first of several comments",
            "another of these comments",
            "something else altogether",
            "the lift was out of order",
            "no water for three days",
            "too short",
            "all rooms had a lovely view",
        ];
        let mut turned = texts;
        turned.reverse();
        let (one, other) = texts.split_at(3);
        let mut merged = of(other);
        merged.merge(of(one));
        assert_eq!(of(&texts), of(&turned));
        assert_eq!(of(&texts), merged);
        assert_eq!(merged.count(), 7);
        assert!(merged.by_length().iter().all(|it| it.text != "too short"));
    }

    #[test]
    fn of_those_who_wrote_the_same_the_order_does_not_choose() {
        let of_order = |answers: [f64; 3]| {
            let mut comments = Comments::default();
            for answer in answers {
                let about = || Comment { answer, ..comment("") };
                comments.offer("no water", (-1, &BTreeSet::new()), about);
                comments.offer("call 13812345678", (-1, &BTreeSet::new()), about);
            }
            comments
        };
        let kept = of_order([3.0, 1.0, 2.0]);
        assert_eq!(kept, of_order([2.0, 3.0, 1.0]));
        let said = kept.by_length();
        assert_eq!(said.len(), 1, "the other is too short");
        assert_eq!((said[0].text.as_str(), said[0].answer), ("call [phone]", 1.0));
    }

    #[test]
    fn usual_lengths_come_first() {
        let long = "long ".repeat(40);
        let comments = of(&["quite a usual comment", "one more such comment", &long]);
        assert_eq!(comments.by_length().last().map(|it| it.text.as_str()), Some(&*long));
    }
}
