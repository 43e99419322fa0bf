//! The craft of asking: each warning's code cites its reason.

use crate::diag::{Code, Diagnostic};
use crate::graph::{JourneyGraph, measure};
use crate::model::{Journey, SurveyPlan, Text, Wording};
use crate::questionnaire::{Asked, Item, Questionnaire, Role, seconds};

use super::all_of;

/// Seconds that a questionnaire may take.
const LONGEST: f64 = 90.0;

/// Words that ask who somebody is, as a name of a column.
const PERSONAL: [&str; 16] = [
    "name",
    "fullname",
    "full_name",
    "phone",
    "mobile",
    "email",
    "e-mail",
    "mail",
    "address",
    "姓名",
    "电话",
    "電話",
    "手机",
    "手機",
    "邮箱",
    "郵箱",
];
/// The same inside of a question.
const PERSONAL_WORDS: [&str; 12] = [
    "your name",
    "phone number",
    "e-mail",
    "email",
    "home address",
    "姓名",
    "电话",
    "電話",
    "手机号",
    "手機號",
    "邮箱",
    "身份证",
];

/// Everything to say of `questionnaire`, which was built of `journey`; `earlier` is the map of
/// the wave before.
#[must_use]
pub fn questionnaire(
    journey: &Journey,
    questionnaire: &Questionnaire,
    earlier: Option<&Journey>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(too_long(questionnaire));
    found.extend(even(questionnaire));
    found.extend(without_way_out(journey));
    found.extend(without_words(journey));
    found.extend(questionnaire.items.iter().filter_map(personal));
    found.extend(earlier.into_iter().flat_map(|it| reworded(journey, it)));
    found
}

fn too_long(it: &Questionnaire) -> Option<Diagnostic> {
    let takes = seconds(it);
    (takes > LONGEST).then(|| {
        let message = format!(
            "the questionnaire takes about {takes:.0} seconds; {LONGEST:.0} are enough to ask of anybody"
        );
        Diagnostic::warning(Code::LONG_QUESTIONNAIRE, None, message)
            .note(format!("{} questions; the time is an estimate", it.items.len()))
            .hint("ask each customer only for the touchpoints that they met, or ask in parts")
    })
}

fn even(it: &Questionnaire) -> Option<Diagnostic> {
    let even = it.items.iter().find_map(|it| match &it.asked {
        Asked::Scale { levels, .. } if levels.len() % 2 == 0 && levels.len() > 2 => {
            Some((it, levels))
        }
        _ => None,
    });
    even.map(|(item, levels)| {
        let message = format!(
            "`{}` has {} answers, an even number, so that there is no middle",
            item.column,
            levels.len()
        );
        Diagnostic::warning(Code::EVEN_SCALE, None, message)
            .hint("use 1–5, 1–7 or 0–10, unless earlier waves have this scale")
    })
}

/// Touchpoints that some never meet, without an answer for them.
fn without_way_out(journey: &Journey) -> Option<Diagnostic> {
    if journey.questionnaire.not_applicable != Wording::LeftOut {
        return None;
    }
    let measures = measure(journey, &JourneyGraph::new(journey));
    let met_by_all = &measures.facts.unavoidable;
    let some: Vec<&str> = journey
        .touchpoints
        .iter()
        .map(|it| it.id.as_str())
        .filter(|id| !met_by_all.iter().any(|it| it == id))
        .collect();
    (!some.is_empty()).then(|| {
        let message = format!(
            "{} of {} touchpoints can be avoided, and there is no answer for that",
            some.len(),
            journey.touchpoints.len()
        );
        Diagnostic::warning(Code::NO_NOT_APPLICABLE, None, message)
            .note(format!("such as {}", all_of(&some[..some.len().min(3)])))
            .hint("take `not_applicable: false` out of `questionnaire:`")
    })
}

fn without_words(journey: &Journey) -> Option<Diagnostic> {
    (journey.questionnaire.comment == Wording::LeftOut).then(|| {
        Diagnostic::warning(
            Code::NO_FREE_TEXT,
            None,
            "nobody is asked for their own words",
        )
        .hint("take `comment: false` out of `questionnaire:`")
    })
}

fn personal(item: &Item) -> Option<Diagnostic> {
    let own = matches!(item.role, Role::Segment(_) | Role::Contact | Role::Comment);
    let (name, text) = (item.column.to_lowercase(), item.text.to_lowercase());
    let asks = PERSONAL.contains(&name.as_str())
        || PERSONAL_WORDS.iter().any(|it| text.contains(it));
    (own && (asks || item.role == Role::Contact)).then(|| {
        let message = format!("`{}` asks who somebody is", item.column);
        Diagnostic::warning(Code::ASKS_FOR_NAME, None, message)
            .about(&item.column)
            .note(format!("the question is “{}”", item.text))
            .hint("take it out, or offer a form of its own to those who want an answer")
    })
}

/// Questions whose words or scale changed while their version stayed.
fn reworded(journey: &Journey, earlier: &Journey) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, now) in journey.touchpoints.iter().enumerate() {
        let Some(before_at) = earlier.find(&now.id) else { continue };
        let before = earlier.touchpoint(before_at);
        let (asked, was) = (
            question(journey.survey.as_ref(), at),
            question(earlier.survey.as_ref(), before_at.0),
        );
        if asked.map(|it| it.version) != was.map(|it| it.version) {
            continue;
        }
        let words = |it: &crate::model::Touchpoint| {
            it.question.clone().unwrap_or(it.name.clone())
        };
        let (new, old) = (words(now), words(before));
        let changed = changed(journey, &new, earlier, &old);
        let scale = asked.zip(was).filter(|(a, b)| !a.scale.same_ends(&b.scale));
        let problem = |what: &str| {
            Diagnostic::warning(
                Code::WORDING_CHANGED,
                now.span,
                format!(
                    "{what} of `{}` changed, and its `question_version` did not",
                    now.id
                ),
            )
            .about(&now.id)
            .hint("keep the words, or raise `question_version`")
        };
        if let Some((old, new)) = changed {
            found.push(problem("the words").note(format!("from “{old}” to “{new}”")));
        }
        if let Some((asked, was)) = scale {
            let ends = |it: &crate::model::Scale| format!("{}–{}", it.min(), it.max());
            let note = format!("from {} to {}", ends(&was.scale), ends(&asked.scale));
            found.push(problem("the scale").note(note));
        }
    }
    found
}

fn question(survey: Option<&SurveyPlan>, at: usize) -> Option<&crate::model::Question> {
    survey?.questions.get(at)
}

/// The first language in which both have a text, and not the same.
fn changed(
    journey: &Journey,
    new: &Text,
    earlier: &Journey,
    old: &Text,
) -> Option<(String, String)> {
    new.in_languages().find_map(|(tag, text)| {
        let tag = tag.unwrap_or(&journey.language);
        if !old.has(tag, &earlier.language) {
            return None;
        }
        let was = earlier.text(old, tag);
        (was.trim() != text.trim()).then(|| (was.to_owned(), text.to_owned()))
    })
}
