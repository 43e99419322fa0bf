//! How customers are served on a card: against what they expected, and by levels.

use minijinja::Value;
use serde::Serialize;

use crate::model::{ExpectationSource, LevelsOf};

use super::super::context::Context;
use super::super::number;
use super::super::stacked::stacked;

/// A strip of shares, and what each of them is.
#[derive(Serialize)]
pub(in super::super) struct SharesView {
    heading: String,
    picture: Value,
    words: Vec<String>,
    note: Option<String>,
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
        picture: Value::from_safe_string(stacked(&shares)),
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
        picture: Value::from_safe_string(stacked(&shares)),
        words: words.collect(),
        note: loyalty,
    })
}
