//! The section `survey`, here or in a file of its own: how to read the responses.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::diag::{Code, Diagnostic};
use crate::model::{
    Codebook, Column, FileOverrides, Question, ReasonPlan, ResponseFile, SurveyPlan,
    Touchpoint, WeightKind,
};

use super::{
    Files, UnreadableFile, complaints,
    decode::{Decoder, Fields, unknown_touchpoint},
    missing, population,
    question::{self, Defaults},
    reasons, segments,
    yaml::{Key, Node, Value},
};

/// Keys of the section.
const KEYS: &[&str] = &[
    "files",
    "wave",
    "respondent",
    "replicate_group",
    "date",
    "weight",
    "weight_type",
    "overall",
    "recommend",
    "scale",
    "labels",
    "measure",
    "missing",
    "segments",
    "population",
    "columns",
    "expectations",
    "comments",
    "reasons",
    "importance",
    "complaints",
    "internal",
];

/// Keys of a file.
const FILE_KEYS: &[&str] = &["path", "sheet", "wave", "columns", "missing", "weight"];

/// What a survey asks about.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) touchpoints: &'a [Touchpoint],
    /// Touchpoints of the people inside, who have a survey of their own.
    pub(super) internal: &'a [Touchpoint],
    pub(super) causes: &'a Codebook,
}

/// Decodes the section `survey`, following it into another file if it names one.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    files: &mut Files<'_, '_>,
    about: About<'_>,
) -> Result<Option<SurveyPlan>, UnreadableFile> {
    let Some(node) = fields.get("survey") else { return Ok(None) };
    let Some(path) = node.scalar() else {
        let base = files.map.to_owned();
        return Ok(section(decoder, node, &base, about));
    };
    let Some((path, source, root)) = files.tree(path, decoder.problems)? else {
        return Ok(None);
    };
    let mut inner = Decoder::new(source, decoder.problems);
    Ok(section(&mut inner, &root, &path, about))
}

/// Decodes the section; paths in it count from the file `base`.
fn section(
    decoder: &mut Decoder<'_>,
    node: &Node,
    base: &Path,
    about: About<'_>,
) -> Option<SurveyPlan> {
    let About { touchpoints, internal, causes } = about;
    let fields = decoder.fields(node, "`survey`", KEYS)?;
    let defaults = Defaults::decode(decoder, &fields);
    let by_id = ById { touchpoints, internal, defaults: &defaults };
    let given =
        fields.get("columns").map(|node| by_id.questions(decoder, node, "`columns`"));
    let questions = by_id.all(given.unwrap_or_default());
    let expectations = fields
        .get("expectations")
        .map(|node| by_id.expectations(decoder, node, &questions))
        .unwrap_or_default();
    let importance = fields
        .get("importance")
        .map(|node| by_id.questions(decoder, node, "`importance`"))
        .unwrap_or_default();
    let kinds =
        [("sampling", WeightKind::Sampling), ("frequency", WeightKind::Frequency)];
    let weight_kind = fields
        .get("weight_type")
        .and_then(|node| decoder.word(node, "`weight_type`", &kinds));
    let single = |decoder: &mut Decoder<'_>, key: &str| {
        let node = fields.get(key)?;
        question::decode(decoder, node, &format!("`{key}`"), &defaults)
    };
    let date = column(decoder, &fields, "date");
    let segments = segments::decode(decoder, &fields, date.as_ref());
    let weights = weight_kind.unwrap_or(WeightKind::Sampling);
    Some(SurveyPlan {
        population: population::decode(decoder, &fields, &segments, weights),
        files: file_list(decoder, &fields, base, &by_id),
        wave: column(decoder, &fields, "wave"),
        respondent: column(decoder, &fields, "respondent"),
        replicate_group: column(decoder, &fields, "replicate_group"),
        weight: column(decoder, &fields, "weight"),
        weight_kind: weights,
        overall: single(decoder, "overall"),
        recommend: single(decoder, "recommend"),
        segments,
        date,
        expectations,
        comments: comments(decoder, &fields, &by_id),
        reasons: by_id.reasons(decoder, &fields, causes),
        complaints: complaints::decode(decoder, &fields),
        internal: inside(decoder, &fields, base, about),
        importance,
        questions,
        scale: defaults.scale,
        missing: defaults.missing,
    })
}

/// The survey of the people inside.
fn inside(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    base: &Path,
    about: About<'_>,
) -> Option<Box<SurveyPlan>> {
    let node = fields.get("internal")?;
    if about.internal.is_empty() {
        let problem = Diagnostic::error(
            Code::UNKNOWN_KEY,
            node.span,
            "`internal` asks about nothing",
        );
        let hint = "write `audience: internal` at the touchpoints that it asks about";
        decoder.problems.push(problem.hint(hint));
        return None;
    }
    let about = About { touchpoints: about.internal, internal: &[], ..about };
    section(decoder, node, base, about).map(Box::new)
}

fn column(decoder: &mut Decoder<'_>, fields: &Fields<'_>, key: &str) -> Option<Column> {
    fields.get(key).and_then(|node| question::column(decoder, node, &format!("`{key}`")))
}

/// Sections whose keys are ids of touchpoints.
struct ById<'a> {
    touchpoints: &'a [Touchpoint],
    /// Those that this survey cannot ask about.
    internal: &'a [Touchpoint],
    defaults: &'a Defaults,
}

impl ById<'_> {
    fn position(&self, decoder: &mut Decoder<'_>, key: &Key) -> Option<usize> {
        let found = self.touchpoints.iter().position(|it| it.id == key.text);
        if found.is_none() {
            decoder.problems.push(self.no_touchpoint(key));
        }
        found
    }

    fn no_touchpoint(&self, key: &Key) -> Diagnostic {
        if !self.internal.iter().any(|it| it.id == key.text) {
            let ids = self.touchpoints.iter().map(|it| it.id.as_str());
            return unknown_touchpoint(&key.text, key.span, ids);
        }
        let message = format!("`{}` is internal: customers do not meet it", key.text);
        Diagnostic::error(Code::UNKNOWN_REFERENCE, key.span, message)
            .hint("write its column into `survey.internal.columns`")
    }

    fn questions(
        &self,
        decoder: &mut Decoder<'_>,
        node: &Node,
        what: &str,
    ) -> BTreeMap<usize, Question> {
        let mut questions = BTreeMap::new();
        for (key, value) in decoder.mapping(node, what).unwrap_or_default() {
            let position = self.position(decoder, key);
            let question =
                question::decode(decoder, value, "the question", self.defaults);
            if let (Some(position), Some(question)) = (position, question) {
                questions.insert(position, question);
            }
        }
        questions
    }

    /// What was expected of touchpoints: asked as the touchpoint itself, unless it says
    /// otherwise, and on its scale in any case.
    fn expectations(
        &self,
        decoder: &mut Decoder<'_>,
        node: &Node,
        asked: &[Question],
    ) -> BTreeMap<usize, Question> {
        let mut questions = BTreeMap::new();
        for (key, value) in decoder.mapping(node, "`expectations`").unwrap_or_default() {
            let Some(position) = self.position(decoder, key) else { continue };
            let Some(of) = asked.get(position) else { continue };
            let (scale, missing) = (of.scale.clone(), of.missing.clone());
            let labels = of.labels.clone();
            let defaults = Defaults { scale, missing, labels, measure: None };
            let what = "the expectation";
            let Some(it) = question::decode(decoder, value, what, &defaults) else {
                continue;
            };
            if it.scale.same_ends(&of.scale) {
                questions.insert(
                    position,
                    Question { own_missing: of.own_missing || it.own_missing, ..it },
                );
            } else {
                let (min, max) = (of.scale.min(), of.scale.max());
                let problem = Diagnostic::error(
                    Code::BAD_SCALE,
                    value.span,
                    format!(
                        "what is expected of `{}` is on another scale than it",
                        key.text
                    ),
                );
                let problem = problem.note(format!(
                    "expected the scale of the touchpoint, `[{min}, {max}]`"
                ));
                decoder.problems.push(problem);
            }
        }
        questions
    }

    /// How customers say why.
    fn reasons(
        &self,
        decoder: &mut Decoder<'_>,
        fields: &Fields<'_>,
        causes: &Codebook,
    ) -> BTreeMap<usize, ReasonPlan> {
        let mut plans = BTreeMap::new();
        let Some(node) = fields.get("reasons") else { return plans };
        for (key, value) in decoder.mapping(node, "`reasons`").unwrap_or_default() {
            let position = self.position(decoder, key);
            let plan = reasons::decode(decoder, value, causes, &self.defaults.missing);
            if let (Some(position), Some(plan)) = (position, plan) {
                plans.insert(position, plan);
            }
        }
        plans
    }

    /// The one id that a touchpoint had before, if nobody else has or had it: what was merged
    /// or split is another question.
    fn former<'t>(&self, touchpoint: &'t Touchpoint) -> Option<&'t String> {
        let [former] = touchpoint.was.as_slice() else { return None };
        let mut others = self.touchpoints.iter().filter(|it| it.id != touchpoint.id);
        let taken = others.any(|it| it.id == *former || it.was.contains(former));
        (!taken).then_some(former)
    }

    /// A question for every touchpoint: the given ones, else the column named as the id, or as
    /// the id that it had before.
    fn all(&self, mut given: BTreeMap<usize, Question>) -> Vec<Question> {
        let default = |touchpoint: &Touchpoint| {
            let mut names = vec![touchpoint.id.clone()];
            names.extend(self.former(touchpoint).cloned());
            self.defaults.question(Column { names, span: None })
        };
        self.touchpoints
            .iter()
            .enumerate()
            .map(|(index, touchpoint)| {
                given.remove(&index).unwrap_or_else(|| default(touchpoint))
            })
            .collect()
    }
}

fn comments(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    by_id: &ById<'_>,
) -> BTreeMap<usize, Column> {
    let mut comments = BTreeMap::new();
    let Some(node) = fields.get("comments") else { return comments };
    for (key, value) in decoder.mapping(node, "`comments`").unwrap_or_default() {
        let position = by_id.position(decoder, key);
        let column = question::column(decoder, value, "the column of comments");
        if let (Some(position), Some(column)) = (position, column) {
            comments.insert(position, column);
        }
    }
    comments
}

fn file_list(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    base: &Path,
    by_id: &ById<'_>,
) -> Vec<ResponseFile> {
    let Some(node) = fields.get("files") else { return Vec::new() };
    let items = Decoder::one_or_more(node);
    items.iter().filter_map(|item| file(decoder, item, base, by_id)).collect()
}

fn file(
    decoder: &mut Decoder<'_>,
    node: &Node,
    base: &Path,
    by_id: &ById<'_>,
) -> Option<ResponseFile> {
    let Value::Mapping(_) = node.value else {
        let path = decoder.string(node, "a file of responses")?;
        let path = Files::beside(base, path);
        let overrides = FileOverrides::default();
        return Some(ResponseFile {
            path,
            sheet: None,
            wave: None,
            overrides,
            span: Some(node.span),
        });
    };
    let fields = decoder.fields(node, "a file", FILE_KEYS)?;
    let Some(at) = fields.get("path") else {
        decoder.missing(&fields, "the file", "path");
        return None;
    };
    let path: PathBuf = Files::beside(base, decoder.string(at, "`path`")?);
    let word = |decoder: &mut Decoder<'_>, key: &str| {
        let node = fields.get(key)?;
        decoder.string(node, &format!("`{key}`")).map(|word| word.trim().to_owned())
    };
    let questions =
        fields.get("columns").map(|node| by_id.questions(decoder, node, "`columns`"));
    let overrides = FileOverrides {
        questions: questions.unwrap_or_default(),
        missing: fields.get("missing").and_then(|node| missing::decode(decoder, node)),
        weight: column(decoder, &fields, "weight"),
    };
    let (sheet, wave) = (word(decoder, "sheet"), word(decoder, "wave"));
    Some(ResponseFile { path, sheet, wave, overrides, span: Some(at.span) })
}
