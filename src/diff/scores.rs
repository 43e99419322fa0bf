//! Two analyses → which scores moved, and which flags came and went.

use std::collections::BTreeMap;

use crate::model::{
    Analysis, Change, Estimate, Finding, Label, Rules, Score, Status, TouchpointResult,
};
use crate::stats::{adjust, welch};

use super::record::{FlagChange, Moved, ScoreDiff};
use super::structure::claims;
use super::words;

/// The differences; `earlier` has the ids that touchpoints had before, by their ids now, where
/// the maps tell. Where the new analysis compares itself with the wave of the old one, its own
/// tests are told: two reports of the same numbers must not contradict one another.
#[must_use]
pub fn score_diff(
    old: &Analysis,
    new: &Analysis,
    earlier: Option<&BTreeMap<String, Vec<String>>>,
    rules: &Rules,
) -> ScoreDiff {
    let (old, new) = (&*old.as_shown(), &*new.as_shown());
    let diff = Diff { old, new, earlier, rules };
    let mut overall = diff.moved(
        Named { id: "overall", code: None },
        (&old.overall, &new.overall),
        Told {
            earlier: "overall",
            change: new.overall_change.as_ref(),
            reason: new.reasons.get("overall_change"),
        },
    );
    overall.relevant |= overall.q.is_none()
        && overall.p.is_some_and(|p| p <= rules.alpha)
        && overall.points.is_some_and(|it| it.abs() >= rules.min_effect);
    let pairs: Vec<(&TouchpointResult, &TouchpointResult)> =
        new.touchpoints.iter().filter_map(|it| Some((diff.before(it)?, it))).collect();
    let mut touchpoints: Vec<Moved> = pairs
        .iter()
        .map(|(was, is)| {
            let named = Named { id: &is.id, code: Some(&is.code) };
            let scores = (&was.score, &is.score);
            let told = Told {
                earlier: &was.id,
                change: is.change.as_ref(),
                reason: is.reasons.get("change"),
            };
            diff.moved(named, scores, told)
        })
        .collect();
    judge(&mut touchpoints, rules);
    let flags = pairs.iter().flat_map(|(was, is)| diff.flags(was, is)).collect();
    ScoreDiff { overall, touchpoints, flags }
}

struct Diff<'a> {
    old: &'a Analysis,
    new: &'a Analysis,
    earlier: Option<&'a BTreeMap<String, Vec<String>>>,
    rules: &'a Rules,
}

#[derive(Clone, Copy)]
struct Named<'a> {
    id: &'a str,
    code: Option<&'a str>,
}

/// What the new analysis tells of a change itself.
#[derive(Clone, Copy)]
struct Told<'a> {
    /// The id before.
    earlier: &'a str,
    change: Option<&'a Change>,
    /// Why there is none, or no test of it.
    reason: Option<&'a String>,
}

impl Diff<'_> {
    /// The touchpoint before; `None` for one that is new, came of several, or is a part of one:
    /// what was merged or split is another question.
    fn before(&self, now: &TouchpointResult) -> Option<&TouchpointResult> {
        let id = match self.earlier {
            None => now.id.as_str(),
            Some(earlier) => match earlier.get(&now.id)?.as_slice() {
                [one] if *one == now.id || claims(earlier, one) == 1 => one.as_str(),
                _ => return None,
            },
        };
        self.old.touchpoints.iter().find(|it| it.id == id)
    }

    fn moved(
        &self,
        named: Named<'_>,
        (was, is): (&Score, &Score),
        told: Told<'_>,
    ) -> Moved {
        let (old, new) = (shown(was), shown(is));
        let mut moved = Moved {
            touchpoint: named.id.to_owned(),
            code: named.code.map(str::to_owned),
            name: None,
            old,
            new,
            points: new.zip(old).map(|(new, old)| new - old),
            ci: None,
            p: None,
            q: None,
            relevant: false,
            reason: None,
        };
        let not_told = || "the report of the new wave does not compare them".to_owned();
        match told.change {
            Some(change) if self.is_next() => {
                moved.points = Some(change.points);
                (moved.ci, moved.p, moved.q) = (change.points_ci, change.p, change.q);
                moved.relevant = change.relevant;
                let untested = change.p.is_none();
                moved.reason =
                    untested.then(|| told.reason.cloned().unwrap_or_else(not_told));
                return moved;
            }
            // It knows more than its scores: who came twice, how both waves asked.
            None if self.is_next() => {
                moved.points = None;
                moved.reason = Some(told.reason.cloned().unwrap_or_else(not_told));
                return moved;
            }
            _ => {}
        }
        moved.reason = self.untested(named.id, told.earlier, (was, is));
        if moved.reason.is_none() {
            let test = estimate(was).zip(estimate(is)).and_then(|(a, b)| welch(a, b));
            match test {
                Some(test) => (moved.ci, moved.p) = (Some(test.ci), Some(test.p)),
                None => {
                    moved.reason = Some("not tested: an error is not known".to_owned());
                }
            }
        }
        moved
    }

    /// Whether the new analysis compares itself with the wave of the old one.
    fn is_next(&self) -> bool {
        self.new.baseline.as_ref() == Some(&self.old.wave)
            && self.new.journey == self.old.journey
            && self.new.restricted == self.old.restricted
    }

    /// Why two scores are not tested, if they are not.
    fn untested(
        &self,
        id: &str,
        earlier: &str,
        (was, is): (&Score, &Score),
    ) -> Option<String> {
        for (score, analysis) in [(was, self.old), (is, self.new)] {
            if shown(score).is_none() {
                let why = score.reason.as_deref().unwrap_or(words::status(score.status));
                return Some(format!("no score in {}: {why}", analysis.wave));
            }
        }
        if self.old.wave == self.new.wave && self.old.journey == self.new.journey {
            return Some("the same wave: the numbers were worked out anew".to_owned());
        }
        let version = |analysis: &Analysis, id: &str| {
            let mut trend = analysis.trend.iter();
            let found = trend.find(|it| it.touchpoint == id && it.wave == analysis.wave);
            found.map(|it| it.question_version)
        };
        if version(self.old, earlier) != version(self.new, id) {
            return Some("the question changed".to_owned());
        }
        if other_scale(was, is) {
            return Some("asked, or scored, on another scale".to_owned());
        }
        let low = |score: &Score| score.n_eff.is_some_and(|n| n < self.rules.low_base);
        (low(was) || low(is)).then(|| "low base".to_owned())
    }

    fn flags(&self, was: &TouchpointResult, is: &TouchpointResult) -> Vec<FlagChange> {
        let change = |flag: Label, gained: bool, reason: String| FlagChange {
            touchpoint: is.id.clone(),
            code: is.code.clone(),
            name: None,
            flag,
            gained,
            reason,
        };
        let moved = || {
            format!(
                "{} in {}, {} in {}",
                words::score(&was.score),
                self.old.wave,
                words::score(&is.score),
                self.new.wave
            )
        };
        let mut changes = Vec::new();
        for flag in is.labels.iter().filter(|it| !was.labels.contains(it)) {
            let text = finding(self.new, &is.id, *flag).map(|it| it.text.clone());
            changes.push(change(*flag, true, text.unwrap_or_else(moved)));
        }
        for flag in was.labels.iter().filter(|it| !is.labels.contains(it)) {
            let tested = is.pain.as_ref().filter(|_| *flag == Label::PainPoint);
            let q = tested.and_then(|it| it.q_mean);
            let q = q.map(|q| format!("; q {} now", words::probability(q)));
            changes.push(change(*flag, false, moved() + &q.unwrap_or_default()));
        }
        changes
    }
}

fn finding<'a>(analysis: &'a Analysis, id: &str, flag: Label) -> Option<&'a Finding> {
    let rule = words::label_id(flag);
    let of_it = |it: &&Finding| it.touchpoint.as_deref() == Some(id) && it.rule == rule;
    analysis.findings.iter().find(of_it)
}

fn shown(score: &Score) -> Option<f64> {
    score.points.filter(|_| score.status == Status::Scored)
}

/// Points of a unit of the scale, and of its zero; `None` where no error tells.
fn scale(score: &Score) -> Option<[f64; 2]> {
    let ([low, high], [from, to]) = score.ci.zip(score.points_ci)?;
    let unit = (to - from) / (high - low);
    let zero = score.points? - unit * score.mean?;
    (unit.is_finite() && zero.is_finite()).then_some([unit, zero])
}

/// Whether two scores became points in different ways: 80 of one is not 80 of the other.
fn other_scale(was: &Score, is: &Score) -> bool {
    let differ = |(one, other): (f64, f64)| (one - other).abs() > 1e-6;
    let pair = scale(was).zip(scale(is));
    pair.is_some_and(|([unit, zero], [to, of])| differ((unit, to)) || differ((zero, of)))
}

/// The mean in points, with its error: a point of the scale is worth as many points as the
/// interval says that stands in both units.
fn estimate(score: &Score) -> Option<Estimate> {
    let [unit, _] = scale(score)?;
    let variance = (score.se? * unit).powi(2);
    let estimate = Estimate { value: score.points?, variance, n_eff: score.n_eff? };
    (variance > 0.0).then_some(estimate)
}

/// Judges what no analysis has judged, as one family.
fn judge(touchpoints: &mut [Moved], rules: &Rules) {
    let mut tested: Vec<&mut Moved> =
        touchpoints.iter_mut().filter(|it| it.p.is_some() && it.q.is_none()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|it| it.p).collect();
    for (moved, q) in tested.iter_mut().zip(adjust(&p, rules.fdr)) {
        moved.q = Some(q);
        let matters = moved.points.is_some_and(|it| it.abs() >= rules.min_effect);
        moved.relevant = q <= rules.alpha && matters;
    }
}
