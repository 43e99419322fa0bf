//! What stands beside the scores: comments, expectations and segments.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Journey, Purpose, SurveyPlan};

use super::assign::assign;
use super::heading::Heading;
use super::placed::Placed;
use super::sample::{Sample, SampledColumn};
use super::target::{LEAST, Seen, Target};
use super::vocabulary::{OTHER_YEAR, RECORDED, SEGMENTS, words};

/// Headers that ask why, and mean the question before.
const WHY: &[&str] =
    &["why", "reason", "reasons", "please tell us", "为什么", "原因", "理由", "请说明"];

/// The columns of comments on, or expectations of, touchpoints in one file: by touchpoint.
pub(super) fn of_touchpoints(
    purpose: Purpose,
    sample: &Sample,
    targets: &[Target],
    scores: &BTreeMap<usize, usize>,
    free: &BTreeSet<usize>,
) -> Vec<Option<Placed>> {
    let seen = Seen::of(sample.columns.iter(), targets);
    let wish = |target: &Target, at: usize| {
        let column = sample.columns.get(at)?;
        let content = content(purpose, column)?;
        let (named, reason) = match (target.named(column, &seen), purpose) {
            (Some(it), _) if it.0 >= 0.4 => it,
            (_, Purpose::Comment) => follows(target, at, column, sample, scores)?,
            _ => return None,
        };
        let confidence = named * 0.6_f64.mul_add(content, 0.4);
        let reasons = vec![reason, column.looks_like()];
        (confidence >= LEAST).then_some((at, confidence.min(0.97), reasons))
    };
    let wishes: Vec<Vec<_>> = targets
        .iter()
        .map(|target| free.iter().filter_map(|at| wish(target, *at)).collect())
        .collect();
    let plain: Vec<Vec<(usize, f64)>> = wishes
        .iter()
        .map(|it| it.iter().map(|(at, it, _)| (*at, *it)).collect())
        .collect();
    let given = assign(&plain);
    let mut placed = Vec::new();
    for (given, wishes) in given.into_iter().zip(wishes) {
        let wish = wishes.into_iter().find(|(at, ..)| Some(*at) == given);
        placed.push(wish.map(|(column, confidence, reasons)| Placed {
            column,
            confidence,
            reasons,
            runner_up: None,
        }));
    }
    placed
}

/// How well the cells of a column are comments or expectations; `None` where not at all.
fn content(purpose: Purpose, column: &SampledColumn) -> Option<f64> {
    let says = column.says(words(purpose));
    let profile = &column.profile;
    match purpose {
        Purpose::Expectation => (says && column.fit() >= 0.5).then(|| column.fit()),
        _ if column.rating.is_some() || profile.is_numbers() || profile.is_dates() => {
            None
        }
        _ if profile.filled() == 0 => says.then_some(0.3),
        _ if profile.is_texts() => Some(if says { 1.0 } else { 0.8 }),
        _ => says.then_some(0.7),
    }
}

/// Whether a column asks for the reason of the score right before it.
fn follows(
    target: &Target,
    at: usize,
    column: &SampledColumn,
    sample: &Sample,
    scores: &BTreeMap<usize, usize>,
) -> Option<(f64, String)> {
    let score = scores.get(&target.touchpoint?)?;
    if score + 1 != at || !column.says(WHY) {
        return None;
    }
    let before = &sample.columns.get(*score)?.name;
    Some((0.8, format!("it asks why, right behind `{before}`")))
}

/// A column that could be a segment: its name in the map, and how sure that is.
pub(super) struct Group {
    /// The name of the segment.
    pub(super) id: String,
    /// How sure it is, from 0 to 1.
    pub(super) confidence: f64,
    /// Why.
    pub(super) reasons: Vec<String>,
}

/// What speaks for a column to be a segment.
pub(super) fn group(column: &SampledColumn) -> Option<Group> {
    let profile = &column.profile;
    if column.header.is(RECORDED) || profile.is_texts() || profile.is_dates() {
        return None;
    }
    let known = |fits: &dyn Fn(&Heading, &[&str]) -> bool| {
        SEGMENTS.iter().find_map(|(id, words)| {
            let heading = column.headings().find(|it| fits(it, words))?;
            Some((heading, id, words))
        })
    };
    let known =
        known(&|it, words| it.is(words)).or_else(|| known(&|it, words| it.says(words)));
    let few = profile.is_few() || (profile.rows < 10 && profile.different() < 10);
    let numbers = profile.is_numbers();
    let found = |id: String, confidence: f64, reason: String| Group {
        id,
        confidence,
        reasons: vec![reason, profile.in_words()],
    };
    match known {
        Some((heading, id, words)) if few && profile.filled() > 0 => {
            let beside = heading.beside(words);
            let sure = if heading.is(words) || beside == 0 { 0.93 } else { 0.7 };
            let reason = format!("the header says `{}`", heading.bare);
            // A score of a city is no city.
            let rated = numbers && beside > 0;
            (!rated).then(|| found((*id).to_owned(), sure, reason))
        }
        _ if few && !numbers && profile.rows >= 10 && column.rating.is_none() => {
            let reason = "few values that recur; only these speak for it".to_owned();
            Some(found(id_of(&column.header.bare), 0.5, reason))
        }
        _ => None,
    }
    .filter(|_| !column.says(OTHER_YEAR) || known.is_some())
}

/// A name for a segment out of its header.
fn id_of(header: &str) -> String {
    let mut id = String::new();
    for it in header.chars() {
        if it.is_alphanumeric() {
            id.extend(it.to_lowercase());
        } else if !id.ends_with('_') && !id.is_empty() {
            id.push('_');
        }
    }
    id.trim_end_matches('_').to_owned()
}

/// By touchpoint, the column of its score in a file.
pub(super) fn scores(
    targets: &[Target],
    placed: &[Option<Placed>],
    declared: &BTreeMap<usize, usize>,
) -> BTreeMap<usize, usize> {
    let column = |(at, target): (usize, &Target)| {
        let index = target.touchpoint?;
        let given = placed.get(at).and_then(Option::as_ref).map(|it| it.column);
        Some((index, given.or_else(|| declared.get(&at).copied())?))
    };
    targets.iter().enumerate().filter_map(column).collect()
}

/// Names of touchpoints and segments that a new segment cannot have.
pub(super) fn taken_ids(journey: &Journey, plan: &SurveyPlan) -> BTreeSet<String> {
    let touchpoints = journey.touchpoints.iter().map(|it| it.id.clone());
    touchpoints.chain(plan.segments.iter().map(|it| it.id.clone())).collect()
}
