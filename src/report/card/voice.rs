//! What stands beside a score on a card: expectations, levels of service, operations, quotes.

use std::fmt::Write as _;

use minijinja::Value;
use serde::Serialize;

use crate::diagram::Measured;
use crate::model::{
    Better, ExpectationSource, LevelsOf, MASK_KINDS, Operation, Quote, TouchpointIndex,
};

use super::super::context::Context;
use super::super::number;

/// A strip of shares, and what each of them is.
#[derive(Serialize)]
pub(in super::super) struct SharesView {
    heading: String,
    picture: Value,
    words: Vec<String>,
    note: Option<String>,
}

/// A measure of operations.
#[derive(Serialize)]
pub(in super::super) struct OperationView {
    name: String,
    value: String,
    before: Option<String>,
    /// `good`, `bad` or nothing: whether it is on its target.
    class: &'static str,
    verdict: Option<String>,
}

/// A comment.
#[derive(Serialize)]
pub(in super::super) struct QuoteView {
    text: String,
    /// The language that it is read aloud in.
    language: &'static str,
    source: String,
}

/// Classes of the style sheet by part of a strip: how many there are decides which.
const THREE: [usize; 3] = [0, 2, 4];

/// A bar that is divided by shares, each with its number where there is room.
fn strip(shares: &[f64]) -> Value {
    let mut svg = String::from(r#"<svg class="lk" aria-hidden="true">"#);
    let (mut at, mut texts) = (0.0, String::new());
    for (part, share) in shares.iter().enumerate() {
        let class = match shares.len() {
            3 => THREE.get(part).copied().unwrap_or(part),
            _ => part,
        };
        let (x, width) = (100.0 * at, 100.0 * share);
        if *share > 0.0 {
            let _ = write!(
                svg,
                r#"<rect class="l{class}" x="{x:.2}%" width="{width:.2}%" y="0" height="100%"/>"#
            );
        }
        if width >= 9.0 {
            let _ = write!(
                texts,
                r#"<text class="t{class}" x="{:.2}%" y="13" text-anchor="middle">{:.0}</text>"#,
                x + width / 2.0,
                share * 100.0
            );
        }
        at += share;
    }
    Value::from_safe_string(format!("{svg}{texts}</svg>"))
}

/// For how many the expectation was not met, met, or passed.
pub(in super::super) fn expectation(
    context: &Context<'_>,
    at: usize,
) -> Option<SharesView> {
    let locale = &context.locale;
    let it = context.result(at)?.expectation.as_ref()?;
    let shares = [&it.below, &it.met, &it.above].map(|it| it.share);
    let keys = ["expectation.below", "expectation.met", "expectation.above"];
    let words = keys.iter().zip(shares);
    let words =
        words.map(|(key, share)| locale.say(key, &[("share", &number::share(share))]));
    let points = number::fixed(it.points, 1);
    let note = match it.source {
        ExpectationSource::Asked => {
            locale.say("expectation.asked", &[("points", &points)])
        }
        ExpectationSource::Declared => {
            locale.say("expectation.declared", &[("points", &number::plain(it.points))])
        }
    };
    Some(SharesView {
        heading: locale.word("expectation.name"),
        picture: strip(&shares),
        words: words.collect(),
        note: Some(note),
    })
}

/// How many are served at each level, and what the level with the most of them means.
pub(in super::super) fn levels(context: &Context<'_>, at: usize) -> Option<SharesView> {
    let locale = &context.locale;
    let levels = context.journey.service_levels.as_ref()?;
    let shares = context.result(at)?.service_levels.as_ref()?;
    let shares: Vec<f64> = shares.iter().map(|it| it.share).collect();
    let words = shares.iter().enumerate().map(|(level, share)| {
        let name = locale.word(&format!("level.{level}"));
        locale.say("level.share", &[("level", &name), ("share", &number::share(*share))])
    });
    let most = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]))?;
    let loyalty = levels.loyalty.get(most).map(|it| {
        let name = locale.word(&format!("level.{most}"));
        locale.say("level.loyalty", &[("level", &name), ("means", context.text(it))])
    });
    let heading = match levels.of {
        LevelsOf::Score => "level.name",
        LevelsOf::Gap => "level.name.gap",
    };
    Some(SharesView {
        heading: locale.word(heading),
        picture: strip(&shares),
        words: words.collect(),
        note: loyalty,
    })
}

/// Measures of operations at the touchpoint.
pub(in super::super) fn operations(
    context: &Context<'_>,
    at: usize,
) -> Vec<OperationView> {
    let of_touchpoint = |it: &&Operation| it.touchpoint == TouchpointIndex(at);
    let own = context.journey.operations.iter().filter(of_touchpoint);
    own.filter_map(|it| operation(context, it)).collect()
}

/// The same as the map shows them.
pub(in super::super) fn measured(context: &Context<'_>, at: usize) -> Vec<Measured> {
    let of_touchpoint = |it: &&Operation| it.touchpoint == TouchpointIndex(at);
    let own = context.journey.operations.iter().filter(of_touchpoint);
    let measured = own.filter_map(|it| {
        let mut values = it.values.iter();
        let (_, value) = values.find(|(wave, _)| *wave == context.analysis.wave)?;
        Some(Measured {
            name: context.text(&it.name).to_owned(),
            value: with_unit(
                context,
                *value,
                it.unit.as_ref().map(|it| context.text(it)),
            ),
            on_target: it.target.map(|target| it.better.holds(*value, target)),
        })
    });
    measured.collect()
}

fn operation(context: &Context<'_>, it: &Operation) -> Option<OperationView> {
    let locale = &context.locale;
    let journey = context.journey;
    let at = |wave: &str| {
        let mut values = it.values.iter();
        values.find(|(name, _)| name == wave).map(|(_, value)| *value)
    };
    let value = at(&context.analysis.wave)?;
    let unit = it.unit.as_ref().map(|it| context.text(it));
    let printed = |value: f64| with_unit(context, value, unit);
    let before = context.analysis.baseline.as_deref();
    let before = before.and_then(|wave| Some((wave, at(wave)?)));
    let before = before.map(|(wave, value)| {
        locale.say("operation.before", &[("wave", wave), ("value", &printed(value))])
    });
    let on_target = it.target.map(|target| it.better.holds(value, target));
    let verdict = it.target.map(|target| {
        let key = match it.better {
            Better::Lower => "operation.most",
            Better::Higher => "operation.least",
        };
        locale.say(key, &[("target", &printed(target))])
    });
    Some(OperationView {
        name: journey.text(&it.name, context.language).to_owned(),
        value: printed(value),
        before,
        class: match on_target {
            Some(true) => "good",
            Some(false) => "bad",
            None => "",
        },
        verdict,
    })
}

/// A value with its unit: a percent sign stands close.
fn with_unit(context: &Context<'_>, value: f64, unit: Option<&str>) -> String {
    let value = number::plain(value);
    match unit {
        None => value,
        Some("%") => format!("{value}%"),
        Some(unit) => {
            context.locale.say("operation.value", &[("value", &value), ("unit", unit)])
        }
    }
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
    let language = if it.text.chars().any(is_han) { "zh" } else { "en" };
    QuoteView { text, language, source }
}

fn is_han(it: char) -> bool {
    matches!(it, '\u{3400}'..='\u{9fff}')
}
