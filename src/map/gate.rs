//! What a wave must hold: `gate:` among the rules of a map, or a file of its own.

use std::path::Path;

use crate::{
    diag::{Diagnostics, Sources},
    model::GateLine,
};

use super::{
    decode::Decoder,
    tree,
    yaml::{Node, Value},
};

/// Decodes the list of rules.
pub(super) fn decode(decoder: &mut Decoder<'_>, node: &Node) -> Vec<GateLine> {
    let items = decoder.list(node, "`gate`");
    let line = |decoder: &mut Decoder<'_>, item: &Node| {
        let text = decoder.string(item, "a rule of the gate")?;
        Some(GateLine { text: text.trim().to_owned(), span: item.span })
    };
    items.iter().filter_map(|item| line(decoder, item)).collect()
}

/// Reads a file of rules: a list, or a mapping with the list under `gate`. What is wrong with it
/// is in `problems`.
pub fn read_gate(
    path: &Path,
    bytes: &[u8],
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Option<Vec<GateLine>> {
    let mut found = Diagnostics::default();
    let lines = tree::parse(path, bytes, sources, &mut found).map(|(source, root)| {
        let mut decoder = Decoder::new(source, &mut found);
        if !matches!(root.value, Value::Mapping(_)) {
            return decode(&mut decoder, &root);
        }
        let Some(fields) = decoder.fields(&root, "a file of rules", &["gate"]) else {
            return Vec::new();
        };
        match fields.get("gate") {
            Some(node) => decode(&mut decoder, node),
            None => {
                decoder.missing(&fields, "the file of rules", "gate");
                Vec::new()
            }
        }
    });
    let usable = !found.has_errors();
    problems.extend(found.into_sorted());
    lines.filter(|_| usable)
}
