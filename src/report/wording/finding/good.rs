//! What is good.

use crate::diagram::Flag;

use super::super::super::context::Context;
use super::super::super::number;
use super::{Found, answers, bad, view};

/// Whether there is anything good to say.
pub(super) fn any(context: &Context<'_>) -> bool {
    gain(context).next().is_some() || bright(context).next().is_some()
}

/// Rises beyond chance, as the findings rank them.
pub(super) fn gain<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Found> + 'a {
    bad::moved(context, "relevant_rise", "rise")
}

/// Bright spots, in the order of the map.
pub(super) fn bright<'a>(context: &'a Context<'_>) -> impl Iterator<Item = Found> + 'a {
    let marks = context.subject.marks.iter().enumerate();
    let bright = marks.filter(|(_, mark)| mark.flags.contains(&Flag::Bright));
    bright.filter_map(|(at, _)| {
        let target = context.target_of(at);
        let [low, _] = context.result(at)?.score.points_ci?;
        let n = answers(context, at);
        let gaps = [("target", &*number::plain(target)), ("n", &*n)];
        // A delighter is bright by its mean alone: then the interval is not spoken of.
        let key = if low >= target {
            "finding.bright.evidence"
        } else {
            "finding.bright.delights"
        };
        let evidence = context.say_of_target(at, key, &gaps);
        Some((Some(at), view(context, at, "finding.bright", evidence)?))
    })
}
