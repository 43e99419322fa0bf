//! Why customers are dissatisfied: causes by touchpoint, wave and segment.
//!
//! Shares are of the customers who rated the touchpoint and said why; dissatisfied ones are
//! compared with satisfied ones, since what both name explains nothing.

use crate::model::{
    COMPLEMENTARY, CauseResult, CauseShare, CauseSource, ReasonColumns, Rules,
};
use crate::stats::{Histogram, adjust, real};
use crate::survey::tally::{Beside, Variable, WaveTally};

use super::cause_share::{DISSATISFIED, SATISFIED, at, cause_share};
use super::disclosure::{Cell, cells};
use super::partition::Partition;
use super::view::View;
use super::wave::find;

/// Share of the dissatisfied under which no cause stands out.
const STANDS_OUT: f64 = 0.05;

/// What is counted, by what is asked for; `None` where nobody said it.
type Counted<'c> = dyn Fn(Beside) -> Option<&'c Histogram> + 'c;

/// Causes of all touchpoints whose customers say why.
pub(super) fn results(view: &View<'_>) -> Vec<CauseResult> {
    let mut results = Vec::new();
    let reported = view.waves.reported;
    let waves: Vec<&str> = super::wave::names(view.tally);
    let others = waves.into_iter().filter(|it| *it != reported);
    for wave in std::iter::once(reported).chain(others) {
        let Some(tally) = find(view.tally, wave) else { continue };
        let mut of_wave: Vec<_> = touchpoints(tally)
            .map(|at| result(view, (at, wave), &|it| tally.beside.get(&it)))
            .collect();
        judge(&mut of_wave, &view.journey.rules);
        results.append(&mut of_wave);
    }
    for partition in Partition::all(view, reported) {
        let mut of_partition = by_segment(view, &partition);
        judge(&mut of_partition, &view.journey.rules);
        results.append(&mut of_partition);
    }
    results
}

/// The touchpoints whose customers say why.
fn touchpoints(tally: &WaveTally) -> impl Iterator<Item = usize> {
    tally.beside.keys().filter_map(|it| match it {
        Beside::Said(at) => Some(*at),
        _ => None,
    })
}

fn result(
    view: &View<'_>,
    (touchpoint, wave): (usize, &str),
    counted: &Counted<'_>,
) -> CauseResult {
    let (journey, rules) = (view.journey, &view.journey.rules);
    let id = journey.touchpoints.get(touchpoint).map_or("", |it| &it.id);
    let empty = CauseResult {
        touchpoint: id.to_owned(),
        wave: wave.to_owned(),
        source: source(view, touchpoint),
        ..CauseResult::default()
    };
    let said = counted(Beside::Said(touchpoint)).cloned().unwrap_or_default();
    let least = rules.suppress_below;
    if said.n() < least {
        return withheld(empty, format!("n < {least}"));
    }
    let limits = (least, rules.low_base);
    let share =
        |(id, it): (&str, Beside)| Some(cause_share(id, (&said, counted(it)?), limits));
    let causes = journey.causes.causes.iter().enumerate();
    let causes = causes.map(|(at, it)| (it.id.as_str(), Beside::Cause(touchpoint, at)));
    let mut causes: Vec<CauseShare> = causes.filter_map(share).collect();
    causes.sort_by(|a, b| frequency(b).total_cmp(&frequency(a)));
    let groups = journey.causes.groups.iter().enumerate();
    let groups =
        groups.map(|(at, it)| (it.id.as_str(), Beside::CauseGroup(touchpoint, at)));
    let count = |it: Beside| counted(it).map_or(0, Histogram::n);
    let enough = |level| Some(at(&said, level).n).filter(|n| *n >= least);
    let too_few = enough(DISSATISFIED).is_none();
    CauseResult {
        said: Some(said.n()),
        coded: Some(real(count(Beside::Coded(touchpoint))) / real(said.n())),
        denied: Some(count(Beside::Denied(touchpoint))),
        dissatisfied: enough(DISSATISFIED),
        satisfied: enough(SATISFIED),
        groups: groups.filter_map(share).collect(),
        causes,
        reason: too_few
            .then(|| format!("fewer than {least} dissatisfied customers said why")),
        ..empty
    }
}

fn withheld(result: CauseResult, reason: String) -> CauseResult {
    CauseResult { reason: Some(reason), ..result }
}

fn frequency(it: &CauseShare) -> f64 {
    it.dissatisfied.as_ref().map_or(-1.0, |it| it.share)
}

/// How the causes of a touchpoint are known.
fn source(view: &View<'_>, touchpoint: usize) -> CauseSource {
    let plan = view.journey.survey.as_ref().and_then(|it| it.reasons.get(&touchpoint));
    match plan.map(|it| &it.columns) {
        Some(ReasonColumns::Coded { .. }) => CauseSource::Coded,
        Some(ReasonColumns::Ticked { .. }) => CauseSource::Ticked,
        None => CauseSource::Comments,
    }
}

/// By the values of a segment, with what the total would give away withheld.
fn by_segment(view: &View<'_>, partition: &Partition<'_>) -> Vec<CauseResult> {
    let rules = &view.journey.rules;
    let mut results = Vec::new();
    for touchpoint in 0..view.journey.touchpoints.len() {
        let Some(whole) = partition.beside_whole(Beside::Said(touchpoint)) else {
            continue;
        };
        let said = partition.beside(Beside::Said(touchpoint));
        let shown = shown(partition, (&said, whole), touchpoint, rules);
        for ((value, of_value), shown) in partition.values.iter().zip(shown) {
            let about = (touchpoint, view.waves.reported);
            let it = if shown {
                result(view, about, &|it| of_value.beside.get(&it))
            } else {
                let none = result(view, about, &|_| None);
                withheld(none, COMPLEMENTARY.to_owned())
            };
            results.push(CauseResult {
                segment: Some(partition.segment.to_owned()),
                value: Some((*value).to_owned()),
                ..it
            });
        }
    }
    results
}

/// Whether the reasons of each value are shown: all who said why, and the dissatisfied and the
/// satisfied among them, are cells of a table with a known total.
fn shown(
    partition: &Partition<'_>,
    (said, whole): (&[Option<&Histogram>], &Histogram),
    touchpoint: usize,
    rules: &Rules,
) -> Vec<bool> {
    let least = rules.suppress_below;
    let hidden = |n: &dyn Fn(&Histogram) -> u64| {
        let answers: Vec<u64> = said.iter().map(|it| it.map_or(0, n)).collect();
        cells(&answers, Some(n(whole)), least)
    };
    let of_scores = partition.shown(Variable::Touchpoint(touchpoint), rules);
    let tables = [
        of_scores,
        hidden(&Histogram::n),
        hidden(&|it| at(it, DISSATISFIED).n),
        hidden(&|it| at(it, SATISFIED).n),
    ];
    let all_shown = |value: usize| {
        // Too few of one class are withheld where they are shown; of all, everything is.
        tables.iter().all(|cells| cells.get(value) != Some(&Cell::Complementary))
    };
    (0..said.len()).map(all_shown).collect()
}

/// Judges the differences of causes as one family and those of groups as another, and finds the
/// causes that stand out.
fn judge(results: &mut [CauseResult], rules: &Rules) {
    adjusted(results.iter_mut().flat_map(|it| &mut it.causes), rules);
    adjusted(results.iter_mut().flat_map(|it| &mut it.groups), rules);
    for result in results {
        result.main = main(&result.causes, rules);
    }
}

fn adjusted<'c>(shares: impl Iterator<Item = &'c mut CauseShare>, rules: &Rules) {
    let mut tests: Vec<_> = shares.filter_map(|it| it.difference.as_mut()).collect();
    let p: Vec<f64> = tests.iter().map(|it| it.p).collect();
    for (test, q) in tests.iter_mut().zip(adjust(&p, rules.fdr)) {
        test.q = q;
    }
}

/// The cause that most of the dissatisfied name, of those that stand out: more of them than of
/// the satisfied name it or, where these are too few for a test, surely more than one in twenty
/// and more than of those.
fn main(causes: &[CauseShare], rules: &Rules) -> Option<String> {
    let stands_out = |it: &&CauseShare| {
        let firm = it.dissatisfied.as_ref().filter(|it| it.n_star >= rules.low_base);
        let Some(share) = firm else { return false };
        match &it.difference {
            Some(than) => than.q <= rules.alpha && than.difference > 0.0,
            // Too few of them are satisfied for a test: their share may be as high as its
            // interval says.
            None => {
                let than = it.satisfied.as_ref().map_or(0.0, |it| it.ci[1]);
                share.ci[0] > STANDS_OUT.max(than)
            }
        }
    };
    causes.iter().find(stands_out).map(|it| it.id.clone())
}
