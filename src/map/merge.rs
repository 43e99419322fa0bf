//! Merge keys: a mapping that takes over the entries of another.

use std::collections::BTreeSet;

use super::yaml::{Key, Node, Value};

/// `<<: *base` brings the entries of `base` that the mapping does not have itself.
pub(super) fn merged(entries: Vec<(Key, Node)>) -> Vec<(Key, Node)> {
    if entries.iter().all(|(key, _)| key.text != "<<") {
        return entries;
    }
    let (merge, mut own): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|(key, _)| key.text == "<<");
    for (key, node) in merge {
        let bases = match node.value {
            Value::Mapping(_) => vec![node],
            Value::List(items) => items,
            _ => {
                own.push((key, node));
                continue;
            }
        };
        for base in bases {
            let Value::Mapping(inherited) = base.value else { continue };
            let has: BTreeSet<String> =
                own.iter().map(|(key, _)| key.text.clone()).collect();
            own.extend(inherited.into_iter().filter(|(key, _)| !has.contains(&key.text)));
        }
    }
    own
}
