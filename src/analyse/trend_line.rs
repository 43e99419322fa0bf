//! Whether scores rise or fall along a line over four or more waves (METHOD §10).

use crate::model::{Rules, TimeUnit, TrendLine};
use crate::stats::{Trend, WaveMean, Z, adjust, chi_squared_upper, normal_upper, real};
use crate::survey::tally::Variable;

use super::overlap;
use super::question::{alike, asked};
use super::view::{View, is_firm_enough};
use super::wave;

/// The line of overall satisfaction, tested on its own, and those of touchpoints, one family.
///
/// # Errors
/// When there is no line at all, why.
pub(super) fn lines(view: &View<'_>) -> Result<Vec<TrendLine>, String> {
    let until: Vec<&str> = waves(view);
    if until.len() < 4 {
        return Err("fewer than four waves".to_owned());
    }
    if let Some(reason) = overlap::of_any(view, &until) {
        return Err(reason);
    }
    let overall = line(view, "overall", Variable::Overall, &until);
    let touchpoints = view.journey.touchpoints.iter().enumerate();
    let mut lines: Vec<TrendLine> = touchpoints
        .filter_map(|(at, it)| line(view, &it.id, Variable::Touchpoint(at), &until))
        .collect();
    judge(&mut lines, &view.journey.rules);
    lines.splice(0..0, overall);
    if lines.is_empty() {
        return Err("no question was asked alike in four waves".to_owned());
    }
    Ok(lines)
}

/// Waves up to the one reported.
fn waves<'a>(view: &View<'a>) -> Vec<&'a str> {
    let mut names = wave::names(view.tally);
    let last = names.iter().position(|it| *it == view.waves.reported);
    names.truncate(last.map_or(0, |at| at + 1));
    names
}

/// The line through the waves that asked as the one reported does and have a firm enough base.
fn line(
    view: &View<'_>,
    id: &str,
    variable: Variable,
    until: &[&str],
) -> Option<TrendLine> {
    let question = |wave: &str| asked(view.journey, view.tally, variable, wave);
    let now = question(view.waves.reported)?;
    let per = unit(until);
    let mut means = Vec::new();
    let mut waves = Vec::new();
    for (place, wave) in until.iter().enumerate() {
        let score = view.score(variable, wave);
        let comparable = question(wave).is_some_and(|it| alike(it, now));
        if !comparable || !is_firm_enough(&score, view.journey.rules.low_base) {
            continue;
        }
        let Some(se) = score.se.filter(|se| *se > 0.0) else { continue };
        let scale = view.ruler(variable, wave).points_per_unit();
        let time = match per {
            TimeUnit::Number => number(wave)?,
            TimeUnit::Wave => real(place as u64),
        };
        let variance = (se * scale).powi(2);
        means.push(WaveMean { time, mean: score.points?, variance });
        waves.push((*wave).to_owned());
    }
    let trend = Trend::of(&means)?;
    Some(TrendLine {
        touchpoint: id.to_owned(),
        waves,
        per,
        slope: trend.slope,
        se: trend.error,
        ci: [trend.slope - Z * trend.error, trend.slope + Z * trend.error],
        p: (2.0 * normal_upper(trend.z().abs())).min(1.0),
        q: None,
        lack_of_fit: trend.lack_of_fit,
        df: trend.df,
        p_lack_of_fit: chi_squared_upper(trend.lack_of_fit, trend.df),
    })
}

/// Numbers, where every wave is named by one.
fn unit(waves: &[&str]) -> TimeUnit {
    if waves.iter().all(|it| number(it).is_some()) {
        TimeUnit::Number
    } else {
        TimeUnit::Wave
    }
}

fn number(wave: &str) -> Option<f64> {
    wave.parse().ok().filter(|number: &f64| number.is_finite())
}

fn judge(lines: &mut [TrendLine], rules: &Rules) {
    let p: Vec<f64> = lines.iter().map(|it| it.p).collect();
    for (line, q) in lines.iter_mut().zip(adjust(&p, rules.fdr)) {
        line.q = Some(q);
    }
}
