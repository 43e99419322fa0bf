//! Touchpoints of the people inside, as pictures show them.

use crate::diagram::InsideMark;

use super::super::context::Context;
use super::standing;

/// All of them, in the order of the map; none where they were not asked.
pub(super) fn inside(context: &Context<'_>) -> Vec<InsideMark> {
    let Some(inside) = &context.journey.inside else { return Vec::new() };
    let result = context.analysis.inside.as_deref();
    let touchpoints = inside.journey.touchpoints.iter().zip(&inside.supports);
    let mark = |(it, supports): (&crate::model::Touchpoint, &Vec<_>)| {
        let of = result
            .map(|it| &it.analysis.touchpoints)
            .and_then(|all| all.iter().find(|other| other.id == it.id));
        let stage = inside.journey.stages.get(it.stage.0)?;
        Some(InsideMark {
            code: it.code.clone(),
            name: context.text(&it.name).to_owned(),
            stage: context
                .journey
                .stages
                .iter()
                .position(|other| other.id == stage.id)?,
            standing: standing(context, of.map(|it| &it.score), 0),
            supports: supports
                .iter()
                .map(|at: &crate::model::TouchpointIndex| at.0)
                .collect(),
        })
    };
    touchpoints.filter_map(mark).collect()
}
