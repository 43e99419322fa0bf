//! What a reader may choose.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use thiserror::Error;

use crate::diagram::SharedScale;
use crate::diagram::graph::Engine;
use crate::model::{Day, Language};

use super::picture::WIDTH;
use super::since::Since;

/// How a report is to look.
#[derive(Clone, Debug)]
pub struct ReportOptions {
    /// Language of the report, and of single pictures.
    pub language: Language,
    /// Further languages of the report, which its reader can switch to.
    pub further: Vec<Language>,
    /// Light or dark.
    pub theme: Theme,
    /// What the report is printed on.
    pub paper: Paper,
    /// Width of single pictures in pixels; they become wider where their texts need it.
    pub width: f64,
    /// What orders the touchpoints of the graph.
    pub engine: Engine,
    /// Templates that replace ours, by name (`section/map.html`) with their text.
    pub templates: BTreeMap<String, String>,
    /// What the axes have in common with those of other reports.
    pub shared: Option<SharedScale>,
    /// The page that a report leads back to, as a relative link.
    pub back: Option<String>,
    /// The day that counts as today for what is due; without it nothing is overdue.
    pub as_of: Option<Day>,
    /// What it is compared with; without it there is no section of that.
    pub since: Option<Since>,
    /// Threads to work with; the report is the same bytes for any.
    pub threads: NonZeroUsize,
}

impl ReportOptions {
    /// The usual report in `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            language,
            further: Vec::new(),
            theme: Theme::Light,
            paper: Paper::A4,
            width: WIDTH,
            engine: Engine::default(),
            templates: BTreeMap::new(),
            shared: None,
            back: None,
            as_of: None,
            since: None,
            threads: NonZeroUsize::MIN,
        }
    }
}

/// What the report is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// Sheets of A4, sideways.
    #[default]
    A4,
    /// Slides of 16 by 9, 13⅓ inches wide.
    Slides,
}

impl Paper {
    /// As the page names it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Slides => "slides",
        }
    }

    /// Size and margins, as declarations of a page rule.
    pub(super) const fn page(self) -> &'static str {
        match self {
            Self::A4 => "size:A4 landscape;margin:9mm 11mm 11mm",
            Self::Slides => "size:13.333in 7.5in;margin:.32in .5in .4in",
        }
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
