//! How alike two texts are, from 0 to 1.

use std::collections::{BTreeMap, BTreeSet};

use super::heading::{Heading, stem};

/// How much each term tells: one that many headers have tells little.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms(BTreeMap<String, u32>);

impl Terms {
    /// Of these names and headers. A term that one name and one header have is what makes
    /// them alike, and counts once: the larger of both counts is taken.
    pub(super) fn of<'a>(
        names: impl IntoIterator<Item = &'a BTreeSet<String>>,
        headers: impl IntoIterator<Item = &'a BTreeSet<String>>,
    ) -> Self {
        let mut counts = counted(names);
        for (term, count) in counted(headers) {
            let own = counts.entry(term).or_insert(0);
            *own = count.max(*own);
        }
        Self(counts)
    }

    /// 1 over the root of the number of texts that have it.
    fn weight(&self, term: &str) -> f64 {
        let count = self.0.get(term).copied().unwrap_or(1).max(1);
        f64::from(count).sqrt().recip()
    }

    fn sum<'a>(&self, terms: impl IntoIterator<Item = &'a String>) -> f64 {
        terms.into_iter().map(|it| self.weight(it)).sum()
    }
}

fn counted<'a>(
    texts: impl IntoIterator<Item = &'a BTreeSet<String>>,
) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for term in texts.into_iter().flatten() {
        *counts.entry(term.clone()).or_insert(0) += 1;
    }
    counts
}

/// How a header is like a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Likeness {
    /// From 0, nothing in common, to 1, the same.
    pub(super) value: f64,
    /// In what.
    pub(super) kind: Kind,
}

/// In what a header is like a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// They are the same.
    Same,
    /// All that the name says is in the header.
    Holds,
    /// All that the header says is in the name.
    Part,
    /// They share these terms.
    Shares(Vec<String>),
}

/// How like `name` a `header` is; `None` where they have nothing in common.
///
/// Of the terms of both, weighed by how much they tell, the larger of the two shares that is
/// common counts three quarters (the share of the header a tenth less), and the harmonic
/// mean of both one quarter.
pub(super) fn likeness(
    name: &Heading,
    header: &Heading,
    terms: &Terms,
) -> Option<Likeness> {
    if !name.bare.is_empty() && name.bare == header.bare {
        return Some(Likeness { value: 1.0, kind: Kind::Same });
    }
    // `followup`, `follow-up` and `follow_ups`.
    if !name.bare.is_empty() && closed_up(name) == closed_up(header) {
        return Some(Likeness { value: 0.98, kind: Kind::Same });
    }
    let common: Vec<&String> = name.terms.intersection(&header.terms).collect();
    if common.is_empty() {
        return None;
    }
    let shared = terms.sum(common.iter().copied());
    let of_name = shared / terms.sum(&name.terms);
    let of_header = shared / terms.sum(&header.terms);
    let mean = 2.0 * of_name * of_header / (of_name + of_header);
    let value = 0.75 * of_name.max(0.9 * of_header) + 0.25 * mean;
    let whole = |share: f64| share > 1.0 - 1e-9;
    let kind = match () {
        () if whole(of_name) => Kind::Holds,
        () if whole(of_header) => Kind::Part,
        () => Kind::Shares(common.into_iter().cloned().collect()),
    };
    // Only what is the same to the letter is certain.
    Some(Likeness { value: value.min(0.97), kind })
}

fn closed_up(text: &Heading) -> String {
    text.bare.split(' ').map(stem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(name: &str, header: &str) -> f64 {
        let (name, header) = (Heading::of(name), Heading::of(header));
        likeness(&name, &header, &Terms::default()).map_or(0.0, |it| it.value)
    }

    #[test]
    fn the_same_text_is_one_and_no_common_term_is_nought() {
        assert!((like("售楼处接待", "Q1、售樓處接待") - 1.0).abs() < 1e-12);
        assert!((like("Reception", "reception") - 1.0).abs() < 1e-12);
        assert!((like("Follow-up", "followup") - 0.98).abs() < 1e-12);
        assert!(like("售楼处接待", "车位").abs() < 1e-12);
    }

    #[test]
    fn the_larger_common_share_counts_most() {
        // Name: 报修. Header: 报修 修速 速度. Shares 1 and 1/3: mean 1/2.
        assert!((like("报修", "报修速度") - (0.75 + 0.25 * 0.5)).abs() < 1e-12);
        // Name: 售楼 楼处 处接 接待. Header: 接待. Shares 1/4 and 1: mean 2/5.
        assert!((like("售楼处接待", "接待") - (0.75 * 0.9 + 0.25 * 0.4)).abs() < 1e-12);
        // Two words, one of them common: shares 1/2 and 1/2.
        assert!((like("show flat", "flat tour") - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_term_of_many_texts_tells_little() {
        let texts: Vec<_> =
            ["service desk", "service line"].map(|it| Heading::of(it).terms).into();
        let terms = Terms::of(&texts, []);
        let (name, header) = (Heading::of("service desk"), Heading::of("service line"));
        let it = likeness(&name, &header, &terms).unwrap();
        // 1/√2 of 1 + 1/√2 on both sides.
        let share = 1.0 / (1.0 + 2.0_f64.sqrt());
        assert!((it.value - (0.75 * share + 0.25 * share)).abs() < 1e-12);
    }
}
