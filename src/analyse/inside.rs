//! Scores of the people inside beside those of the customers whom they serve: a hint.

use crate::model::{Inside, Journey, Rules, SupportLink};
use crate::stats::{Moments, real, spearman, spearman_interval};
use crate::survey::tally::{Distribution, QuestionTally, Tally, Variable};

use super::score::answers;

/// Pairs of scores under which nothing is lined up.
const FEWEST: usize = 8;

/// Every internal touchpoint with each of those it supports, lined up over the values of the
/// first segment that both surveys have, in all waves that both have; over waves alone where
/// they share no segment.
#[must_use]
pub fn support_links(
    journey: &Journey,
    inside: &Inside,
    (tally, inner): (&Tally, &Tally),
) -> Vec<SupportLink> {
    let shared = shared(journey, inside);
    let segment = shared.and_then(|(at, _)| journey.survey.as_ref()?.segments.get(at));
    let mut links = Vec::new();
    for (internal, supports) in inside.supports.iter().enumerate() {
        for touchpoint in supports {
            let variables =
                (Variable::Touchpoint(internal), Variable::Touchpoint(touchpoint.0));
            let pairs = match shared {
                Some(shared) => {
                    by_segment((tally, inner), shared, variables, &journey.rules)
                }
                None => by_wave((tally, inner), variables, &journey.rules),
            };
            let id = |journey: &Journey, at: usize| {
                journey.touchpoints.get(at).map_or_else(String::new, |it| it.id.clone())
            };
            let rho = spearman(&pairs).filter(|_| pairs.len() >= FEWEST);
            let few = format!("fewer than {FEWEST} pairs of scores to line up");
            links.push(SupportLink {
                internal: id(&inside.journey, internal),
                touchpoint: id(journey, touchpoint.0),
                segment: segment.map(|it| it.id.clone()),
                pairs: pairs.len(),
                ci: rho.and_then(|rho| spearman_interval(rho, pairs.len())),
                reason: rho.is_none().then_some(few),
                rho,
            });
        }
    }
    links
}

/// The first segment that both surveys have, by its position in each.
fn shared(journey: &Journey, inside: &Inside) -> Option<(usize, usize)> {
    let (outer, inner) = (journey.survey.as_ref()?, inside.journey.survey.as_ref()?);
    outer.segments.iter().enumerate().find_map(|(at, it)| {
        let same = inner.segments.iter().position(|other| other.id == it.id)?;
        Some((at, same))
    })
}

/// A mean that may be told of.
fn mean(question: Option<&QuestionTally>, rules: &Rules) -> Option<f64> {
    let question = question?;
    let n = answers(question)?;
    let Distribution::Histogram(histogram) = &question.answers else { return None };
    let moments = Moments::of(histogram, |x| x)?;
    (n >= rules.suppress_below && real(n) > 0.0).then(|| moments.mean())
}

fn by_segment(
    (tally, inner): (&Tally, &Tally),
    (outer_at, inner_at): (usize, usize),
    (internal, touchpoint): (Variable, Variable),
    rules: &Rules,
) -> Vec<(f64, f64)> {
    let mut pairs = Vec::new();
    for (wave, of_wave) in &inner.waves {
        let Some(customers) = tally.waves.get(wave) else { continue };
        for ((at, value), of_value) in &of_wave.segments {
            if *at != inner_at {
                continue;
            }
            let same = customers.segments.get(&(outer_at, value.clone()));
            let outer = same.and_then(|it| mean(it.questions.get(&touchpoint), rules));
            pairs.extend(mean(of_value.questions.get(&internal), rules).zip(outer));
        }
    }
    pairs
}

fn by_wave(
    (tally, inner): (&Tally, &Tally),
    (internal, touchpoint): (Variable, Variable),
    rules: &Rules,
) -> Vec<(f64, f64)> {
    let pair =
        |(wave, of_wave): (&crate::model::Wave, &crate::survey::tally::WaveTally)| {
            let customers = tally.waves.get(wave)?;
            let inner = mean(of_wave.questions.get(&internal), rules)?;
            Some((inner, mean(customers.questions.get(&touchpoint), rules)?))
        };
    inner.waves.iter().filter_map(pair).collect()
}
