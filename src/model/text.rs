//! Text in one or several languages.

use std::fmt;

/// A BCP 47 language tag in its usual case, such as `en`, `zh-Hans` or `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language(String);

impl Language {
    /// `None` when `tag` has not the shape of a language tag; case is put right.
    ///
    /// Chinese without a script is given the one that its region writes (`zh-TW` is
    /// `zh-Hant`), because the two are separate languages to a reader.
    #[must_use]
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split(['-', '_']);
        let primary = parts.next()?;
        let is_primary = (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_primary {
            return None;
        }
        let mut normal = primary.to_ascii_lowercase();
        for part in parts {
            if part.is_empty()
                || part.len() > 8
                || !part.bytes().all(|b| b.is_ascii_alphanumeric())
            {
                return None;
            }
            normal.push('-');
            normal.push_str(&usual_case(part));
        }
        Some(Self(chinese_script(normal)))
    }

    /// English, the language every text falls back to.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The first part of the tag, such as `zh`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Scripts are `Hans`, regions `TW`, all else lower case.
fn usual_case(part: &str) -> String {
    match part.len() {
        4 => {
            let (first, rest) = part.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        2 => part.to_ascii_uppercase(),
        _ => part.to_ascii_lowercase(),
    }
}

fn chinese_script(tag: String) -> String {
    match tag.as_str() {
        "zh" | "zh-CN" | "zh-SG" => "zh-Hans".to_owned(),
        "zh-TW" | "zh-HK" | "zh-MO" => "zh-Hant".to_owned(),
        _ => tag,
    }
}

/// A text, in the language of the map or in several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text in no stated language, which is the language of the map.
    plain: Option<String>,
    /// The text by language, in the order of the map.
    by_language: Vec<(Language, String)>,
}

impl Text {
    /// A text in the language of the map.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { plain: Some(text.into()), by_language: Vec::new() }
    }

    /// A text in several languages.
    #[must_use]
    pub fn by_language(texts: Vec<(Language, String)>) -> Self {
        Self { plain: None, by_language: texts }
    }

    /// The text a reader of `language` is shown; the map's own language is `own`.
    ///
    /// In order: that language, a variant of it, the map's language, English, the first.
    /// Empty only when the text is.
    #[must_use]
    pub fn get(&self, language: &Language, own: &Language) -> &str {
        if let Some(plain) = &self.plain {
            return plain;
        }
        self.find(language)
            .or_else(|| self.variant(language))
            .or_else(|| self.find(own))
            .or_else(|| self.find(&Language::english()))
            .or_else(|| self.by_language.first().map(|(_, text)| text.as_str()))
            .unwrap_or_default()
    }

    /// Whether there is a text for exactly `language`, the map's own being `own`.
    #[must_use]
    pub fn has(&self, language: &Language, own: &Language) -> bool {
        if self.plain.is_some() { language == own } else { self.find(language).is_some() }
    }

    /// Every text, for checks that look at all of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.plain
            .as_deref()
            .into_iter()
            .chain(self.by_language.iter().map(|(_, text)| text.as_str()))
    }

    /// Every text with its language; `None` is that of the map.
    pub fn in_languages(&self) -> impl Iterator<Item = (Option<&Language>, &str)> {
        let plain = self.plain.as_deref().map(|text| (None, text));
        let others = self.by_language.iter();
        plain
            .into_iter()
            .chain(others.map(|(language, text)| (Some(language), text.as_str())))
    }

    fn find(&self, language: &Language) -> Option<&str> {
        self.by_language
            .iter()
            .find(|(at, _)| at == language)
            .map(|(_, text)| text.as_str())
    }

    fn variant(&self, language: &Language) -> Option<&str> {
        self.by_language
            .iter()
            .find(|(at, _)| at.primary() == language.primary())
            .map(|(_, text)| text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(tag: &str) -> Language {
        Language::new(tag).unwrap()
    }

    #[test]
    fn tags_take_their_usual_case_and_script() {
        assert_eq!(tag("ZH_hans").tag(), "zh-Hans");
        assert_eq!(tag("zh-TW").tag(), "zh-Hant");
        assert_eq!(tag("zh").tag(), "zh-Hans");
        assert_eq!(tag("pt-br").tag(), "pt-BR");
        assert_eq!(Language::new("chinese language"), None);
        assert_eq!(Language::new("e"), None);
    }

    #[test]
    fn the_other_chinese_is_nearer_than_english() {
        let text = Text::by_language(vec![
            (tag("en"), "Handover".to_owned()),
            (tag("zh-Hans"), "交付".to_owned()),
        ]);
        assert_eq!(text.get(&tag("zh-Hant"), &tag("en")), "交付");
        assert_eq!(text.get(&tag("fr"), &tag("en")), "Handover");
    }
}
