//! What a reader may choose.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::model::Language;

use super::picture::WIDTH;

/// How a report is to look.
#[derive(Clone, Debug)]
pub struct ReportOptions {
    /// Language of the report.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// Width of single pictures in pixels; they become wider where their texts need it.
    pub width: f64,
    /// Templates that replace ours, by name (`section/map.html`) with their text.
    pub templates: BTreeMap<String, String>,
}

impl ReportOptions {
    /// The usual report in `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { language, theme: Theme::Light, width: WIDTH, templates: BTreeMap::new() }
    }
}

/// Light or dark. Print is always light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// White, on every machine: a board sees what the print shows.
    #[default]
    Light,
    /// Near black.
    Dark,
    /// What the reader's machine prefers.
    Auto,
}

impl Theme {
    /// As the page names it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }
}

/// Why there is no report: always the user's own template.
#[derive(Debug, Error)]
pub enum ReportError {
    /// A template replaces none of ours.
    #[error("there is no template `{name}` to replace{}", hint(.nearest.as_deref()))]
    UnknownTemplate {
        /// Its name.
        name: String,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// A template cannot be read, or asks for what is not there.
    #[error("the template `{name}` does not work: {cause}")]
    Template {
        /// Its name.
        name: String,
        /// What is wrong, with the line.
        cause: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}
