//! Remarks: JSON that other programs pass over, for what their format has no words for.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::model::{InlineScore, Language, Text};

use super::document::{self, Wording};
use super::outline::{Outline, OutlineStage, OutlineTouchpoint, OutlineTransition};

/// What begins a remark in a comment.
pub(super) const MARK: &str = "touchmap ";

/// The remark on the map as a whole.
pub(super) fn of_map(outline: &Outline, language: &Language) -> String {
    let text = |it: &Text| outline.text(it, language).to_owned();
    line(&json!({
        "id": outline.id,
        "name": text(&outline.name),
        "language": language.tag(),
        "persona": outline.persona.as_ref().map(text),
        "scale": document::scale(outline),
    }))
}

/// The remark on a stage.
pub(super) fn of_stage(
    outline: &Outline,
    it: &OutlineStage,
    language: &Language,
) -> String {
    line(&json!({"id": it.id, "name": outline.text(&it.name, language)}))
}

/// The remark on a touchpoint.
pub(super) fn of_touchpoint(
    outline: &Outline,
    it: &OutlineTouchpoint,
    language: &Language,
) -> String {
    line(&document::touchpoint(it, Wording::One(language, &outline.language)))
}

/// The remark on a transition.
pub(super) fn of_transition(
    outline: &Outline,
    it: &OutlineTransition,
    language: &Language,
) -> String {
    line(&document::transition(outline, it, Wording::One(language, &outline.language)))
}

/// JSON in one line, without letters that end a comment, begin a tag or a directive.
fn line(value: &Value) -> String {
    let mut line = String::new();
    for letter in value.to_string().chars() {
        match letter {
            // All of these can only stand inside of strings, where escapes are the same text.
            '<'
            | '>'
            | '&'
            | '%'
            | '`'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}' => {
                // Writing to a string cannot fail.
                let _ = write!(line, "\\u{:04x}", u32::from(letter));
            }
            letter => line.push(letter),
        }
    }
    line
}

/// Kind and content of a remark in the text of a comment; `None` for any other comment.
pub(super) fn parse(comment: &str) -> Option<(&str, Value)> {
    let (kind, json) = comment.trim().strip_prefix(MARK)?.trim_start().split_once(' ')?;
    let value: Value = serde_json::from_str(json.trim()).ok()?;
    value.is_object().then_some((kind, value))
}

/// The text of `key`.
pub(super) fn text<'v>(remark: &'v Value, key: &str) -> Option<&'v str> {
    remark.get(key)?.as_str().filter(|it| !it.trim().is_empty())
}

/// The finite number of `key`.
pub(super) fn number(remark: &Value, key: &str) -> Option<f64> {
    remark.get(key)?.as_f64().filter(|it| it.is_finite())
}

/// Scores by wave.
pub(super) fn scores(remark: &Value) -> Vec<InlineScore> {
    let entries = remark.get("scores").and_then(Value::as_object);
    let score = |(wave, it): (&String, &Value)| {
        let wave = wave.trim();
        (!wave.is_empty()).then_some(())?;
        Some(InlineScore {
            wave: wave.to_owned(),
            mean: number(it, "mean").or(it.as_f64())?,
            n: it.get("n").and_then(Value::as_u64),
            sd: number(it, "sd"),
        })
    };
    entries.into_iter().flatten().filter_map(score).collect()
}
