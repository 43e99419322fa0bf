//! What a questionnaire is made of.

use crate::model::Language;

/// A questionnaire in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Questionnaire {
    /// The language of its words.
    pub language: Language,
    /// Heading.
    pub title: String,
    /// What is said before the first question.
    pub introduction: String,
    /// What stands over the touchpoints.
    pub stem: String,
    /// What is said at a question that may be left out.
    pub optional: String,
    /// What is said at the end.
    pub thanks: String,
    /// Everything that is asked, in order.
    pub items: Vec<Item>,
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The column that its answers are to stand in, as the map reads it.
    pub column: String,
    /// What it is for.
    pub role: Role,
    /// The name of its stage, for a touchpoint.
    pub stage: Option<String>,
    /// The words: a whole question, or the name of a touchpoint under the stem.
    pub text: String,
    /// Whether `text` stands under the stem.
    pub is_row: bool,
    /// What may be answered.
    pub asked: Asked,
    /// Whether it may be left out without a reason.
    pub optional: bool,
}

/// What a question is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Satisfaction with the whole.
    Overall,
    /// Satisfaction with the touchpoint of this id.
    Touchpoint(String),
    /// Likelihood to recommend.
    Recommend,
    /// A free answer.
    Comment,
    /// The segment of this name.
    Segment(String),
    /// Name or number of those who want an answer.
    Contact,
}

/// What may be answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A number of a scale.
    Scale {
        /// The answers, from the lowest.
        levels: Vec<f64>,
        /// What the ends mean.
        ends: [String; 2],
        /// The answer of those who cannot say: its words, and the code to write down.
        not_applicable: Option<(String, String)>,
    },
    /// One of these.
    Choice(Vec<String>),
    /// Anything.
    Text,
}

impl Role {
    /// The word for it in tables.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Touchpoint(_) => "touchpoint",
            Self::Recommend => "recommend",
            Self::Comment => "comment",
            Self::Segment(_) => "segment",
            Self::Contact => "contact",
        }
    }
}
