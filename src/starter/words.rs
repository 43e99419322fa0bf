//! Texts of starters in the languages asked for.
//!
//! `«English|简体|繁體»` is a text for readers: in one language it becomes that text, in several a
//! mapping of language tags. `‹…›` is a value of the responses, which has one language only. A
//! line `@name` stands for the comments of that name.

use super::LANGUAGES;

/// Languages, by position.
pub(super) struct Words<'a> {
    languages: &'a [usize],
}

impl<'a> Words<'a> {
    /// In these languages, of which there is at least one.
    pub(super) fn new(languages: &'a [usize]) -> Self {
        Self { languages: if languages.is_empty() { &[0] } else { languages } }
    }

    fn first(&self) -> usize {
        self.languages.first().copied().unwrap_or(0)
    }

    /// A map: comments in the first language, texts in all of them.
    pub(super) fn map(&self, text: &str, comments: &str) -> Result<String, String> {
        let mut map = String::new();
        for line in self.data(text).lines() {
            let name = line.strip_prefix('@');
            let line = match name {
                Some(name) => self.comment(name, comments)?,
                None if line.trim_start().starts_with('#') => self.prose(line)?,
                None => Self::marked(line, |parts| self.value(parts))?,
            };
            map.push_str(&line);
            map.push('\n');
        }
        let tag = LANGUAGES.get(self.first()).copied().unwrap_or_default();
        Ok(map.replace("@language", tag))
    }

    fn comment(&self, name: &str, comments: &str) -> Result<String, String> {
        let head = format!("[{name}]\n");
        let (_, rest) = comments.split_once(&head).ok_or(format!("no comment {name}"))?;
        let own: Vec<&str> = rest.lines().take_while(|it| !it.starts_with('[')).collect();
        self.prose(&own.join("\n"))
    }

    /// A text whose marked parts are in the first language.
    pub(super) fn prose(&self, text: &str) -> Result<String, String> {
        Self::marked(text, |parts| part(parts, self.first()).to_owned())
    }

    /// A text whose values are in the first language.
    pub(super) fn data(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, (parts, after))) = rest
            .split_once('‹')
            .and_then(|(before, it)| Some((before, it.split_once('›')?)))
        {
            let parts: Vec<&str> = parts.split('|').collect();
            out.push_str(before);
            out.push_str(part(&parts, self.first()));
            rest = after;
        }
        out + rest
    }

    fn marked(text: &str, words: impl Fn(&[&str]) -> String) -> Result<String, String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, marked)) = rest.split_once('«') {
            let (parts, after) =
                marked.split_once('»').ok_or(format!("no end: {marked}"))?;
            let parts: Vec<&str> = parts.split('|').collect();
            if parts.len() != LANGUAGES.len() {
                return Err(format!("{} languages: {}", parts.len(), parts.join("|")));
            }
            out.push_str(before);
            out.push_str(&words(&parts));
            rest = after;
        }
        Ok(out + rest)
    }

    /// A value of a map.
    fn value(&self, parts: &[&str]) -> String {
        if let [only] = self.languages {
            return part(parts, *only).to_owned();
        }
        let texts: Vec<String> = self
            .languages
            .iter()
            .filter_map(|at| {
                Some(format!("{}: {}", LANGUAGES.get(*at)?, in_braces(part(parts, *at))))
            })
            .collect();
        format!("{{{}}}", texts.join(", "))
    }
}

fn part<'t>(parts: &[&'t str], at: usize) -> &'t str {
    parts.get(at).copied().unwrap_or_default()
}

/// A text inside braces, where a comma would end it.
fn in_braces(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}', ':', '#', '"']) {
        format!("\"{}\"", text.replace('"', "\\\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn a_text_becomes_one_of_its_languages_or_a_mapping() {
        let line = "  name: «Reads, asks|提问|提問»\n  # «a|甲|乙»\n  order: [‹x|y|z›]";
        let map = |languages: &[usize]| Words::new(languages).map(line, "").unwrap();
        assert_eq!(map(&[1]), "  name: 提问\n  # 甲\n  order: [y]\n");
        assert_eq!(
            map(&[0, 2]),
            "  name: {en: \"Reads, asks\", zh-Hant: 提問}\n  # a\n  order: [x]\n"
        );
    }

    #[test]
    fn a_text_without_a_language_is_a_fault() {
        assert!(Words::new(&[0]).prose("«a|b»").is_err());
        assert!(Words::new(&[0]).prose("«a|b|c").is_err());
    }
}
