//! The likelihood to recommend: NPS, or the net score of another scale.

use crate::model::{COMPLEMENTARY, RecommendScore, Status};
use crate::stats::{Histogram, NetScore, Vote};
use crate::survey::tally::{Distribution, Variable};

use super::change::{Drafted, Measured, difference};
use super::overlap;
use super::ruler::Ruler;
use super::score::{answers, status_without_answers, withheld};
use super::view::View;

/// The one measure that may be called NPS.
const NPS: &str = "NPS";
/// The balance of the top and bottom boxes of any other scale.
const NET_SCORE: &str = "net score";

/// The balance of the recommend question in `wave`.
pub(super) fn recommend(view: &View<'_>, wave: &str) -> RecommendScore {
    let ruler = view.ruler(Variable::Recommend, wave);
    let measure = measure(view, &ruler).to_owned();
    let without = |status, reason: Option<String>| RecommendScore {
        status,
        reason,
        measure: measure.clone(),
        ..RecommendScore::default()
    };
    let Some(question) = view.question(Variable::Recommend, wave) else {
        return without(Status::Unasked, None);
    };
    let n = answers(question);
    if n == Some(0) {
        return without(status_without_answers(question), None);
    }
    if let Some(reason) = withheld(n, &view.journey.rules) {
        return without(Status::Suppressed, Some(reason));
    }
    match &question.answers {
        Distribution::Histogram(histogram) => {
            of_answers(histogram, &ruler, measure, view.left(wave))
        }
        Distribution::Withheld { .. } => {
            without(Status::Suppressed, Some(COMPLEMENTARY.to_owned()))
        }
        Distribution::Moments { .. } => {
            let reason = format!("only a mean is known: no {measure}");
            without(Status::Unasked, Some(reason))
        }
    }
}

/// The balance of what the customers of a case answered in the wave reported.
pub(super) fn recommend_of(view: &View<'_>, histogram: &Histogram) -> RecommendScore {
    let ruler = view.ruler(Variable::Recommend, view.waves.reported);
    let measure = measure(view, &ruler).to_owned();
    match withheld(Some(histogram.n()), &view.journey.rules) {
        Some(reason) => RecommendScore {
            status: Status::Suppressed,
            reason: Some(reason),
            measure,
            ..RecommendScore::default()
        },
        None => of_answers(histogram, &ruler, measure, 1.0),
    }
}

/// Its change against the baseline, in points of the measure; not yet judged.
pub(super) fn recommend_change(view: &View<'_>) -> Drafted {
    let view = &view.unlimited();
    let now = &recommend(view, view.waves.reported);
    let reason = |reason: &str| Drafted { change: None, reason: Some(reason.to_owned()) };
    let Some(baseline) = view.waves.baseline else {
        return reason("there is no earlier wave");
    };
    let before = recommend(view, baseline);
    let low = |it: &RecommendScore| {
        it.n_eff.is_some_and(|n_eff| n_eff < view.journey.rules.low_base)
    };
    if low(now) || low(&before) {
        return reason("low base");
    }
    if let Some(reason) = view.incomparable(Variable::Recommend) {
        return Drafted { change: None, reason: Some(reason) };
    }
    let Some((before, now)) = measured(&before).zip(measured(now)) else {
        return reason("not scored in both waves");
    };
    let Some(refusal) = overlap::refusal(view, view.waves.reported, baseline) else {
        return difference(baseline, (before, now), 1.0);
    };
    let untested = |it: Measured| Measured { estimate: None, ..it };
    let drafted = difference(baseline, (untested(before), untested(now)), 1.0);
    Drafted { reason: Some(refusal), ..drafted }
}

fn measured(score: &RecommendScore) -> Option<Measured> {
    let mean = score.nps?;
    let estimate = score.se.zip(score.n_eff).map(|(se, n_eff)| crate::model::Estimate {
        value: mean,
        variance: se * se,
        n_eff,
    });
    Some(Measured { mean, estimate })
}

/// `NPS` only on 0–10 (METHOD §1.8); a journey without the question has no other name for it.
fn measure(view: &View<'_>, ruler: &Ruler) -> &'static str {
    let planned = view.journey.survey.as_ref().and_then(|it| it.recommend.as_ref());
    if planned.is_none() || ruler.scale().is_zero_to_ten() { NPS } else { NET_SCORE }
}

fn of_answers(
    histogram: &Histogram,
    ruler: &Ruler,
    measure: String,
    left: f64,
) -> RecommendScore {
    let boxes = |x: f64| {
        if ruler.satisfied(x) {
            Vote::Promoter
        } else if ruler.dissatisfied(x) {
            Vote::Detractor
        } else {
            Vote::Passive
        }
    };
    let score = if measure == NPS {
        NetScore::of(histogram, Vote::of_likelihood)
    } else {
        NetScore::of(histogram, boxes)
    };
    let Some(score) = score else {
        return RecommendScore {
            status: Status::Unanswered,
            measure,
            ..RecommendScore::default()
        };
    };
    let score = score.of_finite(left);
    let moments = score.moments();
    RecommendScore {
        status: Status::Scored,
        reason: (moments.n() == 1).then(|| "a single answer has no error".to_owned()),
        measure,
        n: Some(moments.n()),
        n_eff: Some(moments.n_eff()),
        nps: Some(moments.mean()),
        se: moments.standard_error(),
        ci: score.score_interval(),
        promoters: Some(score.promoters()),
        detractors: Some(score.detractors()),
    }
}
