//! Touchpoints with `audience: internal`, behind the line of visibility, as a journey of their
//! own: those who work there are asked in a survey of theirs.

use crate::model::{Inside, Journey, Stage, StageIndex, Touchpoint, TouchpointIndex};

use super::decode::Decoder;
use super::flow::as_written;
use super::ids::Ids;
use super::yaml::Node;

/// An internal touchpoint, and what waits for the rest of the map.
pub(super) struct Internal<'n> {
    pub(super) touchpoint: Touchpoint,
    /// Position of its stage among all.
    pub(super) stage: usize,
    /// The touchpoints of customers that it supports.
    pub(super) supports: Option<&'n Node>,
}

/// The touchpoints by themselves, with the stages that have some numbered anew.
pub(super) fn touchpoints(
    internal: &[Internal<'_>],
    stages: &[Stage],
) -> Vec<Touchpoint> {
    let kept: Vec<usize> = inner_stages(internal, stages).map(|(at, _)| at).collect();
    let place =
        |stage: usize| kept.iter().position(|it| *it == stage).unwrap_or_default();
    let touchpoint = |it: &Internal<'_>| Touchpoint {
        stage: StageIndex(place(it.stage)),
        ..it.touchpoint.clone()
    };
    internal.iter().map(touchpoint).collect()
}

/// The stages that have internal touchpoints.
fn inner_stages<'s>(
    internal: &[Internal<'_>],
    stages: &'s [Stage],
) -> impl Iterator<Item = (usize, &'s Stage)> {
    let has_some = |at: usize| internal.iter().any(|it| it.stage == at);
    stages.iter().enumerate().filter(move |(at, _)| has_some(*at))
}

/// The journey of the people inside, with the survey that `journey` has for them; `None` where
/// the map has no such touchpoint.
pub(super) fn decode(
    decoder: &mut Decoder<'_>,
    (internal, touchpoints): (&[Internal<'_>], Vec<Touchpoint>),
    ids: &Ids,
    journey: &mut Journey,
) -> Option<Box<Inside>> {
    let survey = journey.survey.as_mut().and_then(|it| it.internal.take());
    if internal.is_empty() {
        return None;
    }
    let supports =
        internal.iter().map(|it| supported(decoder, it.supports, ids)).collect();
    let stages = inner_stages(internal, &journey.stages).enumerate();
    let stages = stages.map(|(at, (_, stage))| {
        let own = |it: &&Touchpoint| it.stage == StageIndex(at);
        let first = touchpoints.iter().take_while(|it| it.stage.0 < at).count();
        let count = touchpoints.iter().filter(own).count();
        Stage { touchpoints: first..first + count, ..stage.clone() }
    });
    let journey = Journey {
        stages: stages.collect(),
        flow: as_written(&touchpoints),
        touchpoints,
        survey: survey.map(|it| *it),
        benchmarks: Vec::new(),
        actions: Vec::new(),
        operations: Vec::new(),
        assumptions: Vec::new(),
        service_levels: None,
        inside: None,
        ..journey.clone()
    };
    Some(Box::new(Inside { journey, supports }))
}

fn supported(
    decoder: &mut Decoder<'_>,
    node: Option<&Node>,
    ids: &Ids,
) -> Vec<TouchpointIndex> {
    let items = node.map(Decoder::one_or_more).unwrap_or_default();
    let mut supported = Vec::new();
    for item in items {
        let Some(id) = decoder.string(item, "a supported touchpoint") else { continue };
        if let Some(index) = ids.touchpoint(decoder, id.trim(), item.span)
            && !supported.contains(&index)
        {
            supported.push(index);
        }
    }
    supported
}
