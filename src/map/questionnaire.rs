//! The section `questionnaire`: what is asked besides the touchpoints, and in which words.

use crate::{
    diag::{Code, Diagnostic},
    model::{QuestionnairePlan, SegmentQuestion, SurveyPlan, Wording},
};

use super::{
    decode::{Decoder, Fields, listed},
    yaml::{Key, Node, Value},
};

/// Keys of the section.
pub(super) const KEYS: &[&str] = &[
    "title",
    "introduction",
    "overall",
    "recommend",
    "comment",
    "not_applicable",
    "segments",
    "contact",
];

/// Keys of a segment that is written as a mapping.
pub(super) const SEGMENT_KEYS: &[&str] = &["question", "options"];

/// Decodes the section `questionnaire`.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    fields: &Fields<'_>,
    survey: Option<&SurveyPlan>,
) -> QuestionnairePlan {
    let mut plan = QuestionnairePlan::default();
    let Some(node) = fields.get("questionnaire") else { return plan };
    let Some(fields) = decoder.fields(node, "`questionnaire`", KEYS) else { return plan };
    plan.title = decoder.optional_text(&fields, "title");
    plan.introduction = decoder.optional_text(&fields, "introduction");
    plan.overall = decoder.optional_text(&fields, "overall");
    plan.recommend = decoder.optional_text(&fields, "recommend");
    plan.contact = decoder.optional_text(&fields, "contact");
    plan.comment = wording(decoder, fields.get("comment"), "`comment`");
    plan.not_applicable =
        wording(decoder, fields.get("not_applicable"), "`not_applicable`");
    let Some(segments) = fields.get("segments") else { return plan };
    for (key, value) in decoder.mapping(segments, "`segments`").unwrap_or_default() {
        known_segment(decoder, key, survey);
        if let Some(question) = segment(decoder, value) {
            plan.segments.insert(key.text.clone(), question);
        }
    }
    plan
}

/// The words of a question that `false` leaves out.
fn wording(decoder: &mut Decoder<'_>, node: Option<&Node>, what: &str) -> Wording {
    let Some(node) = node else { return Wording::Usual };
    match node.scalar().map(str::trim) {
        Some("false" | "no") => Wording::LeftOut,
        Some("true" | "yes") => Wording::Usual,
        _ => decoder.text(node, what).map_or(Wording::Usual, Wording::Own),
    }
}

fn segment(decoder: &mut Decoder<'_>, node: &Node) -> Option<SegmentQuestion> {
    let is_own = |entries: &[(Key, Node)]| {
        entries.iter().any(|(key, _)| SEGMENT_KEYS.contains(&key.text.as_str()))
    };
    match &node.value {
        Value::Mapping(entries) if is_own(entries) => {}
        _ => {
            let question = wording(decoder, Some(node), "the question of the segment");
            return Some(SegmentQuestion { question, options: Vec::new() });
        }
    }
    let what = "the question of a segment";
    let fields = decoder.fields(node, what, SEGMENT_KEYS)?;
    let Some(question) = fields.get("question") else {
        decoder.missing(&fields, what, "question");
        return None;
    };
    let question = wording(decoder, Some(question), "`question`");
    let items = fields.get("options").map(|node| decoder.list(node, "`options`"));
    let options = items
        .unwrap_or_default()
        .iter()
        .filter_map(|item| decoder.text(item, "an answer"))
        .collect();
    Some(SegmentQuestion { question, options })
}

fn known_segment(decoder: &mut Decoder<'_>, key: &Key, survey: Option<&SurveyPlan>) {
    let segments = survey.map(|it| it.segments.as_slice()).unwrap_or_default();
    if segments.iter().any(|it| it.id == key.text) {
        return;
    }
    let ids = || segments.iter().map(|it| it.id.as_str());
    let message = format!("the survey has no segment `{}`", key.text);
    let mut problem = Diagnostic::error(Code::UNKNOWN_REFERENCE, key.span, message)
        .did_you_mean(&key.text, ids());
    if !segments.is_empty() {
        problem = problem.note(format!("expected {}", listed(ids())));
    }
    decoder.problems.push(problem);
}
