//! A data table: every number of a picture, for those who read it otherwise.

use serde::Serialize;

/// A table of texts.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Table {
    /// What it holds.
    pub(super) caption: String,
    /// Column heads.
    pub(super) head: Vec<Head>,
    /// Rows; the first cell of a row names it.
    pub(super) rows: Vec<Vec<String>>,
}

/// A column head.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Head {
    text: String,
    align: &'static str,
}

impl Head {
    /// A column of words.
    pub(super) fn words(text: String) -> Self {
        Self { text, align: "" }
    }

    /// A column of numbers.
    pub(super) fn numbers(text: String) -> Self {
        Self { text, align: "num" }
    }
}
