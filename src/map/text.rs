//! Names and texts, in one language or several.

use crate::{
    diag::{Code, Diagnostic},
    model::{Language, Text},
};

use super::{
    decode::{Decoder, Fields},
    yaml::{Node, Value},
};

impl Decoder<'_> {
    /// `node` as a text: a string, or a mapping of language tags to strings.
    pub(super) fn text(&mut self, node: &Node, what: &str) -> Option<Text> {
        match &node.value {
            Value::Scalar(_) => self.string(node, what).map(Text::plain),
            Value::Mapping(entries) => {
                let mut texts = Vec::new();
                for (key, value) in entries {
                    let Some(language) = Language::new(&key.text) else {
                        self.problems.push(bad_language(&key.text, key.span));
                        continue;
                    };
                    if let Some(text) = self.string(value, what) {
                        texts.push((language, text.to_owned()));
                    }
                }
                if entries.is_empty() {
                    self.error(Code::EMPTY_TEXT, node, format!("{what} is empty"));
                }
                (!texts.is_empty()).then(|| Text::by_language(texts))
            }
            _ => {
                self.wrong_type(
                    node,
                    what,
                    "text, or a mapping such as `{en: …, zh-Hans: …}`",
                );
                None
            }
        }
    }

    /// The text of `key`, if it is there.
    pub(super) fn optional_text(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
    ) -> Option<Text> {
        let node = fields.get(key)?;
        self.text(node, &format!("`{key}`"))
    }

    /// The text of `key`; says so when it is missing, and stands in with `fallback`.
    pub(super) fn required_text(
        &mut self,
        fields: &Fields<'_>,
        what: &str,
        key: &str,
        fallback: &str,
    ) -> Text {
        let text = match fields.get(key) {
            Some(node) => self.text(node, &format!("`{key}` of {what}")),
            None => {
                self.missing(fields, what, key);
                None
            }
        };
        text.unwrap_or_else(|| Text::plain(fallback))
    }

    /// `node` as a language tag.
    pub(super) fn language(&mut self, node: &Node) -> Option<Language> {
        let tag = self.string(node, "`language`")?;
        let language = Language::new(tag);
        if language.is_none() {
            self.problems.push(bad_language(tag, node.span));
        }
        language
    }
}

fn bad_language(tag: &str, span: crate::diag::Span) -> Diagnostic {
    Diagnostic::error(Code::BAD_LANGUAGE, span, format!("`{tag}` is not a language tag"))
        .note("expected a tag such as `en`, `zh-Hans`, `zh-Hant` or `pt-BR`")
        .did_you_mean(tag, ["en", "zh-Hans", "zh-Hant"])
}
