//! Expectations met or not, and how important customers say that touchpoints are.

use crate::model::{
    COMPLEMENTARY, Expectation, ExpectationSource, Interval, LevelsOf, Need,
    ShareEstimate, StatedImportance, Touchpoint, TouchpointResult,
};
use crate::stats::{Histogram, Moments, real, welch};
use crate::survey::tally::{Distribution, QuestionTally, Variable};

use super::score::{share_of, withheld};
use super::view::View;

/// Points over the mean of the others from which an expectation is far over them.
const FAR: f64 = 10.0;

/// Room for decimals that have no exact binary form.
const SLACK: f64 = 1e-9;

/// Adds to each result what was expected, what is stated, and levels of service.
pub(super) fn add(view: &View<'_>, results: &mut [TouchpointResult]) {
    for (at, result) in results.iter_mut().enumerate() {
        let touchpoint = view.journey.touchpoints.get(at);
        let expectation = touchpoint.map(|it| expectation(view, at, it));
        match expectation.unwrap_or(Ok(None)) {
            Ok(it) => result.expectation = it,
            Err(why) => {
                result.reasons.insert("expectation".to_owned(), why);
            }
        }
        result.service_levels = service_levels(view, at);
        result.stated = stated(view, at);
    }
    over_promised(view, results);
    needs(results);
}

/// What `variable` was answered, by level; `None` where it was not asked, or not by level.
fn answered<'a>(
    view: &View<'a>,
    variable: Variable,
) -> Option<Result<&'a Histogram, String>> {
    let question: &QuestionTally = view.question(variable, view.waves.reported)?;
    match &question.answers {
        Distribution::Histogram(histogram) => {
            Some(match withheld(Some(histogram.n()), &view.journey.rules) {
                Some(reason) => Err(reason),
                None => Ok(histogram),
            })
        }
        Distribution::Withheld { .. } => Some(Err(COMPLEMENTARY.to_owned())),
        Distribution::Moments { .. } => {
            Some(Err("needs the rows of respondents".to_owned()))
        }
    }
}

fn expectation(
    view: &View<'_>,
    at: usize,
    touchpoint: &Touchpoint,
) -> Result<Option<Expectation>, String> {
    if let Some(gaps) = answered(view, Variable::Gap(at)) {
        let gaps = gaps?;
        let Some(expected) = answered(view, Variable::Expected(at)) else {
            return Ok(None);
        };
        let moments = Moments::of(expected?, |x| x).ok_or("nobody expected anything")?;
        let ruler = view.ruler(Variable::Touchpoint(at), view.waves.reported);
        let ci = crate::stats::student_mean(&moments);
        let states = states(gaps, |gap| gap).ok_or("nobody both rated and expected")?;
        return Ok(Some(Expectation {
            source: ExpectationSource::Asked,
            points: ruler.points(moments.mean()),
            points_ci: ci.map(|ci| ci.map(|limit| ruler.points(limit).clamp(0.0, 100.0))),
            n: gaps.n(),
            ..states
        }));
    }
    let Some(declared) = touchpoint.expectation else { return Ok(None) };
    let Some(answers) = answered(view, Variable::Touchpoint(at)) else { return Ok(None) };
    let answers = answers?;
    let ruler = view.ruler(Variable::Touchpoint(at), view.waves.reported);
    // An answer meets what is declared if no other answer of whole steps is nearer.
    let half = ruler.points_per_unit() / 2.0;
    let gap = |answer: f64| {
        let gap = ruler.points(answer) - declared;
        if gap.abs() <= half + SLACK { 0.0 } else { gap }
    };
    let states = states(answers, gap).ok_or("nobody answered")?;
    Ok(Some(Expectation {
        source: ExpectationSource::Declared,
        points: declared,
        n: answers.n(),
        ..states
    }))
}

/// The three states, by the sign of what is found less what was expected.
fn states(histogram: &Histogram, gap: impl Fn(f64) -> f64) -> Option<Expectation> {
    Some(Expectation {
        below: share_of(histogram, |x| gap(x) < -SLACK)?,
        met: share_of(histogram, |x| gap(x).abs() <= SLACK)?,
        above: share_of(histogram, |x| gap(x) > SLACK)?,
        ..Expectation::default()
    })
}

/// Marks expectations that lie far over those of the other touchpoints, beyond chance.
fn over_promised(view: &View<'_>, results: &mut [TouchpointResult]) {
    let wave = view.waves.reported;
    let known: Vec<(usize, crate::model::Estimate)> = (0..results.len())
        .filter_map(|at| {
            let histogram = answered(view, Variable::Expected(at))?.ok()?;
            let moments = Moments::of(histogram, |x| x)?;
            let ruler = view.ruler(Variable::Touchpoint(at), wave);
            let estimate = moments.estimate()?;
            let scale = ruler.points_per_unit();
            let firm = estimate.n_eff >= view.journey.rules.low_base;
            firm.then_some((
                at,
                crate::model::Estimate {
                    value: ruler.points(estimate.value),
                    variance: estimate.variance * scale * scale,
                    n_eff: estimate.n_eff,
                },
            ))
        })
        .collect();
    for (at, own) in &known {
        let others: Vec<_> = known.iter().filter(|(it, _)| it != at).collect();
        let count = real(others.len() as u64);
        let Some(expectation) =
            results.get_mut(*at).and_then(|it| it.expectation.as_mut())
        else {
            continue;
        };
        if others.is_empty() {
            continue;
        }
        let mean = others.iter().map(|(_, it)| it.value).sum::<f64>() / count;
        let variance = others.iter().map(|(_, it)| it.variance).sum::<f64>();
        let n_eff = others.iter().map(|(_, it)| it.n_eff).fold(f64::INFINITY, f64::min);
        let rest = crate::model::Estimate {
            value: mean,
            variance: variance / count / count,
            n_eff,
        };
        expectation.over_others = Some(own.value - mean);
        // The same people answer both, and who expects much here does so there: the error of
        // independent samples is rather too large.
        let certain = welch(rest, *own).is_some_and(|it| it.ci[0] > 0.0);
        expectation.over_promised = own.value - mean >= FAR && certain;
    }
}

/// Share of customers at each level of service, lowest first.
fn service_levels(view: &View<'_>, at: usize) -> Option<Vec<ShareEstimate>> {
    let levels = view.journey.service_levels.as_ref()?;
    let ruler = view.ruler(Variable::Touchpoint(at), view.waves.reported);
    let (histogram, points): (_, Box<dyn Fn(f64) -> f64>) = match levels.of {
        LevelsOf::Score => {
            let histogram = answered(view, Variable::Touchpoint(at))?.ok()?;
            (histogram, Box::new(move |x| ruler.points(x)))
        }
        LevelsOf::Gap => {
            let histogram = answered(view, Variable::Gap(at))?.ok()?;
            (histogram, Box::new(move |x| x * ruler.points_per_unit()))
        }
    };
    let share = |level: usize| share_of(histogram, |x| levels.level(points(x)) == level);
    (0..=levels.edges.len()).map(share).collect()
}

/// How important customers say that the touchpoint is; `None` where nobody is asked.
fn stated(view: &View<'_>, at: usize) -> Option<StatedImportance> {
    view.journey.survey.as_ref()?.importance.get(&at)?;
    let variable = Variable::Stated(at);
    let histogram = match answered(view, variable) {
        Some(Ok(histogram)) if histogram.n() > 0 => histogram,
        Some(Err(reason)) => {
            return Some(StatedImportance {
                reason: Some(reason),
                ..StatedImportance::default()
            });
        }
        _ => {
            let reason = format!("not asked in {}", view.waves.reported);
            return Some(StatedImportance {
                reason: Some(reason),
                ..StatedImportance::default()
            });
        }
    };
    let ruler = view.ruler(variable, view.waves.reported);
    let moments = Moments::of(histogram, |x| x)?;
    let scale = ruler.scale();
    let ci = crate::stats::bounded_mean(&moments, scale.min(), scale.max());
    let points = |ci: Interval| ci.map(|limit| ruler.points(limit));
    Some(StatedImportance {
        n: Some(moments.n()),
        points: Some(ruler.points(moments.mean())),
        points_ci: ci.map(points),
        need: None,
        reason: None,
    })
}

/// Puts what is said and what moves side by side: over the mean of what is said, and at the fair
/// share of importance or over it.
fn needs(results: &mut [TouchpointResult]) {
    let said = |it: &TouchpointResult| it.stated.as_ref()?.points;
    let moves = |it: &TouchpointResult| it.importance.as_ref()?.share;
    let known = results.iter().filter(|it| moves(it).is_some()).filter_map(said);
    let known: Vec<f64> = known.collect();
    let drivers = results.iter().filter(|it| moves(it).is_some()).count();
    if known.len() < 2 || drivers == 0 {
        return;
    }
    let middle = known.iter().sum::<f64>() / real(known.len() as u64);
    let fair = 1.0 / real(drivers as u64);
    for result in results {
        let need = said(result).zip(moves(result)).map(|(said, share)| {
            match (said >= middle, share >= fair) {
                (true, true) => Need::SaidAndMoves,
                (true, false) => Need::OnlySaid,
                (false, true) => Need::OnlyMoves,
                (false, false) => Need::Neither,
            }
        });
        if let Some(stated) = &mut result.stated {
            stated.need = need;
        }
    }
}
