//! Which touchpoints have a card, and in which order.

pub(super) mod measure;
pub(super) mod operation;
pub(super) mod quote;
pub(super) mod service;
pub(super) mod strip;
pub(super) mod trend;

use crate::diagram::{Flag, Standing};
use crate::model::Score;

use super::context::Context;
use super::subject;

/// Touchpoints up to which every one has a card.
const ALL_UP_TO: usize = 60;
/// Cards that there are at most beyond that.
const MOST: usize = 40;

/// Flags in the order in which their cards come.
const ORDER: [Flag; 4] = [Flag::Pain, Flag::Truth, Flag::Bright, Flag::Itch];

/// The cards of a report, as positions in the map.
pub(super) struct Cards {
    /// Flagged ones: pain points first, then moments of truth, bright spots and itch points,
    /// each by importance.
    pub(super) flagged: Vec<usize>,
    /// The rest, in the order of the map; none in a large map.
    pub(super) rest: Vec<usize>,
    /// Flagged touchpoints, with or without a card.
    pub(super) all_flagged: usize,
}

impl Cards {
    /// The cards of `context`.
    pub(super) fn new(context: &Context<'_>) -> Self {
        let count = context.subject.marks.len();
        let (mut flagged, mut rest): (Vec<usize>, Vec<usize>) =
            (0..count).partition(|at| class(context, *at) < ORDER.len());
        let share = |at: usize| {
            let importance = context.result(at).and_then(|it| it.importance.as_ref());
            // Without importance a card comes after those that have it.
            importance.and_then(|it| it.share).unwrap_or(-1.0)
        };
        flagged.sort_by(|a, b| {
            class(context, *a)
                .cmp(&class(context, *b))
                .then_with(|| share(*b).total_cmp(&share(*a)))
        });
        let all_flagged = flagged.len();
        if count > ALL_UP_TO {
            flagged.truncate(MOST);
            rest.clear();
        }
        Self { flagged, rest, all_flagged }
    }

    /// Whether the touchpoint at `at` has a card.
    pub(super) fn has(&self, at: usize) -> bool {
        self.flagged.contains(&at) || self.rest.contains(&at)
    }
}

/// Lowest and highest of what is shown of `scores`, with their intervals, and of all targets:
/// what is withheld moves no axis.
fn extent<'a>(
    context: &Context<'_>,
    scores: impl Iterator<Item = &'a Score>,
) -> [f64; 2] {
    let shown = scores.filter_map(|it| match subject::standing(context, Some(it), 1) {
        Standing::Scored { points, ci, .. } => Some(ci.unwrap_or([points, points])),
        Standing::Absent(_) => None,
    });
    let targets = (0..context.subject.marks.len()).map(|at| [context.target_of(at); 2]);
    let start = [context.target(); 2];
    shown
        .chain(targets)
        .fold(start, |[low, high], [from, to]| [low.min(from), high.max(to)])
}

/// The place of its gravest flag; one more than the last for a touchpoint without any.
fn class(context: &Context<'_>, at: usize) -> usize {
    let flags = context.subject.marks.get(at).map(|mark| mark.flags.as_slice());
    let carried = |flag: &Flag| flags.is_some_and(|flags| flags.contains(flag));
    ORDER.iter().position(carried).unwrap_or(ORDER.len())
}
