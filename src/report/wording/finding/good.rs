//! What is good.

use super::super::super::context::Context;
use super::super::super::flags::{self, Bright};
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
    (0..context.subject.marks.len()).filter_map(|at| {
        let target = context.target_of(at);
        let key = match flags::bright(context.result(at)?, target)? {
            Bright::Delights => "finding.bright.delights",
            Bright::Keeps => "finding.bright.evidence",
        };
        let n = answers(context, at);
        let gaps = [("target", &*number::plain(target)), ("n", &*n)];
        let evidence = context.say_of_target(at, key, &gaps);
        Some((Some(at), view(context, at, "finding.bright", evidence)?))
    })
}
