//! The heat map: touchpoints by groups of customers. Data, and the picture of it.

mod draw;

pub use draw::heatmap;

use super::subject::Band;

/// One or more tables under one another, each with its own groups.
#[derive(Clone, Debug, Default)]
pub struct Heat {
    /// The tables; they have the same rows.
    pub tables: Vec<HeatTable>,
    /// Head of the column of all respondents, and how many they are.
    pub total: HeatColumn,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct HeatTable {
    /// Segment variables.
    pub groups: Vec<HeatGroup>,
    /// Overall satisfaction, then touchpoints.
    pub rows: Vec<HeatRow>,
}

/// A segment variable.
#[derive(Clone, Debug, Default)]
pub struct HeatGroup {
    /// Its name.
    pub name: String,
    /// Its values.
    pub columns: Vec<HeatColumn>,
}

/// A value of a segment variable.
#[derive(Clone, Debug, Default)]
pub struct HeatColumn {
    /// Its name.
    pub name: String,
    /// How many respondents it has, as printed.
    pub n: String,
}

/// A touchpoint.
#[derive(Clone, Debug)]
pub struct HeatRow {
    /// Its code; overall satisfaction has none.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Whether a stage begins here.
    pub opens: bool,
    /// The score of all respondents.
    pub total: HeatCell,
    /// Scores by group and value, as many as columns.
    pub groups: Vec<Vec<HeatCell>>,
}

/// What stands in a cell; never nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum HeatCell {
    /// A score.
    Scored {
        /// As printed.
        text: String,
        /// Its band.
        band: Band,
        /// Its difference from all other respondents, where that is reliable.
        differs: Option<Differs>,
    },
    /// A score of few respondents, and in which words they are few.
    Low {
        /// The score as printed.
        text: String,
        /// The words.
        few: String,
    },
    /// No score: words that say why, shown.
    Words(String),
    /// No score: a dash is shown, and this is why.
    Dash(String),
}

/// A reliable difference from all other respondents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// Whether it is better than the others.
    pub better: bool,
    /// In words, with its interval.
    pub sentence: String,
}
