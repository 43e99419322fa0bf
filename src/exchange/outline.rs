//! What formats of others can hold of a journey.

use crate::model::{InlineScore, Language, Node, Scale, Text};

/// A journey without its survey: stages, touchpoints, transitions, scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Id of the journey.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Language of plain texts.
    pub language: Language,
    /// Whose journey it is.
    pub persona: Option<Text>,
    /// The scale of all scores.
    pub scale: Scale,
    /// Its stages, in order.
    pub stages: Vec<OutlineStage>,
    /// Its transitions, in order; ends are positions among all touchpoints.
    pub transitions: Vec<OutlineTransition>,
}

/// A stage and its touchpoints.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineStage {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its touchpoints, in order.
    pub touchpoints: Vec<OutlineTouchpoint>,
}

/// A touchpoint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutlineTouchpoint {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Where customer and organisation meet.
    pub channel: Option<Text>,
    /// Who answers for it.
    pub owner: Option<Text>,
    /// What the customer does.
    pub action: Option<Text>,
    /// What happens behind the line of visibility.
    pub backstage: Option<Text>,
    /// Declared a moment of truth by the modeller.
    pub moment_of_truth: bool,
    /// Points it should reach.
    pub target: Option<f64>,
    /// Scores by wave, on the scale of the outline.
    pub scores: Vec<InlineScore>,
}

/// A transition.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineTransition {
    /// Where it leads from.
    pub from: Node,
    /// Where it leads to.
    pub to: Node,
    /// Share, 0–1, of the customers at its source, as the map states it.
    pub share: Option<f64>,
    /// Why they go this way.
    pub label: Option<Text>,
}

impl Outline {
    /// All touchpoints, in order.
    pub fn touchpoints(&self) -> impl Iterator<Item = &OutlineTouchpoint> {
        self.stages.iter().flat_map(|stage| &stage.touchpoints)
    }

    /// `text` in `language`.
    #[must_use]
    pub fn text<'a>(&self, text: &'a Text, language: &Language) -> &'a str {
        text.get(language, &self.language)
    }

    /// The id of an end of a transition; `start` and `end` are those of the journey.
    #[must_use]
    pub fn end_id(&self, node: Node) -> &str {
        match node {
            Node::Start => "start",
            Node::End => "end",
            Node::Touchpoint(at) => {
                self.touchpoints().nth(at.0).map_or("", |it| it.id.as_str())
            }
        }
    }
}
