//! What a questionnaire asks besides the touchpoints, as the map says it.

use std::collections::BTreeMap;

use super::Text;

/// The words of a question or answer that every questionnaire has, unless it is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wording {
    /// In the usual words of the language.
    #[default]
    Usual,
    /// In these words.
    Own(Text),
    /// Not at all.
    LeftOut,
}

/// How a segment is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentQuestion {
    /// The words of the question.
    pub question: Wording,
    /// The answers to choose from; none where the map names none.
    pub options: Vec<Text>,
}

/// What a questionnaire asks besides the touchpoints, and in which words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionnairePlan {
    /// Heading, instead of the name of the map.
    pub title: Option<Text>,
    /// What is said before the first question.
    pub introduction: Option<Text>,
    /// The question for satisfaction with the whole.
    pub overall: Option<Text>,
    /// The question for the likelihood to recommend.
    pub recommend: Option<Text>,
    /// The one question with a free answer.
    pub comment: Wording,
    /// Label of the answer of those who never met a touchpoint.
    pub not_applicable: Wording,
    /// Questions for segments, by the name of the segment.
    pub segments: BTreeMap<String, SegmentQuestion>,
    /// A question for name or number of those who want an answer.
    pub contact: Option<Text>,
}
