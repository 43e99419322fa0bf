//! What tallies must have in common to be added: the map they count for, and who counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{
    Journey, MissingClass, MissingCodes, Question, Rescale, Scale, SurveyPlan, Valid,
    WeightKind,
};

use super::options::{Drivers, Groups, MissingWeight, TallyOptions, Weighting};

/// What a tally was made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terms {
    journey: String,
    stages: Vec<StageTerms>,
    segments: Vec<String>,
    /// By id; expectations after touchpoints.
    questions: Vec<(String, QuestionTerms)>,
    rescale: String,
    weight_type: String,
    pub(super) weighting: Weighting,
    pub(super) missing_weight: MissingWeight,
    pub(super) groups: Groups,
    pub(super) drivers: Drivers,
    /// Segments and values of those who count, in order; everybody, if empty.
    #[serde(rename = "where")]
    pub(super) restriction: Vec<(String, String)>,
}

/// A stage and its touchpoints, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StageTerms {
    id: String,
    touchpoints: Vec<String>,
}

/// How a question is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionTerms {
    scale: [f64; 2],
    valid: ValidTerms,
    missing: BTreeMap<String, String>,
    version: u64,
    top: Option<Vec<f64>>,
    bottom: Option<Vec<f64>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ValidTerms {
    All,
    Step(f64),
    Levels(Vec<f64>),
}

impl Terms {
    /// Of responses to the survey `plan` of a journey.
    pub(super) fn of(
        journey: &Journey,
        plan: &SurveyPlan,
        options: &TallyOptions,
    ) -> Self {
        let id = |index: usize| journey.touchpoints.get(index).map_or("", |it| &it.id);
        let stages = journey.stages.iter().map(|stage| StageTerms {
            id: stage.id.clone(),
            touchpoints: stage.touchpoints.clone().map(|it| id(it).to_owned()).collect(),
        });
        let overall = plan.overall.iter().map(|it| ("overall".to_owned(), it));
        let recommend = plan.recommend.iter().map(|it| ("recommend".to_owned(), it));
        let touchpoints = plan.questions.iter().enumerate();
        let touchpoints = touchpoints.map(|(index, it)| (id(index).to_owned(), it));
        let expectations = plan.expectations.iter();
        let expectations =
            expectations.map(|(index, it)| (format!("{} expected", id(*index)), it));
        let questions = overall.chain(recommend).chain(touchpoints).chain(expectations);
        let mut restriction = options.restriction.clone();
        restriction.sort();
        restriction.dedup();
        Self {
            journey: journey.id.clone(),
            stages: stages.collect(),
            segments: plan.segments.iter().map(|it| it.id.clone()).collect(),
            questions: questions.map(|(id, it)| (id, QuestionTerms::of(it))).collect(),
            rescale: rescale(journey.rules.rescale).to_owned(),
            weight_type: weight_type(plan.weight_kind).to_owned(),
            weighting: options.weighting,
            missing_weight: options.missing_weight,
            groups: options.groups,
            drivers: options.drivers,
            restriction,
        }
    }

    /// In what a tally made with these terms does not belong to the map that `map` is of.
    pub(super) fn differences_of_map(&self, map: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let mut differ = |what: &str, here: &str, there: &str| {
            if here != there {
                found
                    .push(format!("{what}: `{here}` in the tally, `{there}` in the map"));
            }
        };
        differ("the journey", &self.journey, &map.journey);
        differ("the stages", &self.stage_ids(), &map.stage_ids());
        differ("the touchpoints", &self.touchpoint_ids(), &map.touchpoint_ids());
        differ("the segments", &self.segments.join(", "), &map.segments.join(", "));
        differ("`rescale`", &self.rescale, &map.rescale);
        differ("`weight_type`", &self.weight_type, &map.weight_type);
        let by_id: BTreeMap<_, _> =
            map.questions.iter().map(|(id, it)| (id, it)).collect();
        let mine: BTreeMap<_, _> =
            self.questions.iter().map(|(id, it)| (id, it)).collect();
        for (id, it) in &mine {
            match by_id.get(id) {
                None => differ(&format!("`{id}`"), "asked", "not asked"),
                Some(other) => {
                    let (scale, codes) = (it.scale_in_words(), it.codes_in_words());
                    let what = format!("the scale of `{id}`");
                    differ(&what, &scale, &other.scale_in_words());
                    let what = format!("the missing codes of `{id}`");
                    differ(&what, &codes, &other.codes_in_words());
                }
            }
        }
        for id in by_id.keys().filter(|id| !mine.contains_key(**id)) {
            differ(&format!("`{id}`"), "not asked", "asked");
        }
        found
    }

    /// In what two tallies of one map were made otherwise.
    pub(super) fn differences_of_making(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let mut differ = |what: &str, differs: bool| {
            if differs {
                found.push(what.to_owned());
            }
        };
        differ(
            "one counts all respondents the same (`--unweighted`)",
            self.weighting != other.weighting,
        );
        differ(
            "they are of other respondents (`--where`)",
            self.restriction != other.restriction,
        );
        differ(
            "one has systematic replicate groups (`--groups`)",
            self.groups != other.groups,
        );
        differ(
            "rows without a weight are read otherwise (`--missing-weight`)",
            self.missing_weight != other.missing_weight,
        );
        differ("one has no joint sums", self.drivers != other.drivers);
        found
    }

    fn stage_ids(&self) -> String {
        self.stages.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn touchpoint_ids(&self) -> String {
        let stages: Vec<_> =
            self.stages.iter().map(|it| it.touchpoints.join(", ")).collect();
        stages.join("; ")
    }
}

impl QuestionTerms {
    /// How a question is asked.
    pub(super) fn of(question: &Question) -> Self {
        let scale = &question.scale;
        let missing = question.missing.iter();
        Self {
            scale: [scale.min(), scale.max()],
            valid: match scale.valid() {
                Valid::All => ValidTerms::All,
                Valid::Step(step) => ValidTerms::Step(*step),
                Valid::Levels(levels) => ValidTerms::Levels(levels.clone()),
            },
            missing: missing.map(|(code, it)| (code.to_owned(), class(it))).collect(),
            version: question.version,
            top: question.top.clone(),
            bottom: question.bottom.clone(),
        }
    }

    /// The question of the map as it was asked; `None` when it cannot be asked so.
    pub(super) fn question(&self, in_map: &Question) -> Option<Question> {
        let valid = match &self.valid {
            ValidTerms::All => Valid::All,
            ValidTerms::Step(step) => Valid::Step(*step),
            ValidTerms::Levels(levels) => Valid::Levels(levels.clone()),
        };
        let mut missing = MissingCodes::default();
        for (code, word) in &self.missing {
            let found = MissingClass::WORDS.iter().find(|(known, _)| known == word)?;
            missing.declare(code, found.1);
        }
        Some(Question {
            scale: Scale::new(self.scale[0], self.scale[1], valid)?,
            missing,
            version: self.version,
            top: self.top.clone(),
            bottom: self.bottom.clone(),
            ..in_map.clone()
        })
    }

    fn scale_in_words(&self) -> String {
        let [min, max] = self.scale;
        match &self.valid {
            ValidTerms::All => format!("[{min}, {max}]"),
            ValidTerms::Step(step) => format!("[{min}, {max}], step {step}"),
            ValidTerms::Levels(levels) => format!("[{min}, {max}], valid {levels:?}"),
        }
    }

    fn codes_in_words(&self) -> String {
        let codes = self.missing.iter().map(|(code, class)| format!("{code}: {class}"));
        match codes.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => "none".to_owned(),
            codes => codes,
        }
    }
}

fn class(class: MissingClass) -> String {
    let known = MissingClass::WORDS.iter().find(|(_, it)| *it == class);
    known.map_or_else(String::new, |(word, _)| (*word).to_owned())
}

fn rescale(rescale: Rescale) -> &'static str {
    match rescale {
        Rescale::MinMax => "minmax",
        Rescale::Proportional => "proportional",
    }
}

fn weight_type(kind: WeightKind) -> &'static str {
    match kind {
        WeightKind::Sampling => "sampling",
        WeightKind::Frequency => "frequency",
    }
}
