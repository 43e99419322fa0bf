//! What customers of a touchpoint said, on its card.

use serde::Serialize;

use crate::model::{MASK_KINDS, Quote};

use super::super::context::Context;
use super::super::number;

/// A comment.
#[derive(Serialize)]
pub(in super::super) struct QuoteView {
    text: String,
    /// The language that it is read aloud in.
    language: &'static str,
    source: String,
}

/// What customers of the touchpoint said.
pub(in super::super) fn quotes(context: &Context<'_>, at: usize) -> Vec<QuoteView> {
    let Some(touchpoint) = context.journey.touchpoints.get(at) else { return Vec::new() };
    let quotes = context.analysis.quotes.iter();
    let own = quotes.filter(|it| it.touchpoint == touchpoint.id);
    own.map(|it| quote(context, at, it)).collect()
}

fn quote(context: &Context<'_>, at: usize, it: &Quote) -> QuoteView {
    let locale = &context.locale;
    let question = context.journey.survey.as_ref().and_then(|it| it.questions.get(at));
    let answer = number::plain(it.answer);
    let said = match question {
        Some(question) => {
            let most = number::plain(question.scale.max());
            locale.say("quote.answer", &[("answer", &answer), ("most", &most)])
        }
        None => answer,
    };
    let source = match it.segment.as_deref().zip(it.value.as_deref()) {
        Some((segment, value)) => {
            let gaps = [
                ("said", &*said),
                ("segment", &*context.variable(segment)),
                ("value", value),
            ];
            locale.say("quote.source", &gaps)
        }
        None => said,
    };
    // Masks are words of the reader's language.
    let text = MASK_KINDS.iter().fold(it.text.clone(), |text, kind| {
        text.replace(&format!("[{kind}]"), &locale.word(&format!("mask.{kind}")))
    });
    let language = if it.text.chars().any(crate::voice::is_han) { "zh" } else { "en" };
    QuoteView { text, language, source }
}
