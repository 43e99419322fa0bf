//! The scores of groups along the journey, as pictures need them.

use crate::diagram::curves::{Curve, Curves};
use crate::model::{SegmentResult, SegmentSize, Status};

use super::context::Context;
use super::{heat, number};

/// Groups of a segment variable that are drawn, at most.
const GROUPS: usize = 8;
/// Touchpoints with a score that make a line.
const LINE: usize = 3;

/// Each segment variable that has few enough groups, and their curves. A score that is withheld
/// or rests on too few is a gap.
pub(super) fn curves(context: &Context<'_>) -> Vec<(String, Curves)> {
    let variables = heat::variables(context).into_iter();
    variables
        .filter(|(_, values)| (2..=GROUPS).contains(&values.len()))
        .filter_map(|(segment, values)| {
            let curves: Vec<Curve> =
                values.iter().map(|it| curve(context, segment, it)).collect();
            let lines = |it: &&Curve| it.points.iter().flatten().count() >= LINE;
            (curves.iter().filter(lines).count() > 1).then(|| {
                let stages = stages(context);
                let target = context.journey.rules.target.points();
                (context.variable(segment), Curves { stages, curves, target })
            })
        })
        .collect()
}

/// The first touchpoint of each stage and the number that people call it by.
fn stages(context: &Context<'_>) -> Vec<(usize, String)> {
    let stages = context.journey.stages.iter().zip(1_usize..);
    stages
        .filter(|(stage, _)| !stage.touchpoints.is_empty())
        .map(|(stage, at)| (stage.touchpoints.start, number::count_of(at)))
        .collect()
}

fn curve(context: &Context<'_>, segment: &str, size: &SegmentSize) -> Curve {
    let of_group = |it: &&SegmentResult| it.segment == segment && it.value == size.value;
    let results: Vec<&SegmentResult> =
        context.analysis.segments.iter().filter(of_group).collect();
    let least = context.journey.rules.low_base;
    let points: Vec<Option<f64>> = context
        .journey
        .touchpoints
        .iter()
        .map(|touchpoint| {
            let found = results.iter().find(|it| it.touchpoint == touchpoint.id)?;
            let score = &found.score;
            let firm = score.n_eff.is_some_and(|n| n >= least);
            score.points.filter(|_| firm && score.status == Status::Scored)
        })
        .collect();
    let marks = results.iter().filter_map(|it| {
        let versus = it.vs_rest.as_ref().filter(|versus| versus.relevant)?;
        Some((context.index(&it.touchpoint)?, versus.points > 0.0))
    });
    let known = || points.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?)));
    let end = |found: Option<(usize, f64)>| {
        found.map(|(at, points)| (context.named(at), number::fixed(points, 1)))
    };
    let lowest = end(known().min_by(|one, other| one.1.total_cmp(&other.1)));
    let highest = end(known().max_by(|one, other| one.1.total_cmp(&other.1)));
    let n = heat::respondents(context, size);
    let description = match lowest.zip(highest) {
        None => n.clone(),
        Some(((low, low_points), (high, high_points))) => {
            let gaps = [
                ("n", &*n),
                ("low", &*low),
                ("low_points", &*low_points),
                ("high", &*high),
                ("high_points", &*high_points),
            ];
            context.locale.say("curves.description", &gaps)
        }
    };
    Curve { name: size.value.clone(), n, marks: marks.collect(), points, description }
}
