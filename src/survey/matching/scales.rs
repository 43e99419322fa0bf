//! The scale of a survey, the columns that have another, and codes that recur.

use std::collections::BTreeMap;

use crate::model::{CodeFound, Placing as Proposed, PlacingStatus, Purpose, ScaleFound};

use super::propose::MatchOptions;
use super::rating::{Ends, ends, share};
use super::sample::SampledColumn;
use super::survey_files::SurveyFiles;

/// The scale that the map says, else that of most touchpoints.
pub(super) fn survey_scale(
    files: &SurveyFiles<'_>,
    options: &MatchOptions,
) -> Option<ScaleFound> {
    let own = &files.plan.scale;
    if options.declared_keys.contains("scale") {
        let reason = "the map says so".to_owned();
        return Some(ScaleFound {
            scale: [own.min(), own.max()],
            declared: true,
            reason,
        });
    }
    let mut counts: Vec<(Ends, usize)> = Vec::new();
    let mut all = 0;
    for (target, column) in columns(files) {
        if files.targets.get(target).map(|it| it.purpose) != Some(Purpose::Touchpoint) {
            continue;
        }
        let Some(rating) = &column.rating else { continue };
        all += 1;
        match counts.iter_mut().find(|(it, _)| same(*it, rating.scale)) {
            Some((_, count)) => *count += 1,
            None => counts.push((rating.scale, 1)),
        }
    }
    // Of two that are as frequent, the wider: low answers to it fit the narrower as well.
    let best =
        counts.iter().max_by(|a, b| a.1.cmp(&b.1).then(a.0.1.total_cmp(&b.0.1)))?;
    let ((least, most), count) = *best;
    let reason =
        format!("{count} of {all} columns of touchpoints have {}", ends((least, most)));
    Some(ScaleFound { scale: [least, most], declared: false, reason })
}

/// Gives a scale of its own to what does not fit the survey's.
pub(super) fn own_scales(
    files: &SurveyFiles<'_>,
    placings: &mut [Proposed],
    survey: Option<&ScaleFound>,
) {
    let survey = survey.map_or((1.0, 10.0), |it| (it.scale[0], it.scale[1]));
    for (target, placing) in placings.iter_mut().enumerate() {
        let rated = [Purpose::Touchpoint, Purpose::Overall, Purpose::Recommend];
        if !rated.contains(&placing.purpose) || placing.status == PlacingStatus::Declared
        {
            continue;
        }
        let own = columns(files).filter(|(it, _)| *it == target).map(|(_, it)| it);
        let own: Vec<&SampledColumn> = own.collect();
        let fits = |scale: Ends| {
            let on_it = |it: &&SampledColumn| it.profile.rating_on(scale).fit >= 0.9;
            !own.is_empty() && own.iter().all(on_it)
        };
        let but_for_one = own.iter().all(|it| {
            it.profile.lone_above(survey).is_some()
                || it.profile.rating_on(survey).fit >= 0.9
        });
        let likely = (0.0, 10.0);
        let scale = if placing.purpose == Purpose::Recommend && fits(likely) && wide(&own)
        {
            Some(likely)
        } else if fits(survey) && !zero_is_answer(&own, survey) {
            None
        } else if but_for_one && !own.is_empty() && survey.1 < 7.5 {
            let off = own.iter().find_map(|it| it.profile.lone_above(survey));
            placing.reasons.extend(off.map(|it| {
                format!("`{}` is taken for a code beside {}", it.text, ends(survey))
            }));
            None
        } else {
            own.iter().find_map(|it| it.rating.as_ref()).map(|it| it.scale)
        };
        placing.scale =
            scale.filter(|it| !same(*it, survey)).map(|(least, most)| [least, most]);
    }
}

/// Whether answers go beyond a scale of five, so that 0–10 is more than a guess.
fn wide(columns: &[&SampledColumn]) -> bool {
    columns.iter().any(|it| it.rating.as_ref().is_none_or(|it| it.scale.1 > 7.5))
}

/// Whether a column has answers of 0 on a scale that does not.
fn zero_is_answer(columns: &[&SampledColumn], survey: Ends) -> bool {
    survey.0 > 0.5
        && columns.iter().any(|it| it.rating.as_ref().is_some_and(|it| it.scale.0 < 0.5))
}

/// Codes that recur in the columns of scores, and that the map does not declare.
pub(super) fn codes(
    files: &SurveyFiles<'_>,
    survey: Option<&ScaleFound>,
) -> Vec<CodeFound> {
    let survey = survey.map_or((1.0, 10.0), |it| (it.scale[0], it.scale[1]));
    let mut seen: BTreeMap<String, (CodeFound, u64, u64)> = BTreeMap::new();
    for (target, column) in columns(files) {
        let question = files.targets.get(target).and_then(|it| match it.purpose {
            Purpose::Touchpoint => files.plan.questions.get(it.touchpoint?),
            Purpose::Overall => files.plan.overall.as_ref(),
            Purpose::Recommend => files.plan.recommend.as_ref(),
            _ => None,
        });
        let Some(rating) = &column.rating else { continue };
        let own = column.profile.rating_on(survey);
        let lone = column.profile.lone_above(survey).filter(|_| survey.1 < 7.5);
        let codes = if own.fit >= 0.95 || lone.is_some() {
            own.codes
        } else {
            rating.codes.clone()
        };
        let lone = lone.filter(|lone| codes.iter().all(|it| it.text != lone.text));
        for code in codes.iter().chain(&lone) {
            let declared = question.map_or(&files.plan.missing, |it| &it.missing);
            if declared.class(&code.text).is_some() {
                continue;
            }
            let found = CodeFound {
                code: code.text.clone(),
                class: code.class.to_owned(),
                columns: 0,
                share: 0.0,
                clear: code.clear,
            };
            let entry = seen.entry(code.text.clone()).or_insert((found, 0, 0));
            entry.0.columns += 1;
            entry.1 += code.count;
            entry.2 += column.profile.filled();
        }
    }
    let recurs = |(found, count, _): &(CodeFound, u64, u64)| found.clear || *count > 1;
    let seen = seen.into_values().filter(recurs);
    seen.map(|(found, count, cells)| CodeFound { share: share(count, cells), ..found })
        .collect()
}

/// Every column of a score that was found or declared, with its target.
fn columns<'b>(
    files: &'b SurveyFiles<'_>,
) -> impl Iterator<Item = (usize, &'b SampledColumn)> {
    let each = files.samples.iter().zip(&files.placed).zip(&files.declared);
    each.flat_map(|((sample, placed), declared)| {
        let placed = placed.iter().enumerate();
        let found =
            placed.filter_map(|(target, it)| it.as_ref().map(|it| (target, it.column)));
        let declared = declared.iter().map(|(target, column)| (*target, *column));
        found.chain(declared).filter_map(|(target, at)| {
            let purpose = files.targets.get(target)?.purpose;
            let rated = [Purpose::Touchpoint, Purpose::Overall, Purpose::Recommend];
            let column = sample.columns.get(at)?;
            rated.contains(&purpose).then_some((target, column))
        })
    })
}

fn same(a: Ends, b: Ends) -> bool {
    (a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9
}
