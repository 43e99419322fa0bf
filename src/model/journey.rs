//! The journey: stages, touchpoints, and the flow between them.
//!
//! A `Journey` that exists is valid: ids are unique and every reference is an index.

use crate::diag::{Silence, Span};

use super::{
    Assumption, Benchmark, Codebook, Language, Operation, QuestionnairePlan, Rules,
    ServiceLevels, SurveyPlan, Target, Text,
};

/// Position of a stage in [`Journey::stages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StageIndex(pub usize);

/// Position of a touchpoint in [`Journey::touchpoints`], which is the order of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TouchpointIndex(pub usize);

/// A customer journey as its map tells it.
#[derive(Clone, Debug)]
pub struct Journey {
    /// Stable name for scripts.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Language of plain strings, and of the report unless another is asked for.
    pub language: Language,
    /// Whose journey it is.
    pub persona: Option<Persona>,
    /// Stages in order.
    pub stages: Vec<Stage>,
    /// Touchpoints in the order of the map; those of a stage stand together.
    pub touchpoints: Vec<Touchpoint>,
    /// How customers go from touchpoint to touchpoint.
    pub flow: Flow,
    /// How to read the responses; `None` for a map without a survey.
    pub survey: Option<SurveyPlan>,
    /// What customers may be dissatisfied about.
    pub causes: Codebook,
    /// Measures of how the work goes.
    pub operations: Vec<Operation>,
    /// What is believed and not measured.
    pub assumptions: Vec<Assumption>,
    /// How well customers are served, by levels.
    pub service_levels: Option<ServiceLevels>,
    /// The touchpoints of the people inside, where the map has some.
    pub inside: Option<Box<Inside>>,
    /// Outside scores to compare with.
    pub benchmarks: Vec<Benchmark>,
    /// Who does what by when.
    pub actions: Vec<Action>,
    /// Thresholds.
    pub rules: Rules,
    /// What a questionnaire asks besides the touchpoints.
    pub questionnaire: QuestionnairePlan,
    /// Warnings that are known and accepted.
    pub silences: Vec<Silence>,
}

/// What happens behind the line of visibility, as a journey of those who work there.
#[derive(Clone, Debug)]
pub struct Inside {
    /// Their journey: internal touchpoints, the stages that have some, and their own survey.
    pub journey: Journey,
    /// By internal touchpoint, the touchpoints of customers that it supports.
    pub supports: Vec<Vec<TouchpointIndex>>,
}

/// Whose journey it is.
#[derive(Clone, Debug)]
pub struct Persona {
    /// Name of the group.
    pub name: Text,
    /// What they want.
    pub goal: Option<Text>,
}

/// A part of the journey that customers would name.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Unique over the whole map.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// First and one past the last of its touchpoints.
    pub touchpoints: std::ops::Range<usize>,
    /// Where the id stands in the map.
    pub span: Span,
}

/// A moment at which the customer meets the organisation.
#[derive(Clone, Debug)]
pub struct Touchpoint {
    /// Unique over the whole map.
    pub id: String,
    /// Stage number dot order, such as `5.2`: people say it aloud.
    pub code: String,
    /// Its stage.
    pub stage: StageIndex,
    /// Name for people.
    pub name: Text,
    /// Where they meet: a free word; well-known ones get an icon.
    pub channel: Option<Text>,
    /// Who answers for it.
    pub owner: Option<Text>,
    /// What the customer does.
    pub action: Option<Text>,
    /// What happens behind the line of visibility.
    pub backstage: Option<Text>,
    /// How a questionnaire asks for it; else in the usual words.
    pub question: Option<Text>,
    /// Declared by the modeller; the derived one comes from the data.
    pub moment_of_truth: bool,
    /// Points it should reach, 0–100; else [`Rules::target`].
    pub target: Option<f64>,
    /// Points that customers expect of it, 0–100, where the survey does not ask them.
    pub expectation: Option<f64>,
    /// Ids that it had in earlier maps: one that it is called by no more, or several that it
    /// is made of.
    pub was: Vec<String>,
    /// Aggregates by wave, where there are no responses, on the native scale.
    pub scores: Vec<InlineScore>,
    /// Where the id stands in the map.
    pub span: Span,
}

/// An aggregate score that the map itself gives.
#[derive(Clone, Debug, PartialEq)]
pub struct InlineScore {
    /// The wave it belongs to.
    pub wave: String,
    /// Mean on the native scale.
    pub mean: f64,
    /// Valid answers, if known.
    pub n: Option<u64>,
    /// Standard deviation of the answers on the native scale, if known.
    pub sd: Option<f64>,
}

/// An end of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// Where customers come from.
    Start,
    /// A touchpoint.
    Touchpoint(TouchpointIndex),
    /// Where the journey is complete.
    End,
}

/// The transitions of a journey.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// In the order of the map; each pair of ends occurs once.
    pub transitions: Vec<Transition>,
    /// Whether the map gives the flow; if not, touchpoints follow one another as written.
    pub declared: bool,
}

/// Customers go from one touchpoint to another.
#[derive(Clone, Debug)]
pub struct Transition {
    /// Where they come from.
    pub from: Node,
    /// Where they go.
    pub to: Node,
    /// Share, 0–1, of the customers at `from` who go this way, as the map states it.
    pub share: Option<f64>,
    /// Why they go this way.
    pub label: Option<Text>,
    /// Where it stands in the map; for a flow left out, the touchpoint it leads to.
    pub span: Span,
}

/// Something that is done about a touchpoint.
#[derive(Clone, Debug)]
pub struct Action {
    /// Unique among the actions.
    pub id: String,
    /// What it works on.
    pub touchpoint: Option<TouchpointIndex>,
    /// What is done.
    pub name: Text,
    /// Who does it.
    pub owner: Option<Text>,
    /// By when, as the calendar date `2026-03-31`.
    pub due: Option<String>,
    /// A free word, such as `doing`.
    pub status: Option<Text>,
    /// The change it should bring, in points.
    pub expected: Option<f64>,
    /// The wave in which it should show.
    pub wave: Option<String>,
    /// Where the id stands in the map.
    pub span: Span,
}

impl Journey {
    /// The touchpoint with this id or code (`5.2`).
    #[must_use]
    pub fn find(&self, id_or_code: &str) -> Option<TouchpointIndex> {
        self.touchpoints
            .iter()
            .position(|it| it.id == id_or_code || it.code == id_or_code)
            .map(TouchpointIndex)
    }

    /// The touchpoint at `index`, which came from this journey.
    #[must_use]
    pub fn touchpoint(&self, index: TouchpointIndex) -> &Touchpoint {
        &self.touchpoints[index.0]
    }

    /// What `touchpoint` should reach.
    #[must_use]
    pub fn target(&self, touchpoint: &Touchpoint) -> Target {
        touchpoint.target.map_or(self.rules.target, Target::Points)
    }

    /// The languages that at least half of the names of stages and touchpoints have, the
    /// map's own first.
    #[must_use]
    pub fn languages(&self) -> Vec<Language> {
        let names = || {
            let stages = self.stages.iter().map(|it| &it.name);
            stages.chain(self.touchpoints.iter().map(|it| &it.name))
        };
        let total = names().count();
        let is_spoken = |language: &Language| {
            2 * names().filter(|it| it.has(language, &self.language)).count() >= total
        };
        let mut languages = vec![self.language.clone()];
        for (tag, _) in names().flat_map(Text::in_languages) {
            let tag = tag.unwrap_or(&self.language);
            if !languages.contains(tag) && is_spoken(tag) {
                languages.push(tag.clone());
            }
        }
        languages
    }

    /// `text` as a reader of `language` is shown it.
    #[must_use]
    pub fn text<'a>(&self, text: &'a Text, language: &Language) -> &'a str {
        text.get(language, &self.language)
    }
}
