//! Comments are coded as a person codes them: measured on comments that were written and
//! labelled for this purpose, in three languages, by somebody who knew the names of the causes
//! and none of the keywords.
//!
//! `tests/coding/en.csv` and its neighbours are what is measured; what keywords were tried on
//! stands in `tests/coding/practice`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use touchmap::model::Codebook;
use touchmap::voice::Coder;

use crate::shared::{read_journey, root};

const LANGUAGES: [&str; 3] = ["en", "zh-Hans", "zh-Hant"];

/// Rightly named, wrongly named, and missed.
#[derive(Clone, Copy, Default)]
struct Hits {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Hits {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }

    fn take(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn codebook() -> Codebook {
    let map = "id: a\nname: A\n\
        stages: [{id: s, name: S, touchpoints: [{id: t, name: T}]}]\n";
    read_journey(map).causes
}

/// Comments with the groups and causes that they name.
fn comments(path: &Path) -> Vec<(String, BTreeSet<String>, BTreeSet<String>)> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let set = |cell: &str| -> BTreeSet<String> {
        cell.split(';').filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            (row[0].to_owned(), set(&row[1]), set(&row[2]))
        })
        .collect()
}

/// Hits by group, and hits of causes in all.
fn measured(language: &str) -> (BTreeMap<String, Hits>, Hits) {
    let book = codebook();
    let coder = Coder::new(&book).unwrap();
    let comments = comments(&root().join(format!("tests/coding/{language}.csv")));
    assert!(comments.len() >= 200, "{language}: {}", comments.len());
    let (mut groups, mut all) = (BTreeMap::<String, Hits>::new(), Hits::default());
    for (text, causes, of_groups) in comments {
        let found = coder.code(&text).causes;
        let found: Vec<_> = found.iter().map(|at| &book.causes[*at]).collect();
        let ids: BTreeSet<String> = found.iter().map(|it| it.id.clone()).collect();
        let in_groups: BTreeSet<String> =
            found.iter().map(|it| book.groups[it.group].id.clone()).collect();
        all.right += ids.intersection(&causes).count() as u32;
        all.wrong += ids.difference(&causes).count() as u32;
        all.missed += causes.difference(&ids).count() as u32;
        for group in in_groups.union(&of_groups) {
            let hits = groups.entry(group.clone()).or_default();
            match (in_groups.contains(group), of_groups.contains(group)) {
                (true, true) => hits.right += 1,
                (true, false) => hits.wrong += 1,
                _ => hits.missed += 1,
            }
        }
    }
    (groups, all)
}

#[test]
fn nine_of_ten_causes_that_are_found_are_named() {
    let mut report = String::new();
    let mut poor = Vec::new();
    for language in LANGUAGES {
        let (groups, causes) = measured(language);
        let mut sum = Hits::default();
        report.push_str(&format!("\n{language:<14} precision recall\n"));
        for (group, hits) in &groups {
            sum.take(*hits);
            let (precision, recall) = (hits.precision(), hits.recall());
            report.push_str(&format!("{group:<16} {precision:>6.2} {recall:>6.2}\n"));
        }
        for (what, hits) in [("all groups", sum), ("all causes", causes)] {
            let (precision, recall) = (hits.precision(), hits.recall());
            report.push_str(&format!("{what:<16} {precision:>6.3} {recall:>6.3}\n"));
            // A codebook that finds nothing is never wrong.
            if precision < 0.9 || recall < 0.3 {
                poor.push(format!("{language}, {what}: {precision:.3}, {recall:.3}"));
            }
        }
    }
    eprintln!("{report}");
    assert!(poor.is_empty(), "{poor:?}{report}");
}

#[test]
fn every_label_is_a_cause_of_the_codebook_in_its_group() {
    let book = codebook();
    let group_of = |id: &str| {
        let cause = book.causes.iter().find(|it| it.id == id);
        cause.map(|it| book.groups[it.group].id.clone())
    };
    let folders = ["tests/coding", "tests/coding/practice"];
    for entry in folders.iter().flat_map(|it| std::fs::read_dir(root().join(it)).unwrap())
    {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "csv") {
            continue;
        }
        for (text, causes, groups) in comments(&path) {
            let of_causes: Option<BTreeSet<String>> =
                causes.iter().map(|it| group_of(it)).collect();
            assert_eq!(of_causes, Some(groups), "{}: {text}", path.display());
        }
    }
}

#[test]
fn the_66_factors_each_have_one_cause() {
    let book = codebook();
    assert_eq!(book.groups.len(), 12);
    let mut factors: Vec<u64> =
        book.causes.iter().flat_map(|it| it.factors.clone()).collect();
    factors.sort_unstable();
    assert_eq!(factors, (1..=66).collect::<Vec<u64>>());
    for cause in &book.causes {
        assert_eq!(cause.name.all().count(), 3, "{} lacks a language", cause.id);
        assert!(cause.keywords.len() >= 15, "{}: few keywords", cause.id);
    }
}
