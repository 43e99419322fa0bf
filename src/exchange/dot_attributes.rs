//! What attributes of DOT tell of a map.

use serde_json::Value;

use super::dot_lexer::{Form, Id};
use super::dot_read::{Attributes, Reader};
use super::label::{label, parse};
use super::mermaid::{one_line, shown};
use super::remark;

impl Reader<'_, '_, '_> {
    /// Attributes of the graph, or of the cluster that is open.
    pub(super) fn own_attributes(&mut self, attributes: &Attributes) {
        let scope = self.scopes.last().map(|it| it.group);
        let label = attributes.get("label").map(|it| label_text(it, ""));
        let label = label.filter(|it| !it.is_empty());
        let told = attributes.get("touchmap").and_then(|it| json(&it.text));
        match scope {
            Some(Some(group)) => {
                let group = &mut self.draft.groups[group];
                group.name = label.unwrap_or_else(|| group.name.clone());
                group.remark = told.or(group.remark.take());
                if let Some(name) =
                    group.remark.as_ref().and_then(|it| remark::text(it, "name"))
                    && one_line(name) == group.name
                {
                    group.name = name.to_owned();
                }
            }
            _ if self.scopes.len() == 1 => {
                self.draft.title = label.or(self.draft.title.take());
                self.draft.remark = told.or(self.draft.remark.take());
            }
            _ => {}
        }
    }

    pub(super) fn node_attributes(&mut self, node: usize, attributes: &Attributes) {
        let told = attributes.get("touchmap").and_then(|it| json(&it.text));
        let key = self.draft.nodes[node].key.clone();
        let label = attributes.get("label").map(|it| label_text(it, &key));
        let draft = &mut self.draft.nodes[node];
        let name =
            told.as_ref().and_then(|it| remark::text(it, "name")).map(str::to_owned);
        let same = name.filter(|it| Some(one_line(it)) == label);
        draft.name = same.or(label).or(draft.name.take());
        draft.remark = told.or(draft.remark.take());
    }
}

/// Share and reason of an edge: those of its remark, where its label still shows them.
pub(super) fn told_by(attributes: &Attributes) -> (Option<f64>, Option<String>) {
    let told = attributes.get("touchmap").and_then(|it| json(&it.text));
    let text = attributes.get("label").map(|it| label_text(it, ""));
    let parsed = text.as_deref().map(parse).unwrap_or_default();
    let told_label = |told: &Value| {
        let share = remark::number(told, "share").filter(|it| (0.0..=1.0).contains(it));
        let why = remark::text(told, "label").map(str::to_owned);
        let shown = label(share, why.as_deref());
        let same = shown.as_deref().map(one_line) == text;
        same.then_some((share, why))
    };
    told.as_ref().and_then(told_label).unwrap_or(parsed)
}

fn json(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(&text.replace("\\\\", "\\")).ok()?;
    value.is_object().then_some(value)
}

/// The text that a label shows: escapes and HTML read.
fn label_text(id: &Id, key: &str) -> String {
    if id.form == Form::Html {
        return shown(&id.text);
    }
    let mut text = String::new();
    let mut letters = id.text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n' | 'l' | 'r') => text.push(' '),
                Some('N') => text.push_str(key),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            (letter, false) => text.push(letter),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
