//! Which column of its stage a touchpoint stands in.

/// Most touchpoints of a column that nothing joins to others.
const ROWS: usize = 20;

/// Columns of `stages` touchpoints, given the stage of each, in order; `pairs` joins an
/// earlier touchpoint to a later one.
///
/// Two that are joined stand in different columns, the later further right. Where that
/// leaves a choice a touchpoint goes to the side on which it has more neighbours, so that
/// lines are short.
pub(super) fn columns(stages: &[usize], pairs: &[(usize, usize)]) -> Vec<usize> {
    let within: Vec<(usize, usize)> = {
        let mut within: Vec<_> = pairs
            .iter()
            .copied()
            .filter(|(one, other)| stages[*one] == stages[*other])
            .collect();
        within.sort_unstable();
        within
    };
    let mut ranks = vec![0; stages.len()];
    // Sorted by the earlier one: when it is reached, its own rank is settled.
    for (one, other) in &within {
        ranks[*other] = ranks[*other].max(ranks[*one] + 1);
    }
    spread(&mut ranks, stages, pairs);
    let widths = widths(stages, &ranks);
    for _ in 0..4 {
        settle(&mut ranks, stages, pairs, (&within, &widths));
    }
    let mut bases = vec![0; widths.len()];
    for stage in 1..widths.len() {
        bases[stage] = bases[stage - 1] + widths[stage - 1];
    }
    stages.iter().zip(&ranks).map(|(stage, rank)| bases[*stage] + rank).collect()
}

/// Puts touchpoints that nothing joins into columns of [`ROWS`].
fn spread(ranks: &mut [usize], stages: &[usize], pairs: &[(usize, usize)]) {
    let mut is_joined = vec![false; stages.len()];
    for (one, other) in pairs {
        is_joined[*one] = true;
        is_joined[*other] = true;
    }
    let mut alone = vec![0; stages.iter().max().map_or(0, |last| last + 1)];
    for (at, stage) in stages.iter().enumerate().filter(|(at, _)| !is_joined[*at]) {
        ranks[at] = alone[*stage] / ROWS;
        alone[*stage] += 1;
    }
}

/// By stage: how many columns it has; 0 for one without touchpoints.
fn widths(stages: &[usize], ranks: &[usize]) -> Vec<usize> {
    let mut widths = vec![0; stages.iter().max().map_or(0, |last| last + 1)];
    for (stage, rank) in stages.iter().zip(ranks) {
        widths[*stage] = widths[*stage].max(rank + 1);
    }
    widths
}

/// Moves every touchpoint as far as it may go to the side on which it has more neighbours.
fn settle(
    ranks: &mut [usize],
    stages: &[usize],
    pairs: &[(usize, usize)],
    (within, widths): (&[(usize, usize)], &[usize]),
) {
    let mut pull = vec![0_i64; stages.len()];
    for (one, other) in pairs {
        pull[*one] += 1;
        pull[*other] -= 1;
    }
    // To the right from the last on, then to the left from the first on: where a neighbour
    // moved away there is room.
    for at in (0..ranks.len()).rev() {
        let ahead = within[within.partition_point(|pair| pair.0 < at)..]
            .iter()
            .take_while(|pair| pair.0 == at)
            .map(|pair| ranks[pair.1] - 1)
            .min();
        if pull[at] > 0 {
            ranks[at] = ahead.unwrap_or(widths[stages[at]] - 1);
        }
    }
    let mut least = vec![0; stages.len()];
    for at in 0..ranks.len() {
        if pull[at] < 0 {
            ranks[at] = least[at];
        }
        for pair in within[within.partition_point(|pair| pair.0 < at)..]
            .iter()
            .take_while(|pair| pair.0 == at)
        {
            least[pair.1] = least[pair.1].max(ranks[at] + 1);
        }
    }
}
