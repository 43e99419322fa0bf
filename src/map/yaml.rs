//! A YAML document as a tree in which every value and key knows its bytes.

use crate::diag::Span;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Its bytes; for an aliased value those of the original.
    pub(super) span: Span,
    /// What it is.
    pub(super) value: Value,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// Text as written; what it means depends on where it stands, so `no` stays `no`.
    Scalar(String),
    /// Nothing: `key:` or `~`.
    Null,
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order of the file; keys are unique.
    Mapping(Vec<(Key, Node)>),
}

/// A key of a mapping.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// Its text.
    pub(super) text: String,
    /// Its bytes.
    pub(super) span: Span,
}

impl Node {
    /// What kind of value it is, in the words of messages.
    pub(super) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar(text) if text.parse::<f64>().is_ok() => "a number",
            Value::Scalar(_) => "text",
            Value::Null => "nothing",
            Value::List(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The value of a key.
    pub(super) fn entry(&self, name: &str) -> Option<&Self> {
        let Value::Mapping(entries) = &self.value else { return None };
        entries.iter().find(|(key, _)| key.text == name).map(|(_, node)| node)
    }

    /// The text of a scalar.
    pub(super) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }
}
