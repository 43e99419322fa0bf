//! Ids for what comes from formats that spell them otherwise.

use std::collections::{BTreeMap, BTreeSet};

/// Ids that mean something else in a map.
const RESERVED: [&str; 4] = ["overall", "recommend", "start", "end"];

/// Longest id that is made of a name.
const LONGEST: usize = 60;

/// Ids given so far, and for which of them a new one had to be made.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    /// By stem, the first number that may be free.
    next: BTreeMap<String, usize>,
    /// Names and the ids made for them, where those are more than another spelling.
    pub(super) made: Vec<(String, String)>,
}

impl Ids {
    /// An id for what is called `wanted`: that itself where it can be one, else made of its
    /// letters, else `fallback`. Nothing is transliterated: a name with letters other than
    /// a–z has the fallback, which is stable as long as the order is.
    pub(super) fn give(&mut self, wanted: &str, fallback: &str) -> String {
        let spelt = spelling(wanted);
        let stem = spelt.as_deref().unwrap_or(fallback);
        let mut id = stem.to_owned();
        while RESERVED.contains(&id.as_str()) || self.taken.contains(&id) {
            let number = self.next.entry(stem.to_owned()).or_insert(2);
            id = format!("{stem}-{number}");
            *number += 1;
        }
        // Another spelling of the same word is no other id.
        if spelt.as_deref() != Some(id.as_str()) {
            self.made.push((wanted.to_owned(), id.clone()));
        }
        self.taken.insert(id.clone());
        id
    }
}

/// `wanted` with the letters that ids are made of; `None` where letters would be lost.
fn spelling(wanted: &str) -> Option<String> {
    let mut id = String::new();
    for letter in wanted.trim().chars() {
        match letter.to_ascii_lowercase() {
            'a'..='z' | '0'..='9' | '_' | '-' => id.push(letter.to_ascii_lowercase()),
            letter if letter.is_alphanumeric() => return None,
            _ if id.ends_with('_') => {}
            _ => id.push('_'),
        }
    }
    let id: String = id.trim_matches('_').chars().take(LONGEST).collect();
    id.bytes().any(|byte| byte.is_ascii_alphanumeric()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_spelt_unique_and_never_reserved() {
        let mut ids = Ids::default();
        let given: Vec<String> = ["A b", "a_b", "签约", "Café", "end", "...", "x"]
            .iter()
            .map(|it| ids.give(it, "t1-1"))
            .collect();
        assert_eq!(given, ["a_b", "a_b-2", "t1-1", "t1-1-2", "end-2", "t1-1-3", "x"]);
        assert_eq!(ids.made.len(), 5);
    }
}
