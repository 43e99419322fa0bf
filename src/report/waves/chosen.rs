//! Which touchpoints have a panel of their own.

use crate::diagram::Flag;

use super::super::context::Context;

/// Panels there is room for beside that of overall satisfaction: three rows of five.
const MOST: usize = 14;

/// Touchpoints that changed reliably, moments of truth and pain points, in the order of the
/// map; where they are too many, the larger changes first, then the weightier ones.
///
/// Scores of stages would come first, but there is none of them before the wave reported.
pub(in super::super) fn chosen(context: &Context<'_>) -> Vec<usize> {
    let mut ranked: Vec<(Rank, usize)> = (0..context.subject.marks.len())
        .filter_map(|at| Some((rank(context, at)?, at)))
        .collect();
    ranked.sort_by(|one, other| {
        let by_class = one.0.class.cmp(&other.0.class);
        by_class.then(other.0.weight.total_cmp(&one.0.weight))
    });
    ranked.truncate(MOST);
    let mut chosen: Vec<usize> = ranked.into_iter().map(|(_, at)| at).collect();
    chosen.sort_unstable();
    chosen
}

/// How many touchpoints would have a panel if there were room.
pub(in super::super) fn worthy(context: &Context<'_>) -> usize {
    (0..context.subject.marks.len()).filter(|at| rank(context, *at).is_some()).count()
}

/// What speaks for a panel: 0 a reliable change, 1 a moment of truth, 2 a pain point.
struct Rank {
    class: u8,
    weight: f64,
}

fn rank(context: &Context<'_>, at: usize) -> Option<Rank> {
    let mark = context.subject.marks.get(at)?;
    let result = context.result(at)?;
    let change = result.change.as_ref().filter(|it| it.relevant);
    if let Some(change) = change {
        return Some(Rank { class: 0, weight: change.points.abs() });
    }
    if mark.flags.contains(&Flag::Truth) {
        let share = result.importance.as_ref().and_then(|it| it.share);
        return Some(Rank { class: 1, weight: share.unwrap_or_default() });
    }
    let pain = mark.flags.contains(&Flag::Pain);
    let gap = result.pain.as_ref().map_or(0.0, |it| it.guaranteed_gap);
    pain.then_some(Rank { class: 2, weight: gap })
}
