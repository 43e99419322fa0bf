//! Whether a change comes from other scores or from other people answering (METHOD §10).

use std::collections::BTreeMap;

use crate::model::Mix;
use crate::stats::{Histogram, Moments, SegmentShift, mix_and_rate};
use crate::survey::tally::Variable;

use super::disclosure::Cell;
use super::partition::{Partition, histogram};
use super::view::View;

/// A move of a value's share from which a change is always taken apart.
const MOVED: f64 = 0.03;

/// Answers of a value, or of all withheld ones together, before and now.
type Pair = [Histogram; 2];

/// Groups of respondents; that of the withheld values has no name.
type Groups = Vec<(Option<String>, Pair)>;

/// The tested changes of the scores with these ids, by every segment variable whose shares
/// moved.
pub(super) fn mixes(view: &View<'_>, changed: &[(&str, Variable)]) -> Vec<Mix> {
    let Some(baseline) = view.waves.baseline else { return Vec::new() };
    let before = Partition::all(view, baseline);
    let now = Partition::all(view, view.waves.reported);
    let partitions: Vec<_> = before.iter().zip(&now).collect();
    let of = |(before, now): &(&Partition<'_>, &Partition<'_>)| {
        let pair = [*before, *now];
        let mixes = changed.iter().filter_map(|(id, variable)| {
            let mix = mix(view, pair, *variable, baseline)?;
            Some(Mix { touchpoint: (*id).to_owned(), ..mix })
        });
        mixes.collect::<Vec<_>>()
    };
    partitions.iter().flat_map(of).collect()
}

fn mix(
    view: &View<'_>,
    waves: [&Partition<'_>; 2],
    variable: Variable,
    baseline: &str,
) -> Option<Mix> {
    let (groups, pooled) = groups(view, waves, variable)?;
    let weight = |it: &Histogram| it.levels().iter().map(|at| at.w).sum::<f64>();
    let total = |wave: usize| groups.iter().map(|(_, it)| weight(&it[wave])).sum::<f64>();
    let totals = [total(0), total(1)];
    if totals.iter().any(|total| *total <= 0.0) {
        return None;
    }
    let mean = |it: &Histogram| Moments::of(it, |x| x).map(|it| it.mean());
    let shifts: Vec<SegmentShift> = groups
        .iter()
        .map(|(_, [before, now])| SegmentShift {
            share_before: weight(before) / totals[0],
            share_after: weight(now) / totals[1],
            mean_before: mean(before),
            mean_after: mean(now),
        })
        .collect();
    let distances = shifts.iter().map(|it| (it.share_after - it.share_before).abs());
    let (farthest, value) = distances
        .zip(groups.iter().map(|(name, _)| name))
        .max_by(|a, b| a.0.total_cmp(&b.0))?;
    let parts = mix_and_rate(&shifts);
    let scale = view.ruler(variable, view.waves.reported).points_per_unit();
    (farthest > MOVED).then(|| Mix {
        segment: waves[1].segment.to_owned(),
        touchpoint: String::new(),
        from: baseline.to_owned(),
        largest_move: farthest,
        moved: value.clone(),
        rate_points: parts.rate * scale,
        mix_points: parts.mix * scale,
        pooled,
        against: is_against(&shifts, parts.rate + parts.mix),
    })
}

/// Whether every group moved the other way than `total` did (E. H. Simpson, JRSS B 13, 1951).
fn is_against(groups: &[SegmentShift], total: f64) -> bool {
    let mut moves = groups.iter().map(|it| {
        it.mean_before.zip(it.mean_after).map(|(before, after)| after - before)
    });
    groups.len() > 1 && moves.all(|it| it.is_some_and(|it| it * total < 0.0))
}

/// The answers of each value in both waves, and how many are withheld. Those withheld in
/// either wave are one group, which has no name: nothing can be worked out of it that the
/// total would not tell.
/// `None` when no value is shown, or answers are not known by level.
fn groups(
    view: &View<'_>,
    waves: [&Partition<'_>; 2],
    variable: Variable,
) -> Option<(Groups, usize)> {
    let mut by_value: BTreeMap<&str, (Pair, Cell)> = BTreeMap::new();
    for (wave, partition) in waves.into_iter().enumerate() {
        let cells = partition.shown(variable, &view.journey.rules);
        let questions = partition.questions(variable);
        for ((value, _), (question, cell)) in
            partition.values.iter().zip(questions.into_iter().zip(cells))
        {
            let entry = by_value.entry(value).or_insert((Pair::default(), Cell::Shown));
            if let Some(question) = question {
                entry.0[wave] = histogram(question)?.clone();
            }
            if cell != Cell::Shown {
                entry.1 = cell;
            }
        }
    }
    let mut groups = Groups::new();
    let (mut withheld, mut pooled) = (Pair::default(), 0);
    for (value, (pair, cell)) in by_value {
        if cell == Cell::Shown {
            groups.push((Some(value.to_owned()), pair));
        } else {
            pooled += 1;
            withheld = [withheld[0].with(&pair[0]), withheld[1].with(&pair[1])];
        }
    }
    if groups.is_empty() {
        return None;
    }
    // Few without a value could be told from the total and the sum of all groups: the sum is
    // the total then.
    if waves.iter().any(|it| it.leaves_few(variable, &view.journey.rules)) {
        let rest = waves.map(|it| it.rest(variable));
        for (group, rest) in withheld.iter_mut().zip(rest) {
            *group = group.with(&rest?);
        }
    }
    if pooled > 0 {
        groups.push((None, withheld));
    }
    Some((groups, pooled))
}
