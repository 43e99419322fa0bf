//! Outline → the entries of a map, as JSON values. JSON is YAML, so that the text in JSON is a
//! map as well.

use serde_json::{Map, Value, json};

use crate::model::{InlineScore, Language, Scale, Text};

use super::outline::{Outline, OutlineTouchpoint, OutlineTransition};

/// How texts are written.
#[derive(Clone, Copy)]
pub(super) enum Wording<'a> {
    /// In all their languages.
    All,
    /// In this one; the map's own is the other.
    One(&'a Language, &'a Language),
}

impl Wording<'_> {
    fn value(self, text: &Text) -> Value {
        match self {
            Self::One(language, own) => Value::from(text.get(language, own)),
            Self::All => match text.in_languages().collect::<Vec<_>>()[..] {
                [(None, plain)] => Value::from(plain),
                ref all => {
                    let entries = all.iter().filter_map(|(language, text)| {
                        Some(((*language)?.tag().to_owned(), Value::from(*text)))
                    });
                    Value::Object(entries.collect())
                }
            },
        }
    }
}

/// The whole map.
pub(super) fn map(outline: &Outline) -> Value {
    let all = Wording::All;
    let mut map = Map::new();
    map.insert("touchmap".to_owned(), json!(1));
    map.insert("id".to_owned(), json!(outline.id));
    map.insert("name".to_owned(), all.value(&outline.name));
    map.insert("language".to_owned(), json!(outline.language.tag()));
    if let Some(persona) = &outline.persona {
        map.insert("persona".to_owned(), json!({"name": all.value(persona)}));
    }
    let stage = |it: &super::OutlineStage| {
        let touchpoints: Vec<Value> =
            it.touchpoints.iter().map(|it| touchpoint(it, all)).collect();
        json!({"id": it.id, "name": all.value(&it.name), "touchpoints": touchpoints})
    };
    map.insert("stages".to_owned(), outline.stages.iter().map(stage).collect());
    if !outline.transitions.is_empty() {
        let flow = outline.transitions.iter().map(|it| transition(outline, it, all));
        map.insert("flow".to_owned(), flow.collect());
    }
    // A map that names no scale has this one.
    if outline.scale != Scale::one_to_ten() {
        map.insert("survey".to_owned(), json!({"scale": scale(outline)}));
    }
    Value::Object(map)
}

/// The ends of the scale.
pub(super) fn scale(outline: &Outline) -> Value {
    json!([number(outline.scale.min()), number(outline.scale.max())])
}

/// A touchpoint as a map writes it.
pub(super) fn touchpoint(it: &OutlineTouchpoint, wording: Wording<'_>) -> Value {
    let mut entry = Map::new();
    entry.insert("id".to_owned(), json!(it.id));
    entry.insert("name".to_owned(), wording.value(&it.name));
    let texts = [
        ("channel", &it.channel),
        ("owner", &it.owner),
        ("action", &it.action),
        ("backstage", &it.backstage),
    ];
    for (key, text) in texts {
        entry.extend(text.as_ref().map(|it| (key.to_owned(), wording.value(it))));
    }
    if it.moment_of_truth {
        entry.insert("moment_of_truth".to_owned(), json!(true));
    }
    entry.extend(it.target.map(|it| ("target".to_owned(), number(it))));
    if !it.scores.is_empty() {
        entry.insert("scores".to_owned(), scores(&it.scores));
    }
    Value::Object(entry)
}

/// Scores by wave.
fn scores(scores: &[InlineScore]) -> Value {
    let score = |it: &InlineScore| {
        let mut entry = Map::new();
        entry.insert("mean".to_owned(), number(it.mean));
        entry.extend(it.n.map(|n| ("n".to_owned(), json!(n))));
        entry.extend(it.sd.map(|sd| ("sd".to_owned(), number(sd))));
        (it.wave.clone(), Value::Object(entry))
    };
    Value::Object(scores.iter().map(score).collect())
}

/// A transition as a map writes it.
pub(super) fn transition(
    outline: &Outline,
    it: &OutlineTransition,
    wording: Wording<'_>,
) -> Value {
    let mut entry = Map::new();
    entry.insert("from".to_owned(), json!(outline.end_id(it.from)));
    entry.insert("to".to_owned(), json!(outline.end_id(it.to)));
    entry.extend(it.share.map(|share| ("share".to_owned(), number(share))));
    entry.extend(it.label.as_ref().map(|it| ("label".to_owned(), wording.value(it))));
    Value::Object(entry)
}

/// A number without a fraction of nought.
fn number(number: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole and small, as just checked"
    )]
    if number.fract().abs() < f64::EPSILON && number.abs() < 1e9 {
        return json!(number as i64);
    }
    json!(number)
}

/// The map in JSON.
pub(super) fn json(outline: &Outline) -> String {
    format!("{:#}\n", map(outline))
}
