//! Comments that may be quoted: few, masked, and the same whatever order rows are read in.

use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

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

/// What makes comments alike: class, length, and the first cause.
type Kind = (i8, u32, Option<usize>);

/// Comments of one touchpoint in one wave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comments {
    /// Of each kind, those of the least hashes.
    kept: BTreeMap<Kind, BTreeMap<(u64, String), Comment>>,
    /// How many comments there are, by length.
    lengths: BTreeMap<u32, u64>,
}

impl Comments {
    /// Counts a comment, and says whether it would be kept.
    pub fn wants(&mut self, text: &str, class: i8, causes: &BTreeSet<usize>) -> bool {
        let length = width(text);
        *self.lengths.entry(scale(length)).or_default() += 1;
        if !(SHORTEST..=LONGEST).contains(&length) {
            return false;
        }
        let kind = (class, scale(length), causes.first().copied());
        self.kept.get(&kind).is_none_or(|kept| {
            let last = kept.last_key_value().map(|(key, _)| key);
            kept.len() < KEPT || last.is_some_and(|last| key(text) < *last)
        })
    }

    /// Keeps a comment that is wanted; `written` is what its customer wrote, which decides
    /// which are kept and is forgotten.
    pub fn keep(&mut self, written: &str, comment: Comment) {
        let kind =
            (comment.class, scale(width(written)), comment.causes.first().copied());
        let (hash, _) = key(written);
        // What is kept beside the hash tells equal hashes apart, and is masked.
        self.insert(kind, (hash, comment.text.clone()), comment);
    }

    fn insert(&mut self, kind: Kind, key: (u64, String), comment: Comment) {
        let kept = self.kept.entry(kind).or_default();
        kept.entry(key).or_insert(comment);
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
            for (key, comment) in comments {
                self.insert(kind, key, comment);
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
            comments.extend(kept.iter().map(|((hash, _), it)| (off, *hash, it)));
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

fn key(text: &str) -> (u64, String) {
    (xxh3_64(text.trim().as_bytes()), String::new())
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
            if comments.wants(text, -1, &BTreeSet::new()) {
                comments.keep(text, comment(text));
            }
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
    fn usual_lengths_come_first() {
        let long = "long ".repeat(40);
        let comments = of(&["quite a usual comment", "one more such comment", &long]);
        assert_eq!(comments.by_length().last().map(|it| it.text.as_str()), Some(&*long));
    }
}
