//! Scores by segment, each against all other respondents (METHOD §5, §10).

use crate::model::{
    COMPLEMENTARY, Rules, Score, SegmentResult, SegmentSize, Status, VersusRest,
};
use crate::stats::{Moments, adjust, real, welch_with_common};
use crate::survey::tally::{QuestionTally, SegmentTally, Variable};

use super::disclosure::{Cell, cells, unlisted};
use super::partition::{Partition, histogram};
use super::score::score;
use super::view::{Domain, View, untestable};
use super::wave::find;

/// How many respondents each value of each segment variable has.
pub(super) fn sizes(view: &View<'_>) -> Vec<SegmentSize> {
    let wave = view.waves.reported;
    let total = find(view.tally, wave).and_then(|it| it.rows).map(|it| it.used);
    Partition::all(view, wave).iter().flat_map(|it| sizes_of(view, it, total)).collect()
}

fn sizes_of(
    view: &View<'_>,
    partition: &Partition<'_>,
    total: Option<u64>,
) -> Vec<SegmentSize> {
    let rows = |it: &SegmentTally| it.rows.unwrap_or_default();
    let n: Vec<u64> = partition.values.iter().map(|(_, it)| rows(it).n).collect();
    let least = view.journey.rules.suppress_below;
    let weight: f64 = partition.values.iter().map(|(_, it)| rows(it).w).sum();
    // A number and its share tell the sum of all, and so what is left of the total.
    let tells = weight > 0.0 && unlisted(&n, total, least).is_none();
    let of = |((value, it), cell): (&(&str, &SegmentTally), Cell)| {
        let reason = match (cell, total.and(it.rows)) {
            (_, None) => Some("needs the rows of respondents".to_owned()),
            _ if it.size_withheld => Some(COMPLEMENTARY.to_owned()),
            (Cell::Shown, Some(_)) => None,
            (Cell::TooFew, _) => Some(format!("n < {least}")),
            (Cell::Complementary, _) => Some(COMPLEMENTARY.to_owned()),
        };
        let shown = it.rows.filter(|_| reason.is_none());
        SegmentSize {
            segment: partition.segment.to_owned(),
            value: (*value).to_owned(),
            n: shown.map(|it| it.n),
            share: shown.filter(|_| tells).map(|it| it.w / weight),
            reason,
        }
    };
    partition.values.iter().zip(cells(&n, total, least)).map(of).collect()
}

/// Overall satisfaction and every touchpoint, by every value of every segment variable.
pub(super) fn results(view: &View<'_>) -> Vec<SegmentResult> {
    let partitions = Partition::all(view, view.waves.reported);
    partitions.iter().flat_map(|it| of_partition(view, it)).collect()
}

/// The results of one segment variable, judged as one family.
fn of_partition(view: &View<'_>, partition: &Partition<'_>) -> Vec<SegmentResult> {
    let touchpoints = view.journey.touchpoints.iter().enumerate();
    let variables: Vec<(&str, Variable)> =
        std::iter::once(("overall", Variable::Overall))
            .chain(touchpoints.map(|(at, it)| (it.id.as_str(), Variable::Touchpoint(at))))
            .collect();
    let left: Vec<f64> =
        partition.values.iter().map(|it| left(view, partition.segment, it)).collect();
    let of_variable = |(id, variable): &(&str, Variable)| {
        let cells = partition.shown(*variable, &view.journey.rules);
        let questions = partition.questions(*variable);
        let pairs = questions.into_iter().zip(cells).zip(&left);
        let values = pairs.map(|((question, cell), left)| {
            of_cell(view, *variable, (question, *left), cell)
        });
        let named = partition.values.iter().zip(values);
        let named = named.map(|((value, _), (score, versus))| SegmentResult {
            segment: partition.segment.to_owned(),
            value: (*value).to_owned(),
            touchpoint: (*id).to_owned(),
            reason: versus.as_ref().err().cloned(),
            vs_rest: versus.ok(),
            score,
        });
        named.collect::<Vec<_>>()
    };
    let by_variable: Vec<Vec<SegmentResult>> =
        variables.iter().map(of_variable).collect();
    // Value by value, as people read them.
    let mut columns: Vec<_> = by_variable.into_iter().map(Vec::into_iter).collect();
    let values = 0..partition.values.len();
    let mut results: Vec<SegmentResult> = values
        .flat_map(|_| columns.iter_mut().filter_map(Iterator::next).collect::<Vec<_>>())
        .collect();
    judge(&mut results, &view.journey.rules);
    results
}

/// Share, 0–1, of the customers of a value who did not answer; 1 where it is not counted.
fn left(view: &View<'_>, segment: &str, (value, it): &(&str, &SegmentTally)) -> f64 {
    let segments = view.journey.survey.iter().flat_map(|it| &it.segments);
    let domain = match view.domain {
        Domain::Everybody => segments.enumerate().find(|(_, it)| it.id == segment),
        _ => None,
    };
    let domain = domain.map_or(Domain::Unlimited, |(at, _)| Domain::Value(at, value));
    view.left_of(domain, it.rows.map(|it| it.n), view.waves.reported)
}

/// The score of a cell, and the cell against the rest; or why it is not compared.
fn of_cell(
    view: &View<'_>,
    variable: Variable,
    (question, left): (Option<&QuestionTally>, f64),
    cell: Cell,
) -> (Score, Result<VersusRest, String>) {
    let wave = view.waves.reported;
    let ruler = view.ruler(variable, wave);
    let found = score(question, &ruler, &view.journey.rules, left);
    if cell == Cell::Complementary {
        let (status, reason) = (Status::Suppressed, COMPLEMENTARY.to_owned());
        let score = Score { status, reason: Some(reason.clone()), ..Score::default() };
        return (score, Err(reason));
    }
    if let Some(reason) = untestable(&found, view.journey.rules.low_base, wave) {
        return (found, Err(reason));
    }
    let whole = view.question(variable, wave);
    let versus = whole.zip(question).ok_or_else(|| format!("not asked in {wave}"));
    let scale = ruler.points_per_unit();
    let least = view.journey.rules.low_base;
    let versus =
        versus.and_then(|(whole, part)| versus_rest((whole, part), scale, least));
    (found, versus)
}

/// A segment against all others: never against the total, which it is a part of. The error
/// is the larger of Welch's and that of the hypothesis, since segments may be small.
fn versus_rest(
    (whole, part): (&QuestionTally, &QuestionTally),
    points_per_unit: f64,
    low_base: f64,
) -> Result<VersusRest, String> {
    let (whole, part) = histogram(whole)
        .zip(histogram(part))
        .ok_or("not tested: needs answers by level")?;
    let rest = whole.without(part);
    if rest.n() == 0 {
        return Err("there is nobody else to compare with".to_owned());
    }
    let moments = Moments::of(&rest, |x| x).ok_or("nobody else answered")?;
    if moments.n_eff() < low_base {
        return Err(format!("low base: all others are fewer than {low_base}"));
    }
    let part = Moments::of(part, |x| x).and_then(|it| it.estimate());
    let all = Moments::of(whole, |x| x).ok_or("nobody answered")?;
    // If the segment is like the others, all are one sample.
    let common = all.sd().powi(2) * real(all.n()) / (real(all.n()) - 1.0).max(1.0);
    let both = moments.estimate().zip(part);
    let test = both.and_then(|(rest, part)| welch_with_common(rest, part, common));
    let test = test.ok_or("not tested: neither side has any spread")?;
    Ok(VersusRest {
        difference: test.difference,
        se: test.standard_error,
        ci: test.ci,
        points: test.difference * points_per_unit,
        points_ci: test.ci.map(|limit| limit * points_per_unit),
        df: test.df,
        p: test.p,
        q: 1.0,
        relevant: false,
    })
}

/// Judges all tests of one segment variable as one family.
fn judge(results: &mut [SegmentResult], rules: &Rules) {
    let mut tests: Vec<&mut VersusRest> =
        results.iter_mut().filter_map(|it| it.vs_rest.as_mut()).collect();
    let p: Vec<f64> = tests.iter().map(|it| it.p).collect();
    for (test, q) in tests.iter_mut().zip(adjust(&p, rules.fdr)) {
        test.q = q;
        test.relevant = q <= rules.alpha && test.points.abs() >= rules.min_effect;
    }
}
